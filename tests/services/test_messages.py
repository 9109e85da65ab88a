import datetime as dt
import uuid

import pytest
from sqlmodel import Session, func, select

from portal_app import libraries
from portal_app.data.received import MOST_SHOWN, count_unread
from portal_app.data.tables import Message, Patron
from portal_app.domain.messages import LONGEST_BODY, LONGEST_SUBJECT, Group, Letter, Problem
from portal_app.domain.outbox import Answer, Operation
from portal_app.services import group_messages, messages, outbox
from tests.conftest import NOW, TODAY

HOUR = dt.timedelta(hours=1)
LETTER = Letter(subject="休館のお知らせ", body="月曜は休みます。")


def send(patron_id: int, subject: str, *, now=NOW) -> None:
    assert (
        messages.send(patron_id=patron_id, letter=Letter(subject=subject, body="本文"), now=now)
        is None
    )


def send_to(group: Group, subject: str, *, now=NOW) -> None:
    letter = Letter(subject=subject, body="本文")
    until = TODAY + dt.timedelta(days=7)
    assert group_messages.send(letter=letter, group=group, shown_until=until, now=now) is None


def test_k13_messages_are_shown_newest_first_and_unread(library, hanako):
    send(hanako, "古い", now=NOW - HOUR)
    send(hanako, "新しい")

    found = messages.look(patron_id=hanako, today=TODAY)

    assert [(one.subject, one.is_read) for one in found] == [("新しい", False), ("古い", False)]
    assert found[0].sent_at == NOW


def test_k13_a_message_is_for_its_patron_alone(library, hanako, ken):
    send(hanako, "花子さんへ")

    assert messages.look(patron_id=ken, today=TODAY) == ()


def test_k13_what_was_read_stays_read_since_the_first_time(library, hanako):
    send(hanako, "お知らせ")
    [message] = messages.look(patron_id=hanako, today=TODAY)

    for later in (NOW, NOW + HOUR):
        messages.mark_read(patron_id=hanako, message_id=message.message_id, now=later)

    [message] = messages.look(patron_id=hanako, today=TODAY)
    assert message.is_read
    with Session(library) as tx:
        assert tx.exec(select(Message.read_at)).one() == NOW


def test_k13_nobody_reads_another_patrons_messages_for_them(library, hanako, ken):
    send(hanako, "花子さんへ")
    [message] = messages.look(patron_id=hanako, today=TODAY)

    messages.mark_read(patron_id=ken, message_id=message.message_id, now=NOW)

    [message] = messages.look(patron_id=hanako, today=TODAY)
    assert not message.is_read


def test_k13_reading_goes_through_the_outbox(library, hanako):
    send(hanako, "お知らせ")
    [message] = messages.look(patron_id=hanako, today=TODAY)
    payload = {"message_id": message.message_id}
    operation = Operation(id=str(uuid.uuid4()), kind="messages.read", payload=payload)

    answer = outbox.deliver(
        patron_id=hanako, operation=operation, library=libraries.load("kagoshima"), now=NOW
    )

    assert answer.is_done
    assert messages.look(patron_id=hanako, today=TODAY)[0].is_read


@pytest.mark.parametrize(
    ("subject", "body", "problem"),
    [
        ("", "本文", Problem.NO_SUBJECT),
        ("あ" * (LONGEST_SUBJECT + 1), "本文", Problem.SUBJECT_TOO_LONG),
        ("件名", "", Problem.NO_BODY),
        ("件名", "あ" * (LONGEST_BODY + 1), Problem.BODY_TOO_LONG),
    ],
)
def test_a_message_has_a_subject_and_a_text_of_modest_length(
    library, hanako, subject, body, problem
):
    refused = messages.send(patron_id=hanako, letter=Letter(subject=subject, body=body), now=NOW)

    assert refused is problem
    with Session(library) as tx:
        assert tx.exec(select(func.count()).select_from(Message)).one() == 0


def test_the_longest_message_is_sent(library, hanako):
    letter = Letter(subject="あ" * LONGEST_SUBJECT, body="い" * LONGEST_BODY)

    assert messages.send(patron_id=hanako, letter=letter, now=NOW) is None
    assert messages.look(patron_id=hanako, today=TODAY)[0].body == letter.body


def read_to_many(patron_id: int, message_id: int) -> Answer:
    payload = {"message_id": message_id, "is_to_many": True}
    operation = Operation(id=str(uuid.uuid4()), kind="messages.read", payload=payload)
    return outbox.deliver(
        patron_id=patron_id, operation=operation, library=libraries.load("kagoshima"), now=NOW
    )


def test_k13_messages_to_many_stand_among_a_patrons_own_newest_first(library, hanako):
    send(hanako, "古い", now=NOW - HOUR)
    send_to(Group(), "みなさんへ", now=NOW - HOUR / 2)
    send(hanako, "新しい")

    found = messages.look(patron_id=hanako, today=TODAY)

    assert [(one.subject, one.is_to_many) for one in found] == [
        ("新しい", False),
        ("みなさんへ", True),
        ("古い", False),
    ]


def test_k13_reading_a_message_to_many_is_each_patrons_own(library, hanako, ken):
    send_to(Group(), "みなさんへ")
    send(hanako, "花子さんへ")
    [own, to_many] = sorted(
        messages.look(patron_id=hanako, today=TODAY), key=lambda one: one.is_to_many
    )
    assert own.message_id == to_many.message_id  # so only what it is tells them apart

    for _ in range(2):
        assert read_to_many(hanako, to_many.message_id).is_done

    assert {
        one.is_to_many: one.is_read for one in messages.look(patron_id=hanako, today=TODAY)
    } == {False: False, True: True}
    assert not messages.look(patron_id=ken, today=TODAY)[0].is_read


def test_nobody_reads_a_message_that_is_not_to_them(library, hanako):
    send_to(Group(branch_code="west"), "西分館のみなさんへ")

    assert read_to_many(hanako, 1).is_done

    assert messages.look(patron_id=hanako, today=TODAY) == ()
    assert group_messages.written(today=TODAY)[0].readers == 0


def test_k13_what_is_unread_is_counted(library, hanako, ken):
    send(hanako, "花子さんへ")
    send(ken, "健さんへ")
    send_to(Group(), "みなさんへ")
    send_to(Group(branch_code="west"), "西分館のみなさんへ")
    send_to(Group(), "もう読んだ")
    read_to_many(hanako, 3)

    with Session(library) as tx:
        patron = tx.get_one(Patron, hanako)

        assert count_unread(tx, patron, today=TODAY) == 2
        assert count_unread(tx, patron, today=TODAY + dt.timedelta(days=30)) == 1


def test_no_more_is_counted_than_is_shown(library, hanako):
    with Session(library) as tx, tx.begin():
        tx.add_all(
            Message(patron_id=hanako, subject="件名", body="本文", sent_at=NOW)
            for _ in range(MOST_SHOWN + 1)
        )

    with Session(library) as tx:
        assert count_unread(tx, tx.get_one(Patron, hanako), today=TODAY) == MOST_SHOWN
    assert len(messages.look(patron_id=hanako, today=TODAY)) == MOST_SHOWN
