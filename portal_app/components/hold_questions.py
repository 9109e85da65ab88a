"""What a patron is asked before something happens to a hold (G-34, G-35)."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.vars import VarData

from portal_app.components import offline
from portal_app.components.buttons import (
    actions,
    button,
    one_of_submit_buttons,
    primary_button,
    submit_button,
)
from portal_app.components.days import today
from portal_app.components.dialogs import dialog
from portal_app.components.facts import fact, facts
from portal_app.components.fields import date_field
from portal_app.components.forms import page_form
from portal_app.components.local import USED
from portal_app.components.mail import choice_at_cancellation
from portal_app.components.messages import information
from portal_app.components.modules import computed, function, use
from portal_app.components.pickup import contact_method_field, pickup_branch_field
from portal_app.components.records import full_title
from portal_app.components.rows import Row
from portal_app.components.words import date_of, spoken, t, t_named, t_of
from portal_app.domain.policies import Library, SetAsideCancellation

_ASKED = VarData.merge(use("holds", "holdAsked"), USED)


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldQuestions:
    """What a library asks before something happens to a hold, whose type is ``kind``.

    ``letter_choices`` are the addresses at which a cancellation may be confirmed.
    """

    library: Library
    kind: Any
    as_of: Row
    letter_choices: Row

    def questions(self) -> rx.Component:
        """Ask before something happens. Stands once on a page."""
        return rx.fragment(
            self._cancellation(),
            self._change(),
            *([self._suspension()] if self.library.holds.suspend_days_max else []),
            *([self._stepping_back()] if self.library.holds.let_next_go_first else []),
            *([self._asking()] if takes_requests(self.library) else []),
        )

    def _cancellation(self) -> rx.Component:
        hold = _asked(self.kind).hold
        form = page_form(
            choice_at_cancellation(self.letter_choices, hold),
            actions(
                one_of_submit_buttons(t("holds.confirm.yes"), kind="danger", value="yes"),
                button(t("holds.confirm.no"), on_click=ask_no_more()),
            ),
            on_submit=_deed("cancelHold", hold, spoken()),
        )
        return _question(
            "cancel",
            t("holds.confirm.title"),
            facts(
                fact(t("holds.column.title"), full_title(hold.record)),
                fact(t("holds.column.placed_on"), date_of(hold.placed_at)),
                fact(t("holds.confirm.cancelled_on"), date_of(today(as_of=self.as_of))),
                fact(
                    t("holds.column.place"),
                    t("holds.place", place=hold.place, length=hold.queue_length),
                ),
            ),
            rx.el.p(t("holds.confirm.advice")),
            form,
        )

    def _change(self) -> rx.Component:
        asked, library = _asked(self.kind), self.library
        hold = asked.hold
        form = page_form(
            pickup_branch_field(
                t("holds.column.pickup_branch"), library=library, default_value=hold.pickup_branch
            ),
            contact_method_field(
                t("holds.column.contact"), library=library, default_value=hold.contact_method
            ),
            date_field(
                "expires_on",
                t("holds.column.expires_on"),
                hint=t("cart.expires_on_hint"),
                error=_problem(asked, library.holds.suspend_days_max),
                default_value=rx.cond(hold.expires_on, hold.expires_on, "").to(str),
            ),
            actions(
                submit_button(t("holds.change_question.yes")),
                button(t("holds.change_question.no"), on_click=ask_no_more()),
            ),
            on_submit=_deed("changeHold", hold, today(as_of=self.as_of)),
        )
        return _question(
            "change",
            t("holds.change_question.title"),
            facts(fact(t("holds.column.title"), full_title(hold.record))),
            form,
        )

    def _suspension(self) -> rx.Component:
        asked, longest = _asked(self.kind), self.library.holds.suspend_days_max
        form = page_form(
            date_field(
                "until",
                t("holds.suspension.until"),
                hint=t("holds.suspension.hint", limit=longest),
                error=_problem(asked, longest),
                is_required=True,
            ),
            actions(
                submit_button(t("holds.suspension.yes")),
                button(t("common.cancel"), on_click=ask_no_more()),
            ),
            on_submit=_deed("suspendHold", asked.hold, today(as_of=self.as_of), longest),
        )
        return _question(
            "suspend",
            t("holds.suspension.title"),
            facts(fact(t("holds.column.title"), full_title(asked.hold.record))),
            rx.el.p(t("holds.suspension.advice")),
            form,
        )

    def _stepping_back(self) -> rx.Component:
        hold = _asked(self.kind).hold
        steps_back = offline.act("holds.step_back", {"hold_id": hold.hold_id}, shown=hold)
        return _question(
            "step_back",
            t("holds.step_back_question.title"),
            facts(
                fact(t("holds.column.title"), full_title(hold.record)),
                fact(
                    t("holds.column.place"),
                    t(
                        "holds.step_back_question.place",
                        place=hold.place,
                        next=hold.place.to(int) + 1,
                    ),
                ),
            ),
            rx.el.p(t("holds.step_back_question.advice")),
            answers=(
                primary_button(t("holds.step_back"), on_click=[steps_back, ask_no_more()]),
                button(t("common.cancel"), on_click=ask_no_more()),
            ),
        )

    def _asking(self) -> rx.Component:
        hold = _asked(self.kind).hold
        asks = offline.act("holds.ask_to_cancel", {"hold_id": hold.hold_id}, shown=hold)
        return _question(
            "ask_to_cancel",
            t("holds.ask_question.title"),
            facts(
                fact(t("holds.column.title"), full_title(hold.record)),
                fact(t("holds.column.placed_on"), date_of(hold.placed_at)),
                fact(t("holds.column.state"), t_of("hold_state", hold.state)),
            ),
            rx.el.p(t("holds.ask_question.advice")),
            answers=(
                primary_button(t("holds.ask_question.yes"), on_click=[asks, ask_no_more()]),
                button(t("holds.confirm.no"), on_click=ask_no_more()),
            ),
        )


def takes_requests(library: Library) -> bool:
    """Return whether patrons may ask for what is set aside to be cancelled (G-34)."""
    return library.holds.when_set_aside is SetAsideCancellation.REQUEST


def ask(what: str, hold: Row) -> rx.Var[Any]:
    """Return an event that opens a question about a hold."""
    return _deed("askOfHold", what, hold)


def ask_no_more() -> rx.Var[Any]:
    """Return an event that closes the question."""
    return _deed("askOfNoHold")


def _question(
    what: str,
    title: rx.Var[str],
    *children: rx.Component,
    answers: tuple[rx.Component, ...] = (),
) -> rx.Component:
    return dialog(
        title,
        *children,
        rx.cond(offline.without_server(), information(t("holds.confirm.will_wait"))),
        name=what,
        is_open=computed("holdAsked(local).what", str, _ASKED) == what,
        on_dismiss=ask_no_more(),
        answers=answers,
    )


@dataclass(frozen=True, slots=True)
class _Question:
    """Which hold a question is about, and what is wrong with the answer so far."""

    hold: Row
    problem: rx.Var[str]
    day: rx.Var[str]


def _asked(kind: Any) -> _Question:  # noqa: ANN401  a type
    return _Question(
        hold=computed("holdAsked(local).hold", kind | None, _ASKED),
        problem=computed("holdAsked(local).problem", str, _ASKED),
        day=computed("holdAsked(local).day", str, _ASKED),
    )


def _problem(asked: _Question, longest: int) -> rx.Var[str]:
    said = t_named(
        asked.problem,
        *("holds.problem", "holds.not_changed", "holds.suspension_problem"),
        day=date_of(asked.day),
        limit=longest,
    )
    return rx.cond(asked.problem == "", "", said).to(str)


def _deed(name: str, *given: object) -> rx.Var[Any]:
    return function(name, "holds").partial(*(rx.Var.create(one) for one in given))
