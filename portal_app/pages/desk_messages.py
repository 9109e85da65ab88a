"""お知らせを書く: a message to a branch, to an age, or to all (K-13)."""

import reflex as rx

from portal_app import libraries
from portal_app.components.busy import waiting_rows
from portal_app.components.buttons import submit_button
from portal_app.components.desk_layout import desk_page
from portal_app.components.desk_writing import (
    asked_about,
    kinds_of_writing,
    letter_fields,
    preview,
    withdraw_button,
    withdraw_question,
    writing_answers,
)
from portal_app.components.empty import nothing_here
from portal_app.components.facts import fact, facts
from portal_app.components.fields import (
    date_field,
    number_field,
    option,
    select_field,
)
from portal_app.components.forms import field_row, form
from portal_app.components.local import Local
from portal_app.components.rows import Row, kind_of_rows, shown
from portal_app.components.session_end import drafting
from portal_app.components.tables import Column, table
from portal_app.components.words import date_of, t, t_of
from portal_app.state.desk_session import DeskSessionState
from portal_app.state.desk_writing import DeskMessagesState

DIGITS_OF_AN_AGE = 3


def desk_messages_page() -> rx.Component:
    """Write a message, look at it, send it, and withdraw what was sent."""
    asked = asked_about(kind_of_rows(DeskMessagesState.written) | None)
    return desk_page(
        "desk.messages.title",
        kinds_of_writing(),
        rx.el.p(t("desk.messages.lead"), class_name="lead"),
        rx.cond(
            DeskMessagesState.is_loaded,
            rx.fragment(
                drafting(
                    rx.cond(DeskMessagesState.is_checked, _preview(), _form()),
                    name="desk_messages",
                    session=DeskSessionState,
                    done=DeskMessagesState.done,
                ),
                _written(asked),
            ),
            waiting_rows(),
        ),
        withdraw_question(
            "desk.messages.withdraw_hint",
            asked=asked,
            on_withdraw=DeskMessagesState.withdraw(asked.value.message_id),
        ),
        messages=writing_answers("desk.messages", shown(DeskMessagesState)),
    )


def _form() -> rx.Component:
    draft = shown(DeskMessagesState.draft)
    branches = libraries.current().pickup_branches
    return rx.el.section(
        rx.el.h2(t("desk.messages.write"), id="write"),
        form(
            *letter_fields(draft),
            select_field(
                "branch_code",
                t("desk.messages.branch"),
                option("", t("desk.messages.every_branch")),
                *(option(code, t(f"branch.{code}")) for code in branches),
                default_value=draft.branch_code,
                hint=t("desk.messages.branch_hint"),
            ),
            field_row(
                number_field(
                    "age_from",
                    t("desk.messages.age_from"),
                    max_length=DIGITS_OF_AN_AGE,
                    default_value=draft.age_from,
                    hint=t("desk.messages.age_hint"),
                ),
                number_field(
                    "age_to",
                    t("desk.messages.age_to"),
                    max_length=DIGITS_OF_AN_AGE,
                    default_value=draft.age_to,
                ),
            ),
            date_field(
                "shown_until",
                t("desk.writing.shown_until"),
                default_value=draft.shown_until,
                is_required=True,
            ),
            submit_button(t("desk.writing.check"), icon="eye"),
            on_submit=DeskMessagesState.check,
        ),
        key=shown(DeskMessagesState.forms).to(str),
        aria_labelledby="write",
    )


def _preview() -> rx.Component:
    draft = shown(DeskMessagesState.draft)
    return preview(
        draft,
        facts(
            fact(t("desk.messages.to"), _branch(draft), _ages(draft)),
            fact(
                t("desk.messages.patrons"),
                t("desk.messages.people", count=DeskMessagesState.patrons),
            ),
            fact(t("desk.writing.shown_until"), date_of(draft.shown_until)),
        ),
        on_yes=DeskMessagesState.send,
        yes="desk.messages.send",
        on_no=DeskMessagesState.write_again,
    )


def _branch(row: Row) -> rx.Component:
    return rx.cond(
        row.branch_code == "",
        rx.el.span(t("desk.messages.every_branch")),
        rx.el.span(t_of("branch", row.branch_code)),
    )


def _ages(draft: Row) -> rx.Component:
    return rx.fragment(
        rx.cond(
            draft.age_from != "", rx.el.span(" ", t("desk.messages.from_age", age=draft.age_from))
        ),
        rx.cond(draft.age_to != "", rx.el.span(" ", t("desk.messages.to_age", age=draft.age_to))),
    )


def _written(asked: Local) -> rx.Component:
    written = shown(DeskMessagesState.written)
    return rx.el.section(
        rx.el.h2(t("desk.messages.written"), id="written"),
        rx.cond(
            written.length() > 0,
            table(
                t("desk.messages.written"),
                Column(heading=t("desk.writing.subject"), show=_subject),
                Column(heading=t("desk.messages.to"), show=_to),
                Column(heading=t("desk.writing.shown_until"), show=_until),
                Column(
                    heading=t("desk.messages.readers"),
                    show=lambda one: t("desk.messages.people", count=one.readers),
                ),
                Column(
                    heading=t("desk.column.deed"),
                    show=lambda one: withdraw_button(one, asked=asked),
                    is_action=True,
                ),
                rows=written,
            ),
            nothing_here(t("desk.messages.none"), icon="mail"),
        ),
        aria_labelledby="written",
    )


def _subject(one: Row) -> rx.Component:
    return rx.fragment(
        rx.el.span(one.subject), rx.el.p(date_of(one.sent_at), class_name="record-line")
    )


def _to(one: Row) -> rx.Component:
    return rx.fragment(
        _branch(one),
        rx.cond(
            one.born_from.is_none(),
            rx.fragment(),
            rx.el.p(t("desk.messages.born_from", day=date_of(one.born_from))),
        ),
        rx.cond(
            one.born_until.is_none(),
            rx.fragment(),
            rx.el.p(t("desk.messages.born_until", day=date_of(one.born_until))),
        ),
    )


def _until(one: Row) -> rx.Component:
    return rx.el.span(date_of(one.shown_until))
