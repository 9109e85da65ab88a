"""What a list says of a hold: how it stands, in which place, for how long (G-31, G-32)."""

from typing import Any

import reflex as rx

from portal_app import libraries
from portal_app.components.badges import hold_state_badge, plain_badge, waiting_badge
from portal_app.components.modules import computed, use
from portal_app.components.rows import Row
from portal_app.components.words import date_of, t, t_of
from portal_app.domain.policies import SetAsideCancellation

_SAID = use("holds", "waitSaid")


def hold_status(hold: Row) -> rx.Component:
    """Say how a hold stands and what that means for its patron (G-32)."""
    return rx.el.div(
        rx.el.div(hold_badge(hold), class_name="badges"),
        rx.el.p(_sentence(hold), class_name="hold-sentence"),
        rx.cond(hold.is_cancel_asked, rx.el.p(t("holds.cancel_asked"), class_name="hold-sentence")),
        class_name="hold-status",
        custom_attrs={"data-state": hold.state},
    )


def hold_badge(hold: Row) -> rx.Component:
    """Say how far a hold has come, or why it is passed over (G-32)."""
    is_waiting_for_its_turn = (hold.state == "waiting") & ~hold.is_in_turn
    return rx.cond(
        _is_suspended(hold),
        waiting_badge(t("holds.suspended")),
        rx.cond(
            is_waiting_for_its_turn,
            plain_badge(t("holds.not_in_turn")),
            hold_state_badge(hold.state),
        ),
    )


def place_in_queue(hold: Row) -> rx.Component:
    """Say in which place a hold waits, on how many copies, and for about how long."""
    wait = _wait(hold)
    guess = t_of("holds.wait", wait["kind"].to(str), least=wait["least"], most=wait["most"])
    counted = rx.fragment(
        rx.el.p(
            rx.el.strong(t("holds.place", place=hold.place, length=hold.queue_length)),
            class_name="hold-place",
        ),
        rx.el.p(t("holds.copies", count=hold.copies), class_name="hint"),
        # What is passed over waits longer than its place says.
        rx.cond(
            (wait["kind"].to(str) != "") & hold.is_in_turn & ~_is_suspended(hold),
            rx.el.p(guess, class_name="hold-wait"),
        ),
    )
    return rx.cond(hold.place.is_none(), _nothing(), counted)


def series_of_hold(hold: Row) -> rx.Component:
    """Say to which series a hold belongs, where it stands there, and whether it is its turn."""
    kinds = (
        ("any_one", t("holds.series.any_one", size=hold.series_size)),
        t("holds.series.in_order", place=hold.series_place, size=hold.series_size),
    )
    belongs = rx.fragment(
        rx.el.p(
            rx.el.strong(t("holds.series.number", number=hold.series_number)),
            class_name="hold-place",
        ),
        rx.el.p(rx.match(hold.series_kind, *kinds), class_name="hint"),
    )
    return rx.cond(hold.series_id.is_none(), _nothing(), belongs)


def day_or_nothing(day: Row) -> rx.Component:
    """Say a day where there is one."""
    return rx.cond(day.is_none(), _nothing(), rx.el.strong(date_of(day)))


def wanted_until(day: Row) -> rx.Component:
    """Say until when a patron wants what they wait for, perhaps for ever (G-31)."""
    return rx.cond(day.is_none(), rx.el.span(t("holds.no_expiry")), rx.el.span(date_of(day)))


def why_not_here(hold: Row, way: SetAsideCancellation) -> rx.Var[str]:
    """Return why a hold that was set aside is not changed here, and what to do instead (G-34)."""
    may_ask = "_may_ask" if way is SetAsideCancellation.REQUEST else ""
    return t_of("holds.not_cancelled", hold.state.to(str) + may_ask)


def _sentence(hold: Row) -> rx.Var[str]:
    branch = t_of("branch", hold.pickup_branch)
    ready = t("holds.status.ready", day=date_of(hold.pickup_by), branch=branch)
    on_its_way = rx.cond(
        hold.sent_at.is_none(),
        t("holds.status.in_transit", branch=branch),
        t("holds.status.in_transit_since", day=date_of(hold.sent_at), branch=branch),
    )
    waiting = rx.cond(
        _is_suspended(hold),
        t("holds.status.suspended", day=date_of(hold.suspended_until)),
        rx.cond(
            hold.is_in_turn,
            t("holds.status.waiting"),
            rx.cond(hold.series_kind == "any_one", t("holds.status.any_one"), _turn_comes()),
        ),
    )
    said = rx.match(hold.state, ("ready", ready), ("in_transit", on_its_way), waiting)
    return rx.Var.create(said).to(str)


def _turn_comes() -> rx.Var[str]:
    # Drawn once for each library: when it is the turn of the next one is its rule.
    return t_of("holds.status.after", libraries.current().holds.series.next_when.value)


def _is_suspended(hold: Row) -> rx.Var[bool]:
    return ~hold.suspended_until.is_none() & (hold.state == "waiting")


def _wait(hold: Row) -> Row:
    asked = f"waitSaid({hold.wait_days_min!s}, {hold.wait_days_max!s})"
    return computed(asked, dict[str, Any], _SAID, hold.wait_days_min, hold.wait_days_max)


def _nothing() -> rx.Component:
    # A card leaves out what has nothing in it.
    return rx.fragment()
