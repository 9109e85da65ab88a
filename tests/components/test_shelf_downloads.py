"""K-58: the menu has a link for each format, and the browser every word that it writes."""

import re

import pytest
import reflex as rx

from portal_app.browser import words
from portal_app.components.shelf_downloads import books_in, download_menu
from portal_app.exchange.shelf_columns import COLUMNS
from portal_app.exchange.shelf_formats import Format


@pytest.fixture
def menu() -> str:
    """The menu of a shelf, as it is drawn."""
    shelf_id, sort = rx.Var("shelfId").to(str), rx.Var("sort").to(str)
    shelves, contents = rx.Var("shelves").to(list), rx.Var("contents").to(dict)
    drawn = download_menu(
        shelf_id=shelf_id, shelves=shelves, books=books_in(contents), sort=sort, order="descending"
    )
    return str(drawn)


@pytest.mark.parametrize("kind", Format)
def test_every_format_is_a_link_to_the_library_s_file(menu, kind):
    assert f"/files/shelves?format={kind}" in menu


def test_a_link_asks_for_what_the_patron_sees(menu):
    [*links] = re.findall(r"href:(\(.*?spoken\))", menu)

    assert len(links) == len(Format)
    for link in links:
        for asked in ("&shelf=", "&sort=", "&order=", "&lang="):
            assert asked in link


def test_a_browser_never_takes_a_download_for_leaving_the_page(menu):
    assert menu.count('download:""') == len(Format)


def test_every_word_of_a_file_is_sent_to_the_browser(menu):
    in_files = {f"downloads.column.{name}" for name in COLUMNS}

    assert in_files | {"downloads.number", "downloads.taken_on"} <= words.shown()
    assert {"availability.not_in_catalogue", "material.cd", "branch.honkan"} <= words.shown()
