"""How components use our modules in the browser: what a hook tells, what a function does."""

from typing import Any

import reflex as rx
from reflex.vars import VarData
from reflex_base.utils.imports import ImportVar
from reflex_base.vars.function import FunctionStringVar

from portal_app.components.rows import Row


def use(module: str, *names: str, hook: str = "") -> VarData:
    """Return that a component imports ``names`` from a module and runs the line ``hook`` first."""
    imports = {f"$/utils/{module}": [ImportVar(tag=name) for name in names]}
    return VarData(imports=imports, hooks={hook: None} if hook else {})


def computed(expression: str, kind: Any, using: VarData | None, *given: rx.Var) -> Row:  # noqa: ANN401  any type
    """Return a Var that the browser computes, from other Vars that stand in the expression.

    Its hook may name them, too.
    """
    merged = VarData.merge(*(one._get_all_var_data() for one in given), using)  # noqa: SLF001  Var has no public way
    return rx.Var(expression, _var_type=kind, _var_data=merged).guess_type()


def function(name: str, module: str) -> FunctionStringVar:
    """Return a function of a module, which an event may call."""
    return FunctionStringVar.create(name, _var_data=use(module, name))
