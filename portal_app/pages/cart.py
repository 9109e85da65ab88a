"""予約かご: the cart (K-24 to K-26)."""

import reflex as rx

from portal_app import libraries, routes
from portal_app.components import cart
from portal_app.components.badges import availability_badge, plain_badge
from portal_app.components.busy import waiting_rows
from portal_app.components.buttons import (
    action_bar,
    danger_button,
    named,
    one_of_submit_buttons,
    quiet_button,
)
from portal_app.components.empty import nothing_here
from portal_app.components.fields import checkbox, date_field
from portal_app.components.forms import page_form
from portal_app.components.layout import page
from portal_app.components.links import link
from portal_app.components.lists import selection_toolbar
from portal_app.components.messages import done, information, refusal
from portal_app.components.outbox import waits
from portal_app.components.pickup import contact_method_field, pickup_branch_field
from portal_app.components.records import cover, full_title, material_name, record_list, record_row
from portal_app.components.refusals import reason_of_hold
from portal_app.components.rows import Row, shown
from portal_app.components.shelf_choice import shelf_question, shelve_button
from portal_app.components.steps import steps
from portal_app.components.words import t, t_named
from portal_app.state.cart import CartState

STEPS = ("cart.step.choose", "cart.step.confirm", "cart.step.placed")
ABOVE = [("account.title", routes.ACCOUNT)]


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
        shelf_question(),
        crumbs=ABOVE,
        messages=[_answer()],
        as_of=CartState.as_of,
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
            rx.el.span(t("lists.choose_named", title=full_title(record)), class_name="unseen"),
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
        details=(reason_of_hold(line.refused),),
        actions=(
            shelve_button(record),
            quiet_button(
                named(t("cart.remove"), in_full=t("cart.remove_named", title=full_title(record))),
                on_click=cart.remove(line),
                icon="x",
            ),
        ),
    )


def _pickup() -> rx.Component:
    library = libraries.current()
    return page_form(
        rx.el.h2(t("cart.how")),
        pickup_branch_field(
            t("cart.pickup_branch"), library=library, default_value=CartState.pickup_branch
        ),
        contact_method_field(
            t("cart.contact"), library=library, default_value=CartState.contact_method
        ),
        date_field(
            "expires_on",
            t("cart.expires_on"),
            hint=t("cart.expires_on_hint"),
            default_value=rx.cond(cart.is_asked(), cart.wish("expires_on"), CartState.expires_on),
        ),
        *_ways_on(),
        on_submit=cart.check(CartState.lines, as_of=CartState.as_of, then=routes.CONFIRM_HOLDS),
    )


def _ways_on() -> list[rx.Component]:
    """Offer ordinary holds, and to hold what was chosen together where there is that (K-26)."""
    if not libraries.current().holds.series.when_placing:
        ordinary = one_of_submit_buttons(
            t("cart.place_as.ordinary"), kind="primary", value="ordinary"
        )
        return [action_bar(ordinary)]
    return [
        rx.el.p(t("cart.together.hint"), class_name="hint"),
        action_bar(
            one_of_submit_buttons(t("cart.together.ordinary"), kind="primary", value="ordinary"),
            one_of_submit_buttons(
                t("cart.together.together"), kind="plain", value="in_order", icon="list_ordered"
            ),
        ),
    ]


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
        rx.cond(problem != "", refusal(t_named(problem, "holds.problem", "cart.problem"))),
        rx.cond(removed > 0, done(t("cart.removed", count=removed))),
    )
