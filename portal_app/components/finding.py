"""What this device has where the library cannot be asked (browser/finding.js)."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from portal_app import routes
from portal_app.components.badges import plain_badge
from portal_app.components.empty import nothing_here
from portal_app.components.modules import computed, use
from portal_app.components.offline import ShownRecord
from portal_app.components.records import (
    cover,
    full_title,
    material_name,
    record_list,
    record_row,
)
from portal_app.components.rows import Row
from portal_app.components.shelf_choice import shelve_button
from portal_app.components.words import t, t_of

_OFFLINE = use("offline/view", "useOffline", hook="const offline = useOffline()")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRecord(ShownRecord):
    """A record as the library last said that it stands."""

    availability: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A record that this device knows, from where, and as of when."""

    record: KnownRecord
    sources: list[str]
    as_of: str


def has_looked() -> rx.Var[bool]:
    """Return whether this device has been searched for what the address asks."""
    return _var("(offline.finding !== null)", bool)


def is_asked() -> rx.Var[bool]:
    """Return whether the address asks for something."""
    return _var("(offline.finding?.isAsked ?? false)", bool)


def known() -> Row:
    """Return what this device knows of it. What is somebody's is never shown to nobody."""
    return _var("((offline.owner && offline.finding?.rows) || [])", list[Known])


def found_here() -> rx.Component:
    """List what was found on this device, or say that only the catalogue could tell."""
    rows = known()
    return rx.el.section(
        rx.el.h2(t("finding.title"), id="found-here"),
        rx.el.p(t("finding.hint"), class_name="hint"),
        rx.cond(
            rows.length() > 0,
            rx.fragment(
                rx.el.p(t("search.count", count=rows.length()), class_name="result-count"),
                record_list(rx.foreach(rows, _row)),
            ),
            nothing_here(t("finding.none"), rx.el.p(t("finding.none_advice")), icon="search_x"),
        ),
        aria_labelledby="found-here",
        class_name="found-here",
    )


def sources(row: Row) -> rx.Component:
    """Say from where this device knows a record."""
    return rx.foreach(row.sources, lambda source: plain_badge(t_of("finding.from", source)))


def _row(row: Row) -> rx.Component:
    record = row.record
    return record_row(
        title=full_title(record),
        cover=cover(record.title, material=record.material),
        to=routes.record(record.record_id),
        line=record.line,
        badges=(sources(row), plain_badge(material_name(record.material))),
        actions=(shelve_button(record),),
    )


def _var(expression: str, kind: Any) -> Row:  # noqa: ANN401  any type
    return computed(expression, kind, _OFFLINE)
