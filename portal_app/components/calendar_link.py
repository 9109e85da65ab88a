"""カレンダーに登録: due dates and pickup dates in the patron's own calendar."""

from typing import TYPE_CHECKING

import reflex as rx

from portal_app.components import offline
from portal_app.components.buttons import button, danger_button, primary_button
from portal_app.components.dialogs import dialog
from portal_app.components.handing_on import HANDED, address_to_hand_on
from portal_app.components.links import anchor
from portal_app.components.local import local
from portal_app.components.messages import information
from portal_app.components.rows import Row
from portal_app.components.words import date_of, spoken, t

if TYPE_CHECKING:
    from reflex.event import EventCallback

_STEP = local("page.calendar", default="")  # then shown, resetting or withdrawing


def calendar_link(
    known: Row,
    *,
    on_look: "EventCallback[()]",
    on_make: "EventCallback[()]",
    on_reset: "EventCallback[()]",
    on_withdraw: "EventCallback[()]",
) -> rx.Component:
    """Offer the patron's days as a calendar, and show its address.

    ``known`` is what was learned last, or nothing yet.
    """
    has_address = ~known.is_none() & (known.address != "")
    return rx.fragment(
        button(
            t("calendar_link.offer"),
            on_click=[HANDED.set(""), _STEP.set("shown"), on_look],
            icon="calendar_days",
        ),
        dialog(
            t("calendar_link.offer"),
            rx.el.p(t("calendar_link.what")),
            rx.cond(offline.without_server(), information(t("calendar_link.needs_connection"))),
            rx.cond(has_address, _address(known)),
            name="calendar",
            is_open=_STEP.value == "shown",
            on_dismiss=_STEP.set(""),
            answers=(
                rx.cond(
                    has_address,
                    rx.fragment(
                        button(t("calendar_link.reset"), on_click=_STEP.set("resetting")),
                        danger_button(
                            t("calendar_link.withdraw"), on_click=_STEP.set("withdrawing")
                        ),
                    ),
                    primary_button(
                        t("calendar_link.make"), on_click=on_make, is_busy=known.is_none()
                    ),
                ),
                button(t("common.close"), on_click=_STEP.set("")),
            ),
        ),
        _sure("resetting", "calendar_link.reset", on_yes=on_reset),
        _sure("withdrawing", "calendar_link.withdraw", on_yes=on_withdraw),
    )


def _address(known: Row) -> rx.Component:
    return rx.fragment(
        rx.el.p(t("calendar_link.since", day=date_of(known.since))),
        address_to_hand_on(
            known.address.to(str) + "?lang=" + spoken(),
            anchor(
                t("calendar_link.open"),
                to=known.webcal.to(str) + "?lang=" + spoken(),
                class_name="button button-plain",
            ),
            name="calendar-address",
            label=t("calendar_link.address"),
        ),
    )


def _sure(step: str, deed: str, *, on_yes: "EventCallback[()]") -> rx.Component:
    return dialog(
        t(f"{deed}_title"),
        rx.el.p(t(f"{deed}_hint")),
        name=f"calendar-{step}",
        is_open=_STEP.value == step,
        on_dismiss=_STEP.set("shown"),
        answers=(
            danger_button(t(deed), on_click=[on_yes, HANDED.set(""), _STEP.set("shown")]),
            button(t("common.cancel"), on_click=_STEP.set("shown")),
        ),
    )
