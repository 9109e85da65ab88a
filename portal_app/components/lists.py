"""What stands above and below a list: how many, select all or none, which page."""

from collections.abc import Callable
from functools import partial
from typing import Any

import reflex as rx
from reflex.event import EventType

from portal_app.components.buttons import quiet_button
from portal_app.components.links import Link
from portal_app.components.modules import computed, use
from portal_app.components.rows import Row, kind_of_rows
from portal_app.components.words import t

Number = rx.Var[int] | int
Face = rx.Component | rx.Var[Any]


def few_first(rows: Row) -> Row:
    """Return the rows of a list, of which those that are seen at once are drawn first.

    To be asked for in the ``rx.foreach`` that draws them: it counts from when they are there.
    """
    hook = use("slices", "useFewFirst", hook=f"const few = useFewFirst({rows!s})")
    return computed("few", list[kind_of_rows(rows)], hook, rows)


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


def chosen_bar(
    *tools: rx.Component, on_none: EventType[()], chosen: Number, answer: rx.Component
) -> rx.Component:
    """Act on what is chosen, from wherever in the list one is. Without a choice nothing shows.

    ``answer`` says there what became of it, until something else is chosen.
    """
    count = rx.Var.create(chosen).to(int)
    said = t("lists.chosen", count=count)
    return rx.el.div(
        rx.el.p(rx.cond(count > 0, said, ""), role="status", class_name="unseen"),
        rx.cond(
            count > 0,
            rx.el.div(
                rx.el.span(said, aria_hidden="true", class_name="chosen"),
                quiet_button(t("lists.select_none"), on_click=on_none),
                rx.el.div(*tools, class_name="actions"),
                class_name="chosen-bar",
            ),
        ),
        rx.el.div(
            rx.cond(count > 0, rx.fragment(), answer), role="status", class_name="chosen-answer"
        ),
        class_name="chosen-place",
    )


def pager(
    *, here: Number, last: Number, address: Callable[[rx.Var[int]], rx.Var[str]]
) -> rx.Component:
    """Lead to the other pages of a list. ``address`` returns where a page number leads."""
    return _pager(
        here, last, lambda page, *face, **how: Link.create(*face, to=address(page), **how)
    )


def turning_pager(
    *, here: Number, last: Number, on_turn: Callable[[rx.Var[int]], Any]
) -> rx.Component:
    """Turn to the other pages of a list that the page has by itself."""

    def turning(page: rx.Var[int], *face: Face, **how: Any) -> rx.Component:  # noqa: ANN401  attributes
        return rx.el.button(*face, type="button", on_click=on_turn(page), **how)

    return _pager(here, last, turning)


def _pager(here: Number, last: Number, lead: Callable[..., rx.Component]) -> rx.Component:
    at, end = rx.Var.create(here).to(int), rx.Var.create(last).to(int)
    before, after = (at - 1).to(int), (at + 1).to(int)
    return rx.cond(
        end > 1,
        rx.el.nav(
            rx.el.ul(
                _turn(t("common.previous"), "chevron_left", partial(lead, before), exists=at > 1),
                rx.foreach(_pages_around(at, end), lambda page: _page(page, at, lead)),
                _turn(t("common.next"), "chevron_right", partial(lead, after), exists=at < end),
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
            _turn(
                t("common.previous"),
                "chevron_left",
                partial(Link.create, to=previous),
                exists=_is_address(previous),
            ),
            rx.el.li(position, class_name="position"),
            _turn(
                t("common.next"),
                "chevron_right",
                partial(Link.create, to=following),
                exists=_is_address(following),
            ),
        ),
        aria_label=t("lists.neighbours"),
        class_name="pager neighbours",
    )


def _is_address(address: rx.Var[str] | str) -> rx.Var[bool]:
    return rx.Var.create(address).to(str) != ""


def _turn(
    label: rx.Var[str], icon: str, lead: Callable[..., rx.Component], *, exists: rx.Var[bool]
) -> rx.Component:
    face = [rx.icon(icon, size=20), rx.el.span(label)]
    return rx.el.li(
        rx.cond(
            exists,
            lead(*face, class_name="turn"),
            rx.el.span(*face, class_name="turn", aria_disabled="true"),
        ),
        class_name=icon,
    )


def _page(page: rx.Var[int], here: rx.Var[int], lead: Callable[..., rx.Component]) -> rx.Component:
    label = t("lists.page", number=page)
    return rx.el.li(
        rx.match(
            page,
            (0, rx.el.span("…", class_name="gap")),
            (here, rx.el.span(page, aria_current="page", class_name="page-number")),
            lead(page, page, class_name="page-number", aria_label=label),
        ),
        class_name="number",
    )


def _pages_around(here: rx.Var[int], last: rx.Var[int]) -> rx.Var[list[int]]:
    around = f"pagesAround({here!s}, {last!s})"
    return computed(around, list[int], use("pages", "pagesAround"), here, last)
