"""貸出: whose card it is, and what they take home."""

import reflex as rx

from portal_app.components.buttons import primary_button
from portal_app.components.desk_layout import scanning_page
from portal_app.components.messages import refusal
from portal_app.components.patron_at_desk import patron_card, unknown_card
from portal_app.components.rows import Row, shown
from portal_app.components.scanning import cleared_after, latest_answer, scan_list, scanner
from portal_app.components.words import date_of, t, t_of
from portal_app.state.desk import PATRON_STAYS, LendState

SECONDS = int(PATRON_STAYS.total_seconds())


def lend_page() -> rx.Component:
    """Ask for a card, then for one item after the other, until the patron goes."""
    scans = shown(LendState.scans)
    return scanning_page(
        "desk.lend.title",
        rx.cond(LendState.patron, _patron(scans), _card()),
        cleared_after(
            SECONDS,
            event=f"{LendState.get_full_name()}.finish",
            since=rx.cond(LendState.patron, scans.length() + 1, 0),
        ),
        messages=[
            unknown_card(LendState.unknown_card),
            rx.cond(scans.length() > 0, _latest(scans[0])),
        ],
    )


def _card() -> rx.Component:
    return scanner(
        "card", t("desk.scan.card"), on_scan=LendState.find, answers=LendState.unknown_card
    )


def _patron(scans: Row) -> rx.Component:
    patron = shown(LendState.patron)
    return rx.fragment(
        patron_card(patron),
        rx.cond(
            patron.is_expired,
            refusal(t("desk.lend.expired", day=date_of(patron.card_expires_on))),
        ),
        scanner(
            "barcode",
            t("desk.scan.item"),
            on_scan=LendState.lend,
            answers=scans.length(),
        ),
        rx.el.div(
            primary_button(t("desk.lend.finish"), on_click=LendState.finish, icon="check"),
            rx.el.p(t("desk.lend.clears"), class_name="hint"),
            class_name="scan-finish",
        ),
        rx.cond(scans.length() > 0, scan_list(scans, said=_said)),
    )


def _latest(scan: Row) -> rx.Component:
    return latest_answer(scan, said=_said(scan))


def _said(scan: Row) -> rx.Component:
    refused = t_of("desk.not_lent", scan.refused, limit=scan.limit, day=date_of(scan.since))
    return rx.cond(
        scan.refused != "",
        rx.el.p(refused),
        rx.el.p(t("desk.lend.due_on", day=date_of(scan.due_on)), class_name="scan-destination"),
    )
