"""What devices send about holds."""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from sqlmodel import Session

from portal_app.data.database import within
from portal_app.domain import hold_series as series_rules
from portal_app.domain import outbox as rules
from portal_app.domain.hold_series import SeriesKind, When
from portal_app.domain.holds import HoldKey, Request, Wish
from portal_app.domain.outbox import Answer
from portal_app.services import hold_changes, hold_series, holds, letters
from portal_app.services.deliveries import Delivery, Kind, Number, Payload
from portal_app.services.hold_changes import Cancelled, Changed
from portal_app.text import Lang, language_of


def _read_day(text: object) -> dt.date | None:
    if not isinstance(text, str):
        problem = "a day is a text, and empty for none"
        raise ValueError(problem)  # noqa: TRY004  pydantic takes a TypeError for a mistake of ours
    return dt.date.fromisoformat(text) if text else None


Day = Annotated[dt.date, BeforeValidator(_read_day)]
DayOrNone = Annotated[dt.date | None, BeforeValidator(_read_day)]


class OneHold(Payload):
    """A hold of the patron's."""

    hold_id: Number


class LetterWish(Payload):
    """Where to tell the patron of it by mail, and in which language. No place is no mail.

    Pages of an older release say neither.
    """

    letter_to: Annotated[int, Field(ge=0, le=9)] = 0
    lang: Annotated[Lang, BeforeValidator(language_of)] = Lang.JA


class Cancellation(LetterWish, OneHold):
    """A hold to give up, and whether to confirm that by mail (G-34)."""


class Confirmation(LetterWish):
    """The records of one press, and where to confirm what has become of them (K-29)."""

    record_ids: Annotated[list[Number], Field(max_length=1_000)]


class Service(Payload):
    """How to serve the patron (K-26). No ``expires_on`` is for ever."""

    pickup_branch: str
    contact_method: str
    expires_on: DayOrNone


class HoldRequest(Service):
    """A record to place on hold, and how to serve the patron."""

    record_id: Number


class HoldChange(Service, OneHold):
    """A hold, and how to serve the patron from now on (G-35)."""


class Suspension(OneHold):
    """A hold, and the last day on which it is passed over."""

    until: Day


class Arrangement(Payload):
    """Which waiting holds belong together, and in which order (K-28, G-33).

    ``record_ids`` are what is held. No ``series_id`` is a new series, no record dissolves one.
    """

    series_id: Number | None
    kind: Literal["in_order", "any_one"]
    record_ids: Annotated[list[Number], Field(max_length=1_000)]
    when: Literal["placing", "later"] = "later"


def _place(tx: Session, sent: Delivery[HoldRequest]) -> Answer:
    wanted = sent.payload
    request = Request(
        record_ids=(wanted.record_id,),
        pickup_branch=wanted.pickup_branch,
        contact_method=wanted.contact_method,
        expires_on=wanted.expires_on,
    )
    placed = within(tx, holds.place)(
        patron_id=sent.patron_id, request=request, library=sent.library, now=sent.now
    )
    if placed.problem is not None:
        return sent.refused(placed.problem)
    if not placed.outcomes:
        return sent.refused(rules.Refusal.NO_LONGER_IN_CART)
    [outcome] = placed.outcomes
    if outcome.refused is None:
        return sent.done(place=outcome.place)
    refused = outcome.refused
    return sent.refused(refused.why, day=refused.on, limit=refused.limit)


def _change(tx: Session, sent: Delivery[HoldChange]) -> Answer:
    wanted = sent.payload
    wish = Wish(
        pickup_branch=wanted.pickup_branch,
        contact_method=wanted.contact_method,
        expires_on=wanted.expires_on,
    )
    return _changed(
        sent,
        within(tx, hold_changes.change)(
            key=_key(sent), wish=wish, library=sent.library, today=sent.now.date()
        ),
    )


def _cancel(tx: Session, sent: Delivery[Cancellation]) -> Answer:
    cancelled = within(tx, hold_changes.cancel)(key=_key(sent), library=sent.library, now=sent.now)
    if cancelled.refused is not None or not sent.payload.letter_to:
        return _cancelled(sent, cancelled)
    note = within(tx, letters.write_cancelled)(
        key=_key(sent), wish=_letter_wish(sent), library=sent.library, now=sent.now
    )
    return sent.done(note=note)


def _confirm(tx: Session, sent: Delivery[Confirmation]) -> Answer:
    if not sent.payload.letter_to:
        return sent.done()
    note = within(tx, letters.write_placed)(
        patron_id=sent.patron_id,
        record_ids=sent.payload.record_ids,
        wish=_letter_wish(sent),
        library=sent.library,
        now=sent.now,
    )
    return sent.done(note=note)


def _ask_to_cancel(tx: Session, sent: Delivery[OneHold]) -> Answer:
    return _cancelled(
        sent,
        within(tx, hold_changes.ask_to_cancel)(key=_key(sent), library=sent.library, now=sent.now),
    )


def _suspend(tx: Session, sent: Delivery[Suspension]) -> Answer:
    return _changed(
        sent,
        within(tx, hold_changes.suspend)(
            key=_key(sent),
            until=sent.payload.until,
            library=sent.library,
            today=sent.now.date(),
        ),
    )


def _resume(tx: Session, sent: Delivery[OneHold]) -> Answer:
    return _changed(
        sent,
        within(tx, hold_changes.resume)(
            key=_key(sent), library=sent.library, today=sent.now.date()
        ),
    )


def _step_back(tx: Session, sent: Delivery[OneHold]) -> Answer:
    return _changed(
        sent,
        within(tx, hold_changes.let_next_go_first)(
            key=_key(sent), library=sent.library, today=sent.now.date()
        ),
    )


def _arrange(tx: Session, sent: Delivery[Arrangement]) -> Answer:
    wanted = sent.payload
    wish = series_rules.Wish(
        series_id=wanted.series_id,
        kind=SeriesKind(wanted.kind),
        record_ids=tuple(wanted.record_ids),
        when=When(wanted.when),
    )
    arranged = within(tx, hold_series.arrange)(
        patron_id=sent.patron_id, wish=wish, policy=sent.library.holds, now=sent.now
    )
    if arranged.refused is not None:
        return sent.refused(arranged.refused)
    if arranged.left_out:
        return sent.done(note=series_rules.Note.SOME_LEFT_OUT, limit=arranged.left_out)
    return sent.done()


def _key(sent: Delivery[Any]) -> HoldKey:
    return HoldKey(patron_id=sent.patron_id, hold_id=sent.payload.hold_id)


def _letter_wish(sent: Delivery[Any]) -> letters.Wish:
    return letters.Wish(place=sent.payload.letter_to, lang=sent.payload.lang)


def _changed(sent: Delivery[Any], changed: Changed) -> Answer:
    declined = changed.declined
    if declined is None:
        return sent.done()
    return sent.refused(declined.why, day=declined.on, limit=declined.limit)


def _cancelled(sent: Delivery[Any], cancelled: Cancelled) -> Answer:
    return sent.done() if cancelled.refused is None else sent.refused(cancelled.refused)


# A part of outbox.KINDS.
HOLD_KINDS: Mapping[str, Kind[Any]] = {
    "holds.place": Kind(payload=HoldRequest, act=_place),
    "holds.change": Kind(payload=HoldChange, act=_change),
    "holds.cancel": Kind(payload=Cancellation, act=_cancel),
    "holds.ask_to_cancel": Kind(payload=OneHold, act=_ask_to_cancel),
    "holds.suspend": Kind(payload=Suspension, act=_suspend),
    "holds.resume": Kind(payload=OneHold, act=_resume),
    "holds.step_back": Kind(payload=OneHold, act=_step_back),
    "holds.confirm": Kind(payload=Confirmation, act=_confirm),
    "holds.arrange": Kind(payload=Arrangement, act=_arrange),
}
