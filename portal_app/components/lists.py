"""What stands above and below a list: how many, select all or none, which page."""

from collections.abc import Callable

import reflex as rx
from reflex.event import EventType

from portal_app.components.buttons import quiet_button
from portal_app.components.links import Link
from portal_app.components.modules import computed, use
from portal_app.components.words import t

Number = rx.Var[int] | int


def toolbar(*tools: rx.Component) -> rx.Component:
    """Stand tools in a line above or below a list."""
    return rx.el.div(*tools, class_name="toolbar")


def selection_toolbar(
    *tools: rx.Component,
    on_all: EventType[()],
    on_none: EventType[()],
    chosen: Number,
) -> rx.Component:
    """Select all or none, say how many are chosen, and act on them (K-26)."""
    return toolbar(
        quiet_button(t("lists.select_all"), on_click=on_all),
        quiet_button(t("lists.select_none"), on_click=on_none),
        rx.el.span(t("lists.chosen", count=chosen), class_name="chosen"),
        rx.el.div(*tools, class_name="actions"),
    )


def pager(
    *, here: Number, last: Number, address: Callable[[rx.Var[int]], rx.Var[str]]
) -> rx.Component:
    """Lead to the other pages of a list. ``address`` returns where a page number leads."""
    at, end = rx.Var.create(here).to(int), rx.Var.create(last).to(int)
    return rx.cond(
        end > 1,
        rx.el.nav(
            rx.el.ul(
                _turn(
                    t("common.previous"), "chevron_left", address((at - 1).to(int)), exists=at > 1
                ),
                rx.foreach(_pages_around(at, end), lambda page: _page(page, at, address(page))),
                _turn(
                    t("common.next"), "chevron_right", address((at + 1).to(int)), exists=at < end
                ),
            ),
            aria_label=t("lists.pages"),
            class_name="pager",
        ),
    )


def neighbours(
    *,
    position: rx.Component | rx.Var[str],
    previous: rx.Var[str] | str,
    following: rx.Var[str] | str,
) -> rx.Component:
    """Lead from one record to the one before and after it in the results (K-22)."""
    return rx.el.nav(
        rx.el.ul(
            _turn(t("common.previous"), "chevron_left", previous, exists=_is_address(previous)),
            rx.el.li(position, class_name="position"),
            _turn(t("common.next"), "chevron_right", following, exists=_is_address(following)),
        ),
        aria_label=t("lists.neighbours"),
        class_name="pager neighbours",
    )


def _is_address(address: rx.Var[str] | str) -> rx.Var[bool]:
    return rx.Var.create(address).to(str) != ""


def _turn(
    label: rx.Var[str], icon: str, to: rx.Var[str] | str, *, exists: rx.Var[bool]
) -> rx.Component:
    face = [rx.icon(icon, size=20), rx.el.span(label)]
    return rx.el.li(
        rx.cond(
            exists,
            Link.create(*face, to=to, class_name="turn"),
            rx.el.span(*face, class_name="turn", aria_disabled="true"),
        ),
        class_name=icon,
    )


def _page(page: rx.Var[int], here: rx.Var[int], to: rx.Var[str]) -> rx.Component:
    return rx.el.li(
        rx.match(
            page,
            (0, rx.el.span("…", class_name="gap")),
            (here, rx.el.span(page, aria_current="page", class_name="page-number")),
            Link.create(
                page, to=to, class_name="page-number", aria_label=t("lists.page", number=page)
            ),
        ),
        class_name="number",
    )


def _pages_around(here: rx.Var[int], last: rx.Var[int]) -> rx.Var[list[int]]:
    around = f"pagesAround({here!s}, {last!s})"
    return computed(around, list[int], use("pages", "pagesAround"), here, last)
