"""Records that a file holds twice."""

import sqlite3
from collections.abc import Iterable, Iterator

from portal_app.domain.digests import digest_of
from portal_app.exchange.outcomes import Catalogued, Deleted, Outcome, Reason, Rejected


def without_repeats(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """Return outcomes, with each record rejected that contradicts an earlier one.

    Otherwise the two would overwrite each other in every import of the file. The
    keys are kept on disk: a file may hold more of them than memory. A record that
    the file deletes and brings again contradicts nothing.
    """
    # SQLite's name for a database of its own in a temporary file.
    seen = sqlite3.connect("")
    seen.execute("CREATE TABLE record (key TEXT PRIMARY KEY, digest TEXT) WITHOUT ROWID")
    try:
        for outcome in outcomes:
            if isinstance(outcome, Deleted):
                seen.execute("DELETE FROM record WHERE key = ?", (outcome.key,))
            yield _judged(outcome, seen) if isinstance(outcome, Catalogued) else outcome
    finally:
        seen.close()


def _judged(outcome: Catalogued, seen: sqlite3.Connection) -> Outcome:
    key, digest = outcome.record.key, digest_of(outcome.record)
    added = seen.execute("INSERT INTO record VALUES (?, ?) ON CONFLICT DO NOTHING", (key, digest))
    if added.rowcount:
        return outcome
    known = seen.execute("SELECT digest FROM record WHERE key = ?", (key,)).fetchone()
    if known == (digest,):
        return outcome
    return Rejected(number=outcome.number, reason=Reason.OTHER_CONTENT, detail=key)
