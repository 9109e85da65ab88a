"""Due dates and pickup dates as calendars read them."""

import datetime as dt

import icalendar
import pytest

from portal_app.exchange.calendar import Day, Manner, Occasion, as_calendar
from portal_app.text import Lang
from tests.conftest import NOW

DUE = Day(
    uid="a" * 32,
    occasion=Occasion.DUE,
    on=dt.date(2026, 12, 31),
    title="ノルウェイの森, 上; 下\\A",
    branch_code="honkan",
)
PICKUP = Day(
    uid="b" * 32,
    occasion=Occasion.PICKUP,
    on=dt.date(2026, 11, 28),
    title="こころ",
    branch_code="gone",
)


def written(*days: Day, lang: Lang = Lang.JA) -> bytes:
    manner = Manner(
        name="図書館の日にち",
        lang=lang,
        branches={"honkan": "本館, 2階"},
        address="https://portal.example/account",
        now=NOW,
    )
    return as_calendar(days, manner)


def read(*days: Day, lang: Lang = Lang.JA) -> icalendar.Calendar:
    return icalendar.Calendar.from_ical(written(*days, lang=lang))


def test_a_day_is_an_event_of_a_whole_day():
    (event,) = read(DUE).events

    assert dt.date(2026, 12, 31) == event.DTSTART
    assert dt.date(2027, 1, 1) == event.DTEND
    assert event["uid"] == "a" * 32
    assert event["transp"] == "TRANSPARENT"


def test_a_title_comes_back_whatever_signs_are_in_it():
    (event,) = read(DUE).events

    assert event["summary"] == "返却期限：ノルウェイの森, 上; 下\\A"
    assert event["location"] == "本館, 2階"


def test_a_branch_that_has_left_the_library_s_file_is_known_by_its_code():
    (event,) = read(PICKUP).events

    assert event["location"] == "gone"


@pytest.mark.parametrize(
    ("lang", "due", "pickup"),
    [
        (Lang.JA, "返却期限：", "取置期限："),
        (Lang.EN, "Due: ", "Pick up by today: "),
        (Lang.EASY, "返(かえ)す日(ひ)：", "とりに 行(い)く 日(ひ)："),
    ],
)
def test_what_is_to_be_done_is_said_in_the_patron_s_language(lang, due, pickup):
    said = [str(event["summary"]) for event in read(DUE, PICKUP, lang=lang).events]

    assert said == [f"{due}ノルウェイの森, 上; 下\\A", f"{pickup}こころ"]


def test_nine_in_the_morning_of_the_day_before_it_reminds():
    (event,) = read(DUE).events
    (alarm,) = event.walk("VALARM")

    assert alarm["trigger"].dt == dt.timedelta(hours=-15)
    assert alarm["action"] == "DISPLAY"
    assert alarm["description"] == event["summary"]


def test_a_calendar_has_what_the_standard_asks_for():
    calendar = read(DUE, PICKUP)

    assert calendar["version"] == "2.0"
    assert calendar["prodid"]
    assert all(event["dtstamp"].dt == NOW for event in calendar.events)
    assert all(not event.errors for event in calendar.walk())


def test_lines_are_short_and_end_as_the_standard_says():
    lines = written(DUE, PICKUP).split(b"\r\n")

    assert lines[-1] == b""
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)


def test_a_calendar_without_days_is_still_one():
    calendar = read()

    assert calendar.events == []
    assert calendar["x-wr-calname"] == "図書館の日にち"
