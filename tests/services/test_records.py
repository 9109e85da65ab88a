import datetime as dt

from sqlmodel import Session

from portal_app.data import tables
from portal_app.data.database import current_engine
from portal_app.domain.catalogue import Availability, Creator, Identifier, IdentifierKind
from portal_app.services import records
from tests.conftest import NOW, TODAY, depart


def add(*rows) -> None:
    with Session(current_engine().execution_options(portal_writes=True)) as tx, tx.begin():
        tx.add_all(rows)


def test_a_record_is_shown_with_all_its_parts(kokoro):
    add(
        tables.RecordCreator(record_id=kokoro, position=1, name="夏目 漱石", role="著"),
        tables.RecordSubject(record_id=kokoro, position=1, term="小説"),
        tables.RecordClassification(record_id=kokoro, position=1, scheme="ndc10", number="913.6"),
        tables.RecordIdentifier(
            record_id=kokoro, position=1, kind=IdentifierKind.ISBN, value="9784003101117"
        ),
    )

    shown = records.show(record_id=kokoro)

    assert shown is not None
    assert shown.summary.title == "こころ"
    assert shown.creators == (Creator(name="夏目 漱石", role="著"),)
    assert shown.identifiers == (Identifier(kind=IdentifierKind.ISBN, value="9784003101117"),)
    assert [place.number for place in shown.classifications] == ["913.6"]
    assert shown.subjects == ("小説",)


def test_items_stand_by_branch_with_call_number_and_state(kokoro):
    shown = records.show(record_id=kokoro)

    assert shown is not None
    assert [branch.branch for branch in shown.branches] == ["main", "west"]
    (item,) = shown.branches[0].shelved
    assert item.call_number == "913.6/2"
    assert (item.availability, item.due_on) == (Availability.AVAILABLE, None)


def test_an_item_on_loan_says_when_it_is_due(ginga):
    shown = records.show(record_id=ginga)

    assert shown is not None
    (item,) = shown.branches[1].shelved
    assert (item.availability, item.due_on) == (Availability.ON_LOAN, TODAY)


def test_a_record_says_how_many_have_it_on_hold(ginga, hanako):
    add(
        tables.Hold(
            patron_id=hanako,
            record_id=ginga,
            slot=1,
            queue_number=1,
            pickup_branch="main",
            contact_method="none",
            placed_at=NOW,
        ),
        tables.Hold(
            patron_id=hanako,
            record_id=ginga,
            state="cancelled",
            pickup_branch="main",
            contact_method="none",
            placed_at=NOW - dt.timedelta(days=1),
            ended_at=NOW,
            end_reason="by_patron",
        ),
    )

    shown = records.show(record_id=ginga)

    assert shown is not None
    assert shown.open_holds == 1


def test_a_record_that_has_left_the_catalogue_is_shown_as_it_was_and_says_so(kokoro):
    depart(kokoro)

    shown = records.show(record_id=kokoro)

    assert shown is not None
    assert shown.summary.title == "こころ"
    assert shown.summary.availability is Availability.NOT_IN_CATALOGUE


def test_there_is_no_record_of_a_number_that_was_never_given(library):
    assert records.show(record_id=404) is None
