"""Loans and holds as files that the device makes from what the page shows.

The Python face of portal_app/browser/list_downloads.js. One way of writing them serves with and
without a connection, so the library has none of its own.
"""

from dataclasses import dataclass

import reflex as rx

from portal_app.browser import words
from portal_app.components.buttons import button
from portal_app.components.local import local
from portal_app.components.messages import done, refusal
from portal_app.components.modules import function
from portal_app.components.rows import Row
from portal_app.components.words import as_text, spoken, t, years_chosen

_FORMATS = ("csv", "text")
_IN_FILES = ("downloads.fact", "downloads.taken_on", "downloads.column.shelf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A column of a file: its heading, and the path of the row's field that stands in it.

    ``texts`` is where the words are for a field that holds a code, such as ``branch``.
    """

    heading: rx.Var[str]
    path: str
    texts: str = ""


def list_downloads(title: rx.Var[str], *columns: Written, rows: Row, as_of: Row) -> rx.Component:
    """Offer a list as files. Stands once on a page.

    In a text the first column is what a row is called, and what a row has not is left out.
    """
    words.show(*_IN_FILES)
    for column in columns:
        if column.texts:
            words.show(*(key for key in words.texts() if key.startswith(f"{column.texts}.")))
    given = {
        "title": as_text(title),
        "columns": [
            {"heading": as_text(one.heading), "path": one.path, "texts": one.texts}
            for one in columns
        ],
        "rows": rows,
        "asOf": as_of,
        "years": years_chosen(),
    }
    return rx.el.details(
        rx.el.summary(
            rx.icon("download", size=20),
            rx.el.span(t("list_downloads.title")),
            rx.icon("chevron_down", size=20, class_name="fold"),
        ),
        rx.el.ul(*(rx.el.li(_choice(kind, given)) for kind in _FORMATS)),
        _answer(),
        class_name="downloads for-adults",
    )


def _choice(kind: str, given: dict[str, object]) -> rx.Component:
    taken = function("takeListAway", "list_downloads").partial(kind, spoken(), rx.Var.create(given))
    return button(t(f"list_downloads.format.{kind}"), on_click=taken, icon="file_down")


def _answer() -> rx.Component:
    said = rx.match(
        local("page.list_taken", default="").value,
        ("made", done(t("list_downloads.made"))),
        ("needs_connection", refusal(t("list_downloads.needs_connection"))),
        rx.fragment(),
    )
    return rx.el.div(said, role="status")
