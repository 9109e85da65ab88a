"""Notices to devices: for whom they are written, and that each is taken out once."""

import datetime as dt

import pytest
from sqlmodel import Session

from portal_app.data.database import current_engine
from portal_app.data.tables import Hold, Loan, Patron
from portal_app.domain.mail import NoticeKind
from portal_app.domain.messages import Group, Letter
from portal_app.domain.policies import Push
from portal_app.domain.push import KEPT_FOR, MOST_DEVICES, Switched
from portal_app.jobs.alerts import tell
from portal_app.jobs.reminding import remind
from portal_app.services import group_messages, messages, push, sessions
from portal_app.services.push import Taken
from tests.conftest import NOW, TODAY
from tests.conftest import lend as lend_to
from tests.services.alerting import bring_in, make_alert, title
from tests.services.desks import LIBRARY as AT_DESK
from tests.services.desks import check_in, hold, lend
from tests.services.devices import LIBRARY, POLICY, devices, phone, switch_on, waiting
from tests.services.mailboxes import choose
from tests.services.queues import at_once

LETTER = Letter(subject="お忘れ物", body="傘をお預かりしています。")
MINUTE = dt.timedelta(minutes=1)


def tell_by_message(patron_id: int, *, now: dt.datetime = NOW) -> None:
    assert messages.send(patron_id=patron_id, letter=LETTER, now=now) is None


def take(now: dt.datetime = NOW, **how: int) -> list[Taken]:
    return list(push.take(now=now, **how))


# ------------------------------------------------------------ devices


def test_a_device_is_on_for_its_patron_alone_until_it_is_switched_off(hanako, ken):
    assert switch_on(hanako) is Switched.ON
    endpoint = phone().endpoint
    assert push.is_on(patron_id=hanako, endpoint=endpoint)
    assert not push.is_on(patron_id=ken, endpoint=endpoint)

    push.switch_off(patron_id=ken, endpoint=endpoint)
    assert push.is_on(patron_id=hanako, endpoint=endpoint)
    assert push.switch_off(patron_id=hanako, endpoint=endpoint) is Switched.OFF
    assert not push.is_on(patron_id=hanako, endpoint=endpoint)


def test_a_device_that_another_patron_takes_gets_their_notices_and_no_others(hanako, ken):
    switch_on(hanako)
    tell_by_message(hanako)

    switch_on(ken)
    tell_by_message(hanako)
    tell_by_message(ken)

    assert waiting() == [(ken, "messages")]
    assert devices(hanako) == []


def test_a_patron_has_a_few_devices_and_the_latest_of_them(hanako, ken):
    switch_on(ken, phone("his"))
    for number in range(MOST_DEVICES + 2):
        switch_on(hanako, phone(str(number)), now=NOW + number * MINUTE)

    assert devices(hanako) == [str(number) for number in range(2, MOST_DEVICES + 2)]
    assert devices(ken) == ["his"]


def test_two_tabs_at_once_do_not_have_more(hanako):
    at_once(
        *(
            lambda name=name: [switch_on(hanako, phone(f"{name}{one}")) for one in range(7)]
            for name in "ab"
        )
    )

    assert len(devices(hanako)) == MOST_DEVICES


@pytest.mark.parametrize(
    "policy", [Push(is_offered=False, services=POLICY.services), Push(is_offered=True)]
)
def test_where_it_is_not_offered_or_the_service_is_unknown_no_device_is_on(hanako, policy):
    assert switch_on(hanako, policy=policy) is Switched.UNKNOWN_SERVICE
    assert devices(hanako) == []


def test_who_signs_out_on_a_device_gets_nothing_on_it_any_more(hanako):
    switch_on(hanako, phone("lost"))
    switch_on(hanako, phone("kept"))
    tell_by_message(hanako)

    push.forget_device(endpoint=phone("lost").endpoint)

    assert devices(hanako) == ["kept"]
    assert [one.device.endpoint for one in take()] == [phone("kept").endpoint]


def test_a_new_password_ends_the_notices_to_every_device(hanako, ken):
    switch_on(hanako, phone("lost"))
    switch_on(ken, phone("his"))
    tell_by_message(hanako)

    sessions.issue_password(patron_id=hanako, password="0123456789", library=LIBRARY, now=NOW)

    assert (devices(hanako), devices(ken)) == ([], ["his"])
    assert waiting() == []


# ------------------------------------------------------------ what is told


def test_a_message_is_told_with_how_many_are_unread(hanako, ken):
    switch_on(hanako)
    tell_by_message(hanako)
    tell_by_message(hanako)

    [notice] = take()

    assert (notice.kind, notice.unread) == ("messages", 2)
    assert waiting() == []


def test_a_message_to_many_is_told_to_those_who_are_among_them(library, hanako, ken):
    switch_on(hanako, phone("hers"))
    switch_on(ken, phone("his"))
    with Session(library) as tx, tx.begin():
        tx.get_one(Patron, ken).pickup_branch = "west"

    group_messages.send(letter=LETTER, group=Group(branch_code="west"), shown_until=TODAY, now=NOW)

    assert waiting() == [(ken, "messages")]


@pytest.mark.parametrize(
    ("contact", "told"), [("mail", True), ("telephone", True), ("none", False)]
)
def test_a_hold_that_is_ready_is_told_unless_its_patron_wants_to_hear_nothing(
    hanako, ken, kokoro, contact, told
):
    lend(ken, "B21")
    switch_on(hanako)
    hold_id = hold(hanako, kokoro, pickup_branch="main")
    with Session(current_engine()) as tx, tx.begin():
        tx.get_one(Hold, hold_id).contact_method = contact

    check_in("B21", library=AT_DESK)

    assert waiting() == ([(hanako, "holds")] if told else [])


@pytest.fixture
def due(hanako, kokoro) -> int:
    """Hanako has こころ at home until tomorrow, and no address."""
    with Session(current_engine()) as tx, tx.begin():
        return lend_to(tx, item_id=21, patron_id=hanako, due_on=TODAY + dt.timedelta(days=1))


def test_what_is_due_soon_is_told_once_also_to_somebody_without_an_address(hanako, due):
    switch_on(hanako)

    remind(LIBRARY, NOW)
    told = [one.kind for one in take()]
    remind(LIBRARY, NOW + MINUTE)

    assert told == ["loans"]
    assert waiting() == []


def test_who_has_stopped_reminders_gets_none_on_a_device_either(hanako, due):
    switch_on(hanako)
    choose(hanako, NoticeKind.DUE_DATE, is_sent=False)

    remind(LIBRARY, NOW)

    assert waiting() == []


def test_where_notices_are_no_longer_offered_nothing_counts_as_told(hanako, due):
    switch_on(hanako)

    remind(LIBRARY.model_copy(update={"push": Push()}), NOW)

    with Session(current_engine()) as tx:
        assert tx.get_one(Loan, due).reminded_of is None


def test_what_an_alert_has_found_is_told(hanako, ken):
    switch_on(hanako, phone("hers"))
    switch_on(ken, phone("his"))
    make_alert(hanako, title("猫"))
    bring_in("吾輩は猫である")

    tell(LIBRARY, NOW)

    assert waiting() == [(hanako, "alerts")]


# ------------------------------------------------------------ taken out


def test_what_already_waits_is_not_written_again_and_something_else_is(hanako):
    switch_on(hanako, phone("first"))
    tell_by_message(hanako)
    switch_on(hanako, phone("second"))
    tell_by_message(hanako)

    assert waiting() == [(hanako, "messages")] * 2


def test_two_workers_take_each_notice_once(hanako):
    for number in range(MOST_DEVICES):
        switch_on(hanako, phone(str(number)))
    tell_by_message(hanako)

    def work() -> list[int]:
        taken = []
        while push.is_waiting(now=NOW):
            taken += [one.subscription_id for one in take(limit=3)]
        return taken

    taken = [one for portion in at_once(work, work, work) for one in portion]

    assert len(taken) == len(set(taken)) == MOST_DEVICES


def test_what_was_not_taken_waits_for_longer_and_longer_and_ends_after_a_day(hanako):
    switch_on(hanako)
    tell_by_message(hanako)
    now, pauses = NOW, []

    for _ in range(4):
        [notice] = take(now)
        push.put_back(notice=notice, now=now)
        assert not push.is_waiting(now=now)
        pause = next(one for one in range(1, 100) if push.is_waiting(now=now + one * MINUTE))
        pauses.append(pause)
        now += pause * MINUTE
    [notice] = take(now)
    push.put_back(notice=notice, now=NOW + KEPT_FOR)

    assert pauses == [1, 5, 15, 60]
    assert waiting() == []


def test_nothing_is_put_back_for_a_device_that_was_switched_off_meanwhile(hanako):
    switch_on(hanako)
    tell_by_message(hanako)
    [notice] = take()

    push.switch_off(patron_id=hanako, endpoint=phone().endpoint)
    push.put_back(notice=notice, now=NOW)

    assert waiting() == []


def test_what_has_waited_for_a_day_is_never_sent(hanako):
    switch_on(hanako)
    tell_by_message(hanako)
    late = NOW + KEPT_FOR + MINUTE

    assert take(late) == []
    tell_by_message(hanako)
    push.forget_the_past(now=late)
    assert waiting() == []


def test_nothing_written_about_a_device_names_its_address(hanako):
    switch_on(hanako)
    tell_by_message(hanako)

    [notice] = take()

    assert phone().endpoint not in repr(notice)
