import pytest
from sqlmodel import Session, select

from portal_app.data.catalogue import put_records
from portal_app.data.database import transactional
from portal_app.data.departures import leave
from portal_app.data.tables import BibliographicRecord
from portal_app.domain.catalogue import CataloguedRecord
from portal_app.domain.search import Query
from portal_app.services import search
from tests.conftest import TODAY

KOKORO = CataloguedRecord(key="kokoro", title="こころ", volume="上")


@transactional
def put(tx: Session) -> None:
    put_records(tx, records=[KOKORO], today=TODAY)


@transactional
def leave_today(tx: Session, *record_ids: int) -> None:
    leave(tx, record_ids=record_ids, today=TODAY)


def record(library) -> BibliographicRecord:
    with Session(library) as tx:
        return tx.exec(select(BibliographicRecord)).one()


@pytest.fixture
def departed(library, branches) -> int:
    """こころ, which has left the catalogue."""
    put()
    leave_today(record(library).id)
    return record(library).id


def test_a_record_that_has_left_is_not_found(departed):
    assert search.find(query=Query(words="こころ")).rows == ()


def test_what_is_known_of_it_stays_with_the_day_it_left(library, departed):
    assert (record(library).title, record(library).volume) == ("こころ", "上")
    assert record(library).left_on == TODAY


def test_a_record_that_comes_again_is_the_same_one_and_found(library, departed):
    put()

    assert record(library).left_on is None
    assert [row.record.record_id for row in search.find(query=Query(words="こころ")).rows] == [
        departed
    ]


def test_nothing_leaves_when_nothing_is_named(library):
    leave_today()
