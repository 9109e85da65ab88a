"""本棚資料一覧: one shelf, or all of them as one list (K-57 to K-59b, G-40)."""

import reflex as rx

from portal_app import libraries, routes
from portal_app.components import offline
from portal_app.components import shelves as mine
from portal_app.components.badges import availability_badge, good_badge, plain_badge
from portal_app.components.busy import waiting_rows
from portal_app.components.buttons import (
    button,
    danger_button,
    named,
    quiet_button,
)
from portal_app.components.cart_button import cart_answer, cart_button_where_free, chosen_answer
from portal_app.components.chosen_results import is_put_together, put_all_in_cart
from portal_app.components.display import for_adults
from portal_app.components.empty import nothing_here
from portal_app.components.fields import (
    checkbox,
    option,
    search_field,
    select_field,
)
from portal_app.components.grips import grip, ordered_list
from portal_app.components.layout import page
from portal_app.components.links import Link, link, link_button
from portal_app.components.lists import chosen_bar, selection_toolbar, toolbar, turning_pager
from portal_app.components.local import local
from portal_app.components.messages import information
from portal_app.components.outbox import named_or_not
from portal_app.components.printing import print_button, printed_on
from portal_app.components.records import (
    cover,
    full_title,
    material_name,
    record_list,
    record_row,
)
from portal_app.components.rows import Row, shown
from portal_app.components.shelf_answers import shelf_answer
from portal_app.components.shelf_downloads import download_menu
from portal_app.components.shelf_questions import book_questions
from portal_app.components.shelf_sharing import sharing
from portal_app.components.shelf_sorting import sorting_fields
from portal_app.components.words import date_of, t
from portal_app.state.shelf_link import ShelfLinkState
from portal_app.state.shelves import ShelvesState

ABOVE = [("account.title", routes.ACCOUNT)]
PAGE_SIZES = ("10", "20", "50", "100")
LOOKS = ("list", "grid")

LOOK_INTO = f"{ShelvesState.get_full_name()}.look_into"
KEPT = mine.Kept(shelves=shown(ShelvesState.shelves), contents=shown(ShelvesState.contents))
_LOOK = local("shelf.look", default="list")


def shelf_page() -> rx.Component:
    """Show the books of a shelf, sorted and searched as the patron likes, and change them."""
    shelf = KEPT.shelf_here()
    model = libraries.current().shelf.model
    return page(
        _name(shelf),
        mine.looking_into(event=LOOK_INTO),
        rx.cond(
            ShelvesState.is_loaded,
            rx.cond(shelf.is_none(), _missing(), _shelf(shelf)),
            waiting_rows(),
        ),
        book_questions(KEPT),
        crumbs=[*ABOVE, (f"shelves.{model}.title", routes.SHELVES)],
        as_of=ShelvesState.as_of,
    )


def _name(shelf: Row) -> rx.Var[str]:
    model = libraries.current().shelf.model
    is_all = mine.number_here() == mine.ALL
    name = rx.cond(shelf.is_none(), t(f"shelves.{model}.title"), named_or_not(shelf.name))
    return rx.cond(is_all, t(f"shelves.{model}.all"), name).to(str)


def _shelf(shelf: Row) -> rx.Component:
    return rx.fragment(
        *([_categories()] if mine.is_one_list() else []),
        _ways_out(shelf),
        rx.cond(
            KEPT.is_looked_into(),
            rx.cond(shelf.count > 0, _books(shelf), _nothing()),
            rx.cond(
                offline.is_settled_without_server(),
                information(t("shelves.page.not_here")),
                waiting_rows(),
            ),
        ),
        _tools(),
        printed_on(as_of=ShelvesState.as_of),
    )


def _categories() -> rx.Component:
    """Lead to the parts of the one list (G-40)."""
    here = mine.number_here()
    return rx.el.nav(
        rx.el.ul(
            rx.el.li(_category(mine.ALL, t("shelves.categories.all"), here)),
            rx.foreach(
                KEPT.shelves,
                lambda one: rx.el.li(
                    _category(
                        one.shelf_id,
                        t(
                            "shelves.named_with_count",
                            name=named_or_not(one.name),
                            count=one.count,
                        ),
                        here,
                    )
                ),
            ),
            rx.el.li(link(t("shelves.categories.to_list"), to=routes.SHELVES)),
        ),
        aria_label=t("shelves.page.categories"),
        class_name="categories",
    )


def _category(shelf_id: Row, label: rx.Var[str], here: rx.Var[str]) -> rx.Component:
    is_here = rx.cond(here == shelf_id, "page", "false")
    return Link.create(
        label,
        to=routes.shelf(shelf_id),
        class_name="category",
        custom_attrs={"aria-current": is_here},
    )


def _ways_out(shelf: Row) -> rx.Component:
    """Lead to what is done with a shelf as a whole."""
    return rx.el.div(
        link_button(
            t("shelves.page.walk"), to=routes.walking_list(mine.number_here()), icon="footprints"
        ),
        rx.cond(
            mine.number_here() == mine.ALL,
            rx.fragment(),
            for_adults(
                link_button(
                    t("shelves.page.import"),
                    to=routes.shelf_import(mine.number_here()),
                    icon="list_plus",
                ),
                sharing(
                    mine.number_here(),
                    name=_name(shelf),
                    known=ShelfLinkState.known,
                    on_look=ShelfLinkState.look,
                    on_make=ShelfLinkState.make,
                    on_withdraw=ShelfLinkState.withdraw,
                ),
            ),
        ),
        download_menu(
            shelf_id=mine.number_here(),
            shelves=KEPT.shelves,
            books=KEPT.books_sorted(),
            sort=mine.sorted_by(mine.OF_BOOKS),
            order=mine.order_of(mine.OF_BOOKS),
        ),
        print_button(),
        class_name="ways-out",
    )


def _books(shelf: Row) -> rx.Component:
    found, number = KEPT.books_found().length(), shelf.count
    is_own = (mine.sorted_by(mine.OF_BOOKS) == "own") & ~mine.is_descending(mine.OF_BOOKS)
    can_be_ordered = is_own & (mine.number_here() != mine.ALL)
    looks = rx.cond(_LOOK.value == "grid", "records records-grid", "records").to(str)
    return rx.fragment(
        _how_shown(),
        rx.el.p(
            rx.cond(
                mine.words() == "",
                t("shelves.page.count", name=_name(shelf), count=number),
                t("shelves.page.found", found=found, count=number),
            ),
            role="status",
            class_name="result-count",
        ),
        _selecting(),
        rx.cond(
            found > 0,
            rx.cond(
                can_be_ordered,
                ordered_list(
                    rx.foreach(KEPT.books_shown(), lambda book: _row(book, is_ordered=True)),
                    keys=KEPT.keys_found(),
                    on_move=KEPT.place_book(),
                    on_follow=mine.follow(),
                    class_name=looks,
                ),
                record_list(
                    rx.foreach(KEPT.books_shown(), lambda book: _row(book, is_ordered=False)),
                    class_name=looks,
                ),
            ),
            nothing_here(t("shelves.page.none_found"), icon="search_x"),
        ),
        _selecting(),
        turning_pager(here=KEPT.page_number(), last=KEPT.page_count(), on_turn=mine.turn_to),
    )


def _how_shown() -> rx.Component:
    return toolbar(
        rx.el.div(
            search_field(
                "words",
                t("shelves.page.words"),
                default_value=mine.words(),
                on_change=mine.search(),
                auto_complete="off",
            ),
            key=mine.number_here(),
            class_name="words-within",
        ),
        rx.el.div(
            sorting_fields(mine.OF_BOOKS, sorts=mine.SORTS, said="shelves.page.sort_by"),
            select_field(
                "size",
                t("shelves.page.page_size"),
                *(option(one, t("shelves.count", count=int(one))) for one in PAGE_SIZES),
                value=mine.page_size().to(str),
                on_change=mine.resize(),
            ),
            select_field(
                "look",
                t("shelves.page.look"),
                *(option(one, t(f"shelves.page.look_is.{one}")) for one in LOOKS),
                value=_LOOK.value,
                on_change=_LOOK.on_change,
            ),
            class_name="sorting",
        ),
    )


def _selecting() -> rx.Component:
    return selection_toolbar(
        on_all=KEPT.choose_all(),
        on_none=mine.choose_none(),
        chosen=KEPT.books_chosen().length(),
    )


def _tools() -> rx.Component:
    """Act on what is chosen, from wherever in the list (K-57)."""
    chosen = KEPT.books_chosen()
    return chosen_bar(
        button(
            t("shelves.page.to_cart"),
            on_click=[
                put_all_in_cart(chosen.pluck("record"), policy=libraries.current().holds),
                mine.choose_none(),
            ],
            icon="shopping_basket",
        ),
        button(t("shelves.page.copy"), on_click=mine.ask("copy", books=chosen), icon="copy"),
        button(
            t("shelves.page.move"), on_click=mine.ask("move", books=chosen), icon="folder_input"
        ),
        quiet_button(
            t("shelves.page.mark_read"),
            on_click=KEPT.mark_books(chosen, is_read=True),
            icon="check",
        ),
        quiet_button(
            t("shelves.page.mark_unread"), on_click=KEPT.mark_books(chosen, is_read=False)
        ),
        rx.cond(
            mine.sorted_by(mine.OF_BOOKS) == "own",
            rx.fragment(
                quiet_button(
                    t("shelves.page.to_top"),
                    on_click=KEPT.order_books("top", chosen),
                    icon="arrow_up_to_line",
                ),
                quiet_button(
                    t("shelves.page.to_bottom"),
                    on_click=KEPT.order_books("bottom", chosen),
                    icon="arrow_down_to_line",
                ),
            ),
        ),
        danger_button(
            t("shelves.page.remove"), on_click=mine.ask("remove", books=chosen), icon="trash_2"
        ),
        on_none=mine.choose_none(),
        chosen=chosen.length(),
        answer=rx.cond(
            is_put_together(), chosen_answer(), rx.fragment(shelf_answer(), cart_answer())
        ),
    )


def _row(book: Row, *, is_ordered: bool) -> rx.Component:
    record = book.record
    title = full_title(record)
    return record_row(
        title=title,
        cover=cover(record.title, material=record.material),
        to=routes.record(record.record_id),
        line=record.line,
        choice=rx.el.div(
            checkbox(
                "chosen",
                rx.el.span(t("shelves.page.choose_named", title=title), class_name="unseen"),
                checked=mine.is_chosen(book),
                on_change=mine.choose(book),
            ),
            *([grip(title=title, key=mine.key_of(book))] if is_ordered else []),
            class_name="record-marks",
        ),
        badges=(
            availability_badge(record.availability),
            plain_badge(material_name(record.material)),
            rx.cond(record.waiting > 0, plain_badge(t("catalogue.waiting", count=record.waiting))),
            rx.cond(book.is_read, good_badge(t("shelves.page.is_read"))),
        ),
        details=(
            rx.cond(book.note, rx.el.p(book.note, class_name="note")),
            rx.el.p(t("shelves.page.added_on", day=date_of(book.added_at)), class_name="hint"),
            _writing(book, title),
        ),
        actions=(cart_button_where_free(record, policy=libraries.current().holds),),
    )


def _writing(book: Row, title: rx.Var[str]) -> rx.Component:
    """Write about a book, and mark it as read or not."""
    marks = [
        quiet_button(
            named(t(f"shelves.page.{name}"), in_full=t(f"shelves.page.{name}_named", title=title)),
            on_click=KEPT.mark_books([book], is_read=is_read),
            icon=icon,
        )
        for name, is_read, icon in (("mark_unread", False, "undo_2"), ("mark_read", True, "check"))
    ]
    return rx.el.div(
        quiet_button(
            named(t("shelves.page.note"), in_full=t("shelves.page.note_named", title=title)),
            on_click=mine.ask("note", book=book),
            icon="notebook_pen",
        ),
        rx.cond(book.is_read, *marks),
        class_name="book-deeds",
    )


def _nothing() -> rx.Component:
    return nothing_here(
        t("shelves.page.none"),
        rx.el.p(t("shelves.page.none_advice")),
        link(t("cart.to_search"), to=routes.SEARCH, class_name="button button-primary"),
        icon="book_plus",
    )


def _missing() -> rx.Component:
    model = libraries.current().shelf.model
    return rx.fragment(
        shelf_answer(),  # to what was done here before another device deleted the shelf
        nothing_here(
            t("shelves.page.missing"),
            rx.el.p(t("shelves.page.missing_advice")),
            link(
                t(f"shelves.{model}.to_list"),
                to=routes.SHELVES,
                class_name="button button-primary",
            ),
            icon="search_x",
        ),
    )
