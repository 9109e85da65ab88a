import datetime as dt

import pytest
from sqlmodel import Session

from portal_app.data import search_index, tables
from portal_app.data.database import current_engine
from portal_app.domain.catalogue import (
    Audience,
    Availability,
    CataloguedItem,
    CataloguedRecord,
    Classification,
    Creator,
    Identifier,
    IdentifierKind,
    MaterialClass,
)
from portal_app.domain.search import (
    Condition,
    Connector,
    Field,
    Match,
    Problem,
    Query,
    Sort,
    parse,
)
from portal_app.domain.search_key import sort_key
from portal_app.domain.topics import Topic, search_for
from portal_app.services import search
from tests.conftest import TODAY

SOSEKI = Creator(name="夏目 漱石", reading="ナツメ, ソウセキ", role="著")
KENJI = Creator(name="宮沢 賢治", reading="ミヤザワ, ケンジ", role="作")
OGAI = Creator(name="森 鷗外", reading="モリ, オウガイ", role="著")

BOOKS = {
    "kokoro": CataloguedRecord(
        key="kokoro",
        title="こころ",
        title_reading="ココロ",
        creators=(SOSEKI,),
        publisher="岩波書店",
        published_year=1914,
        classifications=(Classification(scheme="ndc10", number="913.6"),),
        subjects=("小説",),
    ),
    "ginga": CataloguedRecord(
        key="ginga",
        title="銀河鉄道の夜 : 童話",
        title_reading="ギンガ テツドウ ノ ヨル : ドウワ",
        creators=(KENJI,),
        publisher="新潮社",
        published_year=1989,
        classifications=(Classification(scheme="ndc9", number="913.8"),),
        identifiers=(Identifier(kind=IdentifierKind.ISBN, value="9784101092058"),),
        audience=Audience.CHILDREN,
        items=(CataloguedItem(barcode="1", branch="west", call_number="K913"),),
    ),
    "kenkyu": CataloguedRecord(
        key="kenkyu",
        title="宮沢賢治「銀河鉄道の夜」を読む",
        title_reading="ミヤザワ ケンジ ギンガ テツドウ ノ ヨル オ ヨム",
        creators=(Creator(name="西田 良子", reading="ニシダ, ヨシコ"),),
        publisher="創元社",
        published_year=2003,
        subjects=("宮沢賢治",),
    ),
    "maihime": CataloguedRecord(
        key="maihime",
        title="舞姫・山椒大夫",
        title_reading="マイヒメ サンショウ ダユウ",
        creators=(OGAI,),
        published_year=1965,
    ),
    "pride": CataloguedRecord(
        key="pride",
        title="プライド",
        title_reading="プライド",
        published_year=2004,
        material=MaterialClass.DVD,
    ),
    "flight": CataloguedRecord(
        key="flight", title="フライト", title_reading="フライト", published_year=2012
    ),
    "potter": CataloguedRecord(
        key="potter",
        title="ハリー・ポッターと賢者の石",
        title_reading="ハリー ポッター ト ケンジャ ノ イシ",
        creators=(Creator(name="Rowling, J. K.", role="作"),),
        volume="1",
        notes=("原タイトル: Harry Potter and the philosopher's stone",),
        published_year=1999,
    ),
    "javascript": CataloguedRecord(
        key="javascript", title="JavaScript入門 第11版", published_year=2020
    ),
    "song": CataloguedRecord(
        key="song", title="銀河の歌", material=MaterialClass.CD, published_year=None
    ),
}


# Picture books by number and by the mark of their shelf, and what is beside them; one for adults.
OF_A_CLASS = [
    CataloguedRecord(
        key=title,
        title=title,
        classifications=(Classification(scheme=scheme, number=number),),
        audience=audience,
    )
    for title, scheme, number, audience in (
        ("ぐりとぐら", "ndc10", "726.6", Audience.CHILDREN),
        ("ももたろう", "ndc", "E", Audience.CHILDREN),
        ("おりがみ", "ndc10", "754.9", Audience.CHILDREN),
        ("絵画の歴史", "ndc10", "720.2", Audience.GENERAL),
    )
]


@pytest.fixture
def catalogue(branches) -> dict[str, int]:
    """Nine records, in the order in which they came into the catalogue."""
    numbers = {key: number for number, key in enumerate(BOOKS, start=1)}
    with Session(current_engine().execution_options(portal_writes=True)) as tx, tx.begin():
        for key, number in numbers.items():
            write(tx, number, BOOKS[key])
        tx.flush()  # the index is written behind the records
        search_index.put(tx, records=[(numbers[key], book) for key, book in BOOKS.items()])
    return numbers


def write(tx: Session, number: int, book: CataloguedRecord) -> None:
    tx.add(
        tables.BibliographicRecord(
            id=number,
            key=book.key,
            digest="",
            title=book.title,
            title_reading=book.title_reading,
            title_sort=sort_key(book.title_reading or book.title),
            author_sort=sort_key(book.creators[0].reading if book.creators else ""),
            publisher=book.publisher,
            published_year=book.published_year,
            material=book.material,
            audience=book.audience,
            added_on=TODAY,
        )
    )
    tx.flush()  # what belongs to a record needs it first
    for position, creator in enumerate(book.creators, start=1):
        tx.add(
            tables.RecordCreator(
                record_id=number,
                position=position,
                name=creator.name,
                reading=creator.reading,
                role=creator.role,
            )
        )
    for item in book.items:
        tx.add(
            tables.Item(
                record_id=number,
                barcode=item.barcode,
                branch_code=item.branch,
                call_number=item.call_number,
            )
        )


@pytest.fixture
def found(catalogue):
    """Search, and name what was found in its order."""
    keys = {number: key for key, number in catalogue.items()}

    def found(words="", **asked) -> list[str]:
        results = search.find(query=Query(words=words, **asked))
        return [keys[row.record.record_id] for row in results.rows]

    return found


@pytest.mark.parametrize(
    ("words", "books"),
    [
        ("こころ", ["kokoro"]),
        ("ｺｺﾛ", ["kokoro"]),
        ("ぎんがてつどう", ["ginga", "kenkyu"]),
        ("ギンガ鉄道", []),
        ("銀", ["song", "ginga", "kenkyu"]),
        ("河鉄", ["kenkyu", "ginga"]),
        ("鐵道", ["kenkyu", "ginga"]),
        ("宮澤賢治", ["kenkyu", "ginga"]),
        ("みやざわ けんじ", ["kenkyu", "ginga"]),
        ("夏目漱石 こころ", ["kokoro"]),
        ("鴎外", ["maihime"]),
        ("新潮社", ["ginga"]),
        ("新潮社 こころ", []),
        ("小説", ["kokoro"]),
        ("ハリーポッター", ["potter"]),
        ("ハリ-・ポッタ-", ["potter"]),
        ("harry  POTTER", ["potter"]),
        ("philosophers", ["potter"]),
        ("rowling", ["potter"]),
        ("java", ["javascript"]),
        ("script", []),
        ("入門", ["javascript"]),
        ("11版", ["javascript"]),
        ("1版", []),
        ("第11", ["javascript"]),
        ("第1", []),
        ("978-4-10-109205-8", ["ginga"]),
        ("9784101092058", ["ginga"]),
        ("4101092052", ["ginga"]),
        ("ＩＳＢＮ４－１０－１０９２０５－２", ["ginga"]),
        ('"銀河鉄道の夜" 童話', ["ginga"]),
        ("存在しない", []),
        ("ー", []),
        ("・・・", []),
        ("%", []),
        ("' OR 1=1 --", []),
        ('"', []),
    ],
)
def test_words_find_these_books_in_this_order(found, words, books):
    assert found(words) == books


def test_a_word_finds_its_like_only_where_nothing_is_the_same(found):
    assert found("プライド") == ["pride"]
    assert found("きんかてつとう") == ["kenkyu", "ginga"]
    assert search.find(query=Query(words="ぶらいど")).are_alike
    assert not search.find(query=Query(words="プライド")).are_alike


def test_the_title_itself_comes_before_titles_that_begin_with_it_or_contain_it(found):
    assert found("銀河鉄道の夜") == ["ginga", "kenkyu"]
    assert found("宮沢賢治") == ["kenkyu", "ginga"]


@pytest.mark.parametrize(
    ("conditions", "books"),
    [
        ([{"field": Field.TITLE, "text": "宮沢賢治"}], ["kenkyu"]),
        ([{"field": Field.AUTHOR, "text": "宮沢賢治"}], ["ginga"]),
        ([{"field": Field.SUBJECT, "text": "宮沢"}], ["kenkyu"]),
        ([{"field": Field.PUBLISHER, "text": "岩波"}], ["kokoro"]),
        ([{"field": Field.PUBLISHER, "text": "社"}], ["kenkyu", "ginga"]),
        ([{"field": Field.TITLE, "text": "銀河", "match": Match.STARTS}], ["song", "ginga"]),
        ([{"field": Field.TITLE, "text": "銀河鉄道の夜", "match": Match.EQUALS}], ["ginga"]),
        (
            [{"field": Field.TITLE, "text": "ぎんがてつどうのよる", "match": Match.EQUALS}],
            ["ginga"],
        ),
        ([{"field": Field.TITLE, "text": "銀河鉄道の夜：童話", "match": Match.EQUALS}], ["ginga"]),
        ([{"field": Field.TITLE, "text": "銀河", "match": Match.EQUALS}], []),
        ([{"field": Field.TITLE, "text": "java", "match": Match.STARTS}], ["javascript"]),
        ([{"field": Field.AUTHOR, "text": "夏", "match": Match.STARTS}], ["kokoro"]),
        ([{"field": Field.NDC, "text": "913"}], ["ginga", "kokoro"]),
        ([{"field": Field.NDC, "text": "９１３．６", "match": Match.EQUALS}], ["kokoro"]),
        ([{"field": Field.NDC, "text": "文学"}], []),
        ([{"field": Field.ISBN, "text": "978-4-10"}], ["ginga"]),
        ([{"field": Field.ISBN, "text": "978410", "match": Match.EQUALS}], []),
        (
            [
                {"field": Field.AUTHOR, "text": "漱石"},
                {"field": Field.AUTHOR, "text": "鷗外", "connector": Connector.OR},
            ],
            ["maihime", "kokoro"],
        ),
        (
            [
                {"field": Field.TITLE, "text": "銀河"},
                {"field": Field.TITLE, "text": "鉄道", "connector": Connector.NOT},
            ],
            ["song"],
        ),
        (
            [{"field": Field.TITLE, "text": "の", "connector": Connector.NOT}],
            ["javascript", "flight", "pride", "maihime", "kokoro"],
        ),
    ],
)
def test_conditions_find_these_books(found, conditions, books):
    assert found(conditions=tuple(Condition(**one) for one in conditions)) == books


def test_filters_narrow_what_words_find(found):
    assert found("銀河", materials=(MaterialClass.CD,)) == ["song"]
    assert found("銀河", branches=("west",)) == ["ginga"]
    assert found("銀河", audience=Audience.CHILDREN) == ["ginga"]
    assert found("銀河", year_from=1990) == ["kenkyu"]
    assert found("銀河", year_to=1989) == ["ginga"]
    assert found(year_from=1965, year_to=1999, sort=Sort.OLDEST) == ["maihime", "ginga", "potter"]


def test_results_are_sorted_by_year_title_or_author(found):
    assert found("銀河", sort=Sort.NEWEST) == ["kenkyu", "ginga", "song"]
    assert found("銀河", sort=Sort.OLDEST) == ["ginga", "kenkyu", "song"]
    assert found("銀河", sort=Sort.TITLE) == ["ginga", "kenkyu", "song"]
    assert found("銀河", sort=Sort.AUTHOR) == ["song", "kenkyu", "ginga"]


def test_results_come_in_pages_and_beyond_the_last_page_is_the_last(catalogue):
    everything = Query(year_to=2999, page_size=10)
    asked = Query(words="銀河", page=50)

    results = search.find(query=asked)

    assert results.page == results.pages == 1
    assert results.problems == (Problem.NO_SUCH_PAGE,)
    assert [row.position for row in results.rows] == [1, 2, 3]
    assert search.find(query=everything).count == search.Count(number=8)


def test_an_empty_form_or_a_search_of_10000_characters_finds_nothing(catalogue):
    assert search.find(query=Query()).count.number == 0
    too_long = search.find(query=parse({"q": "あ" * 10_000, "class": "cd"}))
    assert too_long.rows == ()
    assert too_long.problems == (Problem.TOO_LONG,)


def test_a_result_shows_where_its_words_stand(catalogue):
    (row,) = search.find(query=Query(words="てつどう 新潮 宮沢賢治")).rows

    assert [one.text for one in row.line if one.is_match] == ["宮沢 賢治", "新潮"]
    assert "".join(one.text for one in row.title) == "銀河鉄道の夜 : 童話"
    assert row.record.availability is Availability.AVAILABLE


def test_a_result_knows_what_stands_beside_it(catalogue):
    query = Query(words="銀河", sort=Sort.NEWEST)

    second = search.neighbours(query=query, position=2)

    assert (second.previous, second.following) == (catalogue["kenkyu"], catalogue["song"])
    assert second.count.number == 3
    assert search.neighbours(query=query, position=1).previous is None
    assert search.neighbours(query=query, position=3).following is None
    assert search.neighbours(query=query, position=999).previous is None


def test_filters_say_beforehand_how_many_they_leave(catalogue):
    counted = search.facets(query=Query(words="銀河"))

    assert {one.value: one.count.number for one in counted.materials if one.count.number} == {
        "book": 2,
        "cd": 1,
    }
    assert {one.value: one.count.number for one in counted.branches} == {"main": 0, "west": 1}


def test_counts_end_at_a_thousand(branches):
    book = CataloguedRecord(key="", title="同じ本", published_year=2000)
    with Session(current_engine().execution_options(portal_writes=True)) as tx, tx.begin():
        tx.add_all(
            tables.BibliographicRecord(
                id=number,
                key=str(number),
                digest="",
                title=f"同じ本 {number:04}",
                title_sort=f"{number:04}",
                author_sort="",
                published_year=number,
                material=MaterialClass.BOOK,
                audience=Audience.GENERAL,
                added_on=dt.date(2026, 11, 22),
            )
            for number in range(1, 1102)
        )
        tx.flush()  # the index is written behind the records
        search_index.put(tx, records=[(number, book) for number in range(1, 1102)])

    results = search.find(query=Query(words="同じ本", page=50, sort=Sort.OLDEST))

    assert results.count == search.Count(number=1000, is_at_least=True)
    assert results.pages == 50
    assert [row.record.record_id for row in results.rows] == list(range(981, 1001))
    assert search.find(query=Query(words="同じ本")).rows[0].record.record_id == 1101


@pytest.mark.parametrize(
    ("topic", "books"),
    [
        (Topic.STORIES, ["銀河鉄道の夜 : 童話"]),
        (Topic.PICTURE_BOOKS, ["ももたろう", "ぐりとぐら"]),
        (Topic.ARTS, ["おりがみ"]),
        (Topic.HISTORY, []),
    ],
)
def test_a_child_finds_books_of_a_class_by_its_picture(catalogue, topic, books):
    with Session(current_engine().execution_options(portal_writes=True)) as tx, tx.begin():
        for number, book in enumerate(OF_A_CLASS, start=100):
            write(tx, number, book)
        tx.flush()  # the index is written behind the records
        search_index.put(tx, records=list(enumerate(OF_A_CLASS, start=100)))

    found = search.find(query=search_for(topic))

    assert [row.record.title for row in found.rows] == books


def test_only_a_search_for_childrens_books_says_how_they_are_read(catalogue):
    [childs] = search.find(query=Query(words="銀河鉄道", audience=Audience.CHILDREN)).rows
    everybodys = search.find(query=Query(words="銀河鉄道")).rows

    assert childs.readings.title == "ギンガ テツドウ ノ ヨル : ドウワ"
    assert childs.readings.creators == "ミヤザワ ケンジ"
    assert {row.readings for row in everybodys} == {None}
