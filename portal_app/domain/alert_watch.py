"""All alerts at once, waiting for new records: one pass over a text finds whose anchors it has."""

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import ahocorasick

from portal_app.domain.alert_matching import DECIDES, Clause, Texts
from portal_app.domain.alerts import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """The alerts whose anchors a record has, by their places in the watch.

    The ``sure`` ones have found it, of the ``unsure`` the rest is still to be looked at.
    """

    sure: frozenset[int]
    unsure: frozenset[int]


class Watch:
    """The anchors of many alerts, in one automaton for each field (docs/alerts.md).

    What is kept at an anchor are numbers: an object for each alert would take ten times the
    memory.
    """

    def __init__(self, alerts: Iterable[tuple[int, int, str]]) -> None:
        """Take alerts one after the other: the number of each, whose it is, and its anchors."""
        self._alert_ids, self._patron_ids = array("q"), array("q")
        self._automata = {field.value: ahocorasick.Automaton() for field in Field}
        for place, (alert_id, patron_id, lines) in enumerate(alerts):
            self._alert_ids.append(alert_id)
            self._patron_ids.append(patron_id)
            for line in filter(None, lines.split("\n")):
                self._add(line, place)
        for automaton in self._automata.values():
            automaton.make_automaton()

    def __len__(self) -> int:
        """Return how many alerts wait."""
        return len(self._alert_ids)

    def sight(self, texts: Texts) -> Sighting:
        """Return the alerts that have an anchor in the texts of a record."""
        found: set[int] = set()
        for field, text in texts.items():
            automaton = self._automata[field]
            if automaton:  # an empty one cannot be asked
                for _, places in automaton.iter(text):
                    found.update(places)
        sure = frozenset(place for place in found if place >= 0)
        return Sighting(sure=sure, unsure=frozenset(~place for place in found if place < 0) - sure)

    def alert_id(self, place: int) -> int:
        """Return the number of the alert at a place."""
        return self._alert_ids[place]

    def found_by(
        self, sighting: Sighting, texts: Texts, clauses: Mapping[int, Iterable[Clause]]
    ) -> Mapping[int, int]:
        """Return which patrons hear of a record, each with the first of their alerts to find it.

        ``clauses`` are those of the unsure alerts, by their numbers.
        """
        found: dict[int, int] = {}
        for place in sighting.sure:
            self._put(found, place)
        for place in sighting.unsure:
            if any(clause.holds(texts) for clause in clauses.get(self._alert_ids[place], ())):
                self._put(found, place)
        return found

    def _put(self, found: dict[int, int], place: int) -> None:
        alert_id, patron_id = self._alert_ids[place], self._patron_ids[place]
        found[patron_id] = min(alert_id, found.get(patron_id, alert_id))

    def _add(self, line: str, place: int) -> None:
        field, mark, needle = line.split(" ", 2)
        automaton = self._automata[field]
        places = automaton.get(needle, None)
        if places is None:
            automaton.add_word(needle, places := array("i"))
        places.append(place if mark == DECIDES else ~place)
