"""How mail stands: numbers and reasons, and nothing of a patron's."""

import dataclasses
import datetime as dt

from sqlmodel import Session

from portal_app.data import demonstration
from portal_app.data.tables import Patron
from portal_app.domain.mail import LetterKind, NoticeKind
from portal_app.services import mail_overview, post, stops
from tests.conftest import NOW
from tests.jobs.conftest import HOME, KEY, write
from tests.services.queues import OUR_LIBRARY

HOUR = dt.timedelta(hours=1)


def test_staff_see_how_many_letters_wait_were_sent_and_were_given_up(library, hanako):
    write(hanako, now=NOW - HOUR)
    write(hanako, now=NOW, problem="address_refused 450 4.2.2", tries=2, next_try_at=NOW + HOUR)
    write(hanako, now=NOW, sent_at=NOW)
    write(hanako, now=NOW - 2 * HOUR, given_up_at=NOW, problem="too_slow", tries=9)

    mail = mail_overview.look()

    assert (mail.waiting, mail.oldest_at, mail.sent, mail.given_up) == (2, NOW - HOUR, 1, 1)
    later, given_up = mail.in_trouble
    assert (later.trouble, later.code, later.tries) == ("address_refused", "450 4.2.2", 2)
    assert (later.kind, later.next_try_at) == (LetterKind.HOLD_READY, NOW + HOUR)
    assert (given_up.trouble, given_up.code, given_up.next_try_at) == ("too_slow", "", None)
    shown = str(dataclasses.asdict(mail))
    assert HOME not in shown
    assert "銀河" not in shown


def test_without_letters_there_is_nothing_to_see(library):
    mail = mail_overview.look()

    assert (mail.waiting, mail.oldest_at, mail.in_trouble) == (0, None, ())


def test_the_mailbox_shows_the_casts_letters_newest_first_and_nobody_elses(library, hanako, ken):
    with Session(library) as tx, tx.begin():
        tx.get_one(Patron, ken).card_number = demonstration.cast().members[0].card_number
    write(hanako, now=NOW)
    write(ken, now=NOW, subject="first")
    write(ken, now=NOW + HOUR, subject="second")
    write(ken, now=NOW, body="", subject="", sent_at=NOW)

    kept = mail_overview.kept_letters(signing_key=KEY)
    assert [letter.subject for letter in kept] == ["second", "first"]


def test_what_the_demonstration_keeps_can_be_stopped_if_its_mail_could(library, hanako):
    with Session(library) as tx, tx.begin():
        tx.get_one(Patron, hanako).card_number = demonstration.cast().members[0].card_number
    write(hanako, now=NOW, kind=LetterKind.DUE_SOON)
    write(hanako, now=NOW, kind=LetterKind.TEST)

    post.keep_here(signing_key=KEY, now=NOW)

    test, due_soon = mail_overview.kept_letters(signing_key=KEY)
    assert test.stop_secret == ""
    stopped = stops.stop(secret=due_soon.stop_secret, signing_key=KEY, policy=OUR_LIBRARY.mail)
    assert stopped is not None
    assert stopped.kind is NoticeKind.DUE_DATE
    assert mail_overview.kept_letters(signing_key=b"another key")[1].stop_secret == ""
