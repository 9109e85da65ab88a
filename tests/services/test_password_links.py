"""A password by mail: a link to the patron alone, once, not for long (G-02, G-10)."""

import datetime as dt

import pytest
from sqlmodel import Session, func, select

from portal_app.data.database import current_engine
from portal_app.data.tables import PasswordLink, Patron, PatronSession
from portal_app.domain.mail import LetterKind
from portal_app.domain.password_links import buckets_of
from portal_app.domain.secret_links import hash_of
from portal_app.domain.sessions import buckets_of as guess_buckets_of
from portal_app.services import password_links, sessions
from tests.conftest import NOW
from tests.services.desks import card_of
from tests.services.mailboxes import give, letters
from tests.services.queues import OUR_LIBRARY, at_once

KEY = b"key"
SECRET = "s" * 43
MINUTES = dt.timedelta(minutes=OUR_LIBRARY.sign_in.link_minutes)


def ask(
    card_number: str, *, secret: str = SECRET, at: str = "192.0.2.1", now: dt.datetime = NOW
) -> None:
    """Ask for a link for a card."""
    password_links.ask(
        card_number=card_number,
        buckets=buckets_of(card_number=card_number, address=at, key=KEY),
        secret=secret,
        origin="https://portal.example",
        library=OUR_LIBRARY,
        now=now,
    )


def use(secret: str = SECRET, *, to: str = "new", now: dt.datetime = NOW) -> tuple[str, ...] | None:
    """Follow a link, and choose a password."""
    return password_links.use(secret=secret, password_hash=to, library=OUR_LIBRARY, now=now)


def find(secret: str = SECRET, *, now: dt.datetime = NOW) -> bool:
    """Return whether a link leads anywhere."""
    found = password_links.find(secret=secret, policy=OUR_LIBRARY.sign_in, now=now)
    return found is not None


def password_of(patron_id: int) -> str:
    """Return a password as it is kept."""
    with Session(current_engine()) as tx:
        return tx.get_one(Patron, patron_id).password_hash


@pytest.fixture
def reader(hanako) -> int:
    """Hanako, who reads mail at two addresses, and is signed in with a first password."""
    give(hanako, "hanako@example.jp")
    give(hanako, "hanako@mobile.example.jp", place=2)
    with Session(current_engine()) as tx, tx.begin():
        patron = tx.get_one(Patron, hanako)
        patron.password_hash, patron.initial_failures = "old", 5
        tx.add(PatronSession(id_hash="open", patron_id=hanako, created_at=NOW, seen_at=NOW))
    return hanako


def test_g02_a_link_goes_to_every_confirmed_address_and_only_its_hash_is_kept(reader):
    ask(card_of(reader))

    links = letters(LetterKind.PASSWORD_LINK)
    assert [letter.address for letter in links] == [
        "hanako@example.jp",
        "hanako@mobile.example.jp",
    ]
    assert f"https://portal.example/new-password/{SECRET}\n" in links[0].body
    assert f"{OUR_LIBRARY.sign_in.link_minutes}分以内" in links[0].body
    with Session(current_engine()) as tx:
        [kept] = tx.exec(select(PasswordLink)).all()
    assert (kept.secret_hash, kept.patron_id, kept.used_at) == (hash_of(SECRET), reader, None)


def test_g10_strangers_and_patrons_without_a_confirmed_address_get_nothing(hanako, ken):
    give(ken, "ken@example.jp", confirmed_at=None)

    for card in (card_of(hanako), card_of(ken), "9999999", ""):
        assert ask(card) is None

    assert letters() == []
    with Session(current_engine()) as tx:
        assert tx.exec(select(func.count()).select_from(PasswordLink)).one() == 0


def test_a_link_gives_a_new_password_once_and_ends_every_session(reader):
    ask(card_of(reader))

    assert use() == ("open",)
    assert use(to="another") is None

    assert password_of(reader) == "new"
    with Session(current_engine()) as tx:
        patron = tx.get_one(Patron, reader)
        assert (patron.password_is_initial, patron.initial_failures) == (False, 0)
    assert not find()


def test_whose_password_has_changed_is_told_at_every_address(reader):
    ask(card_of(reader))

    use()

    told = letters(LetterKind.PASSWORD_CHANGED)
    assert [letter.address for letter in told] == [
        "hanako@example.jp",
        "hanako@mobile.example.jp",
    ]
    assert OUR_LIBRARY.name["ja"] in told[0].subject
    assert SECRET not in told[0].body


def test_a_link_leads_nowhere_after_its_minutes(reader):
    ask(card_of(reader))

    assert find(now=NOW + MINUTES - dt.timedelta(seconds=1))
    assert not find(now=NOW + MINUTES)
    assert use(now=NOW + MINUTES) is None
    assert password_of(reader) == "old"


def test_a_link_that_was_used_takes_the_others_with_it(reader):
    ask(card_of(reader))
    ask(card_of(reader), secret="t" * 43)

    assert use() is not None

    assert use("t" * 43, to="another") is None
    assert password_of(reader) == "new"


def test_a_link_says_nothing_about_another_patron(reader, ken):
    ask(card_of(reader))

    use()

    assert password_of(ken) == ""
    assert use("x" * 43) is None


def test_of_two_at_once_one_wins(reader):
    ask(card_of(reader))

    told = at_once(lambda: use(to="one"), lambda: use(to="two"))

    assert sorted(answer is None for answer in told) == [False, True]
    assert password_of(reader) == ("two" if told[0] is None else "one")
    assert len(letters(LetterKind.PASSWORD_CHANGED)) == 2  # one for each address


def test_looking_at_a_link_does_not_use_it_up(reader):
    ask(card_of(reader))

    assert find()
    assert find()
    assert use() is not None


def test_nobody_fills_the_mailbox_of_another(reader):
    for number in range(10):
        ask(card_of(reader), secret=f"{number}" * 43, at=f"192.0.2.{number}")

    assert len(letters()) == 2 * 3
    ask(card_of(reader), now=NOW + dt.timedelta(hours=1, seconds=1))
    assert len(letters()) == 2 * 4


def test_nobody_tries_card_after_card(reader):
    for number in range(15):
        ask(f"9{number:06}")

    ask(card_of(reader))
    from_one_place = letters()
    ask(card_of(reader), at="192.0.2.2")

    assert from_one_place == []
    assert len(letters()) == 2


def test_who_asks_for_links_keeps_nobody_from_signing_in(reader):
    card_number = card_of(reader)
    for number in range(10):
        ask(card_number, secret=f"{number}" * 43)

    guess = sessions.count_guess(
        card_number=card_number,
        buckets=guess_buckets_of(card_number=card_number, address="192.0.2.1", key=KEY),
        policy=OUR_LIBRARY.sign_in,
        now=NOW,
    )

    assert guess.is_heard


def test_links_are_forgotten_when_they_lead_nowhere_any_more(reader):
    ask(card_of(reader))

    password_links.forget_the_past(now=NOW + MINUTES)
    still_there = find()
    password_links.forget_the_past(now=NOW + dt.timedelta(days=1, seconds=1))

    assert still_there
    assert not find()
