"""Books that come on a shelf from a list, a file or a photograph (issue 4)."""

import pytest
from playwright.sync_api import expect

from e2e.accessibility import barriers_on
from e2e.narrowing import only_at, only_on
from e2e.pages.account import AccountPage
from e2e.pages.shelf_import import ShelfImportPage
from portal_app.domain.catalogue import Creator
from portal_app.exchange.shelf_files import ShelfLine, TakenShelf
from portal_app.exchange.shelf_tables import as_csv
from portal_app.text import Lang
from tests.exchange.photo_samples import back_of_a_book, photo

GURI, MOMOTARO, HARAPEKO = "9784834000825", "9784834000399", "9784033280103"
UNKNOWN = "9784003107638"

# As a browser that knows barcodes would answer.
A_BROWSER_THAT_KNOWS_BARCODES = f"""
void (window.BarcodeDetector = class {{
  detect = async () => [{{ rawValue: "1920193007008" }}, {{ rawValue: "{HARAPEKO}" }}];
}});
"""


@pytest.fixture
def importing(hanako_at, lang) -> ShelfImportPage:
    """Hanako, about to put several books on a shelf."""
    return ShelfImportPage(hanako_at(AccountPage).browser, lang).visit()


@only_on("phone")
def test_a_pasted_list_is_looked_up_shown_and_put_on_the_shelf(importing):
    importing.paste(f"ぐりとぐら ISBN{GURI}\n{UNKNOWN}\n9784003107639\n4-8340-0039-7")

    importing.should_have_found("ぐりとぐら", "ももたろう")
    importing.should_list("missing", importing.say("shelf_import.line", number=2, written=UNKNOWN))
    importing.should_list(
        "unread", importing.say("shelf_import.line", number=3, written="9784003107639")
    )
    assert barriers_on(importing.browser) == []
    importing.put_there(2)

    importing.paste(f"{GURI}\n{HARAPEKO}").should_say("shelf_import.already_there", count=1)
    importing.put_there(1).should_have_waiting(0)


@only_at("kagoshima")
@only_on("desktop")
def test_our_own_file_brings_notes_and_read_marks_back(importing):
    lines = (
        ShelfLine(record_id=None, title="ぐりとぐら", isbn=GURI, note="=また読む", is_read=True),
        ShelfLine(record_id=1, title="ももたろう", creators=(Creator(name="松居 直"),)),
        ShelfLine(record_id=None, title="この世にない本"),
    )
    shelf = TakenShelf(name="絵本", lines=lines)

    importing.choose_file("絵本.csv", as_csv([shelf], name="絵本", lang=Lang.JA).content)

    importing.should_have_found("ぐりとぐら", "ももたろう")
    expect(importing.found.first).to_contain_text(importing.say("shelf_import.has_note"))
    expect(importing.found.first).to_contain_text(importing.say("shelf_import.is_read"))
    importing.should_list(
        "missing", importing.say("shelf_import.line", number=4, written="この世にない本")
    )
    importing.put_there(2).should_have_waiting(0)
    importing.open_for(importing.browser.url.split("/")[-2])
    importing.paste(GURI).should_say("shelf_import.is_there")


@only_on("phone")
def test_books_are_photographed_one_after_the_other(importing):
    importing.photograph(photo(back_of_a_book(GURI), "PNG")).should_have_found("ぐりとぐら")
    importing.photograph(photo(back_of_a_book(MOMOTARO), "PNG"))

    importing.should_have_found("ぐりとぐら", "ももたろう").put_there(2)


@only_at("kagoshima")
@only_on("phone")
def test_a_browser_that_knows_barcodes_looks_by_itself(importing):
    importing.browser.evaluate(A_BROWSER_THAT_KNOWS_BARCODES)

    importing.photograph(photo(back_of_a_book(GURI), "PNG")).should_have_found("はらぺこあおむし")


@only_at("kagoshima")
@only_on("phone")
def test_what_cannot_be_read_is_said_and_nothing_is_lost(importing):
    importing.paste(GURI).should_have_found("ぐりとぐら")

    importing.choose_file("book.xlsx", b"PK\x03\x04\x00\x00")
    importing.should_say("shelf_import.list_refusal.not_text").should_have_found("ぐりとぐら")
    importing.photograph(photo(back_of_a_book(), "PNG"))
    importing.should_say("shelf_import.photo_refusal.no_barcode").should_have_found("ぐりとぐら")
