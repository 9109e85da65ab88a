"""Whoever stands at the desk, as far as it takes to serve them."""

from typing import Any

import reflex as rx

from portal_app.components.buttons import button, danger_button
from portal_app.components.dialogs import dialog
from portal_app.components.facts import fact, facts
from portal_app.components.fields import choice_group, radio
from portal_app.components.local import Local, local
from portal_app.components.messages import information, refusal
from portal_app.components.rows import Row
from portal_app.components.words import date_of, t, t_of

REASON = local("page.cancel_reason", default="asked_by_patron")


def patron_card(patron: Row) -> rx.Component:
    """Show whose card it is, and what the desk should know before it goes on."""
    return rx.el.section(
        rx.el.h2(t("common.name_of_patron", name=patron.name), id="patron"),
        facts(
            fact(t("frame.card_number"), patron.card_masked),
            fact(t("frame.expires_on"), date_of(patron.card_expires_on)),
            fact(t("desk.lend.loans"), t("desk.lend.count", count=patron.loans)),
        ),
        rx.cond(
            patron.overdue > 0,
            refusal(t("desk.lend.overdue", count=patron.overdue)),
        ),
        rx.cond(patron.ready > 0, information(t("desk.lend.ready", count=patron.ready))),
        aria_labelledby="patron",
        class_name="patron-at-desk",
    )


def unknown_card(code: rx.Var[str] | str) -> rx.Component:
    """Say that nobody has the card that was scanned."""
    return rx.cond(code != "", refusal(t("desk.lend.unknown_card"), " ", code))


def asked_hold(kind: Any) -> Local:  # noqa: ANN401  a type
    """Return the hold about whose cancellation the desk is asked."""
    return local("page.desk_asked", default=None, kind=kind)


def cancel_question(asked: Local, *, on_cancel: Any, reasons: tuple[str, ...]) -> rx.Component:  # noqa: ANN401  an event handler
    """Ask for the reason before a hold is cancelled by the library."""
    hold = asked.value
    return dialog(
        t("desk.cancel"),
        rx.el.p(hold.record.title),
        choice_group(
            t("desk.reason_title"),
            *(
                radio(
                    "reason",
                    t_of("desk.reason", reason),
                    value=reason,
                    checked=REASON.value == reason,
                    on_change=REASON.set(reason),
                )
                for reason in reasons
            ),
            name="reason",
        ),
        name="desk-cancellation",
        is_open=~hold.is_none(),
        on_dismiss=asked.set(None),
        answers=(
            danger_button(
                t("desk.cancel"),
                on_click=[on_cancel(hold.hold_id, REASON.value), asked.set(None)],
            ),
            button(t("desk.keep"), on_click=asked.set(None)),
        ),
    )
