"""A form that begins with what its address asks for, and leads to another address by itself."""

import reflex as rx

from portal_app.components.modules import computed, function, use

_ASKED = use("asked", "askedFor", "askedWith", "useAsked", hook="const asked = useAsked()")
_ask_at = function("askAt", "asked")


def asked() -> rx.Var[str]:
    """Return all that the address asks for."""
    return _var("asked")


def asked_for(name: str) -> rx.Var[str]:
    """Return what the address asks for by this name, or nothing."""
    return _var(f"askedFor(asked, {rx.Var.create(name)!s})")


def asked_with(name: str, value: str) -> rx.Var[str]:
    """Return what the address asks for, but for one thing, from the first page of what is found."""
    given = f"{rx.Var.create(name)!s}, {rx.Var.create(value)!s}"
    return _var(f"askedWith(asked, {given})")


def ask_at(route: str) -> rx.Var:
    """Return what a form does to ask for its fields at an address, with or without a connection."""
    return _ask_at.call(route)


def _var(expression: str) -> rx.Var[str]:
    return computed(expression, str, _ASKED)
