"""Whether a record is one that an alert waits for, and by which keys such records are known.

An alert is a list of conditions. かつ binds tighter than または, as everywhere: ``a かつ b
または c`` is ``(a かつ b) または c``. What lies between two または is a clause here, and a
record is found when all of one clause holds. Each condition holds exactly when the catalogue's
own search would find the record by it; を含まない holds when を含む does not.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from portal_app.domain.alerts import Connector, Field, Match
from portal_app.domain.catalogue import Creator
from portal_app.domain.found_text import begun, contained, equalled, text_of
from portal_app.domain.search import words_of
from portal_app.domain.search_entry import author_keys, keys_of, parts_of, title_keys
from portal_app.domain.search_key import search_key
from portal_app.domain.search_terms import All, Any, Found, Term, Without
from portal_app.domain.search_tokens import contains, equals, starts

Texts = Mapping[Field, str]  # what is looked through, field by field

# How the row of an alert keeps a clause: no key has a tab, and no part of a text a space.
_PART, _UNWANTED = "\t", "!"
_FIELDS: Mapping[str, Field] = {one: one for one in Field}

_NEEDLES = {
    Match.CONTAINS: contained,
    Match.LACKS: contained,
    Match.STARTS: begun,
    Match.EQUALS: equalled,
}
_PHRASES = {
    Match.CONTAINS: contains,
    Match.LACKS: contains,
    Match.STARTS: starts,
    Match.EQUALS: equals,
}


class Mistake(StrEnum):
    """Why conditions cannot be those of an alert."""

    NOTHING_ASKED = "nothing_asked"
    # On one side of a または there is nothing but を含まない: nearly every record would be found.
    ONLY_LACKS = "only_lacks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A line of an alert. The connector says how it joins the line before it."""

    field: Field
    match: Match
    text: str
    connector: Connector = Connector.AND


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A condition that asks for something, with the keys that it looks for."""

    field: Field
    match: Match
    keys: tuple[str, ...]

    @property
    def needles(self) -> list[str]:
        needle = _NEEDLES[self.match]
        return [needle(key) for key in self.keys]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """What lies between two または: parts that must all be there, and lines that must not hold.

    The parts that are rarest, as far as one can tell from them, come first.
    """

    wanted: tuple[tuple[Field, str], ...]
    unwanted: tuple[tuple[Field, tuple[str, ...]], ...]

    def holds(self, texts: Texts) -> bool:
        """Say whether all of it holds of a record."""
        for field, needle in self.wanted:
            if needle not in texts[field]:
                return False
        return not self.unwanted or not any(
            all(needle in texts[field] for needle in needles) for field, needles in self.unwanted
        )

    def line(self) -> str:
        """Return the clause as the row of its alert keeps it."""
        wanted = (f"{field} {needle}" for field, needle in self.wanted)
        unwanted = (f"{_UNWANTED}{field} {' '.join(some)}" for field, some in self.unwanted)
        return _PART.join([*wanted, *unwanted])

    @classmethod
    def of(cls, line: str) -> "Clause":
        """Return the clause that a row keeps as this line."""
        parts = [part.split(" ") for part in line.split(_PART)]
        return cls(
            wanted=tuple(
                (_FIELDS[field], needle)
                for field, needle, *_ in parts
                if not field.startswith(_UNWANTED)
            ),
            unwanted=tuple(
                (_FIELDS[field.removeprefix(_UNWANTED)], tuple(needles))
                for field, *needles in parts
                if field.startswith(_UNWANTED)
            ),
        )


def wanted_parts(line: str) -> list[str]:
    """Return what must be there by the line of a clause: field and part, the rarest first."""
    return [part for part in line.split(_PART) if part[0] != _UNWANTED]


def is_all_of(line: str, parts: Sequence[str]) -> bool:
    """Say whether a clause asks for these parts and for nothing else."""
    return line == _PART.join(parts)


def mistake_in(conditions: Sequence[Condition]) -> Mistake | None:
    """Return why these cannot be the conditions of an alert, or None if they can."""
    clauses = clauses_of(conditions)
    if not clauses:
        return Mistake.NOTHING_ASKED
    if not all(clause.wanted for clause in clauses):
        return Mistake.ONLY_LACKS
    return None


def clauses_of(conditions: Sequence[Condition]) -> tuple[Clause, ...]:
    """Return the clauses of an alert, ready to be looked for in many records."""
    return tuple(
        Clause(
            wanted=tuple(sorted(_wanted(lines), key=_rarity, reverse=True)),
            unwanted=tuple(
                (line.field, tuple(line.needles)) for line in lines if line.match is Match.LACKS
            ),
        )
        for lines in _lines(conditions)
    )


def matches(conditions: Sequence[Condition], texts: Texts) -> bool:
    """Say whether a record is one that an alert with these conditions waits for."""
    return any(clause.holds(texts) for clause in clauses_of(conditions))


def anchor_lines(conditions: Sequence[Condition]) -> str:
    """Return the clauses of an alert as its row keeps them, a line each.

    Any part that must be there can be the anchor of its clause: a record without it is not one
    that the alert waits for. Nothing is kept where a clause has no such part; ``mistake_in``
    keeps such alerts out.
    """
    clauses = clauses_of(conditions)
    if not all(clause.wanted for clause in clauses):
        return ""
    return "\n".join(dict.fromkeys(clause.line() for clause in clauses))


def texts_of(
    *,
    title: str,
    title_reading: str,
    creators: Iterable[Creator],
    subjects: Iterable[str],
    publisher: str,
) -> Texts:
    """Return what is looked through of a record."""
    return {
        Field.TITLE: text_of(title_keys(title, title_reading)),
        Field.AUTHOR: text_of(author_keys(creators)),
        Field.SUBJECT: "".join(map(_text_of, dict.fromkeys(subjects))),
        Field.PUBLISHER: _text_of(publisher),
    }


@lru_cache(maxsize=10_000)
def _text_of(heading: str) -> str:
    # The same publishers and subjects come again and again.
    return text_of(keys_of(heading))


def term_of(conditions: Sequence[Condition]) -> Term | None:
    """Return the same question as the catalogue's index answers it, or None without a question."""
    clauses = [_term(lines) for lines in _lines(conditions)]
    if not clauses or None in clauses:
        return None
    found = tuple(term for term in clauses if term is not None)
    return found[0] if len(found) == 1 else Any(terms=found)


def _lines(conditions: Sequence[Condition]) -> list[list[_Line]]:
    """Return the lines that ask for something, clause by clause.

    A line whose text is empty, or nothing but punctuation, is as if it were not there.
    """
    clauses: list[list[_Line]] = []
    for condition in conditions:
        keys = tuple(_keys(condition))
        if not keys:
            continue
        if not clauses or condition.connector is Connector.OR:
            clauses.append([])
        clauses[-1].append(_Line(field=condition.field, match=condition.match, keys=keys))
    return clauses


def _keys(condition: Condition) -> Iterator[str]:
    is_by_words = condition.match in {Match.CONTAINS, Match.LACKS}
    for text in words_of(condition.text) if is_by_words else parts_of(condition.text):
        if key := search_key(text):
            yield key


def _wanted(lines: Iterable[_Line]) -> Iterator[tuple[Field, str]]:
    for line in lines:
        if line.match is not Match.LACKS:
            yield from ((line.field, needle) for needle in line.needles)


def _rarity(wanted: tuple[Field, str]) -> tuple[bool, int]:
    """Rank a part of a text: what is longer is rarer, but publishers and subjects are few."""
    field, needle = wanted
    return field in {Field.TITLE, Field.AUTHOR}, len(needle)


def _term(lines: Sequence[_Line]) -> Term | None:
    wanted = [line for line in lines if line.match is not Match.LACKS]
    if not wanted:
        return None
    term = _all(found for line in wanted for found in _found(line))
    for line in lines:
        if line.match is Match.LACKS:
            term = Without(kept=term, dropped=_all(_found(line)))
    return term


def _found(line: _Line) -> Iterator[Found]:
    phrase = _PHRASES[line.match]
    return (Found(columns=(line.field.value,), phrase=phrase(key)) for key in line.keys)


def _all(found: Iterable[Found]) -> Term:
    terms = tuple(found)
    return terms[0] if len(terms) == 1 else All(terms=terms)
