"""Asking once more before something happens."""

from typing import TYPE_CHECKING

import reflex as rx

if TYPE_CHECKING:
    from reflex.event import EventType


def _no_arguments() -> tuple[()]:
    return ()


class Dialog(rx.Component):
    """A native modal dialog, opened by a Var."""

    library = "$/utils/dialog"
    tag = "Dialog"

    is_open: rx.Var[bool]
    on_dismiss: rx.EventHandler[_no_arguments]


def dialog(
    title: rx.Var[str] | str,
    *children: rx.Component,
    name: str,
    is_open: rx.Var[bool] | bool,
    on_dismiss: "EventType[()]",
    answers: tuple[rx.Component, ...],
) -> rx.Component:
    """Ask, show what it is about, and offer the answers, the safe one last.

    ``name`` must be the only one of its kind on the page.
    """
    return Dialog.create(
        rx.el.h2(title, id=f"{name}-title"),
        rx.el.div(*children, class_name="dialog-body"),
        rx.el.div(*answers, class_name="actions"),
        is_open=is_open,
        on_dismiss=on_dismiss,
        class_name="dialog",
        custom_attrs={"aria-labelledby": f"{name}-title"},
    )
