from dataclasses import replace

import rispy
from hypothesis import given, settings

from portal_app.domain.catalogue import Creator, MaterialClass
from portal_app.exchange.ris import as_ris
from portal_app.exchange.shelf_files import TakenShelf, each_record_once, on_one_line
from portal_app.text import Lang
from tests.exchange.shelf_samples import AKAMATSU, AKUI, RESTORATION, SHELVES


def references_of(*shelves):
    return rispy.loads(as_ris(shelves, name="x", lang=Lang.JA).content.decode("utf-8"))


def shelf_of(*lines):
    return TakenShelf(name="明治維新", lines=lines)


def test_a_reference_says_what_the_catalogue_says():
    file = as_ris([shelf_of(AKAMATSU)], name="明治維新", lang=Lang.JA)

    assert file.name == "明治維新.ris"
    assert file.content.decode("utf-8").split("\r\n") == [
        "TY  - BOOK",
        "ID  - record11",
        "TI  - 赤松小三郎ともう一つの明治維新",
        "AU  - 関, 良基",
        "C1  - アカマツ コサブロウ ト モウ ヒトツ ノ メイジ イシン",
        "C2  - セキ ヨシキ",
        "PB  - 作品社",
        "PY  - 2016",
        "DA  - 2016/12//",
        "SN  - 9784861826016",
        "CN  - 289.1",
        "AV  - 本館一般",
        "KW  - 明治維新",
        "ER  - ",
        "",
    ]


def test_a_book_on_two_shelves_is_one_reference_with_both_names():
    first, second = references_of(RESTORATION, TakenShelf(name="後で", lines=(AKUI,)))

    assert (first["id"], second["id"]) == ("record11", "record12")
    assert second["keywords"] == ["明治維新", "後で"]


def test_editors_and_translators_are_no_authors():
    people = (
        Creator(name="夏目 漱石", role="著"),
        Creator(name="岩波書店", role="編"),
        Creator(name="Morris, Ivan", role="訳"),
    )

    [reference] = references_of(shelf_of(replace(AKUI, creators=people)))

    assert reference["authors"] == ["夏目, 漱石"]
    assert reference["secondary_authors"] == ["岩波書店"]
    assert reference["subsidiary_authors"] == ["Morris, Ivan"]


def test_every_kind_of_material_has_its_kind_of_reference():
    lines = [
        replace(AKUI, record_id=place, material=material)
        for place, material in enumerate(MaterialClass)
    ]

    kinds = [reference["type_of_reference"] for reference in references_of(shelf_of(*lines))]

    assert kinds == ["BOOK", "SER", "SOUND", "VIDEO", "GEN"]


@settings(deadline=None)
@given(SHELVES)
def test_a_parser_reads_back_whatever_is_written(shelves):
    references = references_of(*shelves)

    lines = list(each_record_once(shelves))
    assert [reference["id"] for reference in references] == [
        f"record{line.record_id}" for line in lines
    ]
    for reference, line in zip(references, lines, strict=True):
        assert reference["title"].strip() == on_one_line(line.title).strip()
        assert len(reference.get("keywords", [])) <= len(shelves)
