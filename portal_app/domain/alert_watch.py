"""All alerts at once, waiting for new records: one pass over a text finds what they ask for."""

from array import array
from collections.abc import Iterable, Iterator, Mapping

import ahocorasick

from portal_app.domain.alert_matching import Clause, Texts, is_all_of, wanted_parts
from portal_app.domain.alerts import Field

_NONE = -1


class Watch:
    """The parts of many alerts' clauses, in one automaton for each field (docs/alerts.md).

    A clause is known by its first part, or by its first two: many patrons ask for 佐藤 健, and
    of those who wait for some 佐藤 and of those who wait for some 健 hardly any is meant. Kept
    are numbers of clauses, since objects would take ten times the memory: of those that are
    known by the same parts only the last, and of each which one came before it.
    """

    def __init__(self, alerts: Iterable[tuple[int, int, str]]) -> None:
        """Take alerts one after the other: the number of each, whose it is, and its clauses."""
        self._alert_ids, self._patron_ids, self._before = array("q"), array("q"), array("i")
        self._alone: dict[int, int] = {}
        self._paired: dict[int, dict[int, int]] = {}
        self._lines: dict[int, str] = {}  # those of which there is still more to be seen
        self._whole: dict[int, Clause] = {}  # the same, as far as they were looked at
        parts: dict[str, int] = {}
        for alert_id, patron_id, lines in alerts:
            for line in filter(None, lines.split("\n")):
                self._add(line, parts)
                self._alert_ids.append(alert_id)
                self._patron_ids.append(patron_id)
        self._automata = _automata_of(parts)

    def found_by(self, texts: Texts) -> Mapping[int, int]:
        """Return which alerts find a record, each with the patron who hears of it."""
        return {
            self._alert_ids[number]: self._patron_ids[number]
            for number in self._known_by(self._parts_in(texts))
            if number not in self._lines or self._clause(number).holds(texts)
        }

    def _parts_in(self, texts: Texts) -> set[int]:
        parts: set[int] = set()
        for field, text in texts.items():
            automaton = self._automata[field]
            if automaton:  # an empty one cannot be asked
                parts.update(part for _, part in automaton.iter(text))
        return parts

    def _known_by(self, parts: set[int]) -> Iterator[int]:
        for part in parts:
            yield from self._back_from(self._alone.get(part, _NONE))
            if others := self._paired.get(part):
                for other in others.keys() & parts:
                    yield from self._back_from(others[other])

    def _back_from(self, number: int) -> Iterator[int]:
        while number != _NONE:
            yield number
            number = self._before[number]

    def _add(self, line: str, parts: dict[str, int]) -> None:
        number = len(self._before)
        wanted = wanted_parts(line)[:2]
        first, *others = (parts.setdefault(part, len(parts)) for part in wanted)
        same, key = self._pairs(first, *others) if others else (self._alone, first)
        self._before.append(same.get(key, _NONE))
        same[key] = number
        if not is_all_of(line, wanted):
            self._lines[number] = line

    def _clause(self, number: int) -> Clause:
        if number not in self._whole:
            self._whole[number] = Clause.of(self._lines[number])
        return self._whole[number]

    def _pairs(self, one: int, other: int) -> tuple[dict[int, int], int]:
        """Return where the last clause of a pair is kept, and under which of the two."""
        # Under the one that is in a pair already, so that there are few tables.
        if one not in self._paired and other in self._paired:
            one, other = other, one
        return self._paired.setdefault(one, {}), other


def _automata_of(parts: Mapping[str, int]) -> Mapping[str, ahocorasick.Automaton]:
    automata = {field.value: ahocorasick.Automaton() for field in Field}
    for part, number in parts.items():
        field, needle = part.split(" ")
        automata[field].add_word(needle, number)
    for automaton in automata.values():
        automaton.make_automaton()
    return automata
