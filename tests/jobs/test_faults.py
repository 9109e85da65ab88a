"""What a mail server may do to us, and what a dead worker leaves behind."""

import os
import signal
import subprocess
import sys

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from e2e.mail import LIBRARY, Inbox
from e2e.waiting import until
from portal_app import clock
from portal_app.data.tables import Letter
from portal_app.jobs import transport
from portal_app.jobs.sending import send_waiting
from portal_app.services import post
from portal_app.settings import PROJECT
from tests.jobs.conftest import (
    HOME,
    address_of,
    letters,
    messages,
    office_at,
    reads_at,
    write,
)
from tests.jobs.mail_servers import DIE, HANG, nowhere, serving

KEN = "ken@example.jp"


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ({"RCPT": "450 4.2.1 later"}, "address_refused 450 4.2.1"),
        ({"RCPT": "554 5.7.1 relay access denied"}, "address_refused 554 5.7.1"),
        ({"RCPT": "552 5.2.2 full"}, "address_refused 552 5.2.2"),
        ({"MAIL": "550 5.7.1 who are you"}, "sender_refused 550 5.7.1"),
        ({"DOT": "451 4.3.0 later"}, "letter_refused 451 4.3.0"),
        ({"DOT": "554 spam"}, "letter_refused 554"),
        ({"DATA": "503 no"}, "letter_refused 503"),
        ({"CONNECT": "554 go away"}, "no_connection 554"),
        ({"CONNECT": DIE}, "no_connection"),
        ({"RCPT": DIE}, "broken_off"),
        ({"TEXT": DIE}, "broken_off"),
        ({"DOT": DIE}, "broken_off"),
    ],
)
async def test_what_fails_is_tried_again_and_sent_once_it_works(
    library, hanako, time_machine, answers, problem
):
    number = write(hanako, now=clock.now())
    reads_at(hanako, HOME, now=clock.now())

    with serving(**answers) as server:
        await send_waiting(office_at(server.url), "worker")
    [failed] = letters()
    assert not await send_waiting(office_at(nowhere()), "other")
    time_machine.move_to(failed.next_try_at)
    with serving() as server:
        await send_waiting(office_at(server.url), "other")

    assert (failed.problem, failed.tries, failed.leased_by) == (problem, 1, "")
    assert failed.given_up_at is None
    assert failed.body
    assert address_of(hanako).refused_at is None
    assert len(server.taken) == 1
    assert number.encode() in server.taken[0]
    assert letters()[0].sent_at
    assert messages() == []


@pytest.mark.parametrize("word", ["CONNECT", "EHLO", "MAIL", "DATA", "DOT"])
async def test_a_server_that_hangs_is_left_and_the_letter_waits(library, hanako, monkeypatch, word):
    monkeypatch.setattr(transport, "SECONDS_TO_ANSWER", 0.3)
    write(hanako, now=clock.now())
    write(hanako, now=clock.now())

    with serving(**{word: HANG}) as server:
        await send_waiting(office_at(server.url), "worker")

    assert [letter.problem for letter in letters()] == ["too_slow", "too_slow"]
    assert all(letter.next_try_at and not letter.given_up_at for letter in letters())
    assert server.connections == 1


async def test_a_server_that_is_not_there_is_asked_once_for_all_that_waits(library, hanako):
    for _ in range(3):
        write(hanako, now=clock.now())

    await send_waiting(office_at(nowhere()), "worker")

    assert [letter.problem for letter in letters()] == ["no_connection"] * 3


@pytest.mark.parametrize("answer", ["550 5.1.1 unknown", "550 unknown", "550 5.2.1 disabled"])
async def test_an_address_at_which_nobody_reads_is_given_up_at_once_and_marked(
    library, hanako, ken, answer
):
    reads_at(hanako, HOME, now=clock.now())
    reads_at(ken, KEN, now=clock.now())
    write(hanako, now=clock.now())

    with serving(RCPT=answer) as server:
        await send_waiting(office_at(server.url), "worker")

    [letter] = letters()
    assert letter.given_up_at
    assert (letter.subject, letter.body) == ("", "")
    assert address_of(hanako).refused_at
    assert address_of(ken).refused_at is None
    [message] = messages()
    assert (message.patron_id, message.subject) == (hanako, "メールをお届けできませんでした")
    assert "受取可能のお知らせ" in message.body
    assert "銀河" not in message.body


async def test_one_letter_that_is_refused_keeps_no_other_waiting(library, hanako, ken):
    write(hanako, now=clock.now(), address="no address")
    write(ken, now=clock.now(), address=KEN)

    with serving() as server:
        await send_waiting(office_at(server.url), "worker")

    unwritable, sent = letters()
    assert (unwritable.problem, bool(unwritable.given_up_at)) == ("unwritable", True)
    assert sent.sent_at
    assert len(server.taken) == 1


async def test_with_a_password_nothing_is_said_to_a_server_without_starttls(library, hanako):
    write(hanako, now=clock.now())

    with serving() as server:
        url = server.url.replace("smtp://", "smtp://portal:secret@")
        await send_waiting(office_at(url), "worker")

    assert letters()[0].problem == "no_connection"
    assert server.taken == []


def test_a_worker_that_is_killed_before_it_can_write_down_what_it_sent_repeats_one_letter(
    library, hanako, database_url, tmp_path
):
    first, second = (write(hanako, now=clock.now()) for _ in range(2))

    with serving(DOT=HANG) as server:
        worker = _worker(database_url, server.url, tmp_path)
        until(lambda: len(server.taken) == 1)
        _kill(worker)
    assert [(letter.sent_at, bool(letter.leased_by)) for letter in letters()] == [(None, True)] * 2
    _let_leases_run_out(library)
    with Inbox.open() as inbox:
        worker = _worker(database_url, inbox.url, tmp_path)
        until(lambda: all(letter.sent_at for letter in letters()))
        _kill(worker)

    numbers = [str(mail.message["Message-ID"])[1:33] for mail in inbox.letters]
    assert numbers == [first, second]
    assert [first.encode() in mail for mail in server.taken] == [True]


def _let_leases_run_out(library: Engine) -> None:
    with Session(library) as tx, tx.begin():
        for letter in tx.exec(select(Letter)):
            letter.leased_until = letter.written_at - post.LEASE


def _worker(database_url: str, smtp_url: str, folder) -> subprocess.Popen[bytes]:
    settings = {
        "PORTAL_DATABASE_URL": database_url,
        "PORTAL_SMTP_URL": smtp_url,
        "PORTAL_MAIL_FROM": LIBRARY,
        "PORTAL_FOLDER": str(folder),
        "PORTAL_KEY": "a key of the tests",
    }
    program = (
        "import asyncio; from portal_app import libraries;"
        "from portal_app.data.database import connect;"
        "from portal_app.settings import Settings;"
        "from portal_app.jobs.sending import Office, send_for_ever;"
        "settings = Settings.read(); connect(settings.database_url);"
        "asyncio.run(send_for_ever(Office.of(settings, library=libraries.current())))"
    )
    return subprocess.Popen(
        [sys.executable, "-c", program], cwd=PROJECT, env={**os.environ, **settings}
    )


def _kill(worker: subprocess.Popen[bytes]) -> None:
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
