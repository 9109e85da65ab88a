"""借りている資料: loans and their renewal (K-15 to K-17, G-20 to G-27)."""

import reflex as rx

from portal_app import libraries, routes
from portal_app.components import days
from portal_app.components.account_tabs import account_tabs
from portal_app.components.badges import good_badge, warning_badge
from portal_app.components.busy import waiting_rows
from portal_app.components.calendar_link import calendar_link
from portal_app.components.empty import nothing_here
from portal_app.components.layout import page
from portal_app.components.links import link, link_to_title
from portal_app.components.list_downloads import Written, list_downloads
from portal_app.components.messages import refusal
from portal_app.components.printing import print_button, printed_on
from portal_app.components.records import full_title, record_line
from portal_app.components.renewals import (
    loan_box,
    renew_several,
    renewal,
    renewal_answer,
    renewal_question,
)
from portal_app.components.rows import Row, shown
from portal_app.components.shelf_choice import shelf_question, shelve_all, shelve_button
from portal_app.components.tables import Column, Sorting, table
from portal_app.components.tallies import tallies
from portal_app.components.words import date_of, t, t_of
from portal_app.state.account import AccountState
from portal_app.state.calendar_link import CalendarLinkState
from portal_app.state.loans import LoansState

AUDIENCES = ("general", "young_adult", "children")
ACCOUNT = ("account.title", routes.ACCOUNT)


def loans_page() -> rx.Component:
    """Show what a patron has at home, when it is due, and what can be renewed."""
    return page(
        "loans.title",
        account_tabs(shown(AccountState.overview)),
        rx.cond(
            LoansState.is_loaded,
            rx.cond(shown(LoansState.loans).length() > 0, _loans(), _nothing()),
            waiting_rows(),
        ),
        # Also for whoever has nothing at home: what is to be picked up is in it, too.
        rx.el.div(_calendar(), class_name="ways-out for-adults"),
        renewal_question(shown(LoansState.loans)._var_type),  # noqa: SLF001  Var has no public way
        shelf_question(),
        crumbs=[ACCOUNT],
        messages=[renewal_answer()],
        as_of=LoansState.as_of,
    )


def _loans() -> rx.Component:
    loans = shown(LoansState.loans)
    overdue = days.count_past(loans.pluck("due_on"), as_of=LoansState.as_of)
    return rx.fragment(
        rx.cond(overdue > 0, refusal(t("loans.overdue_first", count=overdue))),
        tallies(shown(LoansState.tallies)),
        renew_several(loans),
        _table(loans),
        rx.el.div(
            shelve_all(loans.pluck("record")), print_button(), _files(loans), class_name="ways-out"
        ),
        printed_on(as_of=LoansState.as_of),
    )


def _table(loans: Row) -> rx.Component:
    return table(
        t("loans.title"),
        Column(heading=t("loans.column.title"), show=_title, sorts_by="title_sort"),
        Column(heading=t("loans.column.due_on"), show=_due, sorts_by="due_on"),
        Column(
            heading=t("loans.column.renewal"),
            show=renewal,
            sorts_by="renewed_due_on",
            is_action=True,
            is_printed=False,
        ),
        Column(
            heading=t("loans.column.lent_on"),
            show=lambda loan: date_of(loan.lent_on),
            sorts_by="lent_on",
            is_printed=False,
        ),
        Column(
            heading=t("loans.column.branch"),
            show=lambda loan: t_of("branch", loan.branch_code),
            sorts_by="branch_code",
            ranks=[branch.code for branch in libraries.current().branches],
        ),
        Column(
            heading=t("loans.column.audience"),
            show=lambda loan: t_of("catalogue.audience", loan.record.audience),
            sorts_by="record.audience",
            ranks=AUDIENCES,
            is_printed=False,
        ),
        Column(
            heading=t("loans.column.barcode"),
            show=lambda loan: loan.barcode,
            sorts_by="barcode",
        ),
        rows=loans,
        sorting=Sorting(name="loans", by="due_on"),
    )


def _files(loans: Row) -> rx.Component:
    return list_downloads(
        t("loans.title"),
        Written(heading=t("loans.column.title"), path="record.title"),
        Written(heading=t("loans.column.volume"), path="record.volume"),
        Written(heading=t("loans.column.due_on"), path="due_on"),
        Written(heading=t("loans.column.lent_on"), path="lent_on"),
        Written(heading=t("loans.column.branch"), path="branch_code", texts="branch"),
        Written(heading=t("loans.column.barcode"), path="barcode"),
        Written(heading=t("loans.column.material"), path="record.material", texts="material"),
        rows=loans,
        as_of=LoansState.as_of,
    )


def _calendar() -> rx.Component:
    return calendar_link(
        shown(CalendarLinkState.known),
        on_look=CalendarLinkState.look,
        on_make=CalendarLinkState.make,
        on_reset=CalendarLinkState.reset_address,
        on_withdraw=CalendarLinkState.withdraw,
    )


def _nothing() -> rx.Component:
    return nothing_here(
        t("loans.none"), link(t("loans.none_advice"), to=routes.SEARCH, class_name="button")
    )


def _title(loan: Row) -> rx.Component:
    return rx.el.div(
        loan_box(loan),
        rx.el.div(
            link_to_title(full_title(loan.record), to=routes.record(loan.record.record_id)),
            record_line(loan.record.line),
            shelve_button(loan.record),
        ),
        class_name="ticked-title",
    )


def _due(loan: Row) -> rx.Component:
    return rx.fragment(
        rx.el.strong(date_of(loan.due_on)),
        rx.el.div(
            rx.cond(
                days.is_past(loan.due_on, as_of=LoansState.as_of),
                warning_badge(t("loans.overdue")),
            ),
            rx.cond(
                days.is_today(loan.due_on, as_of=LoansState.as_of),
                warning_badge(t("loans.due_today")),
            ),
            rx.cond(loan.renewals > 0, good_badge(t("loans.renewed_already"))),
            class_name="badges",
        ),
    )
