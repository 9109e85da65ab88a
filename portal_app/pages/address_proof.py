"""メールアドレスの確認: where the link in a mail leads that proves an address (G-42)."""

import reflex as rx

from portal_app import routes
from portal_app.components import offline
from portal_app.components.buttons import primary_button
from portal_app.components.layout import page
from portal_app.components.links import link_button
from portal_app.components.messages import done, information, refusal
from portal_app.components.words import t
from portal_app.state.address_proof import AddressProofState


def address_proof_page() -> rx.Component:
    """Ask for a press. Opening the page does nothing, and says nothing of whose address it is."""
    ask = rx.fragment(
        rx.el.p(t("address_proof.lead"), class_name="lead"),
        rx.cond(offline.without_server(), information(t("address_proof.needs_connection"))),
        primary_button(
            t("address_proof.confirm"), on_click=AddressProofState.confirm, icon="check"
        ),
        rx.el.p(t("address_proof.not_yours"), class_name="hint"),
    )
    onward = link_button(
        t("patron_information.heading"), to=routes.PATRON_INFORMATION, icon="user_round_cog"
    )
    return page(
        "address_proof.title",
        rx.cond(AddressProofState.outcome == "", ask, rx.el.p(onward)),
        messages=[
            rx.cond(AddressProofState.outcome == "confirmed", done(t("address_proof.confirmed"))),
            rx.cond(AddressProofState.outcome == "nowhere", refusal(t("address_proof.nowhere"))),
        ],
    )
