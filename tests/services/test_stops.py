"""Stopping mail by the address in it: what is stopped, once, for whom, and by whom."""

import pytest
from sqlmodel import Session, col, select

from portal_app.data import post, stop_links
from portal_app.data.database import current_engine, transactional
from portal_app.data.tables import Alert, Hold, NoticeChoice, Patron, StopLink
from portal_app.domain.mail import LetterKind, NoticeKind
from portal_app.domain.notices import NOTICE_OF
from portal_app.services import stops
from portal_app.services.stops import Stop
from portal_app.text import Lang
from tests.conftest import NOW
from tests.services.queues import OUR_LIBRARY, wait_for

KEY = b"a key of the portal"
MAIL = OUR_LIBRARY.mail

secret_for = transactional(stop_links.secret_for)


def secret(patron_id: int, letter: LetterKind) -> str:
    """Return the secret in a patron's letters of a kind."""
    return secret_for(patron_id=patron_id, letter=letter, signing_key=KEY)


def stop(written: str, *, key: bytes = KEY) -> Stop | None:
    """Press the button at an address."""
    return stops.stop(secret=written, signing_key=key, policy=MAIL)


def is_sent(patron_id: int, kind: NoticeKind) -> bool:
    """Return whether a patron's notices of a kind are sent."""
    with Session(current_engine()) as tx:
        return post.choice_for(tx, patron_id=patron_id, kind=kind, policy=MAIL).is_sent


@pytest.fixture
def alerts(hanako, ken) -> None:
    """Hanako hears of two things that are new, and Ken of one."""
    with Session(current_engine()) as tx, tx.begin():
        for patron_id, name in ((hanako, "猫"), (hanako, "犬"), (ken, "鳥")):
            tx.add(Alert(patron_id=patron_id, name=name, titles_max=10, made_at=NOW))


def active(patron_id: int) -> list[bool]:
    """Return of each alert of a patron whether it is active."""
    with Session(current_engine()) as tx:
        return list(tx.exec(select(Alert.is_active).where(Alert.patron_id == patron_id)))


def contact(patron_id: int) -> list[str]:
    """Return how a patron hears of each hold, and how they like to."""
    with Session(current_engine()) as tx:
        holds = tx.exec(select(Hold.contact_method).where(Hold.patron_id == patron_id)).all()
        return [*holds, tx.get_one(Patron, patron_id).contact_method]


def write_to(*patron_ids: int) -> None:
    """Let patrons hear of all their holds by mail."""
    with Session(current_engine()) as tx, tx.begin():
        for one in patron_ids:
            tx.get_one(Patron, one).contact_method = "mail"
            for hold in tx.exec(select(Hold).where(Hold.patron_id == one)):
                hold.contact_method = "mail"


@pytest.mark.parametrize(
    ("letter", "kind"),
    [
        (LetterKind.DUE_SOON, NoticeKind.DUE_DATE),
        (LetterKind.OVERDUE, NoticeKind.DUE_DATE),
        (LetterKind.LENT, NoticeKind.LOAN),
    ],
)
def test_k44_k45_one_press_stops_a_notice_and_a_second_changes_nothing(hanako, ken, letter, kind):
    written = secret(hanako, letter)

    assert stop(written) == stop(written) == Stop(kind=kind, lang=Lang.JA)

    assert not is_sent(hanako, kind)
    assert is_sent(ken, NoticeKind.DUE_DATE)


def test_k45_what_else_was_chosen_of_a_notice_stays_as_it_is(hanako):
    with Session(current_engine()) as tx, tx.begin():
        tx.add(
            NoticeChoice(
                patron_id=hanako,
                kind=NoticeKind.DUE_DATE,
                to_first=False,
                to_second=True,
                is_sent=True,
                days_before=3,
            )
        )

    stop(secret(hanako, LetterKind.DUE_SOON))

    with Session(current_engine()) as tx:
        [chosen] = tx.exec(select(NoticeChoice))
        assert (chosen.to_first, chosen.to_second, chosen.days_before) == (False, True, 3)
        assert not chosen.is_sent


def test_k43_stopping_new_arrivals_pauses_every_alert_of_that_patron(hanako, ken, alerts):
    stop(secret(hanako, LetterKind.NEW_ARRIVALS))

    assert active(hanako) == [False, False]
    assert active(ken) == [True]


def test_k42_stopping_mail_about_holds_changes_how_that_patron_hears_of_them(
    hanako, ken, ginga, kokoro
):
    wait_for(hanako, ginga, kokoro)
    wait_for(ken, ginga)
    write_to(hanako, ken)

    stop(secret(hanako, LetterKind.HOLD_READY))

    assert contact(hanako) == ["none", "none", "none"]
    assert contact(ken) == ["mail", "mail"]


def test_whoever_wants_to_be_called_is_still_called(hanako, ginga):
    wait_for(hanako, ginga)
    with Session(current_engine()) as tx, tx.begin():
        tx.exec(select(Hold)).one().contact_method = "telephone"

    stop(secret(hanako, LetterKind.HOLD_READY))

    assert contact(hanako)[0] == "telephone"


def test_looking_at_an_address_stops_nothing(hanako):
    written = secret(hanako, LetterKind.DUE_SOON)

    assert stops.look(secret=written, signing_key=KEY) == Stop(
        kind=NoticeKind.DUE_DATE, lang=Lang.JA
    )

    assert is_sent(hanako, NoticeKind.DUE_DATE)


def test_the_page_speaks_as_its_patron_reads(hanako):
    with Session(current_engine()) as tx, tx.begin():
        tx.get_one(Patron, hanako).language = Lang.EASY

    shown = stops.look(secret=secret(hanako, LetterKind.LENT), signing_key=KEY)

    assert shown == Stop(kind=NoticeKind.LOAN, lang=Lang.EASY)


def test_every_letter_of_a_kind_has_the_same_address_and_no_other_has_it(hanako, ken):
    letters = [LetterKind.DUE_SOON, LetterKind.LENT, LetterKind.HOLD_READY, LetterKind.NEW_ARRIVALS]
    written = {secret(one, letter) for one in (hanako, ken) for letter in letters}

    assert len(written) == 2 * len(letters)
    assert {secret(one, letter) for one in (hanako, ken) for letter in letters} == written
    assert secret(hanako, LetterKind.OVERDUE) == secret(hanako, LetterKind.DUE_SOON)


@pytest.mark.parametrize(
    "letter", set(LetterKind) - set(NOTICE_OF) | {LetterKind.HOLD_PLACED, LetterKind.HOLD_CANCELLED}
)
def test_what_was_just_asked_for_or_is_about_the_card_has_no_such_address(hanako, letter):
    assert secret(hanako, letter) == ""


def test_an_address_that_nobody_was_given_leads_nowhere(hanako):
    written = secret(hanako, LetterKind.DUE_SOON)

    for guessed in ("", "x", "A" * 24, written[:-1], written + "A"):
        assert stops.look(secret=guessed, signing_key=KEY) is None
        assert stop(guessed) is None
    assert is_sent(hanako, NoticeKind.DUE_DATE)


def test_the_database_alone_does_not_tell_an_address_and_cannot_make_one(hanako):
    written = secret(hanako, LetterKind.DUE_SOON)

    with Session(current_engine()) as tx:
        [link] = tx.exec(select(StopLink).order_by(col(StopLink.patron_id)))
        assert written not in (link.nonce, link.secret_hash)
    assert stop(written, key=b"another key") is None


def test_with_another_key_there_is_another_address(hanako):
    before = secret(hanako, LetterKind.DUE_SOON)

    after = secret_for(patron_id=hanako, letter=LetterKind.DUE_SOON, signing_key=b"another key")

    assert after != before
    assert stop(after, key=b"another key") is not None
    assert stop(before) is None
