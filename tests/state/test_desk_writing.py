import datetime as dt

import pytest
import reflex as rx
import time_machine

from portal_app import clock
from portal_app.services import group_messages, messages, news
from portal_app.state.desk_session import DeskSessionState, NotAtDesk
from portal_app.state.desk_writing import (
    DeskMessagesState,
    DeskNewsState,
    WrittenNews,
    WrittenToMany,
)
from portal_app.state.recency import LASTING
from tests.conftest import TODAY

LAST_DAY = "2026-11-30"


def to_many(**written: str) -> WrittenToMany:
    form = WrittenToMany(
        subject="休館のお知らせ",
        body="月曜は休みます。",
        branch_code="",
        age_from="",
        age_to="",
        shown_until=LAST_DAY,
    )
    return WrittenToMany(**{**form, **written})


def for_everybody(**written: str) -> WrittenNews:
    form = WrittenNews(
        subject="休館のお知らせ",
        body="月曜は休みます。",
        weight="plain",
        shown_from=TODAY.isoformat(),
        shown_until="",
    )
    return WrittenNews(**{**form, **written})


@pytest.fixture
async def writing(desk: rx.State, hanako: int, ken: int) -> DeskMessagesState:
    """The page on which Midori writes to Hanako and Ken, who were born on the same day."""
    page = await desk.get_state(DeskMessagesState)
    await page.open()
    return page


@pytest.fixture
async def publishing(desk: rx.State) -> DeskNewsState:
    """The page on which Midori writes news."""
    page = await desk.get_state(DeskNewsState)
    await page.open()
    return page


async def test_k13_nothing_is_sent_before_it_was_looked_at(writing, hanako):
    await writing.send()
    assert group_messages.written(today=TODAY) == ()

    await writing.check(to_many(subject=" 休館のお知らせ "))

    assert (writing.is_checked, writing.patrons, writing.problem) == (True, 2, "")
    assert group_messages.written(today=TODAY) == ()
    await writing.send()
    assert [one.subject for one in writing.written] == ["休館のお知らせ"]
    assert messages.look(patron_id=hanako, today=TODAY)[0].body == "月曜は休みます。"


async def test_a_second_press_sends_nothing(writing):
    await writing.check(to_many())

    for _ in range(2):
        await writing.send()

    assert len(writing.written) == 1
    assert writing.done == "sent"
    assert writing.draft.subject == ""


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ({"subject": " "}, "no_subject"),
        ({"age_from": "x"}, "no_such_age"),
        ({"age_from": "１２", "age_to": "6"}, "ages_reversed"),
        ({"branch_code": "moon"}, "unknown_branch"),
        ({"shown_until": ""}, "days_reversed"),
        ({"shown_until": "tomorrow"}, "days_reversed"),
        ({"shown_until": "2026-11-21"}, "days_reversed"),
    ],
)
async def test_what_cannot_be_sent_says_why_and_stays_in_the_form(writing, written, problem):
    forms = writing.forms

    await writing.check(to_many(**written))
    await writing.send()

    assert (writing.is_checked, writing.problem, writing.forms) == (False, problem, forms)
    assert writing.written == []


async def test_what_is_not_meant_so_is_written_again(writing):
    await writing.check(to_many(age_to="12"))
    forms = writing.forms

    await writing.write_again()

    assert not writing.is_checked
    assert (writing.draft.age_to, writing.forms) == ("12", forms + 1)


async def test_a_line_that_breaks_and_comes_back_takes_nothing_that_is_being_written(
    writing, publishing
):
    await writing.check(to_many(age_to="12"))
    await publishing.check(for_everybody(weight="important"))
    forms = (writing.forms, publishing.forms)

    await writing.open()
    await publishing.open()

    assert (writing.is_checked, publishing.is_checked) == (True, True)
    assert (writing.draft.age_to, publishing.draft.weight) == ("12", "important")
    assert (writing.forms, publishing.forms) == forms


async def test_a_form_in_which_somebody_types_is_not_drawn_anew(writing):
    await writing.check(to_many())
    await writing.send()
    forms = writing.forms

    await writing.open()

    assert writing.forms == forms


async def test_what_was_done_is_said_for_a_while_and_what_was_sent_is_begun_anew(writing):
    await writing.check(to_many())
    await writing.send()

    await writing.open()
    said_at_once = writing.done
    with time_machine.travel(clock.now() + LASTING, tick=False):
        await writing.open()

    assert (said_at_once, writing.done) == ("sent", "")
    assert (writing.is_checked, writing.draft.subject) == (False, "")


async def test_a_desk_takes_a_message_back(writing, hanako):
    await writing.check(to_many())
    await writing.send()

    for _ in range(2):
        await writing.withdraw(writing.written[0].message_id if writing.written else 1)

    assert writing.written == []
    assert messages.look(patron_id=hanako, today=TODAY) == ()


async def test_g03_news_is_published_once_after_it_was_looked_at(publishing):
    await publishing.publish()
    await publishing.check(for_everybody(weight="important", shown_until=LAST_DAY))
    assert publishing.is_checked
    assert news.look(today=TODAY) == ()

    for _ in range(2):
        await publishing.publish()

    [one] = news.look(today=TODAY)
    assert (one.is_important, one.shown_until) == (True, dt.date.fromisoformat(LAST_DAY))
    assert publishing.done == "sent"


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ({"body": ""}, "no_body"),
        ({"shown_from": ""}, "days_reversed"),
        ({"shown_until": "x"}, "days_reversed"),
        ({"shown_until": "2026-11-01"}, "days_reversed"),
    ],
)
async def test_news_that_cannot_be_published_says_why(publishing, written, problem):
    await publishing.check(for_everybody(**written))

    assert (publishing.is_checked, publishing.problem) == (False, problem)


async def test_news_is_withdrawn(publishing):
    await publishing.check(for_everybody())
    await publishing.publish()

    await publishing.withdraw(publishing.written[0].news_id)

    assert (publishing.written, publishing.done) == ([], "withdrawn")
    assert news.look(today=TODAY) == ()


@pytest.mark.parametrize("kind", [DeskMessagesState, DeskNewsState])
async def test_nobody_writes_who_is_not_at_a_desk(library, kind):
    root = rx.State()
    assert not (await root.get_state(DeskSessionState)).is_signed_in
    page = await root.get_state(kind)

    for act in (page.open, page.write_again):
        with pytest.raises(NotAtDesk):
            await act()
