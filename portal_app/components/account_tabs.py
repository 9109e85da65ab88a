"""The lists of a patron side by side, each with how much is in it (G-20)."""

import reflex as rx

from portal_app import routes
from portal_app.components.links import NavLink, link
from portal_app.components.rows import Row
from portal_app.components.shelves import first_page
from portal_app.components.words import t

# Where the page of the holds lists those that ended (G-36).
ENDED = "ended"


def account_tabs(overview: Row) -> rx.Component:
    """Lead to the other lists. ``overview`` is that of the account's state, opened with the page.

    The last leads to the section ``ENDED`` of the holds.
    """
    return rx.el.nav(
        rx.el.ul(
            _tab(t("account_tabs.loans", count=overview.loans), to=routes.LOANS),
            _tab(t("account_tabs.holds", count=overview.holds), to=routes.HOLDS),
            _tab(t("account_tabs.shelves", count=overview.on_shelves), to=first_page()),
            rx.el.li(
                link(
                    t("account_tabs.ended", count=overview.holds_ended),
                    to=f"{routes.HOLDS}#{ENDED}",
                    class_name="tab",
                )
            ),
        ),
        aria_label=t("account_tabs.title"),
        class_name="tabs",
    )


def _tab(label: rx.Var[str], *, to: str | rx.Var[str]) -> rx.Component:
    return rx.el.li(NavLink.create(label, to=to, class_name="tab"))
