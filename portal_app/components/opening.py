"""開館状況: which branches are open today, by the day and the time where the page is read."""

from typing import Any

import reflex as rx
from reflex.vars import VarData

from portal_app.components.badges import good_badge, plain_badge
from portal_app.components.modules import computed, use
from portal_app.components.rows import Row, kind_of_rows
from portal_app.components.words import date_of, t, t_of

_NOW = VarData.merge(
    use("days", "laterOf", "ofDay", "useToday", hook="const today = useToday()"),
    use("days", "useMinute", hook="const minute = useMinute()"),
)


def opening_today(days: Row, *, as_of: Row) -> rx.Component:
    """Say which branches are open today, and why the others are not (G-03).

    ``days`` are today and those that follow, since a page may stay open past midnight.
    """
    today = _told(f"ofDay({days!s}, laterOf(today, {as_of!s}))", kind_of_rows(days), days, as_of)
    return rx.cond(
        today.branches.length() > 0,
        rx.el.section(
            rx.el.h2(t("home.opening"), id="opening"),
            rx.el.p(date_of(today.day), class_name="hint"),
            rx.el.ul(rx.foreach(today.branches, _branch), class_name="branches-today"),
            aria_labelledby="opening",
        ),
    )


def _branch(branch: Row) -> rx.Component:
    return rx.el.li(
        rx.el.span(t_of("branch", branch.branch_code), class_name="branch-name"),
        rx.cond(branch.closed != "", _closed(branch), _open(branch)),
    )


def _closed(branch: Row) -> rx.Component:
    return rx.fragment(
        rx.el.span(t("home.closed_mark"), class_name="opening-mark is-closed", aria_hidden="true"),
        rx.el.span(t_of("home.closed", branch.closed)),
    )


def _open(branch: Row) -> rx.Component:
    is_over = _told(f"(minute >= {branch.closes!s})", bool, branch)
    is_open = _told(f"({branch.opens!s} <= minute && minute < {branch.closes!s})", bool, branch)
    return rx.fragment(
        rx.el.span(t("home.open_mark"), class_name="opening-mark", aria_hidden="true"),
        rx.el.span(t("home.hours", opens=branch.opens, closes=branch.closes)),
        rx.cond(is_open, good_badge(t("home.open_now"))),
        rx.cond(is_over, plain_badge(t("home.over"))),
    )


def _told(expression: str, kind: Any, *given: rx.Var) -> Row:  # noqa: ANN401  any type
    return computed(expression, kind, _NOW, *given)
