"""トップ: where everybody comes in (G-03)."""

import reflex as rx

from portal_app import routes
from portal_app.components import offline
from portal_app.components.connection import as_of_line
from portal_app.components.layout import front_page
from portal_app.components.links import link
from portal_app.components.new_arrivals import way_to_new_arrivals
from portal_app.components.news import important_news, plain_news
from portal_app.components.opening import opening_today
from portal_app.components.rows import shown
from portal_app.components.search import search_box
from portal_app.components.topics import topics
from portal_app.components.words import t
from portal_app.state.home import HomeState
from portal_app.state.session import SessionState


def home_page() -> rx.Component:
    """Search at once, read what is new at the library, or go to one's own page."""
    return front_page(
        "home.title",
        search_box(),
        topics(),
        # All at once: news that come in above the rest would push it down under the finger.
        rx.cond(
            HomeState.is_loaded | offline.is_settled_without_server(),
            _library(),
            rx.el.div(class_name="waiting"),
        ),
    )


def _library() -> rx.Component:
    news = shown(HomeState.news)
    return rx.fragment(
        as_of_line(shown(HomeState.as_of)),
        important_news(news),
        rx.el.section(
            rx.el.h2(t("account.title"), id="portal"),
            rx.el.p(t("account.lead")),
            rx.el.div(
                rx.cond(
                    SessionState.is_signed_in,
                    link(
                        t("home.to_portal"), to=routes.ACCOUNT, class_name="button button-primary"
                    ),
                    link(
                        t("home.to_sign_in"), to=routes.SIGN_IN, class_name="button button-primary"
                    ),
                ),
                way_to_new_arrivals(),
                class_name="actions",
            ),
            aria_labelledby="portal",
        ),
        opening_today(shown(HomeState.days), as_of=shown(HomeState.as_of)),
        plain_news(news),
    )
