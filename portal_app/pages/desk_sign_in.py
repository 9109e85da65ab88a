"""カウンターのログイン, and the password of whoever works there."""

import reflex as rx

from portal_app import libraries, routes
from portal_app.components.buttons import submit_button
from portal_app.components.desk_layout import desk_page
from portal_app.components.fields import option, password_field, select_field, text_field
from portal_app.components.forms import native_form
from portal_app.components.messages import information, refusal
from portal_app.components.new_password import changed_password_fields, why_not_changed
from portal_app.components.words import t, t_of
from portal_app.state.desk_doors import DeskPasswordState, DeskSignInState


def desk_sign_in_page() -> rx.Component:
    """Ask who works at which desk."""
    branches = libraries.current().branches
    return desk_page(
        "desk.sign_in.title",
        rx.el.p(t("desk.sign_in.lead"), class_name="lead"),
        native_form(
            text_field(
                "login", t("desk.sign_in.login"), auto_complete="username", is_required=True
            ),
            password_field(
                "password",
                t("sign_in.password"),
                auto_complete="current-password",
                is_required=True,
            ),
            select_field(
                "branch",
                t("desk.sign_in.branch"),
                option("", t("desk.sign_in.usual_branch")),
                *(option(branch.code, t_of("branch", branch.code)) for branch in branches),
            ),
            submit_button(t("desk.sign_in.submit"), icon="log_in"),
            to=routes.DO_DESK_SIGN_IN,
        ),
        messages=[_problem()],
    )


def desk_password_page() -> rx.Component:
    """Ask for a new password."""
    return desk_page(
        "desk.password.title",
        native_form(
            *changed_password_fields(),
            submit_button(t("password.submit")),
            to=routes.DO_DESK_CHANGE_PASSWORD,
        ),
        messages=[why_not_changed(DeskPasswordState.problem)],
    )


def _problem() -> rx.Component:
    said = t_of("desk.sign_in.problem", DeskSignInState.problem)
    problem = rx.match(
        DeskSignInState.problem,
        ("", rx.fragment()),
        ("wrong", refusal(said)),
        ("busy", refusal(said)),
        information(said),
    )
    return rx.fragment(problem)
