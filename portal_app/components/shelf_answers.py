"""What became of what a patron did last with their shelves."""

import reflex as rx

from portal_app.components.messages import done, information
from portal_app.components.outbox import about, latest_answer, reason_of
from portal_app.components.rows import Row
from portal_app.components.words import t_of

# The list itself says where something stands now.
_SAID_BY_THE_LIST = ("shelves.order", "shelves.arrange")


def shelf_answer() -> rx.Component:
    """Say what this page did last with a shelf, and what to know about it."""
    return latest_answer("shelves.", in_full=_done)


def _done(operation: Row) -> rx.Component:
    said = t_of("shelves.done", operation.kind, **about(operation))
    silent = [(kind, rx.fragment()) for kind in _SAID_BY_THE_LIST]
    return rx.cond(
        operation.answer.reason,
        information(reason_of(operation)),
        rx.match(operation.kind, *silent, done(said)),
    )
