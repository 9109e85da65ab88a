"""What is typed in the patron's information, as the page itself keeps it.

The Python face of portal_app/browser/patron_information.js.
"""

from functools import reduce
from operator import or_
from typing import Any

import reflex as rx
from reflex.vars import VarData

from portal_app import libraries
from portal_app.components.facts import fact, facts
from portal_app.components.local import USED, local
from portal_app.components.modules import computed, function, use
from portal_app.components.rows import Row
from portal_app.components.words import spoken, t, t_of
from portal_app.domain.mail import NoticeKind
from portal_app.domain.notices import CHOSEN_EACH_TIME

_MODULE = "patron_information"
_TYPED = VarData.merge(use(_MODULE, "isTickedIn", "isTyped", "textIn"), USED)


def is_typed(saves: Row) -> rx.Var[bool]:
    """Return whether there is something that was typed and not saved."""
    return _asked(f"isTyped(local, {saves!s})", bool, saves)


def typed(name: str, saved: Row, *, saves: Row) -> rx.Var[str]:
    """Return what stands in a field: what was typed, or what is saved."""
    there = rx.Var.create(saved)
    asked = f"textIn(local, {saves!s}, {rx.Var.create(name)!s}, {there!s})"
    return _asked(asked, str, saves, there)


def ticked(name: str, saved: Row, *, saves: Row) -> rx.Var[bool]:
    """Return whether a box is ticked."""
    there = rx.Var.create(saved)
    asked = f"isTickedIn(local, {saves!s}, {rx.Var.create(name)!s}, {there!s})"
    return _asked(asked, bool, saves, there)


def resets() -> Row:
    """Return how often the form was begun anew."""
    return local("information.resets", default=0).value


def check(handler: str, *, saves: Row) -> rx.Var[Any]:
    """Return what the form does: have its fields looked at."""
    return _form("checkInformation", handler, saves)


def save(handler: str, *, saves: Row) -> rx.Var[Any]:
    """Return what the page does that shows all of it once more."""
    return _form("saveInformation", handler, saves, spoken())


def save_at_once(handler: str) -> rx.Var[Any]:
    """Return what the form does where nothing is shown once more."""
    return _form("saveAtOnce", handler, spoken())


def forget_typed() -> rx.Var[Any]:
    """Return an event that throws away what was typed."""
    return function("forgetTyped", _MODULE).partial()


def leave(path: str) -> rx.Var[Any]:
    """Return an event that throws away what was typed, and leads elsewhere."""
    return _form("leaveForm", path)


# ------------------------------------------------------------ said in words


def information_facts(known: Row) -> rx.Component:
    """List what is so now: addresses, notices and how holds are served (K-10)."""
    policy = libraries.current().mail
    places = range(1, policy.addresses + 1)
    return facts(
        *(
            fact(
                t("patron_information.place", place=place),
                address_said(known.addresses[place - 1].in_use, known.addresses[place - 1].kind),
            )
            for place in places
        ),
        *(_notice(kind, known.notices[at]) for at, kind in enumerate(policy.notices)),
        *defaults_said(known.pickup_branch, known.contact_method, known.telephone),
    )


def address_said(address: Row, kind: Row) -> rx.Component:
    """Say an address, and where it is read if the library asks for that (K-40)."""
    read_on = ["（", t_of("patron_information.kind", kind), "）"]
    marked = read_on if libraries.current().mail.asks_kind else []
    return rx.cond(
        address == "",
        rx.el.span(t("patron_information.none")),
        rx.el.span(rx.el.span(address), *marked, class_name="address"),
    )


def notice_said(
    kind: NoticeKind, goes_to: dict[int, rx.Var[bool]], *, is_sent: Row, days: Row
) -> rx.Component:
    """Say where a notice goes and whether it is sent (K-41 to K-45)."""
    name = t(f"patron_information.notice.{kind}")
    goes_somewhere = reduce(or_, goes_to.values())
    places = [
        rx.cond(ticked, rx.el.span(t("patron_information.place", place=place), " "))
        for place, ticked in goes_to.items()
    ]
    nowhere = rx.cond(~goes_somewhere, rx.el.span(t("patron_information.nowhere"), " "))
    return fact(name, *places, nowhere, "（", _state_said(kind, is_sent, days), "）")


def defaults_said(branch: Row, contact: Row, telephone: Row) -> list[rx.Component]:
    """Say how holds are served unless their patron says otherwise (K-46)."""
    not_chosen = t("patron_information.not_chosen")
    return [
        fact(
            t("patron_information.pickup_branch"),
            rx.cond(branch == "", not_chosen, t_of("branch", branch)),
        ),
        fact(
            t("patron_information.contact_method"),
            rx.cond(contact == "", not_chosen, t_of("holds.contact", contact)),
        ),
        fact(
            t("patron_information.telephone"),
            rx.cond(telephone == "", t("patron_information.no_telephone"), telephone),
        ),
    ]


def _notice(kind: NoticeKind, notice: Row) -> rx.Component:
    saved = {1: notice.to_first, 2: notice.to_second}
    places = range(1, libraries.current().mail.addresses + 1)
    goes_to = {place: saved[place] for place in places}
    return notice_said(kind, goes_to, is_sent=notice.is_sent, days=notice.days_before)


def _state_said(kind: NoticeKind, is_sent: Row, days: Row) -> rx.Component:
    if kind in CHOSEN_EACH_TIME:
        return rx.el.span(t(f"patron_information.chosen.{kind}"))
    before = (
        [" ", t("patron_information.days_before", days=days)] if kind is NoticeKind.DUE_DATE else []
    )
    return rx.cond(
        is_sent,
        rx.el.span(t("patron_information.is_sent"), *before),
        rx.el.span(t("patron_information.is_stopped")),
    )


def _form(name: str, *given: Any) -> rx.Var[Any]:  # noqa: ANN401  Vars and texts
    return function(name, _MODULE).partial(*(rx.Var.create(one) for one in given))


def _asked(expression: str, kind: Any, *given: Row) -> Row:  # noqa: ANN401  any type
    return computed(expression, kind, _TYPED, *given)
