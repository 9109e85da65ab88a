import datetime as dt

import pytest

from portal_app.domain.messages import Letter, Notice, Problem
from portal_app.services import news
from tests.conftest import NOW, TODAY

DAY = dt.timedelta(days=1)


def publish(
    subject: str,
    *,
    is_important: bool = False,
    shown_from: dt.date = TODAY,
    shown_until: dt.date | None = None,
) -> Problem | None:
    notice = Notice(
        letter=Letter(subject=subject, body="本文"),
        is_important=is_important,
        shown_from=shown_from,
        shown_until=shown_until,
    )
    return news.publish(notice=notice, now=NOW)


def subjects(today: dt.date) -> list[str]:
    return [one.subject for one in news.look(today=today)]


def test_g03_what_is_important_stands_first_and_then_the_newest(library):
    publish("おはなし会", shown_from=TODAY - DAY)
    publish("臨時休館", is_important=True, shown_from=TODAY - 2 * DAY)
    publish("本の福袋")

    assert subjects(TODAY) == ["臨時休館", "本の福袋", "おはなし会"]


def test_g03_news_is_shown_from_its_first_day_to_its_last(library):
    publish("年末年始の休館", shown_from=TODAY + DAY, shown_until=TODAY + 2 * DAY)

    shown = [bool(subjects(TODAY + days * DAY)) for days in range(4)]

    assert shown == [False, True, True, False]


def test_news_without_a_last_day_stays(library):
    publish("開館時間")

    assert subjects(TODAY + 3650 * DAY) == ["開館時間"]


def test_a_desk_sees_what_is_still_to_come_and_can_withdraw_it(library):
    publish("過ぎた", shown_from=TODAY - 2 * DAY, shown_until=TODAY)
    publish("これから", shown_from=TODAY + DAY)
    assert [one.subject for one in news.written(today=TODAY + DAY)] == ["これから"]
    [coming, _past] = news.written(today=TODAY)

    assert news.withdraw(news_id=coming.news_id)

    assert not news.withdraw(news_id=coming.news_id)
    assert subjects(TODAY + DAY) == []


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"subject": ""}, Problem.NO_SUBJECT),
        ({"shown_until": TODAY - DAY}, Problem.DAYS_REVERSED),
        (
            {"shown_from": TODAY - 3 * DAY, "shown_until": TODAY - DAY},
            Problem.NOT_SHOWN_ANY_MORE,
        ),
        ({"shown_until": TODAY + 367 * DAY}, Problem.SHOWN_TOO_LONG),
    ],
)
def test_news_that_nobody_could_read_is_refused(library, given, problem):
    assert publish(**{"subject": "件名", **given}) is problem
    assert subjects(TODAY) == []


def test_what_was_shown_long_ago_is_forgotten(library):
    publish("過ぎた", shown_until=TODAY)
    publish("ずっと")

    news.forget_the_past(now=NOW + 367 * DAY)

    assert subjects(TODAY) == ["ずっと"]
