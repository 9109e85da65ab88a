"""How a day is written in each language: 2026年12月5日 or 令和8年12月5日, Sat 5 Dec 2026."""

import datetime as dt
from enum import StrEnum

from portal_app.text.languages import Lang

WEEKDAYS = {
    Lang.JA: ("月", "火", "水", "木", "金", "土", "日"),
    Lang.EN: ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    Lang.EASY: ("月曜日", "火曜日", "水曜日", "木曜日", "金曜日", "土曜日", "日曜日"),
}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


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
    weekday = WEEKDAYS[lang][day.weekday()]
    if lang is Lang.EN:
        return f"{weekday} {day.day} {MONTHS[day.month - 1]} {day.year}"
    year = japanese_year(day) if years is Years.JAPANESE else str(day.year)
    if lang is Lang.EASY:
        return f"{year}年 {day.month}月 {day.day}日（{weekday}）"
    return f"{year}年{day.month}月{day.day}日（{weekday}）"


def japanese_year(day: dt.date) -> str:
    """Return the year of a day by its era: 令和8, and 令和元 for the first."""
    for begins_on, era, first_year in reversed(ERAS):
        if day >= begins_on:
            number = day.year - first_year + 1
            return f"{era}{'元' if number == 1 else number}"
    return str(day.year)
