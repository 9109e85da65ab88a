"""手続きの状況: what waits on this device, what the library refused, what is done."""

import reflex as rx

from portal_app import routes
from portal_app.components import offline
from portal_app.components.buttons import quiet_button
from portal_app.components.empty import nothing_here
from portal_app.components.layout import page
from portal_app.components.outbox import operation_list
from portal_app.components.words import t


def requests_page() -> rx.Component:
    """Show everything that was asked for on this device and how far it has come."""
    waiting, refused, done = (
        offline.operations_that_are(state).length() for state in ("waiting", "refused", "done")
    )
    return page(
        "outbox.title",
        rx.el.p(t("outbox.lead"), class_name="lead"),
        rx.cond(
            waiting > 0,
            _section(
                "waiting",
                t("outbox.waiting_title", count=waiting),
                rx.el.p(t("outbox.waiting_hint"), class_name="hint"),
            ),
            nothing_here(t("outbox.none"), icon="inbox"),
        ),
        rx.cond(refused > 0, _section("refused", t("outbox.refused_title"))),
        rx.cond(done > 0, _section("done", t("outbox.done_title"))),
        rx.cond(
            refused + done > 0,
            quiet_button(t("outbox.dismiss_all"), on_click=offline.dismiss_settled()),
        ),
        crumbs=[("account.title", routes.ACCOUNT)],
    )


def _section(state: str, heading: rx.Var[str], *notes: rx.Component) -> rx.Component:
    return rx.el.section(
        rx.el.h2(heading, id=state), *notes, operation_list(state), aria_labelledby=state
    )
