import datetime as dt
import uuid

import pytest
from sqlmodel import Session, func, select

from portal_app import libraries
from portal_app.data.tables import Message
from portal_app.domain.messages import LONGEST_BODY, LONGEST_SUBJECT, Letter, Problem
from portal_app.domain.outbox import Operation
from portal_app.services import messages, outbox
from tests.conftest import NOW

HOUR = dt.timedelta(hours=1)
LETTER = Letter(subject="休館のお知らせ", body="月曜は休みます。")


def send(patron_id: int, subject: str, *, now=NOW) -> None:
    assert (
        messages.send(patron_id=patron_id, letter=Letter(subject=subject, body="本文"), now=now)
        is None
    )


def test_k13_messages_are_shown_newest_first_and_unread(library, hanako):
    send(hanako, "古い", now=NOW - HOUR)
    send(hanako, "新しい")

    found = messages.look(patron_id=hanako)

    assert [(one.subject, one.is_read) for one in found] == [("新しい", False), ("古い", False)]
    assert found[0].sent_at == NOW


def test_k13_a_message_is_for_its_patron_alone(library, hanako, ken):
    send(hanako, "花子さんへ")

    assert messages.look(patron_id=ken) == ()


def test_k13_what_was_read_stays_read_since_the_first_time(library, hanako):
    send(hanako, "お知らせ")
    [message] = messages.look(patron_id=hanako)

    for later in (NOW, NOW + HOUR):
        messages.mark_read(patron_id=hanako, message_id=message.message_id, now=later)

    [message] = messages.look(patron_id=hanako)
    assert message.is_read
    with Session(library) as tx:
        assert tx.exec(select(Message.read_at)).one() == NOW


def test_k13_nobody_reads_another_patrons_messages_for_them(library, hanako, ken):
    send(hanako, "花子さんへ")
    [message] = messages.look(patron_id=hanako)

    messages.mark_read(patron_id=ken, message_id=message.message_id, now=NOW)

    [message] = messages.look(patron_id=hanako)
    assert not message.is_read


def test_k13_reading_goes_through_the_outbox(library, hanako):
    send(hanako, "お知らせ")
    [message] = messages.look(patron_id=hanako)
    payload = {"message_id": message.message_id}
    operation = Operation(id=str(uuid.uuid4()), kind="messages.read", payload=payload)

    answer = outbox.deliver(
        patron_id=hanako, operation=operation, library=libraries.load("kagoshima"), now=NOW
    )

    assert answer.is_done
    assert messages.look(patron_id=hanako)[0].is_read


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
    assert messages.look(patron_id=hanako)[0].body == letter.body
