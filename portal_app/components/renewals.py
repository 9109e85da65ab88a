"""貸出延長: one loan, the ticked ones or all of them, asked once more before it happens (G-26).

The Python face of portal_app/browser/renewals.js.
"""

from typing import Any

import reflex as rx
from reflex.vars import VarData

from portal_app.components import offline
from portal_app.components.buttons import button, button_or_reason, named, primary_button
from portal_app.components.dialogs import dialog
from portal_app.components.facts import fact, facts
from portal_app.components.fields import checkbox
from portal_app.components.lists import selection_toolbar
from portal_app.components.local import USED, local
from portal_app.components.messages import done, information, refusal
from portal_app.components.modules import computed, function, use
from portal_app.components.outbox import latest_answer, reason_of, title_of, waits
from portal_app.components.records import full_title
from portal_app.components.refusals import renewal_refusal
from portal_app.components.rows import Row
from portal_app.components.together import count_together, is_together, together
from portal_app.components.words import date_of, t

_MODULE = "renewals"
_RENEWALS = VarData.merge(
    use(_MODULE, "isLoanTicked", "otherLoans", "renewableLoans", "tickedLoans"),
    use("offline/view", "useOffline", hook="const offline = useOffline()"),
    USED,
)
_KIND = "loans.renew"
_RENEWED = local("page.renewed_loans", default=None, kind=object)


def loan_box(loan: Row) -> rx.Component:
    """Tick a loan, to renew several at once."""
    return checkbox(
        "chosen",
        rx.el.span(t("lists.choose_named", title=full_title(loan.record)), class_name="unseen"),
        checked=_asked(f"isLoanTicked(local, {loan!s})", bool, loan),
        on_change=_event("tickLoan", loan),
    )


def renew_several(loans: Row) -> rx.Component:
    """Offer to renew what is ticked, and everything. What cannot be done stays, and says why."""
    ticked = _listed("tickedLoans(local, {})", loans)
    renewable = _renewable(loans)
    return selection_toolbar(
        button_or_reason(
            t("loans.renew_ticked"),
            on_click=_event("askToRenew", ticked),
            reason=rx.cond(ticked.length() == 0, t("loans.none_ticked"), "").to(str),
            name="renew-ticked",
        ),
        button_or_reason(
            t("loans.renew_all"),
            on_click=_event("askToRenew", loans),
            reason=rx.cond(renewable.length() == 0, t("loans.none_renewable"), "").to(str),
            name="renew-all",
        ),
        on_all=_event("tickLoans", loans),
        on_none=_event("tickLoans", []),
        chosen=ticked.length(),
    )


def renewal(loan: Row) -> rx.Component:
    """Offer to renew a loan, and say to which day, or why not (G-25, G-27)."""
    offered = rx.fragment(
        button_or_reason(
            named(t("loans.renew"), in_full=t("loans.renew_named", title=full_title(loan.record))),
            on_click=_event("askToRenew", [loan]),
            reason=renewal_refusal(loan.refused),
            name=rx.Var.create("renewal-") + loan.loan_id.to(str),
        ),
        rx.cond(
            loan.refused.is_none(),
            rx.el.p(t("loans.could_become", day=date_of(loan.renewed_due_on)), class_name="reason"),
        ),
    )
    return waits(_KIND, "loan_id", loan.loan_id, otherwise=offered)


def renewal_question(kind: Any) -> rx.Component:  # noqa: ANN401  a type
    """Show the new due date of each loan before it counts, and what cannot be renewed (G-26).

    ``kind`` is the type of a page's loans. Stands once on a page.
    """
    asked = local("page.asked_loans", default=[], kind=kind).value
    wanted, others = _renewable(asked), _listed("otherLoans(offline, {})", asked)
    dismiss = _event("askToRenew", [])
    return dialog(
        t("loans.confirm.title"),
        rx.el.div(
            rx.cond(asked.length() > 1, rx.el.p(t("loans.confirm.count", count=wanted.length()))),
            rx.el.ul(rx.foreach(wanted, _wanted), class_name="asked-loans"),
            rx.cond(
                others.length() > 0,
                rx.fragment(
                    rx.el.h3(t("loans.confirm.others", count=others.length())),
                    rx.el.ul(rx.foreach(others, _other), class_name="asked-loans"),
                ),
            ),
            role="group",
            aria_labelledby="renewal-title",
            # A long list is read from its beginning, not from the buttons below it.
            custom_attrs={"tabIndex": rx.cond(asked.length() > 1, 0, rx.Var("undefined"))},
            class_name="dialog-body",
        ),
        rx.cond(offline.without_server(), information(t("loans.confirm.will_wait"))),
        name="renewal",
        is_open=asked.length() > 0,
        on_dismiss=dismiss,
        answers=(
            rx.cond(
                wanted.length() > 0,
                primary_button(t("loans.confirm.yes"), on_click=_event("renewLoans", asked)),
            ),
            button(t("loans.confirm.no"), on_click=dismiss),
        ),
    )


def renewal_answer() -> rx.Component:
    """Say what became of the last renewal, or of all that were asked for together."""
    return rx.cond(
        is_together(_RENEWED) & (count_together(_RENEWED) > 1),
        _together(),
        latest_answer(_KIND, in_full=_renewed),
    )


def _wanted(loan: Row) -> rx.Component:
    return rx.el.li(
        rx.el.strong(full_title(loan.record)),
        facts(
            fact(t("loans.confirm.due_on"), date_of(loan.due_on)),
            fact(t("loans.confirm.new_due_on"), rx.el.strong(date_of(loan.renewed_due_on))),
        ),
    )


def _other(loan: Row) -> rx.Component:
    is_waiting = offline.is_waiting(_KIND, "loan_id", loan.loan_id)
    reason = rx.cond(is_waiting, t("outbox.waiting"), renewal_refusal(loan.refused))
    return rx.el.li(rx.el.strong(full_title(loan.record)), rx.el.p(reason, class_name="reason"))


def _renewed(operation: Row) -> rx.Component:
    return done(t("loans.renewed", title=title_of(operation), day=date_of(operation.answer.day)))


def _together() -> rx.Component:
    finished, refused = together(_RENEWED, "done"), together(_RENEWED, "refused")
    waiting = together(_RENEWED, "waiting")
    return rx.fragment(
        rx.cond(finished.length() > 0, done(t("loans.together.done", count=finished.length()))),
        rx.cond(
            offline.without_server() & (waiting.length() > 0),
            information(t("loans.together.waiting", count=waiting.length())),
        ),
        rx.cond(
            refused.length() > 0,
            refusal(
                rx.el.p(t("loans.together.refused", count=refused.length())),
                rx.el.ul(rx.foreach(refused, _refused)),
            ),
        ),
    )


def _refused(operation: Row) -> rx.Component:
    said = t("loans.together.why", title=title_of(operation), reason=reason_of(operation))
    return rx.el.li(said)


def _renewable(loans: Row) -> Row:
    return _listed("renewableLoans(offline, {})", loans)


def _listed(expression: str, loans: Row) -> Row:
    return _asked(expression.format(loans), loans._var_type, loans)  # noqa: SLF001  Var has no public way


def _asked(expression: str, kind: Any, *given: rx.Var) -> Row:  # noqa: ANN401  any type
    return computed(expression, kind, _RENEWALS, *given)


def _event(name: str, given: object) -> rx.Var[Any]:
    return function(name, _MODULE).partial(rx.Var.create(given))
