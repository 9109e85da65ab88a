import pytest
from pymarc import Leader

from portal_app.domain.catalogue import (
    Audience,
    CataloguedItem,
    Classification,
    Creator,
    Identifier,
    IdentifierKind,
    MaterialClass,
)
from portal_app.exchange.marc import catalogued
from portal_app.exchange.outcomes import Catalogued, Deleted, Reason, Rejected
from tests.exchange.marc_samples import DELETED, FIXED, LEADER, control, field, ginga, record


def read(*fields, number="1", leader=LEADER):
    outcome = catalogued(record(*fields, number=number, leader=leader), number=1)
    assert isinstance(outcome, Catalogued)
    return outcome.record


def creators(statement, *headings):
    return read(field("245", "a 本 /", f"c {statement}"), *headings).creators


def test_a_japanese_record_is_read_field_by_field():
    outcome = catalogued(ginga(), number=1)

    assert isinstance(outcome, Catalogued)
    book = outcome.record
    assert book.key == "JTNDL:029455884"
    assert (book.title, book.title_reading) == (
        "銀河鉄道の夜 : 童話",
        "ギンガ テツドウ ノ ヨル : ドウワ",
    )
    assert book.volume == "上巻"
    assert (book.series, book.series_reading) == ("新潮文庫", "シンチョウ ブンコ")
    assert book.series_volume == "み-2-5"
    assert book.creators == (Creator(name="宮沢 賢治", reading="ミヤザワ ケンジ", role="著"),)
    assert (book.publisher, book.published_on, book.published_year) == ("新潮社", "2019.2", 2019)
    assert book.classifications == (
        Classification(scheme="ndlc", number="KH635"),
        Classification(scheme="ndc10", number="913.6"),
    )
    assert book.subjects == ("童話--日本",)
    assert book.identifiers == (
        Identifier(kind=IdentifierKind.ISBN, value="9784101092058"),
        Identifier(kind=IdentifierKind.JPNO, value="23173255"),
    )
    assert (book.material, book.audience) == (MaterialClass.BOOK, Audience.GENERAL)
    assert (book.language, book.extent) == ("jpn", "301p ; 19cm")
    assert book.notes == ("底本: 全集 第3版",)


def test_a_record_without_880_has_no_readings():
    book = read(
        field("245", "a 本と暮らせば /", "c 出久根達郎 著."), field("700", "a 出久根, 達郎")
    )

    assert book.title_reading == ""
    assert book.creators == (Creator(name="出久根 達郎", role="著"),)


def test_a_romanised_record_is_shown_in_japanese_script():
    book = read(
        field("245", "6 880-01", "a Ginga tetsudō no yoru"),
        field("880", "6 245-01/$1", "a 銀河鉄道の夜"),
    )

    assert (book.title, book.title_reading) == ("銀河鉄道の夜", "")


def test_a_very_long_title_is_read_whole():
    title = "あ" * 71

    assert read(field("245", f"a {title}.")).title == title


def test_the_stop_of_an_abbreviation_belongs_to_the_title():
    assert read(field("245", "a L.K.A.")).title == "L.K.A."
    assert (
        read(field("245", "a Jazz combo pak no. 10 /", "c arr.")).title == "Jazz combo pak no. 10"
    )


def test_parallel_titles_and_subtitles_keep_their_marks():
    title = field(
        "245", "a 調査報告 =", "b Report : 2019年版.", "n 2", "p 資料編 /", "c 研究所 編."
    )

    book = read(title)

    assert (book.title, book.volume) == ("調査報告 = Report : 2019年版", "2 資料編")


def test_works_bound_together_are_all_in_the_title():
    title = field(
        "245", "a 坊っちゃん ;", "a 草枕 /", "c 夏目漱石 著.", "b 高瀬舟 /", "c 森鴎外 著."
    )

    book = read(title)

    assert book.title == "坊っちゃん ; 草枕. 高瀬舟"
    assert [one.name for one in book.creators] == ["夏目漱石", "森鴎外"]


def test_a_magazine_keeps_its_numbering():
    magazine = read(field("245", "a 図書館雑誌"), field("362", "0 ", "a 1巻1号 (1907)-"))

    assert magazine.notes == ("1巻1号 (1907)-",)


def test_several_creators_come_in_the_order_of_the_title_page():
    found = creators(
        "植村八潮, 野口武悟 編 ; 吉井順一, 植村八潮 著.",
        field("700", "a 吉井, 順一"),
        field("700", "a 野口, 武悟"),
        field("700", "a 植村, 八潮"),
    )

    assert [(one.name, one.role) for one in found] == [
        ("植村 八潮", "編・著"),
        ("野口 武悟", "編"),
        ("吉井 順一", "著"),
    ]


def test_a_foreign_author_is_read_as_the_title_page_writes_them():
    found = creators(
        "ロデリック・ケイヴ 著 ; 大山晶 訳.",
        field("700", "a Cave, Roderick"),
        field("700", "6 880-01", "a 大山, 晶"),
        field("880", "6 700-01/$1", "a オオヤマ, アキラ"),
    )

    assert found == (
        Creator(name="Cave, Roderick", reading="ロデリック・ケイヴ", role="著"),
        Creator(name="大山 晶", reading="オオヤマ アキラ", role="訳"),
    )


@pytest.mark.parametrize(
    ("printed", "heading"),
    [
        ("電子出版制作・流通協議会", "電子出版制作流通協議会"),
        ("日本図書館情報学会研究委員会", "日本図書館情報学会"),
        ("インプレス総合研究所", "インプレス (2014年)"),
    ],
)
def test_a_section_of_a_body_is_found_under_its_heading(printed, heading):
    found = creators(f"{printed} 編.", field("710", f"a {heading}"))

    assert found == (Creator(name=heading, role="編"),)


@pytest.mark.parametrize(
    ("printed", "heading"),
    [
        ("岩渕デボラ", "岩淵, デボラ"),
        ("皆神龍太郎", "皆神, 竜太郎"),
        ("まえだひさこ", "まえだ, ひさこ"),
    ],
)
def test_a_name_in_other_characters_is_still_the_same_name(printed, heading):
    found = creators(f"{printed} 著.", field("700", f"a {heading}"))

    assert [one.role for one in found] == ["著"]


def test_whom_only_the_title_page_names_comes_along():
    found = creators("高島利行, 山路達也 [ほか]著.", field("700", "a 高島, 利行"))

    assert [(one.name, one.role) for one in found] == [("高島 利行", "著"), ("山路達也", "著")]


def test_a_relator_says_the_role():
    assert creators("", field("700", "a Mantooth, Frank,", "e arranger."))[0].role == "arranger"
    assert creators("", field("700", "a 大山, 晶", "4 trl"))[0].role == "訳"


def test_an_english_statement_says_the_role():
    found = creators(
        "Charlie Parker and Benny Harris ; arr. Roger Pemberton",
        field("100", "a Parker, Charlie,", "d 1920-1955."),
        field("700", "a Pemberton, Roger"),
    )

    assert [(one.name, one.role) for one in found] == [
        ("Parker, Charlie", ""),
        ("Pemberton, Roger", "arr."),
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("njb/8", [("ndc8", "913.6")]),
        ("njb/09", [("ndc9", "913.6")]),
        ("njb/10", [("ndc10", "913.6")]),
        ("kktb", [("ndlc", "913.6")]),
    ],
)
def test_the_source_names_the_classification(written, expected):
    book = read(field("245", "a 本"), field("084", "a 913.6", f"2 {written}"))

    assert [(one.scheme, one.number) for one in book.classifications] == expected


def test_a_classification_mark_of_the_childrens_room_says_for_whom():
    book = read(field("245", "a 本"), field("084", "a K913", "2 njb/10"))

    assert book.audience == Audience.CHILDREN
    assert [one.number for one in book.classifications] == ["913"]


@pytest.mark.parametrize(
    ("leader", "carrier", "material"),
    [
        ("am", "ta", MaterialClass.BOOK),
        ("cm", "", MaterialClass.BOOK),
        ("as", "ta", MaterialClass.MAGAZINE),
        ("jm", "", MaterialClass.CD),
        ("jm", "sd fungnn", MaterialClass.CD),
        ("jm", "ss lsnjlc", MaterialClass.OTHER),
        ("jm", "sd bmmennm", MaterialClass.OTHER),
        ("gm", "vd cvaizq", MaterialClass.DVD),
        ("gm", "vf cbahos", MaterialClass.OTHER),
        ("am", "he amb", MaterialClass.OTHER),
        ("em", "", MaterialClass.OTHER),
    ],
)
def test_leader_and_carrier_say_the_class(leader, carrier, material):
    carriers = [control("007", carrier)] if carrier else []

    thing = read(field("245", "a もの"), *carriers, leader=f"00000n{leader} a2200000 i 4500")

    assert thing.material == material


@pytest.mark.parametrize(
    ("place", "audience"),
    [("j", Audience.CHILDREN), ("d", Audience.YOUNG_ADULT), ("g", Audience.GENERAL)],
)
def test_the_fixed_field_says_for_whom(place, audience):
    fixed = FIXED[:22] + place + FIXED[23:]

    assert read(field("245", "a 本"), control("008", fixed)).audience == audience


def test_a_number_that_is_no_isbn_is_kept_as_another():
    book = read(
        field("245", "a 本"),
        field("020", "a 978-4-00-000000-1 (セット)"),
        field("020", "c 78000円"),
    )

    assert book.identifiers == (Identifier(kind=IdentifierKind.OTHER, value="9784000000001"),)


def test_copies_come_from_koha_and_from_holdings_with_a_barcode():
    book = read(
        field("245", "a 本"),
        field("952", "p 301", "a MAIN", "b WEST", "c 1階", "o 913.6/ミ", "7 1"),
        field("852", "b WEST", "h 913.6", "i ミ", "p 302"),
        field("852", "b WEST", "h 913.6"),
    )

    assert book.items == (
        CataloguedItem(
            barcode="301", branch="MAIN", place="1階", call_number="913.6/ミ", for_loan=False
        ),
        CataloguedItem(barcode="302", branch="WEST", call_number="913.6 ミ"),
    )


@pytest.mark.parametrize(
    ("leader", "reason"),
    [
        ("00000nz  a2200000 i 4500", Reason.NOT_BIBLIOGRAPHIC),
        (LEADER, Reason.NO_TITLE),
    ],
)
def test_what_is_not_for_the_catalogue_is_rejected_with_a_reason(leader, reason):
    fields = [] if reason is Reason.NO_TITLE else [field("245", "a 本")]
    broken = record(*fields)
    broken.leader = Leader(leader)

    assert catalogued(broken, number=7) == Rejected(number=7, reason=reason)


def test_a_deleted_record_is_known_by_its_number_alone():
    gone = record(control("003", "JTNDL"), number="029455884", leader=DELETED)

    assert catalogued(gone, number=7) == Deleted(number=7, key="JTNDL:029455884")


def test_a_deleted_record_that_nothing_names_is_rejected():
    gone = record(field("245", "a 本"), number="", leader=DELETED)

    assert catalogued(gone, number=7) == Rejected(number=7, reason=Reason.DELETED_UNNAMED)


def test_a_record_without_a_number_is_known_by_its_isbn_or_by_what_it_says():
    isbn = read(field("245", "a 本"), field("020", "a 4101092052"), number="")
    content = read(field("245", "a 本"), number="")

    assert isbn.key == "isbn:9784101092058"
    assert content.key.startswith("content:")
    assert content.key == read(field("245", "a 本"), number="").key
