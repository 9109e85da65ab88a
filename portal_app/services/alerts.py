"""A patron's alerts: what they want to hear of when it is new (K-60 to K-67)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session, col, delete, func, select, update

from portal_app.data.database import persisted, reading, transactional
from portal_app.data.post import destinations_for, destinations_of
from portal_app.data.standings import lock_patron
from portal_app.data.tables import Alert, AlertCondition, RecordCreator, RecordSubject
from portal_app.data.tables import BibliographicRecord as Record
from portal_app.domain import alert_drafts as rules
from portal_app.domain.alert_drafts import Begun, Draft, Flaw, Problem
from portal_app.domain.alert_matching import Condition, anchor_lines
from portal_app.domain.mail import NoticeKind
from portal_app.domain.policies import MOST_ALERTS, Mail
from portal_app.domain.policies import Alerts as Policy


class Reach(StrEnum):
    """Whether alerts reach a patron (K-60). All but the first: ``alerts.reach.<value>``."""

    REACHED = "reached"
    NO_ADDRESS = "no_address"
    NO_DESTINATION = "no_destination"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRow:
    """An alert as its patron sees it."""

    alert_id: int
    name: str
    memo: str
    is_active: bool
    titles_max: int
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerts:
    """All alerts of a patron in the order in which they were made, and whether mail comes."""

    alerts: tuple[AlertRow, ...]
    reach: Reach


@reading
def look(tx: Session, *, patron_id: int, mail: Mail) -> Alerts:
    """Return the alerts of a patron (K-61)."""
    found = tx.exec(
        select(Alert)
        .where(Alert.patron_id == patron_id)
        .order_by(col(Alert.made_at), col(Alert.id))
        .limit(MOST_ALERTS)
    ).all()
    return Alerts(alerts=tuple(_rows(tx, found)), reach=_reach(tx, patron_id, mail))


@reading
def show(tx: Session, *, patron_id: int, alert_id: int) -> AlertRow | None:
    """Return an alert of a patron, or None where they have none of this number."""
    found = _own(tx, patron_id, alert_id)
    return None if found is None else _rows(tx, [found])[0]


@reading
def reach(tx: Session, *, patron_id: int, mail: Mail) -> Reach:
    """Return whether mail about new arrivals reaches a patron (K-60)."""
    return _reach(tx, patron_id, mail)


@reading
def is_full(tx: Session, *, patron_id: int, policy: Policy) -> bool:
    """Return whether a patron has as many alerts as the library allows (K-63)."""
    return _is_full(tx, patron_id, policy)


@reading
def begin_from_record(tx: Session, *, record_id: int, policy: Policy) -> Begun | None:
    """Return the form for new arrivals like a record (K-67), or None where there is none."""
    record = tx.get(Record, record_id)
    if record is None:
        return None
    author = select(RecordCreator.name).where(RecordCreator.record_id == record_id)
    subject = select(RecordSubject.term).where(RecordSubject.record_id == record_id)
    return rules.begun_from_record(
        title=record.title,
        authors=tx.exec(author.order_by(col(RecordCreator.position)).limit(1)).all(),
        subjects=tx.exec(subject.order_by(col(RecordSubject.position)).limit(1)).all(),
        policy=policy,
    )


@transactional
def register(
    tx: Session, *, patron_id: int, draft: Draft, policy: Policy, now: dt.datetime
) -> tuple[Flaw, ...]:
    """Keep a new alert (K-63), and return nothing, or what keeps it from being kept."""
    lock_patron(tx, patron_id=patron_id)
    draft = rules.tidied(draft)
    if flaws := _flaws(draft, policy):
        return flaws
    if _is_full(tx, patron_id, policy):
        return (Flaw(problem=Problem.TOO_MANY, limit=policy.limit),)
    alert = Alert(
        patron_id=patron_id,
        name=draft.name,
        memo=draft.memo,
        titles_max=draft.titles_max,
        anchors=anchor_lines(draft.conditions),
        made_at=now,
    )
    tx.add(alert)
    tx.flush()  # conditions need their alert first
    _write_conditions(tx, persisted(alert.id), draft)
    return ()


@transactional
def change(
    tx: Session, *, patron_id: int, alert_id: int, draft: Draft, policy: Policy
) -> tuple[Flaw, ...]:
    """Keep an alert as it was changed (K-65), and return nothing, or what is against it."""
    lock_patron(tx, patron_id=patron_id)
    draft = rules.tidied(draft)
    if flaws := _flaws(draft, policy):
        return flaws
    alert = _own(tx, patron_id, alert_id)
    if alert is None:
        return (Flaw(problem=Problem.NO_SUCH_ALERT),)
    alert.name, alert.memo, alert.titles_max = draft.name, draft.memo, draft.titles_max
    alert.anchors = anchor_lines(draft.conditions)
    tx.exec(delete(AlertCondition).where(col(AlertCondition.alert_id) == alert_id))
    _write_conditions(tx, alert_id, draft)
    return ()


@transactional
def pause(tx: Session, *, patron_id: int, alert_id: int) -> str:
    """Send nothing about an alert until it is resumed (K-64), and return its name, if it is."""
    return _switch(tx, patron_id, alert_id, is_active=False)


@transactional
def resume(tx: Session, *, patron_id: int, alert_id: int) -> str:
    """Send mail about an alert again (K-64), and return its name, if it is."""
    return _switch(tx, patron_id, alert_id, is_active=True)


@transactional
def remove(tx: Session, *, patron_id: int, alert_id: int) -> str:
    """Delete an alert with its conditions (K-66), and return what it was called, if it was."""
    alert = _own(tx, patron_id, alert_id)
    if alert is None:
        return ""
    tx.exec(delete(Alert).where(col(Alert.id) == alert_id, col(Alert.patron_id) == patron_id))
    return alert.name


def _switch(tx: Session, patron_id: int, alert_id: int, *, is_active: bool) -> str:
    alert = _own(tx, patron_id, alert_id)
    if alert is None:
        return ""
    tx.exec(
        update(Alert)
        .where(col(Alert.id) == alert_id, col(Alert.patron_id) == patron_id)
        .values(is_active=is_active)
    )
    return alert.name


def _own(tx: Session, patron_id: int, alert_id: int) -> Alert | None:
    return tx.exec(
        select(Alert).where(Alert.id == alert_id, Alert.patron_id == patron_id)
    ).one_or_none()


def _is_full(tx: Session, patron_id: int, policy: Policy) -> bool:
    own = select(func.count()).select_from(Alert).where(Alert.patron_id == patron_id)
    return tx.exec(own).one() >= policy.limit


def _reach(tx: Session, patron_id: int, mail: Mail) -> Reach:
    if not destinations_of(tx, patron_id=patron_id):
        return Reach.NO_ADDRESS
    kind = NoticeKind.NEW_ARRIVALS
    chosen = destinations_for(tx, patron_id=patron_id, kind=kind, policy=mail)
    if not chosen:
        return Reach.NO_DESTINATION
    return Reach.REFUSED if all(one.is_refused for one in chosen) else Reach.REACHED


def _rows(tx: Session, alerts: Sequence[Alert]) -> list[AlertRow]:
    conditions: dict[int, list[Condition]] = defaultdict(list)
    lines = tx.exec(
        select(AlertCondition)
        .where(col(AlertCondition.alert_id).in_([persisted(alert.id) for alert in alerts]))
        .order_by(col(AlertCondition.alert_id), col(AlertCondition.position))
    )
    for line in lines:
        conditions[line.alert_id].append(
            Condition(field=line.field, match=line.match, text=line.text, connector=line.connector)
        )
    return [
        AlertRow(
            alert_id=persisted(alert.id),
            name=alert.name,
            memo=alert.memo,
            is_active=alert.is_active,
            titles_max=alert.titles_max,
            conditions=tuple(conditions[persisted(alert.id)]),
        )
        for alert in alerts
    ]


def _flaws(draft: Draft, policy: Policy) -> tuple[Flaw, ...]:
    if not policy.is_offered:
        return (Flaw(problem=Problem.NOT_OFFERED),)
    return rules.flaws_of(draft, policy=policy)


def _write_conditions(tx: Session, alert_id: int, draft: Draft) -> None:
    for position, condition in enumerate(draft.conditions, start=1):
        tx.add(
            AlertCondition(
                alert_id=alert_id,
                position=position,
                field=condition.field,
                match=condition.match,
                text=condition.text,
                connector=condition.connector,
            )
        )
