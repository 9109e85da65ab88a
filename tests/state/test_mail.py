"""The mailbox is there for the demonstration alone."""

import pytest
from sqlmodel import Session

from portal_app import routes
from portal_app.data import demonstration
from portal_app.data.tables import Patron
from portal_app.domain.mail import LetterKind
from portal_app.services import post
from portal_app.settings import Settings
from portal_app.state.desk_mail import DeskMailState
from portal_app.state.mailbox import MailboxState
from portal_app.text import Lang, say
from tests.conftest import NOW
from tests.jobs.conftest import write

SMTP = {"PORTAL_SMTP_URL": "smtp://127.0.0.1", "PORTAL_MAIL_FROM": "portal@library.example"}


@pytest.fixture
async def mailbox(tab, library, hanako) -> MailboxState:
    """The mailbox, with a letter to one of the cast."""
    with Session(library) as tx, tx.begin():
        tx.get_one(Patron, hanako).card_number = demonstration.cast().members[0].card_number
    body = "http://localhost:8300/stop/abc?x=1。\nhttp://other.example/\n"
    write(hanako, now=NOW, body=body, sent_at=NOW)
    return await tab.get_state(MailboxState)


async def test_a_letter_is_shown_with_links_into_the_portal_and_no_others(mailbox):
    await mailbox.open()

    [letter] = mailbox.letters
    assert [(part.text, part.leads_to) for part in letter.parts] == [
        ("http://localhost:8300/stop/abc?x=1", "/stop/abc?x=1"),
        ("。\nhttp://other.example/", ""),
    ]


async def test_a_letter_ends_with_the_line_that_stops_it(mailbox, hanako):
    key = Settings.read().secret_key()
    write(hanako, now=NOW, kind=LetterKind.DUE_SOON)
    post.keep_here(signing_key=key, now=NOW)

    await mailbox.open()

    letter = mailbox.letters[0]
    assert letter.parts[-1].leads_to.startswith(routes.stop_mail(""))
    assert say("stop.line", Lang.JA, address="") in "".join(part.text for part in letter.parts)


@pytest.mark.parametrize("settings", [SMTP, {"PORTAL_DEMONSTRATION": "false"}])
async def test_elsewhere_there_is_no_mailbox(mailbox, monkeypatch, settings):
    for name, value in settings.items():
        monkeypatch.setenv(name, value)

    await mailbox.open()

    assert not mailbox.is_here
    assert mailbox.letters == []


@pytest.mark.parametrize(
    ("settings", "way"),
    [(SMTP, "server"), ({}, "demonstration"), ({"PORTAL_DEMONSTRATION": "false"}, "nowhere")],
)
async def test_staff_see_where_mail_goes(desk, monkeypatch, settings, way):
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    page = await desk.get_state(DeskMailState)

    await page.open()

    assert page.way == way
    assert page.mail.waiting == 0
