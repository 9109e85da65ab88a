"""The page of every address that leads nowhere."""

import reflex as rx

from portal_app import routes
from portal_app.components.empty import nothing_here
from portal_app.components.layout import page
from portal_app.components.links import link
from portal_app.components.search import search_box
from portal_app.components.words import t


def not_found_page() -> rx.Component:
    """Say that there is no such page, and where to go instead."""
    return page(
        "not_found.title",
        nothing_here(
            t("not_found.lead"),
            link(t("not_found.to_home"), to=routes.HOME, class_name="button button-primary"),
            icon="map_pin_off",
        ),
        search_box(),
    )
