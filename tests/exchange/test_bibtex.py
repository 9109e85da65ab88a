import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from pybtex.database import parse_string

from portal_app.domain.catalogue import Creator, MaterialClass
from portal_app.exchange.bibtex import as_bibtex
from portal_app.exchange.shelf_files import TakenShelf, each_record_once, on_one_line
from portal_app.text import Lang
from tests.exchange.shelf_samples import AKAMATSU, AKUI, RESTORATION, SHELVES

UNESCAPED = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciicircum{}": "^",
    r"\textasciitilde{}": "~",
    **{f"\\{sign}": sign for sign in "&%$#_"},
}
ESCAPE = re.compile("|".join(map(re.escape, UNESCAPED)))


def entries_of(*shelves):
    file = as_bibtex(shelves, name="x", lang=Lang.JA)
    return parse_string(file.content.decode("utf-8"), "bibtex").entries


def shelf_of(*lines):
    return TakenShelf(name="明治維新", lines=lines)


def as_meant(value):
    return ESCAPE.sub(lambda found: UNESCAPED[found[0]], value)


def test_an_entry_says_what_the_catalogue_says():
    file = as_bibtex([shelf_of(AKAMATSU)], name="明治維新", lang=Lang.JA)

    assert file.name == "明治維新.bib"
    assert (
        file.content.decode("utf-8")
        == """\
@book{record11,
  title = {{赤松小三郎ともう一つの明治維新}},
  author = {関 良基},
  yomi = {せき よしき},
  sorttitle = {あかまつ こさぶろう と もう ひとつ の めいじ いしん},
  publisher = {作品社},
  year = {2016},
  month = dec,
  isbn = {9784861826016},
  library = {本館一般 289.1},
  keywords = {明治維新},
}
"""
    )


def test_the_note_of_a_patron_is_not_printed_in_a_bibliography():
    entry = entries_of(shelf_of(AKUI))["record12"]

    assert entry.fields["annote"] == "もう一度読む"
    assert "note" not in entry.fields
    assert entry.fields["readstatus"] == "read"


def test_a_book_on_two_shelves_is_one_entry_with_both_names():
    entries = entries_of(RESTORATION, TakenShelf(name="読む, 後で", lines=(AKUI,)))

    assert list(entries) == ["record11", "record12"]
    assert entries["record12"].fields["keywords"] == "明治維新, 読む 後で"


def test_a_book_keeps_its_key_whatever_is_corrected():
    corrected = replace(AKUI, title="悪意　新装版", published_year=2001, creators=())

    assert list(entries_of(shelf_of(corrected, AKAMATSU))) == ["record12", "record11"]


def test_a_book_that_no_catalogue_knows_has_a_key_of_its_own():
    first, second = (replace(line, record_id=None) for line in (AKUI, AKAMATSU))

    keys = list(entries_of(shelf_of(first, second)))

    assert len(keys) == 2
    assert keys == list(entries_of(shelf_of(first, second, first)))


def test_editors_and_translators_are_no_authors():
    people = (
        Creator(name="夏目 漱石", reading="ナツメ ソウセキ", role="著"),
        Creator(name="安倍 能成", role="編"),
        Creator(name="Morris, Ivan, 1925-1976", role="訳"),
        Creator(name="やなせ たかし", reading="ヤナセ タカシ", role="作・絵"),
    )

    entry = entries_of(shelf_of(replace(AKUI, creators=people)))["record12"]

    assert [str(one) for one in entry.persons["author"]] == ["漱石, 夏目", "たかし, やなせ"]
    assert entry.fields["yomi"] == "なつめ そうせき and やなせ たかし"
    assert [one.first_names for one in entry.persons["author"]] == [["夏目"], ["やなせ"]]
    assert [one.last_names for one in entry.persons["editor"]] == [["能成"]]
    assert "Morris, Ivan" in entry.fields["translator"]


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("夏目, 漱石, 1867-1916", ["漱石"]),
        ("Tolkien, J. R. R.", ["Tolkien"]),
        ("Simon and Schuster", ["{Simon and Schuster}"]),
        ("A, B, C, D", ["{A, B, C, D}"]),
        (",", ["{,}"]),
        ("Others", ["{Others}"]),
    ],
)
def test_a_name_that_bibtex_would_tear_apart_is_one_word(name, last):
    entry = entries_of(shelf_of(replace(AKUI, creators=(Creator(name=name),))))["record12"]

    [person] = entry.persons["author"]
    assert person.last_names == last


def test_a_book_without_an_author_is_sorted_by_its_title():
    entry = entries_of(shelf_of(replace(AKUI, creators=())))["record12"]

    assert entry.fields["yomi"] == "あくい"


def test_what_is_no_book_is_something_else():
    assert (
        entries_of(shelf_of(replace(AKUI, material=MaterialClass.DVD)))["record12"].type == "misc"
    )


@settings(deadline=None)
@given(SHELVES)
def test_a_parser_reads_back_whatever_is_written(shelves):
    entries = entries_of(*shelves)

    lines = list(each_record_once(shelves))
    assert len(entries) == len({line.record_id for line in lines}) == len(lines)
    for line in lines:
        fields = entries[f"record{line.record_id}"].fields
        title = as_meant(fields["title"].removeprefix("{").removesuffix("}"))
        assert title.split() == on_one_line(line.title).split()
        assert as_meant(fields.get("annote", "")).split() == on_one_line(line.note).split()
