import datetime as dt

import pytest
from sqlmodel import Session, select

from portal_app.data.queues import places_of
from portal_app.data.tables import Item, Loan
from portal_app.domain.catalogue import ItemState, MaterialClass
from portal_app.domain.queues import LOANS_OF_CLASS, LOANS_OF_RECORD, Turnover
from tests.conftest import NOW, TODAY, add_record
from tests.services.desks import check_in, hold, series


def come_back(library, item_id: int, times: int, *, days: int, ago: int = 30) -> None:
    """Let an item have been lent and brought back, each time by nobody we know."""
    with Session(library) as tx, tx.begin():
        for _ in range(times):
            tx.add(
                Loan(
                    patron_id=None,
                    item_id=item_id,
                    branch_code="main",
                    lent_on=TODAY - dt.timedelta(days=ago + days),
                    due_on=TODAY,
                    returned_at=NOW - dt.timedelta(days=ago),
                )
            )


def queue_of(library, record_id: int):
    with Session(library) as tx:
        return places_of(tx, record_ids=[record_id], today=TODAY)[record_id]


def test_a_queue_names_who_waits_in_order_and_not_who_is_served(library, hanako, ken, ginga):
    first, second = hold(hanako, ginga), hold(ken, ginga, suspended_until=TODAY)

    assert queue_of(library, ginga).waiting == (first, second)

    check_in("B11")
    assert queue_of(library, ginga).waiting == (second,)


def test_whoever_is_passed_over_counts_in_the_queue(library, hanako, ken, kokoro, ginga):
    _, second = series(hanako, kokoro, ginga)
    third = hold(ken, ginga)

    assert queue_of(library, ginga).waiting == (second, third)


@pytest.mark.parametrize("state", [ItemState.MISSING, ItemState.IN_REPAIR])
def test_copies_are_those_that_can_be_lent_wherever_they_are(library, ginga, state):
    assert queue_of(library, ginga).copies == 2

    with Session(library) as tx, tx.begin():
        tx.exec(select(Item).where(Item.barcode == "B12")).one().state = state
    assert queue_of(library, ginga).copies == 1

    with Session(library) as tx, tx.begin():
        tx.exec(select(Item).where(Item.barcode == "B11")).one().for_loan = False
    assert queue_of(library, ginga).copies == 0


def test_a_record_turns_as_its_own_loans_have(library, ginga, kokoro):
    come_back(library, 11, LOANS_OF_RECORD, days=10)
    come_back(library, 21, LOANS_OF_CLASS, days=20)

    assert queue_of(library, ginga).turnover == Turnover(quick=10, slow=10)


def test_with_few_loans_of_its_own_it_turns_as_its_class_does(library, ginga, kokoro):
    come_back(library, 11, LOANS_OF_RECORD - 1, days=10)
    come_back(library, 21, LOANS_OF_CLASS, days=20)

    assert queue_of(library, ginga).turnover == Turnover(quick=20, slow=20)


def test_other_classes_and_times_long_gone_tell_nothing(library, ginga):
    add_record(5, "ギター名曲集", lent=False, material=MaterialClass.CD)
    come_back(library, 51, LOANS_OF_CLASS, days=20)
    come_back(library, 11, LOANS_OF_CLASS, days=20, ago=731)

    assert queue_of(library, ginga).turnover is None


def test_a_record_that_nobody_waits_for_has_an_empty_queue(library, kokoro):
    assert queue_of(library, kokoro).waiting == ()
