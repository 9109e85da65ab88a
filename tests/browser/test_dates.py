"""Days in western years and by eras (G-01)."""

import datetime as dt

import pytest

from portal_app.text import Lang, offered
from portal_app.text.dates import ERAS, Years, japanese_year, written_day

A_DAY = dt.timedelta(days=1)

AT_THE_BORDERS = [
    (dt.date(1872, 12, 31), "1872"),
    (dt.date(1873, 1, 1), "明治6"),
    (dt.date(1912, 7, 29), "明治45"),
    (dt.date(1912, 7, 30), "大正元"),
    (dt.date(1926, 12, 24), "大正15"),
    (dt.date(1926, 12, 25), "昭和元"),
    (dt.date(1927, 1, 1), "昭和2"),
    (dt.date(1989, 1, 7), "昭和64"),
    (dt.date(1989, 1, 8), "平成元"),
    (dt.date(2019, 4, 30), "平成31"),
    (dt.date(2019, 5, 1), "令和元"),
    (dt.date(2020, 1, 1), "令和2"),
    (dt.date(2026, 11, 29), "令和8"),
]


@pytest.mark.parametrize(("day", "year"), AT_THE_BORDERS, ids=str)
def test_a_year_is_counted_from_the_beginning_of_its_era(day, year):
    assert japanese_year(day) == year


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        (Lang.JA, "令和8年11月29日（日）"),
        (Lang.EASY, "令和8年 11月 29日（日曜日）"),
        (Lang.EN, "Sun 29 Nov 2026"),
    ],
)
def test_only_japanese_counts_by_eras(lang, written):
    assert written_day(dt.date(2026, 11, 29), lang, Years.JAPANESE) == written


@pytest.mark.parametrize("years", list(Years))
@pytest.mark.parametrize("lang", offered())
def test_a_browser_writes_days_as_letters_do(in_browser, lang, years):
    days = [begins + n * A_DAY for begins, _, _ in ERAS for n in (-1, 0, 1, 400)]
    iso = [day.isoformat() for day in days]

    said = in_browser(
        f"""
        import {{ dateOf }} from "./utils/speech.js";
        answer({iso!r}.map((day) => dateOf("{lang}", day, "{years}")));
        """
    )

    assert said == [written_day(day, lang, years) for day in days]


def test_the_eras_are_those_of_browsers(in_browser):
    days = [(day, year) for day, year in AT_THE_BORDERS if not year.isdecimal()]
    iso = [day.isoformat() for day, _ in days]

    said = in_browser(
        f"""
        const written = new Intl.DateTimeFormat("ja-JP-u-ca-japanese", {{
          era: "long", year: "numeric", timeZone: "UTC",
        }});
        answer({iso!r}.map((day) => written.format(new Date(day))));
        """
    )

    assert said == [f"{year}年" for _, year in days]
