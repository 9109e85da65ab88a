"""Form fields: each with its label, its hint and its error, tied together by ids."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, TypedDict, Unpack

import reflex as rx
from reflex.event import EventType

from portal_app.components.words import t

Text = rx.Var[str] | str
Truth = rx.Var[bool] | bool


class About(TypedDict, total=False):
    """What a field may say beside its label."""

    hint: Text
    error: rx.Var[str] | str
    is_required: bool


class Typing(About, total=False):
    """What the browser may know about what is typed."""

    value: Text
    default_value: Text
    auto_complete: str
    input_mode: str
    placeholder: Text
    max_length: int
    spell_check: bool
    on_change: EventType[str]


class PasswordInput(rx.Component):
    """A password input with a button that shows what was typed."""

    library = "$/utils/fields"
    tag = "PasswordInput"
    _is_form_control: ClassVar[bool] = True

    name: rx.Var[str]
    auto_complete: rx.Var[str]
    required: rx.Var[bool]
    show: rx.Var[str]
    hide: rx.Var[str]


def text_field(name: str, label: Text, **typing: Unpack[Typing]) -> rx.Component:
    """Ask for a line of text."""
    return _field(name, label, typing, lambda given: rx.el.input(type="text", **given))


def search_field(name: str, label: Text, **typing: Unpack[Typing]) -> rx.Component:
    """Ask what to search for."""
    return _field(name, label, typing, lambda given: rx.el.input(type="search", **given))


def number_field(name: str, label: Text, **typing: Unpack[Typing]) -> rx.Component:
    """Ask for a number. Full-width digits may be typed, so it is a field of text."""
    numeric: Typing = {"input_mode": "numeric", "auto_complete": "off", **typing}
    return text_field(name, label, **numeric)


def date_field(name: str, label: Text, **typing: Unpack[Typing]) -> rx.Component:
    """Ask for a day."""
    return _field(name, label, typing, lambda given: rx.el.input(type="date", **given))


def password_field(
    name: str, label: Text, *, auto_complete: str, **about: Unpack[About]
) -> rx.Component:
    """Ask for a password, which the patron may look at while typing."""
    words = {"show": t("fields.show_password"), "hide": t("fields.hide_password")}
    return _field(
        name,
        label,
        about,
        lambda given: PasswordInput.create(auto_complete=auto_complete, **words, **given),
    )


def text_area(name: str, label: Text, *, rows: int = 6, **typing: Unpack[Typing]) -> rx.Component:
    """Ask for several lines of text."""
    return _field(name, label, typing, lambda given: rx.el.textarea(rows=str(rows), **given))


def file_field(
    name: str,
    label: Text,
    *,
    accept: str,
    on_choose: rx.Var,
    capture: str = "",
    **about: Unpack[About],
) -> rx.Component:
    """Ask for a file, which a function of the page takes as soon as it is chosen.

    With ``capture`` a phone takes a photograph: ``environment`` by the camera on its back.
    """

    def control(given: dict[str, Any]) -> rx.Component:
        attributes = {**given.pop("custom_attrs"), "onChange": on_choose, "accept": accept}
        if capture:
            attributes["capture"] = capture
        return rx.el.input(type="file", custom_attrs=attributes, **given)

    return _field(name, label, about, control)


class Choosing(About, total=False):
    """What a select may start with, and whom it tells."""

    value: Text
    default_value: Text
    on_change: EventType[str]


def select_field(
    name: str, label: Text, *options: rx.Component, **choosing: Unpack[Choosing]
) -> rx.Component:
    """Ask for one of a few things. Options come from ``option``, or from ``rx.foreach``."""
    return _field(
        name,
        label,
        choosing,
        lambda given: rx.el.div(
            rx.el.select(*options, **given),
            rx.icon("chevron_down", size=20),
            class_name="select",
        ),
    )


def option(value: Text, label: Text) -> rx.Component:
    """Be one of the things to choose."""
    return rx.el.option(label, value=value)


class Ticking(TypedDict, total=False):
    """How a box or a dot starts, and whom it tells."""

    value: Text
    checked: Truth
    default_checked: Truth
    disabled: Truth
    on_change: EventType[()]


def checkbox(name: str, label: Text | rx.Component, **ticking: Unpack[Ticking]) -> rx.Component:
    """Ask whether."""
    return _tick(rx.el.input(type="checkbox", name=name, **ticking), label)


def radio(name: str, label: Text | rx.Component, **ticking: Unpack[Ticking]) -> rx.Component:
    """Be one of the things of which one is chosen. Stands in a ``choice_group``."""
    return _tick(rx.el.input(type="radio", name=name, **ticking), label)


def choice_group(
    legend: Text, *choices: rx.Component, name: str, **about: Unpack[About]
) -> rx.Component:
    """Ask for some of these boxes, or one of these dots."""
    notes, described_by = _notes(name, about)
    return rx.el.fieldset(
        rx.el.legend(legend, *_required(about)),
        rx.el.div(*choices, class_name="choices"),
        *notes,
        class_name="field",
        custom_attrs={"aria-describedby": described_by} if described_by else {},
    )


def _tick(box: rx.Component, label: Text | rx.Component) -> rx.Component:
    return rx.el.label(box, rx.el.span(label), class_name="tick")


def _field(
    name: str,
    label: Text,
    given: Mapping[str, Any],
    control: Callable[[dict[str, Any]], rx.Component],
) -> rx.Component:
    notes, described_by = _notes(name, given)
    attributes: dict[str, Any] = {"id": name}
    if described_by:
        attributes["aria-describedby"] = described_by
    if "error" in given:
        attributes["aria-invalid"] = rx.Var.create(given["error"]).to(str) != ""
    own = {key: value for key, value in given.items() if key not in About.__annotations__}
    own["required"] = bool(given.get("is_required"))
    return rx.el.div(
        rx.el.label(label, *_required(given), html_for=name),
        # As an attribute, not as Reflex's id: a form would send a control with an id twice.
        control({"name": name, "custom_attrs": attributes, **own}),
        *notes,
        class_name="field",
    )


def _required(given: Mapping[str, Any]) -> list[rx.Component]:
    if not given.get("is_required"):
        return []
    return [rx.el.span(t("common.required"), class_name="required")]


def _notes(name: str, given: Mapping[str, Any]) -> tuple[list[rx.Component], str]:
    """Return the hint and the error under a field, and the ids that name them."""
    notes: list[rx.Component] = []
    ids: list[str] = []
    if "error" in given:
        error = rx.Var.create(given["error"]).to(str)
        icon = rx.icon("circle_alert", size=18)
        ids.append(f"{name}-error")
        notes.append(
            rx.el.div(
                rx.cond(error != "", rx.el.p(icon, error)), id=ids[-1], class_name="field-error"
            )
        )
    if "hint" in given:
        ids.append(f"{name}-hint")
        notes.append(rx.el.p(given["hint"], id=ids[-1], class_name="hint"))
    return notes, " ".join(ids)
