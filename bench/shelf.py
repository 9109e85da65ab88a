"""What a full shelf costs: a thousand books, on the server and in the browser.

``./portal bench shelf``: each service beside statements written by hand that read or
write the same rows, one right after the other; then the same things in a browser.
"""

import gc
import sys
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import perf_counter

from bench._shelf_page import in_the_browser
from bench._shelf_sql import BareShelf
from bench._shelf_stock import NAME, Stock, stocked
from bench.report import Figure, report
from portal_app import clock
from portal_app.domain.shelves import Chosen, Sort, Sorting, View
from portal_app.exchange.shelf_files import ShelfFile
from portal_app.exchange.shelf_formats import Format, Heading, written_as
from portal_app.services import shelf_books, shelf_copies, shelf_downloads, shelf_filling
from portal_app.services.shelf_downloads import Manner, Taken
from portal_app.text import Lang
from portal_app.text.dates import Years

TIMES = 25
GOAL = 3  # times the bare SQL
MOVED = 100
PAGE = 20


def measure() -> Iterator[Figure]:
    """Fill a shelf, and measure what patrons do with it."""
    with tempfile.TemporaryDirectory() as folder, stocked(Path(folder)) as stock:
        yield from _services(stock)
        yield from in_the_browser(stock)


def _services(stock: Stock) -> Iterator[Figure]:
    full = BareShelf(stock.file, patron_id=stock.full.patron_id, shelf_id=stock.full.shelf_id)
    view = View(sorting=Sorting(by=Sort.TITLE), page_size=PAGE)
    moved = stock.record_ids[:MOVED]
    yield _beside("open", lambda: _open(stock), full.read)
    yield _beside(
        f"a page of {PAGE}, sorted by title",
        lambda: shelf_books.look(
            patron_id=stock.full.patron_id, shelf_id=stock.full.shelf_id, view=view
        ),
        lambda: full.read_page(PAGE),
    )
    # There by the service and back by hand, so that both find the same rows each time.
    yield _beside(
        f"move {MOVED}",
        lambda: _move(stock),
        lambda: full.fetch(moved, source_id=stock.empty.shelf_id),
    )
    yield _beside("download", lambda: _take(stock), full.read)
    yield Figure(name="open, memory at most", value=_most_memory(lambda: _open(stock)), unit="MB")
    taken = _take(stock)
    for kind in (Format.TEXT, Format.CSV):
        writing = partial(_write, taken, kind)
        yield Figure(name=f"download, writing {kind}", value=_fastest(writing), unit="ms")
        most = _most_memory(lambda writing=writing: (_take(stock), writing()))
        yield Figure(name=f"download, {kind}, memory at most", value=most, unit="MB")


def _open(stock: Stock) -> object:
    key = stock.full
    return shelf_copies.look(patron_id=key.patron_id, shelf_ids=[key.shelf_id])


def _move(stock: Stock) -> object:
    return shelf_filling.move(
        chosen=Chosen(shelf=stock.full, record_ids=stock.record_ids[:MOVED]),
        target_id=stock.empty.shelf_id,
        policy=stock.portal.library.shelf,
        now=clock.now(),
    )


def _take(stock: Stock) -> Taken:
    manner = Manner(sorting=Sorting(by=Sort.TITLE), library=stock.portal.library, lang=Lang.JA)
    return shelf_downloads.take(key=stock.full, manner=manner)


def _write(taken: Taken, kind: Format) -> ShelfFile:
    today = clock.now().date()
    return written_as(
        kind,
        taken.shelves,
        Heading(name=NAME, taken_on=today, lang=Lang.JA, years=Years.WESTERN),
    )


def _beside(name: str, ours: Callable[[], object], by_hand: Callable[[], object]) -> Figure:
    pairs = [(_milliseconds(ours), _milliseconds(by_hand)) for _ in range(TIMES)]
    # The fastest of several: what else the machine does is not ours to measure.
    ours_ms, by_hand_ms = map(min, zip(*pairs, strict=True))
    return Figure(name=name, value=ours_ms, unit="ms", reference=by_hand_ms, goal=GOAL)


def _fastest(act: Callable[[], object]) -> float:
    return min(_milliseconds(act) for _ in range(TIMES))


def _milliseconds(act: Callable[[], object]) -> float:
    gc.collect()
    begin = perf_counter()
    act()
    return (perf_counter() - begin) * 1000


def _most_memory(act: Callable[[], object]) -> float:
    tracemalloc.start()
    act()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / 1e6


if __name__ == "__main__":
    sys.exit(report("shelf", measure()))
