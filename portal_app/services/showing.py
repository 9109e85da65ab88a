"""The demonstration as it is being shown: how far its clock is ahead, and which showing it is."""

import datetime as dt
import math
from dataclasses import dataclass

from sqlmodel import Session, col, select

from portal_app.data.database import reading, transactional
from portal_app.data.tables import Job, Letter, PatronSession, Showing, StaffSession
from portal_app.domain import showing as rules
from portal_app.domain.showing import Refusal, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Which showing it is, and how far its clock is ahead."""

    edition: str
    ahead: dt.timedelta


@reading
def look(tx: Session) -> Shown | None:
    """Return what is being shown, as the database says it."""
    row = tx.exec(select(Showing)).one_or_none()
    if row is None:
        return None
    return Shown(edition=row.edition, ahead=dt.timedelta(seconds=row.seconds_ahead))


@transactional
def set_forward(
    tx: Session, *, step: Step, date: dt.date | None, real_now: dt.datetime
) -> Refusal | None:
    """Set the clock to the morning of a later day, or return why not.

    Nobody is signed out by that: whoever is there has been there until just now. What is
    being done goes on being done by the same worker.
    """
    row = tx.exec(select(Showing).with_for_update()).one()
    now = real_now + dt.timedelta(seconds=row.seconds_ahead)
    day = rules.wanted_day(step, date=date, today=now.date())
    refusal = rules.refusal_for(day, today=now.date(), real_today=real_now.date())
    if refusal is not None or day is None:
        return refusal
    seconds_ahead = math.ceil((rules.morning_of(day, like=now) - real_now).total_seconds())
    later = dt.timedelta(seconds=seconds_ahead - row.seconds_ahead)
    row.seconds_ahead = seconds_ahead
    _move_what_lasts(tx, later)
    return None


def _move_what_lasts(tx: Session, later: dt.timedelta) -> None:
    for kind in (PatronSession, StaffSession):
        lasting = select(kind).where(col(kind.ended_at).is_(None)).with_for_update()
        for session in tx.exec(lasting):
            session.created_at += later
            session.seen_at += later
    for kind in (Job, Letter):
        leased = select(kind).where(col(kind.leased_until).is_not(None)).with_for_update()
        for one in tx.exec(leased):
            one.leased_until = one.leased_until and one.leased_until + later
