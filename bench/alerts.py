"""What it costs to compare a day's arrivals with every alert, beside a plain loop.

``./portal bench alerts``: a thousand records against ten thousand and a hundred thousand
alerts. The run reads the alerts and the records, matches, and writes what was found; the loop
has all of both at hand already, and only looks whether the conditions hold.
"""

import gc
import sys
import tempfile
import tracemalloc
from collections.abc import Generator, Mapping, Sequence
from pathlib import Path
from time import perf_counter

from sqlmodel import Session, SQLModel, select

from bench._alert_stock import ALERTS_OF_A_PATRON, Stock, bring_back, fill
from bench.report import Figure, report
from portal_app import clock, libraries
from portal_app.data import arrivals
from portal_app.data.database import connect, disconnect, reading
from portal_app.data.tables import AlertFind
from portal_app.domain.alert_matching import Clause, Texts, clauses_of
from portal_app.domain.policies import Alerts
from portal_app.jobs import alerts

FEW, MANY = 10_000, 100_000
SOME = 50  # of the arrivals
TIMES = 5
GOAL = 1 / 50  # of the loop
GROWTH = 10  # for ten times as many alerts
OFFERED = Alerts()


def measure() -> Generator[Figure]:
    """Compare with few alerts and with many."""
    few = yield from _compared(FEW)
    many = yield from _compared(MANY)
    yield Figure(
        name=f"{MANY:,} alerts beside {FEW:,}",
        value=many,
        unit="ms",
        reference=few,
        goal=GROWTH,
    )


def _compared(count: int) -> Generator[Figure, None, float]:
    """Yield what was measured with so many alerts, and return how long the run took."""
    with tempfile.TemporaryDirectory() as folder:
        engine = connect(f"sqlite:///{Path(folder) / 'alerts.db'}")
        SQLModel.metadata.create_all(engine)
        stock = fill(count, today=clock.now().date(), now=clock.now())
        try:
            return (yield from _figures(count, stock))
        finally:
            disconnect()


def _figures(count: int, stock: Stock) -> Generator[Figure, None, float]:
    name = f"{len(stock.record_ids):,} arrivals, {count:,} alerts"
    # What the bench itself keeps is not for the run to look through again and again.
    gc.freeze()
    run = min(_run(stock) for _ in range(TIMES))
    ours = _finds()
    # A loop over many takes minutes: then only some of the records are looked at again.
    looked_at = stock.record_ids if count == FEW else stock.record_ids[:SOME]
    texts = dict(_texts(record_ids=looked_at))
    clauses = {number: clauses_of(one) for number, one in stock.alerts.items()}
    begin = perf_counter()
    theirs = _loop(clauses, texts)
    loop = (perf_counter() - begin) * 1000
    wrong = {find for find in ours if find[1] in texts} ^ theirs
    if count == FEW:
        yield Figure(
            name=f"{name}: match and write", value=run, unit="ms", reference=loop, goal=GOAL
        )
    else:
        yield Figure(name=f"{name}: match and write", value=run, unit="ms")
    yield Figure(
        name=f"{name}: found by one and not by the other, of {len(theirs):,}",
        value=len(wrong),
        unit="finds",
        goal=0,
    )
    yield Figure(name=f"{name}: memory at most", value=_most_memory(stock), unit="MB")
    begin = perf_counter()
    alerts.write_letters(libraries.load("kagoshima"), clock.now())
    yield Figure(
        name=f"{name}: write the letters", value=(perf_counter() - begin) * 1000, unit="ms"
    )
    return run


def _run(stock: Stock) -> float:
    bring_back(record_ids=stock.record_ids)
    gc.collect()
    begin = perf_counter()
    alerts.match(OFFERED)
    return (perf_counter() - begin) * 1000


def _loop(
    clauses: Mapping[int, Sequence[Clause]], texts: Mapping[int, Texts]
) -> set[tuple[int, ...]]:
    """Look at every alert for every record."""
    found: set[tuple[int, ...]] = set()
    for record_id, text in texts.items():
        for number, asked in clauses.items():
            for clause in asked:
                if clause.holds(text):
                    found.add((number // ALERTS_OF_A_PATRON, record_id, number))
                    break
    return found


@reading
def _texts(tx: Session, *, record_ids: Sequence[int]) -> list[tuple[int, Texts]]:
    return [*arrivals.texts(tx, record_ids=record_ids)]


@reading
def _finds(tx: Session) -> set[tuple[int, ...]]:
    rows = tx.exec(select(AlertFind.patron_id, AlertFind.record_id, AlertFind.alert_id))
    return {tuple(row) for row in rows}


def _most_memory(stock: Stock) -> float:
    bring_back(record_ids=stock.record_ids)
    gc.collect()
    tracemalloc.start()
    alerts.match(OFFERED)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / 1e6


if __name__ == "__main__":
    sys.exit(report("alerts", measure()))
