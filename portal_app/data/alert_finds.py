"""Alerts that wait, and what they have found, as statements over many rows at once."""

from collections.abc import Collection, Iterator, Mapping, Sequence

import sqlalchemy as sa
from sqlmodel import Session

from portal_app.data.fitting import table_of
from portal_app.data.statements import Statements
from portal_app.data.tables import AlertFind, Arrival

_AT_ONCE = 10_000

_WAITING = {
    kind: "SELECT id, patron_id, anchors FROM alert"  # noqa: S608  only places
    f" WHERE id > {place} AND is_active ORDER BY id LIMIT {place}"
    for kind, place in (("sqlite", "?"), ("postgresql", "%s"))
}
# Whoever paused or deleted an alert meanwhile hears of nothing any more.
_PUT = {
    "sqlite": """
        INSERT INTO alert_find (patron_id, record_id, alert_id)
        SELECT ?, ?, id FROM alert WHERE id = ? AND is_active ON CONFLICT DO NOTHING""",
    "postgresql": """
        INSERT INTO alert_find (patron_id, record_id, alert_id)
        SELECT found.patron_id, found.record_id, alert.id
        FROM unnest(%s::int[], %s::int[], %s::int[]) AS found (patron_id, record_id, alert_id)
        JOIN alert ON alert.id = found.alert_id AND alert.is_active
        ON CONFLICT DO NOTHING""",
}

Find = tuple[int, int, int]  # whose, which record, by which alert


def waiting(tx: Session) -> Iterator[tuple[int, int, str]]:
    """Yield the number, the patron and the clauses of every alert that is not paused.

    A portion at a time: at no moment are all of them here.
    """
    statements = Statements(tx)
    last = 0
    while rows := statements.rows(_WAITING[statements.kind], (last, _AT_ONCE)):
        yield from rows
        last = rows[-1][0]


def settle(tx: Session, *, record_ids: Collection[int], finds: Sequence[Find]) -> None:
    """Write down what was found of these arrivals, and that they were compared.

    Of an arrival that another worker has settled meanwhile nothing is written again.
    """
    arrival = table_of(Arrival)
    gone = tx.execute(
        sa.delete(arrival).where(arrival.c.record_id.in_(record_ids)).returning(arrival.c.record_id)
    )
    ours = set(gone.scalars())
    rows = [find for find in finds if find[1] in ours]
    if not rows:
        return
    connection = tx.connection()
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_PUT["postgresql"], tuple(map(list, zip(*rows, strict=True))))
        return
    connection.exec_driver_sql(_PUT["sqlite"], rows)


def take(tx: Session, *, patrons: int) -> Mapping[int, Mapping[int, Sequence[int]]]:
    """Take what was found for so many patrons: records by alert by patron, the newest first.

    Alerts stand in the order in which they were made; what several have found is in each.
    It is gone with this transaction, so whatever is to be told must be written in it.
    """
    table = table_of(AlertFind)
    next_ones = sa.select(table.c.patron_id).distinct().order_by(table.c.patron_id).limit(patrons)
    whose = tx.execute(next_ones).scalars().all()
    gone = tx.execute(
        sa.delete(table)
        .where(table.c.patron_id.in_(whose))
        .returning(table.c.patron_id, table.c.alert_id, table.c.record_id)
    )
    found: dict[int, dict[int, list[int]]] = {}
    for patron_id, alert_id, record_id in sorted(
        map(tuple, gone), key=lambda row: (*row[:2], -row[2])
    ):
        found.setdefault(patron_id, {}).setdefault(alert_id, []).append(record_id)
    return found
