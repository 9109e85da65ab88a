"""The one field of a desk that is always ready for the next scan (browser/desk.js)."""

from collections.abc import Callable
from typing import Any

import reflex as rx
from reflex.event import EventType

from portal_app.components import offline
from portal_app.components.buttons import submit_button
from portal_app.components.local import local
from portal_app.components.messages import failure, refusal
from portal_app.components.rows import Row
from portal_app.components.words import t, time_of

FIELD = "scan"
LONGEST_CODE = 80


class AtTheReady(rx.Component):
    """Shows nothing: it leads every scan into the field."""

    library = "$/utils/desk"
    tag = "AtTheReady"

    field: rx.Var[str]
    answers: rx.Var[Any]


class ClearedAfter(rx.Component):
    """Shows nothing: it sends an event when nothing has happened for a while."""

    library = "$/utils/desk"
    tag = "ClearedAfter"

    seconds: rx.Var[int]
    event: rx.Var[str]
    since: rx.Var[Any]


class ScanByCamera(rx.Component):
    """A button that looks for a barcode on a photograph, where the browser knows barcodes."""

    library = "$/utils/desk"
    tag = "ScanByCamera"

    field: rx.Var[str]
    label: rx.Var[str]


def scanner(
    name: str, label: rx.Var[str], *, on_scan: EventType[Any], answers: Row
) -> rx.Component:
    """Ask for the next code. ``answers`` is something that changes with every answer."""
    return rx.fragment(
        rx.el.form(
            rx.el.div(
                rx.el.label(label, html_for=FIELD),
                rx.el.input(
                    type="text",
                    name=name,
                    required=True,
                    auto_complete="off",
                    max_length=LONGEST_CODE,
                    spell_check=False,
                    disabled=offline.without_server(),
                    custom_attrs={
                        "id": FIELD,
                        "aria-describedby": f"{FIELD}-hint",
                        "autoCapitalize": "none",
                        "enterKeyHint": "done",
                    },
                ),
                class_name="field",
            ),
            submit_button(t("desk.scan.submit"), icon="scan_barcode"),
            on_submit=on_scan,
            reset_on_submit=True,
            class_name="scanner",
        ),
        rx.el.p(t("desk.scan.hint"), id=f"{FIELD}-hint", class_name="hint"),
        ScanByCamera.create(
            rx.icon("camera", size=20),
            rx.el.span(t("desk.scan.camera")),
            field=FIELD,
            label=t("desk.scan.camera"),
        ),
        rx.cond(
            local("page.saw_no_barcode", default=False).value,
            refusal(t("desk.scan.no_barcode")),
        ),
        AtTheReady.create(field=FIELD, answers=answers),
    )


def cleared_after(seconds: int, *, event: str, since: rx.Var[Any]) -> rx.Component:
    """Send an event when ``since`` has not changed for so long; nothing while it is empty."""
    return ClearedAfter.create(seconds=seconds, event=event, since=since)


def latest_answer(scan: Row, *, said: rx.Component) -> rx.Component:
    """Say in a big clear line what became of the latest scan. A no cannot be overlooked."""
    return rx.cond(
        scan.refused != "",
        rx.el.div(
            rx.icon("octagon_x", size=48),
            rx.el.div(rx.el.strong(t("desk.error")), said, _about(scan)),
            class_name="scan-answer scan-refused",
        ),
        rx.el.div(
            rx.icon("circle_check", size=48),
            rx.el.div(said, _about(scan)),
            class_name="scan-answer scan-done",
        ),
    )


def scan_list(scans: Row, *, said: Callable[[Row], rx.Component]) -> rx.Component:
    """List what was scanned in this tab, the latest first."""
    return rx.el.section(
        rx.el.h2(t("desk.scans"), id="scans"),
        rx.el.ul(rx.foreach(scans, lambda scan: _scan(scan, said)), class_name="scans"),
        aria_labelledby="scans",
    )


def _scan(scan: Row, said: Callable[[Row], rx.Component]) -> rx.Component:
    refused = rx.fragment(rx.icon("octagon_x", size=24), rx.el.strong(t("desk.error")))
    return rx.el.li(
        rx.el.span(
            rx.cond(scan.refused != "", refused, rx.icon("circle_check", size=24)),
            class_name="scan-mark",
        ),
        rx.el.div(
            rx.cond(scan.title != "", rx.el.p(scan.title, class_name="scan-title")),
            rx.el.p(scan.barcode, class_name="record-line"),
        ),
        rx.el.div(said(scan)),
        rx.el.time(time_of(scan.at)),
        class_name=rx.cond(scan.refused != "", "scan scan-refused", "scan scan-done"),
    )


def no_connection() -> rx.Component:
    """Say, where nothing can be recorded, that nothing is."""
    return rx.cond(offline.without_server(), failure(t("desk.no_connection")))


def _about(scan: Row) -> rx.Component:
    title = rx.cond(scan.title != "", rx.el.span(scan.title, " "))
    return rx.el.p(title, scan.barcode, class_name="scan-title")
