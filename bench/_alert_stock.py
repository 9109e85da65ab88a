"""A library in which many patrons wait for what is new, and a day's arrivals."""

import datetime as dt
import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import sqlalchemy as sa
from sqlmodel import Session

from portal_app.data import catalogue, synthetic
from portal_app.data.database import transactional
from portal_app.data.fitting import table_of
from portal_app.data.tables import (
    Alert,
    AlertCondition,
    AlertFind,
    Arrival,
    Letter,
    MailAddress,
    Patron,
)
from portal_app.domain.alert_matching import Condition, anchor_lines
from portal_app.domain.alerts import Connector, Field, Match
from portal_app.domain.catalogue import CataloguedRecord
from portal_app.domain.mail import AddressKind

ARRIVALS = 1_000
ALERTS_OF_A_PATRON = 3
TITLES = 10
# Patrons name what they have read; what arrives is not in these.
READ = 50_000
SEED = 20261128

_AT_ONCE = 5_000
_PARTICLES = re.compile(r"[のとはをへ\s:・「」]+")
_SHORTEST = 2

Conditions = tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """What waits: the conditions of each alert by its number, and the numbers of the arrivals."""

    alerts: Mapping[int, Conditions]
    record_ids: Sequence[int]


def alerts(count: int) -> Iterator[Conditions]:
    """Yield the conditions of so many alerts, always the same."""
    chance = random.Random(SEED)  # noqa: S311  it should be the same every time
    words = _Words([*islice(synthetic.records(READ, branches=("main",)), ARRIVALS, None)])
    return (_conditions(chance, words) for _ in range(count))


class _Words:
    """What patrons name: each author, each word of a title as likely as another.

    Few ask for what every tenth book is about, and many for what comes once a year.
    """

    def __init__(self, read: Sequence[CataloguedRecord]) -> None:
        self.titles = [one.title.partition(" : ")[0] for one in read]
        self.authors = _each(who.name for one in read for who in one.creators)
        self.words = _each(word for title in self.titles for word in _PARTICLES.split(title))
        self.subjects = _each(subject for one in read for subject in one.subjects)
        self.publishers = _each(one.publisher for one in read)


def _each(texts: Iterable[str]) -> Sequence[str]:
    return sorted({one for one in texts if len(one) >= _SHORTEST})


def _conditions(chance: random.Random, words: _Words) -> Conditions:
    author = _line(Field.AUTHOR, chance.choice(words.authors))
    title = _line(Field.TITLE, chance.choice(words.words))
    begins = _line(Field.TITLE, chance.choice(words.titles), match=Match.STARTS)
    subject = _line(Field.SUBJECT, chance.choice(words.subjects))
    publisher = _line(Field.PUBLISHER, chance.choice(words.publishers))
    without = _line(Field.TITLE, chance.choice(words.words), match=Match.LACKS)
    or_title = _line(Field.TITLE, title.text, connector=Connector.OR)
    kinds = (
        *[(author,)] * 45,
        *[(title,)] * 20,
        *[(begins,)] * 5,
        *[(subject, publisher)] * 5,
        *[(subject, title)] * 13,
        *[(author, without)] * 5,
        *[(author, or_title, publisher)] * 7,
    )
    return chance.choice(kinds)


def _line(
    field: Field,
    text: str,
    *,
    match: Match = Match.CONTAINS,
    connector: Connector = Connector.AND,
) -> Condition:
    return Condition(field=field, match=match, text=text, connector=connector)


def fill(count: int, *, today: dt.date, now: dt.datetime) -> Stock:
    """Put so many alerts into an empty library, and let a day's records arrive."""
    waiting = dict(enumerate(alerts(count), start=1))
    _put_patrons(count // ALERTS_OF_A_PATRON + 1, today=today, now=now)
    _put_alerts(waiting, now=now)
    records = [*synthetic.records(ARRIVALS, branches=("main",))]
    _put_records(records, today)
    return Stock(alerts=waiting, record_ids=range(1, ARRIVALS + 1))


@transactional
def bring_back(tx: Session, *, record_ids: Sequence[int]) -> None:
    """Let the same records arrive again, and forget what was found and told."""
    for kind in (AlertFind, Arrival, Letter):
        tx.execute(sa.delete(table_of(kind)))
    tx.execute(sa.insert(table_of(Arrival)), [{"record_id": number} for number in record_ids])


@transactional
def _put_patrons(tx: Session, count: int, *, today: dt.date, now: dt.datetime) -> None:
    patrons = [
        {
            "id": number,
            "card_number": f"{number:014}",
            "card_expires_on": today,
            "name": f"{number}",
            "born_on": dt.date(1990, 4, 1),
            "password_hash": "",
            "password_is_initial": True,
            "initial_failures": 0,
            "contact_method": "",
            "telephone": "",
            "language": "ja",
        }
        for number in range(count)
    ]
    addresses = [
        {
            "patron_id": number,
            "place": 1,
            "address": f"{number}@example.jp",
            "kind": AddressKind.PC,
            "confirmed_at": now,
        }
        for number in range(count)
    ]
    tx.execute(sa.insert(table_of(Patron)), patrons)
    tx.execute(sa.insert(table_of(MailAddress)), addresses)


@transactional
def _put_alerts(tx: Session, waiting: Mapping[int, Conditions], *, now: dt.datetime) -> None:
    remaining = iter(waiting.items())
    while some := list(islice(remaining, _AT_ONCE)):
        rows = [
            {
                "id": number,
                "patron_id": number // ALERTS_OF_A_PATRON,
                "name": "新しい本",
                "memo": "",
                "is_active": True,
                "titles_max": TITLES,
                "anchors": anchor_lines(conditions),
                "made_at": now,
            }
            for number, conditions in some
        ]
        lines = [
            {
                "alert_id": number,
                "position": position,
                "field": one.field,
                "match": one.match,
                "text": one.text,
                "connector": one.connector,
            }
            for number, conditions in some
            for position, one in enumerate(conditions, start=1)
        ]
        tx.execute(sa.insert(table_of(Alert)), rows)
        tx.execute(sa.insert(table_of(AlertCondition)), lines)


@transactional
def _put_records(tx: Session, records: Sequence[CataloguedRecord], today: dt.date) -> None:
    catalogue.put_records(tx, records=records, today=today)
