"""借りている資料: loans and their renewal (K-15 to K-17, G-20 to G-27)."""

import reflex as rx

from portal_app import routes
from portal_app.components.badges import good_badge, warning_badge
from portal_app.components.busy import waiting_rows
from portal_app.components.buttons import button, button_or_reason, named, primary_button
from portal_app.components.dialogs import dialog
from portal_app.components.empty import nothing_here
from portal_app.components.facts import fact, facts
from portal_app.components.layout import page
from portal_app.components.links import link
from portal_app.components.messages import done, refusal
from portal_app.components.records import full_title
from portal_app.components.refusals import renewal_refusal
from portal_app.components.rows import Row, shown
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
        messages=[_answer()],
    )


def _loans() -> rx.Component:
    return rx.fragment(
        rx.cond(
            LoansState.overdue_count > 0,
            refusal(t("loans.overdue_first", count=LoansState.overdue_count)),
        ),
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
            rx.cond(loan.is_overdue, warning_badge(t("loans.overdue"))),
            rx.cond(loan.due_on == LoansState.today, warning_badge(t("loans.due_today"))),
            rx.cond(loan.renewals > 0, good_badge(t("loans.renewed_already"))),
            class_name="badges",
        ),
    )


def _renewal(loan: Row) -> rx.Component:
    return rx.fragment(
        button_or_reason(
            named(t("loans.renew"), in_full=t("loans.renew_named", title=full_title(loan.record))),
            on_click=LoansState.ask(loan.loan_id),
            reason=renewal_refusal(loan.refused),
            name=rx.Var.create("renewal-") + loan.loan_id.to(str),
        ),
        rx.cond(
            loan.refused.is_none(),
            rx.el.p(t("loans.could_become", day=date_of(loan.renewed_due_on)), class_name="reason"),
        ),
    )


def _question() -> rx.Component:
    asked = shown(LoansState.asked)
    return dialog(
        t("loans.confirm.title"),
        facts(
            fact(t("loans.column.title"), full_title(asked.record)),
            fact(t("loans.confirm.due_on"), date_of(asked.due_on)),
            fact(
                t("loans.confirm.new_due_on"),
                rx.cond(
                    asked.refused.is_none(),
                    date_of(asked.renewed_due_on),
                    renewal_refusal(asked.refused),
                ),
            ),
        ),
        name="renewal",
        is_open=LoansState.is_asking,
        on_dismiss=LoansState.dismiss,
        answers=(
            rx.cond(
                asked.refused.is_none(),
                primary_button(t("loans.confirm.yes"), on_click=LoansState.renew),
            ),
            button(t("loans.confirm.no"), on_click=LoansState.dismiss),
        ),
    )


def _answer() -> rx.Component:
    title, day = LoansState.answer_title, date_of(LoansState.answer_day)
    answer = rx.match(
        LoansState.answer,
        ("", rx.fragment()),
        ("renewed", done(t("loans.renewed", title=title, day=day))),
        refusal(
            t("loans.not_renewed", title=title),
            " ",
            t_of("loans.refusal", LoansState.answer, day=day),
        ),
    )
    return rx.fragment(answer)
