"""What a search means: which phrases a record must have, and which of them count more."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce

from stdnum import isbn

from portal_app.domain.search import (
    LATEST_YEAR,
    Condition,
    Connector,
    Field,
    Match,
    Query,
    words_of,
)
from portal_app.domain.search_entry import (
    EVERY_RECORD,
    class_number,
    identifier_facet,
    parts_of,
)
from portal_app.domain.search_key import reading_key, search_key
from portal_app.domain.search_tokens import Phrase, contains, equals, starts

WORDS = ("title", "author", "subject", "publisher", "other")
_READINGS = ("reading", "author")
_COLUMNS = {
    Field.ANY: WORDS,
    Field.TITLE: ("title",),
    Field.AUTHOR: ("author",),
    Field.SUBJECT: ("subject",),
    Field.PUBLISHER: ("publisher",),
}
_PHRASES = {Match.CONTAINS: contains, Match.STARTS: starts, Match.EQUALS: equals}
# From what counts most: all words in the title, then in title or author, and so on.
_TIERS = (("title",), ("title", "author"), ("title", "author", "subject"))

_NOT_KANA = re.compile(r"[^ァ-ヶ]")
_IDENTIFIER = re.compile(r"(?:ISBN|ISSN)?[\s:]*([0-9][0-9\s‐-―−-]+[0-9Xx])", re.IGNORECASE)
_SHORTEST_NUMBER = 8  # an ISSN; what is shorter is a year or a volume
_ISBN_LENGTHS = (10, 13)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A phrase that must stand in one of these columns."""

    columns: tuple[str, ...]
    phrase: Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class All:
    """Terms that must all hold."""

    terms: "tuple[Term, ...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Any:
    """Terms of which one must hold."""

    terms: "tuple[Term, ...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Without:
    """A term that must hold while another does not."""

    kept: "Term"
    dropped: "Term"


Term = Found | All | Any | Without


def everything_of(query: Query) -> Term | None:
    """Return what a query asks of a record, or None where it names nothing to be found."""
    words, limits = _words(query), _limits(query)
    if not words:
        return _all(limits) if limits else None
    asked = _all([_anywhere(*word) for word in words])
    number = _identifier(query.words)
    return _all([asked if number is None else Any(terms=(number, asked)), *limits])


def better_tiers_of(query: Query) -> Iterator[Term]:
    """Yield what counts more than everything, the best first, each within the next.

    The words are the title, begin it, stand in it, or name its author or subject.
    """
    words, limits = _words(query), _limits(query)
    if not words:
        return
    whole = search_key(query.words)
    yield _all([Found(columns=("title",), phrase=equals(whole)), *limits])
    yield _all([Found(columns=("title",), phrase=starts(whole)), *limits])
    phrases = [contains(key) for _, key in words]
    for columns in _TIERS:
        yield _all([*(Found(columns=columns, phrase=phrase) for phrase in phrases), *limits])


def likeness_of(query: Query) -> Term | None:
    """Return what to ask where nothing was found: readings that are the same but for 濁点."""
    words = _words(query)
    if not any(_is_kana(key) for _, key in words):
        return None
    return _all([*(_alike(*word) for word in words), *_limits(query)])


def _words(query: Query) -> list[tuple[str, str]]:
    return [(word, key) for word in words_of(query.words) if (key := search_key(word))]


def _limits(query: Query) -> list[Term]:
    return [*_conditions(query.conditions), *_filters(query)]


def _anywhere(word: str, key: str) -> Term:
    anywhere = Found(columns=WORDS, phrase=contains(key))
    number = _identifier(word)
    return anywhere if number is None else Any(terms=(anywhere, number))


def _alike(word: str, key: str) -> Term:
    anywhere = _anywhere(word, key)
    if not _is_kana(key):
        return anywhere
    reading = Found(columns=_READINGS, phrase=contains(reading_key(key)))
    return Any(terms=(anywhere, reading))


def _is_kana(key: str) -> bool:
    return not _NOT_KANA.search(key)


def _identifier(text: str) -> Term | None:
    """Return what finds the record that has this number, written with hyphens or without."""
    written = _IDENTIFIER.fullmatch(text.strip())
    if written is None:
        return None
    compact = re.sub(r"[^0-9X]", "", written[1].upper())
    if len(compact) < _SHORTEST_NUMBER:
        return None
    numbers = [compact]
    if len(compact) in _ISBN_LENGTHS and isbn.is_valid(compact):
        numbers = [isbn.to_isbn13(compact)]
    return _facet(*map(identifier_facet, numbers))


def _conditions(conditions: tuple[Condition, ...]) -> list[Term]:
    asked = [(one.connector, term) for one in conditions if (term := _condition(one)) is not None]
    if not asked:
        return []
    (connector, start), *others = asked
    if connector == Connector.NOT:
        start = Without(kept=_facet(EVERY_RECORD), dropped=start)
    return [reduce(_joined, others, start)]


def _joined(before: Term, condition: tuple[Connector, Term]) -> Term:
    connector, term = condition
    if connector == Connector.OR:
        return Any(terms=(before, term))
    if connector == Connector.NOT:
        return Without(kept=before, dropped=term)
    return All(terms=(before, term))


def _condition(condition: Condition) -> Term | None:
    if condition.field == Field.ISBN:
        beginning = Phrase(
            tokens=(identifier_facet(condition.text),), is_open=condition.match != Match.EQUALS
        )
        return _identifier(condition.text) or Found(columns=("facet",), phrase=beginning)
    if condition.field == Field.NDC:
        # The classes above a number are found with it, so that containing is beginning.
        number = class_number(search_key(condition.text).replace(" ", "."))
        return _facet(f"n={number}" if condition.match == Match.EQUALS else f"n:{number}")
    columns = _COLUMNS[condition.field]
    texts = words_of(condition.text)
    if condition.match != Match.CONTAINS:
        texts = parts_of(condition.text)
    phrase = _PHRASES[condition.match]
    keys = [key for text in texts if (key := search_key(text))]
    return _all([Found(columns=columns, phrase=phrase(key)) for key in keys]) if keys else None


def _filters(query: Query) -> Iterator[Term]:
    if query.year_from is not None or query.year_to is not None:
        years = _years(query.year_from or 0, query.year_to or LATEST_YEAR)
        yield _facet(*(f"y:{beginning}" for beginning in years))
    if query.materials:
        yield _facet(*(f"m:{material}" for material in query.materials))
    if query.branches:
        yield _facet(*(f"b:{branch}" for branch in query.branches))
    if query.audience:
        yield _facet(f"a:{query.audience}")


def _years(first: int, last: int) -> Iterator[str]:
    """Yield the beginnings that years in a span have, and no others: 1998, 1999, 200."""
    year = first
    while year <= last:
        step = next(
            step for step in (1000, 100, 10, 1) if year % step == 0 and year + step - 1 <= last
        )
        yield f"{year:04}"[: 5 - len(str(step))]
        year += step


def _facet(*words: str) -> Term:
    found = [Found(columns=("facet",), phrase=Phrase(tokens=(word,))) for word in words]
    return found[0] if len(found) == 1 else Any(terms=tuple(found))


def _all(terms: list[Term]) -> Term:
    return terms[0] if len(terms) == 1 else All(terms=tuple(terms))
