"""What a desk has done in another system: a table of loans, returns and the like (CSV, TSV)."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

from portal_app.exchange.encodings import encoding_of
from portal_app.exchange.outcomes import NotReadable
from portal_app.exchange.rows import Row, Table

HEADINGS = ("at", "event", "barcode", "card", "branch")


class EventKind(StrEnum):
    """What a desk did, as the column ``event`` says it."""

    LENT = "lent"
    RETURNED = "returned"
    ARRIVED = "arrived"
    CANCELLED = "cancelled"
    LOST = "lost"


# What is about somebody, and not only about a thing.
OF_A_CARD = frozenset({EventKind.LENT, EventKind.CANCELLED})


class Unreadable(StrEnum):
    """Why a row is no event. The value is the sentence that a librarian reads."""

    BAD_ROW = "the row cannot be read"
    NO_TIME = "the time is none, such as 2026-11-22T10:30"
    NO_EVENT = "the event is none of lent, returned, arrived, cancelled and lost"
    NO_BARCODE = "there is no barcode"
    NO_CARD = "there is no card number"
    NO_BRANCH = "there is no branch"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskEvent:
    """One thing that a desk did. ``number`` counts the rows below the headings from one."""

    number: int
    at: dt.datetime
    kind: EventKind
    barcode: str
    card_number: str
    branch_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoEvent:
    """A row that says nothing that could be done."""

    number: int
    reason: Unreadable


def read_events(stream: BinaryIO, *, zone: dt.tzinfo) -> Iterator[DeskEvent | NoEvent]:
    """Return each event in the order of the file. A time without a zone is of ``zone``."""
    table = Table(stream, encoding=encoding_of(stream))
    headings = [heading.casefold() for heading in table.headings]
    missing = [heading for heading in HEADINGS if heading not in headings]
    if missing:
        message = f"there is no heading {', '.join(missing)} (headings are {', '.join(HEADINGS)})"
        raise NotReadable(message)
    for row in table.rows():
        if isinstance(row, Row):
            yield _event(row.number, _named(headings, row.cells), zone)
        else:
            yield NoEvent(number=row.number, reason=Unreadable.BAD_ROW)


def _named(headings: Sequence[str], cells: Sequence[str]) -> Mapping[str, str]:
    return {name: cell.strip() for name, cell in zip(headings, cells, strict=False)}


def _event(number: int, cells: Mapping[str, str], zone: dt.tzinfo) -> DeskEvent | NoEvent:
    at, kind = _moment(cells.get("at", ""), zone), _kind(cells.get("event", ""))
    if at is None:
        return NoEvent(number=number, reason=Unreadable.NO_TIME)
    if kind is None:
        return NoEvent(number=number, reason=Unreadable.NO_EVENT)
    event = DeskEvent(
        number=number,
        at=at,
        kind=kind,
        barcode=cells.get("barcode", ""),
        card_number=cells.get("card", ""),
        branch_code=cells.get("branch", ""),
    )
    missing = _missing(event)
    return event if missing is None else NoEvent(number=number, reason=missing)


def _missing(event: DeskEvent) -> Unreadable | None:
    if not event.barcode:
        return Unreadable.NO_BARCODE
    if event.kind in OF_A_CARD and not event.card_number:
        return Unreadable.NO_CARD
    return None if event.branch_code else Unreadable.NO_BRANCH


def _moment(written: str, zone: dt.tzinfo) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _kind(written: str) -> EventKind | None:
    return next((kind for kind in EventKind if kind == written.casefold()), None)
