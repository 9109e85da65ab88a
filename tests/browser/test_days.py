"""The library's day, as a browser knows it anywhere in the world."""

import datetime as dt
import json
import os
from zoneinfo import ZoneInfo

import pytest

from portal_app.clock import LIBRARY_TIME

MOMENTS = [
    dt.datetime(2026, 11, 22, 0, 40, tzinfo=dt.UTC),
    dt.datetime(2026, 11, 21, 14, 59, 59, 999_000, tzinfo=dt.UTC),
    dt.datetime(2026, 11, 21, 15, 0, tzinfo=dt.UTC),
    dt.datetime(2028, 2, 28, 23, 30, tzinfo=ZoneInfo("Pacific/Kiritimati")),
    dt.datetime(2026, 12, 31, 23, 59, tzinfo=ZoneInfo("America/New_York")),
]
DAYS = ["2026-11-21", "2026-11-22", "2026-11-23", "2027-01-01"]


@pytest.mark.parametrize("where", ["Asia/Tokyo", "America/Los_Angeles", "Pacific/Kiritimati"])
def test_a_browser_anywhere_writes_a_moment_as_the_library_does(in_browser, monkeypatch, where):
    monkeypatch.setitem(os.environ, "TZ", where)
    moments = [int(moment.timestamp() * 1000) for moment in MOMENTS]

    written = in_browser(
        f"""
        import {{ libraryTime }} from "./utils/days.js";
        answer({json.dumps(moments)}.map((moment) => libraryTime(moment)));
        """
    )

    assert written == [
        moment.astimezone(LIBRARY_TIME).isoformat(timespec="seconds") for moment in MOMENTS
    ]


@pytest.mark.parametrize(
    ("here", "as_of", "day"),
    [
        ("2026-11-23", "2026-11-22T23:59:00+09:00", "2026-11-23"),
        ("2026-11-21", "2026-11-22T00:00:00.123456+09:00", "2026-11-22"),
        ("2026-11-22", "2026-11-22T10:00:00+09:00", "2026-11-22"),
        ("2026-11-22", "", "2026-11-22"),
        ("2026-11-22", None, "2026-11-22"),
    ],
)
def test_a_device_whose_clock_is_slow_takes_the_librarys_day(in_browser, here, as_of, day):
    later = in_browser(
        f"""
        import {{ laterOf }} from "./utils/days.js";
        answer(laterOf({json.dumps(here)}, {json.dumps(as_of)}));
        """
    )

    assert later == day


@pytest.mark.parametrize("today", DAYS)
def test_a_day_is_over_when_the_next_has_begun(in_browser, today):
    count = in_browser(
        f"""
        import {{ countBefore }} from "./utils/days.js";
        answer(countBefore({json.dumps(DAYS)}, {json.dumps(today)}));
        """
    )

    now = dt.date.fromisoformat(today)
    assert count == sum(dt.date.fromisoformat(day) < now for day in DAYS)


def test_of_no_days_none_is_over(in_browser):
    script = 'import { countBefore } from "./utils/days.js"; answer(countBefore(null, "2026"));'

    assert in_browser(script) == 0


@pytest.mark.parametrize(("day", "found"), [("2026-11-23", [2]), ("2026-12-01", []), ("", [])])
def test_g03_a_page_that_stays_open_shows_the_hours_of_the_day_it_is(in_browser, day, found):
    days = [{"day": f"2026-11-{number}", "branches": [number - 21]} for number in (22, 23)]

    told = in_browser(
        f"""
        import {{ ofDay }} from "./utils/days.js";
        answer([ofDay({json.dumps(days)}, "{day}"), ofDay(null, "{day}")]);
        """
    )

    assert told == [{"day": day, "branches": found}, {"day": day, "branches": []}]
