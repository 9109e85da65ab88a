import datetime as dt

import pytest
from sqlmodel import Session, func, select

from portal_app.data.tables import GroupMessage, GroupMessageReading, Patron
from portal_app.domain.messages import Group, Letter, Problem
from portal_app.services import group_messages, messages
from tests.conftest import NOW, TODAY

LETTER = Letter(subject="休館のお知らせ", body="月曜は休みます。")
NEXT_WEEK = TODAY + dt.timedelta(days=7)
DAY = dt.timedelta(days=1)


@pytest.fixture
def family(library, hanako, ken) -> tuple[int, int]:
    """Hanako, 36, who picks up at the main library, and Ken, who is twelve, at the west branch."""
    with Session(library) as tx, tx.begin():
        tx.get_one(Patron, hanako).pickup_branch = "main"
        boy = tx.get_one(Patron, ken)
        boy.pickup_branch, boy.born_on = "west", dt.date(2013, 11, 23)
    return hanako, ken


def send(group: Group, *, until: dt.date = NEXT_WEEK) -> Problem | None:
    return group_messages.send(letter=LETTER, group=group, shown_until=until, now=NOW)


def get_it(patrons: tuple[int, ...], *, today: dt.date = TODAY) -> tuple[bool, ...]:
    return tuple(bool(messages.look(patron_id=one, today=today)) for one in patrons)


@pytest.mark.parametrize(
    ("group", "hanako_gets_it", "ken_gets_it"),
    [
        (Group(), True, True),
        (Group(branch_code="main"), True, False),
        (Group(branch_code="west"), False, True),
        (Group(age_to=12), False, True),
        (Group(age_to=11), False, False),
        (Group(age_from=12), True, True),
        (Group(age_from=13), True, False),
        (Group(age_from=12, age_to=12), False, True),
        (Group(branch_code="main", age_to=12), False, False),
    ],
)
def test_k13_a_message_goes_to_everybody_of_a_branch_and_an_age(
    family, group, hanako_gets_it, ken_gets_it
):
    addressed = group_messages.preview(
        letter=LETTER, group=group, shown_until=NEXT_WEEK, today=TODAY
    )
    assert send(group) is None

    assert get_it(family) == (hanako_gets_it, ken_gets_it)
    assert addressed.patrons == hanako_gets_it + ken_gets_it


def test_nobody_grows_into_a_group_or_out_of_it(family):
    send(Group(age_to=12))

    birthday = dt.date(2026, 11, 23)

    assert get_it(family, today=birthday) == (False, True)


def test_a_message_is_shown_until_its_last_day(family):
    send(Group(), until=NEXT_WEEK)

    assert get_it(family, today=NEXT_WEEK) == (True, True)
    assert get_it(family, today=NEXT_WEEK + DAY) == (False, False)
    assert group_messages.written(today=NEXT_WEEK + DAY) == ()


def test_a_message_that_is_withdrawn_is_gone_for_those_who_have_read_it_too(library, family):
    hanako, _ken = family
    send(Group())
    [message] = group_messages.written(today=TODAY)
    messages.mark_group_read(patron_id=hanako, message_id=message.message_id, now=NOW)
    assert group_messages.written(today=TODAY)[0].readers == 1

    assert group_messages.withdraw(message_id=message.message_id)

    assert not group_messages.withdraw(message_id=message.message_id)
    assert get_it(family) == (False, False)
    messages.mark_group_read(patron_id=hanako, message_id=message.message_id, now=NOW)
    with Session(library) as tx:
        assert tx.exec(select(func.count()).select_from(GroupMessageReading)).one() == 0


@pytest.mark.parametrize(
    ("group", "until", "problem"),
    [
        (Group(branch_code="moon"), NEXT_WEEK, Problem.UNKNOWN_BRANCH),
        (Group(age_from=-1), NEXT_WEEK, Problem.NO_SUCH_AGE),
        (Group(age_to=151), NEXT_WEEK, Problem.NO_SUCH_AGE),
        (Group(age_from=13, age_to=12), NEXT_WEEK, Problem.AGES_REVERSED),
        (Group(), TODAY - DAY, Problem.DAYS_REVERSED),
        (Group(), TODAY + 367 * DAY, Problem.SHOWN_TOO_LONG),
    ],
)
def test_what_cannot_be_sent_says_why_before_and_after_it_is_looked_at(
    library, family, group, until, problem
):
    addressed = group_messages.preview(letter=LETTER, group=group, shown_until=until, today=TODAY)

    assert addressed.problem is problem
    assert send(group, until=until) is problem
    with Session(library) as tx:
        assert tx.exec(select(func.count()).select_from(GroupMessage)).one() == 0


def test_what_was_shown_long_ago_is_forgotten(library, family):
    send(Group(), until=TODAY)

    group_messages.forget_the_past(now=NOW + 366 * DAY)
    with Session(library) as tx:
        assert tx.exec(select(func.count()).select_from(GroupMessage)).one() == 1
    group_messages.forget_the_past(now=NOW + 367 * DAY)

    with Session(library) as tx:
        assert tx.exec(select(func.count()).select_from(GroupMessage)).one() == 0
