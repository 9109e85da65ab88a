"""パスワードを忘れたとき, パスワードの発行: a password by mail, or at the desk (G-02, G-10)."""

import reflex as rx

from portal_app import libraries, routes
from portal_app.components.buttons import submit_button
from portal_app.components.fields import text_field
from portal_app.components.forms import native_form
from portal_app.components.layout import page
from portal_app.components.messages import information, refusal
from portal_app.components.new_password import new_password_fields, why_not_changed
from portal_app.components.words import t
from portal_app.state.sign_in import NewPasswordState


def forgotten_password_page() -> rx.Component:
    """Ask for a card number, and say what to do without mail."""
    library = libraries.current()
    return page(
        f"forgotten_password.title.{library.sign_in.initial_password}",
        *(_by_mail() if library.sign_in.issues_by_mail else ()),
        rx.el.p(t("forgotten_password.at_desk")),
        *([rx.el.p(t("forgotten_password.history"))] if library.history.is_offered else []),
        crumbs=[("sign_in.title", routes.SIGN_IN)],
        messages=[_said()],
    )


def new_password_page() -> rx.Component:
    """Ask for the new password of whoever has followed the link in a mail."""
    return page(
        "new_password.title",
        native_form(
            *new_password_fields(),
            submit_button(t("new_password.submit")),
            to=routes.DO_SET_PASSWORD,
        ),
        crumbs=[("sign_in.title", routes.SIGN_IN)],
        messages=[why_not_changed(NewPasswordState.problem)],
    )


def _by_mail() -> tuple[rx.Component, ...]:
    return (
        rx.el.p(t("forgotten_password.lead"), class_name="lead"),
        native_form(
            text_field(
                "card",
                t("sign_in.card"),
                hint=t("sign_in.card_hint"),
                auto_complete="username",
                input_mode="numeric",
                is_required=True,
            ),
            submit_button(t("forgotten_password.submit"), icon="mail"),
            to=routes.DO_ASK_FOR_PASSWORD,
        ),
    )


def _said() -> rx.Component:
    minutes = libraries.current().sign_in.link_minutes
    said = rx.match(
        NewPasswordState.problem,
        ("asked", information(t("forgotten_password.problem.asked", minutes=minutes))),
        ("leads_nowhere", refusal(t("forgotten_password.problem.leads_nowhere"))),
        rx.fragment(),
    )
    return rx.fragment(said)
