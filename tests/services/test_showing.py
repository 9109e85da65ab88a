"""A demonstration's clock goes forward, and everything can be put back."""

import datetime as dt
from collections.abc import Mapping

import pytest
import sqlalchemy as sa
from sqlmodel import Session, SQLModel, select

from portal_app import libraries
from portal_app.data import tables
from portal_app.domain import policies
from portal_app.domain.holds import HoldState
from portal_app.domain.mail import LetterKind
from portal_app.domain.showing import Refusal, Step
from portal_app.jobs import reminding, tidying
from portal_app.services import branches, demonstration, sessions, showing
from portal_app.services.demonstration import NotPutBack
from tests.conftest import NOW, TODAY, add_patron

KAGOSHIMA = libraries.load("kagoshima")
ONE_DAY = dt.timedelta(days=1)
AT_NIGHT = NOW.replace(hour=23, minute=30)
HANAKO = "2024000276"
IDLE = policies.Session(idle_seconds=3600)

# What is another one each time: a password's salt, and what a showing is called.
RANDOM = {"password_hash", "edition"}
# Our own numbers, which no patron sees and which go on counting.
NUMBERS = {"id", "patron_id", "staff_id", "alert_id"}


@pytest.fixture
def kagoshima(library):
    """The demonstration of Kagoshima's library, just filled."""
    branches.open_branches(branches=KAGOSHIMA.branches)
    demonstration.fill(library=KAGOSHIMA, now=NOW)
    return library


@pytest.fixture
def shown(library):
    """A library that is being shown, with nothing in it."""
    with Session(library) as tx, tx.begin():
        tx.add(tables.Showing(edition="first"))
    return library


def set_forward(step=Step.DAY, *, date=None, real_now=NOW) -> Refusal | None:
    return showing.set_forward(step=step, date=date, real_now=real_now)


def ahead() -> dt.timedelta:
    shown = showing.look()
    assert shown
    return shown.ahead


def sign_in(engine, patron_id: int) -> None:
    with Session(engine) as tx, tx.begin():
        tx.add(
            tables.PatronSession(id_hash="a" * 64, patron_id=patron_id, created_at=NOW, seen_at=NOW)
        )


def is_signed_in(now: dt.datetime) -> bool:
    return sessions.find(id_hash="a" * 64, shown_digits=3, policy=IDLE, now=now) is not None


def everything(engine) -> Mapping[str, list[tuple[str, ...]]]:
    """Return every row of every table, but for what is another one each time."""
    with engine.connect() as connection:
        return {
            table.name: sorted(
                tuple(
                    str(value)
                    for name, value in row.items()
                    if name not in RANDOM and (name not in NUMBERS or table.name == "item")
                )
                for row in connection.execute(sa.select(table)).mappings()
            )
            for table in SQLModel.metadata.sorted_tables
        }


def numbers_of_records(engine) -> Mapping[str, int]:
    with Session(engine) as tx:
        return dict(
            tx.exec(select(tables.BibliographicRecord.key, tables.BibliographicRecord.id)).all()
        )


def test_a_library_of_somebody_else_is_not_shown(library, hanako):
    demonstration.fill(library=KAGOSHIMA, now=NOW)

    assert showing.look() is None
    assert demonstration.put_back(library=KAGOSHIMA, now=NOW) is NotPutBack.NOT_OURS_ALONE


@pytest.mark.parametrize(
    ("step", "date", "days"),
    [(Step.DAY, None, 1), (Step.WEEK, None, 7), (Step.DATE, TODAY + 40 * ONE_DAY, 40)],
)
def test_the_clock_is_set_to_the_morning_of_a_later_day(shown, step, date, days):
    assert set_forward(step, date=date, real_now=AT_NIGHT) is None

    assert AT_NIGHT + ahead() == NOW.replace(hour=10, minute=0) + days * ONE_DAY


def test_days_are_counted_from_the_day_that_the_clock_shows(shown):
    set_forward(Step.WEEK)
    set_forward(Step.DAY)

    assert ahead() == 8 * ONE_DAY


@pytest.mark.parametrize(
    ("date", "refusal"),
    [
        (None, Refusal.NO_DATE),
        (TODAY, Refusal.NOT_LATER),
        (TODAY - ONE_DAY, Refusal.NOT_LATER),
        (TODAY + 367 * ONE_DAY, Refusal.TOO_FAR),
    ],
)
def test_the_clock_never_goes_back_nor_very_far(shown, date, refusal):
    assert set_forward(Step.DATE, date=date) is refusal

    assert ahead() == dt.timedelta()


def test_nobody_is_signed_out_because_the_clock_jumps(shown, hanako):
    sign_in(shown, hanako)

    set_forward(Step.WEEK)

    assert is_signed_in(NOW + 7 * ONE_DAY)
    assert not is_signed_in(NOW + 7 * ONE_DAY + dt.timedelta(hours=2))


def test_what_is_being_done_goes_on_being_done_by_the_same_worker(shown):
    until = NOW + dt.timedelta(minutes=1)
    with Session(shown) as tx, tx.begin():
        tx.add(tables.Job(name="remind", leased_by="one", leased_until=until))

    set_forward(Step.DAY)

    with Session(shown) as tx:
        assert tx.get_one(tables.Job, "remind").leased_until == until + ONE_DAY


def test_what_happens_in_a_week_really_happens_and_is_all_put_back(kagoshima):
    found, first, records = everything(kagoshima), showing.look(), numbers_of_records(kagoshima)

    set_forward(Step.WEEK)
    now = NOW + ahead()
    reminding.remind(KAGOSHIMA, now)
    tidying.lapse(KAGOSHIMA, now)

    with Session(kagoshima) as tx:
        letters = {(one.kind, one.address) for one in tx.exec(select(tables.Letter))}
        ended = set(tx.exec(select(tables.Hold.state)))
        hanako = tx.exec(select(tables.Patron.id).where(tables.Patron.card_number == HANAKO)).one()
    assert (LetterKind.OVERDUE, "hanako@example.jp") in letters
    assert HoldState.LAPSED in ended
    sign_in(kagoshima, hanako)

    assert demonstration.put_back(library=KAGOSHIMA, now=NOW) is None

    assert everything(kagoshima) == found
    assert numbers_of_records(kagoshima) == records
    assert not is_signed_in(NOW)
    assert showing.look().edition != first.edition


def test_an_older_releases_demonstration_is_shown_and_what_the_library_has_brought_stays(
    kagoshima,
):
    with Session(kagoshima) as tx, tx.begin():
        tx.exec(sa.delete(tables.Showing))
        ours = tx.exec(select(tables.BibliographicRecord)).first()
        theirs = {**ours.model_dump(exclude={"id"}), "key": "theirs:1"}
        tx.add(tables.BibliographicRecord(**theirs))

    demonstration.fill(library=KAGOSHIMA, now=NOW)
    set_forward(Step.WEEK)
    before = everything(kagoshima)
    demonstration.fill(library=KAGOSHIMA, now=NOW)

    assert everything(kagoshima) == before
    assert demonstration.put_back(library=KAGOSHIMA, now=NOW) is None
    assert "theirs:1" in numbers_of_records(kagoshima)


def test_nothing_is_put_back_while_the_old_clock_is_at_work_or_once_somebody_else_has_a_card(
    kagoshima,
):
    with Session(kagoshima) as tx, tx.begin():
        tx.add(tables.Job(name="remind", leased_by="one", leased_until=NOW))

    at_work = demonstration.put_back(library=KAGOSHIMA, now=NOW)

    add_patron(999, "本物", card_expires_on=TODAY)
    before = everything(kagoshima)
    assert at_work is NotPutBack.AT_WORK
    assert demonstration.put_back(library=KAGOSHIMA, now=NOW) is NotPutBack.NOT_OURS_ALONE
    assert everything(kagoshima) == before
