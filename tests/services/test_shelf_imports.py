"""Looking up what a patron's list names (issue 4, import)."""

import pytest
from sqlmodel import Session, select

from portal_app.data.tables import BibliographicRecord
from portal_app.domain.catalogue import (
    CataloguedRecord,
    Creator,
    Identifier,
    IdentifierKind,
    MaterialClass,
)
from portal_app.domain.shelves import MOST_IN_NOTE
from portal_app.services import imports, shelf_imports
from portal_app.services.shelf_imports import MOST_BOOKS, Description, Named
from tests.conftest import TODAY, depart

GINGA, KOKORO, BUNKO = "9784101092058", "9784101010137", "9784003101117"


def book(key: str, title: str, author: str = "", *, isbn: str = "", volume: str = ""):
    return CataloguedRecord(
        key=key,
        title=title,
        volume=volume,
        creators=(Creator(name=author, role="著"),) if author else (),
        identifiers=(Identifier(kind=IdentifierKind.ISBN, value=isbn),) if isbn else (),
        material=MaterialClass.BOOK,
    )


@pytest.fixture
def numbers(library, branches) -> dict[str, int]:
    """A small catalogue: the number of each record by its key."""
    catalogue = [
        book("ginga", "銀河鉄道の夜", "宮沢 賢治", isbn=GINGA),
        book("kokoro", "こころ", "夏目 漱石", isbn=KOKORO),
        book("kokoro again", "こころ", "夏目 漱石", isbn=KOKORO),
        book("kokoro of another", "こころ", "別の 人"),
        book("mon", "門 : 小説", "夏目 漱石"),
        book("genji 1", "源氏物語", "紫式部", volume="上"),
        book("genji 2", "源氏物語", "紫式部", volume="下"),
    ]
    imports.import_batch(records=catalogue, today=TODAY)
    with Session(library) as tx:
        rows = tx.exec(select(BibliographicRecord.key, BibliographicRecord.id)).all()
    return {key: number for key, number in rows if number is not None}


def named(number: int = 1, *, title: str = "", **said) -> Named:
    words = {name: said.pop(name) for name in ("volume", "creators") if name in said}
    description = Description(title=title, **words) if title else None
    return Named(number=number, written=title, book=description, **said)


def found(*lines: Named) -> list[int]:
    looked_up = shelf_imports.look_up(named=lines)
    return [one.record.record_id for one in looked_up.found]


def test_a_record_is_known_by_its_isbn(numbers):
    assert found(named(isbn=GINGA)) == [numbers["ginga"]]


def test_of_several_records_with_one_isbn_the_first_in_the_catalogue_is_meant(numbers):
    assert found(named(isbn=KOKORO)) == [numbers["kokoro"]]


def test_of_several_records_with_one_isbn_none_is_meant_that_has_left(numbers):
    depart(numbers["kokoro"])

    assert found(named(isbn=KOKORO)) == [numbers["kokoro again"]]


def test_the_number_of_a_record_counts_where_the_title_agrees(numbers):
    ours = named(record_id=numbers["kokoro again"], title="こころ", isbn=KOKORO)
    of_another_library = named(record_id=numbers["ginga"], title="こころ", isbn=KOKORO)

    assert found(ours) == [numbers["kokoro again"]]
    assert found(of_another_library) == [numbers["kokoro"]]


def test_a_number_without_anything_beside_it_is_believed(numbers):
    assert found(named(record_id=numbers["mon"])) == [numbers["mon"]]
    assert found(named(record_id=2**31 - 1)) == []


def test_title_and_creator_name_a_record_however_they_are_spelt(numbers):
    assert found(named(title="銀河鐵道の夜", creators=("宮澤賢治",))) == [numbers["ginga"]]
    assert found(named(title="銀河鉄道の夜", creators=("宮沢 賢治 原作", "宮沢賢治"))) == [
        numbers["ginga"]
    ]


def test_a_title_with_its_subtitle_or_without_names_a_record(numbers):
    assert found(named(title="門", creators=("夏目漱石",))) == [numbers["mon"]]
    assert found(named(title="門:小説", creators=("夏目漱石",))) == [numbers["mon"]]


def test_what_several_records_are_called_names_none_of_them(numbers):
    assert found(named(title="こころ", creators=("夏目 漱石",))) == []
    assert found(named(title="源氏物語", creators=("紫式部",))) == []


def test_the_volume_tells_records_apart(numbers):
    lower = named(title="源氏物語", volume="下", creators=("紫式部",))

    assert found(lower) == [numbers["genji 2"]]
    assert found(named(title="銀河鉄道の夜", volume="下", creators=("宮沢賢治",))) == []


def test_a_title_alone_names_a_record_where_there_is_one_only(numbers):
    assert found(named(title="銀河鉄道の夜")) == [numbers["ginga"]]
    assert found(named(title="こころ")) == []


@pytest.mark.parametrize("title", ["銀河鉄道", "夜", "？！", "%", '"', "', 1"])
def test_half_a_title_or_none_names_nothing(numbers, title):
    assert found(named(title=title, creators=("宮沢賢治",))) == []


def test_what_has_left_the_catalogue_is_not_found_in_any_way(numbers):
    depart(numbers["ginga"])

    line = named(3, record_id=numbers["ginga"], title="銀河鉄道の夜", isbn=GINGA)
    looked_up = shelf_imports.look_up(named=[line])

    assert looked_up.found == ()
    assert looked_up.missing == (line,)


def test_what_is_found_and_what_is_not_keep_the_order_of_the_list(numbers):
    lines = [
        named(1, isbn=KOKORO),
        named(2, isbn=BUNKO),
        named(3, isbn=GINGA),
        named(4, title="知らない本"),
    ]

    looked_up = shelf_imports.look_up(named=lines)

    assert [one.record.title for one in looked_up.found] == ["こころ", "銀河鉄道の夜"]
    assert [one.number for one in looked_up.missing] == [2, 4]


def test_a_record_named_twice_is_there_once_with_all_that_was_written(numbers):
    [once] = shelf_imports.look_up(
        named=[
            named(1, isbn=GINGA, note="また読む"),
            named(2, isbn=GINGA, note="\tまた読む ", is_read=True),
            named(3, title="銀河鉄道の夜", note="プレゼント"),
        ]
    ).found

    assert (once.note, once.is_read) == ("また読む\nプレゼント", True)


def test_a_note_is_no_longer_than_a_note_may_be(numbers):
    [once] = shelf_imports.look_up(named=[named(isbn=GINGA, note="あ" * 5_000)]).found

    assert len(once.note) == MOST_IN_NOTE


def test_a_long_list_is_looked_up_in_portions(numbers):
    isbns = [named(number, isbn=f"978{number:010}") for number in range(1, 2_500)]

    looked_up = shelf_imports.look_up(named=[*isbns, named(2_500, isbn=GINGA)])

    assert [one.record.record_id for one in looked_up.found] == [numbers["ginga"]]
    assert len(looked_up.missing) == 2_499


def test_an_empty_list_names_nothing_and_one_without_end_is_not_looked_up(numbers):
    assert found() == []
    with pytest.raises(ValueError, match=str(MOST_BOOKS + 1)):
        found(*(named(isbn=GINGA) for _ in range(MOST_BOOKS + 1)))
