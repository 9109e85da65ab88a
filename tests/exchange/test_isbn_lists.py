import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import ean
from stdnum import isbn as stdnum_isbn

from portal_app.exchange.isbn_lists import MOST_CHARACTERS, NoIsbn, read_isbn_file, read_isbns
from portal_app.exchange.shelf_reading import ListRefusal

GINGA = "9784003107638"
KOKORO = "9784003101018"


def isbns_in(text):
    return [one.isbn for one in read_isbns(text).found]


@pytest.mark.parametrize(
    "written",
    [
        "4003101014",
        "4-00-310101-4",
        "4 00 310101 4",
        "978-4-00-310101-8",
        "978 4 00 310101 8",
        "978 4003101018",
        "978-4003101018",
        "９７８－４－００－３１０１０１－８",
        "978ー4ー00ー310101ー8",
        "978–4–00–310101–8",
        "ISBN4-00-310101-4",
        "ISBN-13: 9784003101018",
        "ISBN13 9784003101018",
        "ＩＳＢＮ：９７８４００３１０１０１８",
        "こころ（夏目漱石）9784003101018　700円",
        '"9784003101018","こころ"',
        "9784003101018.",
        "<9784003101018>",
    ],
)
def test_an_isbn_is_found_however_it_is_written(written):
    assert isbns_in(written) == [KOKORO]
    assert read_isbns(written).unread == ()


@pytest.mark.parametrize(
    "separator",
    [" ", "  ", "\n", "\r\n", "\r", "\t", ",", ", ", ";", "、", "，", "　", "/", "|", "・"],
)
@pytest.mark.parametrize("written", ["978-4-00-310101-8", "4003101014", "4 00 310101 4"])
def test_isbns_may_be_parted_by_anything(separator, written):
    assert isbns_in(separator.join([written, GINGA, "4-10-100000-X"])) == [
        KOKORO,
        GINGA,
        "9784101000008",
    ]


def test_each_isbn_is_given_once_with_the_line_on_which_it_first_stands():
    first, second = read_isbns("\n4003101014\n978-4-00-310101-8 9784003107638\n").found

    assert (first.number, first.isbn) == (2, KOKORO)
    assert (second.number, second.isbn) == (3, GINGA)


def test_what_is_no_isbn_is_listed_with_its_line():
    read = read_isbns(
        "9784003101018\n9784003101019\n銀河鉄道の夜\n\n1920193007000 4003101014\n12345\n"
    )

    assert read.unread == (
        NoIsbn(number=2, written="9784003101019"),
        NoIsbn(number=3, written="銀河鉄道の夜"),
        NoIsbn(number=5, written="1920193007000"),
        NoIsbn(number=6, written="12345"),
    )
    assert [one.isbn for one in read.found] == [KOKORO]


def test_a_heading_and_a_date_beside_an_isbn_are_no_mistakes():
    assert read_isbns("ISBN\n9784003101018 2026-11-22\n").unread == ()


def test_a_long_line_is_shown_by_its_beginning():
    [unread] = read_isbns("あ" * 500).unread

    assert unread.written == "あ" * 79 + "…"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
def test_a_list_may_come_in_any_encoding(encoding):
    read = read_isbn_file("こころ ９７８４００３１０１０１８\r\n銀河鉄道の夜\r\n".encode(encoding))

    assert [one.isbn for one in read.found] == [KOKORO]
    assert [one.written for one in read.unread] == ["銀河鉄道の夜"]


def test_a_picture_is_no_list():
    assert read_isbn_file(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").refusal is ListRefusal.NOT_TEXT


def test_a_list_has_an_end():
    assert read_isbns("1" * (MOST_CHARACTERS + 1)).refusal is ListRefusal.TOO_LARGE
    assert read_isbn_file(b"1" * (MOST_CHARACTERS + 1)).refusal is ListRefusal.TOO_LARGE


@pytest.mark.parametrize(
    "text",
    ["1" * MOST_CHARACTERS, "1-" * (MOST_CHARACTERS // 2), "978 " * 200_000, "1" * 900_000 + "a"],
)
def test_no_list_takes_long(text):
    assert read_isbns(text).found == ()


BODIES = st.integers(0, 10**9 - 1).map(lambda number: f"978{number:09}")
NUMBERS = BODIES.map(lambda body: body + ean.calc_check_digit(body))


@given(st.lists(NUMBERS, unique=True, max_size=8), st.data())
def test_every_isbn_of_a_list_is_found_in_order(numbers, data):
    written = [
        data.draw(
            st.sampled_from([number, stdnum_isbn.to_isbn10(number), stdnum_isbn.format(number)])
        )
        for number in numbers
    ]

    read = read_isbns(data.draw(st.sampled_from(["\n", " ", ", "])).join(written))

    assert [one.isbn for one in read.found] == numbers
    assert read.unread == ()


@given(st.text() | st.text("0123456789Xx- \n,978", max_size=200))
def test_whatever_is_found_is_an_isbn(text):
    assert all(
        stdnum_isbn.is_valid(one.isbn) and len(one.isbn) == 13 for one in read_isbns(text).found
    )


@given(st.binary(max_size=100))
def test_no_file_breaks_the_reader(content):
    read_isbn_file(content)
