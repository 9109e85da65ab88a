"""What the patron has done on this device and how far it has come."""

import reflex as rx

from portal_app import routes
from portal_app.components import offline
from portal_app.components.badges import waiting_badge
from portal_app.components.buttons import actions, button, named, quiet_button
from portal_app.components.links import link
from portal_app.components.messages import information, refusal
from portal_app.components.records import full_title
from portal_app.components.rows import Row
from portal_app.components.words import date_of, t, t_named, t_of, time_of

# Where an answer's reason is worded, whatever the operation was.
_REASONS = (
    "cart.refusal",
    "hold_series.note",
    "hold_series.refusal",
    "holds.not_cancelled",
    "holds.not_changed",
    "holds.problem",
    "holds.refusal",
    "letters.note",
    "loans.refusal",
    "outbox.refusal",
    "shelves.meeting",
    "shelves.refusal",
)


def title_of(operation: Row) -> rx.Var[str]:
    """Return the title of what an operation is about, or of the first of several."""
    shown = operation.shown
    return rx.cond(shown.record, full_title(shown.record), full_title(shown.records[0])).to(str)


def about(operation: Row) -> dict[str, Row]:
    """Return what texts about an operation have blanks for."""
    shown = operation.shown
    return {
        "title": title_of(operation),
        "name": named_or_not(shown.shelf_name),
        "target": named_or_not(shown.target_name),
        "count": rx.cond(shown.records, shown.records.length(), 1),
    }


def named_or_not(name: Row) -> rx.Var[str]:
    """Return a shelf's name, or what the part of a list is called that has none."""
    return rx.cond(name, name, t("shelves.unsorted")).to(str)


def reason_of(operation: Row) -> rx.Var[str]:
    """Return why an operation was refused, or what to know about it though it is done."""
    answer = operation.answer
    values = {"day": date_of(answer.day), "limit": answer.limit, "title": title_of(operation)}
    said = t_named(answer.reason, *_REASONS, **values)
    return rx.cond(answer.reason, said, "").to(str)


def waits(
    kind: str, name: str, value: Row, *, otherwise: rx.Component | None = None
) -> rx.Component:
    """Say of a row that something asked for it waits to be sent: it is not done yet.

    ``otherwise`` is what stands there as long as nothing waits. It also stays for
    the moment until the library answers, or the focus would be lost with it.
    """
    is_waiting = offline.is_waiting(kind, name, value)
    said = rx.cond(is_waiting, waiting_badge(t("outbox.waiting")))
    if otherwise is None:
        return said
    return rx.fragment(
        said, rx.cond(is_waiting & offline.without_server(), rx.fragment(), otherwise)
    )


def latest_answer(kind: str, *, in_full: Row) -> rx.Component:
    """Say what became of what this page did last. ``in_full`` draws it where it is done."""
    operation = offline.latest_operation(kind)
    return rx.cond(
        operation.is_none(),
        rx.fragment(),
        rx.match(
            operation.state,
            ("done", in_full(operation)),
            ("refused", _refused(operation)),
            rx.cond(offline.without_server(), _waiting(operation)),
        ),
    )


def operation_list(state: str, *, kind: str = "") -> rx.Component:
    """List the operations that are waiting, done or refused, with what can be done about each."""
    rows = offline.operations_that_are(state, kind=kind)
    return rx.el.ul(rx.foreach(rows, lambda one: _row(one, state)), class_name="operations")


def _row(operation: Row, state: str) -> rx.Component:
    when = t("outbox.at", day=date_of(operation.at), time=time_of(operation.at))
    return rx.el.li(
        rx.el.div(
            rx.el.h3(_said(operation)),
            rx.el.p(when, class_name="hint"),
            *([] if state == "waiting" else [_outcome(operation)]),
            class_name="operation-text",
        ),
        *([] if state == "waiting" else [_deeds(operation, state)]),
        class_name="operation",
    )


def _said(operation: Row) -> rx.Var[str]:
    return t_of("outbox.kind", operation.kind, **about(operation))


def _outcome(operation: Row) -> rx.Component:
    answer = operation.answer
    day, place = date_of(answer.day), answer.place
    is_news = rx.Var.create(operation.state) == "done"
    return rx.fragment(
        rx.cond(answer.reason, rx.el.p(reason_of(operation), class_name="reason")),
        rx.cond(is_news & answer.day, rx.el.p(t("outbox.new_due_on", day=day))),
        rx.cond(is_news & answer.place, rx.el.p(t("cart.placed.place", place=place))),
    )


def _deeds(operation: Row, state: str) -> rx.Component:
    again = button(
        named(t("outbox.try_again"), in_full=t("outbox.try_again_named", what=_said(operation))),
        on_click=offline.try_again(operation),
        icon="rotate_ccw",
    )
    away = quiet_button(
        named(t("outbox.dismiss"), in_full=t("outbox.dismiss_named", what=_said(operation))),
        on_click=offline.dismiss(operation),
        icon="x",
    )
    return actions(*([again] if state == "refused" else []), away)


def _refused(operation: Row) -> rx.Component:
    return refusal(_said(operation), " ", reason_of(operation))


def _waiting(operation: Row) -> rx.Component:
    return information(t("outbox.latest_waits", what=_said(operation)), " ", _to_outbox())


def _to_outbox() -> rx.Component:
    return link(t("outbox.look"), to=routes.REQUESTS)
