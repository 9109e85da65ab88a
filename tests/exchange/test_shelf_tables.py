import io
import subprocess
import sys
from dataclasses import fields, replace

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal_app.domain.catalogue import Creator
from portal_app.exchange.formulas import as_meant, harmless
from portal_app.exchange.shelf_columns import COLUMNS
from portal_app.exchange.shelf_files import ShelfLine, TakenShelf
from portal_app.exchange.shelf_reading import MOST_BYTES, MOST_ROWS, ListRefusal, read_table
from portal_app.exchange.shelf_tables import as_csv, as_excel
from portal_app.exchange.wording import without_controls
from portal_app.text import Lang, offered, written
from tests.exchange.shelf_samples import AKAMATSU, AKUI, LINES, NASTY, RESTORATION, SHELVES, TODAY

DANGEROUS = tuple("=+-@\t\r＝＋－＠")


def as_kept(line: ShelfLine) -> ShelfLine:
    """What a file can hold of a book: everything but what nobody can see."""
    texts = {
        field.name: without_controls(getattr(line, field.name))
        for field in fields(line)
        if isinstance(getattr(line, field.name), str) and field.name != "material"
    }
    people = tuple(
        Creator(
            name=without_controls(one.name),
            reading=without_controls(one.reading),
            role=without_controls(one.role),
        )
        for one in line.creators
    )
    return replace(line, **texts, creators=people)


def test_the_csv_of_a_shelf_opens_as_it_is():
    file = as_csv([RESTORATION], name="明治維新", lang=Lang.JA)

    first, second, _, end = file.content.decode("utf-8-sig").split("\r\n")
    assert file.content.startswith(b"\xef\xbb\xbf")
    assert first.startswith("本棚,資料ID,タイトル,巻次,タイトルヨミ,著者,役割,著者ヨミ,出版社")
    assert second.startswith("明治維新,11,赤松小三郎ともう一つの明治維新,,")
    assert (file.name, end) == ("明治維新.csv", "")


def test_pandas_reads_the_csv_of_a_shelf():
    file = as_csv([RESTORATION], name="明治維新", lang=Lang.JA)

    frame = pd.read_csv(io.BytesIO(file.content), dtype=str, keep_default_na=False)

    assert list(frame["タイトル"]) == [AKAMATSU.title, AKUI.title]
    assert list(frame["ISBN"]) == [AKAMATSU.isbn, AKUI.isbn]
    assert list(frame["登録日"]) == ["2026-11-01", "2026-11-03"]
    assert list(frame["既読"]) == ["", "既読"]


@pytest.mark.parametrize("lang", offered())
def test_our_own_csv_comes_back_in_every_language(lang):
    read = read_table(as_csv([RESTORATION], name="x", lang=lang).content)

    assert [one.line for one in read.lines] == [AKAMATSU, AKUI]
    assert {one.shelf for one in read.lines} == {"明治維新"}


def test_our_own_csv_comes_back_after_excel_has_saved_it():
    table = as_csv([RESTORATION], name="x", lang=Lang.JA).content.decode("utf-8-sig")
    saved = table.replace("2026-11-01", "2026/11/1").encode("cp932")

    assert [one.line for one in read_table(saved).lines] == [AKAMATSU, AKUI]


@settings(deadline=None)
@given(SHELVES)
def test_whatever_is_written_comes_back(shelves):
    read = read_table(as_csv(shelves, name="x", lang=Lang.JA).content)

    assert [(one.shelf, one.line) for one in read.lines] == [
        (without_controls(shelf.name), as_kept(line)) for shelf in shelves for line in shelf.lines
    ]
    assert read.unread == ()


@settings(deadline=None)
@given(LINES)
def test_no_cell_of_a_csv_begins_as_a_formula(line):
    file = as_csv([TakenShelf(name="x", lines=(line,))], name="x", lang=Lang.JA)

    frame = pd.read_csv(io.BytesIO(file.content), dtype=str, keep_default_na=False, engine="python")

    assert not [cell for cell in frame.iloc[0] if cell.lstrip().startswith(DANGEROUS)]


@given(NASTY)
def test_a_harmless_cell_still_says_what_it_said(cell):
    assert as_meant(harmless(cell)) == cell
    assert harmless(harmless(cell)) == harmless(cell) or harmless(cell) != cell


def test_text_that_is_no_formula_stays_as_it_is():
    assert harmless("こころ") == "こころ"
    assert harmless("'90年代") == "'90年代"
    assert as_meant("'90年代") == "'90年代"


def test_a_table_of_another_service_is_read_by_its_headings():
    table = "ISBN13\t書名\tタイトル\tsomething\r\n978-4-86182-601-6\t赤松\tx\ty\r\n".encode("cp932")

    [read] = read_table(table).lines

    assert (read.line.isbn, read.line.title) == ("978-4-86182-601-6", "赤松")


def test_rows_that_name_no_book_are_told():
    read = read_table("タイトル,メモ\r\n悪意,\r\n,どこ\r\na,b,c\r\n".encode())

    assert [one.line.title for one in read.lines] == ["悪意"]
    assert read.unread == (2, 3)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", ListRefusal.NOT_A_TABLE),
        (b"\xff\xfe\x00", ListRefusal.NO_BOOK_COLUMN),
        ("メモ,日\r\na,b\r\n".encode(), ListRefusal.NO_BOOK_COLUMN),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", ListRefusal.NO_BOOK_COLUMN),
        (b"isbn\r\n" + b"1\r\n" * (MOST_ROWS + 1), ListRefusal.TOO_LARGE),
        (b"x" * (MOST_BYTES + 1), ListRefusal.TOO_LARGE),
    ],
)
def test_what_is_no_list_of_books_is_refused(content, refusal):
    assert read_table(content).refusal is refusal


@given(st.binary(max_size=200))
def test_no_file_breaks_the_reader(content):
    read_table(content)
    read_table(b"isbn,title\r\n" + content)


def test_excel_opens_a_sheet_for_each_shelf():
    shelves = [RESTORATION, TakenShelf(name="明治維新", lines=()), TakenShelf(name="[]", lines=())]

    book = openpyxl.load_workbook(
        io.BytesIO(as_excel(shelves, name="x", taken_on=TODAY, lang=Lang.JA).content)
    )

    assert book.sheetnames == ["明治維新", "明治維新 (2)", "__"]
    sheet = book["明治維新"]
    row = {heading.value: cell for heading, cell in zip(sheet[1], sheet[2], strict=True)}
    assert row["タイトル"].value == AKAMATSU.title
    assert row["ISBN"].value == AKAMATSU.isbn
    assert row["出版年"].value == 2016
    assert row["登録日"].value.date() == AKAMATSU.added_on
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["C"].width > 30


def test_pandas_reads_the_workbook():
    file = as_excel([RESTORATION], name="x", taken_on=TODAY, lang=Lang.EN)

    frame = pd.read_excel(io.BytesIO(file.content))

    assert list(frame["Title"]) == [AKAMATSU.title, AKUI.title]


def test_the_same_shelf_gives_the_same_workbook():
    once, again = (as_excel([RESTORATION], name="x", taken_on=TODAY, lang=Lang.JA) for _ in "12")

    assert once.content == again.content


def test_no_shelf_at_all_is_still_a_workbook():
    file = as_excel([], name="x", taken_on=TODAY, lang=Lang.JA)

    assert openpyxl.load_workbook(io.BytesIO(file.content)).sheetnames == ["x"]


@settings(deadline=None, max_examples=40)
@given(SHELVES)
def test_excel_runs_nothing_and_follows_nothing(shelves):
    file = as_excel(shelves, name="x", taken_on=TODAY, lang=Lang.JA)

    book = openpyxl.load_workbook(io.BytesIO(file.content))

    assert len(book.sheetnames) == max(1, len(shelves))
    for sheet in book.worksheets:
        assert all(cell.data_type in {"s", "n", "d"} for row in sheet.rows for cell in row)
        assert not any(cell.hyperlink for row in sheet.rows for cell in row)


def test_what_excel_has_no_room_for_is_cut_and_marked():
    line = replace(AKUI, note="🦊" * 20_000)
    shelf = TakenShelf(
        name="とても長い名前の本棚とても長い名前の本棚とても長い名前の本棚", lines=(line,)
    )

    file = as_excel([shelf, shelf], name="x", taken_on=TODAY, lang=Lang.JA)

    book = openpyxl.load_workbook(io.BytesIO(file.content))
    note = book.worksheets[0].cell(2, len(COLUMNS)).value
    assert note == "🦊" * 16_383 + "…"
    assert len(set(book.sheetnames)) == 2


def test_no_two_columns_have_one_heading():
    for lang in offered():
        said = [written()[f"downloads.column.{name}"][lang] for name in COLUMNS]
        assert len(set(said)) == len(COLUMNS)


def test_the_portal_starts_without_pandas():
    program = (
        "import sys, portal_app.exchange.shelf_tables, portal_app.exchange.shelf_text;"
        "print('pandas' in sys.modules)"
    )

    said = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)

    assert said.stdout.strip() == b"False"
