"""What a bench has measured, for people and for programs."""

import json
import statistics
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measurement. With a reference the goal is a ratio to it, else a value; less is better."""

    name: str
    value: float
    unit: str
    reference: float | None = None
    goal: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the reference it is."""
        return self.value / self.reference if self.reference else None

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached, where there is one."""
        if self.goal is None:
            return None
        return (self.value if self.ratio is None else self.ratio) <= self.goal


def middle(values: Sequence[float]) -> float:
    """Return the median."""
    return statistics.median(values)


def slowest_of_twenty(values: Sequence[float]) -> float:
    """Return the 95th percentile: one in twenty takes longer."""
    return statistics.quantiles(values, n=20)[-1]


def report(bench: str, figures: Iterable[Figure]) -> int:
    """Print the figures, as one JSON object with --json, and return the exit status."""
    found = list(figures)
    if "--json" in sys.argv:
        sys.stdout.write(f"{json.dumps({'bench': bench, 'figures': [_plain(f) for f in found]})}\n")
    else:
        Console().print(_table(bench, found))
    return 0


def _plain(figure: Figure) -> dict[str, object]:
    return {
        "name": figure.name,
        "value": round(figure.value, 3),
        "unit": figure.unit,
        "reference": None if figure.reference is None else round(figure.reference, 3),
        "ratio": None if figure.ratio is None else round(figure.ratio, 2),
        "goal": figure.goal,
        "met": figure.met,
    }


def _table(bench: str, figures: Iterable[Figure]) -> Table:
    table = Table("Figure", "Value", "Beside", "Ratio", "Goal", "", title=f"bench {bench}")
    for figure in figures:
        table.add_row(
            figure.name,
            f"{figure.value:,.2f} {figure.unit}",
            "" if figure.reference is None else f"{figure.reference:,.2f}",
            "" if figure.ratio is None else f"{figure.ratio:.2f}",
            "" if figure.goal is None else f"{figure.goal:g}",
            {True: "met", False: "missed", None: ""}[figure.met],
        )
    return table
