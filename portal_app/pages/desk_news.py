"""トップページのお知らせを書く: what stands on the first page for everybody (G-03)."""

import reflex as rx

from portal_app.components.badges import warning_badge
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
from portal_app.components.fields import date_field, option, select_field
from portal_app.components.forms import field_row, form
from portal_app.components.local import Local
from portal_app.components.rows import Row, kind_of_rows, shown
from portal_app.components.session_end import drafting
from portal_app.components.tables import Column, table
from portal_app.components.words import date_of, t, t_of
from portal_app.state.desk_session import DeskSessionState
from portal_app.state.desk_writing import IMPORTANT, PLAIN, DeskNewsState


def desk_news_page() -> rx.Component:
    """Write news, look at it, publish it, and withdraw what stands there."""
    asked = asked_about(kind_of_rows(DeskNewsState.written) | None)
    return desk_page(
        "desk.news.title",
        kinds_of_writing(),
        rx.el.p(t("desk.news.lead"), class_name="lead"),
        rx.cond(
            DeskNewsState.is_loaded,
            rx.fragment(
                drafting(
                    rx.cond(DeskNewsState.is_checked, _preview(), _form()),
                    name="desk_news",
                    session=DeskSessionState,
                    done=DeskNewsState.done,
                ),
                _written(asked),
            ),
            waiting_rows(),
        ),
        withdraw_question(
            "desk.news.withdraw_hint",
            asked=asked,
            on_withdraw=DeskNewsState.withdraw(asked.value.news_id),
        ),
        messages=writing_answers("desk.news", shown(DeskNewsState)),
    )


def _form() -> rx.Component:
    draft = shown(DeskNewsState.draft)
    return rx.el.section(
        rx.el.h2(t("desk.news.write"), id="write"),
        form(
            *letter_fields(draft),
            select_field(
                "weight",
                t("desk.news.weight_title"),
                *(option(one, t(f"desk.news.weight.{one}")) for one in (PLAIN, IMPORTANT)),
                default_value=draft.weight,
            ),
            field_row(
                date_field(
                    "shown_from",
                    t("desk.news.shown_from"),
                    default_value=draft.shown_from,
                    is_required=True,
                ),
                date_field(
                    "shown_until",
                    t("desk.writing.shown_until"),
                    default_value=draft.shown_until,
                    hint=t("desk.news.shown_until_hint"),
                ),
            ),
            submit_button(t("desk.writing.check"), icon="eye"),
            on_submit=DeskNewsState.check,
        ),
        key=shown(DeskNewsState.forms).to(str),
        aria_labelledby="write",
    )


def _preview() -> rx.Component:
    draft = shown(DeskNewsState.draft)
    return preview(
        draft,
        facts(
            fact(t("desk.news.weight_title"), t_of("desk.news.weight", draft.weight)),
            fact(t("desk.news.shown_from"), date_of(draft.shown_from)),
            fact(t("desk.writing.shown_until"), _until(draft)),
        ),
        on_yes=DeskNewsState.publish,
        yes="desk.news.publish",
        on_no=DeskNewsState.write_again,
    )


def _until(row: Row) -> rx.Component:
    return rx.cond(
        row.shown_until,
        rx.el.span(date_of(row.shown_until)),
        rx.el.span(t("desk.news.for_ever")),
    )


def _written(asked: Local) -> rx.Component:
    written = shown(DeskNewsState.written)
    return rx.el.section(
        rx.el.h2(t("desk.news.written"), id="written"),
        rx.cond(
            written.length() > 0,
            table(
                t("desk.news.written"),
                Column(heading=t("desk.writing.subject"), show=_subject),
                Column(heading=t("desk.news.shown_from"), show=lambda one: date_of(one.shown_from)),
                Column(heading=t("desk.writing.shown_until"), show=_until),
                Column(
                    heading=t("desk.column.deed"),
                    show=lambda one: withdraw_button(one, asked=asked),
                    is_action=True,
                ),
                rows=written,
            ),
            nothing_here(t("desk.news.none"), icon="newspaper"),
        ),
        aria_labelledby="written",
    )


def _subject(one: Row) -> rx.Component:
    return rx.fragment(
        rx.el.span(one.subject),
        rx.cond(
            one.is_important,
            rx.el.p(warning_badge(t(f"desk.news.weight.{IMPORTANT}"))),
        ),
    )
