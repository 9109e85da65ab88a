"""共有された資料の一覧: a shelf as anybody sees it who has the link."""

import reflex as rx

from portal_app import routes
from portal_app.components.badges import availability_badge, plain_badge
from portal_app.components.busy import waiting_rows
from portal_app.components.empty import nothing_here
from portal_app.components.fields import option, select_field
from portal_app.components.layout import page
from portal_app.components.links import link
from portal_app.components.lists import pager, toolbar
from portal_app.components.records import cover, full_title, material_name, record_list, record_row
from portal_app.components.rows import Row, shown
from portal_app.components.words import t
from portal_app.state.shared_shelf import SharedShelfState

SORTS = ("own", "title", "author", "call_number", "published")


def shared_shelf_page() -> rx.Component:
    """Show the name of a shelf and its books, and nothing about whose it is."""
    shelf = shown(SharedShelfState.shelf)
    return page(
        "shared_shelf.title",
        rx.cond(
            SharedShelfState.is_loaded,
            rx.cond(shelf.is_none(), _nowhere(), _shelf(shelf)),
            waiting_rows(),
        ),
        as_of=SharedShelfState.as_of,
    )


def _nowhere() -> rx.Component:
    return nothing_here(
        t("shared_shelf.nowhere"),
        link(t("cart.to_search"), to=routes.SEARCH, class_name="button button-primary"),
    )


def _shelf(shelf: Row) -> rx.Component:
    return rx.fragment(
        rx.el.p(t("shared_shelf.lead"), class_name="lead"),
        rx.el.h2(rx.cond(shelf.name == "", t("shared_shelf.unnamed"), shelf.name)),
        rx.cond(shelf.count > 0, _books(shelf), nothing_here(t("shared_shelf.empty"))),
    )


def _books(shelf: Row) -> rx.Component:
    return rx.fragment(
        toolbar(
            rx.el.p(t("shared_shelf.count", count=shelf.count), class_name="result-count"),
            rx.el.div(
                select_field(
                    "sort",
                    t("search.sort"),
                    *(option(one, t(f"shared_shelf.sort_by.{one}")) for one in SORTS),
                    value=SharedShelfState.sort,
                    on_change=SharedShelfState.sort_by,
                ),
                class_name="sorting",
            ),
        ),
        record_list(rx.foreach(shelf.records, _row)),
        pager(
            here=shelf.page,
            last=shelf.pages,
            # Relative to this page: the secret stands in its address only.
            address=lambda number: (
                rx.Var.create("?sort=").to(str) + SharedShelfState.sort + "&page=" + number.to(str)
            ),
        ),
    )


def _row(record: Row) -> rx.Component:
    return record_row(
        title=full_title(record),
        cover=cover(record.title, material=record.material),
        to=routes.record(record.record_id),
        line=record.line,
        badges=(
            availability_badge(record.availability),
            plain_badge(material_name(record.material)),
        ),
    )
