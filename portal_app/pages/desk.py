"""返却・取置: what comes back, arrives or was fetched, one scan after the other."""

import reflex as rx

from portal_app.components.desk_layout import scanning_page
from portal_app.components.rows import Row, shown
from portal_app.components.scanning import latest_answer, scan_list, scanner
from portal_app.components.words import date_of, t, t_of
from portal_app.state.desk import CheckInState


def check_in_page() -> rx.Component:
    """Ask for the next scan, say what became of the latest, and list the ones before."""
    scans = shown(CheckInState.scans)
    return scanning_page(
        "desk.title",
        scanner(
            "barcode",
            t("desk.scan.item"),
            on_scan=CheckInState.check_in,
            answers=scans.length(),
        ),
        rx.cond(scans.length() > 0, scan_list(scans, said=_said)),
        messages=[rx.cond(scans.length() > 0, _latest(scans[0]))],
    )


def _latest(scan: Row) -> rx.Component:
    return latest_answer(scan, said=_said(scan))


def _said(scan: Row) -> rx.Component:
    return rx.cond(
        scan.refused != "",
        rx.el.p(t_of("desk.not_checked_in", scan.refused)),
        rx.fragment(
            rx.cond(scan.was_returned, rx.el.p(t("desk.returned"))),
            rx.el.p(_destination(scan), class_name="scan-destination"),
        ),
    )


def _destination(scan: Row) -> rx.Var[str]:
    return t_of(
        "desk.destination",
        scan.goes,
        branch=t_of("branch", scan.branch_code),
        day=date_of(scan.pickup_by),
        digits=scan.digits,
    )
