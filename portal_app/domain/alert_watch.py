"""All alerts at once, waiting for new records: one pass over a text finds what they ask for."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import partial

import ahocorasick

from portal_app.domain.alert_matching import Clause, Texts
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
        self._parts = 0
        self._alone: dict[int, array] = defaultdict(Numbers)
        self._paired: dict[int, dict[int, array]] = {}
        self._whole: dict[int, Clause] = {}  # those of which there is still more to be seen
        for alert_id, patron_id, lines in alerts:
            for line in filter(None, lines.split("\n")):
                self._add(Clause.of(line), alert_id, patron_id)
        for automaton in self._automata.values():
            automaton.make_automaton()

    def found_by(self, texts: Texts) -> Mapping[int, int]:
        """Return which patrons hear of a record, each with the first of their alerts to find it."""
        found: dict[int, int] = {}
        for number in self._known_by(self._parts_in(texts)):
            whole = self._whole.get(number)
            if whole is None or whole.holds(texts):
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

    def _add(self, clause: Clause, alert_id: int, patron_id: int) -> None:
        number = len(self._alert_ids)
        self._alert_ids.append(alert_id)
        self._patron_ids.append(patron_id)
        first, *others = (self._part(field, needle) for field, needle in clause.wanted[:2])
        if others:
            self._pair(first, *others).append(number)
        else:
            self._alone[first].append(number)
        if clause.unwanted or len(clause.wanted) > 1 + len(others):
            self._whole[number] = clause

    def _part(self, field: Field, needle: str) -> int:
        part = self._automata[field].get(needle, None)
        if part is None:
            part = self._parts
            self._automata[field].add_word(needle, part)
            self._parts += 1
        return part

    def _pair(self, one: int, other: int) -> array:
        # Kept under the one that is in a pair already, so that there are few tables.
        if one not in self._paired and other in self._paired:
            one, other = other, one
        return self._paired.setdefault(one, {}).setdefault(other, Numbers())
