"""Books and their kin, as lists show them."""

from typing import Any

import reflex as rx

from portal_app.components.display import in_childrens_mode
from portal_app.components.links import link
from portal_app.components.modules import computed, use
from portal_app.components.rows import Row
from portal_app.components.words import lang_of, t_of
from portal_app.domain.catalogue import Availability

Text = rx.Var[str] | str

_MATERIAL_ICONS = {
    "magazine": "newspaper",
    "cd": "disc_3",
    "dvd": "clapperboard",
    "other": "package",
}
_READINGS = use("readings", "readingOf")
_COVERS = use("covers", "firstOf", "toneOf")


def cover(title: Text, *, material: Text) -> rx.Component:
    """Stand for a cover we have no picture of: the first character of the title, on cloth.

    The title is beside it, so it is silent for screen readers.
    """
    given = rx.Var.create(title)
    marks = [(name, rx.icon(icon, size=18)) for name, icon in _MATERIAL_ICONS.items()]
    return rx.el.div(
        rx.el.span(_of("firstOf", given)),
        rx.match(material, *marks, rx.icon("book", size=18)),
        class_name="cover",
        aria_hidden="true",
        custom_attrs={"data-tone": _of("toneOf", given), "data-material": material},
    )


def full_title(record: Row) -> rx.Var[str]:
    """Return a title with its volume, so that no two of a series are called the same."""
    return rx.cond(record.volume == "", record.title, record.title + " " + record.volume).to(str)


def has_left(record: Row) -> rx.Var[bool]:
    """Return whether a record is in the catalogue no more."""
    return record.availability == Availability.NOT_IN_CATALOGUE.value


def record_list(*rows: rx.Component, class_name: Text = "records") -> rx.Component:
    """List records, usually one ``rx.foreach``."""
    return rx.el.ol(*rows, class_name=class_name)


def record_row(  # noqa: PLR0913  a row shows that much
    *,
    title: rx.Component | Text,
    cover: rx.Component,
    to: Text,
    line: Text,
    as_catalogued: tuple[Text, Text] | None = None,
    name: Text | None = None,
    choice: rx.Component | None = None,
    readings: tuple[rx.Component, rx.Component] | None = None,
    badges: tuple[rx.Component, ...] = (),
    details: tuple[rx.Component, ...] = (),
    actions: tuple[rx.Component, ...] = (),
) -> rx.Component:
    """Show a record: title, bibliographic line (K-23), how it stands, what to do with it.

    An address that ends with the ``name`` of a row leads back to it. ``readings`` are those
    of the title and of who made it. Where title and line are no plain texts,
    ``as_catalogued`` has both as such.
    """
    plain = "" if isinstance(title, rx.Component) else title
    title_said, line_said = as_catalogued or (plain, line)
    return rx.el.li(
        *([choice] if choice else []),
        cover,
        rx.el.div(
            *([] if readings is None else [readings[0]]),
            rx.el.h2(link(title, to=to), class_name="record-title", lang=lang_of(title_said)),
            *([] if readings is None else [readings[1]]),
            rx.el.p(line, class_name="record-line", lang=lang_of(line_said)),
            rx.el.div(*badges, class_name="badges"),
            *details,
            class_name="record-text",
        ),
        rx.el.div(*actions, class_name="record-actions") if actions else rx.fragment(),
        class_name="record",
        custom_attrs={"id": name} if name is not None else {},
    )


def how_read(written: Text, reading: Text) -> rx.Component:
    """Show children how a title or a name is read, as the catalogue says (G-01).

    It says once more what stands beside it, so it is silent for screen readers.
    """
    given, said = rx.Var.create(written), rx.Var.create(reading)
    read = computed(f"readingOf({given!s}, {said!s})", str, _READINGS, given, said)
    return rx.cond(
        in_childrens_mode() & (read != ""),
        rx.el.p(read, class_name="how-read", aria_hidden="true"),
    )


def record_line(line: Text) -> rx.Component:
    """Show who made a record and where it comes from, as it was catalogued."""
    return rx.el.p(line, class_name="record-line", lang=lang_of(line))


def material_name(material: Text) -> rx.Var[str]:
    """Return what a class of material is called."""
    return t_of("material", material)


def highlighted(segments: rx.Var[list[Any]]) -> rx.Component:
    """Show a text with the words that were searched for marked in it.

    Each segment has a ``text``, and ``is_match``.
    """
    return rx.foreach(
        segments,
        lambda segment: rx.cond(segment.is_match, rx.el.mark(segment.text), segment.text),
    )


def _of(function: str, title: rx.Var) -> rx.Var[str]:
    return computed(f"{function}({title!s})", str, _COVERS, title)
