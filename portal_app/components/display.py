"""The patron's choices of language, colours, mode and text size (G-01, G-07)."""

from collections.abc import Sequence

import reflex as rx

from portal_app.components.modules import computed, function, use
from portal_app.components.offline import is_terminal
from portal_app.components.words import spoken, t
from portal_app.domain.display import CHOICES
from portal_app.state.session import SessionState
from portal_app.text import offered

IN_THE_MENU = ("palette", "mode", "size")

_DISPLAY = use("display", "useDisplay", hook="const display = useDisplay()")
_choose = function("choose", "display")


class AccountDisplay(rx.Component):
    """Tells the display whose account it follows."""

    library = "$/utils/display"
    tag = "AccountDisplay"

    is_known: rx.Var[bool]
    is_signed_in: rx.Var[bool]
    is_terminal: rx.Var[bool]
    chosen: rx.Var[dict[str, str]]


def language_menu() -> rx.Component:
    """Offer the languages, each named in itself."""
    return _menu(
        "language",
        rx.icon("languages", size=20),
        t("display.heading.lang"),
        _languages(),
    )


def display_menu() -> rx.Component:
    """Offer colours, mode and text size."""
    return _menu(
        "display",
        rx.icon("sliders_horizontal", size=20),
        t("display.title"),
        *(_choices(name) for name in IN_THE_MENU),
        # Only Japanese has other years to count by.
        rx.cond(spoken().to(str).startswith("ja"), _choices("years")),
        rx.el.p(t("display.hint"), class_name="hint"),
    )


def in_childrens_mode() -> rx.Var[bool]:
    """Return whether the page is shown to a child. What adults alone need has ``for_adults``."""
    return computed("(display.mode === 'child')", bool, _DISPLAY)


def for_adults(*children: rx.Component) -> rx.Component:
    """Hold what the stylesheet hides from children, before the first paint.

    Never what they could not do without: the display menu leads back from anywhere.
    """
    return rx.el.div(*children, class_name="apart for-adults")


def _menu(
    name: str, icon: rx.Component, label: rx.Var[str], *settings: rx.Component
) -> rx.Component:
    return rx.el.div(
        rx.el.button(
            icon,
            rx.el.span(label, class_name="menu-label"),
            type="button",
            class_name="menu-button",
            custom_attrs={"popoverTarget": f"{name}-menu"},
        ),
        rx.el.div(
            *settings,
            id=f"{name}-menu",
            class_name="menu",
            custom_attrs={"popover": "auto"},
        ),
        class_name=f"menu-of-{name}",
    )


def account_display() -> rx.Component:
    """Follow what the patron who is signed in has chosen, on whichever device."""
    return AccountDisplay.create(
        is_known=SessionState.is_known,
        is_signed_in=SessionState.is_signed_in,
        is_terminal=is_terminal(),
        chosen=SessionState.display,
    )


def _choices(name: str) -> rx.Component:
    choices = [
        _choice(name, choice, rx.el.span(t(f"display.{name}.{choice}"))) for choice in CHOICES[name]
    ]
    return _fieldset(name, choices)


def _languages() -> rx.Component:
    choices = [
        _choice("lang", lang, rx.el.span(lang.described.name, lang=lang)) for lang in offered()
    ]
    return _fieldset("lang", choices)


def _fieldset(name: str, choices: Sequence[rx.Component]) -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend(t(f"display.heading.{name}")),
        rx.el.div(*choices, class_name="segments"),
    )


def _choice(name: str, choice: str, called: rx.Component) -> rx.Component:
    chosen = computed(f"display.{name}", str, _DISPLAY)
    return rx.el.label(
        rx.el.input(
            type="radio",
            name=f"display-{name}",
            value=choice,
            checked=chosen == choice,
            on_change=_choose.partial(name, choice),
        ),
        called,
    )
