"""Each letter is sent once, to the mail server that the settings name."""

import asyncio
import datetime as dt

from portal_app import clock
from portal_app.domain.mail import LETTERS_KEPT_FOR, Failure, LetterKind, NoticeKind, Trouble
from portal_app.jobs.sending import send_waiting
from portal_app.services import letters as letters_service
from portal_app.services import post, stops
from portal_app.text import Lang
from tests.jobs.conftest import HOME, KEY, letters, messages, office_at, write


async def test_a_letter_is_sent_once_and_what_it_said_is_forgotten(library, hanako, inbox):
    number = write(hanako, now=clock.now(), kind=LetterKind.DUE_SOON)

    while await send_waiting(office_at(inbox.url), "worker"):
        pass

    [mail] = inbox.letters
    assert mail.address == HOME
    assert mail.subject == "受取可能のお知らせ"
    assert "■ 銀河鉄道の夜" in mail.text
    assert "銀河鉄道の夜" in mail.html
    assert str(mail.message["Message-ID"]).startswith(f"<{number}.")
    assert mail.links[-1] == mail.stop_link
    assert mail.stop_link.startswith("https://portal.library.example/stop/")
    stopped = stops.look(secret=mail.stop_link.rpartition("/")[2], signing_key=KEY)
    assert stopped is not None
    assert stopped.kind is NoticeKind.DUE_DATE
    [letter] = letters()
    assert letter.sent_at
    assert (letter.subject, letter.body, letter.problem, letter.leased_by) == ("", "", "", "")


async def test_each_letter_of_many_goes_to_its_own_address(library, hanako, inbox):
    addresses = [f"hanako{number}@example.jp" for number in range(post.PORTION + 5)]
    for address in addresses:
        write(hanako, now=clock.now(), address=address)

    while await send_waiting(office_at(inbox.url), "worker"):
        pass

    assert [mail.address for mail in inbox.letters] == addresses


async def test_two_workers_at_once_send_each_letter_once(library, hanako, inbox):
    numbers = [write(hanako, now=clock.now()) for _ in range(60)]

    async def work(worker: str) -> None:
        while await send_waiting(office_at(inbox.url), worker):
            pass

    await asyncio.gather(*(work(f"worker {number}") for number in range(4)))

    sent = [str(mail.message["Message-ID"])[1:33] for mail in inbox.letters]
    assert sorted(sent) == sorted(numbers)
    assert all(letter.sent_at for letter in letters())


async def test_the_demonstration_keeps_what_it_would_have_sent(library, hanako):
    write(hanako, now=clock.now())

    assert await send_waiting(office_at("", is_demonstration=True), "worker")

    [letter] = letters()
    assert letter.sent_at
    assert "銀河鉄道の夜" in letter.body
    assert not await send_waiting(office_at("", is_demonstration=True), "worker")


async def test_a_library_without_a_mail_server_gives_up_and_says_so(library, hanako, time_machine):
    written_at = clock.now()
    write(hanako, now=written_at, kind=LetterKind.LENT, language=Lang.EN)
    office = office_at("")

    time_machine.move_to(written_at, tick=False)
    await send_waiting(office, "worker")
    [waiting] = letters()
    time_machine.move_to(written_at + LETTERS_KEPT_FOR, tick=False)
    await send_waiting(office, "worker")

    assert (waiting.problem, waiting.given_up_at) == ("no_server", None)
    [letter] = letters()
    assert letter.given_up_at == written_at + LETTERS_KEPT_FOR
    assert letter.body == ""
    [message] = messages()
    assert message.patron_id == hanako
    assert message.subject == "A mail could not be delivered"
    assert "what was lent" in message.body


def test_a_letter_that_fails_is_tried_again_later_and_later_for_a_day(library, hanako):
    written_at = now = clock.now().replace(microsecond=0)
    write(hanako, now=written_at)
    pauses = []

    while post.is_waiting(now=now):
        [taken] = post.take(worker="worker", signing_key=KEY, now=now)
        failure = Failure(trouble=Trouble.ADDRESS_REFUSED, code=450, status="4.2.2")
        post.note_failure(letter_id=taken.letter_id, worker="worker", failure=failure, now=now)
        [letter] = letters()
        if letter.next_try_at is not None:
            assert not post.is_waiting(now=letter.next_try_at - dt.timedelta(seconds=1))
            pauses.append(int((letter.next_try_at - now).total_seconds() / 60))
            now = letter.next_try_at

    assert pauses[:6] == [1, 5, 15, 60, 60, 60]
    assert sum(pauses) == 24 * 60
    [given_up] = letters()
    assert given_up.given_up_at == written_at + LETTERS_KEPT_FOR
    assert given_up.problem == "address_refused 450 4.2.2"
    assert len(messages()) == 1


def test_a_letter_that_still_waits_is_not_forgotten_and_one_that_does_not_is(library, hanako):
    now = clock.now()
    long_ago = now - LETTERS_KEPT_FOR - dt.timedelta(minutes=1)
    waits = write(hanako, now=long_ago)
    write(hanako, now=long_ago, sent_at=long_ago)
    write(hanako, now=long_ago, given_up_at=long_ago)
    just_sent = write(hanako, now=long_ago, sent_at=now)

    letters_service.forget_the_past(now=now)

    assert [letter.message_id for letter in letters()] == [waits, just_sent]


async def test_a_clock_that_jumps_a_day_loses_nothing_and_sends_nothing_twice(
    library, hanako, inbox, time_machine
):
    began_at = clock.now()
    sent = write(hanako, now=began_at, address="sent@example.jp")
    await send_waiting(office_at(inbox.url), "worker")
    never_tried = write(hanako, now=began_at, address="waits@example.jp")

    time_machine.move_to(began_at + dt.timedelta(days=1, hours=1))
    letters_service.forget_the_past(now=clock.now())
    while await send_waiting(office_at(inbox.url), "worker"):
        pass

    numbers = [str(mail.message["Message-ID"])[1:33] for mail in inbox.letters]
    assert numbers == [sent, never_tried]
    assert not messages()


async def test_a_clock_that_jumps_back_a_day_keeps_nothing_waiting(
    library, hanako, inbox, time_machine
):
    began_at = clock.now()
    tomorrow = began_at + dt.timedelta(days=1)
    write(
        hanako,
        now=tomorrow,
        next_try_at=tomorrow + dt.timedelta(minutes=15),
        tries=3,
        leased_by="dead",
        leased_until=tomorrow,
    )

    time_machine.move_to(began_at)
    await send_waiting(office_at(inbox.url), "worker")

    assert len(inbox.letters) == 1
