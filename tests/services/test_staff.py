import datetime as dt

import pytest
from sqlmodel import Session, select

from portal_app.data import tables
from portal_app.data.passwords import password_matches
from portal_app.domain.sessions import Buckets
from portal_app.services import sessions, staff
from portal_app.services.staff import Opening, Refusal
from tests.conftest import NOW, TODAY
from tests.services.queues import OUR_LIBRARY

MINUTE = dt.timedelta(minutes=1)
PASSWORD = "kx7m-p3qd-9rte"


@pytest.fixture
def midori(branches) -> str:
    """Midori works at the desk of the west branch."""
    added = staff.add(login="midori", name="みどり", branch_code="west", password=PASSWORD)
    assert added is None
    return "midori"


def guess(login="midori", *, now=NOW):
    buckets = Buckets(card=login, address="here")
    return staff.count_guess(login=login, buckets=buckets, now=now)


def sign_in(*, id_hash="session", branch="", now=NOW) -> bool:
    given = guess(now=now)
    return staff.open_session(
        guess=given,
        password_hash=given.password_hash,
        opening=Opening(id_hash=id_hash, branch_code=branch),
        now=now,
    )


def test_the_first_password_is_kept_as_a_hash_alone(library, midori):
    with Session(library) as tx:
        [member] = tx.exec(select(tables.StaffMember))

    assert PASSWORD not in member.password_hash
    assert password_matches(member.password_hash, PASSWORD)


def test_whoever_signs_in_is_at_their_usual_desk_or_at_the_one_they_say(midori):
    assert sign_in(id_hash="usual")
    assert sign_in(id_hash="another", branch="main")

    usual, another = staff.find(id_hash="usual", now=NOW), staff.find(id_hash="another", now=NOW)
    assert usual is not None
    assert another is not None
    assert (usual.name, usual.branch_code) == ("みどり", "west")
    assert another.branch_code == "main"


def test_nobody_is_at_a_desk_that_the_library_has_not(midori):
    assert not sign_in(branch="nowhere")


def test_whoever_has_no_usual_desk_is_at_the_first(branches):
    staff.add(login="midori", name="みどり", branch_code=None, password=PASSWORD)

    assert sign_in()
    at = staff.find(id_hash="session", now=NOW)
    assert at is not None
    assert at.branch_code == "main"


def test_an_unknown_login_has_a_password_that_nothing_matches(branches):
    unknown = guess("nobody")

    assert unknown.is_heard
    assert unknown.password_hash == ""
    assert unknown.staff_id is None


def test_the_sixth_guess_at_a_login_is_not_heard_for_a_while(midori):
    assert [guess().is_heard for _ in range(6)] == [True] * 5 + [False]
    assert guess(now=NOW + 6 * MINUTE).is_heard


def test_a_right_password_is_no_guess(midori):
    assert all(sign_in(id_hash=f"session {number}") for number in range(7))


def test_two_cannot_have_one_login(midori):
    again = staff.add(login="midori", name="緑", branch_code=None, password=PASSWORD)

    assert again is Refusal.LOGIN_IS_TAKEN
    assert [member.name for member in staff.everybody()] == ["みどり"]


def test_a_branch_must_be_one_of_the_library(branches):
    added = staff.add(login="midori", name="みどり", branch_code="moon", password=PASSWORD)

    assert added is Refusal.UNKNOWN_BRANCH
    assert staff.everybody() == ()


def test_whoever_leaves_is_at_no_desk_from_that_moment(midori):
    sign_in()

    assert staff.leave(login="midori", now=NOW) is None

    assert staff.find(id_hash="session", now=NOW) is None
    assert guess().password_hash == ""
    assert not sign_in()
    assert [member.left_on for member in staff.everybody()] == [TODAY]


def test_another_first_password_ends_the_sessions_and_brings_back_who_had_left(midori):
    sign_in()
    staff.leave(login="midori", now=NOW)

    assert staff.reset(login="midori", password="another one", now=NOW) is None

    assert staff.find(id_hash="session", now=NOW) is None
    assert password_matches(guess().password_hash, "another one")


@pytest.mark.parametrize("act", [staff.leave, staff.reset])
def test_nobody_is_left_out_by_mistake(branches, act):
    more = {"password": "x"} if act is staff.reset else {}

    assert act(login="nobody", now=NOW, **more) is Refusal.UNKNOWN_LOGIN


def test_a_desk_closes_after_an_hour_and_at_the_latest_after_twelve(midori):
    sign_in()

    assert staff.find(id_hash="session", now=NOW + 60 * MINUTE)
    assert staff.find(id_hash="session", now=NOW + 61 * MINUTE) is None
    for half_hours in range(1, 25):
        staff.note_activity(id_hash="session", now=NOW + half_hours * 30 * MINUTE)
    assert staff.find(id_hash="session", now=NOW + dt.timedelta(hours=12))
    assert staff.find(id_hash="session", now=NOW + dt.timedelta(hours=12, seconds=1)) is None


def test_nothing_wakes_a_desk_that_was_closed(midori):
    sign_in()
    staff.end_session(id_hash="session", now=NOW)

    assert not staff.note_activity(id_hash="session", now=NOW + MINUTE)
    assert not staff.remember_tab(id_hash="session", token="tab")


def test_a_new_password_ends_every_other_desk(midori):
    sign_in(id_hash="one")
    sign_in(id_hash="two")
    given = guess()

    ended = staff.change_password(
        guess=given,
        password_hash="new",
        opening=Opening(id_hash="three", branch_code="main"),
        now=NOW,
    )

    assert sorted(ended or ()) == ["one", "two"]
    assert guess().password_hash == "new"
    assert staff.find(id_hash="three", now=NOW)
    again = Opening(id_hash="four", branch_code="main")
    assert staff.change_password(guess=given, password_hash="x", opening=again, now=NOW) is None


def test_an_idle_desk_is_closed_once_and_its_tabs_are_known(midori):
    sign_in()
    assert staff.remember_tab(id_hash="session", token="tab")

    assert staff.end_overdue(now=NOW + 61 * MINUTE) == ("session",)
    assert staff.end_overdue(now=NOW + 61 * MINUTE) == ()
    assert sessions.tabs_of(id_hashes=["session"]) == ("tab",)

    staff.forget_the_past(now=NOW + dt.timedelta(days=2))
    assert sessions.tabs_of(id_hashes=["session"]) == ()


def test_a_password_from_the_desk_is_a_first_one_and_ends_the_patrons_sessions(library, hanako):
    with Session(library) as tx, tx.begin():
        patron = tx.get_one(tables.Patron, hanako)
        patron.password_hash, patron.password_is_initial = "hers", False
        patron.initial_failures = 5
        tx.add(tables.PatronSession(id_hash="s", patron_id=hanako, created_at=NOW, seen_at=NOW))

    ended = sessions.issue_password(
        patron_id=hanako, password=PASSWORD, library=OUR_LIBRARY, now=NOW
    )

    assert ended == ("s",)
    with Session(library) as tx:
        patron = tx.get_one(tables.Patron, hanako)
        assert password_matches(patron.password_hash, PASSWORD)
        assert (patron.password_is_initial, patron.initial_failures) == (True, 0)
