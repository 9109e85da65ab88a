"""The way to 新着資料, from wherever somebody looks for something to read."""

import reflex as rx

from portal_app import routes
from portal_app.components.links import link_button
from portal_app.components.words import t


def way_to_new_arrivals() -> rx.Component:
    """Lead to what came in, the newest first."""
    return link_button(t("new_arrivals.see"), to=routes.NEW_ARRIVALS, icon="sparkles")
