import datetime as dt
from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal_app.data import search_index
from portal_app.data.catalogue import Put, put_records
from portal_app.data.catalogue_items import LeftOut, LeftOutReason
from portal_app.data.database import transactional
from portal_app.data.tables import (
    BibliographicRecord,
    Item,
    Loan,
    RecordClassification,
    RecordCreator,
    RecordIdentifier,
    RecordSubject,
)
from portal_app.domain.catalogue import (
    CataloguedItem,
    CataloguedRecord,
    Classification,
    Creator,
    Identifier,
    IdentifierKind,
    ItemState,
)
from tests.conftest import TODAY

GINGA = CataloguedRecord(
    key="ginga",
    title="銀河鉄道の夜",
    title_reading="ギンガ テツドウ ノ ヨル",
    volume="第2巻",
    creators=(Creator(name="宮沢 賢治", reading="ミヤザワ ケンジ", role="著"),),
    subjects=("童話--日本", "鉄道"),
    classifications=(Classification(scheme="ndc10", number="913.6"),),
    identifiers=(Identifier(kind=IdentifierKind.ISBN, value="9784101092058"),),
    notes=("一行目", "二行目"),
    items=(
        CataloguedItem(barcode="1", branch="main", call_number="913.6/ミ"),
        CataloguedItem(barcode="2", branch="西分館"),
    ),
)
KOKORO = CataloguedRecord(key="kokoro", title="こころ")


@transactional
def put(tx: Session, *records: CataloguedRecord, today: dt.date = TODAY) -> Put:
    return put_records(tx, records=records, today=today)


def rows(library, kind, *order):
    with Session(library) as tx:
        return tx.exec(select(kind).order_by(*map(col, order))).all()


def barcodes(library):
    return [item.barcode for item in rows(library, Item, Item.barcode)]


def test_a_new_record_is_written_with_all_its_parts(library, branches):
    assert put(GINGA) == Put(new=1)

    (record,) = rows(library, BibliographicRecord)
    assert (record.title, record.added_on) == ("銀河鉄道の夜", TODAY)
    assert record.notes == "一行目\n二行目"
    (creator,) = rows(library, RecordCreator)
    assert (creator.name, creator.reading, creator.role) == ("宮沢 賢治", "ミヤザワ ケンジ", "著")
    terms = [row.term for row in rows(library, RecordSubject, RecordSubject.position)]
    assert terms == ["童話--日本", "鉄道"]
    assert [row.number for row in rows(library, RecordClassification)] == ["913.6"]
    assert [row.kind for row in rows(library, RecordIdentifier)] == [IdentifierKind.ISBN]
    first, second = rows(library, Item, Item.barcode)
    assert (first.branch_code, first.call_number) == ("main", "913.6/ミ")
    assert second.branch_code == "west"


def test_the_same_record_again_changes_nothing(library, branches):
    put(GINGA, KOKORO)

    assert put(GINGA, KOKORO, today=TODAY + dt.timedelta(days=1)) == Put(unchanged=2)
    assert {row.added_on for row in rows(library, BibliographicRecord)} == {TODAY}


def test_a_changed_record_replaces_what_it_had(library, branches):
    put(GINGA)

    assert put(replace(GINGA, title="銀河鉄道", subjects=("童話",))) == Put(updated=1)
    assert [row.title for row in rows(library, BibliographicRecord)] == ["銀河鉄道"]
    assert [row.term for row in rows(library, RecordSubject)] == ["童話"]
    assert len(rows(library, RecordCreator)) == 1


def test_a_key_that_comes_twice_is_new_and_then_updated(library):
    assert put(KOKORO, replace(KOKORO, title="心")) == Put(new=1, updated=1)


def test_volumes_are_ordered_by_number_behind_the_reading(library):
    put(
        replace(KOKORO, key="ten", title_reading="ココロ", volume="10"),
        replace(KOKORO, key="two", title_reading="ココロ", volume="2"),
        replace(KOKORO, key="none", title="鏡", title_reading="カガミ"),
    )

    ordered = rows(library, BibliographicRecord, BibliographicRecord.title_sort)
    assert [row.key for row in ordered] == ["none", "two", "ten"]


def test_text_too_long_for_its_column_is_cut(library):
    longest = replace(KOKORO, key="k" * 500, volume="巻" * 500, title_reading="コ" * 900)

    put(longest)

    (record,) = rows(library, BibliographicRecord)
    assert (len(record.key), len(record.volume), record.volume[-1]) == (120, 200, "…")
    assert put(longest) == Put(unchanged=1)


def test_an_item_without_a_branch_stays_outside_while_its_record_is_taken(library, branches):
    lost = CataloguedItem(barcode="3", branch="Atlantis")

    outcome = put(replace(GINGA, items=(*GINGA.items, lost)))

    reason = LeftOutReason.UNKNOWN_BRANCH
    assert outcome == Put(
        new=1, left_out=(LeftOut(key="ginga", barcode="3", branch="Atlantis", reason=reason),)
    )
    assert barcodes(library) == ["1", "2"]


def test_a_barcode_stays_with_the_record_that_had_it_first(library, branches):
    put(GINGA)

    outcome = put(replace(KOKORO, items=(CataloguedItem(barcode="1", branch="main"),)))

    assert [one.reason for one in outcome.left_out] == [LeftOutReason.OTHER_RECORD]
    assert len(rows(library, Item)) == 2


def test_an_item_moves_to_another_branch_and_keeps_its_state(library, branches):
    put(GINGA)
    with Session(library) as tx, tx.begin():
        tx.exec(sa.update(Item).values(state=ItemState.IN_REPAIR))
    moved = replace(GINGA.items[0], branch="west")

    put(replace(GINGA, items=(moved, GINGA.items[1])))

    first, _ = rows(library, Item, Item.barcode)
    assert (first.branch_code, first.state) == ("west", ItemState.IN_REPAIR)


def test_an_item_no_longer_named_goes_unless_someone_has_it(library, branches, hanako):
    put(GINGA)
    _, second = rows(library, Item, Item.barcode)
    third = CataloguedItem(barcode="3", branch="main")
    with Session(library) as tx, tx.begin():
        due = TODAY + dt.timedelta(days=14)
        loan = Loan(
            patron_id=hanako, item_id=second.id, branch_code="west", lent_on=TODAY, due_on=due
        )
        tx.add(loan)

    put(replace(GINGA, items=(third,)))

    assert barcodes(library) == ["2", "3"]


def test_a_record_that_names_no_items_keeps_those_it_has(library, branches):
    put(GINGA)

    put(replace(GINGA, title="銀河鉄道", items=()))

    assert barcodes(library) == ["1", "2"]


def test_the_index_knows_what_was_put_and_every_item_of_it(library, branches, monkeypatch):
    indexed = []
    monkeypatch.setattr(search_index, "put", lambda tx, *, records: indexed.extend(records))
    put(GINGA)

    put(replace(GINGA, title="銀河鉄道", items=()), KOKORO)

    (_, first), (_, second), (_, third) = indexed
    assert [item.branch for item in first.items] == ["main", "west"]
    assert (second.title, third.title) == ("こころ", "銀河鉄道")
    assert [item.branch for item in third.items] == ["main", "west"]


@pytest.mark.parametrize("count", [2_500])
def test_many_records_are_put_at_once(library, count):
    records = [replace(KOKORO, key=str(number)) for number in range(count)]

    assert put(*records) == Put(new=count)
    assert put(*records) == Put(unchanged=count)
