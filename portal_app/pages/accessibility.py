"""アクセシビリティ方針, and the results of the checks, as a public library publishes them."""

import reflex as rx

from portal_app import routes
from portal_app.components.accessibility import policy, results
from portal_app.components.layout import page
from portal_app.components.links import link
from portal_app.components.words import t


def accessibility_page() -> rx.Component:
    """Say what the library aims at, what is missing, and whom to tell."""
    return page(
        "accessibility.title",
        policy(),
        rx.el.p(link(t("accessibility.results.title"), to=routes.ACCESSIBILITY_RESULTS)),
    )


def accessibility_results_page() -> rx.Component:
    """Show what the latest run of the checks has found."""
    return page(
        "accessibility.results.title",
        results(),
        crumbs=[("accessibility.title", routes.ACCESSIBILITY)],
    )
