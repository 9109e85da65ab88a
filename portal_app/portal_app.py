"""The portal: every page, where it lives, and who may open it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps

import reflex as rx
from reflex.event import EventCallback

from portal_app import browser, libraries, routes
from portal_app.components import offline
from portal_app.components.broken import apology_for_broken_pages
from portal_app.components.layout import ABOVE_HEADER, page_title
from portal_app.data.database import connect
from portal_app.jobs.loop import work_for_ever
from portal_app.jobs.sending import Office, send_for_ever
from portal_app.pages.accessibility import accessibility_page, accessibility_results_page
from portal_app.pages.account import account_page
from portal_app.pages.address_proof import address_proof_page
from portal_app.pages.alerts import alert_form_page, alerts_page, confirm_alert_page
from portal_app.pages.card import card_page
from portal_app.pages.cart import cart_page
from portal_app.pages.confirm_information import confirm_information_page
from portal_app.pages.desk import check_in_page
from portal_app.pages.desk_lend import lend_page
from portal_app.pages.desk_lists import fetch_page, hold_shelf_page
from portal_app.pages.desk_mail import desk_mail_page
from portal_app.pages.desk_messages import desk_messages_page
from portal_app.pages.desk_news import desk_news_page
from portal_app.pages.desk_patron import desk_patron_page
from portal_app.pages.desk_sign_in import desk_password_page, desk_sign_in_page
from portal_app.pages.history import history_page
from portal_app.pages.hold_series import hold_series_page
from portal_app.pages.holds import holds_page
from portal_app.pages.home import home_page
from portal_app.pages.loans import loans_page
from portal_app.pages.messages import messages_page
from portal_app.pages.new_arrivals import new_arrivals_page
from portal_app.pages.new_password import forgotten_password_page, new_password_page
from portal_app.pages.not_found import not_found_page
from portal_app.pages.patron_information import patron_information_page
from portal_app.pages.patron_information import title as information_title
from portal_app.pages.placing import confirm_holds_page, holds_placed_page
from portal_app.pages.record import record_page
from portal_app.pages.requests import requests_page
from portal_app.pages.search import advanced_search_page, search_page
from portal_app.pages.shared_shelf import shared_shelf_page
from portal_app.pages.shelf import shelf_page
from portal_app.pages.shelf_import import shelf_import_page
from portal_app.pages.shelves import shelves_page
from portal_app.pages.sign_in import password_page, sign_in_page
from portal_app.pages.walking_list import walking_list_page
from portal_app.settings import Settings
from portal_app.state import showing
from portal_app.state.access import Audience
from portal_app.state.account import AccountState
from portal_app.state.address_proof import AddressProofState
from portal_app.state.alerts import AlertFormState, AlertsState
from portal_app.state.card import CardState
from portal_app.state.cart import CartState
from portal_app.state.desk import CheckInState, LendState
from portal_app.state.desk_doors import DeskPasswordState, DeskSignInState
from portal_app.state.desk_lists import FetchState, HoldShelfState
from portal_app.state.desk_mail import DeskMailState
from portal_app.state.desk_patron import DeskPatronState
from portal_app.state.desk_writing import DeskMessagesState, DeskNewsState
from portal_app.state.holds import HoldsState
from portal_app.state.home import HomeState
from portal_app.state.loans import LoansState
from portal_app.state.messages import MessagesState
from portal_app.state.new_arrivals import NewArrivalsState
from portal_app.state.offline import CopyState, kept, merged, seen, shape
from portal_app.state.outbox import OutboxState
from portal_app.state.patron_information import PatronInformationState
from portal_app.state.push import PushState
from portal_app.state.record import RecordState
from portal_app.state.search import SearchState
from portal_app.state.shared_shelf import SharedShelfState
from portal_app.state.shelves import ShelvesState
from portal_app.state.sign_in import NewPasswordState, PasswordState, SignInState
from portal_app.web import protect


@dataclass(frozen=True, kw_only=True)
class Page:
    """One row of the table of contents below."""

    draw: Callable[[], rx.Component]
    title: str
    on_load: tuple[EventCallback[()], ...] = ()
    audience: Audience = Audience.PATRON


SHELF_MODEL = libraries.current().shelf.model
INITIAL_PASSWORD = libraries.current().sign_in.initial_password

# Only where the library lets patrons keep one (K-08).
OF_HISTORY = {
    routes.HISTORY: Page(draw=history_page, title="history.title", on_load=(AccountState.open,))
}

# Only where the library sends them (K-60 to K-67).
OF_ALERTS = {
    routes.ALERTS: Page(draw=alerts_page, title="alerts.title", on_load=(AlertsState.open,)),
    routes.NEW_ALERT: Page(
        draw=alert_form_page, title="alerts.form.new", on_load=(AlertFormState.open,)
    ),
    routes.ALERT: Page(
        draw=alert_form_page, title="alerts.form.change", on_load=(AlertFormState.open,)
    ),
    routes.CONFIRM_ALERT: Page(
        draw=confirm_alert_page,
        title="alerts.confirm.title",
        on_load=(AlertFormState.open_check,),
    ),
}

# Only in a demonstration. Not even imported elsewhere, so that a real library has none of its
# handlers and none of its words.
IS_DEMONSTRATION = Settings.read().demonstration
if IS_DEMONSTRATION:
    from portal_app.pages.demonstration import (
        demonstration_bar,
        demonstration_frame,
        demonstration_page,
    )
    from portal_app.pages.mailbox import mailbox_page
    from portal_app.state.demonstration import CastState, ShowingState
    from portal_app.state.mailbox import MailboxState

    OF_DEMONSTRATION = {
        routes.DEMONSTRATION: Page(
            draw=demonstration_page,
            title="demonstration.title",
            on_load=(CastState.open,),
            audience=Audience.ANYONE,
        ),
        routes.MAILBOX: Page(
            draw=mailbox_page,
            title="mailbox.title",
            on_load=(MailboxState.open,),
            audience=Audience.ANYONE,
        ),
    }
    OF_EVERY_PAGE = (ShowingState.look,)
    BEFORE_EVERY_PAGE = {(40, "Demonstration"): lambda _has_state: demonstration_frame()}
    ABOVE_HEADER.append(demonstration_bar)
else:
    OF_DEMONSTRATION, OF_EVERY_PAGE, BEFORE_EVERY_PAGE = {}, (), {}

PAGES = {
    routes.HOME: Page(
        draw=home_page,
        title="home.title",
        on_load=(HomeState.open,),
        audience=Audience.ANYONE,
    ),
    routes.NEW_ARRIVALS: Page(
        draw=new_arrivals_page,
        title="new_arrivals.title",
        on_load=(NewArrivalsState.open,),
        audience=Audience.ANYONE,
    ),
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
    routes.ACCOUNT: Page(
        draw=account_page,
        title="account.title",
        on_load=(
            AccountState.open,
            MessagesState.open,
            PatronInformationState.open,
            PasswordState.look_whether_changed,
        ),
    ),
    routes.CARD: Page(draw=card_page, title="card.title", on_load=(CardState.open,)),
    routes.LOANS: Page(
        draw=loans_page, title="loans.title", on_load=(LoansState.open, AccountState.open)
    ),
    routes.HOLDS: Page(
        draw=holds_page, title="holds.title", on_load=(HoldsState.open, AccountState.open)
    ),
    routes.HOLD_SERIES: Page(
        draw=hold_series_page, title="hold_series.title", on_load=(HoldsState.open,)
    ),
    routes.CART: Page(draw=cart_page, title="cart.title", on_load=(CartState.open,)),
    routes.CONFIRM_HOLDS: Page(
        draw=confirm_holds_page,
        title="cart.confirm.title",
        on_load=(CartState.open,),
    ),
    routes.HOLDS_PLACED: Page(
        draw=holds_placed_page, title="cart.placed.title", on_load=(CartState.open,)
    ),
    routes.WALKING_LIST: Page(
        draw=walking_list_page,
        title="walking_list.title",
        on_load=(ShelvesState.open,),
    ),
    routes.SHELVES: Page(
        draw=shelves_page, title=f"shelves.{SHELF_MODEL}.title", on_load=(ShelvesState.open,)
    ),
    routes.SHELF: Page(
        draw=shelf_page,
        title=f"shelves.{SHELF_MODEL}.title",
        on_load=(ShelvesState.open,),
    ),
    routes.REQUESTS: Page(draw=requests_page, title="outbox.title", on_load=(AccountState.open,)),
    routes.SHELF_IMPORT: Page(
        draw=shelf_import_page,
        title="shelf_import.title",
        on_load=(ShelvesState.open,),
    ),
    **(OF_HISTORY if libraries.current().history.is_offered else {}),
    **(OF_ALERTS if libraries.current().alerts.is_offered else {}),
    routes.SHARED_SHELF: Page(
        draw=shared_shelf_page,
        title="shared_shelf.title",
        on_load=(SharedShelfState.open,),
        audience=Audience.ANYONE,
    ),
    routes.SIGN_IN: Page(
        draw=sign_in_page,
        title="sign_in.title",
        on_load=(SignInState.open,),
        audience=Audience.ANYONE,
    ),
    routes.FORGOTTEN_PASSWORD: Page(
        draw=forgotten_password_page,
        title=f"forgotten_password.title.{INITIAL_PASSWORD}",
        on_load=(NewPasswordState.open,),
        audience=Audience.ANYONE,
    ),
    routes.NEW_PASSWORD: Page(
        draw=new_password_page,
        title="new_password.title",
        on_load=(NewPasswordState.open,),
        audience=Audience.ANYONE,
    ),
    routes.MESSAGES: Page(
        draw=messages_page, title="messages.title", on_load=(MessagesState.open,)
    ),
    routes.PATRON_INFORMATION: Page(
        draw=patron_information_page,
        title=information_title(),
        on_load=(
            PatronInformationState.open,
            *((PushState.open,) if libraries.current().push.is_offered else ()),
        ),
    ),
    routes.CONFIRM_INFORMATION: Page(
        draw=confirm_information_page,
        title="patron_information.confirm.title",
        on_load=(PatronInformationState.open,),
    ),
    routes.CONFIRM_ADDRESS: Page(
        draw=address_proof_page,
        title="address_proof.title",
        on_load=(AddressProofState.open,),
        audience=Audience.ANYONE,
    ),
    **OF_DEMONSTRATION,
    routes.DESK: Page(
        draw=check_in_page,
        title="desk.title",
        on_load=(CheckInState.open,),
        audience=Audience.STAFF,
    ),
    routes.DESK_LEND: Page(
        draw=lend_page,
        title="desk.lend.title",
        on_load=(LendState.open,),
        audience=Audience.STAFF,
    ),
    routes.DESK_FETCH: Page(
        draw=fetch_page,
        title="desk.nav.fetch",
        on_load=(FetchState.open,),
        audience=Audience.STAFF,
    ),
    routes.DESK_HOLD_SHELF: Page(
        draw=hold_shelf_page,
        title="desk.nav.hold_shelf",
        on_load=(HoldShelfState.open,),
        audience=Audience.STAFF,
    ),
    routes.DESK_PATRON: Page(
        draw=desk_patron_page,
        title="desk.patron.title",
        on_load=(DeskPatronState.open,),
        audience=Audience.STAFF,
    ),
    routes.DESK_MESSAGES: Page(
        draw=desk_messages_page,
        title="desk.messages.title",
        on_load=(DeskMessagesState.open,),
        audience=Audience.STAFF,
    ),
    routes.DESK_NEWS: Page(
        draw=desk_news_page,
        title="desk.news.title",
        on_load=(DeskNewsState.open,),
        audience=Audience.STAFF,
    ),
    routes.DESK_MAIL: Page(
        draw=desk_mail_page,
        title="desk.mail.title",
        on_load=(DeskMailState.open,),
        audience=Audience.STAFF,
    ),
    routes.DESK_SIGN_IN: Page(
        draw=desk_sign_in_page,
        title="desk.sign_in.title",
        on_load=(DeskSignInState.open,),
        audience=Audience.ANYONE,
    ),
    routes.DESK_PASSWORD: Page(
        draw=desk_password_page,
        title="desk.password.title",
        on_load=(DeskPasswordState.open,),
        audience=Audience.STAFF,
    ),
    routes.ACCESSIBILITY: Page(
        draw=accessibility_page, title="accessibility.title", audience=Audience.ANYONE
    ),
    routes.ACCESSIBILITY_RESULTS: Page(
        draw=accessibility_results_page,
        title="accessibility.results.title",
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
    settings = Settings.read()
    connect(settings.database_url)
    showing.watch(settings)


async def send_mail() -> None:
    """Send the letters that wait, as long as the portal is open."""
    await send_for_ever(Office.of(Settings.read(), library=libraries.current()))


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
        has_badge=libraries.current().push.is_offered,
    )


def drawing(page: Page) -> Callable[[], rx.Component]:
    """Return what draws a page and says whose it is, for which it keeps room above."""

    @wraps(page.draw)
    def draw() -> rx.Component:
        frame = page.draw()
        frame.custom_attrs["data-audience"] = page.audience.value
        return frame

    return draw


def _by_name(declared: Mapping[type[rx.State], Sequence[str]]) -> dict[str, offline.Kept]:
    return {
        state.__name__: {
            "substate": state.get_full_name(),
            "fields": list(fields),
            "merged": list(merged(state)),
        }
        for state, fields in declared.items()
    }


app = browser.prepare(rx.App())
app.app_wraps.update(apology_for_broken_pages())
app.app_wraps[50, "Offline"] = lambda _has_state: offline_part()
app.app_wraps.update(BEFORE_EVERY_PAGE)
app.register_lifespan_task(open_the_library)
app.register_lifespan_task(work_for_ever)
app.register_lifespan_task(send_mail)
protect(app)

for route, page in PAGES.items():
    app.add_page(
        drawing(page),
        route=route,
        title=page_title(page.title),
        image="/icon.svg",
        on_load=[*page.on_load, *OF_EVERY_PAGE],
    )
