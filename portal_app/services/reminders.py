"""Reminders of due dates: found a portion at a time, and each written once (K-45).

What a patron was told is written on the loan in the transaction of the letter, so that it
is told once, whatever is restarted and however many workers there are.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, exists, or_, select

from portal_app.data import post, push
from portal_app.data.database import reading, transactional
from portal_app.data.letter_texts import day_for, title_line, written_out
from portal_app.data.post import Draft
from portal_app.data.standings import lock_patron
from portal_app.data.summaries import Summary, summaries
from portal_app.data.tables import (
    Item,
    Loan,
    MailAddress,
    NoticeChoice,
    Patron,
    PushSubscription,
)
from portal_app.domain import reminders as rules
from portal_app.domain.mail import LetterKind, NoticeKind
from portal_app.domain.policies import Library, Mail
from portal_app.domain.push import PushKind
from portal_app.domain.reminders import Out
from portal_app.text import say

PORTION = 100

# What is late is read first.
_ORDER = (LetterKind.OVERDUE, LetterKind.DUE_SOON)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A loan that a letter tells of, and the record that was lent."""

    loan: Loan
    record_id: int
    kind: LetterKind


@reading
def whose_turn(
    tx: Session, *, after: int, library: Library, now: dt.datetime, limit: int = PORTION
) -> tuple[int, ...]:
    """Return the next patrons who may have to be reminded and can be, in the order of their ids.

    Where patrons cannot choose reminders, none are written.
    """
    if NoticeKind.DUE_DATE not in library.mail.notices:
        return ()
    has_address = exists().where(
        col(MailAddress.patron_id) == Loan.patron_id, col(MailAddress.confirmed_at).is_not(None)
    )
    has_device = (
        [exists().where(col(PushSubscription.patron_id) == Loan.patron_id)]
        if library.push.is_offered
        else []
    )
    wants_none = exists().where(
        col(NoticeChoice.patron_id) == Loan.patron_id,
        col(NoticeChoice.kind) == NoticeKind.DUE_DATE,
        col(NoticeChoice.is_sent).is_(False),
    )
    patron_ids = tx.exec(
        select(Loan.patron_id)
        .where(
            col(Loan.patron_id) > after,
            col(Loan.returned_at).is_(None),
            _may_be_told(library.mail, now.date()),
            or_(has_address, *has_device),
            ~wants_none,
        )
        .order_by(col(Loan.patron_id))
        .distinct()
        .limit(limit)
    )
    return tuple(patron_id for patron_id in patron_ids if patron_id is not None)


@transactional
def remind(tx: Session, *, patron_id: int, library: Library, now: dt.datetime) -> bool:
    """Write one letter about everything of a patron's that is due soon or overdue.

    Return whether there was anything to write. Without an address or a device nothing counts
    as told: who proves one tomorrow is reminded tomorrow. Where every address is refused, the
    message in the portal tells.
    """
    lock_patron(tx, patron_id=patron_id)
    policy = library.mail
    destinations = post.destinations_for(
        tx, patron_id=patron_id, kind=NoticeKind.DUE_DATE, policy=policy
    )
    choice = post.choice_for(tx, patron_id=patron_id, kind=NoticeKind.DUE_DATE, policy=policy)
    is_pushed = (
        library.push.is_offered and choice.is_sent and push.has_device(tx, patron_id=patron_id)
    )
    if not destinations and not is_pushed:
        return False
    days_before = choice.days_before or policy.days_before_due
    told = _to_be_told(tx, patron_id, days_before, policy, now.date())
    if not told:
        return False
    records = summaries(tx, record_ids=[one.record_id for one in told])
    draft = _draft(told, records, library, tx.get_one(Patron, patron_id))
    post.put_to_all(tx, patron_id=patron_id, destinations=destinations, draft=draft, now=now)
    if is_pushed:
        push.put_for(tx, patron_id, kind=PushKind.LOANS, now=now)
    for one in told:
        due_on = one.loan.due_on
        one.loan.reminded_of = due_on
        one.loan.overdue_letters = rules.overdue_letters(due_on, policy=policy, today=now.date())
        tx.add(one.loan)
    return True


def _may_be_told(policy: Mail, today: dt.date) -> ColumnElement[bool]:
    """Return which loans the rules are worth asking about."""
    soon = today + dt.timedelta(days=max(policy.days_before_due_max, policy.days_before_due))
    was_not_reminded = col(Loan.reminded_of).is_(None) | (col(Loan.reminded_of) != col(Loan.due_on))
    of_reminders = (
        was_not_reminded
        & (col(Loan.due_on) <= soon)
        & (col(Loan.due_on) >= today - rules.MISSED_FOR)
    )
    of_late_ones = [
        (col(Loan.due_on) <= today - dt.timedelta(days=days)) & (col(Loan.overdue_letters) < times)
        for times, days in enumerate(sorted(policy.overdue_after_days), start=1)
    ]
    return or_(of_reminders, *of_late_ones)


def _to_be_told(
    tx: Session, patron_id: int, days_before: int, policy: Mail, today: dt.date
) -> Sequence[_Told]:
    rows = tx.exec(
        select(Loan, Item.record_id)
        .join(Item, col(Item.id) == Loan.item_id)
        .where(Loan.patron_id == patron_id, col(Loan.returned_at).is_(None))
        .order_by(col(Loan.due_on), col(Loan.id))
        .with_for_update(of=Loan)
        # Another worker may have been here, or the desk, while we waited.
        .execution_options(populate_existing=True)
    ).all()
    told: list[_Told] = []
    for loan, record_id in rows:
        out = Out(
            due_on=loan.due_on,
            reminded_of=loan.reminded_of,
            overdue_letters=loan.overdue_letters,
        )
        kind = rules.occasion(out, days_before=days_before, policy=policy, today=today)
        if kind is not None:
            told.append(_Told(loan=loan, record_id=record_id, kind=kind))
    return told


def _draft(
    told: Sequence[_Told], records: Mapping[int, Summary], library: Library, patron: Patron
) -> Draft:
    lang = patron.language
    parts: dict[LetterKind, list[str]] = defaultdict(list)
    for one in told:
        until = day_for(patron, one.loan.due_on, lang)
        details = say("letters.due_soon.details", lang, until=until)
        parts[one.kind].append(f"{title_line(records[one.record_id])}\n{details}")
    kinds = [kind for kind in _ORDER if kind in parts]
    texts = [text for kind in kinds for text in (say(f"letters.{kind}.lead", lang), *parts[kind])]
    closing = say("letters.due_soon.closing", lang)
    return written_out(kinds[0], [*texts, closing], library, lang)
