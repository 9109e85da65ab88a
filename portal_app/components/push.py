"""Notices on this device: one button, or what stands against it.

The Python face of portal_app/browser/push.js.
"""

from typing import Any

import reflex as rx

from portal_app.components import offline
from portal_app.components.buttons import actions, button
from portal_app.components.local import local
from portal_app.components.messages import done, information, refusal
from portal_app.components.modules import function
from portal_app.components.rows import Row, shown
from portal_app.components.words import spoken, t, t_of

_MODULE = "push"


class PushHere(rx.Component):
    """Shows nothing: it asks the browser what stands against notices, and where it gets them."""

    library = "$/utils/push"
    tag = "PushHere"

    public_key: rx.Var[str]
    event: rx.Var[str]


def notices_on_this_device(*, public_key: Row, is_on: Row, handlers: str) -> rx.Component:
    """Let the patron switch notices on and off, or say why that cannot be done here."""
    return rx.el.section(
        PushHere.create(public_key=public_key, event=f"{handlers}.look"),
        rx.el.h2(t("push.title"), id="notices_here"),
        rx.el.p(t("push.lead"), class_name="hint"),
        rx.cond(
            offline.without_server(),
            information(t("push.needs_connection")),
            _switch(public_key, is_on, handlers),
        ),
        aria_labelledby="notices_here",
    )


def answer_to_switching(answer: Row) -> rx.Component:
    """Say what became of switching notices on or off."""
    said = t_of("push.answer", answer)
    return rx.cond(answer != "", rx.cond(answer == "unknown_service", refusal(said), done(said)))


def _switch(public_key: Row, is_on: Row, handlers: str) -> rx.Component:
    obstacle, busy = (
        local("page.push_obstacle", default=""),
        local("page.push_is_busy", default=False),
    )
    cannot_be = rx.Var.create(["unsupported", "install_first", "terminal", "denied"])
    on = _deed("switchOn", f"{handlers}.switch_on", public_key, shown(spoken()))
    off = _deed("switchOff", f"{handlers}.switch_off")
    is_busy = busy.value | (public_key == "")
    return rx.fragment(
        rx.cond(obstacle.value != "", refusal(t_of("push.obstacle", obstacle.value))),
        rx.cond(
            cannot_be.contains(obstacle.value),
            rx.fragment(),
            rx.cond(
                is_on,
                rx.fragment(
                    rx.el.p(t("push.is_on")),
                    actions(
                        button(t("push.switch_off"), on_click=off, icon="bell_off", is_busy=is_busy)
                    ),
                ),
                actions(button(t("push.switch_on"), on_click=on, icon="bell", is_busy=is_busy)),
            ),
        ),
    )


def _deed(name: str, *given: Any) -> rx.Var[Any]:  # noqa: ANN401  Vars and texts
    return function(name, _MODULE).partial(*(rx.Var.create(one) for one in given))
