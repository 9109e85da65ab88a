"""Choosing a new password: for patrons and for staff the same questions, by the same rule."""

import reflex as rx

from portal_app import libraries
from portal_app.components.fields import password_field
from portal_app.components.messages import refusal
from portal_app.components.words import t, t_of


def changed_password_fields() -> tuple[rx.Component, ...]:
    """Ask for the current password, and twice for the new one (G-41)."""
    return (
        password_field(
            "current", t("password.current"), auto_complete="current-password", is_required=True
        ),
        *new_password_fields(),
    )


def new_password_fields() -> tuple[rx.Component, ...]:
    """Ask twice for a new password, and say what it must be."""
    rule = libraries.current().password
    kind = "rule_letters_and_digits" if rule.needs_letters_and_digits else "rule"
    return (
        password_field(
            "new",
            t("password.new"),
            hint=t(f"password.{kind}", length=rule.min_length),
            auto_complete="new-password",
            is_required=True,
        ),
        password_field(
            "repeated", t("password.repeated"), auto_complete="new-password", is_required=True
        ),
    )


def why_not_changed(problem: rx.Var[str] | str) -> rx.Component:
    """Say why the password stays as it was, if it does."""
    return rx.cond(problem != "", refusal(t_of("password.problem", problem)))
