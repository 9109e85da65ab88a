"""お試し用メール: what the demonstration would have sent."""

from collections.abc import Callable
from functools import partial

import reflex as rx

from portal_app import routes
from portal_app.components.busy import waiting_rows
from portal_app.components.empty import nothing_here
from portal_app.components.layout import page
from portal_app.components.links import anchor, link
from portal_app.components.rows import Row, shown
from portal_app.components.words import date_of, t, time_of
from portal_app.state.mailbox import MailboxState


def mailbox_page() -> rx.Component:
    """Show the letters of the demonstration, newest first, each to be opened."""
    letters = shown(MailboxState.letters)
    return page(
        "mailbox.title",
        rx.cond(
            MailboxState.is_loaded,
            rx.cond(MailboxState.is_here, _letters(letters), _nowhere()),
            waiting_rows(),
        ),
    )


def _nowhere() -> rx.Component:
    return nothing_here(
        t("not_found.lead"),
        link(t("not_found.to_home"), to=routes.HOME, class_name="button button-primary"),
        icon="map_pin_off",
    )


def _letters(letters: Row) -> rx.Component:
    return rx.fragment(
        rx.el.p(t("mailbox.lead"), class_name="lead"),
        rx.cond(
            letters.length() > 0,
            letters_of(letters, heading=rx.el.h2),
            nothing_here(t("mailbox.none"), icon="mail_open"),
        ),
    )


def letters_of(letters: Row, *, heading: Callable[..., rx.Component]) -> rx.Component:
    """List letters, each to be opened by its heading."""
    return rx.el.ul(rx.foreach(letters, partial(_letter, heading=heading)), class_name="letters")


def _letter(letter: Row, *, heading: Callable[..., rx.Component]) -> rx.Component:
    return rx.el.li(
        rx.el.details(
            rx.el.summary(heading(letter.subject)),
            rx.el.p(rx.foreach(letter.parts, _part), class_name="letter-body"),
            lang=letter.lang,
        ),
        rx.el.p(
            rx.el.span(t("mailbox.to", address=letter.address)),
            rx.el.span(date_of(letter.written_at), " ", time_of(letter.written_at)),
            class_name="letter-about",
        ),
        class_name="letter",
    )


def _part(part: Row) -> rx.Component:
    # Loaded anew: some of these links are answered by the server and not by a page.
    return rx.cond(part.leads_to == "", rx.fragment(part.text), anchor(part.text, to=part.leads_to))
