import datetime as dt

import pytest

from portal_app.domain.catalogue import MaterialClass
from portal_app.domain.new_arrivals import Asked, of_every_week, parse, to_params, weeks_until

WEEKS = weeks_until(dt.date(2026, 11, 22), weeks=3)  # a Sunday, the last day of its week


def test_a_week_begins_on_monday_and_this_one_stands_first():
    assert [week.isoformat() for week in WEEKS] == ["2026-11-16", "2026-11-09", "2026-11-02"]
    assert weeks_until(dt.date(2026, 11, 23), weeks=1) == (dt.date(2026, 11, 23),)


def test_what_an_address_asks_for_leads_back_to_it():
    asked = Asked(week=WEEKS[1], ndc="9", material=MaterialClass.DVD, branch="honkan", page=2)

    assert parse(to_params(asked), weeks=WEEKS) == asked
    assert to_params(Asked()) == {}


@pytest.mark.parametrize(
    "params",
    [
        {"week": "2026-11-17"},
        {"week": "2026-10-26"},
        {"ndc": "91"},
        {"ndc": "%"},
        {"class": "scroll"},
        {"branch": "../x"},
        {"page": "0"},
        {"page": "-1"},
        {"page": "x"},
        {"q": "x"},
    ],
)
def test_what_cannot_be_is_not_asked_for(params):
    assert parse(params, weeks=WEEKS) == Asked()


def test_nobody_turns_pages_for_ever():
    assert parse({"page": "999999"}, weeks=WEEKS).page == 50


def test_a_week_ends_on_sunday_and_without_one_all_weeks_are_meant():
    assert Asked(week=WEEKS[0]).days(WEEKS) == (dt.date(2026, 11, 16), dt.date(2026, 11, 22))
    assert Asked().days(WEEKS) == (dt.date(2026, 11, 2), dt.date(2026, 11, 22))


def test_a_feed_is_about_every_week():
    assert of_every_week(Asked(week=WEEKS[0], ndc="9", page=3)) == Asked(ndc="9")
