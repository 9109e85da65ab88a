"""Messages of the library to a patron, as the page itself opens them (browser/letters.js)."""

from typing import Any

import reflex as rx
from reflex.vars import VarData

from portal_app.components.local import USED, Local, local
from portal_app.components.modules import computed, function, use
from portal_app.components.rows import Row, kind_of_rows

_LETTERS = "letters"
_USED = VarData.merge(use(_LETTERS, "isLetterOpen", "lettersShown", "newestUnread"), USED)


def shows_read_too() -> Local:
    """Return whether 既読分も表示 is ticked (K-13)."""
    return local("page.letters_read_too", default=False)


def letters_shown(letters: Row) -> Row:
    """Return the messages that the page shows."""
    return _told(f"lettersShown(local, {letters!s})", list[kind_of_rows(letters)], letters)


def newest_unread(letters: Row) -> Row:
    """Return the newest message that nobody has read, or nothing."""
    return _told(f"newestUnread({letters!s})", kind_of_rows(letters) | None, letters)


def is_open(letter: Row) -> rx.Var[bool]:
    """Return whether a message is open."""
    return _told(f"isLetterOpen(local, {letter!s})", bool, letter)


def open_letter(letter: Row) -> rx.Var[Any]:
    """Return an event that opens a message, or closes it. What is opened is read."""
    return function("openLetter", _LETTERS).partial(letter)


def _told(expression: str, kind: Any, *given: Row) -> Row:  # noqa: ANN401  any type
    return computed(expression, kind, _USED, *given)
