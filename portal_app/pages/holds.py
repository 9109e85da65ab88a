"""予約した資料: holds and where they stand (G-30 to G-32)."""

import reflex as rx

from portal_app import routes
from portal_app.components.badges import hold_state_badge
from portal_app.components.busy import waiting_rows
from portal_app.components.empty import nothing_here
from portal_app.components.layout import page
from portal_app.components.links import link
from portal_app.components.records import full_title
from portal_app.components.rows import Row, shown
from portal_app.components.tables import Column, table
from portal_app.components.tallies import tallies
from portal_app.components.words import date_of, t, t_of
from portal_app.state.holds import HoldsState

ACCOUNT = ("account.title", routes.ACCOUNT)


def holds_page() -> rx.Component:
    """Show what a patron waits for, what is ready first."""
    return page(
        "holds.title",
        rx.el.p(t("holds.lead"), class_name="lead"),
        rx.cond(
            HoldsState.is_loaded,
            rx.cond(shown(HoldsState.holds).length() > 0, _holds(), _nothing()),
            waiting_rows(),
        ),
        crumbs=[ACCOUNT],
    )


def _holds() -> rx.Component:
    return rx.fragment(
        tallies(shown(HoldsState.tallies)),
        table(
            t("holds.title"),
            Column(heading=t("holds.column.title"), show=_title),
            Column(heading=t("holds.column.state"), show=lambda hold: hold_state_badge(hold.state)),
            Column(heading=t("holds.column.place"), show=_place),
            Column(heading=t("holds.column.pickup_by"), show=_pickup_by),
            Column(
                heading=t("holds.column.pickup_branch"),
                show=lambda hold: t_of("branch", hold.pickup_branch),
            ),
            Column(
                heading=t("holds.column.contact"),
                show=lambda hold: t_of("holds.contact", hold.contact_method),
            ),
            Column(heading=t("holds.column.placed_on"), show=lambda hold: date_of(hold.placed_at)),
            Column(heading=t("holds.column.expires_on"), show=_expires_on),
            rows=shown(HoldsState.holds),
        ),
    )


def _nothing() -> rx.Component:
    return nothing_here(
        t("holds.none"),
        rx.el.p(t("holds.none_advice")),
        link(t("cart.to_search"), to=routes.SEARCH, class_name="button"),
        icon="bookmark",
    )


def _title(hold: Row) -> rx.Component:
    return rx.fragment(
        link(full_title(hold.record), to=routes.record(hold.record.record_id)),
        rx.el.p(hold.record.line, class_name="record-line"),
    )


def _place(hold: Row) -> rx.Component:
    return rx.cond(
        hold.place.is_none(),
        rx.el.span("—", aria_hidden="true"),
        rx.el.span(t("holds.place", place=hold.place, length=hold.queue_length)),
    )


def _pickup_by(hold: Row) -> rx.Component:
    return rx.cond(
        hold.pickup_by.is_none(),
        rx.el.span("—", aria_hidden="true"),
        rx.el.strong(date_of(hold.pickup_by)),
    )


def _expires_on(hold: Row) -> rx.Component:
    return rx.cond(
        hold.expires_on.is_none(),
        rx.el.span(t("holds.no_expiry")),
        rx.el.span(date_of(hold.expires_on)),
    )
