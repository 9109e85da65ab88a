"""予約した資料: holds and where they stand (G-30 to G-36)."""

import reflex as rx

from portal_app import libraries, routes
from portal_app.components import offline
from portal_app.components.account_tabs import account_tabs
from portal_app.components.busy import waiting_rows
from portal_app.components.empty import nothing_here
from portal_app.components.ended_holds import ended_holds
from portal_app.components.hold_deeds import HoldDeeds
from portal_app.components.hold_questions import HoldQuestions
from portal_app.components.holds import (
    day_or_nothing,
    hold_status,
    place_in_queue,
    series_of_hold,
    wanted_until,
)
from portal_app.components.layout import page
from portal_app.components.links import link, link_button, link_to_title
from portal_app.components.list_downloads import Written, list_downloads
from portal_app.components.messages import done
from portal_app.components.outbox import latest_answer, operation_list, reason_of, title_of
from portal_app.components.printing import print_button, printed_on
from portal_app.components.records import full_title, record_line
from portal_app.components.rows import Row, kind_of_rows, shown
from portal_app.components.shelf_choice import shelf_question, shelve_button
from portal_app.components.tables import Column, Sorting, table
from portal_app.components.tallies import tallies
from portal_app.components.words import date_of, t, t_of
from portal_app.state.account import AccountState
from portal_app.state.holds import HoldsState

ACCOUNT = ("account.title", routes.ACCOUNT)
# What is to be fetched first comes first (G-22).
READY_FIRST = ("ready", "in_transit", "waiting")
DEEDS = ("cancel", "change", "suspend", "resume", "step_back", "ask_to_cancel")


def holds_page() -> rx.Component:
    """Show what a patron waits for, what is ready first, and what has ended."""
    months = libraries.current().holds.ended_shown_months
    return page(
        "holds.title",
        account_tabs(shown(AccountState.overview)),
        rx.cond(
            HoldsState.is_loaded,
            rx.fragment(
                rx.cond(shown(HoldsState.holds).length() > 0, _holds(), _nothing()),
                ended_holds(shown(HoldsState.ended), months=months),
            ),
            waiting_rows(),
        ),
        _waiting(),
        _questions(),
        shelf_question(),
        crumbs=[ACCOUNT],
        messages=[latest_answer("holds.", in_full=_answered)],
        as_of=HoldsState.as_of,
    )


def _questions() -> rx.Component:
    kind = kind_of_rows(HoldsState.holds)
    asks = HoldQuestions(
        library=libraries.current(),
        kind=kind,
        as_of=HoldsState.as_of,
        letter_choices=HoldsState.letter_choices,
    )
    return asks.questions()


def _holds() -> rx.Component:
    holds = shown(HoldsState.holds)
    has_guess = holds.pluck("wait_days_max").to(list[int]).join("").to(str) != ""
    return rx.fragment(
        rx.el.p(t("holds.lead"), class_name="lead"),
        tallies(shown(HoldsState.tallies)),
        *([_to_series()] if libraries.current().holds.series.later else []),
        rx.el.div(
            table(
                t("holds.title"),
                *_columns(),
                rows=holds,
                sorting=Sorting(name="holds", by="state"),
            ),
            class_name="numbered holds",
        ),
        rx.cond(has_guess, rx.el.p(t("holds.wait_is_a_guess"), class_name="hint")),
        rx.el.div(print_button(), _files(holds), class_name="ways-out"),
        printed_on(as_of=HoldsState.as_of),
    )


def _files(holds: Row) -> rx.Component:
    return list_downloads(
        t("holds.title"),
        Written(heading=t("holds.column.title"), path="record.title"),
        Written(heading=t("loans.column.volume"), path="record.volume"),
        Written(heading=t("holds.column.state"), path="state", texts="hold_state"),
        Written(heading=t("holds.column.series"), path="series_number"),
        Written(heading=t("holds.column.placed_on"), path="placed_at"),
        Written(heading=t("holds.column.expires_on"), path="expires_on"),
        Written(heading=t("holds.column.pickup_by"), path="pickup_by"),
        Written(heading=t("holds.column.pickup_branch"), path="pickup_branch", texts="branch"),
        Written(heading=t("holds.column.contact"), path="contact_method", texts="holds.contact"),
        rows=holds,
        as_of=HoldsState.as_of,
    )


def _columns() -> list[Column]:
    return [
        Column(heading=t("holds.column.title"), show=_title),
        Column(
            heading=t("holds.column.state"), show=hold_status, sorts_by="state", ranks=READY_FIRST
        ),
        Column(heading=t("holds.column.place"), show=place_in_queue),
        Column(heading=t("holds.column.series"), show=series_of_hold, is_printed=False),
        Column(
            heading=t("holds.column.placed_on"),
            show=lambda hold: date_of(hold.placed_at),
            sorts_by="placed_at",
        ),
        Column(
            heading=t("holds.column.expires_on"),
            show=lambda hold: wanted_until(hold.expires_on),
            sorts_by="expires_on",
            is_printed=False,
        ),
        Column(
            heading=t("holds.column.pickup_by"), show=lambda hold: day_or_nothing(hold.pickup_by)
        ),
        Column(
            heading=t("holds.column.pickup_branch"),
            show=lambda hold: t_of("branch", hold.pickup_branch),
            sorts_by="pickup_branch",
            ranks=libraries.current().pickup_branches,
        ),
        Column(
            heading=t("holds.column.contact"),
            show=lambda hold: t_of("holds.contact", hold.contact_method),
            is_printed=False,
        ),
        Column(
            heading=t("holds.column.change"),
            show=HoldDeeds(library=libraries.current()).buttons,
            is_action=True,
            is_printed=False,
        ),
    ]


def _to_series() -> rx.Component:
    return rx.el.div(
        link_button(t("holds.to_series"), to=routes.HOLD_SERIES, icon="list_ordered"),
        rx.el.p(t("hold_series.which"), class_name="hint"),
        class_name="to-series",
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
        link_to_title(full_title(hold.record), to=routes.record(hold.record.record_id)),
        record_line(hold.record.line),
        shelve_button(hold.record),
    )


def _answered(operation: Row) -> rx.Component:
    cases = [
        (
            f"holds.{deed}",
            done(t(f"holds.done.{deed}", title=title_of(operation)), " ", reason_of(operation)),
        )
        for deed in DEEDS
    ]
    return rx.fragment(rx.match(operation.kind, *cases, rx.fragment()))


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
