"""All alerts at once, waiting for new records: one pass over a text finds what they ask for."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import partial

import ahocorasick

from portal_app.domain.alert_matching import Clause, Texts, is_all_of, wanted_parts
from portal_app.domain.alerts import Field

Numbers = partial(array, "i")


class Watch:
    """The parts of many alerts' clauses, in one automaton for each field (docs/alerts.md).

    A clause is known by its first part, or by its first two: many patrons ask for 佐藤 健, and
    of those who wait for some 佐藤 and of those who wait for some 健 hardly any is meant. Kept
    are numbers of clauses, since objects would take ten times the memory.
    """

    def __init__(self, alerts: Iterable[tuple[int, int, str]]) -> None:
        """Take alerts one after the other: the number of each, whose it is, and its clauses."""
        self._alert_ids, self._patron_ids = array("q"), array("q")
        self._automata = {field.value: ahocorasick.Automaton() for field in Field}
        self._alone: dict[int, array] = defaultdict(Numbers)
        self._paired: dict[int, dict[int, array]] = {}
        self._lines: dict[int, str] = {}  # those of which there is still more to be seen
        self._whole: dict[int, Clause] = {}  # the same, as far as they were looked at
        parts: dict[str, int] = {}
        for alert_id, patron_id, lines in alerts:
            for line in filter(None, lines.split("\n")):
                self._add(line, parts)
                self._alert_ids.append(alert_id)
                self._patron_ids.append(patron_id)
        for automaton in self._automata.values():
            automaton.make_automaton()

    def found_by(self, texts: Texts) -> Mapping[int, int]:
        """Return which patrons hear of a record, each with the first of their alerts to find it."""
        found: dict[int, int] = {}
        for number in self._known_by(self._parts_in(texts)):
            if number not in self._lines or self._clause(number).holds(texts):
                alert_id, patron_id = self._alert_ids[number], self._patron_ids[number]
                found[patron_id] = min(alert_id, found.get(patron_id, alert_id))
        return found

    def _parts_in(self, texts: Texts) -> set[int]:
        parts: set[int] = set()
        for field, text in texts.items():
            automaton = self._automata[field]
            if automaton:  # an empty one cannot be asked
                parts.update(part for _, part in automaton.iter(text))
        return parts

    def _known_by(self, parts: set[int]) -> Iterator[int]:
        for part in parts:
            yield from self._alone.get(part, ())
            if others := self._paired.get(part):
                for other in others.keys() & parts:
                    yield from others[other]

    def _add(self, line: str, parts: dict[str, int]) -> None:
        number = len(self._alert_ids)
        wanted = wanted_parts(line)
        first, *others = (self._part(part, parts) for part in wanted[:2])
        if others:
            self._pair(first, *others).append(number)
        else:
            self._alone[first].append(number)
        if not is_all_of(line, wanted[:2]):
            self._lines[number] = line

    def _part(self, part: str, parts: dict[str, int]) -> int:
        if part not in parts:
            parts[part] = len(parts)
            field, needle = part.split(" ")
            self._automata[field].add_word(needle, parts[part])
        return parts[part]

    def _clause(self, number: int) -> Clause:
        if number not in self._whole:
            self._whole[number] = Clause.of(self._lines[number])
        return self._whole[number]

    def _pair(self, one: int, other: int) -> array:
        # Kept under the one that is in a pair already, so that there are few tables.
        if one not in self._paired and other in self._paired:
            one, other = other, one
        return self._paired.setdefault(one, {}).setdefault(other, Numbers())
