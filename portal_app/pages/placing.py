"""予約内容確認 and 予約結果: what is to be placed on hold, and what became of it (K-28 to K-30)."""

from collections.abc import Callable

import reflex as rx

from portal_app import libraries, routes
from portal_app.components import cart, offline
from portal_app.components.buttons import action_bar, primary_button
from portal_app.components.facts import fact, facts
from portal_app.components.fields import choice_group, radio
from portal_app.components.grips import grip, ordered_list
from portal_app.components.layout import page
from portal_app.components.links import elsewhere, link
from portal_app.components.mail import choice_when_placing, letter_about_placed
from portal_app.components.messages import done, information, refusal
from portal_app.components.outbox import reason_of, waits
from portal_app.components.printing import print_button, printed_on
from portal_app.components.records import cover, full_title, record_list, record_row
from portal_app.components.refusals import reason_of_hold
from portal_app.components.rows import Row
from portal_app.components.steps import steps
from portal_app.components.words import date_of, t, t_of
from portal_app.pages.cart import ABOVE, STEPS
from portal_app.state.cart import CartState

ABOVE_CONFIRMATION = [*ABOVE, ("cart.title", routes.CART)]
TOGETHER = ("in_order", "any_one")


def confirm_holds_page() -> rx.Component:
    """Show once more what is about to be placed, before it counts (K-29)."""
    chosen = cart.chosen_of(CartState.lines)
    return page(
        "cart.confirm.title",
        # Whoever comes here without having been asked, or a second time; and where
        # another tab has taken away what was chosen.
        rx.cond(
            ~cart.is_asked(),
            elsewhere(routes.HOLDS_PLACED),
            rx.cond(CartState.is_loaded & (chosen.length() == 0), elsewhere(routes.CART)),
        ),
        steps(STEPS, here="cart.step.confirm"),
        rx.el.p(t("cart.confirm.lead"), class_name="lead"),
        *_chosen(chosen),
        facts(
            fact(t("cart.confirm.kind"), t_of("cart.confirm.kind_is", cart.wish("kind"))),
            fact(t("cart.pickup_branch"), t_of("branch", cart.wish("pickup_branch"))),
            fact(t("cart.contact"), t_of("holds.contact", cart.wish("contact_method"))),
            fact(t("cart.expires_on"), _expiry()),
        ),
        choice_when_placing(CartState.letter_choices),
        action_bar(
            primary_button(
                t("cart.confirm.place"),
                on_click=cart.place(
                    CartState.lines,
                    letter_choices=CartState.letter_choices,
                    result=routes.HOLDS_PLACED,
                ),
            ),
            link(t("cart.confirm.back"), to=routes.CART, class_name="button button-plain"),
        ),
        crumbs=ABOVE_CONFIRMATION,
    )


def holds_placed_page() -> rx.Component:
    """Say for each record what became of it, and why not (K-30)."""
    return page(
        "cart.placed.title",
        rx.cond(cart.placed().length() == 0, elsewhere(routes.CART)),
        steps(STEPS, here="cart.step.placed"),
        rx.el.div(
            _outcomes("waiting", information, "cart.placed.waiting", _waiting_row),
            _outcomes("done", done, "cart.placed.done", _placed_row),
            *([_together()] if libraries.current().holds.series.when_placing else []),
            letter_about_placed(cart.placed()),
            _outcomes("refused", refusal, "cart.placed.refused", _refused_row),
            class_name="receipt",
        ),
        action_bar(
            link(t("cart.placed.to_holds"), to=routes.HOLDS, class_name="button button-primary"),
            link(t("cart.look"), to=routes.CART, class_name="button button-plain"),
            print_button(),
        ),
        printed_on(as_of=CartState.as_of),
        crumbs=ABOVE_CONFIRMATION,
    )


# ------------------------------------------------------------ before


def _chosen(chosen: Row) -> list[rx.Component]:
    as_they_stand = record_list(rx.foreach(chosen, _confirmed_row))
    if not libraries.current().holds.series.when_placing:
        return [as_they_stand]
    kind = cart.wish("kind")
    together = rx.cond(kind == "in_order", _in_order(), as_they_stand)
    return [rx.cond(kind == "ordinary", as_they_stand, rx.fragment(_kinds(), together))]


def _kinds() -> rx.Component:
    """Ask for an order, or for any one of them where the library offers that."""
    if not libraries.current().holds.series.any_one:
        return rx.fragment()
    return choice_group(
        t("hold_series.draft.kind"),
        *(
            radio(
                "kind",
                t(f"hold_series.draft.kind_is.{kind}"),
                value=kind,
                checked=cart.wish("kind") == kind,
                on_change=cart.set_kind(kind),
            )
            for kind in TOGETHER
        ),
        name="kind",
    )


def _in_order() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("cart.confirm.order"), id="order"),
        rx.el.p(t("cart.confirm.order_hint"), class_name="hint"),
        ordered_list(
            rx.foreach(cart.in_order(CartState.lines), _ordered_row),
            keys=cart.keys_in_order(CartState.lines),
            on_move=cart.put_in_order(CartState.lines),
            class_name="records series-members",
        ),
        aria_labelledby="order",
        class_name="series-order",
    )


def _confirmed_row(line: Row) -> rx.Component:
    return _plain_row(line.record, reason_of_hold(line.refused))


def _ordered_row(line: Row) -> rx.Component:
    handle = grip(title=full_title(line.record), key=line.record.record_id)
    return _plain_row(
        line.record,
        reason_of_hold(line.refused),
        choice=rx.el.div(handle, class_name="record-marks"),
    )


def _expiry() -> rx.Component:
    expires_on = cart.wish("expires_on")
    return rx.cond(
        expires_on == "",
        rx.el.span(t("holds.no_expiry")),
        rx.el.span(date_of(expires_on)),
    )


# ------------------------------------------------------------ after


def _outcomes(
    state: str,
    message: Callable[[rx.Var[str]], rx.Component],
    text: str,
    draw: Callable[[Row], rx.Component],
) -> rx.Component:
    found = offline.operations_on("holds.place", cart.placed(), state=state)
    drawn = rx.fragment(
        message(t(text, count=found.length())), record_list(rx.foreach(found, draw))
    )
    shown = rx.cond(found.length() > 0, drawn)
    # While the library is about to answer, there is nothing to be said of waiting.
    return rx.cond(offline.without_server(), shown) if state == "waiting" else shown


def _together() -> rx.Component:
    """Say in which order they will be lent, or why they are not held together."""
    operation = offline.operation_on_all("holds.arrange", cart.placed())
    settled = rx.match(
        operation.state,
        (
            "done",
            done(t_of("cart.placed.together", cart.placed_as()), " ", reason_of(operation)),
        ),
        ("refused", refusal(t("cart.placed.not_together"), " ", reason_of(operation))),
        rx.fragment(),
    )
    is_none = operation.is_none() | (cart.placed_as() == "ordinary")
    return rx.cond(is_none, rx.fragment(), settled)


def _waiting_row(operation: Row) -> rx.Component:
    return _outcome_row(operation, waits("holds.place", "record_id", _record_id(operation)))


def _placed_row(operation: Row) -> rx.Component:
    place = t("cart.placed.place", place=operation.answer.place)
    branch = t_of("branch", operation.shown.pickup_branch)
    return _outcome_row(operation, rx.el.p(place), facts(fact(t("cart.pickup_branch"), branch)))


def _refused_row(operation: Row) -> rx.Component:
    return _outcome_row(operation, rx.el.p(reason_of(operation), class_name="reason"))


def _outcome_row(operation: Row, *details: rx.Component) -> rx.Component:
    return _plain_row(operation.shown.record, *details)


def _record_id(operation: Row) -> Row:
    return operation.shown.record.record_id


def _plain_row(
    record: Row, *details: rx.Component, choice: rx.Component | None = None
) -> rx.Component:
    return record_row(
        title=full_title(record),
        cover=cover(record.title, material=record.material),
        to=routes.record(record.record_id),
        line=record.line,
        choice=choice,
        details=details,
    )
