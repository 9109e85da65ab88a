"""Writing down what a patron has returned, so that nobody but them can read it (K-18)."""

import secrets

from nacl.public import PublicKey, SealedBox
from sqlmodel import Session, select

from portal_app.data.tables import HistoryEntry, HistoryKey
from portal_app.domain.history import Read, written


def write_down(tx: Session, *, patron_id: int, read: Read) -> None:
    """Seal a loan that has come back, if its patron keeps a history.

    Part of the transaction that returns it: afterwards nobody knows whose it was.
    """
    public_key = tx.exec(
        select(HistoryKey.public_key).where(HistoryKey.patron_id == patron_id)
    ).one_or_none()
    if public_key is None:
        return
    sealed = SealedBox(PublicKey(public_key)).encrypt(written(read))
    tx.add(HistoryEntry(id=secrets.token_hex(16), patron_id=patron_id, sealed=sealed))
