"""A patron's days at a secret address."""

import datetime as dt
import hashlib

import pytest
from sqlmodel import Session, select

from portal_app.data.tables import CalendarLink, Hold, Loan
from portal_app.domain.holds import HoldState
from portal_app.exchange.calendar import Day, Occasion
from portal_app.services import calendar_links
from portal_app.services.calendar_links import Subscription
from tests.conftest import NOW, TODAY, add_record, lend

KEY, OTHER_KEY = b"the portal's key", b"another key"
DAY = dt.timedelta(days=1)
LOWEST_BITS = 128


def make(patron_id: int, nonce: str = "once", now: dt.datetime = NOW) -> Subscription:
    return calendar_links.make(patron_id=patron_id, signing_key=KEY, nonce=nonce, now=now)


def reset(patron_id: int, nonce: str) -> Subscription:
    return calendar_links.reset(patron_id=patron_id, signing_key=KEY, nonce=nonce, now=NOW)


def find(patron_id: int, key: bytes = KEY) -> Subscription:
    return calendar_links.find(patron_id=patron_id, signing_key=key)


def look(secret: str, key: bytes = KEY) -> tuple[Day, ...] | None:
    return calendar_links.look(secret=secret, signing_key=key)


def days_at(secret: str) -> tuple[Day, ...]:
    days = look(secret)
    assert days is not None
    return days


def add_hold(patron_id: int, record_id: int, **about) -> Hold:
    """Return a hold that is not yet in the database."""
    return Hold(
        patron_id=patron_id,
        record_id=record_id,
        slot=1,
        queue_number=1,
        pickup_branch="west",
        contact_method="none",
        placed_at=NOW,
        **about,
    )


@pytest.fixture
def patron(library, hanako, ken, ginga, kokoro) -> int:
    """Hanako has こころ at home and 銀河鉄道の夜 ready; Ken has a book at home, too."""
    add_record(30, "健の本", lent=False)
    with Session(library) as tx, tx.begin():
        lend(tx, item_id=21, patron_id=hanako, due_on=TODAY + 3 * DAY)
        lend(tx, item_id=301, patron_id=ken, due_on=TODAY)
        ready = add_hold(hanako, ginga, state=HoldState.READY, item_id=11, pickup_by=TODAY + DAY)
        tx.add(ready)
    return hanako


def test_a_calendar_has_no_address_at_first(patron):
    assert find(patron) == Subscription()


def test_a_calendar_has_due_dates_and_pickup_dates_of_its_patron_alone(patron):
    days = days_at(make(patron).secret)

    assert [(day.occasion, day.on, day.title, day.branch_code) for day in days] == [
        (Occasion.PICKUP, TODAY + DAY, "銀河鉄道の夜", "west"),
        (Occasion.DUE, TODAY + 3 * DAY, "こころ", "main"),
    ]


def test_what_only_waits_and_what_has_come_back_is_on_no_day(library, patron):
    secret = make(patron).secret
    with Session(library) as tx, tx.begin():
        loan = tx.exec(select(Loan).where(Loan.patron_id == patron)).one()
        loan.patron_id, loan.returned_at = None, NOW
        hold = tx.exec(select(Hold)).one()
        hold.state, hold.item_id, hold.pickup_by = HoldState.WAITING, None, None

    assert look(secret) == ()


def test_an_event_keeps_its_name_when_its_day_changes(library, patron):
    secret = make(patron).secret
    before = {day.title: day.uid for day in days_at(secret)}
    with Session(library) as tx, tx.begin():
        tx.exec(select(Loan).where(Loan.patron_id == patron)).one().due_on = TODAY + 10 * DAY

    after = days_at(secret)

    assert {day.title: day.uid for day in after} == before
    assert after[-1].on == TODAY + 10 * DAY


def test_no_two_events_share_a_name_and_no_name_tells_whose_it_is(patron, ken):
    names = [day.uid for one in (patron, ken) for day in days_at(make(one, f"for {one}").secret)]

    assert len(set(names)) == len(names) == 3
    assert all(len(name) * 4 >= LOWEST_BITS for name in names)


def test_the_address_is_shown_again_and_a_second_press_makes_no_other(patron):
    made = make(patron)

    assert find(patron) == made
    assert make(patron, "twice", now=NOW + DAY) == made
    assert made.since == TODAY


def test_a_new_address_ends_the_one_before_and_names_its_events_anew(patron):
    before = make(patron).secret
    names = {day.uid for day in days_at(before)}

    after = reset(patron, "another").secret

    assert look(before) is None
    assert names.isdisjoint(day.uid for day in days_at(after))
    assert find(patron).secret == after


def test_a_withdrawn_address_leads_nowhere_also_when_another_is_made(patron):
    before = make(patron).secret
    calendar_links.withdraw(patron_id=patron)

    assert look(before) is None
    assert find(patron) == Subscription()
    assert make(patron, "another").secret != before
    assert look(before) is None


def test_nobody_withdraws_or_resets_the_address_of_another(patron, ken):
    secret = make(patron).secret

    calendar_links.withdraw(patron_id=ken)
    reset(ken, "once")

    assert look(secret) is not None


@pytest.mark.parametrize("secret", ["", "x", "A" * 24, "é" * 24, "A" * 5_000, "a/../b", "\x00"])
def test_what_is_no_secret_leads_nowhere(patron, secret):
    make(patron)

    assert look(secret) is None


def test_the_database_alone_makes_no_address(library, patron):
    made = make(patron).secret
    with Session(library) as tx:
        link = tx.exec(select(CalendarLink)).one()

    assert made not in (link.nonce, link.secret_hash)
    assert link.secret_hash == hashlib.sha256(made.encode()).hexdigest()
    assert len(made) * 6 >= LOWEST_BITS


def test_whoever_writes_into_the_database_has_no_address_either(library, patron):
    make(patron)
    forged = "A" * 24
    with Session(library) as tx, tx.begin():
        tx.exec(select(CalendarLink)).one().secret_hash = hashlib.sha256(
            forged.encode()
        ).hexdigest()

    assert look(forged) is None


def test_with_another_key_every_address_leads_nowhere_and_a_new_one_can_be_made(patron):
    made = make(patron).secret

    assert look(made, OTHER_KEY) is None
    assert find(patron, OTHER_KEY) == Subscription()
    anew = calendar_links.make(patron_id=patron, signing_key=OTHER_KEY, nonce="new", now=NOW)
    assert look(anew.secret, OTHER_KEY) is not None
