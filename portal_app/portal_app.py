"""The portal: every page, where it lives, and who may open it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import reflex as rx
from reflex.event import EventCallback

from portal_app import browser, routes
from portal_app.components import offline
from portal_app.components.broken import apology_for_broken_pages
from portal_app.components.layout import page_title
from portal_app.data.database import connect
from portal_app.pages.account import account_page
from portal_app.pages.card import card_page
from portal_app.pages.cart import cart_page, confirm_holds_page, holds_placed_page
from portal_app.pages.holds import holds_page
from portal_app.pages.home import home_page
from portal_app.pages.loans import loans_page
from portal_app.pages.not_found import not_found_page
from portal_app.pages.record import record_page
from portal_app.pages.requests import requests_page
from portal_app.pages.search import advanced_search_page, search_page
from portal_app.pages.sign_in import password_page, sign_in_page
from portal_app.settings import Settings
from portal_app.state.access import Audience
from portal_app.state.account import AccountState
from portal_app.state.card import CardState
from portal_app.state.cart import CartState
from portal_app.state.holds import HoldsState
from portal_app.state.loans import LoansState
from portal_app.state.offline import CopyState, kept, seen, shape
from portal_app.state.outbox import OutboxState
from portal_app.state.record import RecordState
from portal_app.state.search import SearchState
from portal_app.state.sign_in import PasswordState, SignInState
from portal_app.web import protect


@dataclass(frozen=True, kw_only=True)
class Page:
    """One row of the table of contents below."""

    draw: Callable[[], rx.Component]
    title: str
    on_load: tuple[EventCallback[()], ...] = ()
    audience: Audience = Audience.PATRON


PAGES = {
    routes.HOME: Page(draw=home_page, title="home.title", audience=Audience.ANYONE),
    routes.SEARCH: Page(
        draw=search_page,
        title="search.title",
        on_load=(SearchState.open,),
        audience=Audience.ANYONE,
    ),
    routes.ADVANCED_SEARCH: Page(
        draw=advanced_search_page,
        title="search.advanced.title",
        audience=Audience.ANYONE,
    ),
    routes.RECORD: Page(
        draw=record_page,
        title="record.title",
        on_load=(RecordState.open,),
        audience=Audience.ANYONE,
    ),
    routes.ACCOUNT: Page(draw=account_page, title="account.title", on_load=(AccountState.open,)),
    routes.CARD: Page(draw=card_page, title="card.title", on_load=(CardState.open,)),
    routes.LOANS: Page(draw=loans_page, title="loans.title", on_load=(LoansState.open,)),
    routes.HOLDS: Page(draw=holds_page, title="holds.title", on_load=(HoldsState.open,)),
    routes.CART: Page(draw=cart_page, title="cart.title", on_load=(CartState.open,)),
    routes.CONFIRM_HOLDS: Page(
        draw=confirm_holds_page,
        title="cart.confirm.title",
        on_load=(CartState.open,),
    ),
    routes.HOLDS_PLACED: Page(
        draw=holds_placed_page, title="cart.placed.title", on_load=(CartState.open,)
    ),
    routes.REQUESTS: Page(draw=requests_page, title="outbox.title", on_load=(AccountState.open,)),
    routes.SIGN_IN: Page(
        draw=sign_in_page,
        title="sign_in.title",
        on_load=(SignInState.open,),
        audience=Audience.ANYONE,
    ),
    routes.NOT_FOUND: Page(draw=not_found_page, title="not_found.title", audience=Audience.ANYONE),
    routes.PASSWORD: Page(
        draw=password_page,
        title="password.title",
        on_load=(PasswordState.open,),
        audience=Audience.FRESH_PATRON,
    ),
}


def open_the_library() -> None:
    """Connect to the database when the server starts, not when a test imports us."""
    connect(Settings.read().database_url)


def offline_part() -> rx.Component:
    """Return what keeps, on the patron's own device, what the states have declared."""
    return offline.wire(
        states=_by_name(kept()),
        seen=_by_name(seen()),
        version=shape(),
        root=rx.State.get_full_name(),
        outbox=OutboxState.get_full_name(),
        deliver=f"{OutboxState.get_full_name()}.deliver",
        fill=f"{CopyState.get_full_name()}.fill",
    )


def _by_name(declared: Mapping[type[rx.State], Sequence[str]]) -> dict[str, offline.Kept]:
    return {
        state.__name__: {"substate": state.get_full_name(), "fields": list(fields)}
        for state, fields in declared.items()
    }


app = browser.prepare(rx.App())
app.app_wraps.update(apology_for_broken_pages())
app.app_wraps[50, "Offline"] = lambda _has_state: offline_part()
app.register_lifespan_task(open_the_library)
protect(app)

for route, page in PAGES.items():
    app.add_page(
        page.draw,
        route=route,
        title=page_title(page.title),
        image="/icon.svg",
        on_load=list(page.on_load),
    )
