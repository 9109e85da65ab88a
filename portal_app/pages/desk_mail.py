"""メール: what waits, what was sent and what was not, without anything of a patron's."""

import reflex as rx

from portal_app.components.busy import waiting_rows
from portal_app.components.buttons import actions, button
from portal_app.components.desk_layout import desk_page
from portal_app.components.empty import nothing_here
from portal_app.components.facts import fact, facts
from portal_app.components.rows import Row, shown
from portal_app.components.tables import Column, table
from portal_app.components.words import date_of, number_of, t, t_of, time_of
from portal_app.settings import Settings
from portal_app.state.desk_mail import DeskMailState


def desk_mail_page() -> rx.Component:
    """Show how the library's mail stands."""
    mail = shown(DeskMailState.mail)
    return desk_page(
        "desk.mail.title",
        rx.cond(
            DeskMailState.is_loaded,
            rx.fragment(
                rx.el.p(_way(), class_name="lead"),
                _numbers(mail),
                actions(
                    button(t("desk.mail.again"), on_click=DeskMailState.open, icon="refresh_cw")
                ),
                _in_trouble(mail.in_trouble),
            ),
            waiting_rows(),
        ),
    )


def _way() -> rx.Var[str]:
    said = t_of("desk.mail.way", DeskMailState.way)
    if not Settings.read().demonstration:
        return said
    return rx.cond(DeskMailState.way == "demonstration", t("mailbox.at_desk"), said)


def _numbers(mail: Row) -> rx.Component:
    return facts(
        fact(t("desk.mail.waiting"), number_of(mail.waiting)),
        fact(
            t("desk.mail.oldest"),
            rx.cond(mail.oldest_at.is_none(), t("desk.mail.none"), _moment(mail.oldest_at)),
        ),
        fact(t("desk.mail.sent"), number_of(mail.sent)),
        fact(t("desk.mail.given_up"), number_of(mail.given_up)),
    )


def _in_trouble(letters: Row) -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("desk.mail.in_trouble"), id="in_trouble"),
        rx.cond(
            letters.length() > 0,
            table(
                t("desk.mail.in_trouble"),
                Column(
                    heading=t("desk.mail.column.kind"),
                    show=lambda letter: t_of("mail.kind", letter.kind),
                ),
                Column(heading=t("desk.mail.column.trouble"), show=_trouble),
                Column(
                    heading=t("desk.mail.column.tries"),
                    show=lambda letter: number_of(letter.tries),
                ),
                Column(
                    heading=t("desk.mail.column.written_at"),
                    show=lambda letter: _moment(letter.written_at),
                ),
                Column(heading=t("desk.mail.column.next_try_at"), show=_next_try),
                rows=letters,
            ),
            nothing_here(t("desk.mail.no_trouble"), icon="mail_check"),
        ),
        aria_labelledby="in_trouble",
    )


def _trouble(letter: Row) -> rx.Component:
    return rx.fragment(
        rx.el.span(t_of("desk.mail.trouble", letter.trouble)),
        rx.cond(letter.code != "", rx.el.p(letter.code, class_name="record-line")),
    )


def _next_try(letter: Row) -> rx.Component:
    return rx.cond(
        letter.next_try_at.is_none(),
        rx.el.span(t("desk.mail.is_given_up")),
        _moment(letter.next_try_at),
    )


def _moment(moment: rx.Var) -> rx.Component:
    return rx.el.span(date_of(moment), " ", time_of(moment))
