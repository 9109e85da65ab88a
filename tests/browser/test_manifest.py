"""What a phone reads before it installs the portal."""

import json
import struct

import pytest

from portal_app import libraries
from portal_app.browser import manifest, words
from portal_app.portal_app import PAGES
from portal_app.settings import PROJECT


@pytest.fixture(params=libraries.PRESETS)
def library(request, monkeypatch):
    monkeypatch.setenv("PORTAL_LIBRARY", request.param)
    forget_the_library()
    yield libraries.current()
    forget_the_library()


def test_the_app_is_called_as_the_library_is(library):
    written = json.loads(manifest.written())

    assert written["name"] == library.name["ja"]
    assert written["short_name"] in written["name"]
    assert written["lang"] == "ja"


@pytest.mark.usefixtures("library")
def test_a_library_without_a_short_name_has_its_name_under_the_icon(monkeypatch, tmp_path):
    _, text = libraries.text_of("koganei")
    nameless = tmp_path / "nameless.toml"
    nameless.write_text(text.partition("[short_name]")[0], "utf-8")
    monkeypatch.setenv("PORTAL_LIBRARY", str(nameless))
    forget_the_library()

    assert json.loads(manifest.written())["short_name"] == "小金井市立図書館"


def test_the_shortcuts_lead_to_pages_in_the_librarys_own_words(library):
    shortcuts = json.loads(manifest.written())["shortcuts"]

    assert {shortcut["url"] for shortcut in shortcuts} <= set(PAGES)
    assert library.words.cart["ja"] in {shortcut["name"] for shortcut in shortcuts}
    assert not [shortcut for shortcut in shortcuts if "{" in shortcut["name"]]


@pytest.mark.parametrize(
    ("file", "size"),
    [
        *(
            (icon["src"], int(icon["sizes"].partition("x")[0]))
            for icon in manifest.ICONS
            if icon["type"] == "image/png"
        ),
        ("/apple-touch-icon.png", 180),
    ],
)
def test_every_icon_is_as_large_as_it_says(file, size):
    picture = (PROJECT / "assets" / file.lstrip("/")).read_bytes()

    assert picture.startswith(b"\x89PNG")
    assert struct.unpack(">II", picture[16:24]) == (size, size)


def forget_the_library() -> None:
    libraries.current.cache_clear()
    words.texts.cache_clear()
