import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_app.domain.catalogue import (
    Audience,
    CataloguedItem,
    Creator,
    Identifier,
    IdentifierKind,
    MaterialClass,
)
from portal_app.exchange.columns import UnknownKey, default_mapping, read_mapping
from portal_app.exchange.outcomes import Catalogued, NotReadable, Reason, Rejected
from portal_app.exchange.table import TableSource

ROW = {
    "書誌番号": "10",
    "書名": "銀河鉄道の夜",
    "書名ヨミ": "ぎんがてつどうのよる",
    "副書名": "童話",
    "巻次": "上",
    "著者": "宮沢 賢治／著",
    "著者ヨミ": "みやざわ けんじ",
    "出版者": "新潮社",
    "出版年月": "昭和56.11",
    "NDC": "K913",
    "ISBN": "4-10-109205-2",
    "資料区分": "図書",
    "対象": "児童",
    "資料番号": "301",
    "所蔵館": "本館",
    "請求記号": "E/ミ",
    "貸出区分": "禁帯出",
    "注記": '"一行目\r\n二行目<br>三行目"',
}
LIBRARY = f"{','.join(ROW)}\r\n{','.join(ROW.values())}\r\n"

# As Aozora Bunko has a work with two contributors.
AOZORA = (
    "作品ID,作品名,作品名読み,分類番号,姓,名,姓読み,名読み,役割フラグ\r\n"
    '"057321","朝に想い","あさにおもい","NDC 159 K914","アレン","J","アレン","ジェイ","著者"\r\n'
    '"000001","こころ","こころ","NDC 913","夏目","漱石","なつめ","そうせき","著者"\r\n'
    '"057321","朝に想い","あさにおもい","NDC 159 K914","大久保","勇","オオクボ","ユウ","翻訳者"\r\n'
)


def read(text: str | bytes, mapping=None):
    file = text if isinstance(text, bytes) else text.encode()
    return list(TableSource(io.BytesIO(file), mapping or default_mapping()).outcomes())


def titles(text: str | bytes):
    return [one.record.title for one in read(text) if isinstance(one, Catalogued)]


def reasons(text: str | bytes):
    return [(one.number, one.reason) for one in read(text) if isinstance(one, Rejected)]


def test_a_librarys_own_row_is_read_cell_by_cell():
    (outcome,) = read(LIBRARY)

    book = outcome.record
    assert book.key == "table:10"
    assert (book.title, book.title_reading) == ("銀河鉄道の夜 : 童話", "ギンガテツドウノヨル")
    assert book.volume == "上"
    assert book.creators == (Creator(name="宮沢 賢治", reading="ミヤザワ ケンジ", role="著"),)
    assert (book.published_on, book.published_year) == ("昭和56.11", 1981)
    assert [one.number for one in book.classifications] == ["913"]
    assert book.identifiers == (Identifier(kind=IdentifierKind.ISBN, value="9784101092058"),)
    assert (book.material, book.audience) == (MaterialClass.BOOK, Audience.CHILDREN)
    assert book.notes == ("一行目 二行目 三行目",)
    assert book.items == (
        CataloguedItem(barcode="301", branch="本館", call_number="E/ミ", for_loan=False),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_the_encoding_is_found_out(encoding):
    assert read(LIBRARY.encode(encoding)) == read(LIBRARY)


@pytest.mark.parametrize("delimiter", ["\t", ";", "|"])
def test_the_delimiter_is_found_out(delimiter):
    assert titles(
        f"書名{delimiter}著者{delimiter}ISBN\nこころ{delimiter}夏目 漱石{delimiter}\n"
    ) == ["こころ"]


def test_english_headings_are_known_whatever_their_case():
    (outcome,) = read("Title,AUTHOR,Publication_Year\nKokoro,Soseki,1914\n")

    assert (outcome.record.title, outcome.record.published_year) == ("Kokoro", 1914)


def test_rows_of_one_work_are_one_record_however_far_apart():
    allen, kokoro = read(AOZORA)

    assert allen.record.key == "aozora:057321"
    assert allen.record.creators == (
        Creator(name="アレン J", reading="アレン ジェイ", role="著"),
        Creator(name="大久保 勇", reading="オオクボ ユウ", role="訳"),
    )
    assert [one.number for one in allen.record.classifications] == ["159", "914"]
    assert (allen.number, kokoro.number) == (1, 2)
    assert kokoro.record.creators[0].reading == "ナツメ ソウセキ"


def test_copies_in_several_rows_belong_to_one_record():
    (outcome,) = read("ISBN,書名,資料番号,所蔵館\n4101092052,夜,1,本館\n9784101092058,夜,2,西館\n")

    assert [item.barcode for item in outcome.record.items] == ["1", "2"]


def test_a_row_that_contradicts_its_record_is_rejected():
    assert reasons("書誌番号,書名\n1,こころ\n2,門\n1,明暗\n") == [(3, Reason.OTHER_TITLE)]


def test_a_row_without_a_title_is_rejected():
    assert reasons("書名,著者\n,夏目 漱石\nこころ,夏目 漱石\n") == [(1, Reason.NO_TITLE)]


def test_a_quotation_mark_that_is_never_closed_costs_one_row():
    text = '書名,著者\n"こころ,夏目 漱石\n門,夏目 漱石\n明暗,夏目 漱石\n'

    assert titles(text) == ["門", "明暗"]
    assert reasons(text) == [(1, Reason.QUOTE_NOT_CLOSED)]


def test_a_quotation_mark_inside_a_cell_is_part_of_it():
    assert titles('書名,著者\n12" シングル,誰か\n門,夏目 漱石\n') == ['12" シングル', "門"]


def test_a_row_with_too_many_cells_is_rejected():
    text = "書名,著者\nこころ,夏目,漱石\n門,夏目 漱石,\n明暗\n"

    assert titles(text) == ["門", "明暗"]
    assert reasons(text) == [(1, Reason.TOO_MANY_CELLS)]


def test_a_table_that_breaks_off_keeps_what_came_before():
    text = "書名,著者,出版者\nこころ,夏目 漱石,岩波書店\n門,夏"

    assert titles(text) == ["こころ"]
    assert reasons(text) == [(2, Reason.TRUNCATED)]


def test_bytes_of_another_encoding_cost_one_row():
    file = "書名,著者\nこころ,夏目 漱石\n".encode() + b"\x96\xe5,x\n" + "明暗,夏目 漱石\n".encode()

    assert titles(file) == ["こころ", "明暗"]
    assert reasons(file) == [(2, Reason.BAD_TEXT)]


def test_a_table_without_a_title_is_refused_with_its_headings():
    with pytest.raises(NotReadable, match="番号, 値段"):
        read("番号,値段\n1,100\n")


def mapping_file(folder: Path, text: str) -> Path:
    file = folder / "mapping.toml"
    file.write_text(text, "utf-8")
    return file


def test_a_library_says_what_its_headings_and_words_mean(tmp_path):
    mapping = read_mapping(
        mapping_file(
            tmp_path,
            '[columns]\ntitle = "名"\ncreators = ["誰", "だれ"]\n[materials]\ndvd = ["円盤"]\n'
            '[sources]\n"id" = "old"\n',
        )
    )

    (outcome,) = read("id,名,だれ,媒体\n1,こころ,夏目 漱石,円盤\n", mapping)

    assert outcome.record.key == "old:1"
    assert (outcome.record.title, outcome.record.material) == ("こころ", MaterialClass.DVD)
    assert outcome.record.creators[0].name == "夏目 漱石"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[columns]\ntitel = "書名"', "titel"),
        ('[colums]\ntitle = "書名"', "colums"),
        ("[columns]\ntitle = 3", "title"),
        ('[materials]\nlaserdisc = ["LD"]', "laserdisc"),
        ('branches = "x"', "branches"),
    ],
)
def test_a_mistake_in_a_mapping_is_named(tmp_path, text, named):
    with pytest.raises(UnknownKey, match=named):
        read_mapping(mapping_file(tmp_path, text))


@pytest.mark.parametrize("text", ["[columns", "\x00"])
def test_a_mapping_that_is_no_toml_is_refused(tmp_path, text):
    with pytest.raises(NotReadable, match=r"mapping\.toml"):
        read_mapping(mapping_file(tmp_path, text))


def test_a_heading_that_the_mapping_names_must_be_there(tmp_path):
    mapping = read_mapping(mapping_file(tmp_path, '[columns]\ntitle = "作品"'))

    with pytest.raises(NotReadable, match="title"):
        read("書名\nこころ\n", mapping)


def test_no_heading_has_two_meanings():
    headings = [name for names in default_mapping().columns.values() for name in names]

    assert len(headings) == len(set(headings))


@given(st.binary(max_size=300))
def test_no_bytes_stop_the_reader(rows):
    read("書名,著者,ISBN,資料番号\n".encode() + rows)


@given(st.text(alphabet='"\n\r,こ;\t1', max_size=60))
def test_no_quotation_marks_stop_the_reader(rows):
    read("書名,著者\n" + rows)


def test_the_encoding_is_found_out_below_english_headings():
    rows = "title,author\n" + "plain,plain\n" * 10 + "こころ,夏目 漱石\n"

    assert titles(rows.encode("cp932"))[-1] == "こころ" == titles(rows.encode())[-1]
