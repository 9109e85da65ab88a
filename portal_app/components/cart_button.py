"""予約かごへ: the button that puts a record in the cart, or says why it cannot."""

import reflex as rx

from portal_app import routes
from portal_app.components import offline
from portal_app.components.buttons import button, named, refused_button
from portal_app.components.links import link
from portal_app.components.messages import done, information
from portal_app.components.outbox import latest_answer, reason_of, title_of
from portal_app.components.records import full_title
from portal_app.components.rows import Row
from portal_app.components.words import t, t_of
from portal_app.domain.catalogue import Availability
from portal_app.domain.holds import refused_for_everyone
from portal_app.domain.policies import Holds


def cart_button(record: Row, *, policy: Holds) -> rx.Component:
    """Offer to put a record in the cart; where nobody may hold it just now, say so (K-59).

    Which of the two is decided by the library's rule while the page is built:
    it depends on nothing but how the record stands.
    """
    offered = button(
        named(t("cart.add"), in_full=t("cart.add_named", title=full_title(record))),
        on_click=offline.act("cart.add", {"record_id": record.record_id}, shown={"record": record}),
        icon="shopping_basket",
    )
    refused = [
        (availability.value, _refused(record, refusal.why))
        for availability in Availability
        if (refusal := refused_for_everyone(availability, policy)) is not None
    ]
    return rx.fragment(rx.match(record.availability, *refused, offered))


def _refused(record: Row, why: str) -> rx.Component:
    return refused_button(
        t("cart.add"),
        reason=t_of("holds.refusal", why, day="", limit=""),
        name=rx.Var.create("refusal-") + record.record_id.to(str),
        icon="shopping_basket",
    )


def cart_answer() -> rx.Component:
    """Say what became of the latest record that was put in the cart (K-24)."""
    return latest_answer("cart.add", in_full=_put_in)


def _put_in(operation: Row) -> rx.Component:
    return rx.cond(
        operation.answer.reason,
        information(reason_of(operation), " ", _to_cart()),
        done(t("cart.added", title=title_of(operation)), " ", _to_cart()),
    )


def _to_cart() -> rx.Component:
    return link(t("cart.look"), to=routes.CART)
