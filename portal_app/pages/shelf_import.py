"""資料を取り込む: books that come on a shelf from a list, a file or a photograph."""

import reflex as rx

from portal_app import libraries, routes
from portal_app.components import offline, shelf_import
from portal_app.components.badges import plain_badge
from portal_app.components.busy import waiting_rows
from portal_app.components.buttons import action_bar, primary_button, quiet_button, submit_button
from portal_app.components.empty import nothing_here
from portal_app.components.fields import file_field, text_area
from portal_app.components.forms import page_form
from portal_app.components.layout import page
from portal_app.components.links import link
from portal_app.components.messages import done, information, refusal
from portal_app.components.outbox import named_or_not, reason_of
from portal_app.components.records import cover, full_title, record_list, record_row
from portal_app.components.rows import Row, shown
from portal_app.components.shelves import ALL, Kept, looking_into, number_here
from portal_app.components.words import t, t_named
from portal_app.state.shelves import ShelvesState

LOOK_INTO = f"{ShelvesState.get_full_name()}.look_into"
KEPT = Kept(shelves=shown(ShelvesState.shelves), contents=shown(ShelvesState.contents))
# A page with every book of a long list would be slow to read and to draw.
MOST_FOUND_SHOWN = 50
MOST_LINES_SHOWN = 1_000
_WHY_NOT = ("shelf_import.list_refusal", "shelf_import.photo_refusal", "shelf_import.problem")
_TABLES_AND_LISTS = ".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"


def shelf_import_page() -> rx.Component:
    """Ask which books, show which of them the library has, and put those on the shelf."""
    return page(
        "shelf_import.title",
        looking_into(event=LOOK_INTO),
        rx.el.p(t("shelf_import.lead"), class_name="lead"),
        rx.cond(
            ShelvesState.is_loaded,
            rx.cond(KEPT.shelf_here().is_none() | (number_here() == ALL), _missing(), _shelf()),
            waiting_rows(),
        ),
        crumbs=[("account.title", routes.ACCOUNT), (f"shelves.{_model()}.title", routes.SHELVES)],
        messages=[_what_happened()],
        as_of=ShelvesState.as_of,
    )


def _model() -> str:
    return libraries.current().shelf.model


def _missing() -> rx.Component:
    to_list = t(f"shelves.{_model()}.to_list")
    return nothing_here(
        t("shelves.page.missing"),
        link(to_list, to=routes.SHELVES, class_name="button button-primary"),
        icon="search_x",
    )


def _shelf() -> rx.Component:
    return rx.fragment(
        _into(),
        rx.cond(
            offline.without_server(), information(t("shelf_import.needs_connection")), _ways_in()
        ),
        rx.cond(shelf_import.found().length() > 0, _found()),
        _lines("missing", shelf_import.missing(), hint=t("shelf_import.missing_hint")),
        _lines("unread", shelf_import.unread()),
        rx.cond(_is_fruitless(), _start_over()),
    )


def _into() -> rx.Component:
    name = named_or_not(KEPT.shelf_here().name)
    return rx.el.p(t("shelf_import.into"), " ", link(name, to=routes.shelf(number_here())))


def _ways_in() -> rx.Component:
    return rx.el.div(
        page_form(
            text_area("isbns", t("shelf_import.paste"), hint=t("shelf_import.paste_hint")),
            submit_button(t("shelf_import.find"), is_busy=shelf_import.is_reading()),
            on_submit=shelf_import.read_pasted(),
        ),
        file_field(
            "list",
            t("shelf_import.file"),
            accept=_TABLES_AND_LISTS,
            on_choose=shelf_import.read_file(),
            hint=t("shelf_import.file_hint"),
        ),
        file_field(
            "photo",
            t("shelf_import.photo"),
            accept="image/*",
            capture="environment",
            on_choose=shelf_import.read_photo(),
            hint=t("shelf_import.photo_hint"),
        ),
        class_name="ways-in",
    )


def _what_happened() -> rx.Component:
    """Say what is being done, why it cannot be, or what became of it."""
    nothing, found = rx.fragment(), shelf_import.found()
    return rx.fragment(
        rx.cond(shelf_import.is_reading(), information(t("shelf_import.reading"))),
        rx.cond(
            found.length() > 0,
            # It stands below as a heading, which nobody who listens would hear of.
            rx.el.p(t("shelf_import.found", count=found.length()), class_name="unseen"),
        ),
        rx.cond(
            shelf_import.problem() == "",
            nothing,
            refusal(t_named(shelf_import.problem(), *_WHY_NOT)),
        ),
        rx.cond(
            _is_fruitless() & shelf_import.was_put().is_none(),
            information(t("shelf_import.none_found")),
        ),
        rx.cond(
            shelf_import.was_put().is_none(),
            nothing,
            rx.fragment(
                done(
                    t("shelf_import.put", count=shelf_import.was_put().count),
                    " ",
                    link(t("shelf_import.to_shelf"), to=routes.shelf(number_here())),
                ),
                rx.foreach(shelf_import.refused(), lambda one: refusal(reason_of(one))),
            ),
        ),
    )


def _found() -> rx.Component:
    found, new = shelf_import.found(), shelf_import.new_here(KEPT.contents)
    too_many = shelf_import.too_many(KEPT.contents)
    limit = libraries.current().shelf.items_max
    already = found.length() - new.length()
    return rx.el.section(
        rx.el.h2(t("shelf_import.found", count=found.length()), id="found"),
        rx.cond(already > 0, rx.el.p(t("shelf_import.already_there", count=already))),
        rx.cond(
            too_many > 0,
            refusal(t("shelf_import.too_many", count=too_many, limit=limit)),
        ),
        record_list(rx.foreach(found[:MOST_FOUND_SHOWN], _row)),
        _and_more(found, MOST_FOUND_SHOWN),
        action_bar(
            rx.cond(
                new.length() > 0,
                _put(t("shelf_import.put_there", count=new.length())),
                rx.cond(shelf_import.brings_more(), _put(t("shelf_import.put_notes"))),
            ),
            _start_over(),
        ),
        aria_labelledby="found",
    )


def _is_fruitless() -> rx.Var[bool]:
    """Return whether something was read and nothing of it can be put anywhere."""
    others = shelf_import.missing().length() + shelf_import.unread().length()
    return (shelf_import.found().length() == 0) & (others > 0)


def _start_over() -> rx.Component:
    return quiet_button(t("shelf_import.forget"), on_click=shelf_import.forget())


def _put(label: rx.Var[str]) -> rx.Component:
    put = shelf_import.put_there(KEPT.shelf_here(), contents=KEPT.contents)
    return primary_button(label, on_click=put)


def _row(book: Row) -> rx.Component:
    record = book.record
    return record_row(
        title=full_title(record),
        cover=cover(record.title, material=record.material),
        to=routes.record(record.record_id),
        line=record.line,
        badges=(
            rx.cond(
                shelf_import.is_there(book, contents=KEPT.contents),
                plain_badge(t("shelf_import.is_there")),
            ),
            rx.cond(book.note != "", plain_badge(t("shelf_import.has_note"))),
            rx.cond(book.is_read, plain_badge(t("shelf_import.is_read"))),
        ),
    )


def _lines(name: str, lines: Row, *, hint: rx.Var[str] | None = None) -> rx.Component:
    heading = t(f"shelf_import.{name}", count=lines.length())
    return rx.cond(
        lines.length() > 0,
        rx.el.section(
            rx.el.h2(heading, id=name),
            *([] if hint is None else [rx.el.p(hint, class_name="hint")]),
            rx.el.ul(rx.foreach(lines[:MOST_LINES_SHOWN], _line), class_name="lines"),
            _and_more(lines, MOST_LINES_SHOWN),
            aria_labelledby=name,
        ),
    )


def _line(line: Row) -> rx.Component:
    return rx.el.li(
        rx.cond(
            line.number == 0,
            line.written,
            rx.cond(
                line.written == "",
                t("shelf_import.row", number=line.number),
                t("shelf_import.line", number=line.number, written=line.written),
            ),
        )
    )


def _and_more(rows: Row, number: int) -> rx.Component:
    more = rows.length() - number
    return rx.cond(more > 0, rx.el.p(t("shelf_import.and_more", count=more)))
