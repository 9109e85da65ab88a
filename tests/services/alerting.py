"""What tests of alerts do: make them, let records arrive, and look at what was told."""

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session, col, select

from portal_app.data import catalogue
from portal_app.data.database import current_engine, persisted
from portal_app.data.tables import (
    Alert,
    AlertCondition,
    AlertFind,
    Arrival,
    BibliographicRecord,
    Letter,
    MailAddress,
)
from portal_app.domain.alert_matching import Condition, anchor_lines
from portal_app.domain.alerts import Connector, Field, Match
from portal_app.domain.catalogue import CataloguedRecord
from portal_app.domain.mail import AddressKind
from tests.conftest import NOW, TODAY

AND, OR = Connector.AND, Connector.OR


def title(
    text: str, match: Match = Match.CONTAINS, connector: Connector = Connector.AND
) -> Condition:
    """Return a condition on the title."""
    return Condition(field=Field.TITLE, match=match, text=text, connector=connector)


def author(
    text: str, match: Match = Match.CONTAINS, connector: Connector = Connector.AND
) -> Condition:
    """Return a condition on the author."""
    return Condition(field=Field.AUTHOR, match=match, text=text, connector=connector)


def make_alert(
    patron_id: int,
    *conditions: Condition,
    name: str = "新しい本",
    titles_max: int = 10,
    is_active: bool = True,
) -> int:
    """Let a patron have an alert, and return its number."""
    with Session(current_engine()) as tx, tx.begin():
        alert = Alert(
            patron_id=patron_id,
            name=name,
            titles_max=titles_max,
            is_active=is_active,
            anchors=anchor_lines(conditions),
            made_at=NOW,
        )
        tx.add(alert)
        tx.flush()  # conditions need their alert
        alert_id = persisted(alert.id)
        for position, one in enumerate(conditions, start=1):
            tx.add(
                AlertCondition(
                    alert_id=alert_id,
                    position=position,
                    field=one.field,
                    match=one.match,
                    text=one.text,
                    connector=one.connector,
                )
            )
    return alert_id


def give_address(patron_id: int, place: int = 1, *, confirmed_at: dt.datetime | None = NOW) -> str:
    """Let a patron have an address, and return it."""
    address = f"patron{patron_id}@{place}.example.jp"
    with Session(current_engine()) as tx, tx.begin():
        tx.add(
            MailAddress(
                patron_id=patron_id,
                place=place,
                address=address,
                kind=AddressKind.PC,
                confirmed_at=confirmed_at,
            )
        )
    return address


def bring_in(*titles: str) -> None:
    """Import records with these titles, each known by its title."""
    import_records(*(CataloguedRecord(key=one, title=one) for one in titles))


def import_records(*records: CataloguedRecord) -> None:
    """Import records, as a file does."""
    with Session(current_engine()) as tx, tx.begin():
        catalogue.put_records(tx, records=records, today=TODAY)


def arrived() -> Sequence[str]:
    """Return the titles of the records that wait to be compared."""
    with Session(current_engine()) as tx:
        return tx.exec(
            select(BibliographicRecord.title)
            .join(Arrival, col(Arrival.record_id) == BibliographicRecord.id)
            .order_by(col(BibliographicRecord.id))
        ).all()


def finds() -> int:
    """Return how many finds wait to be told."""
    with Session(current_engine()) as tx:
        return tx.exec(select(sa.func.count()).select_from(AlertFind)).one()


def letters() -> Sequence[Letter]:
    """Return every letter, in the order in which they were written."""
    with Session(current_engine()) as tx:
        return tx.exec(select(Letter).order_by(col(Letter.id))).all()


def told(letter: Letter) -> list[str]:
    """Return the names of alerts and the titles in a letter."""
    return [line[2:] for line in letter.body.splitlines() if line[:1] in ("◆", "■")]
