"""予約取消: holds that ended without a loan, and why (G-36)."""

import reflex as rx

from portal_app import routes
from portal_app.components.account_tabs import ENDED
from portal_app.components.badges import hold_state_badge
from portal_app.components.holds import wanted_until
from portal_app.components.links import link_to_title
from portal_app.components.records import full_title, record_line
from portal_app.components.rows import Row
from portal_app.components.shelf_choice import shelve_button
from portal_app.components.tables import Column, Sorting, table
from portal_app.components.words import date_of, t, t_of


def ended_holds(rows: Row, *, months: int) -> rx.Component:
    """List the holds that ended in the last months, the latest first."""
    nothing = rx.el.p(t("holds.none_ended", months=months), class_name="hint")
    return rx.el.section(
        rx.el.h2(t("holds.ended_title"), id=f"{ENDED}-title"),
        rx.cond(rows.length() > 0, _table(rows, months), nothing),
        id=ENDED,
        aria_labelledby=f"{ENDED}-title",
    )


def _table(rows: Row, months: int) -> rx.Component:
    return rx.fragment(
        rx.el.p(t("holds.ended_lead", months=months), class_name="lead"),
        rx.el.div(
            table(
                t("holds.ended_title"),
                Column(heading=t("holds.column.title"), show=_title),
                Column(
                    heading=t("holds.column.state"),
                    show=lambda hold: hold_state_badge(hold.state),
                    sorts_by="state",
                ),
                Column(heading=t("holds.column.end_reason"), show=_reason),
                Column(
                    heading=t("holds.column.ended_on"),
                    show=lambda hold: date_of(hold.ended_on),
                    sorts_by="ended_on",
                ),
                Column(
                    heading=t("holds.column.placed_on"),
                    show=lambda hold: date_of(hold.placed_at),
                    sorts_by="placed_at",
                ),
                Column(
                    heading=t("holds.column.expires_on"),
                    show=lambda hold: wanted_until(hold.expires_on),
                    sorts_by="expires_on",
                ),
                Column(
                    heading=t("holds.column.pickup_branch"),
                    show=lambda hold: t_of("branch", hold.pickup_branch),
                    sorts_by="pickup_branch",
                ),
                rows=rows,
                sorting=Sorting(name="ended-holds", by="-ended_on"),
            ),
            class_name="numbered",
        ),
    )


def _title(hold: Row) -> rx.Component:
    return rx.fragment(
        link_to_title(full_title(hold.record), to=routes.record(hold.record.record_id)),
        record_line(hold.record.line),
        shelve_button(hold.record),
    )


def _reason(hold: Row) -> rx.Component:
    # Nobody needs to be told their own deed: then it is blank.
    reason = t_of("holds.end_reason", hold.end_reason)
    return rx.cond(reason == "", rx.fragment(), rx.el.span(reason))
