"""Nothing is written to an address that a mail server has refused, and its patron hears of it."""

import datetime as dt

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from portal_app.data import notices, tables
from portal_app.data.database import current_engine
from portal_app.domain.mail import AddressKind, Failure, LetterKind, Note, NoticeKind, Trouble
from portal_app.jobs.alerts import tell
from portal_app.jobs.reminding import remind
from portal_app.services import alerts, letters, patron_information, post
from portal_app.services.alerts import Reach
from portal_app.text import Lang, say
from tests.conftest import NOW, TODAY
from tests.conftest import lend as lend_to
from tests.services.alerting import bring_in, make_alert, title
from tests.services.desks import card_of, check_in, lend
from tests.services.mailboxes import choose, give, told_in_portal
from tests.services.mailboxes import letters as all_letters
from tests.services.queues import OUR_LIBRARY, wait_for
from tests.services.test_notices import want
from tests.services.test_password_links import ask

HOME, MOBILE = "hanako@example.jp", "hanako@mobile.example.jp"
KEY = b"key"
NOBODY_THERE = Failure(trouble=Trouble.ADDRESS_REFUSED, code=550, status="5.1.1")


@pytest.fixture
def refused(hanako) -> int:
    """Hanako, whose first address a mail server has refused."""
    give(hanako, HOME, refused_at=NOW)
    return hanako


def written() -> list[tuple[LetterKind, str]]:
    """Return of which kind letters are, and where they go."""
    return [(letter.kind, letter.address) for letter in all_letters()]


def not_delivered(kind: LetterKind) -> str:
    """Return what the portal says of a mail that did not arrive."""
    return say("mail.given_up.body", Lang.JA, kind=say(f"mail.kind.{kind}", Lang.JA))


def is_refused(patron_id: int) -> bool:
    """Return whether a patron's first address counts as refused."""
    with Session(current_engine()) as tx:
        return tx.get_one(tables.MailAddress, (patron_id, 1)).refused_at is not None


def test_a_hold_that_is_ready_is_told_of_in_the_portal(refused, ginga):
    want(refused, ginga)

    check_in("B11")

    assert written() == []
    assert told_in_portal(refused) == [not_delivered(LetterKind.HOLD_READY)]


def test_what_was_lent_is_told_of_in_the_portal(refused, kokoro):
    choose(refused, NoticeKind.LOAN)

    lend(refused, "B21")

    assert written() == []
    assert told_in_portal(refused) == [not_delivered(LetterKind.LENT)]


def test_k45_a_reminder_is_told_of_in_the_portal_once(refused, kokoro):
    with Session(current_engine()) as tx, tx.begin():
        lend_to(tx, item_id=21, patron_id=refused, due_on=TODAY + dt.timedelta(days=1))

    remind(OUR_LIBRARY, NOW)
    remind(OUR_LIBRARY, NOW)

    assert written() == []
    assert told_in_portal(refused) == [not_delivered(LetterKind.DUE_SOON)]


def test_k60_new_arrivals_are_told_of_in_the_portal_and_the_page_says_why(refused, library):
    make_alert(refused, title("猫"))
    bring_in("猫の本")

    tell(OUR_LIBRARY, NOW)

    assert written() == []
    assert told_in_portal(refused) == [not_delivered(LetterKind.NEW_ARRIVALS)]
    assert alerts.reach(patron_id=refused, mail=OUR_LIBRARY.mail) is Reach.REFUSED


def test_k60_alerts_that_still_go_somewhere_reach_their_patron(refused):
    give(refused, MOBILE, place=2)
    choose(refused, NoticeKind.NEW_ARRIVALS, to_second=True)

    assert alerts.reach(patron_id=refused, mail=OUR_LIBRARY.mail) is Reach.REACHED


@pytest.mark.parametrize("has_chosen", [True, False])
def test_the_other_address_gets_what_is_for_both_or_for_whichever(refused, ginga, has_chosen):
    give(refused, MOBILE, place=2)
    if has_chosen:
        choose(refused, NoticeKind.HOLD, to_second=True)
    want(refused, ginga)

    check_in("B11")

    assert written() == [(LetterKind.HOLD_READY, MOBILE)]
    assert told_in_portal(refused) == []


def test_what_is_for_the_refused_address_alone_goes_to_no_other(refused, ginga):
    give(refused, MOBILE, place=2)
    choose(refused, NoticeKind.HOLD)
    want(refused, ginga)

    check_in("B11")

    assert written() == []
    assert told_in_portal(refused) == [not_delivered(LetterKind.HOLD_READY)]


def test_g02_no_link_to_a_password_is_made_for_it(refused):
    ask(card_of(refused))

    with Session(current_engine()) as tx:
        assert tx.scalar(sa.select(sa.func.count()).select_from(tables.PasswordLink)) == 0
    assert written() == []


def test_whose_password_has_changed_is_told_where_somebody_reads(refused):
    give(refused, MOBILE, place=2)

    with Session(current_engine()) as tx, tx.begin():
        patron = tx.get_one(tables.Patron, refused)
        notices.password_changed(tx, patron=patron, library=OUR_LIBRARY, now=NOW)

    assert written() == [(LetterKind.PASSWORD_CHANGED, MOBILE)]


def test_k29_it_cannot_be_chosen_and_whoever_has_is_told(refused, ginga):
    give(refused, MOBILE, place=2)
    wait_for(refused, ginga)

    note = letters.write_placed(
        patron_id=refused,
        record_ids=[ginga],
        wish=letters.Wish(place=1, lang=Lang.JA),
        library=OUR_LIBRARY,
        now=NOW,
    )

    assert note is Note.ADDRESS_REFUSED
    assert written() == []
    assert letters.choices(patron_id=refused) == (letters.Choice(place=2, kind=AddressKind.PC),)


def test_k41_a_change_is_confirmed_where_somebody_reads(refused):
    give(refused, MOBILE, place=2)
    choose(refused, NoticeKind.REGISTRATION, to_second=True)

    assert patron_information.look(patron_id=refused, library=OUR_LIBRARY).letter_to == 2


def try_out(patron_id: int) -> int:
    """Let a patron have a test mail, which a worker takes, and return its number."""
    patron_information.send_test(
        patron_id=patron_id, place=1, lang=Lang.JA, key=KEY, library=OUR_LIBRARY, now=NOW
    )
    [taken] = post.take(worker="worker", signing_key=KEY, now=NOW)
    assert taken.address == HOME
    return taken.letter_id


def test_a_test_that_a_mail_server_takes_makes_it_well_again(refused):
    post.note_sent(letter_id=try_out(refused), now=NOW)

    assert not is_refused(refused)


def test_a_test_that_is_refused_again_leaves_it_refused(refused):
    letter_id = try_out(refused)

    post.note_failure(letter_id=letter_id, worker="worker", failure=NOBODY_THERE, now=NOW)

    assert is_refused(refused)
    assert told_in_portal(refused) == [not_delivered(LetterKind.TEST)]
