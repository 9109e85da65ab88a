"""How long a search takes, beside the SQL that alone gives the same page.

``./portal bench search --records 1000000``: the whole service call, with the records,
items and marked words of a page, and the same question as statements written by hand,
one right after the other. The catalogues are made once and kept in .portal/bench.
"""

import argparse
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from time import perf_counter

from rich.console import Console
from rich.progress import track

from bench._full_scan import Scan, keys_of
from bench._search_queries import KINDS, Question, questions
from bench.report import Figure, middle, report, slowest_of_twenty
from portal_app import clock, libraries
from portal_app.cli import database, demo
from portal_app.data import synthetic
from portal_app.data.database import PRAGMAS, connect
from portal_app.data.search_lookup import written
from portal_app.domain.search import MOST_RESULTS
from portal_app.domain.search_terms import better_tiers_of, everything_of, likeness_of
from portal_app.services import branches, search
from portal_app.settings import PROJECT, Settings

FOLDER = PROJECT / ".portal" / "bench"
LIBRARY = "kagoshima"
SMALL = 100_000
EACH = 6  # questions of each kind
TIMES = 7
GOAL = 2  # times the bare SQL
GROWTH = 1.5  # from the small catalogue to the large one
PAGE = 20

_LATEST = "SELECT rowid FROM search_entry WHERE search_entry MATCH ? ORDER BY rowid DESC LIMIT ?"
_COUNT = "SELECT count(*) FROM (SELECT 1 FROM search_entry WHERE search_entry MATCH ? LIMIT ?)"
_ROWS = """
  SELECT record.id, title, volume, series, publisher, published_on, material, audience,
    (SELECT group_concat(name || ' / ' || role, ', ') FROM record_creator
     WHERE record_id = record.id),
    (SELECT count(*) FROM hold WHERE hold.record_id = record.id AND hold.state = 'waiting'),
    item.call_number, item.state, item.for_loan, loan.id
  FROM bibliographic_record AS record
  LEFT JOIN item ON item.record_id = record.id
  LEFT JOIN loan ON loan.item_id = item.id AND loan.returned_at IS NULL
  WHERE record.id IN ({places})"""

Times = Mapping[str, Sequence[float]]


def run(records: int) -> Iterator[Figure]:
    """Measure a catalogue of so many records, and a small one of the same kind."""
    codes = libraries.load(LIBRARY).pickup_branches
    small, large = _catalogue(min(SMALL, records)), _catalogue(records)
    asked = questions(each=EACH, among=min(SMALL, records), branches=codes)
    small_times, _ = _timed(small, asked)
    times, bare = _timed(large, asked)
    everything, alone = _all(times), _all(bare)
    yield _beside("a search, median", middle(everything), middle(alone), goal=GOAL)
    yield _beside(
        "a search, 95 %", slowest_of_twenty(everything), slowest_of_twenty(alone), goal=GOAL
    )
    for group in KINDS:
        yield _beside(f"{group}, median", middle(times[group]), middle(bare[group]))
        yield _beside(
            f"{group}, 95 %", slowest_of_twenty(times[group]), slowest_of_twenty(bare[group])
        )
    before = _all(small_times)
    growth = f"{records:,} records beside {min(SMALL, records):,}"
    yield _beside(f"{growth}, median", middle(everything), middle(before), goal=GROWTH)
    # Rare words among common ones are counted to the end, which takes as long as the lists are.
    yield _beside(f"{growth}, 95 %", slowest_of_twenty(everything), slowest_of_twenty(before))
    one_of_each = [*{question.kind: question for question in asked}.values()]
    wrong = _wrong(one_of_each, records, codes)
    for kind in wrong:
        sys.stderr.write(f"answered otherwise than by a full scan: {kind}\n")
    yield Figure(
        name=f"kinds answered otherwise than by a full scan, of {len(one_of_each)}",
        value=len(wrong),
        unit="kinds",
        goal=0,
    )


def _catalogue(records: int) -> Path:
    """Return a database with so many records, made now if it has not been made before."""
    file = FOLDER / f"search-{records}.db"
    if not file.exists():
        draft = file.with_suffix(".new")
        draft.unlink(missing_ok=True)
        settings = Settings(folder=FOLDER, library=LIBRARY, database_url=f"sqlite:///{draft}")
        library = libraries.load(LIBRARY)
        database.open_database(settings)
        database.bring_up_to_date(settings)
        branches.open_branches(branches=library.branches)
        filled = demo.fill(records, branches=library.pickup_branches, today=clock.now().date())
        console = Console(stderr=True)
        steps = -(-records // demo.BATCH)
        for _ in track(filled, "Making a catalogue", total=steps, console=console):
            pass
        sqlite3.connect(draft).execute("PRAGMA wal_checkpoint(TRUNCATE)")
        draft.rename(file)
    connect(f"sqlite:///{file}")
    return file


def _timed(file: Path, asked: Sequence[Question]) -> tuple[Times, Times]:
    """Return how long each group of questions took: the service, and SQL alone."""
    connect(f"sqlite:///{file}")
    bare = sqlite3.connect(file, isolation_level=None)
    for pragma in PRAGMAS:
        bare.execute(f"PRAGMA {pragma}")
    ours: dict[str, list[float]] = defaultdict(list)
    alone: dict[str, list[float]] = defaultdict(list)
    for question in asked:
        by_hand = _by_hand(bare, question)
        by_service = partial(search.find, query=question.query)
        pairs = [(_milliseconds(by_service), _milliseconds(by_hand)) for _ in range(TIMES)]
        # The fastest of several: what else the machine does is not ours to measure.
        fastest = map(min, zip(*pairs, strict=True))
        for times, milliseconds in zip((ours, alone), fastest, strict=True):
            times[question.group].append(milliseconds)
    bare.close()
    return ours, alone


def _by_hand(bare: sqlite3.Connection, question: Question) -> Callable[[], object]:
    """Return what asks the same in SQL: the count, the best twenty and what a list shows of them.

    The words are put into the language of the index beforehand: that is not SQL's work.
    """
    everything = filter(None, [everything_of(question.query)])
    tiers = [written(term, "sqlite") for term in (*better_tiers_of(question.query), *everything)]
    likeness = [written(term, "sqlite") for term in [likeness_of(question.query)] if term]

    def ask() -> object:
        bare.execute("BEGIN")  # all of it at one moment, as the service
        wanted = tiers
        ((number,),) = bare.execute(_COUNT, (wanted[-1], MOST_RESULTS + 1))
        if not number and likeness:
            wanted = likeness
            ((number,),) = bare.execute(_COUNT, (wanted[-1], MOST_RESULTS + 1))
        shown: dict[int, None] = {}
        for match in wanted if number else ():
            shown |= dict.fromkeys(one for (one,) in bare.execute(_LATEST, (match, PAGE)))
            if len(shown) >= min(PAGE, number):
                break
        numbers = [*shown][:PAGE]
        rows = bare.execute(_ROWS.format(places=", ".join("?" * len(numbers))), numbers).fetchall()
        bare.execute("COMMIT")
        return rows

    return ask


def _wrong(asked: Sequence[Question], records: int, codes: Sequence[str]) -> list[str]:
    """Return the kinds whose count or first page differ from what a full scan finds."""
    scans = [Scan(question.query) for question in asked]
    source = synthetic.records(records, branches=codes)
    console = Console(stderr=True)
    for number, record in enumerate(
        track(source, "Reading every record", total=records, console=console), start=1
    ):
        keys = keys_of(record)
        for scan in scans:
            scan.look_at(number, record, keys)
    return [
        f"{question.kind}: {question.query.words or question.query.conditions}"
        for question, scan in zip(asked, scans, strict=True)
        if not _agrees(question, scan.found)
    ]


def _agrees(question: Question, expected: Sequence[int]) -> bool:
    results = search.find(query=question.query)
    shown = [row.record.record_id for row in results.rows]
    return shown == [*expected[:PAGE]] and results.count.number == min(len(expected), MOST_RESULTS)


def _milliseconds(ask: Callable[[], object]) -> float:
    begin = perf_counter()
    ask()
    return (perf_counter() - begin) * 1000


def _all(times: Times) -> list[float]:
    return [one for group in times.values() for one in group]


def _beside(name: str, value: float, reference: float, goal: float | None = None) -> Figure:
    return Figure(name=name, value=value, unit="ms", reference=reference, goal=goal)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="./portal bench search")
    parser.add_argument("--records", type=int, default=SMALL)
    parser.add_argument("--json", action="store_true")
    sys.exit(report("search", run(parser.parse_args().records)))
