"""What a row of a table says, as the catalogue keeps it."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from portal_app.domain.catalogue import (
    Audience,
    CataloguedItem,
    CataloguedRecord,
    Creator,
    Identifier,
    MaterialClass,
)
from portal_app.exchange.columns import ColumnMapping, Columns, folded
from portal_app.exchange.creators import each_once, own_reading
from portal_app.exchange.dates import year_of
from portal_app.exchange.numbers import (
    is_for_children,
    isbn_of,
    issn_of,
    jpno_of,
    ndc_of,
    other_number,
)
from portal_app.exchange.statements import names_in
from portal_app.exchange.wording import katakana, tidy, without_markup

_LIST = re.compile(r"\s*[;；\n|｜]\s*")
_SUBJECTS = re.compile(r"\s*[;；\n|｜、／/]\s*")
_NAME_AND_ROLE = re.compile(r"(?P<name>.+?)\s*[/／]\s*(?P<role>[^/／]+)")
_ISO_639_2 = re.compile("[a-z]{3}")


def record_of(
    row: Sequence[str], columns: Columns, mapping: ColumnMapping, *, key: str
) -> CataloguedRecord:
    """Return the record that a row describes. Its title may be empty."""

    def cell(meaning: str) -> str:
        return tidy(columns.cell(meaning, row))

    ndc = columns.cell("ndc", row)
    return CataloguedRecord(
        key=key,
        title=_with_subtitle(cell("title"), cell("subtitle")),
        title_reading=_with_subtitle(
            katakana(cell("title_reading")), katakana(cell("subtitle_reading"))
        ),
        volume=cell("volume"),
        series=cell("series"),
        series_reading=katakana(cell("series_reading")),
        series_volume=cell("series_volume"),
        creators=each_once(_creators(row, columns, mapping)),
        publisher=cell("publisher"),
        published_on=cell("published_on"),
        published_year=year_of(cell("published_on")),
        classifications=tuple(dict.fromkeys(ndc_of(ndc))),
        subjects=_subjects(columns.cell("subjects", row)),
        identifiers=tuple(dict.fromkeys(_identifiers(row, columns))),
        material=_material(cell("material"), mapping),
        audience=_audience(cell("audience"), ndc, mapping),
        language=_language(cell("language"), mapping),
        extent=cell("extent"),
        notes=tuple(dict.fromkeys(_notes(row, columns))),
        items=tuple(_items(row, columns, mapping)),
    )


def joined(record: CataloguedRecord, other: CataloguedRecord) -> CataloguedRecord:
    """Return a record with what another row about it adds: creators, items and the like."""
    return replace(
        record,
        creators=each_once((*record.creators, *other.creators)),
        classifications=tuple(dict.fromkeys((*record.classifications, *other.classifications))),
        subjects=tuple(dict.fromkeys((*record.subjects, *other.subjects))),
        identifiers=tuple(dict.fromkeys((*record.identifiers, *other.identifiers))),
        notes=tuple(dict.fromkeys((*record.notes, *other.notes))),
        items=tuple({item.barcode: item for item in (*record.items, *other.items)}.values()),
    )


def _with_subtitle(title: str, subtitle: str) -> str:
    return f"{title} : {subtitle}" if title and subtitle else title


def _creators(row: Sequence[str], columns: Columns, mapping: ColumnMapping) -> Iterator[Creator]:
    """Return the creators of a row: one of whom family and given name are apart, or a list."""
    role = _role(tidy(columns.cell("role", row)), mapping)
    if name := _full_name(row, columns, "family_name", "given_name"):
        reading = _full_name(row, columns, "family_name_reading", "given_name_reading")
        yield Creator(name=name, reading=_reading(name, reading), role=role)
        return
    readings = [tidy(text) for text in _LIST.split(columns.cell("creators_reading", row))]
    found = [one for text in _LIST.split(columns.cell("creators", row)) for one in _named(text)]
    if len(readings) != len(found):
        readings = []
    for (name, own_role), reading in zip_longest(found, readings, fillvalue=""):
        yield Creator(
            name=name,
            reading=_reading(name, str(reading)),
            role=_role(own_role, mapping) or role,
        )


def _full_name(row: Sequence[str], columns: Columns, family: str, given: str) -> str:
    return tidy(f"{columns.cell(family, row)} {columns.cell(given, row)}")


def _reading(name: str, given: str) -> str:
    return katakana(given.replace(", ", " ")) or own_reading(name)


def _named(text: str) -> Iterator[tuple[str, str]]:
    """Return names with roles: 夏目 漱石/著, or a statement such as 大山晶, 小谷正子 訳."""
    text = tidy(text)
    if parted := _NAME_AND_ROLE.fullmatch(text):
        yield parted["name"], parted["role"]
        return
    named = names_in(text)
    if named and named[-1].role:
        yield from ((one.name, one.role) for one in named)
    elif text:
        yield text, ""


def _role(word: str, mapping: ColumnMapping) -> str:
    return mapping.roles.get(folded(word), word)


def _subjects(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(tidy, _SUBJECTS.split(cell)))))


def _identifiers(row: Sequence[str], columns: Columns) -> Iterator[Identifier]:
    readers = {"isbn": isbn_of, "issn": issn_of, "jpno": jpno_of, "other_number": other_number}
    for meaning, read in readers.items():
        for text in _LIST.split(columns.cell(meaning, row)):
            if identifier := read(text):
                yield identifier


def _material(word: str, mapping: ColumnMapping) -> MaterialClass:
    """Return the class that a word names; an empty cell means a book, an unknown word does not."""
    if not word:
        return MaterialClass.BOOK
    return MaterialClass(mapping.materials.get(folded(word), MaterialClass.OTHER))


def _audience(word: str, ndc: str, mapping: ColumnMapping) -> Audience:
    if word and (known := mapping.audiences.get(folded(word))):
        return Audience(known)
    return Audience.CHILDREN if is_for_children(ndc) else Audience.GENERAL


def _language(word: str, mapping: ColumnMapping) -> str:
    code = folded(word)
    return mapping.languages.get(code, code if _ISO_639_2.fullmatch(code) else "")


def _notes(row: Sequence[str], columns: Columns) -> Iterator[str]:
    for heading, text in columns.named_cells("named_note", row):
        label = unicodedata.normalize("NFKC", heading).rstrip("0123456789")
        yield f"{label}: {without_markup(text)}"
    for _, text in columns.named_cells("note", row):
        yield without_markup(text)


def _items(
    row: Sequence[str], columns: Columns, mapping: ColumnMapping
) -> Iterator[CataloguedItem]:
    if barcode := tidy(columns.cell("barcode", row)):
        yield CataloguedItem(
            barcode=barcode,
            branch=tidy(columns.cell("branch", row)),
            place=tidy(columns.cell("place", row)),
            call_number=tidy(columns.cell("call_number", row)),
            for_loan=folded(columns.cell("for_loan", row)) not in mapping.in_library_use,
        )
