"""図書館カード: what a patron shows at the desk (G-07)."""

import reflex as rx

from portal_app import routes
from portal_app.components import days
from portal_app.components.busy import waiting_rows
from portal_app.components.buttons import button
from portal_app.components.cards import barcode, stay_awake
from portal_app.components.facts import fact, facts
from portal_app.components.layout import page
from portal_app.components.local import local
from portal_app.components.messages import refusal
from portal_app.components.printing import print_button, printed_on
from portal_app.components.words import date_of, t
from portal_app.state.card import CardState
from portal_app.state.session import SessionState

ACCOUNT = ("account.title", routes.ACCOUNT)

# Whoever stands behind the patron need not read the number.
NUMBER_IS_SHOWN = local("page.card_number_is_shown", default=False)


def card_page() -> rx.Component:
    """Show the card as the desk wants to see it."""
    return page(
        "card.title",
        rx.el.p(t("card.lead"), class_name="lead"),
        rx.cond(CardState.is_loaded, _card(), waiting_rows(1)),
        stay_awake(on_leave=NUMBER_IS_SHOWN.set(False)),
        crumbs=[ACCOUNT],
        as_of=CardState.as_of,
    )


def _card() -> rx.Component:
    expires_on = SessionState.card_expires_on
    return rx.fragment(
        rx.cond(
            days.is_past(expires_on, as_of=CardState.as_of),
            refusal(t("account.card_expired", day=date_of(expires_on))),
        ),
        rx.el.section(
            rx.el.header(
                rx.el.span(rx.icon("book_open", size=20), class_name="seal"),
                rx.el.p(t("common.library")),
            ),
            rx.el.p(
                t("common.name_of_patron", name=SessionState.name), class_name="library-card-name"
            ),
            rx.cond(
                CardState.bars != "",
                barcode(CardState.bars, width=CardState.bars_width),
                rx.el.p(t("card.no_barcode")),
            ),
            _number(),
            facts(fact(t("frame.expires_on"), date_of(expires_on))),
            aria_label=t("card.title"),
            class_name="library-card",
        ),
        rx.el.p(rx.icon("sun", size=20), rx.el.span(t("card.brightness")), class_name="card-hint"),
        rx.el.div(print_button(), class_name="ways-out"),
        printed_on(as_of=CardState.as_of),
    )


def _number() -> rx.Component:
    is_shown = NUMBER_IS_SHOWN.value
    return rx.el.div(
        rx.el.p(t("frame.card_number"), id="card-number"),
        rx.el.output(
            rx.cond(is_shown, CardState.number, SessionState.card_masked),
            aria_labelledby="card-number",
        ),
        rx.cond(
            is_shown,
            button(t("card.hide"), on_click=NUMBER_IS_SHOWN.set(False), icon="eye_off"),
            button(t("card.show"), on_click=NUMBER_IS_SHOWN.set(True), icon="eye"),
        ),
        class_name="card-number",
    )
