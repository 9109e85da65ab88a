"""Under which keys a record is found, column by column."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from portal_app.domain.catalogue import CataloguedRecord, Creator
from portal_app.domain.search_key import reading_key, search_key, without_voice

# A title and its subtitle are found as titles of their own, so that
# 「銀河鉄道の夜 : 童話」 is also exactly 「銀河鉄道の夜」.
_PARTS = re.compile(r"\s+[:：=;/]\s+|[:：]")
_NOT_IN_A_NUMBER = re.compile(r"[^0-9a-z]")
_CLASS_NUMBER = re.compile(r"[0-9][0-9.]*")

EVERY_RECORD = "every:"  # no key has a colon, so no word is a facet


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The keys of one record. ``facet`` holds words of our own (``m:book``), the others texts."""

    title: tuple[str, ...] = ()
    reading: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    publisher: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    facet: tuple[str, ...] = ()


COLUMNS = tuple(field.name for field in fields(Entry))


def entry_of(record: CataloguedRecord) -> Entry:
    """Return the keys of a record.

    A reading without its 濁点 is a reading too (やまさき for ヤマザキ), but it is
    kept apart for titles: プライド must not find フライト while there is a プライド.
    """
    title_readings = parts_of(record.title_reading)
    return Entry(
        title=title_keys(record.title, record.title_reading),
        reading=_distinct(map(reading_key, (*title_readings, record.series_reading))),
        author=author_keys(record.creators),
        subject=keys_of(*record.subjects),
        publisher=keys_of(record.publisher),
        other=keys_of(record.volume, record.series, record.series_reading, *record.notes),
        facet=_distinct(_facets(record)),
    )


def title_keys(title: str, reading: str) -> tuple[str, ...]:
    """Return the keys under which a title is found, as it is written and as it is read."""
    return keys_of(*parts_of(title), *parts_of(reading))


def author_keys(creators: Iterable[Creator]) -> tuple[str, ...]:
    """Return the keys under which those who made a work are found."""
    written = [key for one in creators for key in map(search_key, (one.name, one.reading))]
    return _distinct((*written, *map(without_voice, written[1::2])))


def keys_of(*texts: str) -> tuple[str, ...]:
    """Return the keys of texts, each once."""
    return _distinct(map(search_key, texts))


def parts_of(title: str) -> list[str]:
    """Return a title proper, its subtitle and its parallel titles, each by itself."""
    return _PARTS.split(title)


def identifier_facet(value: str) -> str:
    """Return the facet of a number by which a record is known."""
    return f"i:{_NOT_IN_A_NUMBER.sub('', value.lower())}"


def class_number(text: str) -> str:
    """Return the class number in a text: 913.6 of ``K913.6``."""
    found = _CLASS_NUMBER.search(text)
    return found[0].strip(".") if found else ""


def _facets(record: CataloguedRecord) -> Iterator[str]:
    yield EVERY_RECORD
    yield f"m:{record.material}"
    yield f"a:{record.audience}"
    if record.published_year is not None:
        yield from _beginnings("y:", f"{record.published_year:04}")
    for place in record.classifications:
        if place.scheme.startswith("ndc"):
            number = class_number(place.number)
            yield from _beginnings("n:", number)
            yield f"n={number}"
    yield from (identifier_facet(one.value) for one in record.identifiers)
    yield from (f"b:{item.branch.lower()}" for item in record.items)


def _beginnings(kind: str, number: str) -> Iterator[str]:
    for length, last in enumerate(number, start=1):
        if last != ".":
            yield kind + number[:length]


def _distinct(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, keys)))
