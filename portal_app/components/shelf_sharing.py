"""リンクで共有: sharing a shelf by a secret link, from the shelf's own page."""

from typing import TYPE_CHECKING, Any

import reflex as rx

from portal_app.components import offline
from portal_app.components.buttons import button, danger_button, primary_button
from portal_app.components.dialogs import dialog
from portal_app.components.handing_on import HANDED, address_to_hand_on
from portal_app.components.local import local
from portal_app.components.messages import information, refusal
from portal_app.components.modules import computed, function, use
from portal_app.components.rows import Row
from portal_app.components.words import as_text, date_of, t, t_of

if TYPE_CHECKING:
    from reflex.event import EventCallback

ADDRESS = "shared-address"
_STEP = local("page.sharing", default="")  # then shown, or withdrawing


def sharing(  # noqa: PLR0913  what is known, and what can be done about it
    shelf_id: Row,
    *,
    name: Row,
    known: Row,
    on_look: "EventCallback[str]",
    on_make: "EventCallback[str]",
    on_withdraw: "EventCallback[str]",
) -> rx.Component:
    """Offer to share a shelf, and show by which link it is shared.

    ``known`` is what was learned last: maybe of another shelf, or nothing yet.
    """
    is_known = ~known.is_none() & (known.shelf_id == shelf_id)
    is_shared = is_known & (known.address != "")
    return rx.fragment(
        button(
            t("shelf_link.share"),
            on_click=[HANDED.set(""), _STEP.set("shown"), on_look(shelf_id)],
            icon="share_2",
        ),
        dialog(
            t("shelf_link.share"),
            rx.el.p(t("shelf_link.what")),
            rx.cond(offline.without_server(), information(t("shelf_link.needs_connection"))),
            rx.cond(is_known & (known.refused != ""), _refusal(known)),
            rx.cond(is_shared, _link(known, name)),
            name="sharing",
            is_open=_STEP.value == "shown",
            on_dismiss=_STEP.set(""),
            answers=(
                rx.cond(
                    is_shared,
                    danger_button(t("shelf_link.withdraw"), on_click=_STEP.set("withdrawing")),
                    primary_button(
                        t("shelf_link.make"), on_click=on_make(shelf_id), is_busy=~is_known
                    ),
                ),
                button(t("common.close"), on_click=_STEP.set("")),
            ),
        ),
        dialog(
            t("shelf_link.withdraw_title"),
            rx.el.p(t("shelf_link.withdraw_hint")),
            name="withdrawal",
            is_open=_STEP.value == "withdrawing",
            on_dismiss=_STEP.set("shown"),
            answers=(
                danger_button(
                    t("shelf_link.withdraw"),
                    on_click=[on_withdraw(shelf_id), HANDED.set(""), _STEP.set("shown")],
                ),
                button(t("shelf_link.go_on"), on_click=_STEP.set("shown")),
            ),
        ),
    )


def _link(known: Row, name: Row) -> rx.Component:
    return rx.fragment(
        rx.el.p(t("shelf_link.since", day=date_of(known.since))),
        address_to_hand_on(
            known.address,
            rx.cond(_can_share(), button(t("shelf_link.send"), on_click=_share(name, known))),
            name=ADDRESS,
            label=t("shelf_link.address"),
        ),
    )


def _refusal(known: Row) -> rx.Component:
    return refusal(t_of("shelves.refusal", known.refused, limit=""))


def _can_share() -> rx.Var[bool]:
    return computed("canShare()", bool, use("shelves/sharing", "canShare"))


def _share(name: Row, known: Row) -> rx.Var[Any]:
    return function("share", "shelves/sharing").partial(as_text(name), known.address)
