"""ログイン and the password (K-03 to K-05, G-10)."""

import reflex as rx

from portal_app import libraries, routes
from portal_app.components import offline
from portal_app.components.buttons import submit_button
from portal_app.components.fields import password_field, text_field
from portal_app.components.forms import native_form
from portal_app.components.keeping import keep_as_chosen, keep_choice
from portal_app.components.layout import page
from portal_app.components.links import link
from portal_app.components.messages import information, refusal
from portal_app.components.new_password import changed_password_fields, why_not_changed
from portal_app.components.words import t, t_of
from portal_app.state.session import SessionState
from portal_app.state.sign_in import PasswordState, SignInState


def sign_in_page() -> rx.Component:
    """Ask for a card number and a password."""
    initial = libraries.current().sign_in.initial_password
    return page(
        "sign_in.title",
        rx.el.p(t("sign_in.lead"), class_name="lead"),
        rx.cond(SignInState.has_wish, information(t("sign_in.wish"))),
        native_form(
            text_field(
                "card",
                t("sign_in.card"),
                hint=t("sign_in.card_hint"),
                auto_complete="username",
                input_mode="numeric",
                is_required=True,
            ),
            password_field(
                "password",
                t("sign_in.password"),
                auto_complete="current-password",
                is_required=True,
            ),
            keep_choice(),
            submit_button(t("sign_in.submit"), icon="log_in"),
            to=routes.DO_SIGN_IN,
            on_submit=offline.note_arrival(),
        ),
        rx.el.p(link(t(f"sign_in.without_password.{initial}"), to=routes.FORGOTTEN_PASSWORD)),
        rx.el.p(t(f"sign_in.first_time.{initial}"), class_name="hint"),
        messages=[_problem()],
    )


def password_page() -> rx.Component:
    """Ask for a new password; the first time, nothing else is open (K-04)."""
    return page(
        "password.title",
        rx.cond(SessionState.must_change_password, information(t("password.first"))),
        native_form(
            *changed_password_fields(),
            keep_as_chosen(),
            submit_button(t("password.submit")),
            to=routes.DO_CHANGE_PASSWORD,
        ),
        crumbs=[("account.title", routes.ACCOUNT)],
        messages=[why_not_changed(PasswordState.problem)],
    )


def _problem() -> rx.Component:
    said = t_of("sign_in.problem", SignInState.problem)
    problem = rx.match(
        SignInState.problem,
        ("", rx.fragment()),
        ("wrong", refusal(said)),
        ("busy", refusal(said)),
        information(said),
    )
    return rx.fragment(problem)
