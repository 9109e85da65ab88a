import datetime as dt

import time_machine

from portal_app.domain.messages import Letter, Notice
from portal_app.services import news
from portal_app.state.home import DAYS_KNOWN, HomeState
from tests.conftest import NOW, TODAY


async def test_g03_the_first_page_tells_everybody_the_news_and_the_hours(library, tab):
    notice = Notice(
        letter=Letter(subject="蔵書点検", body="休みます。"),
        is_important=True,
        shown_from=TODAY,
        shown_until=None,
    )
    news.publish(notice=notice, now=NOW)
    home = await tab.get_state(HomeState)

    await home.open()

    assert [one.subject for one in home.news] == ["蔵書点検"]
    [today, *later] = home.days
    assert today.day == TODAY.isoformat()
    assert len(later) == DAYS_KNOWN - 1
    main = today.branches[0]  # a Sunday
    assert (main.branch_code, main.opens, main.closes, main.closed) == (
        *("honkan", "09:00", "17:00"),
        "",
    )
    monday = later[0].branches[0]
    assert (monday.opens, monday.closed) == ("", "regular")


async def test_g03_the_day_is_the_librarys_wherever_the_server_stands(library, tab):
    home = await tab.get_state(HomeState)
    just_past_midnight = dt.datetime(2026, 11, 22, 15, 1, tzinfo=dt.UTC)

    with time_machine.travel(just_past_midnight):
        await home.open()

    assert home.days[0].day == "2026-11-23"
