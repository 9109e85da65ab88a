"""Comparing what is new with every alert, and telling each patron once (K-60 to K-67).

First the finds of a portion of arrivals are written while the arrivals go, then the letters of
a portion of patrons while the finds go: each in one transaction, so that whoever goes on after
a worker has died neither loses anything nor tells it twice.
"""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from portal_app.data import alert_finds, arrivals
from portal_app.data.alert_finds import Find
from portal_app.data.database import reading, transactional
from portal_app.data.tables import Arrival
from portal_app.domain.alert_watch import Watch
from portal_app.domain.policies import Alerts


@reading
def waiting(tx: Session) -> Sequence[int]:
    """Return the records that have arrived and were not yet compared, in the order they came.

    They are asked for before the alerts are: an alert that is made meanwhile is compared
    with whatever comes after it.
    """
    return tx.exec(select(Arrival.record_id).order_by(col(Arrival.record_id))).all()


@reading
def watch(tx: Session, *, policy: Alerts) -> Watch:
    """Return every alert that is not paused, ready to be compared with what has arrived.

    Where alerts are not offered any more, those that are left find nothing.
    """
    return Watch(alert_finds.waiting(tx) if policy.is_offered else ())


@reading
def look(tx: Session, *, record_ids: Sequence[int], alerts: Watch) -> Sequence[Find]:
    """Return what alerts find among these records."""
    return [
        (patron_id, record_id, alert_id)
        for record_id, texts in arrivals.texts(tx, record_ids=record_ids)
        for alert_id, patron_id in alerts.found_by(texts).items()
    ]


@transactional
def settle(tx: Session, *, record_ids: Sequence[int], finds: Sequence[Find]) -> None:
    """Write down what was found of these arrivals, and that they were compared."""
    alert_finds.settle(tx, record_ids=record_ids, finds=finds)
