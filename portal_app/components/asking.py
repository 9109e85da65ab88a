"""A form that begins with what its address asks for, and leads to another address by itself."""

import reflex as rx
from reflex.vars import VarData
from reflex_base.utils.imports import ImportVar
from reflex_base.vars.function import FunctionStringVar

_MODULE = "$/utils/asked"
_ASKED = VarData(
    imports={_MODULE: [ImportVar(tag="askedFor"), ImportVar(tag="useAsked")]},
    hooks={"const asked = useAsked()": None},
)
_ask_at = FunctionStringVar.create(
    "askAt", _var_data=VarData(imports={_MODULE: [ImportVar(tag="askAt")]})
)


def asked() -> rx.Var[str]:
    """Return all that the address asks for."""
    return _var("asked")


def asked_for(name: str) -> rx.Var[str]:
    """Return what the address asks for by this name, or nothing."""
    return _var(f"askedFor(asked, {rx.Var.create(name)!s})")


def ask_at(route: str) -> rx.Var:
    """Return what a form does to ask for its fields at an address, with or without a connection."""
    return _ask_at.call(route)


def _var(expression: str) -> rx.Var[str]:
    return rx.Var(expression, _var_type=str, _var_data=_ASKED).guess_type()
