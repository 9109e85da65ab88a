"""Keeping a reading history that nobody but its patron can read (K-08, K-18)."""

import datetime as dt

import pytest
from sqlmodel import Session, SQLModel, col, func, select

from portal_app.data import history_locks, reading_history
from portal_app.data.database import current_engine
from portal_app.data.history_locks import Purpose
from portal_app.data.tables import HistoryEntry, HistoryKey, PatronSession, SessionHistoryKey
from portal_app.domain.history import Read
from portal_app.domain.policies import Session as SessionPolicy
from portal_app.services import history, sessions
from portal_app.services.history import Lock, Relocked, SessionKey
from tests.conftest import NOW, TODAY
from tests.services.queues import OUR_LIBRARY

SECRET, OTHER_SECRET = "A" * 43, "B" * 43
HASH, OTHER_HASH = "a" * 64, "b" * 64
PRIVATE_KEY = history_locks.new_private_key()
LOCK = Lock(
    public_key=history_locks.public_key_of(PRIVATE_KEY),
    by_password=b"wrapped by the password",
    by_recovery_code=b"wrapped by the code",
)
KEY = SessionKey(
    id_hash=HASH, wrapped=history_locks.wrapped_by(SECRET.encode(), Purpose.SESSION, PRIVATE_KEY)
)
GINGA = Read(
    record_id=17,
    title="銀河鉄道の夜",
    volume="",
    line="宮沢賢治∥著",
    material="book",
    branch_code="main",
    lent_on=TODAY - dt.timedelta(days=14),
    returned_on=TODAY,
)


def signed_in(patron_id: int, id_hash: str = HASH) -> None:
    with Session(current_engine()) as tx, tx.begin():
        tx.add(PatronSession(id_hash=id_hash, patron_id=patron_id, created_at=NOW, seen_at=NOW))


def write_down(patron_id: int, read: Read = GINGA) -> None:
    with Session(current_engine()) as tx, tx.begin():
        reading_history.write_down(tx, patron_id=patron_id, read=read)


def rows(kind: type[SQLModel]) -> int:
    with Session(current_engine()) as tx:
        return tx.exec(select(func.count()).select_from(kind)).one()


def opened(patron_id: int, id_hash: str = HASH, secret: str = SECRET) -> list[Read] | None:
    """Return what a door shows to whoever has this session's cookie."""
    sealed = history.look(patron_id=patron_id, id_hash=id_hash)
    key = history_locks.opened_by(secret.encode(), Purpose.SESSION, sealed.wrapped)
    if key is None:
        return None
    return [Read.of(history_locks.unsealed(key, one.sealed)) for one in sealed.entries]


@pytest.fixture
def keeper(hanako) -> int:
    """Hanako keeps a history, and is signed in."""
    signed_in(hanako)
    assert history.switch_on(patron_id=hanako, lock=LOCK, key=KEY)
    return hanako


def test_k08_nothing_is_written_down_unless_a_patron_wants_it(hanako):
    signed_in(hanako)

    write_down(hanako)

    assert rows(HistoryEntry) == 0
    assert not history.look(patron_id=hanako, id_hash=HASH).is_kept
    assert history.find_lock(patron_id=hanako) is None


def test_k18_what_comes_back_is_read_by_its_patron_alone(keeper, ken):
    signed_in(ken, OTHER_HASH)
    write_down(keeper)

    assert opened(keeper) == [GINGA]
    assert opened(keeper, secret=OTHER_SECRET) is None
    assert opened(keeper, OTHER_HASH) is None
    assert not history.look(patron_id=ken, id_hash=HASH).is_kept


def test_k18_another_patrons_session_opens_no_history(keeper, ken):
    signed_in(ken, OTHER_HASH)

    key = SessionKey(id_hash=OTHER_HASH, wrapped=KEY.wrapped)

    assert not history.open_for_session(patron_id=keeper, key=key)
    assert rows(SessionHistoryKey) == 1


def test_k18_no_entry_tells_by_its_length_or_number_what_it_is(keeper):
    for _ in range(20):
        write_down(keeper)

    with Session(current_engine()) as tx:
        entries = tx.exec(select(HistoryEntry)).all()
    assert len({len(entry.sealed) for entry in entries}) == 1
    assert len({entry.sealed for entry in entries}) == len({entry.id for entry in entries}) == 20
    # A date in a name, a counter, a time: none of these.
    assert {column.name for column in SQLModel.metadata.tables["history_entry"].columns} == {
        "id",
        "patron_id",
        "sealed",
    }


def test_k08_a_history_that_is_kept_is_not_begun_once_more(keeper):
    write_down(keeper)

    other = history_locks.public_key_of(history_locks.new_private_key())
    lock = Lock(public_key=other, by_password=b"", by_recovery_code=b"")

    assert not history.switch_on(patron_id=keeper, lock=lock, key=KEY)
    assert opened(keeper) == [GINGA]


def test_k08_switching_off_deletes_the_entries_and_every_key(keeper, ken):
    signed_in(ken, OTHER_HASH)
    key = SessionKey(id_hash=OTHER_HASH, wrapped=b"Ken's")
    assert history.switch_on(patron_id=ken, lock=LOCK, key=key)
    write_down(keeper)
    write_down(ken)

    history.switch_off(patron_id=keeper)

    assert (rows(HistoryKey), rows(SessionHistoryKey), rows(HistoryEntry)) == (1, 1, 1)
    assert not history.look(patron_id=keeper, id_hash=HASH).is_kept
    write_down(keeper)
    assert rows(HistoryEntry) == 1


def test_k18_a_patron_deletes_their_own_entries_and_nobody_elses(keeper, ken):
    for _ in range(3):
        write_down(keeper)
    first, second, _ = history.look(patron_id=keeper, id_hash=HASH).entries

    history.forget_entries(patron_id=ken, entry_ids=[first.id])
    assert rows(HistoryEntry) == 3
    history.forget_entries(patron_id=keeper, entry_ids=[first.id, second.id, "0" * 32])
    assert rows(HistoryEntry) == 1


def test_k18_signing_out_takes_the_key_away(keeper):
    sessions.end_session(id_hash=HASH, now=NOW)

    assert rows(SessionHistoryKey) == 0
    assert opened(keeper) is None


def test_k18_an_idle_session_loses_the_key_when_it_is_swept(keeper):
    policy = SessionPolicy(idle_seconds=3600)
    an_hour = dt.timedelta(seconds=3600)

    assert sessions.end_overdue(policy=policy, now=NOW + an_hour) == ()
    assert rows(SessionHistoryKey) == 1
    assert sessions.end_overdue(policy=policy, now=NOW + an_hour + dt.timedelta(seconds=1)) == (
        HASH,
    )
    assert rows(SessionHistoryKey) == 0


def test_k18_a_session_that_has_ended_gets_no_key(keeper):
    sessions.end_session(id_hash=HASH, now=NOW)

    assert not history.open_for_session(patron_id=keeper, key=KEY)
    assert rows(SessionHistoryKey) == 0


def test_k18_a_password_from_the_desk_leaves_the_history_locked(keeper):
    write_down(keeper)

    sessions.issue_password(patron_id=keeper, password="anything", library=OUR_LIBRARY, now=NOW)

    assert rows(SessionHistoryKey) == 0
    assert history.find_lock(patron_id=keeper) == LOCK
    assert rows(HistoryEntry) == 1


def test_k18_a_new_lock_opens_the_same_entries(keeper):
    write_down(keeper)
    now = Lock(
        public_key=LOCK.public_key,
        by_password=b"by another password",
        by_recovery_code=LOCK.by_recovery_code,
    )

    assert history.relock(patron_id=keeper, relocked=Relocked(was=LOCK, now=now, key=KEY))

    assert history.find_lock(patron_id=keeper) == now
    assert opened(keeper) == [GINGA]


def test_k18_a_new_password_and_a_new_code_at_once_are_both_kept(keeper):
    by_password = Relocked(
        was=LOCK,
        now=Lock(
            public_key=LOCK.public_key,
            by_password=b"new password",
            by_recovery_code=LOCK.by_recovery_code,
        ),
        key=KEY,
    )
    by_code = Relocked(
        was=LOCK,
        now=Lock(
            public_key=LOCK.public_key,
            by_password=LOCK.by_password,
            by_recovery_code=b"new code",
        ),
        key=KEY,
    )

    history.relock(patron_id=keeper, relocked=by_password)
    history.relock(patron_id=keeper, relocked=by_code)

    lock = history.find_lock(patron_id=keeper)
    assert lock == Lock(
        public_key=LOCK.public_key, by_password=b"new password", by_recovery_code=b"new code"
    )


def test_k18_what_belonged_to_a_history_that_was_deleted_opens_no_new_one(keeper):
    history.switch_off(patron_id=keeper)
    new = history_locks.public_key_of(history_locks.new_private_key())
    lock = Lock(public_key=new, by_password=b"new", by_recovery_code=b"new")
    assert history.switch_on(patron_id=keeper, lock=lock, key=KEY)

    assert not history.relock(patron_id=keeper, relocked=Relocked(was=LOCK, now=LOCK, key=KEY))
    assert history.find_lock(patron_id=keeper) == lock


def test_k18_a_new_password_wraps_the_history_in_the_same_transaction(keeper):
    guess = sessions.Guess(is_heard=True, patron_id=keeper, password_hash="")
    key = SessionKey(
        id_hash=OTHER_HASH,
        wrapped=history_locks.wrapped_by(OTHER_SECRET.encode(), Purpose.SESSION, PRIVATE_KEY),
    )
    now = Lock(
        public_key=LOCK.public_key,
        by_password=b"new",
        by_recovery_code=LOCK.by_recovery_code,
    )
    write_down(keeper)

    ended = sessions.change_password(
        guess=guess,
        password_hash="new",
        id_hash=OTHER_HASH,
        library=OUR_LIBRARY,
        now=NOW,
        history=Relocked(was=LOCK, now=now, key=key),
    )

    assert ended == (HASH,)
    assert history.find_lock(patron_id=keeper) == now
    assert opened(keeper, OTHER_HASH, OTHER_SECRET) == [GINGA]
    assert opened(keeper) is None


def test_k18_a_password_that_was_not_changed_changes_no_lock(keeper):
    guess = sessions.Guess(is_heard=True, patron_id=keeper, password_hash="outdated")
    now = Lock(public_key=LOCK.public_key, by_password=b"new", by_recovery_code=b"new")

    ended = sessions.change_password(
        guess=guess,
        password_hash="new",
        id_hash=OTHER_HASH,
        library=OUR_LIBRARY,
        now=NOW,
        history=Relocked(was=LOCK, now=now, key=KEY),
    )

    assert ended is None
    assert history.find_lock(patron_id=keeper) == LOCK


def test_k18_a_sessions_key_goes_with_its_session(keeper):
    with Session(current_engine()) as tx, tx.begin():
        tx.delete(tx.get_one(PatronSession, HASH))

    assert rows(SessionHistoryKey) == 0
    with Session(current_engine()) as tx:
        assert tx.exec(select(col(HistoryKey.patron_id))).all() == [keeper]
