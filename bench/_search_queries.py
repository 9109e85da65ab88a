"""Thirty-seven kinds of question that people ask a catalogue, drawn from its own records."""

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import jaconv
from stdnum import isbn

from portal_app.data import synthetic
from portal_app.domain.catalogue import CataloguedRecord, MaterialClass
from portal_app.domain.search import Condition, Connector, Field, Match, Query

Ask = Callable[[CataloguedRecord, random.Random], Query]

_OLD = str.maketrans("国学図鉄竜広楽体医", "國學圖鐵龍廣樂體醫")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A query of some kind. Kinds of one group are reported together."""

    group: str
    kind: str
    query: Query


def questions(*, each: int, among: int, branches: Sequence[str]) -> list[Question]:
    """Return so many questions of each kind, asked of the first so many records."""
    chance = random.Random(synthetic.SEED)  # noqa: S311  it should be the same every time
    source = [*_some(synthetic.records(among, branches=branches), chance)]
    return [
        Question(group=group, kind=kind, query=ask(record, chance))
        for group, kinds in KINDS.items()
        for kind, ask in kinds.items()
        for record in islice(filter(_suited(kind), chance.sample(source, len(source))), each)
    ]


def _some(records: Iterator[CataloguedRecord], chance: random.Random) -> Iterator[CataloguedRecord]:
    return (one for one in records if chance.random() < 0.05)  # noqa: PLR2004  enough to choose from


def _suited(kind: str) -> Callable[[CataloguedRecord], bool]:
    """Return what tells whether a record can be asked for in this way."""
    for word, suits in _SUITED.items():
        if word in kind:
            return suits
    return lambda record: len(record.title) > 5 and not _author(record).isascii()  # noqa: PLR2004  long enough to cut


def _title(record: CataloguedRecord) -> str:
    return record.title.partition(" : ")[0]


def _kana(record: CataloguedRecord) -> str:
    return record.title_reading.partition(" : ")[0].replace(" ", "")


def _piece(text: str, length: int, chance: random.Random) -> str:
    start = chance.randrange(max(1, len(text) - length + 1))
    return text[start : start + length]


def _author(record: CataloguedRecord) -> str:
    return record.creators[0].name


def _words(text: str) -> Query:
    return Query(words=text)


def _of_title(length: int) -> Ask:
    return lambda record, chance: _words(_piece(_title(record), length, chance))


def _halves(text: str) -> tuple[str, str]:
    return text[:2], text[-2:]


def _without_marks(kana: str) -> str:
    return kana.translate(
        str.maketrans("ガギグゲゴザジダデドバビブベボ", "カキクケコサシタテトハヒフヘホ")
    )


def _advanced(*conditions: Condition) -> Query:
    return Query(conditions=conditions)


def _title_is(text: str, match: Match) -> Query:
    return _advanced(Condition(field=Field.TITLE, match=match, text=text))


_SUITED: Mapping[str, Callable[[CataloguedRecord], bool]] = {
    "ISBN": lambda record: record.material is MaterialClass.BOOK,
    "old kanji": lambda record: _title(record).translate(_OLD) != _title(record),
    "Latin": lambda record: bool(re.search("[A-Za-z]{3}", record.title)),
    "volume": lambda record: bool(record.volume),
    "subject": lambda record: bool(record.subjects),
    "濁点": lambda record: _without_marks(_kana(record)) != _kana(record),
}

KINDS: Mapping[str, Mapping[str, Ask]] = {
    "one character": {
        "a kanji": lambda record, _: _words(record.subjects[0][0] if record.subjects else "本"),
        "a character of a title": _of_title(1),
        "a kana": lambda record, chance: _words(_piece(_kana(record), 1, chance)),
    },
    "two characters": {
        "two characters of a title": _of_title(2),
        "two kana": lambda record, chance: _words(_piece(_kana(record), 2, chance)),
    },
    "three characters": {"three characters of a title": _of_title(3)},
    "more characters": {
        "five characters of a title": _of_title(5),
        "the beginning of a title": lambda record, _: _words(_title(record)[:5]),
        "a whole title": lambda record, _: _words(_title(record)),
        "a title in old kanji": lambda record, _: _words(_title(record).translate(_OLD)),
        "a Latin word": lambda record, _: _words(re.findall("[A-Za-z]+", record.title)[0]),
        "a Latin word of full width": lambda record, _: _words(
            jaconv.h2z(re.findall("[A-Za-z]+", record.title)[0].upper(), ascii=True)
        ),
    },
    "readings": {
        "a reading in hiragana": lambda record, _: _words(jaconv.kata2hira(_kana(record))),
        "a word of a reading": lambda record, _: _words(record.title_reading.split()[0]),
        "a reading of half width": lambda record, _: _words(jaconv.z2h(_kana(record))),
        "four kana": lambda record, chance: _words(_piece(_kana(record), 4, chance)),
        "a reading without 濁点": lambda record, _: _words(_without_marks(_kana(record))),
    },
    "authors": {
        "an author": lambda record, _: _words(_author(record).replace(" ", "")),
        "an author's family": lambda record, _: _words(_author(record).split()[0]),
        "an author's reading": lambda record, _: _words(
            jaconv.kata2hira(record.creators[0].reading.replace(", ", ""))
        ),
    },
    "ISBN": {
        "an ISBN": lambda record, _: _words(record.identifiers[-1].value),
        "an ISBN with hyphens": lambda record, _: _words(isbn.format(record.identifiers[-1].value)),
        "an ISBN of ten digits": lambda record, _: _words(
            isbn.to_isbn10(record.identifiers[-1].value)
        ),
    },
    "AND": {
        "two words of a title": lambda record, _: _words(" ".join(_halves(_title(record)))),
        "an author's two names": lambda record, _: _words(_author(record)),
        "an author and a title": lambda record, _: _words(
            f"{_author(record).split()[0]} {_title(record)[:2]}"
        ),
        "a title, an author and a publisher": lambda record, _: _words(
            f"{_title(record)[:3]} {_author(record).replace(' ', '')} {record.publisher[:2]}"
        ),
        "a title and its volume": lambda record, _: _words(f"{_title(record)} {record.volume}"),
        "a publisher and a subject": lambda record, _: _words(
            f"{record.publisher} {record.subjects[0]}"
        ),
    },
    "no hit": {
        "a word that no record has": lambda record, _: _words(f"{_title(record)[:3]}龘"),
        "two words that never meet": lambda record, _: _words(
            f"{_author(record).replace(' ', '')} 鱻龘"
        ),
    },
    "advanced": {
        "a title begins": lambda record, _: _title_is(_title(record)[:3], Match.STARTS),
        "a title is": lambda record, _: _title_is(_title(record), Match.EQUALS),
        "one author or another": lambda record, _: _advanced(
            Condition(field=Field.AUTHOR, text=_author(record)),
            Condition(field=Field.AUTHOR, text="夏目 漱石", connector=Connector.OR),
        ),
        "a title without a word": lambda record, _: _advanced(
            Condition(field=Field.TITLE, text=_title(record)[:2]),
            Condition(field=Field.TITLE, text="の", connector=Connector.NOT),
        ),
        "a class within years": lambda record, _: Query(
            conditions=(Condition(field=Field.NDC, text=record.classifications[0].number),),
            year_from=record.published_year,
            year_to=record.published_year,
        ),
        "a word among CDs of a branch": lambda record, _: Query(
            words=_title(record)[:2],
            materials=(MaterialClass.CD,),
            branches=tuple(one.branch for one in record.items[:1]),
        ),
    },
}
