"""お知らせ: what the library has written to a patron (K-13)."""

import reflex as rx

from portal_app import routes
from portal_app.components.badges import waiting_badge
from portal_app.components.busy import waiting_rows
from portal_app.components.empty import nothing_here
from portal_app.components.fields import checkbox
from portal_app.components.layout import page
from portal_app.components.letters import (
    is_open,
    letters_shown,
    open_letter,
    shows_read_too,
)
from portal_app.components.rows import Row, shown
from portal_app.components.words import date_of, t
from portal_app.state.messages import MessagesState

ACCOUNT = ("account.title", routes.ACCOUNT)


def messages_page() -> rx.Component:
    """Show what is unread, and on request the rest, newest first."""
    return page(
        "messages.title",
        rx.el.p(t("messages.lead"), class_name="lead"),
        rx.cond(MessagesState.is_loaded, _messages(), waiting_rows()),
        crumbs=[ACCOUNT],
        as_of=MessagesState.as_of,
    )


def _messages() -> rx.Component:
    letters = shown(MessagesState.messages)
    found, read_too = letters_shown(letters), shows_read_too()
    return rx.fragment(
        checkbox(
            "read_too",
            t("messages.read_too"),
            checked=read_too.value,
            on_change=read_too.set(~read_too.value),
        ),
        rx.cond(
            found.length() > 0,
            rx.el.ul(rx.foreach(found, _letter), class_name="letters"),
            nothing_here(
                rx.cond(letters.length() > 0, t("messages.none_unread"), t("messages.none")),
                icon="mail_open",
            ),
        ),
    )


def _letter(letter: Row) -> rx.Component:
    opens = is_open(letter)
    return rx.el.li(
        rx.el.h2(
            rx.el.button(
                rx.cond(opens, rx.icon("mail_open", size=20), rx.icon("mail", size=20)),
                rx.el.span(letter.subject),
                type="button",
                on_click=open_letter(letter),
                aria_expanded=opens,
                class_name="letter-subject",
            )
        ),
        rx.el.p(
            rx.el.span(date_of(letter.sent_at)),
            rx.cond(letter.is_read, rx.fragment(), waiting_badge(t("messages.unread"))),
            class_name="letter-about",
        ),
        rx.cond(opens, rx.el.p(letter.body, class_name="letter-body")),
        class_name="letter",
    )
