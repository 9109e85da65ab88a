"""予約かご: the cart, the confirmation and the result (K-24 to K-30)."""

import reflex as rx

from portal_app import libraries, routes
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
from portal_app.components.forms import form
from portal_app.components.layout import page
from portal_app.components.links import link
from portal_app.components.lists import selection_toolbar
from portal_app.components.messages import done, information, refusal
from portal_app.components.records import cover, full_title, material_name, record_list, record_row
from portal_app.components.refusals import hold_refusal
from portal_app.components.rows import Row, shown
from portal_app.components.steps import steps
from portal_app.components.words import date_of, t, t_of
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
    )


def confirm_holds_page() -> rx.Component:
    """Show once more what is about to be placed, before it counts (K-29)."""
    return page(
        "cart.confirm.title",
        steps(STEPS, here="cart.step.confirm"),
        rx.el.p(t("cart.confirm.lead"), class_name="lead"),
        record_list(rx.foreach(CartState.lines, _confirmed_row)),
        facts(
            fact(t("cart.confirm.kind"), t("cart.confirm.ordinary")),
            fact(t("cart.pickup_branch"), t_of("branch", CartState.pickup_branch)),
            fact(t("cart.contact"), t_of("holds.contact", CartState.contact_method)),
            fact(t("cart.expires_on"), _expiry()),
        ),
        action_bar(
            primary_button(
                t("cart.confirm.place"), on_click=CartState.place, is_busy=CartState.is_placing
            ),
            link(t("cart.confirm.back"), to=routes.CART, class_name="button button-plain"),
        ),
        crumbs=ABOVE_CONFIRMATION,
    )


def holds_placed_page() -> rx.Component:
    """Say for each record what became of it, and why not (K-30)."""
    return page(
        "cart.placed.title",
        steps(STEPS, here="cart.step.placed"),
        rx.cond(
            shown(CartState.placed).length() > 0,
            rx.fragment(
                done(t("cart.placed.done", count=shown(CartState.placed).length())),
                record_list(rx.foreach(CartState.placed, _placed_row)),
            ),
        ),
        rx.cond(
            shown(CartState.refused).length() > 0,
            rx.fragment(
                refusal(t("cart.placed.refused", count=shown(CartState.refused).length())),
                record_list(rx.foreach(CartState.refused, _refused_row)),
            ),
        ),
        action_bar(
            link(t("cart.placed.to_holds"), to=routes.HOLDS, class_name="button button-primary"),
            link(t("cart.look"), to=routes.CART, class_name="button button-plain"),
        ),
        crumbs=ABOVE_CONFIRMATION,
    )


def _cart() -> rx.Component:
    return rx.fragment(
        rx.el.p(t("cart.count", count=shown(CartState.lines).length())),
        _toolbar(),
        record_list(rx.foreach(CartState.lines, _row)),
        _toolbar(),
        _pickup(),
    )


def _toolbar() -> rx.Component:
    return selection_toolbar(
        danger_button(t("cart.remove"), on_click=CartState.remove_chosen, icon="trash_2"),
        on_all=CartState.choose_all,
        on_none=CartState.choose_none,
        chosen=shown(CartState.chosen).length(),
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
            checked=shown(CartState.chosen).contains(record.record_id),
            on_change=CartState.choose(record.record_id),
        ),
        badges=(
            availability_badge(record.availability),
            plain_badge(material_name(record.material)),
            rx.cond(
                record.waiting > 0,
                plain_badge(t("catalogue.waiting", count=record.waiting)),
            ),
        ),
        details=(_reason(line.refused),),
        actions=(
            quiet_button(
                named(t("cart.remove"), in_full=t("cart.remove_named", title=full_title(record))),
                on_click=CartState.remove(record.record_id),
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
    return form(
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
            default_value=CartState.expires_on,
        ),
        action_bar(submit_button(t("cart.to_confirmation"))),
        on_submit=CartState.check,
    )


def _nothing() -> rx.Component:
    return nothing_here(
        t("cart.none"),
        rx.el.p(t("cart.none_advice")),
        link(t("cart.to_search"), to=routes.SEARCH, class_name="button button-primary"),
        icon="shopping_basket",
    )


def _answer() -> rx.Component:
    return rx.fragment(
        rx.cond(CartState.problem != "", refusal(t_of("holds.problem", CartState.problem))),
        rx.cond(
            CartState.removed_count > 0,
            done(t("cart.removed", count=CartState.removed_count)),
        ),
    )


def _confirmed_row(line: Row) -> rx.Component:
    return rx.cond(
        shown(CartState.chosen).contains(line.record.record_id),
        _plain_row(line.record, _reason(line.refused)),
    )


def _placed_row(outcome: Row) -> rx.Component:
    place = t("cart.placed.place", place=outcome.place)
    return _plain_row(outcome.record, rx.el.p(place))


def _refused_row(outcome: Row) -> rx.Component:
    return _plain_row(outcome.record, _reason(outcome.refused))


def _plain_row(record: Row, *details: rx.Component) -> rx.Component:
    return record_row(
        title=full_title(record),
        cover=cover(record.title, material=record.material),
        to=routes.record(record.record_id),
        line=record.line,
        details=details,
    )


def _expiry() -> rx.Component:
    return rx.cond(
        CartState.expires_on == "",
        rx.el.span(t("holds.no_expiry")),
        rx.el.span(date_of(CartState.expires_on)),
    )
