"""Why the library said no, with the day or the number it is about."""

import reflex as rx

from portal_app.components.rows import Row
from portal_app.components.words import date_of, t_of


def hold_refusal(refused: Row) -> rx.Var[str]:
    """Return why a record cannot be held, or nothing."""
    return _said("holds.refusal", refused, refused.on, limit=refused.limit)


def reason_of_hold(refused: Row) -> rx.Component:
    """Say why a record cannot be held, where it cannot."""
    reason = rx.el.p(hold_refusal(refused), class_name="reason")
    return rx.cond(refused.is_none(), rx.fragment(), reason)


def renewal_refusal(refused: Row) -> rx.Var[str]:
    """Return why a loan cannot be renewed, or nothing."""
    return _said("loans.refusal", refused, refused.on, limit=refused.limit)


def _said(prefix: str, refused: Row, day: Row, **values: rx.Var) -> rx.Var[str]:
    why = t_of(prefix, refused.why, day=date_of(day), **values)
    return rx.cond(refused.is_none(), "", why).to(str)
