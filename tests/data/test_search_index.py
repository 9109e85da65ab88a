import sqlalchemy as sa
from sqlmodel import Session

from portal_app.data import search_index
from portal_app.data.database import current_engine
from portal_app.data.search_lookup import best
from portal_app.domain.catalogue import (
    CataloguedItem,
    CataloguedRecord,
    Classification,
    Creator,
    Identifier,
    IdentifierKind,
)
from portal_app.domain.search import MOST_RESULTS, Query
from portal_app.domain.search_terms import everything_of

GINGA = CataloguedRecord(key="ginga", title="銀河鉄道の夜")
KOKORO = CataloguedRecord(key="kokoro", title="こころ")


def put(*records) -> None:
    with Session(current_engine().execution_options(portal_writes=True)) as tx, tx.begin():
        search_index.put(tx, records=records)


def found(words="", **asked) -> list[int]:
    with Session(current_engine()) as tx:
        everything = everything_of(Query(words=words, **asked))
        return sorted(best(tx, tiers=filter(None, [everything]), limit=MOST_RESULTS))


def test_a_record_is_found_as_it_is_now_and_no_longer_as_it_was(library):
    put((1, GINGA), (2, KOKORO))
    put((1, CataloguedRecord(key="ginga", title="風の又三郎")))

    assert found("風の又三郎") == [1]
    assert found("銀河") == []
    assert found("こころ") == [2]


def test_putting_the_same_record_again_and_again_finds_it_once(library):
    for _ in range(3):
        put((1, GINGA))

    assert found("銀河") == [1]


def test_a_record_that_left_is_not_found(library):
    put((1, GINGA), (2, KOKORO))

    with Session(current_engine().execution_options(portal_writes=True)) as tx, tx.begin():
        search_index.remove(tx, record_ids=[1, 99])

    assert found("銀河") == []
    assert found("こころ") == [2]


def test_nothing_is_written_when_the_transaction_fails(library):
    put((2, KOKORO))

    with Session(current_engine().execution_options(portal_writes=True)) as tx:
        search_index.put(tx, records=[(1, GINGA), (2, GINGA)])
        tx.rollback()

    assert found("銀河") == []
    assert found("こころ") == [2]


def test_many_records_are_put_and_forgotten_at_once(library):
    put(*((number, GINGA) for number in range(1, 1300)))
    put(*((number, KOKORO) for number in range(1, 1300)))
    put((1, GINGA))

    assert found("銀河鉄道") == [1]


def test_texts_with_every_kind_of_sign_are_put_and_found(library):
    strange = CataloguedRecord(
        key="strange",
        title="'; DROP TABLE patron; -- \\ \" \0 \n \f \ue000 \ud800 𠮷野家 :A* | & ! ( )",
        notes=("x" * 100_000, "あ" * 100_000, " ".join(map(str, range(20_000)))),
        creators=(Creator(name="", reading="'"),),
        identifiers=(Identifier(kind=IdentifierKind.OTHER, value="a'b:c\\"),),
        classifications=(Classification(scheme="ndc9", number="'913.6:*"),),
        items=(CataloguedItem(barcode="1", branch="main"),),
    )

    put((1, strange))

    assert found("吉野家") == [1]
    assert found("drop table") == [1]
    assert found(branches=("main",)) == [1]


def test_tidying_changes_nothing_that_is_found(library):
    put((1, GINGA))
    put((2, KOKORO))

    with Session(current_engine().execution_options(portal_writes=True)) as tx, tx.begin():
        search_index.tidy(tx)

    assert found("銀河") == [1]


def test_the_index_goes_with_the_tables(library):
    with library.connect() as connection, connection.begin():
        search_index.SQLModel.metadata.drop_all(connection)

    assert "search_entry" not in sa.inspect(library).get_table_names()
