"""Telling patrons what their alerts have found: one mail a run, with all of them (K-43, K-60)."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from sqlmodel import Session, col, select

from portal_app import routes
from portal_app.data import alert_finds, post, push
from portal_app.data.database import persisted, transactional
from portal_app.data.letter_texts import draft_of, title_line
from portal_app.data.post import Destination, Draft
from portal_app.data.summaries import Summary, summaries
from portal_app.data.tables import Alert, Patron
from portal_app.domain.mail import LetterKind, NoticeKind
from portal_app.domain.policies import Library
from portal_app.domain.push import PushKind
from portal_app.text import say
from portal_app.text.languages import Lang

PATRONS_AT_ONCE = 100
_RECORDS_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What a letter tells of an alert: some of the records that it found, and how many more."""

    name: str
    records: Sequence[int]
    more: int


@transactional
def write(tx: Session, *, library: Library, origin: str, now: dt.datetime) -> bool:
    """Write the letters of the next patrons, and tell whether there were any.

    What was found goes in the same transaction. Whoever cannot be told hears of it no more:
    neither address nor device, a card that has expired, or an alert that was paused meanwhile.
    Of whom every address is refused, the portal tells that there was a mail.
    """
    found = alert_finds.take(tx, patrons=PATRONS_AT_ONCE)
    if not found:
        return False
    alert_ids = [*chain.from_iterable(found.values())]
    waiting = select(Alert).where(col(Alert.id).in_(alert_ids), col(Alert.is_active))
    alerts = {persisted(alert.id): alert for alert in tx.exec(waiting)}
    readers = [
        (patron, told)
        for patron in _readers(tx, found, now)
        if (told := [*_told(found[persisted(patron.id)], alerts)])
    ]
    whose = [persisted(patron.id) for patron, _ in readers]
    push.put_for(tx, *whose, kind=PushKind.ALERTS, now=now)
    letters = [
        (patron, destinations, told)
        for patron, told in readers
        if (destinations := _destinations(tx, patron, library))
    ]
    records = _summaries(
        tx, {one for _, _, told in letters for each in told for one in each.records}
    )
    for patron, destinations, told in letters:
        draft = _draft(told, records, library=library, origin=origin, lang=patron.language)
        patron_id = persisted(patron.id)
        post.put_to_all(tx, patron_id=patron_id, destinations=destinations, draft=draft, now=now)
    return True


def _readers(tx: Session, found: Mapping[int, object], now: dt.datetime) -> Sequence[Patron]:
    return tx.exec(
        select(Patron)
        .where(col(Patron.id).in_(found), col(Patron.card_expires_on) >= now.date())
        .order_by(col(Patron.id))
    ).all()


def _told(found: Mapping[int, Sequence[int]], alerts: Mapping[int, Alert]) -> Iterator[_Told]:
    """Yield what each alert tells of: a record stands under the first one that has found it."""
    told: set[int] = set()
    for alert_id, records in found.items():
        alert = alerts.get(alert_id)
        own = [one for one in records if one not in told]
        if alert is None or not own:
            continue
        told.update(own)
        shown = own[: alert.titles_max]
        yield _Told(name=alert.name, records=shown, more=len(own) - len(shown))


def _destinations(tx: Session, patron: Patron, library: Library) -> Sequence[Destination]:
    return post.destinations_for(
        tx, patron_id=persisted(patron.id), kind=NoticeKind.NEW_ARRIVALS, policy=library.mail
    )


def _summaries(tx: Session, record_ids: set[int]) -> Mapping[int, Summary]:
    found: dict[int, Summary] = {}
    remaining = iter(record_ids)
    while some := list(islice(remaining, _RECORDS_AT_ONCE)):
        found |= summaries(tx, record_ids=some)
    return found


def _draft(
    told: Sequence[_Told],
    records: Mapping[int, Summary],
    *,
    library: Library,
    origin: str,
    lang: Lang,
) -> Draft:
    sections = chain.from_iterable(_section(one, records, origin, lang) for one in told)
    return draft_of(LetterKind.NEW_ARRIVALS, [*sections], library, lang)


def _section(told: _Told, records: Mapping[int, Summary], origin: str, lang: Lang) -> Iterator[str]:
    # Never a value of a text: a name or a title may have braces of its own.
    yield f"◆ {told.name}"
    for record_id in told.records:
        record = records[record_id]
        address = f"{origin}{routes.record(record_id)}"
        yield "\n".join(filter(None, [title_line(record), record.line, address]))
    if told.more:
        yield say("letters.new_arrivals.more", lang, count=told.more)
