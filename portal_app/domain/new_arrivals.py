"""What is new in the catalogue: by the week it came in, its class and where it stands."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from portal_app.domain.catalogue import MaterialClass
from portal_app.domain.search import MOST_RESULTS

PAGE_SIZE = 20
# Whoever loads a whole catalogue in one day has not so many new books.
MOST_LOOKED_THROUGH = 20_000
NDC_CLASSES = tuple("0123456789E")  # E stands on picture books

_BRANCH = re.compile(r"[a-z][a-z0-9_-]{0,15}")
_WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which new records are asked for. Without a week, those of every week that is new."""

    week: dt.date | None = None
    ndc: str = ""
    material: MaterialClass | None = None
    branch: str = ""
    page: int = 1

    def days(self, weeks: tuple[dt.date, ...]) -> tuple[dt.date, dt.date]:
        """Return the first and the last day on which they came in."""
        if self.week is not None:
            return self.week, self.week + _WEEK - dt.timedelta(days=1)
        return weeks[-1], weeks[0] + _WEEK - dt.timedelta(days=1)


def weeks_until(today: dt.date, *, weeks: int) -> tuple[dt.date, ...]:
    """Return the Mondays with which the latest weeks begin, this week first."""
    monday = today - dt.timedelta(days=today.weekday())
    return tuple(monday - number * _WEEK for number in range(weeks))


def parse(params: Mapping[str, str], *, weeks: tuple[dt.date, ...]) -> Asked:
    """Return what an address asks for. What cannot be is not asked for."""
    given = {name: text.strip() for name, text in params.items()}
    by_name = {week.isoformat(): week for week in weeks}
    branch = given.get("branch", "")
    ndc = given.get("ndc", "")
    return Asked(
        week=by_name.get(given.get("week", "")),
        ndc=ndc if ndc in NDC_CLASSES else "",
        material=next((one for one in MaterialClass if one == given.get("class")), None),
        branch=branch if _BRANCH.fullmatch(branch) else "",
        page=_page(given.get("page", "")),
    )


def to_params(asked: Asked) -> dict[str, str]:
    """Return the address of what is asked for: no more than says something."""
    params = {
        "week": asked.week.isoformat() if asked.week else "",
        "ndc": asked.ndc,
        "class": asked.material or "",
        "branch": asked.branch,
        "page": str(asked.page) if asked.page > 1 else "",
    }
    return {name: value for name, value in params.items() if value}


def of_every_week(asked: Asked) -> Asked:
    """Return the same from the first page, whenever it came in: what a feed goes on telling."""
    return replace(asked, week=None, page=1)


def _page(text: str) -> int:
    last = MOST_RESULTS // PAGE_SIZE
    return min(max(int(text), 1), last) if re.fullmatch(r"[0-9]{1,6}", text) else 1
