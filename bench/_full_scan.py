"""The same questions answered by reading every record: slowly, and without an index."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from stdnum import isbn

from portal_app.domain.catalogue import CataloguedRecord
from portal_app.domain.search import Condition, Connector, Field, Match, Query
from portal_app.domain.search_key import reading_key, search_key

Keys = Mapping[str, Sequence[str]]
Holds = Callable[[str, str], bool]

_ANY = ("title", "author", "subject", "publisher", "other")
_SHORT = 3

_key = lru_cache(maxsize=100_000)(search_key)
_unmarked = lru_cache(maxsize=100_000)(reading_key)


class Scan:
    """A query, asked of one record after the other. ``found`` holds a rank for each hit."""

    def __init__(self, query: Query) -> None:
        """Prepare the words, so that a record costs little."""
        self._query = query
        self._words = [search_key(word) for word in query.words.split()]
        self._whole = search_key(query.words)
        self._isbn = _isbn(query.words)
        self._exact: dict[int, int] = {}
        self._alike: dict[int, int] = {}

    @property
    def found(self) -> list[int]:
        """The hits in the order in which they should be shown."""
        ranks = self._exact or self._alike
        return sorted(ranks, key=lambda number: (ranks[number], -number))

    def look_at(self, number: int, record: CataloguedRecord, keys: Keys) -> None:
        """Remember a record, if it is a hit."""
        if not _passes(self._query, record):
            return
        if not all_conditions(self._query.conditions, record, keys):
            return
        if not self._words:
            self._exact[number] = 0
        elif self._isbn and self._isbn in (one.value for one in record.identifiers):
            self._exact[number] = 9
        elif all(_stands(_ANY, keys, word, stands_in) for word in self._words):
            self._exact[number] = self._rank(keys)
        elif not self._exact and all(_is_alike(word, keys) for word in self._words):
            self._alike[number] = 0

    def _rank(self, keys: Keys) -> int:
        if self._whole in keys["title"]:
            return 0
        if _stands(("title",), keys, self._whole, begins):
            return 1
        for rank, columns in enumerate(
            (("title",), ("title", "author"), ("title", "author", "subject")), start=2
        ):
            if all(_stands(columns, keys, word, stands_in) for word in self._words):
                return rank
        return 9


def keys_of(record: CataloguedRecord) -> Keys:
    """Return what may be found of a record."""
    titles, readings = record.title.split(" : "), record.title_reading.split(" : ")
    people = [text for one in record.creators for text in (one.name, one.reading)]
    return {
        "title": [search_key(text) for text in (*titles, *readings)],
        "reading": [reading_key(text) for text in (*readings, record.series_reading)],
        "author": [
            *map(_key, people),
            *(_unmarked(one.reading) for one in record.creators),
        ],
        "subject": [*map(_key, record.subjects)],
        "publisher": [_key(record.publisher)],
        "other": [*map(_key, (record.volume, record.series, record.series_reading, *record.notes))],
    }


def stands_in(value: str, word: str) -> bool:
    """Return whether a word stands in a text: letters by their beginning, numbers whole."""
    if word not in value:
        return False
    at = value.find(word)
    while at >= 0:
        if _is_whole(value, at, word):
            return True
        at = value.find(word, at + 1)
    return False


def begins(value: str, word: str) -> bool:
    """Return whether a text begins with a word."""
    return value.startswith(word) and _is_whole(value, 0, word)


def all_conditions(conditions: Iterable[Condition], record: CataloguedRecord, keys: Keys) -> bool:
    """Return whether a record meets conditions that are joined from first to last."""
    answer = True
    for condition in conditions:
        holds = _meets(condition, record, keys)
        if condition.connector == Connector.OR:
            answer = answer or holds
        else:
            answer = answer and holds == (condition.connector == Connector.AND)
    return answer


def _meets(condition: Condition, record: CataloguedRecord, keys: Keys) -> bool:
    if condition.field == Field.NDC:
        return any(one.number.startswith(condition.text) for one in record.classifications)
    columns = _ANY if condition.field == Field.ANY else (condition.field.value,)
    if condition.match == Match.CONTAINS:
        words = map(_key, condition.text.split())
        return all(_stands(columns, keys, word, stands_in) for word in words)
    whole = _key(condition.text)
    if condition.match == Match.STARTS:
        return _stands(columns, keys, whole, begins)
    return any(whole in keys[column] for column in columns)


def _passes(query: Query, record: CataloguedRecord) -> bool:
    if query.materials and record.material not in query.materials:
        return False
    if query.branches and not any(one.branch in query.branches for one in record.items):
        return False
    year = record.published_year or 0
    return (query.year_from or 0) <= year <= (query.year_to or year)


def _stands(columns: Sequence[str], keys: Keys, word: str, holds: Holds) -> bool:
    return any(holds(value, word) for column in columns for value in keys[column])


def _is_alike(word: str, keys: Keys) -> bool:
    if _stands(_ANY, keys, word, stands_in):
        return True
    is_kana = all("ァ" <= one <= "ヶ" for one in word)
    return is_kana and _stands(("reading", "author"), keys, reading_key(word), stands_in)


def _is_whole(value: str, at: int, word: str) -> bool:
    end = at + len(word)
    if _is_letter(word[0]) and at > 0 and _is_letter(value[at - 1]):
        return False
    last = _last_run(word)
    if not last or (len(last) >= _SHORT and not last.isdecimal()):
        return True
    return end == len(value) or not _is_letter(value[end])


def _last_run(word: str) -> str:
    """Return the letters and digits at the end of a word, as far as they go."""
    start = len(word)
    while start and _is_letter(word[start - 1]):
        start -= 1
    return word[start:]


def _is_letter(one: str) -> bool:
    return one.isascii() and one != " "


def _isbn(text: str) -> str:
    return isbn.to_isbn13(isbn.compact(text)) if isbn.is_valid(text) else ""
