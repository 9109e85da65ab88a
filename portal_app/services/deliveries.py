"""What every kind of operation has: what it carries, and what is done when it is delivered."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session

from portal_app.domain import outbox as rules
from portal_app.domain import policies
from portal_app.domain.outbox import Answer, Reason


class Payload(BaseModel):
    """What an operation carries, exactly: nothing is guessed and nothing is passed over."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


PayloadT = TypeVar("PayloadT", bound=Payload)

# As many as an id in PostgreSQL can be.
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery(Generic[PayloadT]):
    """An operation that has been understood, and what is needed to act on it."""

    id: str
    payload: PayloadT
    patron_id: int
    library: policies.Library
    now: dt.datetime

    def done(
        self,
        *,
        note: Reason | None = None,
        day: dt.date | None = None,
        limit: int | None = None,
        place: int | None = None,
    ) -> Answer:
        """Return that it is done, with a note where that is not quite what was asked for."""
        reason = rules.key_of(note) if note else ""
        return Answer(id=self.id, is_done=True, reason=reason, day=day, limit=limit, place=place)

    def refused(
        self, reason: Reason, *, day: dt.date | None = None, limit: int | None = None
    ) -> Answer:
        """Return why it is not done."""
        return Answer(id=self.id, is_done=False, reason=rules.key_of(reason), day=day, limit=limit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Generic[PayloadT]):
    """What operations of a kind carry, and what is done about them within a transaction."""

    payload: type[PayloadT]
    act: Callable[[Session, Delivery[PayloadT]], Answer]
