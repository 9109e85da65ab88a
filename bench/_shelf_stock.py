"""A portal whose patron has a shelf as full as it may be."""

import random
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sqlmodel import Session, select

from e2e.serving import Serving
from portal_app import clock
from portal_app.data import catalogue, synthetic
from portal_app.data.database import connect, disconnect, reading, transactional
from portal_app.data.tables import Patron
from portal_app.domain.shelves import Chosen, ShelfKey
from portal_app.services import shelf_books, shelf_copies, shelf_filling, shelves

RECORDS = 10_000
BOOKS = 1_000
WRITTEN_ABOUT_EVERY = 5
OWNER = "Hanako"
NAME, NAME_OF_EMPTY = "千冊の本棚", "空の本棚"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """A shelf with a thousand books, an empty one beside it, and the portal that serves both."""

    portal: Serving
    full: ShelfKey
    empty: ShelfKey
    record_ids: tuple[int, ...]

    @property
    def file(self) -> Path:
        """The database."""
        return self.portal.settings.folder / "portal.db"

    def moved(self) -> int:
        """Return how many books stand on the shelf that was empty."""
        return len(shelf_copies.books(key=self.empty))


@contextmanager
def stocked(folder: Path) -> Iterator[Stock]:
    """Serve a library whose patron has a full shelf, until the end."""
    with Serving.open(library="kagoshima", folder=folder) as portal:
        connect(portal.settings.database_url)
        try:
            yield _stock(portal)
        finally:
            disconnect()


def _stock(portal: Serving) -> Stock:
    codes = portal.library.pickup_branches
    _put_records(list(islice(synthetic.records(RECORDS, branches=codes), RECORDS)))
    patron_id = _patron_id(portal.cast[OWNER].card_number)
    full, empty = (ShelfKey(patron_id=patron_id, shelf_id=str(uuid.uuid4())) for _ in range(2))
    now, policy = clock.now(), portal.library.shelf
    for key, name in ((full, NAME), (empty, NAME_OF_EMPTY)):
        shelves.create(key=key, name=name, policy=policy, now=now)
    record_ids = tuple(random.Random(4).sample(range(1, RECORDS), BOOKS))  # noqa: S311  not a secret
    shelf_filling.add(keys=[full], record_ids=record_ids, policy=policy, now=now)
    written_about = record_ids[::WRITTEN_ABOUT_EVERY]
    for record_id in written_about:
        note = "図書館の講座で紹介された。続きも読む。"
        shelf_books.note(key=full, record_id=record_id, note=note, seen_note="")
    shelf_books.mark(chosen=Chosen(shelf=full, record_ids=written_about), is_read=True)
    return Stock(portal=portal, full=full, empty=empty, record_ids=record_ids)


@transactional
def _put_records(tx: Session, records: list[catalogue.CataloguedRecord]) -> None:
    catalogue.put_records(tx, records=records, today=clock.now().date())


@reading
def _patron_id(tx: Session, card_number: str) -> int:
    found = tx.exec(select(Patron.id).where(Patron.card_number == card_number)).one()
    assert found is not None  # noqa: S101  the demonstration has everybody of the cast
    return found
