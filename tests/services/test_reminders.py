"""Reminders: each once, whatever is restarted, in one letter for everything of a patron's."""

import datetime as dt
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from portal_app.data import tables
from portal_app.data.database import current_engine
from portal_app.domain.mail import LetterKind, NoticeKind
from portal_app.domain.policies import Library
from portal_app.jobs.reminding import remind as run
from portal_app.services import circulation, loans, reminders
from portal_app.text import Lang
from tests.conftest import NOW, TODAY
from tests.conftest import lend as lend_to
from tests.services.mailboxes import choose, give, letters, reads
from tests.services.queues import OUR_LIBRARY, at_once

SOON, LATE = LetterKind.DUE_SOON, LetterKind.OVERDUE


def day(days: int) -> dt.datetime:
    """Return ten o'clock, so many days from now."""
    return NOW + dt.timedelta(days=days)


def remind(days: int = 0, *, library: Library = OUR_LIBRARY) -> list[tuple[str, LetterKind]]:
    """Let the work be done on a day, and return all letters that there are then."""
    run(library, day(days))
    return [(letter.address, letter.kind) for letter in letters()]


@pytest.fixture
def borrow(kokoro) -> Callable[..., int]:
    """Let a patron have こころ at home, in one copy or the other, due in so many days."""

    def borrow(patron_id: int, *, due_in: int, copy: int = 1) -> int:
        with Session(current_engine()) as tx, tx.begin():
            due_on = TODAY + dt.timedelta(days=due_in)
            return lend_to(tx, item_id=20 + copy, patron_id=patron_id, due_on=due_on)

    return borrow


@pytest.fixture
def hers(hanako) -> tuple[str, LetterKind]:
    """A reminder to Hanako, who has an address."""
    give(hanako, "hanako@example.jp")
    return ("hanako@example.jp", SOON)


def test_k45_a_reminder_comes_the_day_before_and_never_again(hanako, hers, borrow):
    borrow(hanako, due_in=2)

    assert remind() == []
    assert remind(1) == [hers]
    assert remind(1) == remind(2) == [hers]


def test_k45_a_patron_chooses_how_many_days_before(hanako, hers, borrow):
    choose(hanako, NoticeKind.DUE_DATE, days_before=5)
    borrow(hanako, due_in=6)

    assert remind() == []
    assert remind(1) == [hers]


def test_one_letter_tells_of_everything_and_its_subject_of_no_title(hanako, hers, borrow, ginga):
    with Session(current_engine()) as tx, tx.begin():
        tx.exec(sa.update(tables.Loan).values(returned_at=NOW, patron_id=None))
        lend_to(tx, item_id=11, patron_id=hanako, due_on=TODAY - dt.timedelta(days=8))
    borrow(hanako, due_in=1)

    run(OUR_LIBRARY, NOW)

    [letter] = letters()
    assert letter.kind is LATE
    assert letter.body.index("銀河鉄道の夜") < letter.body.index("こころ")
    assert "返却期限が過ぎています" in letter.body
    assert "返却期限が近づいています" in letter.body
    assert not {"こころ", "銀河"} & set(letter.subject)
    assert "返却期限日：2026年11月23日（月）" in letter.body


def test_k45_what_is_overdue_is_told_again_after_a_week_and_once(hanako, hers, borrow):
    borrow(hanako, due_in=1)

    assert remind() == [hers]
    assert remind(7) == [hers]
    assert remind(8) == remind(30) == [hers, (hers[0], LATE)]


def test_a_day_that_the_clock_jumped_over_loses_no_reminder(hanako, hers, borrow):
    borrow(hanako, due_in=2)

    assert remind(4) == [(hers[0], LATE)]
    assert remind(5) == [(hers[0], LATE)]


def test_a_renewed_loan_is_reminded_of_again_for_its_new_day(hanako, hers, borrow):
    loan_id = borrow(hanako, due_in=1)
    assert remind() == [hers]

    renewed = loans.renew(
        patron_id=hanako, loan_id=loan_id, policy=OUR_LIBRARY.loans.renewals, today=TODAY
    )

    assert renewed.due_on is not None
    days = (renewed.due_on - TODAY).days
    assert remind(days - 2) == [hers]
    assert remind(days - 1) == [hers, hers]
    assert remind(days + 7) == [hers, hers, (hers[0], LATE)]


def test_what_came_back_is_not_reminded_of(hanako, hers, borrow):
    borrow(hanako, due_in=1)
    circulation.check_in(barcode="B21", branch_code="main", library=OUR_LIBRARY, now=NOW)

    assert remind() == remind(30) == []


def test_whoever_has_stopped_reminders_gets_none(hanako, hers, borrow):
    choose(hanako, NoticeKind.DUE_DATE, is_sent=False)
    borrow(hanako, due_in=1)

    assert remind() == remind(30) == []


def test_who_has_no_address_is_reminded_once_there_is_one(hanako, borrow):
    borrow(hanako, due_in=1)
    assert remind() == []

    give(hanako, "hanako@example.jp")

    assert remind() == [("hanako@example.jp", SOON)]


def test_a_library_whose_patrons_cannot_choose_reminders_writes_none(hanako, hers, borrow):
    mail = OUR_LIBRARY.mail.model_copy(update={"notices": (NoticeKind.HOLD,)})
    borrow(hanako, due_in=1)

    assert remind(library=OUR_LIBRARY.model_copy(update={"mail": mail})) == []


def test_nobody_is_reminded_at_night(hanako, hers, borrow):
    borrow(hanako, due_in=1)

    run(OUR_LIBRARY, NOW.replace(hour=3))
    at_night = letters()

    assert at_night == []
    assert remind() == [hers]


def test_a_reminder_is_written_as_its_patron_reads(hanako, hers, borrow):
    reads(hanako, Lang.EN)
    borrow(hanako, due_in=1)

    run(OUR_LIBRARY, NOW)

    [letter] = letters()
    assert letter.subject == f"Due soon ({OUR_LIBRARY.name['en']})"
    assert "Due on: Mon 23 Nov 2026" in letter.body


def test_two_workers_at_once_write_one_letter(hanako, hers, borrow):
    borrow(hanako, due_in=1)
    borrow(hanako, due_in=1, copy=2)

    def work() -> bool:
        return reminders.remind(patron_id=hanako, library=OUR_LIBRARY, now=NOW)

    assert sorted(at_once(work, work, work)) == [False, False, True]

    assert len(letters()) == 1


def test_a_worker_that_dies_before_the_end_has_written_and_noted_nothing(
    hanako, hers, borrow, library
):
    loan_id = borrow(hanako, due_in=1)

    def die(connection, _cursor, statement, *_) -> None:
        if statement.startswith("UPDATE loan"):
            raise KeyboardInterrupt

    sa.event.listen(library, "after_cursor_execute", die)
    with pytest.raises(KeyboardInterrupt):
        run(OUR_LIBRARY, NOW)
    sa.event.remove(library, "after_cursor_execute", die)

    with Session(library) as tx:
        assert tx.get_one(tables.Loan, loan_id).reminded_of is None
    assert letters() == []
    assert remind() == [hers]


def test_more_patrons_than_one_portion_are_all_reminded(hanako, ken, hers, borrow, monkeypatch):
    give(ken, "ken@example.jp")
    borrow(hanako, due_in=1)
    borrow(ken, due_in=1, copy=2)

    first = reminders.whose_turn(after=0, library=OUR_LIBRARY, now=NOW, limit=1)
    second = reminders.whose_turn(after=first[-1], library=OUR_LIBRARY, now=NOW, limit=1)

    assert (first, second) == ((hanako,), (ken,))
    assert remind() == [hers, ("ken@example.jp", SOON)]


def test_whom_nothing_concerns_is_not_even_looked_at(hanako, ken, taro, hers, borrow):
    give(ken, "ken@example.jp")
    borrow(hanako, due_in=1)
    borrow(taro, due_in=1, copy=2)  # who has no address

    assert reminders.whose_turn(after=0, library=OUR_LIBRARY, now=NOW) == (hanako,)
    run(OUR_LIBRARY, NOW)
    assert reminders.whose_turn(after=0, library=OUR_LIBRARY, now=NOW) == ()


def test_what_was_told_is_written_on_the_loan(hanako, hers, borrow):
    borrow(hanako, due_in=-8)

    run(OUR_LIBRARY, NOW)

    with Session(current_engine()) as tx:
        loan = tx.exec(select(tables.Loan).where(tables.Loan.patron_id == hanako)).one()
        assert (loan.reminded_of, loan.overdue_letters) == (loan.due_on, 1)
