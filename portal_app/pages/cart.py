"""予約かご: the cart, the confirmation and the result (K-24 to K-30)."""

from collections.abc import Callable

import reflex as rx

from portal_app import libraries, routes
from portal_app.components import cart, offline
from portal_app.components.badges import availability_badge, plain_badge
from portal_app.components.busy import waiting_rows
from portal_app.components.buttons import (
    action_bar,
    danger_button,
    named,
    primary_button,
    quiet_button,
    submit_button,
)
from portal_app.components.empty import nothing_here
from portal_app.components.facts import fact, facts
from portal_app.components.fields import checkbox, date_field, option, select_field
from portal_app.components.forms import page_form
from portal_app.components.layout import page
from portal_app.components.links import elsewhere, link
from portal_app.components.lists import selection_toolbar
from portal_app.components.messages import done, information, refusal
from portal_app.components.outbox import reason_of, waits
from portal_app.components.records import cover, full_title, material_name, record_list, record_row
from portal_app.components.refusals import hold_refusal
from portal_app.components.rows import Row, shown
from portal_app.components.steps import steps
from portal_app.components.words import date_of, t, t_named, t_of
from portal_app.state.cart import CartState

STEPS = ("cart.step.choose", "cart.step.confirm", "cart.step.placed")
ABOVE = [("account.title", routes.ACCOUNT)]
ABOVE_CONFIRMATION = [*ABOVE, ("cart.title", routes.CART)]


def cart_page() -> rx.Component:
    """Show what waits to be placed on hold, and ask how it shall be picked up."""
    return page(
        "cart.title",
        steps(STEPS, here="cart.step.choose"),
        information(t("cart.not_yet_a_hold")),
        rx.cond(
            CartState.is_loaded,
            rx.cond(shown(CartState.lines).length() > 0, _cart(), _nothing()),
            waiting_rows(),
        ),
        crumbs=ABOVE,
        messages=[_answer()],
        as_of=CartState.as_of,
    )


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
        record_list(rx.foreach(chosen, _confirmed_row)),
        facts(
            fact(t("cart.confirm.kind"), t("cart.confirm.ordinary")),
            fact(t("cart.pickup_branch"), t_of("branch", cart.wish("pickup_branch"))),
            fact(t("cart.contact"), t_of("holds.contact", cart.wish("contact_method"))),
            fact(t("cart.expires_on"), _expiry()),
        ),
        action_bar(
            primary_button(
                t("cart.confirm.place"),
                on_click=cart.place(CartState.lines, result=routes.HOLDS_PLACED),
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
        _outcomes("waiting", information, "cart.placed.waiting", _waiting_row),
        _outcomes("done", done, "cart.placed.done", _placed_row),
        _outcomes("refused", refusal, "cart.placed.refused", _refused_row),
        action_bar(
            link(t("cart.placed.to_holds"), to=routes.HOLDS, class_name="button button-primary"),
            link(t("cart.look"), to=routes.CART, class_name="button button-plain"),
        ),
        crumbs=ABOVE_CONFIRMATION,
    )


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


def _cart() -> rx.Component:
    return rx.fragment(
        rx.el.p(t("cart.count", count=shown(CartState.lines).length())),
        _toolbar(),
        record_list(rx.foreach(CartState.lines, _row)),
        _toolbar(),
        _pickup(),
    )


def _toolbar() -> rx.Component:
    lines = shown(CartState.lines)
    return selection_toolbar(
        danger_button(t("cart.remove"), on_click=cart.remove_chosen(lines), icon="trash_2"),
        on_all=cart.choose_all(lines),
        on_none=cart.choose_none(lines),
        chosen=cart.chosen_of(lines).length(),
    )


def _row(line: Row) -> rx.Component:
    record = line.record
    return record_row(
        title=full_title(record),
        cover=cover(record.title, material=record.material),
        to=routes.record(record.record_id),
        line=record.line,
        choice=checkbox(
            "chosen",
            rx.el.span(t("cart.choose_named", title=full_title(record)), class_name="unseen"),
            checked=cart.is_chosen(line),
            on_change=cart.choose(record.record_id),
        ),
        badges=(
            availability_badge(record.availability),
            plain_badge(material_name(record.material)),
            rx.cond(
                record.waiting > 0,
                plain_badge(t("catalogue.waiting", count=record.waiting)),
            ),
            waits("cart.add", "record_id", record.record_id),
            waits("holds.place", "record_id", record.record_id),
        ),
        details=(_reason(line.refused),),
        actions=(
            quiet_button(
                named(t("cart.remove"), in_full=t("cart.remove_named", title=full_title(record))),
                on_click=cart.remove(line),
                icon="x",
            ),
        ),
    )


def _reason(refused: Row) -> rx.Component:
    return rx.cond(
        refused.is_none(), rx.fragment(), rx.el.p(hold_refusal(refused), class_name="reason")
    )


def _pickup() -> rx.Component:
    library = libraries.current()
    return page_form(
        rx.el.h2(t("cart.how")),
        select_field(
            "pickup_branch",
            t("cart.pickup_branch"),
            *(option(code, t(f"branch.{code}")) for code in library.pickup_branches),
            default_value=CartState.pickup_branch,
        ),
        select_field(
            "contact_method",
            t("cart.contact"),
            *(
                option(method.value, t(f"holds.contact.{method}"))
                for method in library.holds.contact_methods
            ),
            default_value=CartState.contact_method,
        ),
        date_field(
            "expires_on",
            t("cart.expires_on"),
            hint=t("cart.expires_on_hint"),
            default_value=cart.wish("expires_on"),
        ),
        action_bar(submit_button(t("cart.to_confirmation"))),
        on_submit=cart.check(CartState.lines, as_of=CartState.as_of, then=routes.CONFIRM_HOLDS),
    )


def _nothing() -> rx.Component:
    return nothing_here(
        t("cart.none"),
        rx.el.p(t("cart.none_advice")),
        link(t("cart.to_search"), to=routes.SEARCH, class_name="button button-primary"),
        icon="shopping_basket",
    )


def _answer() -> rx.Component:
    problem, removed = cart.problem(), cart.removed()
    return rx.fragment(
        rx.cond(problem != "", refusal(t_named(problem, "holds.problem"))),
        rx.cond(removed > 0, done(t("cart.removed", count=removed))),
    )


def _confirmed_row(line: Row) -> rx.Component:
    return _plain_row(line.record, _reason(line.refused))


def _waiting_row(operation: Row) -> rx.Component:
    return _outcome_row(operation, waits("holds.place", "record_id", _record_id(operation)))


def _placed_row(operation: Row) -> rx.Component:
    place = t("cart.placed.place", place=operation.answer.place)
    return _outcome_row(operation, rx.el.p(place))


def _refused_row(operation: Row) -> rx.Component:
    return _outcome_row(operation, rx.el.p(reason_of(operation), class_name="reason"))


def _outcome_row(operation: Row, *details: rx.Component) -> rx.Component:
    return _plain_row(operation.shown.record, *details)


def _record_id(operation: Row) -> Row:
    return operation.shown.record.record_id


def _plain_row(record: Row, *details: rx.Component) -> rx.Component:
    return record_row(
        title=full_title(record),
        cover=cover(record.title, material=record.material),
        to=routes.record(record.record_id),
        line=record.line,
        details=details,
    )


def _expiry() -> rx.Component:
    expires_on = cart.wish("expires_on")
    return rx.cond(
        expires_on == "",
        rx.el.span(t("holds.no_expiry")),
        rx.el.span(date_of(expires_on)),
    )
