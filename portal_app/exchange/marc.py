"""What a MARC 21 record says, as the catalogue keeps it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pymarc import Field, Record

from portal_app.domain.catalogue import CataloguedRecord, Identifier, IdentifierKind
from portal_app.domain.digests import digest_of
from portal_app.exchange.dates import year_of
from portal_app.exchange.marc_classes import classifications_of, identifiers_of
from portal_app.exchange.marc_creators import creators_of
from portal_app.exchange.marc_fields import MarcFields, Written, values
from portal_app.exchange.marc_items import items_of
from portal_app.exchange.marc_kinds import audience_of, is_bibliographic, is_deleted, material_of
from portal_app.exchange.marc_notes import notes_of
from portal_app.exchange.outcomes import Catalogued, Deleted, Outcome, Reason, Rejected
from portal_app.exchange.wording import katakana, tidy, without_isbd

_TITLES = ("245", "240", "130", "246", "740")  # the first that a record has
_SERIES = (("490",), ("440",), ("830",), ("800", "810", "811"))
_NO_SERIES = ("", "", "")
_SUBJECTS = ("600", "610", "611", "630", "648", "650", "651", "653")
_PUBLICATIONS = ("260", "264")
_PUBLISHED_IN_264 = "1"

_SEPARATOR = re.compile(r"\s*([:=;])\s*$")
_DATE_1 = slice(7, 11)
_LANGUAGE = slice(35, 38)
_ISO_639_2 = re.compile("[a-z]{3}")
_NO_LANGUAGE = frozenset({"und", "zxx"})


def catalogued(record: Record, *, number: int) -> Outcome:
    """Return the record as the catalogue keeps it, or why it is not for the catalogue."""
    fields = MarcFields(record)
    if not is_bibliographic(fields):
        return Rejected(number=number, reason=Reason.NOT_BIBLIOGRAPHIC)
    if is_deleted(fields):
        return _deleted(fields, number)
    read = _read(fields)
    if not read.title:
        return Rejected(number=number, reason=Reason.NO_TITLE)
    return Catalogued(number=number, record=read)


def _deleted(fields: MarcFields, number: int) -> Outcome:
    key = _key(fields, identifiers_of(fields))
    if not key:
        return Rejected(number=number, reason=Reason.DELETED_UNNAMED)
    return Deleted(number=number, key=key)


def _read(fields: MarcFields) -> CataloguedRecord:
    title = next(iter(fields.written(*_TITLES)), None)
    identifiers = identifiers_of(fields)
    series, *more_series = _series(fields) or [_NO_SERIES]
    read = CataloguedRecord(
        key=_key(fields, identifiers),
        title=_title(title.shown) if title else "",
        title_reading=_title_reading(title),
        volume=_volume(title.shown) if title else "",
        series=series[0],
        series_reading=series[1],
        series_volume=series[2],
        creators=creators_of(fields, " ; ".join(values(title.shown, "c")) if title else ""),
        publisher=_publisher(fields),
        published_on=_published_on(fields),
        published_year=_year(fields),
        classifications=classifications_of(fields),
        subjects=tuple(dict.fromkeys(_subjects(fields))),
        identifiers=identifiers,
        material=material_of(fields),
        audience=audience_of(fields),
        language=_language(fields),
        extent=_extent(fields),
        notes=notes_of(
            fields,
            more_series=[f"{name} ; {place}" if place else name for name, _, place in more_series],
        ),
        items=items_of(fields),
    )
    return read if read.key else _with_key_of_content(read)


def _key(fields: MarcFields, identifiers: tuple[Identifier, ...]) -> str:
    number, source = tidy(fields.control("001")), tidy(fields.control("003"))
    if number:
        return f"{source}:{number}" if source else number
    for kind in (IdentifierKind.JPNO, IdentifierKind.ISBN):
        for identifier in identifiers:
            if identifier.kind == kind:
                return f"{kind}:{identifier.value}"
    return ""


def _with_key_of_content(read: CataloguedRecord) -> CataloguedRecord:
    return replace(read, key=f"content:{digest_of(read)}")


def _title(field: Field) -> str:
    """Return title proper and subtitles, with the marks that stand between them."""
    title, mark = "", ""
    for subfield in field.subfields:
        text = tidy(subfield.value or "")
        if subfield.code in ("a", "b") and (part := without_isbd(text)):
            title = f"{title}{mark or ' : '}{part}" if title else part
        found = _SEPARATOR.search(text)
        # Behind a statement of responsibility another work begins.
        mark = ". " if subfield.code == "c" else f" {found[1]} " if found else ""
    return title or without_isbd(" ".join(values(field, "kfgps")))


def _title_reading(title: Written | None) -> str:
    return katakana(_title(title.reading)) if title and title.reading else ""


def _volume(field: Field) -> str:
    return " ".join(map(without_isbd, values(field, "np")))


def _series(fields: MarcFields) -> list[tuple[str, str, str]]:
    """Return name, reading and number of each series, as the title page has them."""
    for tags in _SERIES:
        if found := [one for written in fields.written(*tags) if (one := _one_series(written))[0]]:
            return found
    return []


def _one_series(written: Written) -> tuple[str, str, str]:
    names = ". ".join(map(without_isbd, values(written.shown, "at")))
    reading = ". ".join(map(without_isbd, values(written.reading, "at"))) if written.reading else ""
    return names, katakana(reading), ", ".join(map(without_isbd, values(written.shown, "v")))


def _publications(fields: MarcFields) -> list[Field]:
    """Return the statements of publication: of several 264 those of publishers."""
    found = [written.shown for written in fields.written(*_PUBLICATIONS)]
    publishers = [
        field
        for field in found
        if field.tag != "264" or field.indicator2 in (_PUBLISHED_IN_264, " ")
    ]
    return publishers or found


def _publisher(fields: MarcFields) -> str:
    names = (text for field in _publications(fields) for text in values(field, "b"))
    return " ; ".join(dict.fromkeys(map(without_isbd, names)))


def _published_on(fields: MarcFields) -> str:
    dates = (text for field in _publications(fields) for text in values(field, "c"))
    return ", ".join(dict.fromkeys(map(without_isbd, dates)))


def _year(fields: MarcFields) -> int | None:
    return year_of(fields.control("008")[_DATE_1]) or year_of(_published_on(fields))


def _subjects(fields: MarcFields) -> Iterator[str]:
    for written in fields.written(*_SUBJECTS):
        if written.shown.tag == "653":
            for text in values(written.shown, "a"):
                yield from filter(None, map(without_isbd, text.split(" / ")))
        elif subject := _subject(written.shown):
            yield subject


def _subject(field: Field) -> str:
    """Return a heading with its subdivisions: 電子書籍--日本."""
    heading = " ".join(values(field, "abcdfgklmnoprst"))
    parts = [heading, *values(field, "vxyz")]
    return "--".join(filter(None, map(without_isbd, parts)))


def _language(fields: MarcFields) -> str:
    codes: Iterable[str] = (
        fields.control("008")[_LANGUAGE],
        *(code[:3] for code in fields.values(("041",), "a")),
    )
    found = (code.lower() for code in codes)
    return next(
        (code for code in found if _ISO_639_2.fullmatch(code) and code not in _NO_LANGUAGE), ""
    )


def _extent(fields: MarcFields) -> str:
    return " ".join(without_isbd(" ".join(values(field, "abcefg"))) for field in fields.all("300"))
