"""借りている資料: loans and their renewal (K-15 to K-17, G-20 to G-27)."""

import reflex as rx

from portal_app import routes
from portal_app.components import days, offline
from portal_app.components.badges import good_badge, warning_badge
from portal_app.components.busy import waiting_rows
from portal_app.components.buttons import button, button_or_reason, named, primary_button
from portal_app.components.dialogs import dialog
from portal_app.components.empty import nothing_here
from portal_app.components.facts import fact, facts
from portal_app.components.layout import page
from portal_app.components.links import link
from portal_app.components.local import Local, local
from portal_app.components.messages import done, information, refusal
from portal_app.components.outbox import latest_answer, title_of, waits
from portal_app.components.records import full_title
from portal_app.components.refusals import renewal_refusal
from portal_app.components.rows import Row, kind_of_rows, shown
from portal_app.components.tables import Column, table
from portal_app.components.tallies import tallies
from portal_app.components.words import date_of, t, t_of
from portal_app.state.loans import LoansState

ACCOUNT = ("account.title", routes.ACCOUNT)


def loans_page() -> rx.Component:
    """Show what a patron has at home, when it is due, and what can be renewed."""
    return page(
        "loans.title",
        rx.cond(
            LoansState.is_loaded,
            rx.cond(shown(LoansState.loans).length() > 0, _loans(), _nothing()),
            waiting_rows(),
        ),
        _question(),
        crumbs=[ACCOUNT],
        messages=[latest_answer("loans.renew", in_full=_renewed)],
        as_of=LoansState.as_of,
    )


def _loans() -> rx.Component:
    overdue = days.count_past(shown(LoansState.loans).pluck("due_on"), as_of=LoansState.as_of)
    return rx.fragment(
        rx.cond(overdue > 0, refusal(t("loans.overdue_first", count=overdue))),
        tallies(shown(LoansState.tallies)),
        rx.el.p(t("loans.lead"), class_name="lead"),
        table(
            t("loans.title"),
            Column(heading=t("loans.column.title"), show=_title),
            Column(heading=t("loans.column.due_on"), show=_due),
            Column(heading=t("loans.column.renewal"), show=_renewal, is_action=True),
            Column(heading=t("loans.column.lent_on"), show=lambda loan: date_of(loan.lent_on)),
            Column(
                heading=t("loans.column.branch"),
                show=lambda loan: t_of("branch", loan.branch_code),
            ),
            Column(
                heading=t("loans.column.audience"),
                show=lambda loan: t_of("catalogue.audience", loan.record.audience),
            ),
            Column(heading=t("loans.column.barcode"), show=lambda loan: loan.barcode),
            rows=shown(LoansState.loans),
        ),
    )


def _nothing() -> rx.Component:
    return nothing_here(
        t("loans.none"), link(t("loans.none_advice"), to=routes.SEARCH, class_name="button")
    )


def _title(loan: Row) -> rx.Component:
    return rx.fragment(
        link(full_title(loan.record), to=routes.record(loan.record.record_id)),
        rx.el.p(loan.record.line, class_name="record-line"),
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


def _renewal(loan: Row) -> rx.Component:
    offered = rx.fragment(
        button_or_reason(
            named(t("loans.renew"), in_full=t("loans.renew_named", title=full_title(loan.record))),
            on_click=_asked().set(loan),
            reason=renewal_refusal(loan.refused),
            name=rx.Var.create("renewal-") + loan.loan_id.to(str),
        ),
        rx.cond(
            loan.refused.is_none(),
            rx.el.p(t("loans.could_become", day=date_of(loan.renewed_due_on)), class_name="reason"),
        ),
    )
    return waits("loans.renew", "loan_id", loan.loan_id, otherwise=offered)


def _asked() -> Local:
    return local("page.asked", default=None, kind=kind_of_rows(LoansState.loans) | None)


def _question() -> rx.Component:
    asked = _asked().value
    renewal = offline.act("loans.renew", {"loan_id": asked.loan_id}, shown=asked)
    return dialog(
        t("loans.confirm.title"),
        facts(
            fact(t("loans.column.title"), full_title(asked.record)),
            fact(t("loans.confirm.due_on"), date_of(asked.due_on)),
            fact(t("loans.confirm.new_due_on"), date_of(asked.renewed_due_on)),
        ),
        rx.cond(offline.without_server(), information(t("loans.confirm.will_wait"))),
        name="renewal",
        is_open=~asked.is_none(),
        on_dismiss=_asked().set(None),
        answers=(
            primary_button(t("loans.confirm.yes"), on_click=[renewal, _asked().set(None)]),
            button(t("loans.confirm.no"), on_click=_asked().set(None)),
        ),
    )


def _renewed(operation: Row) -> rx.Component:
    day = date_of(operation.answer.day)
    return done(t("loans.renewed", title=title_of(operation), day=day))
