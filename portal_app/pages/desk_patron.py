"""利用者: holds, a new password and a message for whoever stands at the desk."""

import reflex as rx

from portal_app.components.badges import hold_state_badge
from portal_app.components.buttons import (
    actions,
    button,
    danger_button,
    named,
    primary_button,
    submit_button,
)
from portal_app.components.desk_layout import scanning_page
from portal_app.components.desk_writing import letter_fields
from portal_app.components.dialogs import dialog
from portal_app.components.forms import form
from portal_app.components.local import local
from portal_app.components.messages import done, information, refusal
from portal_app.components.patron_at_desk import (
    asked_hold,
    cancel_question,
    patron_card,
    unknown_card,
)
from portal_app.components.records import full_title
from portal_app.components.rows import Row, kind_of_rows, shown
from portal_app.components.scanning import cleared_after, scanner
from portal_app.components.session_end import drafting
from portal_app.components.tables import Column, table
from portal_app.components.words import date_of, t, t_of
from portal_app.state.desk_lists import REASONS
from portal_app.state.desk_patron import (
    PATRON_STAYS_HERE,
    DeskPatronState,
)
from portal_app.state.desk_session import DeskSessionState

IS_ISSUING = local("page.issues_password", default=False)
SECONDS = int(PATRON_STAYS_HERE.total_seconds())


def desk_patron_page() -> rx.Component:
    """Ask for a card, and offer what the desk can do for its patron."""
    return scanning_page(
        "desk.patron.title",
        rx.el.p(t("desk.patron.lead"), class_name="lead"),
        rx.cond(DeskPatronState.patron, _patron(), _card()),
        cleared_after(
            SECONDS,
            event=f"{DeskPatronState.get_full_name()}.finish",
            since=rx.cond(DeskPatronState.patron, DeskPatronState.deeds + 1, 0),
        ),
        _question(),
        cancel_question(_asked(), on_cancel=DeskPatronState.cancel, reasons=REASONS),
        messages=[
            unknown_card(DeskPatronState.unknown_card),
            rx.cond(
                DeskPatronState.cancelled != "",
                done(t("desk.cancelled", title=DeskPatronState.cancelled)),
            ),
            rx.cond(
                DeskPatronState.not_cancelled != "",
                refusal(t_of("desk.not_cancelled", DeskPatronState.not_cancelled)),
            ),
            rx.cond(DeskPatronState.is_sent, done(t("desk.patron.sent"))),
            rx.cond(
                DeskPatronState.not_sent != "",
                refusal(t_of("desk.message.problem", DeskPatronState.not_sent)),
            ),
        ],
    )


def _card() -> rx.Component:
    return scanner(
        "card",
        t("desk.scan.card"),
        on_scan=DeskPatronState.find,
        answers=DeskPatronState.unknown_card,
    )


def _patron() -> rx.Component:
    return rx.fragment(
        patron_card(shown(DeskPatronState.patron)),
        actions(
            primary_button(t("desk.lend.finish"), on_click=DeskPatronState.finish, icon="check")
        ),
        _holds(),
        _password(),
        _message(),
    )


def _holds() -> rx.Component:
    holds = shown(DeskPatronState.holds)
    return rx.el.section(
        rx.el.h2(t("desk.patron.holds"), id="holds"),
        rx.cond(
            holds.length() > 0,
            table(
                t("desk.patron.holds"),
                Column(heading=t("desk.column.item"), show=_title),
                Column(
                    heading=t("desk.column.state"), show=lambda hold: hold_state_badge(hold.state)
                ),
                Column(
                    heading=t("desk.column.pickup_branch"),
                    show=lambda hold: t_of("branch", hold.pickup_branch),
                ),
                Column(heading=t("desk.column.pickup_by"), show=_pickup_by),
                Column(heading=t("desk.column.deed"), show=_cancel, is_action=True),
                rows=holds,
            ),
            rx.el.p(t("desk.patron.no_holds")),
        ),
        aria_labelledby="holds",
    )


def _password() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("desk.patron.password"), id="password"),
        rx.cond(
            DeskPatronState.first_password != "",
            information(
                rx.el.p(t("desk.patron.first_password")),
                rx.el.p(rx.el.output(DeskPatronState.first_password), class_name="first-password"),
                rx.el.p(t("desk.patron.first_password_hint")),
                button(
                    t("desk.patron.hide_password"),
                    on_click=DeskPatronState.hide_password,
                    icon="eye_off",
                ),
            ),
            rx.fragment(
                rx.el.p(t("desk.patron.password_hint"), class_name="hint"),
                button(t("desk.patron.issue"), on_click=IS_ISSUING.set(True), icon="key_round"),
            ),
        ),
        aria_labelledby="password",
    )


def _question() -> rx.Component:
    return dialog(
        t("desk.patron.issue_title"),
        rx.el.p(t("desk.patron.password_hint")),
        name="issue-password",
        is_open=IS_ISSUING.value,
        on_dismiss=IS_ISSUING.set(False),
        answers=(
            danger_button(
                t("desk.patron.issue"),
                on_click=[DeskPatronState.reset_password, IS_ISSUING.set(False)],
            ),
            button(t("desk.patron.do_not_issue"), on_click=IS_ISSUING.set(False)),
        ),
    )


def _message() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("desk.patron.message"), id="message"),
        drafting(
            rx.fragment(
                form(
                    *letter_fields(),
                    submit_button(t("desk.patron.send"), icon="send"),
                    on_submit=DeskPatronState.send,
                ),
                # A message that was sent must not be sent again by pressing the button twice.
                key=shown(DeskPatronState.letters).to(str),
            ),
            name=shown(DeskPatronState.draft_name),
            session=DeskSessionState,
            done=shown(DeskPatronState.letters),
        ),
        aria_labelledby="message",
    )


def _title(hold: Row) -> rx.Component:
    return rx.el.span(full_title(hold.record))


def _pickup_by(hold: Row) -> rx.Component:
    return rx.cond(
        hold.pickup_by.is_none(),
        rx.el.span("—", aria_hidden="true"),
        rx.el.span(date_of(hold.pickup_by)),
    )


def _cancel(hold: Row) -> rx.Component:
    in_full = t("desk.cancel_named", title=full_title(hold.record))
    return button(named(t("desk.cancel"), in_full=in_full), on_click=_asked().set(hold), icon="x")


def _asked():  # noqa: ANN202  as asked_hold
    return asked_hold(kind_of_rows(DeskPatronState.holds) | None)
