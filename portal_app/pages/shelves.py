"""本棚一覧: the patron's shelves, or the categories of their one list (K-50 to K-54, K-59c)."""

import reflex as rx

from portal_app import libraries, routes
from portal_app.components import shelves as mine
from portal_app.components.busy import waiting_rows
from portal_app.components.buttons import (
    actions,
    button,
    danger_button,
    named,
    primary_button,
    quiet_button,
)
from portal_app.components.empty import nothing_here
from portal_app.components.fields import checkbox
from portal_app.components.grips import grip, ordered_list
from portal_app.components.layout import page
from portal_app.components.links import link
from portal_app.components.lists import selection_toolbar, toolbar
from portal_app.components.outbox import named_or_not
from portal_app.components.rows import Row, shown
from portal_app.components.shelf_answers import shelf_answer
from portal_app.components.shelf_downloads import books_in, download_menu
from portal_app.components.shelf_questions import shelf_questions
from portal_app.components.shelf_sorting import sorting_fields
from portal_app.components.words import date_of, t
from portal_app.state.shelves import ShelvesState

ACCOUNT = ("account.title", routes.ACCOUNT)
KEPT = mine.Kept(shelves=shown(ShelvesState.shelves), contents=shown(ShelvesState.contents))
SORTS = ("own", "name", "count")


def shelves_page() -> rx.Component:
    """Show all shelves, and make, name, order, delete them and bring them back."""
    model = libraries.current().shelf.model
    all_of_them = t(f"shelves.{model}.all")
    return page(
        f"shelves.{model}.title",
        rx.cond(
            ShelvesState.is_loaded,
            rx.fragment(
                actions(
                    primary_button(
                        t(f"shelves.{model}.create"), on_click=mine.ask("create"), icon="plus"
                    ),
                    link(all_of_them, to=routes.shelf(mine.ALL), class_name="button button-plain"),
                ),
                rx.cond(KEPT.shelves.length() > 0, _shelves(), _nothing(model)),
                _deleted(),
            ),
            waiting_rows(),
        ),
        shelf_questions(),
        crumbs=[ACCOUNT],
        messages=[shelf_answer()],
        as_of=ShelvesState.as_of,
    )


def _shelves() -> rx.Component:
    is_own = (mine.sorted_by(mine.OF_SHELVES) == "own") & ~mine.is_descending(mine.OF_SHELVES)
    rows = rx.foreach(KEPT.shelves_shown(), lambda shelf: _row(shelf, handle=None))
    ordered = rx.foreach(
        KEPT.shelves_shown(),
        lambda shelf: _row(shelf, handle=grip(title=shelf.name, key=shelf.shelf_id)),
    )
    return rx.fragment(
        toolbar(
            sorting_fields(mine.OF_SHELVES, sorts=SORTS, said="shelves.sort_list"),
        ),
        _tools(),
        rx.cond(
            is_own,
            ordered_list(
                ordered,
                keys=KEPT.shelves_shown().pluck("shelf_id"),
                on_move=KEPT.arrange_shelf(),
                class_name="shelf-list",
            ),
            rx.el.ol(rows, class_name="shelf-list"),
        ),
        _tools(),
        download_menu(
            shelf_id=mine.ALL,
            shelves=KEPT.shelves,
            books=books_in(shown(ShelvesState.contents)),
            sort="own",
            order="ascending",
        ),
    )


def _tools() -> rx.Component:
    chosen = KEPT.shelves_chosen()
    return selection_toolbar(
        rx.cond(
            chosen.length() > 0,
            danger_button(
                t("shelves.delete"), on_click=mine.ask("delete", shelves=chosen), icon="trash_2"
            ),
        ),
        on_all=mine.choose_shelves(KEPT.shelves),
        on_none=mine.choose_no_shelf(),
        chosen=chosen.length(),
    )


def _row(shelf: Row, *, handle: rx.Component | None) -> rx.Component:
    is_unsorted = shelf.name == ""
    choice = checkbox(
        "chosen",
        rx.el.span(t("shelves.choose_named", name=shelf.name), class_name="unseen"),
        checked=mine.is_shelf_chosen(shelf),
        on_change=mine.choose_shelf(shelf),
    )
    rename = quiet_button(
        named(t("shelves.rename"), in_full=t("shelves.rename_named", name=shelf.name)),
        on_click=mine.ask("rename", shelves=[shelf]),
        icon="pencil",
    )
    return rx.el.li(
        rx.cond(is_unsorted, rx.el.span(class_name="no-tick"), choice),
        rx.icon("library", size=24),
        rx.el.h2(
            link(named_or_not(shelf.name), to=routes.shelf(shelf.shelf_id)),
            class_name="shelf-name",
        ),
        rx.el.span(t("shelves.count", count=shelf.count), class_name="shelf-count"),
        rx.el.div(
            rx.cond(is_unsorted, rx.fragment(), rename),
            *([rx.cond(is_unsorted, rx.fragment(), handle)] if handle else []),
            class_name="shelf-deeds",
        ),
        class_name="shelf-row",
    )


def _nothing(model: str) -> rx.Component:
    return nothing_here(
        t(f"shelves.{model}.none"), rx.el.p(t(f"shelves.{model}.none_advice")), icon="library"
    )


def _deleted() -> rx.Component:
    deleted = shown(ShelvesState.deleted)
    return rx.cond(
        deleted.length() > 0,
        rx.el.section(
            rx.el.h2(t("shelves.deleted"), id="deleted"),
            rx.el.ul(rx.foreach(deleted, _deleted_row), class_name="shelf-list"),
            aria_labelledby="deleted",
        ),
    )


def _deleted_row(shelf: Row) -> rx.Component:
    return rx.el.li(
        rx.icon("archive_restore", size=24),
        rx.el.div(
            rx.el.h3(
                t("shelves.named_with_count", name=shelf.name, count=shelf.count),
                class_name="shelf-name",
            ),
            rx.el.p(
                t("shelves.deleted_until", day=date_of(shelf.restorable_until)), class_name="hint"
            ),
        ),
        rx.el.div(
            button(
                named(t("shelves.restore"), in_full=t("shelves.restore_named", name=shelf.name)),
                on_click=mine.restore_shelf(shelf),
                icon="undo_2",
            ),
            class_name="shelf-deeds no-deeds",
        ),
        class_name="shelf-row",
    )
