"""A catalogue that was never printed, as large as one likes and always the same."""

import random
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TypeVar

from portal_app.domain.catalogue import (
    Audience,
    CataloguedItem,
    CataloguedRecord,
    Classification,
    Creator,
    Identifier,
    IdentifierKind,
    MaterialClass,
)

SEED = 20261122
KEY = "synthetic:"

_SLOT = re.compile(r"{(\w)}")
_NEWEST_YEAR = 2026
_YEARS_BACK = 100
_RECENCY = 2.5  # half of the records are of the newest fifth of these years
_MATERIALS = (
    *[MaterialClass.BOOK] * 86,
    *[MaterialClass.MAGAZINE] * 5,
    *[MaterialClass.CD] * 5,
    *[MaterialClass.DVD] * 3,
    MaterialClass.OTHER,
)
_AUDIENCES = (
    *[Audience.GENERAL] * 78,
    *[Audience.CHILDREN] * 16,
    *[Audience.YOUNG_ADULT] * 6,
)
# Most records have one copy, some are only ordered, a few are wanted by everyone.
_COPIES = (*[0] * 5, *[1] * 68, *[2] * 17, *[3] * 6, 4, 4, 6, 9)
_ROLES = (*["著"] * 7, "編", "監修", "文", "絵")
_SERIES = (
    ("教養新書", "キョウヨウ シンショ"),
    ("南風文庫", "ナンプウ ブンコ"),
    ("図説叢書", "ズセツ ソウショ"),
)

T = TypeVar("T")
Pair = tuple[str, str]
Draw = Callable[[random.Random], Pair]


def records(count: int, *, branches: Sequence[str], seed: int = SEED) -> Iterator[CataloguedRecord]:
    """Yield so many records; a larger catalogue begins with the records of a smaller one."""
    chance = random.Random(seed)  # noqa: S311  it should be the same every time
    for number in range(1, count + 1):
        yield _record(number, chance, branches)


def _record(number: int, chance: random.Random, branches: Sequence[str]) -> CataloguedRecord:
    title, reading = _title(chance)
    subject = _often(_pairs("subjects"), chance)
    year = _NEWEST_YEAR - int(_YEARS_BACK * chance.random() ** _RECENCY)
    series = chance.choice(_SERIES) if chance.random() < 0.15 else ("", "")  # noqa: PLR2004  a share
    material = chance.choice(_MATERIALS)
    return CataloguedRecord(
        key=f"{KEY}{number}",
        title=title,
        title_reading=reading,
        volume=str(1 + int(12 * chance.random() ** 2)) if chance.random() < 0.2 else "",  # noqa: PLR2004  ditto
        series=series[0],
        series_reading=series[1],
        series_volume=str(chance.randint(1, 900)) if series[0] else "",
        creators=tuple(_creators(chance)),
        publisher=_often(_words("publishers"), chance),
        published_on=f"{year}.{chance.randint(1, 12)}",
        published_year=year,
        classifications=(Classification(scheme="ndc10", number=subject[0]),),
        subjects=(subject[1],) if chance.random() < 0.7 else (),  # noqa: PLR2004  ditto
        identifiers=tuple(_identifiers(number, material)),
        material=material,
        audience=chance.choice(_AUDIENCES),
        language="jpn",
        extent=f"{chance.randint(24, 620)}p",
        items=tuple(_items(number, subject[0], chance, branches)),
    )


def _title(chance: random.Random) -> Pair:
    title, reading = _composed("patterns", chance)
    if chance.random() < 0.25:  # noqa: PLR2004  a share
        more, its_reading = _composed("subtitles", chance)
        return f"{title} : {more}", f"{reading} : {its_reading}"
    return title, reading


def _composed(kind: str, chance: random.Random) -> Pair:
    written, read, slots = _often(_patterns(kind), chance)
    drawn = [_DRAWS[slot](chance) for slot in slots]
    return written.format(*(word for word, _ in drawn)), read.format(*(said for _, said in drawn))


def _creators(chance: random.Random) -> Iterator[Creator]:
    for _ in range(chance.choice((1, 1, 1, 1, 1, 2, 2, 3))):
        if chance.random() < 0.08:  # noqa: PLR2004  a share
            name, reading = _often(_pairs("foreign"), chance)
            initial = chance.choice("ABCDEFGHJKLMPRSTW")
            yield Creator(name=f"{name}, {initial}.", reading=reading, role="著")
        else:
            family, its_reading = _often(_pairs("surnames"), chance)
            given, reading = _often(_pairs("given"), chance)
            yield Creator(
                name=f"{family} {given}",
                reading=f"{its_reading}, {reading}",
                role=chance.choice(_ROLES),
            )


def _identifiers(number: int, material: MaterialClass) -> Iterator[Identifier]:
    yield Identifier(kind=IdentifierKind.JPNO, value=f"{20_000_000 + number}")
    if material is MaterialClass.BOOK:
        yield Identifier(kind=IdentifierKind.ISBN, value=isbn_of(number))


def isbn_of(number: int) -> str:
    """Return the ISBN of the record with this number, if it is a book."""
    digits = f"9784{number:08}"
    weighed = sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits))
    return f"{digits}{-weighed % 10}"


def _items(
    number: int, ndc: str, chance: random.Random, branches: Sequence[str]
) -> Iterator[CataloguedItem]:
    for copy in range(chance.choice(_COPIES)):
        yield CataloguedItem(
            barcode=f"S{number:08}{copy}",
            branch=_often(branches, chance),
            call_number=f"{ndc}/{number % 100}",
            for_loan=chance.random() > 0.05,  # noqa: PLR2004  a share
        )


def _coined(chance: random.Random) -> Pair:
    (first, its_reading), (second, reading) = chance.choices(_characters(), k=2)
    return first + second, its_reading + reading


def _foreign_word(chance: random.Random) -> Pair:
    word = "".join(chance.choices(_words("morae"), k=chance.choice((2, 3, 3, 4, 5))))
    return word, word


def _person(chance: random.Random) -> Pair:
    (family, its_reading), (given, reading) = (
        _often(_pairs("surnames"), chance),
        _often(_pairs("given"), chance),
    )
    return family + given, f"{its_reading} {reading}"


def _often(words: Sequence[T], chance: random.Random) -> T:
    """Return a word: the tenth a tenth as often as the first, as words are in every catalogue."""
    return words[int((len(words) + 1) ** chance.random()) - 1]


_DRAWS: Mapping[str, Draw] = {
    "n": lambda chance: _often(_pairs("nouns"), chance),
    "k": lambda chance: _often(_pairs("katakana"), chance),
    "l": lambda chance: _often(_pairs("latin"), chance),
    "c": _coined,
    "f": _foreign_word,
    "p": _person,
}


@cache
def _vocabulary() -> Mapping[str, str]:
    return tomllib.loads(Path(__file__).with_name("synthetic_words.toml").read_text("utf-8"))


@cache
def _words(kind: str) -> tuple[str, ...]:
    return tuple(_vocabulary()[kind].split())


@cache
def _pairs(kind: str) -> tuple[Pair, ...]:
    """Return words with their readings. A word without one is read as it is written."""
    split = [word.partition("/") for word in _words(kind)]
    return tuple((word, reading or word) for word, _, reading in split)


@cache
def _characters() -> tuple[Pair, ...]:
    return tuple((word[0], word[1:]) for word in _words("characters"))


@cache
def _patterns(kind: str) -> tuple[tuple[str, str, str], ...]:
    """Return how titles are made: written, read, and the kinds of the words in it."""
    lines = [line.partition("|") for line in _vocabulary()[kind].strip().splitlines()]
    return tuple(
        (_SLOT.sub("{}", written), _SLOT.sub("{}", read), "".join(_SLOT.findall(written)))
        for written, _, read in lines
    )
