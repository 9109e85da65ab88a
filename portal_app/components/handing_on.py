"""An address that is handed on: shown in a field, and copied."""

from typing import Any

import reflex as rx

from portal_app.components.buttons import actions, button
from portal_app.components.local import Local, local
from portal_app.components.messages import done, information
from portal_app.components.modules import function
from portal_app.components.rows import Row
from portal_app.components.words import t

HANDED: Local = local("page.handed", default="")  # then copied, or selected


def address_to_hand_on(
    address: Row, *others: rx.Component, name: str, label: rx.Var[str]
) -> rx.Component:
    """Show an address, and offer to copy it. ``others`` are other ways to hand it on.

    ``name`` must be the only one of its kind on the page.
    """
    return rx.fragment(
        rx.el.div(
            rx.el.label(label, html_for=name),
            rx.el.input(
                type="text",
                value=address,
                read_only=True,
                custom_attrs={"id": name},
            ),
            class_name="field",
        ),
        actions(*others, button(t("shelf_link.copy"), on_click=_copy(address, name), icon="copy")),
        rx.el.div(
            rx.match(
                HANDED.value,
                ("copied", done(t("shelf_link.copied"))),
                ("selected", information(t("shelf_link.selected"))),
                rx.fragment(),
            ),
            role="status",
        ),
    )


def _copy(address: Row, name: str) -> rx.Var[Any]:
    return function("copy", "shelves/sharing").partial(address, name)
