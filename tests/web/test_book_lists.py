"""What lists and photographs name, however they are written."""

import pytest

from portal_app.exchange.shelf_tables import as_csv
from portal_app.services.shelf_imports import MOST_BOOKS
from portal_app.text import Lang
from portal_app.web.book_lists import BookList, Unread, list_in, photo_in
from tests.exchange.photo_samples import back_of_a_book, photo
from tests.exchange.shelf_samples import AKAMATSU, AKUI, RESTORATION

GINGA, KOKORO = "9784101092058", "9784101010137"


def isbns(read: BookList) -> list[str]:
    return [one.isbn for one in read.named]


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_a_list_of_isbns_is_read_line_by_line(end):
    read = list_in(f"{GINGA}\nISBN4-10-101013-7{end}".encode())

    assert isbns(read) == [GINGA, KOKORO]
    assert [one.number for one in read.named] == [1, 2]


def test_what_is_no_isbn_is_told_with_its_line():
    read = list_in(f"{GINGA}\n9784101092059\nこころ\n".encode("cp932"))

    assert read.unread == (
        Unread(number=2, written="9784101092059"),
        Unread(number=3, written="こころ"),
    )


def test_a_table_of_others_is_read_by_its_headings():
    read = list_in("書名,著者,ISBN\nこころ,夏目 漱石,4-10-101013-7\n,,\n門,夏目 漱石,\n".encode())

    assert isbns(read) == [KOKORO, ""]
    assert [one.written for one in read.named] == ["こころ 4-10-101013-7", "門"]
    assert read.named[1].book is not None
    assert read.named[1].book.creators == ("夏目 漱石",)


def test_rows_of_a_table_are_counted_with_its_headings_as_a_spreadsheet_does():
    read = list_in("書名,著者\nこころ,夏目 漱石\n,夏目 漱石\n門,\n".encode())

    assert [one.number for one in read.named] == [2, 4]
    assert read.unread == (Unread(number=3),)


def test_our_own_file_brings_number_note_and_read_mark():
    read = list_in(as_csv([RESTORATION], name="x", lang=Lang.JA).content)

    assert [one.record_id for one in read.named] == [AKAMATSU.record_id, AKUI.record_id]
    assert [one.isbn for one in read.named] == [AKAMATSU.isbn, AKUI.isbn]
    assert (read.named[1].note, read.named[1].is_read) == ("もう一度読む", True)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", "shelf_import.list_refusal.no_book_column"),
        (b" \n\n", "shelf_import.list_refusal.no_book_column"),
        (b"PK\x03\x04\x00\x00", "shelf_import.list_refusal.not_text"),
        (b"9" * (9 << 20), "shelf_import.list_refusal.too_large"),
        (b"ISBN\n" + b"9784101092058\n" * (MOST_BOOKS + 1), "shelf_import.list_refusal.too_large"),
        (b"a b c\n" * (MOST_BOOKS + 1), "shelf_import.list_refusal.too_large"),
    ],
)
def test_what_is_no_list_is_refused_with_a_reason(content, refusal):
    assert list_in(content) == BookList(refusal=refusal)


def test_a_photograph_names_what_its_barcodes_say():
    read = photo_in(photo(back_of_a_book(GINGA)))

    assert isbns(read) == [GINGA]
    assert read.named[0].number == 0


def test_what_is_no_photograph_is_refused_with_a_reason():
    assert photo_in(b"GIF89a") == BookList(refusal="shelf_import.photo_refusal.not_a_picture")
