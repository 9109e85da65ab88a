"""What a patron is asked before something happens to a shelf or its books."""

import reflex as rx

from portal_app import libraries
from portal_app.components import shelves as mine
from portal_app.components.buttons import (
    actions,
    button,
    danger_button,
    primary_button,
    submit_button,
)
from portal_app.components.dialogs import dialog
from portal_app.components.fields import choice_group, radio, text_area, text_field
from portal_app.components.forms import page_form
from portal_app.components.outbox import named_or_not
from portal_app.components.records import full_title
from portal_app.components.rows import Row
from portal_app.components.session_end import drafting
from portal_app.components.shelves import LONGEST_NOTE, Kept
from portal_app.components.words import t, t_named

MOST_NAMED = 5  # of the books that a question is about


def shelf_questions() -> rx.Component:
    """Ask for the name of a shelf, and before one is deleted. Stands once on a page."""
    model = libraries.current().shelf.model
    return rx.fragment(_naming(model), _deletion(model))


def _naming(model: str) -> rx.Component:
    """Ask for a name: of a new shelf, which is confirmed (K-51), or another one (K-54)."""
    asked, longest = mine.asked(), libraries.current().shelf.name_max
    renaming = asked.what == "rename"
    form = page_form(
        text_field(
            "shelf_name",
            t("shelves.name"),
            hint=t("shelves.name_hint", limit=longest),
            error=rx.cond(
                asked.problem, t_named(asked.problem, "shelves.refusal", limit=longest), ""
            ),
            default_value=rx.cond(renaming, asked.shelves[0].name, asked.name),
            auto_complete="off",
            is_required=True,
        ),
        actions(
            submit_button(rx.cond(renaming, t("shelves.save"), t("shelves.register")).to(str)),
            button(t("common.cancel"), on_click=mine.ask_no_more()),
        ),
        on_submit=mine.name_shelf(longest=longest),
    )
    return rx.fragment(
        dialog(
            rx.cond(renaming, t("shelves.rename"), t(f"shelves.{model}.create")).to(str),
            form,
            name="naming",
            is_open=renaming | (asked.what == "create"),
            on_dismiss=mine.ask_no_more(),
            answers=(),
        ),
        dialog(
            t(f"shelves.{model}.create"),
            rx.el.p(t(f"shelves.{model}.create_question")),
            rx.el.p(rx.el.strong(asked.name)),
            name="creation",
            is_open=asked.what == "create_check",
            on_dismiss=mine.ask_no_more(),
            answers=(
                primary_button(t("shelves.register"), on_click=mine.create_shelf(asked.name)),
                button(t("common.cancel"), on_click=mine.ask_no_more()),
            ),
        ),
    )


def _deletion(model: str) -> rx.Component:
    """Ask once more, with how many books each has now (K-59c)."""
    asked, days = mine.asked(), libraries.current().shelf.restore_days
    return dialog(
        t("shelves.delete"),
        rx.el.p(t(f"shelves.{model}.delete_question")),
        rx.el.ul(
            rx.foreach(
                asked.shelves,
                lambda shelf: rx.el.li(
                    t("shelves.named_with_count", name=shelf.name, count=shelf.count)
                ),
            ),
            class_name="parts",
        ),
        rx.el.p(t("shelves.restorable", days=days), class_name="hint"),
        name="deletion",
        is_open=asked.what == "delete",
        on_dismiss=mine.ask_no_more(),
        answers=(
            danger_button(
                t("shelves.delete"), on_click=mine.delete_shelves(asked.shelves, days=days)
            ),
            button(t("common.cancel"), on_click=mine.ask_no_more()),
        ),
    )


def book_questions(kept: Kept) -> rx.Component:
    """Ask before books are taken off, copied or moved, and for a note. Stands once on a page."""
    asked = mine.asked()
    cancel = button(t("common.cancel"), on_click=mine.ask_no_more())
    removal = dialog(
        t("shelves.page.remove"),
        rx.el.p(t("shelves.page.remove_question")),
        _named(asked.books),
        name="removal",
        is_open=asked.what == "remove",
        on_dismiss=mine.ask_no_more(),
        answers=(
            danger_button(t("shelves.page.remove"), on_click=kept.remove_books(asked.books)),
            cancel,
        ),
    )
    return rx.fragment(
        removal,
        _carrying("copy", kept, cancel),
        _carrying("move", kept, cancel),
        _noting(kept, cancel),
    )


def _named(books: Row) -> rx.Component:
    more = books.length() - MOST_NAMED
    return rx.fragment(
        rx.el.ul(
            rx.foreach(books[:MOST_NAMED], lambda book: rx.el.li(full_title(book.record))),
            class_name="parts",
        ),
        rx.cond(more > 0, rx.el.p(t("shelves.page.and_more", count=more))),
    )


def _carrying(kind: str, kept: Kept, cancel: rx.Component) -> rx.Component:
    """Ask where books are to be copied or moved to (K-57)."""
    asked, here = mine.asked(), mine.number_here()
    count = asked.books.length()
    nowhere = radio(
        "target",
        t("shelves.unsorted"),
        value=mine.WITHOUT_CATEGORY,
        checked=asked.target == mine.WITHOUT_CATEGORY,
        on_change=mine.choose_target(mine.WITHOUT_CATEGORY),
    )
    is_missing = ~kept.shelves.pluck("shelf_id").contains(mine.WITHOUT_CATEGORY)
    targets = rx.foreach(
        kept.shelves,
        lambda shelf: rx.cond(
            shelf.shelf_id == here,
            rx.fragment(),
            radio(
                "target",
                t("shelves.named_with_count", name=named_or_not(shelf.name), count=shelf.count),
                value=shelf.shelf_id,
                checked=asked.target == shelf.shelf_id,
                on_change=mine.choose_target(shelf.shelf_id),
            ),
        ),
    )
    return dialog(
        t(f"shelves.page.{kind}"),
        choice_group(
            t(f"shelves.page.{kind}_question", count=count),
            targets,
            *([rx.cond(is_missing, nowhere)] if mine.is_one_list() else []),
            name=f"{kind}-target",
            error=rx.cond(asked.problem, t("shelves.page.no_target"), ""),
        ),
        *([] if mine.is_one_list() else [_no_other(kept)]),
        name=kind,
        is_open=asked.what == kind,
        on_dismiss=mine.ask_no_more(),
        answers=(
            primary_button(
                t(f"shelves.page.{kind}"), on_click=kept.carry_books(f"shelves.{kind}", asked.books)
            ),
            cancel,
        ),
    )


def _no_other(kept: Kept) -> rx.Component:
    return rx.cond(kept.shelves.length() <= 1, rx.el.p(t("shelves.page.no_other")))


def _noting(kept: Kept, cancel: rx.Component) -> rx.Component:
    asked = mine.asked()
    name = rx.Var.create("note.").to(str) + asked.book.record.record_id.to(str)
    form = page_form(
        text_area(
            "note",
            t("shelves.page.note_named", title=full_title(asked.book.record)),
            hint=t("shelves.page.note_hint", limit=LONGEST_NOTE),
            error=rx.cond(
                asked.problem,
                t_named(asked.problem, "shelves.refusal", limit=LONGEST_NOTE),
                "",
            ),
            default_value=asked.book.note,
        ),
        actions(submit_button(t("shelves.save")), cancel),
        on_submit=kept.write_note(asked.book, longest=LONGEST_NOTE),
    )
    return dialog(
        t("shelves.page.note"),
        drafting(form, name=name, is_done_when_sent=True),
        name="noting",
        is_open=asked.what == "note",
        on_dismiss=mine.ask_no_more(),
        answers=(),
    )
