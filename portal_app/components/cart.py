"""What is ticked in the cart and wished for, as the page itself knows it.

The Python face of portal_app/browser/cart.js: nothing of it is sent before it
has been confirmed, and none of it needs a connection.
"""

from typing import Any

import reflex as rx
from reflex.vars import VarData

from portal_app.components.days import today
from portal_app.components.local import USED, local
from portal_app.components.modules import computed, function, use
from portal_app.components.rows import Row
from portal_app.components.words import spoken

_CHOICE = VarData.merge(
    use("cart", "chosenOf", "inOrder", "isChosen", "keysInOrder", "letterTo"), USED
)
_WISHES = local("cart.wishes", default={}, kind=dict[str, str])


def is_chosen(line: Row) -> rx.Var[bool]:
    """Return whether a line is ticked."""
    return _asked(f"isChosen(local, {line!s})", bool, line)


def chosen_of(lines: Row) -> Row:
    """Return the lines that are ticked."""
    kind = rx.Var.create(lines)._var_type  # noqa: SLF001  Var has no public way
    return _asked(f"chosenOf(local, {lines!s})", kind, lines)


def in_order(lines: Row) -> Row:
    """Return the lines that are ticked, in the order in which they are to be lent (K-28)."""
    kind = rx.Var.create(lines)._var_type  # noqa: SLF001  Var has no public way
    return _asked(f"inOrder(local, {lines!s})", kind, lines)


def keys_in_order(lines: Row) -> Row:
    """Return what tells these lines from each other, in that order."""
    return _asked(f"keysInOrder(local, {lines!s})", list[int], lines)


def put_in_order(lines: Row) -> rx.Var:
    """Return what is done when one of them is put elsewhere."""
    return _event("placeInOrder", lines)


def set_kind(kind: str) -> rx.Var[Any]:
    """Return an event that asks for another kind of holds, before they are placed (K-29)."""
    return _event("setKind", kind)


def choose(record_id: Row) -> rx.Var[Any]:
    """Return an event that ticks a record, or no longer."""
    return _event("tick", record_id)


def choose_all(lines: Row) -> rx.Var[Any]:
    """Return an event that ticks every line (K-26)."""
    return _event("tickAll", lines)


def choose_none(lines: Row) -> rx.Var[Any]:
    """Return an event that ticks no line (K-26)."""
    return _event("tickNone", lines)


def remove(line: Row) -> rx.Var[Any]:
    """Return an event that takes one line out of the cart."""
    return _event("removeLine", line)


def remove_chosen(lines: Row) -> rx.Var[Any]:
    """Return an event that takes the ticked lines out of the cart (K-26)."""
    return _event("removeTicked", lines)


def check(lines: Row, *, as_of: Row, then: str) -> rx.Var:
    """Return what the form does: look at the wishes, and lead to the confirmation (K-29)."""
    return _event("checkWishes", lines, today(as_of=as_of), then)


def place(lines: Row, *, letter_choices: Row, result: str) -> rx.Var[Any]:
    """Return an event that asks for the holds that were confirmed, once (K-30)."""
    return _event("placeHolds", lines, letter_choices, spoken(), result)


def letter_to(choices: Row) -> Row:
    """Return at which of these addresses the holds are confirmed, by its place; 0 is at none."""
    return _asked(f"letterTo(local, {choices!s})", int, choices)


def confirm_by_letter(choices: Row) -> rx.Var[Any]:
    """Return an event that wishes for a confirmation by mail, or no longer (K-29)."""
    return _event("confirmByLetter", choices)


def send_letter_to() -> rx.Var[Any]:
    """Return an event that chooses the address."""
    return function("sendLetterTo", "cart")


def has_asked_for_letter() -> rx.Var[bool]:
    """Return whether what was asked for last is confirmed by mail."""
    return local("cart.placed_letter", default=0).value > 0


def is_asked() -> rx.Var[bool]:
    """Return whether there is something to confirm."""
    return wish("pickup_branch") != ""


def wish(name: str) -> Row:
    """Return what was asked for in a field of the form, such as ``pickup_branch``."""
    return rx.Var.create(_WISHES.value[name]).to(str) | ""


def placed() -> Row:
    """Return the records that were asked for last."""
    return local("cart.placed", default=[], kind=list[int]).value


def placed_as() -> Row:
    """Return what kind of holds they were asked for as."""
    return local("cart.placed_as", default="ordinary").value


def problem() -> Row:
    """Return the key of what is wrong with the request as a whole, or an empty text."""
    return local("page.problem", default="").value


def removed() -> Row:
    """Return how many were taken out just now."""
    return local("page.removed", default=0).value


def _event(name: str, *given: Any) -> rx.Var[Any]:  # noqa: ANN401  Vars and texts
    return function(name, "cart").partial(*(rx.Var.create(one) for one in given))


def _asked(expression: str, kind: Any, given: Row) -> Row:  # noqa: ANN401  any type
    return computed(expression, kind, _CHOICE, rx.Var.create(given))
