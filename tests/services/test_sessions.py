import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import Session, select

from portal_app import libraries
from portal_app.data import tables
from portal_app.data.moments import LIBRARY_TIME
from portal_app.domain.policies import Session as SessionPolicy
from portal_app.domain.sessions import Buckets
from portal_app.services import sessions
from tests.services.queues import OUR_LIBRARY

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=LIBRARY_TIME)
HOUR = SessionPolicy(idle_seconds=3600, longest_seconds=43_200)
SIGN_IN = libraries.load("kagoshima").sign_in
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def hanako(library) -> int:
    """Hanako is in good standing and has chosen a password."""
    return _add(library, card_number="1000001", password_hash="hers", password_is_initial=False)


@pytest.fixture
def mei(library) -> int:
    """Mei has never signed in: her password is still the first one."""
    return _add(library, card_number="1000002", password_hash="born", password_is_initial=True)


@pytest.fixture
def sign_in(library) -> Callable[..., str]:
    """Sign a patron in, and return the session."""

    def act(card_number="1000001", *, id_hash="session", now=NOON) -> str:
        given = guess(card_number, now=now)
        assert sessions.open_session(
            guess=given, password_hash=given.password_hash, id_hash=id_hash, now=now
        )
        return id_hash

    return act


def test_a_guess_says_what_it_must_match(hanako):
    assert guess("1000001").password_hash == "hers"
    assert guess("1000001").patron_id == hanako


def test_an_unknown_card_has_a_password_that_nothing_matches(library):
    unknown = guess("9999999")

    assert unknown.is_heard
    assert unknown.password_hash == ""
    assert unknown.patron_id is None


def test_the_sixth_guess_at_a_card_within_five_minutes_is_not_heard(hanako):
    heard = [guess("1000001", address=f"visitor {n}").is_heard for n in range(6)]

    assert heard == [True] * 5 + [False]


def test_a_card_is_heard_again_when_the_guesses_are_five_minutes_old(hanako):
    for n in range(5):
        guess("1000001", address=f"visitor {n}")

    assert guess("1000001", now=NOON + 5 * MINUTE).is_heard


def test_a_card_is_heard_twenty_times_a_day(hanako):
    moments = [NOON + n * 7 * MINUTE for n in range(200)]

    heard = [
        guess("1000001", address=f"visitor {n}", now=now).is_heard for n, now in enumerate(moments)
    ]

    assert sum(heard) == 20


def test_an_address_may_try_fifteen_cards_a_minute(library):
    heard = [guess(f"20000{n:02}", address="one visitor").is_heard for n in range(20)]

    assert sum(heard) == 15
    assert guess("2000020", address="another visitor").is_heard


def test_of_forty_guesses_at_once_five_are_heard(hanako):
    with ThreadPoolExecutor(8) as visitors:
        guesses = visitors.map(lambda n: guess("1000001", address=f"visitor {n}"), range(40))

    assert sum(one.is_heard for one in guesses) == 5


def test_a_right_guess_is_not_counted(hanako, sign_in):
    for n in range(7):
        sign_in(id_hash=f"session {n}")

    assert guess("1000001").is_heard


def test_a_guess_that_was_never_checked_is_taken_back(hanako):
    for _ in range(7):
        sessions.forget_guess(guess=guess("1000001"))

    assert guess("1000001").is_heard


def test_a_first_password_may_be_guessed_five_times_for_life(mei):
    days = [NOON + n * dt.timedelta(days=2) for n in range(6)]

    hashes = [guess("1000002", now=now).password_hash for now in days]

    assert hashes == ["born"] * 5 + [""]


def test_a_first_password_that_is_right_may_be_typed_for_ever(mei):
    """Mei tries one weak new password after another, and types the first one each time."""
    days = [NOON + n * dt.timedelta(days=2) for n in range(9)]

    for now in days:
        sessions.forget_guess(guess=guess("1000002", now=now))

    assert guess("1000002", now=days[-1]).password_hash == "born"


def test_forgetting_gives_no_guess_back_that_was_not_counted(mei):
    days = [NOON + n * dt.timedelta(days=2) for n in range(7)]
    guesses = [guess("1000002", now=now) for now in days]

    sessions.forget_guess(guess=guesses[-1])

    assert guess("1000002", now=days[-1]).password_hash == ""


def test_the_right_first_password_costs_no_guess(mei, sign_in, library):
    sign_in("1000002")

    with Session(library) as tx:
        assert tx.get_one(tables.Patron, mei).initial_failures == 0


def test_a_password_changed_during_the_check_opens_nothing(hanako, library):
    given = guess("1000001")
    with Session(library) as tx, tx.begin():
        tx.get_one(tables.Patron, hanako).password_hash = "another"

    opened = sessions.open_session(guess=given, password_hash="hers", id_hash="session", now=NOON)

    assert not opened
    assert find("session") is None


def test_a_session_knows_its_patron(hanako, sign_in):
    sign_in()

    patron = find("session")

    assert patron is not None
    assert patron.patron_id == hanako
    assert patron.name == "図書花子"
    assert patron.card_masked == "****001"
    assert patron.card_expires_on == dt.date(2027, 3, 31)
    assert patron.cart_count == 0
    assert not patron.must_change_password


def test_a_session_of_a_first_password_says_so(mei, sign_in):
    sign_in("1000002")

    patron = find("session")

    assert patron is not None
    assert patron.must_change_password


def test_nobody_is_signed_in_by_a_session_that_never_was(hanako):
    assert find("session") is None


def test_an_idle_hour_ends_a_session(hanako, sign_in):
    sign_in()

    assert find("session", now=NOON + 60 * MINUTE) is not None
    assert find("session", now=NOON + 61 * MINUTE) is None


def test_activity_starts_the_hour_anew(hanako, sign_in):
    sign_in()

    assert note("session", now=NOON + 50 * MINUTE)

    assert find("session", now=NOON + 100 * MINUTE) is not None


def test_activity_does_not_wake_what_has_ended(hanako, sign_in):
    sign_in()
    sign_in(id_hash="idle")
    sessions.end_session(id_hash="session", now=NOON)

    assert not note("session", now=NOON)
    assert not note("idle", now=NOON + 61 * MINUTE)
    assert find("session") is None


def test_twelve_hours_end_a_session_however_busy(hanako, sign_in):
    sign_in()
    for n in range(1, 25):
        note("session", now=NOON + n * 30 * MINUTE)

    assert find("session", now=NOON + 720 * MINUTE) is not None
    assert find("session", now=NOON + 721 * MINUTE) is None
    assert not note("session", now=NOON + 721 * MINUTE)


def test_signing_out_ends_one_session(hanako, sign_in):
    sign_in()
    sign_in(id_hash="at home")

    sessions.end_session(id_hash="session", now=NOON)

    assert find("session") is None
    assert find("at home") is not None


def test_a_tab_is_remembered_once_and_only_while_the_session_lasts(hanako, sign_in):
    sign_in()

    assert sessions.remember_tab(id_hash="session", token="tab")
    assert sessions.remember_tab(id_hash="session", token="tab")
    assert sessions.tabs_of(id_hashes=["session"]) == ("tab",)

    sessions.end_session(id_hash="session", now=NOON)
    assert not sessions.remember_tab(id_hash="session", token="another tab")


def test_the_sweep_ends_each_overdue_session_once(hanako, sign_in):
    sign_in()
    sign_in(id_hash="busy", now=NOON + 30 * MINUTE)

    assert sessions.end_overdue(policy=HOUR, now=NOON + 61 * MINUTE) == ("session",)
    assert sessions.end_overdue(policy=HOUR, now=NOON + 61 * MINUTE) == ()
    assert find("busy", now=NOON + 61 * MINUTE) is not None


def test_the_past_is_forgotten_after_a_day(hanako, sign_in, library):
    guess("1000001")
    sign_in()
    sessions.remember_tab(id_hash="session", token="tab")
    sessions.end_session(id_hash="session", now=NOON)

    sessions.forget_the_past(now=NOON + dt.timedelta(days=1, seconds=1))

    with Session(library) as tx:
        for table in (tables.PatronSession, tables.SessionTab, tables.SignInAttempt):
            assert tx.exec(select(table)).all() == []


def test_a_new_password_ends_every_session_and_opens_another(hanako, sign_in):
    sign_in()
    sign_in(id_hash="at home")

    ended = sessions.change_password(
        guess=guess("1000001"), password_hash="new", id_hash="fresh", library=OUR_LIBRARY, now=NOON
    )

    assert ended is not None
    assert sorted(ended) == ["at home", "session"]
    assert find("session") is None
    assert find("fresh") is not None
    assert guess("1000001").password_hash == "new"


def test_a_new_password_opens_the_portal_to_a_newcomer(mei, sign_in):
    sign_in("1000002")

    sessions.change_password(
        guess=guess("1000002"), password_hash="new", id_hash="fresh", library=OUR_LIBRARY, now=NOON
    )

    patron = find("fresh")
    assert patron is not None
    assert not patron.must_change_password


def test_a_password_changed_elsewhere_is_not_changed_again(hanako, sign_in):
    sign_in()
    given = guess("1000001")
    sessions.change_password(
        guess=given, password_hash="first", id_hash="fresh", library=OUR_LIBRARY, now=NOON
    )

    second = sessions.change_password(
        guess=given, password_hash="second", id_hash="other", library=OUR_LIBRARY, now=NOON
    )

    assert second is None
    assert guess("1000001").password_hash == "first"


def test_a_new_password_is_compared_with_what_is_in_the_bag(hanako):
    credentials = sessions.credentials_of(patron_id=hanako)

    assert credentials.card_number == "1000001"
    assert credentials.born_on == dt.date(1980, 1, 1)


def guess(card_number: str, *, address: str = "", now: dt.datetime = NOON) -> sessions.Guess:
    return sessions.count_guess(
        card_number=card_number,
        buckets=Buckets(card=f"card {card_number}", address=f"{address} {now}"),
        policy=SIGN_IN,
        now=now,
    )


def find(id_hash: str, *, now: dt.datetime = NOON) -> sessions.SignedIn | None:
    return sessions.find(id_hash=id_hash, shown_digits=3, policy=HOUR, now=now)


def note(id_hash: str, *, now: dt.datetime) -> bool:
    return sessions.note_activity(id_hash=id_hash, policy=HOUR, now=now)


def _add(library, **facts) -> int:
    patron = tables.Patron(
        name="図書花子",
        card_expires_on=dt.date(2027, 3, 31),
        born_on=dt.date(1980, 1, 1),
        **facts,
    )
    with Session(library, expire_on_commit=False) as tx, tx.begin():
        tx.add(patron)
    assert patron.id is not None
    return patron.id


def test_a_tab_that_was_emptied_is_forgotten(hanako, sign_in):
    sign_in()
    sessions.remember_tab(id_hash="session", token="tab")
    sessions.remember_tab(id_hash="session", token="another")

    sessions.forget_tabs(tokens=["tab"])

    assert sessions.tabs_of(id_hashes=["session"]) == ("another",)


def test_what_was_ended_elsewhere_is_found_for_a_while(hanako, sign_in):
    sign_in()
    sessions.issue_password(
        patron_id=hanako, password="first", library=OUR_LIBRARY, now=NOON + MINUTE
    )

    at = {"since": NOON, "until": NOON + MINUTE}
    assert sessions.ended_between(**at) == ("session",)
    assert sessions.ended_between(**at | {"since": NOON + 2 * MINUTE}) == ()
    assert sessions.ended_between(**at | {"until": NOON}) == ()
