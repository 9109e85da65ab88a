"""What the pages have in common on which a desk writes: to a patron, to many, to everybody."""

from typing import Any

import reflex as rx

from portal_app import routes
from portal_app.components.buttons import actions, button, danger_button, named, primary_button
from portal_app.components.dialogs import dialog
from portal_app.components.fields import Typing, text_area, text_field
from portal_app.components.links import NavLink
from portal_app.components.local import Local, local
from portal_app.components.messages import done, refusal
from portal_app.components.rows import Row
from portal_app.components.words import t, t_of
from portal_app.domain.messages import LONGEST_BODY, LONGEST_SUBJECT


def kinds_of_writing() -> rx.Component:
    """Lead from messages to news, and back."""
    return rx.el.nav(
        rx.el.ul(
            _tab(t("desk.messages.title"), to=routes.DESK_MESSAGES),
            _tab(t("desk.news.title"), to=routes.DESK_NEWS),
        ),
        aria_label=t("desk.writing.kinds"),
        class_name="tabs",
    )


def letter_fields(draft: Row | None = None) -> tuple[rx.Component, rx.Component]:
    """Ask for a subject and a text, beginning with what the draft says."""
    subject: Typing = {"max_length": LONGEST_SUBJECT, "is_required": True}
    body: Typing = {"max_length": LONGEST_BODY, "is_required": True}
    if draft is not None:
        subject["default_value"], body["default_value"] = draft.subject, draft.body
    return (
        text_field("subject", t("desk.patron.subject", limit=LONGEST_SUBJECT), **subject),
        text_area("body", t("desk.patron.body", limit=LONGEST_BODY), **body),
    )


def writing_answers(prefix: str, state: Row) -> list[rx.Component]:
    """Say what became of what was written or withdrawn."""
    return [
        rx.cond(state.done != "", done(t_of(f"{prefix}.done", state.done))),
        rx.cond(state.problem != "", refusal(t_of("desk.message.problem", state.problem))),
    ]


def preview(draft: Row, *about: rx.Component, on_yes: Any, yes: str, on_no: Any) -> rx.Component:  # noqa: ANN401  events
    """Show what was written as it will be read, and ask whether it is meant so."""
    return rx.el.section(
        rx.el.h2(t("desk.writing.preview"), id="preview"),
        *about,
        rx.el.article(
            rx.el.h3(draft.subject),
            rx.el.p(draft.body, class_name="letter-body"),
            class_name="letter",
        ),
        actions(
            primary_button(t(yes), on_click=on_yes, icon="send"),
            button(t("desk.writing.again"), on_click=on_no, icon="pencil"),
        ),
        aria_labelledby="preview",
    )


def asked_about(kind: Any) -> Local:  # noqa: ANN401  a type
    """Return what the desk is asked about before it is withdrawn."""
    return local("page.withdraws", default=None, kind=kind)


def withdraw_button(one: Row, *, asked: Local) -> rx.Component:
    """Offer to take back what was written."""
    in_full = t("desk.writing.withdraw_named", subject=one.subject)
    return button(
        named(t("desk.writing.withdraw"), in_full=in_full), on_click=asked.set(one), icon="x"
    )


def withdraw_question(hint: str, *, asked: Local, on_withdraw: Any) -> rx.Component:  # noqa: ANN401  an event
    """Ask once more before something is withdrawn."""
    one = asked.value
    return dialog(
        t("desk.writing.withdraw"),
        rx.el.p(one.subject),
        rx.el.p(t(hint), class_name="hint"),
        name="withdrawal",
        is_open=~one.is_none(),
        on_dismiss=asked.set(None),
        answers=(
            danger_button(t("desk.writing.withdraw"), on_click=[on_withdraw, asked.set(None)]),
            button(t("desk.writing.keep"), on_click=asked.set(None)),
        ),
    )


def _tab(label: rx.Var[str], *, to: str) -> rx.Component:
    return rx.el.li(NavLink.create(label, to=to, class_name="tab"))
