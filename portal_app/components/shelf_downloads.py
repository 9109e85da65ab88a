"""The menu by which a patron takes shelves away as files (K-58, browser/shelves/downloads.js)."""

from typing import Any

import reflex as rx

from portal_app import routes
from portal_app.browser import words
from portal_app.components import offline
from portal_app.components.buttons import refused_button
from portal_app.components.links import Anchor
from portal_app.components.local import local
from portal_app.components.messages import done, refusal
from portal_app.components.modules import computed, function, use
from portal_app.components.rows import Row
from portal_app.components.words import spoken, t, years_chosen
from portal_app.exchange.shelf_formats import Format

# What a device writes by itself, as the library does.
_MADE_HERE = frozenset({Format.TEXT, Format.CSV})
_IN_FILES = ("downloads.", "shelves.unsorted", "branch.", "material.", "availability.")


def download_menu(
    *, shelf_id: Row | str, shelves: Row, books: Row, sort: Row | str, order: Row | str
) -> rx.Component:
    """Offer a shelf, or all of them for ``all``, as files.

    ``shelves`` are rows of all shelves; ``books`` are whole copies in the order in which they
    are shown, of whichever shelf. ``order`` is ``ascending`` or ``descending``.
    """
    show_words_of_files()
    asked = {"shelf": shelf_id, "sort": sort, "order": order}
    asked |= {"lang": spoken(), "years": years_chosen()}
    return rx.el.details(
        rx.el.summary(
            rx.icon("download", size=20),
            rx.el.span(t("shelf_downloads.title")),
            rx.icon("chevron_down", size=20, class_name="fold"),
        ),
        rx.cond(
            offline.without_server(),
            rx.el.p(t("shelf_downloads.here"), class_name="hint"),
        ),
        rx.el.ul(
            *(
                _choice(kind, asked, act=_take_away(kind, shelf_id, shelves, books))
                for kind in Format
            )
        ),
        _answer(),
        class_name="downloads for-adults",
    )


def books_in(contents: Row) -> Row:
    """Return the books of all shelves that this device has, in the patron's own order."""
    using = use("shelves/downloads", "booksIn")
    return computed(f"booksIn({contents!s})", list[Any], using, rx.Var.create(contents))


def show_words_of_files() -> None:
    """Send to the browser what stands in the files that it writes by itself."""
    words.show(*(key for key in words.texts() if key.startswith(_IN_FILES)))


def _choice(kind: Format, asked: dict[str, Any], *, act: rx.Var[Any]) -> rx.Component:
    label = t(f"shelf_downloads.format.{kind}")
    link = Anchor.create(
        rx.icon("file_down", size=20),
        rx.el.span(label),
        href=_address(kind, asked),
        on_click=act,
        class_name="button button-plain",
        # Without it the browser thinks that this page is left, and closes its socket.
        custom_attrs={"download": ""},
    )
    if kind not in _MADE_HERE:
        reason = t("shelf_downloads.needs_connection")
        refused = refused_button(label, reason=reason, name=f"no-{kind}", icon="file_down")
        link = rx.cond(offline.without_server(), refused, link)
    hint = rx.el.p(t("shelf_downloads.may_lack"), class_name="hint")
    return rx.el.li(link, *([hint] if kind is Format.TEXT_CP932 else []))


def _address(kind: Format, asked: dict[str, Any]) -> rx.Var[str]:
    address = rx.Var.create(f"{routes.DO_TAKE_SHELVES}?format={kind}")
    for name, value in asked.items():
        address = address + f"&{name}=" + rx.Var.create(value).to(str)
    return address


def _take_away(kind: Format, shelf_id: Row | str, shelves: Row, books: Row) -> rx.Var[Any]:
    given = (kind.value, spoken(), years_chosen(), shelf_id, shelves, books)
    return function("takeAway", "shelves/downloads").partial(*map(rx.Var.create, given))


def _answer() -> rx.Component:
    said = rx.match(
        local("page.taken", default="").value,
        ("made_here", done(t("shelf_downloads.made_here"))),
        ("made_in_part", refusal(t("shelf_downloads.made_in_part"))),
        ("needs_connection", refusal(t("shelf_downloads.needs_connection"))),
        rx.fragment(),
    )
    return rx.el.div(said, role="status")
