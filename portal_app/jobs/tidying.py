"""What ends although nobody touches anything: holds whose time is up, and what is over."""

import datetime as dt

from portal_app.domain.policies import Library
from portal_app.services import (
    address_proofs,
    forgetting,
    group_messages,
    lapses,
    letters,
    news,
    outbox,
    password_links,
    push,
    sessions,
    shelves,
    staff,
)


def lapse(library: Library, now: dt.datetime) -> None:
    """End the holds whose time is up, a portion at a time, so that nobody waits for long."""
    while lapses.lapse(library=library, now=now):
        pass


def forget(library: Library, now: dt.datetime) -> None:
    """Delete what is over and would only say who was here, and what nobody asks for again."""
    sessions.forget_the_past(now=now)
    staff.forget_the_past(now=now)
    outbox.forget_the_past(now=now)
    letters.forget_the_past(now=now)
    push.forget_the_past(now=now)
    address_proofs.forget_the_past(policy=library.mail, now=now)
    group_messages.forget_the_past(now=now)
    news.forget_the_past(now=now)
    password_links.forget_the_past(now=now)
    shelves.forget_the_past(policy=library.shelf, now=now)
    lapses.forget_the_past(policy=library.holds, now=now)
    forgetting.blur_the_past(now=now)
