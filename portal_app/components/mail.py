"""The choice of an address for mail, of which pages know no more than the kind (K-29, G-34)."""

import reflex as rx
from reflex.vars import VarData

from portal_app.components import cart, offline
from portal_app.components.fields import checkbox, option, select_field
from portal_app.components.local import USED
from portal_app.components.messages import done, information
from portal_app.components.modules import computed, use
from portal_app.components.outbox import reason_of
from portal_app.components.rows import Row
from portal_app.components.words import t, t_of

_CANCELLING = VarData.merge(use("holds", "letterOfCancellation"), USED)


def choice_at_cancellation(choices: Row, hold: Row) -> rx.Component:
    """Ask at which address a cancellation is confirmed, if at any (G-34)."""
    proposed = computed(
        f"letterOfCancellation({choices!s}, {hold!s})", int, _CANCELLING, choices, hold
    )
    return rx.cond(
        choices.length() > 0,
        select_field(
            "letter_to",
            t("letters.confirm_cancelled"),
            option("0", t("letters.choice_none")),
            rx.foreach(choices, _option),
            default_value=proposed.to(str),
        ),
    )


def choice_when_placing(choices: Row) -> rx.Component:
    """Ask whether holds are confirmed by mail, and where there are several addresses, at which."""
    chosen = cart.letter_to(choices)
    box = checkbox(
        "letter",
        t("letters.confirm_placed"),
        checked=chosen > 0,
        on_change=cart.confirm_by_letter(choices),
    )
    where = select_field(
        "letter_to",
        t("letters.confirm_placed_to"),
        rx.foreach(choices, _option),
        value=chosen.to(str),
        on_change=cart.send_letter_to(),
    )
    only = rx.el.p(_named(choices[0]), class_name="hint")
    many = choices.length() > 1
    drawn = rx.fragment(
        box,
        rx.cond(chosen > 0, rx.cond(many, where, only)),
    )
    return rx.cond(choices.length() > 0, rx.el.div(drawn, class_name="letter-choice"))


def letter_about_placed(record_ids: Row) -> rx.Component:
    """Say what became of the confirmation, where one was asked for."""
    operation = offline.operation_on_all("holds.confirm", record_ids)
    settled = rx.match(
        operation.state,
        (
            "done",
            rx.cond(
                operation.answer.reason,
                information(reason_of(operation)),
                done(t("letters.prepared")),
            ),
        ),
        ("refused", information(reason_of(operation))),
        rx.fragment(),
    )
    return rx.cond(operation.is_none() | ~cart.has_asked_for_letter(), rx.fragment(), settled)


def _option(choice: Row) -> rx.Component:
    return option(choice.place.to(str), _named(choice))


def _named(choice: Row) -> rx.Var[str]:
    return t_of("letters.choice", choice.kind, place=choice.place)
