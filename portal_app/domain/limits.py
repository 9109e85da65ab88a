"""How many of how many: what a patron has, beside what the library allows (G-21, G-30)."""

from collections.abc import Collection
from dataclasses import dataclass

from portal_app.domain.catalogue import MaterialClass
from portal_app.domain.policies import Limits

ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many a patron has of a class, or of ``all``. No limit is unlimited."""

    kind: str
    used: int
    limit: int | None


def tally(materials: Collection[MaterialClass], limits: Limits) -> tuple[Tally, ...]:
    """Return the count in all, then of each class that has a limit of its own."""
    of_classes = (
        Tally(kind=kind.value, used=sum(one is kind for one in materials), limit=limit)
        for kind, limit in limits.by_class.items()
    )
    return (Tally(kind=ALL, used=len(materials), limit=limits.total), *of_classes)


def reached(limit: int | None, count: int) -> bool:
    """Return whether a limit leaves no room. No limit always leaves room."""
    return limit is not None and count >= limit
