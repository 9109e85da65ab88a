"""予約かごへ: the button that puts a record in the cart, or says why it cannot."""

from collections.abc import Callable

import reflex as rx

from portal_app import routes
from portal_app.components import chosen_results as results
from portal_app.components import offline
from portal_app.components.buttons import button, named, quiet_button, refused_button
from portal_app.components.links import link
from portal_app.components.messages import done, information, refusal
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
    return _offered_unless(policy, record, refused=lambda why: _refused(record, why))


def cart_button_where_free(record: Row, *, policy: Holds) -> rx.Component:
    """Offer to put a record in the cart where it can be held; its badge says why not (K-59)."""
    return _offered_unless(policy, record, refused=lambda _why: rx.fragment())


def _offered_unless(
    policy: Holds, record: Row, *, refused: Callable[[str], rx.Component]
) -> rx.Component:
    offered = button(
        named(t("cart.add"), in_full=t("cart.add_named", title=full_title(record))),
        on_click=offline.act("cart.add", {"record_id": record.record_id}, shown={"record": record}),
        icon="shopping_basket",
    )
    cases = [
        (availability.value, refused(refusal.why))
        for availability in Availability
        if (refusal := refused_for_everyone(availability, policy)) is not None
    ]
    return rx.fragment(rx.match(record.availability, *cases, offered))


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


def cart_chosen(address: Row, *, policy: Holds) -> rx.Component:
    """Offer to put in the cart what is ticked in a search."""
    label = named(t("cart.add"), in_full=t("cart.add_chosen"))
    return button(
        label, on_click=results.put_in_cart(address, policy=policy), icon="shopping_basket"
    )


def chosen_answer() -> rx.Component:
    """Say what became of the chosen records that were put in the cart together."""
    added, refused = results.put_together("done"), results.put_together("refused")
    told, waiting = results.put_together("told"), results.put_together("waiting")
    left_out = results.left_out()
    has_to_wait = offline.without_server() & (waiting.length() > 0)
    return rx.cond(
        (waiting.length() == 0) | has_to_wait,
        rx.fragment(
            rx.cond(
                added.length() > 0,
                done(t("cart.added_together", count=added.length()), " ", _to_cart()),
            ),
            rx.cond(has_to_wait, information(t("cart.waiting_together", count=waiting.length()))),
            rx.foreach(told, lambda operation: information(reason_of(operation))),
            rx.foreach(refused, lambda operation: refusal(reason_of(operation))),
            rx.cond(left_out > 0, information(t("cart.left_out", count=left_out))),
            quiet_button(t("common.close"), on_click=results.forget_answer()),
        ),
    )


def _put_in(operation: Row) -> rx.Component:
    return rx.cond(
        operation.answer.reason,
        information(reason_of(operation), " ", _to_cart()),
        done(t("cart.added", title=title_of(operation)), " ", _to_cart()),
    )


def _to_cart() -> rx.Component:
    return link(t("cart.look"), to=routes.CART)
