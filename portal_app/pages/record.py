"""資料詳細: one record in full (K-22)."""

import reflex as rx

from portal_app import libraries, routes
from portal_app.components import finding, offline
from portal_app.components.alerts import way_to_alert
from portal_app.components.badges import availability_badge, plain_badge
from portal_app.components.busy import waiting_rows
from portal_app.components.buttons import actions
from portal_app.components.cart_button import cart_answer, cart_button
from portal_app.components.connection import as_of_line
from portal_app.components.display import for_adults
from portal_app.components.empty import nothing_here
from portal_app.components.facts import fact, facts
from portal_app.components.layout import page
from portal_app.components.links import link
from portal_app.components.lists import neighbours
from portal_app.components.messages import information
from portal_app.components.records import (
    cover,
    full_title,
    has_left,
    how_read,
    material_name,
    record_line,
)
from portal_app.components.rows import Row, shown
from portal_app.components.shelf_choice import shelf_question, shelve_button, standing_on
from portal_app.components.tables import Column, table
from portal_app.components.words import date_of, lang_of, t, t_of
from portal_app.state.record import RecordState


def record_page() -> rx.Component:
    """Show a record, its items by branch, and what stands beside it in the results."""
    record = shown(RecordState.record)
    return page(
        "record.title",
        rx.cond(
            RecordState.is_loaded,
            rx.cond(record.is_none(), _nothing(), _record(record)),
            rx.cond(
                offline.is_settled_without_server() & (finding.known().length() > 0),
                _known(finding.known()[0]),
                waiting_rows(),
            ),
        ),
        shelf_question(offered=rx.cond(record.is_none(), [], [record.summary])),
        crumbs=[("search.title", routes.SEARCH)],
        messages=[cart_answer()],
        as_of=RecordState.as_of,
    )


def _nothing() -> rx.Component:
    return nothing_here(
        t("record.none"),
        link(t("cart.to_search"), to=routes.SEARCH, class_name="button button-primary"),
    )


def _record(record: Row) -> rx.Component:
    summary = record.summary
    return rx.el.article(
        rx.cond(RecordState.position > 0, _among_results()),
        _head(
            summary,
            rx.cond(
                record.open_holds > 0, plain_badge(t("record.waiting", count=record.open_holds))
            ),
            reading=how_read(summary.title, record.title_reading),
        ),
        rx.cond(has_left(summary), rx.fragment(), _items(record)),
        rx.el.section(
            rx.el.h2(t("record.about"), id="about"), _about(record), aria_labelledby="about"
        ),
    )


def _items(record: Row) -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("record.items"), id="items"),
        rx.cond(
            record.branches.length() > 0,
            rx.foreach(record.branches, _branch),
            rx.el.p(t("record.no_items")),
        ),
        aria_labelledby="items",
    )


def _known(known: Row) -> rx.Component:
    """Show what this device knows of a record that was never looked at in full."""
    return rx.el.article(
        as_of_line(known.as_of),
        _head(known.record, finding.sources(known)),
        information(t("record.summary_only")),
    )


def _head(summary: Row, *badges: rx.Component, reading: rx.Component | None = None) -> rx.Component:
    return rx.el.div(
        cover(summary.title, material=summary.material),
        rx.el.div(
            *([] if reading is None else [reading]),
            rx.el.h2(
                full_title(summary),
                class_name="record-heading",
                lang=lang_of(full_title(summary)),
            ),
            record_line(summary.line),
            rx.el.div(
                availability_badge(summary.availability),
                plain_badge(material_name(summary.material)),
                *badges,
                class_name="badges",
            ),
            rx.cond(
                has_left(summary),
                information(t("record.has_left")),
                actions(
                    cart_button(summary, policy=libraries.current().holds),
                    shelve_button(summary),
                    for_adults(
                        way_to_alert(
                            t("alerts.title"),
                            asked=rx.Var.create("record=").to(str) + summary.record_id.to(str),
                        )
                    ),
                ),
            ),
            standing_on(summary),
            class_name="record-text",
        ),
        class_name="record-head",
    )


def _among_results() -> rx.Component:
    return rx.el.div(
        rx.cond(
            RecordState.words != "",
            rx.el.p(t("record.condition", words=RecordState.words), class_name="condition-said"),
        ),
        neighbours(
            position=rx.cond(
                RecordState.is_at_least,
                t(
                    "record.position_or_more",
                    count=RecordState.count,
                    position=RecordState.position,
                ),
                t("record.position", count=RecordState.count, position=RecordState.position),
            ),
            previous=RecordState.previous_address,
            following=RecordState.following_address,
        ),
        rx.el.p(
            link(t("record.to_results"), to=RecordState.results_address),
            " ",
            link(t("record.to_form"), to=RecordState.form_address),
            class_name="ways-back",
        ),
        class_name="among-results",
    )


def _branch(branch: Row) -> rx.Component:
    return rx.el.section(
        rx.el.h3(t_of("branch", branch.branch)),
        table(
            t_of("branch", branch.branch),
            Column(heading=t("record.column.call_number"), show=lambda item: item.call_number),
            Column(heading=t("record.column.state"), show=_state),
            Column(heading=t("record.column.place"), show=lambda item: item.place),
            Column(heading=t("record.column.barcode"), show=lambda item: item.barcode),
            rows=branch.shelved,
        ),
        class_name="branch-items",
    )


def _state(item: Row) -> rx.Component:
    return rx.fragment(
        availability_badge(item.availability),
        rx.cond(
            item.due_on.is_none(),
            rx.fragment(),
            rx.el.span(" ", t("record.due_on", day=date_of(item.due_on))),
        ),
    )


def _about(record: Row) -> rx.Component:
    summary = record.summary
    return facts(
        _maybe("reading", record.title_reading),
        _maybe("volume", summary.volume),
        _maybe("series", summary.series, " ", record.series_volume),
        _each("creators", record.creators, _creator),
        _maybe("publisher", record.publisher),
        _maybe("published_on", record.published_on),
        _maybe("extent", record.extent),
        _each("subjects", record.subjects, rx.el.li),
        rx.foreach(
            record.identifiers,
            lambda number: fact(t_of("record.identifier", number.kind), number.value),
        ),
        _each(
            "classification",
            record.classifications,
            lambda one: rx.el.li(one.scheme.upper(), " ", one.number),
        ),
        _each("notes", record.notes, rx.el.li),
    )


def _creator(creator: Row) -> rx.Component:
    return rx.el.li(
        creator.name,
        rx.cond(creator.role != "", rx.el.span(" / ", creator.role)),
        rx.cond(creator.reading != "", rx.el.span("（", creator.reading, "）", class_name="hint")),
    )


def _maybe(name: str, value: Row, *more: Row) -> rx.Component:
    return rx.cond(value != "", fact(t(f"record.field.{name}"), value, *more))


def _each(name: str, values: Row, draw: Row) -> rx.Component:
    return rx.cond(
        values.length() > 0,
        fact(t(f"record.field.{name}"), rx.el.ul(rx.foreach(values, draw), class_name="parts")),
    )
