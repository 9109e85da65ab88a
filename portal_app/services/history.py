"""借りたことがある資料: keeping the locks and the sealed entries of a reading history (K-08, K-18).

Nothing here can open an entry. Only the web can, while it has the patron's cookie in hand.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session, col, delete, select

from portal_app.data.database import reading, transactional
from portal_app.data.standings import lock_patron
from portal_app.data.tables import HistoryEntry, HistoryKey, PatronSession, SessionHistoryKey

# Twenty books every fortnight for forty years.
MOST_ENTRIES = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """What closes a history, and what opens it: wrapped twice."""

    public_key: bytes
    by_password: bytes
    by_recovery_code: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionKey:
    """What opens a history while a session lasts: wrapped by the secret of its cookie."""

    id_hash: str
    wrapped: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Relocked:
    """A lock as it was and as it is from now on, and what opens it for the session meanwhile."""

    was: Lock
    now: Lock
    key: SessionKey


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedEntry:
    """A returned loan that only its patron can read."""

    id: str
    sealed: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedHistory:
    """A history as the database has it. ``wrapped`` is empty where this session cannot open it."""

    is_kept: bool
    wrapped: bytes = b""
    entries: tuple[SealedEntry, ...] = ()


@reading
def find_lock(tx: Session, *, patron_id: int) -> Lock | None:
    """Return the lock of a patron's history, or None where none is kept."""
    key = tx.get(HistoryKey, patron_id)
    return None if key is None else _lock_of(key)


@reading
def look(tx: Session, *, patron_id: int, id_hash: str) -> SealedHistory:
    """Return a patron's history as it is sealed, if this session of theirs can open it."""
    if tx.get(HistoryKey, patron_id) is None:
        return SealedHistory(is_kept=False)
    wrapped = tx.exec(
        select(SessionHistoryKey.wrapped)
        .join(PatronSession, col(PatronSession.id_hash) == SessionHistoryKey.id_hash)
        .where(SessionHistoryKey.id_hash == id_hash, PatronSession.patron_id == patron_id)
    ).one_or_none()
    if wrapped is None:
        return SealedHistory(is_kept=True)
    entries = tx.exec(
        select(HistoryEntry.id, HistoryEntry.sealed)
        .where(HistoryEntry.patron_id == patron_id)
        .limit(MOST_ENTRIES)
    )
    sealed = tuple(SealedEntry(id=number, sealed=content) for number, content in entries)
    return SealedHistory(is_kept=True, wrapped=wrapped, entries=sealed)


@transactional
def switch_on(tx: Session, *, patron_id: int, lock: Lock, key: SessionKey) -> bool:
    """Keep a history from now on, and return whether that is new: it may be kept already."""
    lock_patron(tx, patron_id=patron_id)
    if tx.get(HistoryKey, patron_id) is not None:
        return False
    tx.add(
        HistoryKey(
            patron_id=patron_id,
            public_key=lock.public_key,
            by_password=lock.by_password,
            by_recovery_code=lock.by_recovery_code,
        )
    )
    _open_for(tx, patron_id, key)
    return True


@transactional
def switch_off(tx: Session, *, patron_id: int) -> None:
    """Delete a patron's history and everything that could open it."""
    lock_patron(tx, patron_id=patron_id)
    theirs = select(PatronSession.id_hash).where(PatronSession.patron_id == patron_id)
    tx.exec(delete(SessionHistoryKey).where(col(SessionHistoryKey.id_hash).in_(theirs)))
    tx.exec(delete(HistoryEntry).where(col(HistoryEntry.patron_id) == patron_id))
    tx.exec(delete(HistoryKey).where(col(HistoryKey.patron_id) == patron_id))


@transactional
def open_for_session(tx: Session, *, patron_id: int, key: SessionKey) -> bool:
    """Let a session open its patron's history, and return whether it still lasts."""
    if tx.get(HistoryKey, patron_id) is None:
        return False
    return _open_for(tx, patron_id, key)


@transactional
def relock(tx: Session, *, patron_id: int, relocked: Relocked) -> bool:
    """Change what opens a history, here and for a session; return whether it is still that one.

    Only what differs is written: a password may change while another tab gets a new code.
    """
    lock_patron(tx, patron_id=patron_id)
    key = tx.get(HistoryKey, patron_id)
    was, now = relocked.was, relocked.now
    if key is None or key.public_key != was.public_key:
        return False
    if now.by_password != was.by_password:
        key.by_password = now.by_password
    if now.by_recovery_code != was.by_recovery_code:
        key.by_recovery_code = now.by_recovery_code
    tx.add(key)
    return _open_for(tx, patron_id, relocked.key)


@transactional
def forget_entries(tx: Session, *, patron_id: int, entry_ids: Collection[str]) -> None:
    """Delete some entries of a patron's history for good."""
    tx.exec(
        delete(HistoryEntry).where(
            col(HistoryEntry.patron_id) == patron_id, col(HistoryEntry.id).in_(entry_ids)
        )
    )


def _open_for(tx: Session, patron_id: int, key: SessionKey) -> bool:
    lasting = select(PatronSession).where(
        PatronSession.id_hash == key.id_hash,
        PatronSession.patron_id == patron_id,
        col(PatronSession.ended_at).is_(None),
    )
    if tx.exec(lasting.with_for_update()).one_or_none() is None:
        return False
    tx.merge(SessionHistoryKey(id_hash=key.id_hash, wrapped=key.wrapped))
    return True


def _lock_of(key: HistoryKey) -> Lock:
    return Lock(
        public_key=key.public_key,
        by_password=key.by_password,
        by_recovery_code=key.by_recovery_code,
    )
