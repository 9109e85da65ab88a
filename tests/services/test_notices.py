"""Mail that nobody asks for by name: written with what it tells, once, to whom it concerns."""

import datetime as dt

import pytest
from sqlmodel import Session

from portal_app.data.database import current_engine
from portal_app.data.tables import Hold
from portal_app.domain.catalogue import ItemState
from portal_app.domain.holds import EndReason, HoldState
from portal_app.domain.mail import LetterKind, NoticeKind
from portal_app.services import circulation, display, lapses
from portal_app.text import Lang
from portal_app.text.dates import japanese_year
from tests.conftest import NOW
from tests.services.desks import LIBRARY, check_in, hold, hold_now, lend, state_of
from tests.services.mailboxes import choose, give, letters, reads

READY, LENT = LetterKind.HOLD_READY, LetterKind.LENT
BY_MAIL = {"contact_method": "mail"}


def want(patron_id: int, record_id: int, *, how: str = "mail", at: str = "main") -> int:
    """Let a patron wait for a record, and hear of it by mail."""
    hold_id = hold(patron_id, record_id, pickup_branch=at)
    with Session(current_engine()) as tx, tx.begin():
        tx.get_one(Hold, hold_id).contact_method = how
    return hold_id


@pytest.fixture
def addresses(hanako, ken) -> None:
    """Hanako reads mail at one address; Ken at two."""
    give(hanako, "hanako@example.jp")
    give(ken, "ken@example.jp")
    give(ken, "ken@mobile.example.jp", place=2)


def told(kind: LetterKind = READY) -> list[str]:
    """Return to which addresses letters of a kind are."""
    return [letter.address for letter in letters(kind)]


def test_k42_a_hold_that_is_ready_is_told_of_with_its_branch_and_its_last_day(
    hanako, addresses, ginga
):
    hold_id = want(hanako, ginga)

    check_in("B11")

    [letter] = letters()
    assert (letter.kind, letter.address) == (READY, "hanako@example.jp")
    assert "銀河鉄道の夜" in letter.body
    assert "銀河" not in letter.subject
    assert LIBRARY.branches[0].name["ja"] in letter.body
    pickup_by = hold_now(hold_id).pickup_by
    assert pickup_by is not None
    assert f"取置期限日：{pickup_by.year}年{pickup_by.month}月{pickup_by.day}日" in letter.body
    assert letter.written_at == NOW


def test_g01_days_in_mail_are_counted_by_eras_for_whoever_has_chosen_that(hanako, addresses, ginga):
    display.choose(patron_id=hanako, name="years", choice="japanese")
    hold_id = want(hanako, ginga)

    check_in("B11")

    pickup_by = hold_now(hold_id).pickup_by
    assert pickup_by is not None
    said = f"取置期限日：{japanese_year(pickup_by)}年{pickup_by.month}月{pickup_by.day}日"
    assert said in letters()[0].body
    assert "令和" in said


@pytest.mark.parametrize("how", ["none", "telephone"])
def test_k26_whoever_does_not_want_mail_about_a_hold_gets_none(hanako, addresses, ginga, how):
    hold_id = want(hanako, ginga, how=how)

    check_in("B11")

    assert state_of(hold_id) is HoldState.READY
    assert letters() == []


def test_without_a_confirmed_address_nothing_is_written(hanako, ginga):
    give(hanako, "hanako@example.jp", confirmed_at=None)
    hold_id = want(hanako, ginga)

    check_in("B11")

    assert state_of(hold_id) is HoldState.READY
    assert letters() == []


def test_a_second_scan_is_told_no_second_time(hanako, addresses, ginga):
    want(hanako, ginga)

    check_in("B11")
    check_in("B11", now=NOW + dt.timedelta(days=1))

    assert told() == ["hanako@example.jp"]


def test_what_is_on_its_way_is_told_of_when_it_arrives(hanako, addresses, ginga):
    want(hanako, ginga, at="west")

    check_in("B11")
    on_its_way = told()
    check_in("B11", at="west")

    assert on_its_way == []
    assert told() == ["hanako@example.jp"]


def test_whoever_is_next_hears_of_what_another_did_not_fetch(hanako, ken, addresses, ginga):
    want(hanako, ginga)
    want(ken, ginga)
    check_in("B11")

    late = NOW + dt.timedelta(days=60)
    assert lapses.lapse(library=LIBRARY, now=late) == 1

    assert told() == ["hanako@example.jp", "ken@example.jp"]


def test_whoever_is_next_hears_of_what_the_library_has_cancelled(hanako, ken, addresses, ginga):
    first = want(hanako, ginga)
    want(ken, ginga)
    check_in("B11")

    circulation.cancel_hold(hold_id=first, reason=EndReason.BY_LIBRARY, library=LIBRARY, now=NOW)

    assert told() == ["hanako@example.jp", "ken@example.jp"]


def test_what_was_missing_is_told_of_again_when_another_copy_has_come(hanako, addresses, ginga):
    want(hanako, ginga)
    check_in("B11")
    circulation.mark_item(barcode="B11", state=ItemState.MISSING, library=LIBRARY, now=NOW)

    check_in("B12", at="main")

    assert told() == ["hanako@example.jp", "hanako@example.jp"]


def test_it_goes_to_the_addresses_that_the_patron_has_chosen(ken, addresses, ginga):
    choose(ken, NoticeKind.HOLD, to_second=True)
    want(ken, ginga)

    check_in("B11")

    assert told() == ["ken@example.jp", "ken@mobile.example.jp"]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (Lang.EN, "Something is ready for you"),
        (Lang.EASY, "予約(よやく)した 本(ほん)が 来(き)ました"),
    ],
)
def test_it_is_written_as_its_patron_reads(hanako, addresses, ginga, lang, said):
    reads(hanako, lang)
    want(hanako, ginga)

    check_in("B11")

    [letter] = letters()
    assert letter.language is lang
    assert letter.subject.startswith(said)


def test_k44_who_wants_it_is_told_what_was_lent_and_until_when(hanako, addresses, kokoro):
    choose(hanako, NoticeKind.LOAN)

    due_on = lend(hanako, "B21").due_on

    [letter] = letters()
    assert (letter.kind, letter.address) == (LENT, "hanako@example.jp")
    assert "こころ" in letter.body
    assert "こころ" not in letter.subject
    assert due_on is not None
    assert f"返却期限日：{due_on.year}年{due_on.month}月{due_on.day}日" in letter.body


def test_k44_who_has_said_nothing_is_not_told_of_loans(hanako, addresses, kokoro):
    assert lend(hanako, "B21").loan_id is not None

    assert letters() == []


def test_k44_where_a_library_does_not_offer_it_nobody_is_told(hanako, addresses, kokoro):
    choose(hanako, NoticeKind.LOAN)
    mail = LIBRARY.mail.model_copy(update={"notices": (NoticeKind.HOLD,)})

    lend(hanako, "B21", library=LIBRARY.model_copy(update={"mail": mail}))

    assert letters() == []


def test_what_is_not_lent_is_not_told_of(taro, kokoro):
    give(taro, "taro@example.jp")
    choose(taro, NoticeKind.LOAN)

    assert lend(taro, "B21").refused is not None

    assert letters() == []
