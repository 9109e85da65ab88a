"""How a day is written in each language: 2026年12月5日 or 令和8年12月5日, Sat 5 Dec 2026."""

import datetime as dt
from enum import StrEnum

from portal_app.text.languages import Lang

# The era of a day is the last that had begun by then. Before the first there are western years:
# Japan has counted by the Gregorian calendar since 1873 (明治6年) only, and the days of a library
# are later.
ERAS = (
    (dt.date(1873, 1, 1), "明治", 1868),
    (dt.date(1912, 7, 30), "大正", 1912),
    (dt.date(1926, 12, 25), "昭和", 1926),
    (dt.date(1989, 1, 8), "平成", 1989),
    (dt.date(2019, 5, 1), "令和", 2019),
)


class Years(StrEnum):
    """By which years days are written in Japanese."""

    WESTERN = "western"
    JAPANESE = "japanese"


def written_day(day: dt.date, lang: Lang, years: Years = Years.WESTERN) -> str:
    """Return a day as a patron reads it."""
    how = lang.described.days
    return how.written.format(
        year=japanese_year(day) if how.has_eras and years is Years.JAPANESE else day.year,
        month=how.months[day.month - 1] if how.months else day.month,
        day=day.day,
        weekday=how.weekdays[day.weekday()],
    )


def japanese_year(day: dt.date) -> str:
    """Return the year of a day by its era: 令和8, and 令和元 for the first."""
    for begins_on, era, first_year in reversed(ERAS):
        if day >= begins_on:
            number = day.year - first_year + 1
            return f"{era}{'元' if number == 1 else number}"
    return str(day.year)
