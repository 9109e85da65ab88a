"""お試しの道具: whom one may be, what day it is, and putting everything back."""

from collections.abc import Callable

import reflex as rx

from portal_app import routes
from portal_app.components import offline
from portal_app.components.busy import waiting_rows
from portal_app.components.buttons import (
    button,
    danger_button,
    quiet_button,
    small_submit_button,
    submit_button,
)
from portal_app.components.demonstration import (
    LookAgain,
    Showing,
    TouchMarks,
    in_language,
    is_shown,
    show,
)
from portal_app.components.dialogs import dialog
from portal_app.components.empty import nothing_here
from portal_app.components.fields import checkbox, date_field
from portal_app.components.forms import native_form
from portal_app.components.layout import page
from portal_app.components.links import link
from portal_app.components.local import local
from portal_app.components.messages import done, refusal
from portal_app.components.rows import Row, shown
from portal_app.components.words import date_of, t, t_of
from portal_app.pages.mailbox import letters_of
from portal_app.state.demonstration import CastState, ShowingState
from portal_app.state.mailbox import MailboxState

_IS_ASKED = local("page.put_back", default=False)


def demonstration_page() -> rx.Component:
    """Offer everything that whoever shows the portal needs."""
    return page(
        "demonstration.title",
        rx.cond(
            ShowingState.is_loaded,
            rx.cond(ShowingState.is_here, _tools(), _nowhere()),
            waiting_rows(),
        ),
        messages=[_what_was_done()],
    )


def demonstration_frame() -> rx.Component:
    """Stand around every page: follow the demonstration's clock, and mark where a finger is."""
    return rx.fragment(
        Showing.create(edition=ShowingState.edition, seconds=ShowingState.seconds_ahead),
        TouchMarks.create(is_on=is_shown("marks") & ShowingState.is_here),
    )


def demonstration_bar() -> rx.Component:
    """Stand above every page: say that this is a demonstration, and what day it is in it."""
    return rx.cond(ShowingState.is_here, _bar(), rx.el.div(class_name="demonstration-bar"))


def _bar() -> rx.Component:
    count = ShowingState.letter_count
    return rx.el.aside(
        rx.el.div(
            rx.el.p(
                rx.el.span(t("demonstration.bar"), class_name="demonstration-name"),
                rx.el.span(t("demonstration.today", day=date_of(ShowingState.today))),
                rx.cond(ShowingState.seconds_ahead > 0, rx.el.span(t("demonstration.ahead"))),
            ),
            rx.cond(
                ShowingState.has_mailbox,
                link(t("demonstration.letters", count=count), to=routes.MAILBOX),
            ),
            link(t("demonstration.title"), to=routes.DEMONSTRATION),
            class_name="demonstration-bar",
        ),
        rx.cond(is_shown("mail") & ShowingState.has_mailbox, _mail_beside()),
        aria_label=t("demonstration.bar"),
        class_name="demonstration",
    )


def _mail_beside() -> rx.Component:
    letters = shown(MailboxState.letters)
    return rx.el.div(
        LookAgain.create(on_time=MailboxState.open.temporal),
        rx.el.div(
            rx.el.p(t("demonstration.mail"), class_name="demonstration-mail-title"),
            quiet_button(
                t("demonstration.mail_away"), on_click=show("mail", shown=False), icon="x"
            ),
            class_name="demonstration-mail-head",
        ),
        rx.cond(
            letters.length() > 0,
            letters_of(letters, heading=rx.el.span),
            rx.el.p(t("mailbox.none")),
        ),
        class_name="demonstration-mail",
        on_mount=MailboxState.open.temporal,
    )


def _nowhere() -> rx.Component:
    return nothing_here(
        t("demonstration.nowhere"),
        link(t("not_found.to_home"), to=routes.HOME, class_name="button button-primary"),
        icon="map_pin_off",
    )


def _tools() -> rx.Component:
    return rx.fragment(
        rx.el.p(t("demonstration.lead"), class_name="lead"),
        _section(
            "members",
            rx.el.p(t("demonstration.members_lead")),
            _players(CastState.members, _member),
        ),
        _section("clerks", _players(CastState.clerks, _clerk)),
        _section("clock", rx.el.p(t("demonstration.clock_lead")), _steps()),
        rx.cond(ShowingState.has_mailbox, _mail()),
        _section(
            "marks",
            rx.el.p(t("demonstration.marks_lead")),
            checkbox(
                "marks",
                t("demonstration.marks"),
                checked=is_shown("marks"),
                on_change=show("marks", shown=~is_shown("marks")),
            ),
        ),
        _section(
            "put_back",
            rx.el.p(t("demonstration.put_back_lead")),
            danger_button(
                t("demonstration.put_back"), on_click=_IS_ASKED.set(True), icon="rotate_ccw"
            ),
        ),
        _question(),
    )


def _section(name: str, *children: rx.Component) -> rx.Component:
    heading = f"demonstration-{name}"
    return rx.el.section(
        rx.el.h2(t(f"demonstration.{name}"), id=heading), *children, aria_labelledby=heading
    )


def _players(who: Row, draw: Callable[[Row], rx.Component]) -> rx.Component:
    return rx.el.ul(rx.foreach(who, draw), class_name="players")


def _member(member: Row) -> rx.Component:
    return _player(
        member,
        rx.el.input(type="hidden", name="card", value=member.number),
        to=routes.DO_SIGN_IN,
        on_submit=offline.note_arrival(),
    )


def _clerk(clerk: Row) -> rx.Component:
    return _player(
        clerk,
        rx.el.input(type="hidden", name="login", value=clerk.number),
        rx.el.input(type="hidden", name="branch", value=""),
        to=routes.DO_DESK_SIGN_IN,
        on_submit=None,
    )


def _player(who: Row, *fields: rx.Component, to: str, on_submit: rx.Var | None) -> rx.Component:
    """Tell somebody's story, and sign in as them by the same door as everybody."""
    return rx.el.li(
        rx.el.h3(who.name),
        rx.el.p(in_language(ja=who.story_ja, en=who.story_en, simple=who.story_simple)),
        native_form(
            *fields,
            rx.el.input(type="hidden", name="password", value=who.password),
            submit_button(t("demonstration.be", name=who.name), icon="log_in"),
            to=to,
            on_submit=on_submit,
            class_name="",
        ),
        class_name="player",
    )


def _steps() -> rx.Component:
    return rx.el.div(
        *(
            _step(step, small_submit_button(t(f"demonstration.step.{step}"), icon="fast_forward"))
            for step in ("day", "week")
        ),
        _step(
            "date",
            date_field("date", t("demonstration.date"), is_required=True),
            small_submit_button(t("demonstration.step.date"), icon="calendar_days"),
        ),
        class_name="clock-steps",
    )


def _step(step: str, *fields: rx.Component) -> rx.Component:
    return native_form(
        rx.el.input(type="hidden", name="step", value=step),
        *fields,
        to=routes.DO_SET_CLOCK,
        class_name="clock-step",
    )


def _mail() -> rx.Component:
    is_beside = is_shown("mail")
    return _section(
        "mail",
        rx.el.p(t("demonstration.mail_lead")),
        rx.el.div(
            rx.el.span(
                button(
                    rx.cond(
                        is_beside, t("demonstration.mail_away"), t("demonstration.mail_beside")
                    ),
                    on_click=show("mail", shown=~is_beside),
                    icon="panel_right",
                ),
                class_name="when-beside",
            ),
            link(t("mailbox.title"), to=routes.MAILBOX),
            class_name="actions",
        ),
    )


def _question() -> rx.Component:
    return dialog(
        t("demonstration.put_back_ask"),
        rx.el.p(t("demonstration.put_back_lead")),
        name="put-back",
        is_open=_IS_ASKED.value,
        on_dismiss=_IS_ASKED.set(False),
        answers=(
            native_form(
                rx.el.button(
                    t("demonstration.put_back_yes"),
                    type="submit",
                    class_name="button button-danger",
                ),
                to=routes.DO_PUT_BACK,
                class_name="",
            ),
            quiet_button(t("demonstration.put_back_no"), on_click=_IS_ASKED.set(False)),
        ),
    )


def _what_was_done() -> rx.Component:
    set_clock = t("demonstration.clock_done", day=date_of(ShowingState.today))
    told = rx.match(
        ShowingState.done,
        ("clock", done(set_clock)),
        ("put_back", done(t("demonstration.put_back_done"))),
        rx.cond(
            ShowingState.problem != "",
            refusal(t_of("demonstration.problem", ShowingState.problem)),
        ),
    )
    return rx.cond(ShowingState.is_loaded & ShowingState.is_here, rx.fragment(told))
