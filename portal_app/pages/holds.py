"""予約した資料: holds and where they stand (G-30 to G-32)."""

import reflex as rx

from portal_app import routes
from portal_app.components import offline
from portal_app.components.badges import hold_state_badge
from portal_app.components.busy import waiting_rows
from portal_app.components.buttons import button, danger_button, named, quiet_button
from portal_app.components.dialogs import dialog
from portal_app.components.empty import nothing_here
from portal_app.components.facts import fact, facts
from portal_app.components.layout import page
from portal_app.components.links import link
from portal_app.components.local import Local, local
from portal_app.components.messages import done, information
from portal_app.components.outbox import latest_answer, operation_list, title_of, waits
from portal_app.components.records import full_title
from portal_app.components.rows import Row, kind_of_rows, shown
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
        _waiting(),
        _question(),
        crumbs=[ACCOUNT],
        messages=[latest_answer("holds.cancel", in_full=_cancelled)],
        as_of=HoldsState.as_of,
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
            Column(heading=t("holds.column.cancel"), show=_cancel, is_action=True),
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


def _cancel(hold: Row) -> rx.Component:
    # What is on its way or ready the library has already set aside (G-34).
    offered = quiet_button(
        named(t("holds.cancel"), in_full=t("holds.cancel_named", title=full_title(hold.record))),
        on_click=_asked().set(hold),
        icon="x",
    )
    reason = rx.el.p(t_of("holds.not_cancelled", hold.state), class_name="reason")
    possible = rx.cond(hold.state == "waiting", offered, reason)
    return waits("holds.cancel", "hold_id", hold.hold_id, otherwise=possible)


def _asked() -> Local:
    return local("page.asked", default=None, kind=kind_of_rows(HoldsState.holds) | None)


def _question() -> rx.Component:
    asked = _asked().value
    cancellation = offline.act("holds.cancel", {"hold_id": asked.hold_id}, shown=asked)
    return dialog(
        t("holds.confirm.title"),
        facts(
            fact(t("holds.column.title"), full_title(asked.record)),
            fact(
                t("holds.column.place"),
                t("holds.place", place=asked.place, length=asked.queue_length),
            ),
        ),
        rx.el.p(t("holds.confirm.advice")),
        rx.cond(offline.without_server(), information(t("holds.confirm.will_wait"))),
        name="cancellation",
        is_open=~asked.is_none(),
        on_dismiss=_asked().set(None),
        answers=(
            danger_button(t("holds.confirm.yes"), on_click=[cancellation, _asked().set(None)]),
            button(t("holds.confirm.no"), on_click=_asked().set(None)),
        ),
    )


def _cancelled(operation: Row) -> rx.Component:
    return done(t("holds.cancelled", title=title_of(operation)))


def _waiting() -> rx.Component:
    count = offline.operations_that_are("waiting", kind="holds.place").length()
    return rx.cond(
        offline.without_server() & (count > 0),
        rx.el.section(
            rx.el.h2(t("outbox.waiting_title", count=count), id="waiting"),
            rx.el.p(t("outbox.waiting_hint"), class_name="hint"),
            operation_list("waiting", kind="holds.place"),
            aria_labelledby="waiting",
        ),
    )
