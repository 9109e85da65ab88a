"""What the library tells everybody on the first page (G-03)."""

import reflex as rx

from portal_app.components.rows import Row
from portal_app.components.words import date_of, t


def important_news(news: Row) -> rx.Component:
    """Show what is important in full, if there is anything."""
    return rx.cond(
        _some(news, "true"),
        rx.el.section(
            rx.el.h2(rx.icon("megaphone", size=22), t("home.important"), id="important"),
            rx.foreach(news, lambda one: rx.cond(one.is_important, _in_full(one))),
            aria_labelledby="important",
            class_name="important-news",
        ),
    )


def plain_news(news: Row) -> rx.Component:
    """List the other news, each to be opened."""
    return rx.cond(
        _some(news, "false"),
        rx.el.section(
            rx.el.h2(t("home.news"), id="news"),
            rx.el.ul(
                rx.foreach(news, lambda one: rx.cond(one.is_important, rx.fragment(), _line(one))),
                class_name="news",
            ),
            aria_labelledby="news",
        ),
    )


def _some(news: Row, important: str) -> rx.Var[bool]:
    return rx.Var(
        f"({news!s} ?? []).some((one) => one.is_important === {important})",
        _var_data=news._get_all_var_data(),  # noqa: SLF001  Var has no public way
    ).to(bool)


def _in_full(one: Row) -> rx.Component:
    return rx.el.article(
        rx.el.h3(one.subject),
        rx.el.p(date_of(one.shown_from), class_name="hint"),
        rx.el.p(one.body, class_name="letter-body"),
    )


def _line(one: Row) -> rx.Component:
    return rx.el.li(
        rx.el.details(
            rx.el.summary(
                rx.el.h3(one.subject),
                rx.el.span(date_of(one.shown_from), class_name="hint"),
            ),
            rx.el.p(one.body, class_name="letter-body"),
        )
    )
