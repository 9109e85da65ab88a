"""Which doors the portal has, by looking at all of them: a new one must be agreed upon here."""

from collections.abc import Iterator

import pytest
from reflex.state import BaseState, State
from reflex_base.config import get_config
from reflex_base.event import EventHandler
from reflex_base.registry import RegistrationContext
from starlette.routing import Route

from portal_app import routes
from portal_app.portal_app import app
from portal_app.settings import Settings
from portal_app.state.access import Audience, access_of
from portal_app.web.cookies import SessionCookie
from portal_app.web.doors import Doors
from portal_app.web.guard import FRAMEWORK, Guard
from portal_app.web.import_doors import ImportDoors
from portal_app.web.new_arrivals_door import NewArrivalsDoor
from portal_app.web.shelf_door import ShelfDoor
from portal_app.web.staff_doors import StaffDoors

# What a stranger may do. Everything else asks who it is.
FOR_ANYONE = {
    "AddressProofState.confirm",
    "AddressProofState.open",
    "DeskSignInState.open",
    "FailureState.dismiss",
    "NewPasswordState.open",
    "MailboxState.open",
    "CastState.open",
    "ShowingState.look",
    "HomeState.open",
    "NewArrivalsState.open",
    "RecordState.open",
    "SearchState.filter_by_branch",
    "SearchState.filter_by_material",
    "SearchState.highlight",
    "SearchState.open",
    "SearchState.resize",
    "SearchState.sort_by",
    "SharedShelfState.open",
    "SharedShelfState.sort_by",
    "SignInState.open",
}
FOR_NEWCOMERS = {"PasswordState.open", "SessionState.stay"}
# What somebody at a desk may do, and no patron.
FOR_STAFF = {
    "CheckInState.check_in",
    "CheckInState.open",
    "DeskMessagesState.check",
    "DeskMessagesState.open",
    "DeskMessagesState.send",
    "DeskMessagesState.withdraw",
    "DeskMessagesState.write_again",
    "DeskNewsState.check",
    "DeskNewsState.open",
    "DeskNewsState.publish",
    "DeskNewsState.withdraw",
    "DeskNewsState.write_again",
    "DeskMailState.open",
    "DeskPasswordState.open",
    "DeskPatronState.cancel",
    "DeskPatronState.find",
    "DeskPatronState.finish",
    "DeskPatronState.hide_password",
    "DeskPatronState.open",
    "DeskPatronState.reset_password",
    "DeskPatronState.send",
    "DeskSessionState.stay",
    "FetchState.mark_missing",
    "FetchState.open",
    "HoldShelfState.cancel",
    "HoldShelfState.open",
    "LendState.find",
    "LendState.finish",
    "LendState.lend",
    "LendState.open",
}
FOR_THE_SERVER = {"FailureState.show", "ShelvesState.forget_sent"}

# Everything without a leading underscore is sent to the browser, shown or not.
SENT_TO_BROWSERS = {
    "AccountState": {"as_of", "is_loaded", "overview"},
    "AddressProofState": {"outcome"},
    "AlertFormState": {
        *(
            "address",
            "begun_from",
            "differs",
            "drawn",
            "flaws",
            "found",
            "is_checked",
            "is_full",
            "is_gone",
        ),
        *("is_loaded", "is_new", "lines", "memo", "name", "reach", "titles_max", "tries"),
    },
    "AlertsState": {"alerts", "done", "done_to", "is_loaded", "reach"},
    "CalendarLinkState": {"known"},
    "CardState": {"as_of", "bars", "bars_width", "is_loaded", "number"},
    "CheckInState": {"scans"},
    "CartState": {
        *("as_of", "contact_method", "expires_on", "is_loaded", "letter_choices", "lines"),
        "pickup_branch",
    },
    "CopyState": set(),
    "DeskMailState": {"is_loaded", "mail", "way"},
    "DeskMessagesState": {
        *("done", "draft", "forms", "is_checked", "is_loaded", "patrons", "problem", "written"),
    },
    "DeskNewsState": {
        *("done", "draft", "forms", "is_checked", "is_loaded", "problem", "written"),
    },
    "DeskPasswordState": {"problem"},
    "DeskPatronState": {
        *("cancelled", "deeds", "draft_name", "first_password", "holds", "is_sent", "letters"),
        *("not_cancelled", "not_sent", "patron", "unknown_card"),
    },
    "DeskSessionState": {"branch_code", "draft_key", "is_signed_in", "lasts", "name"},
    "DeskSignInState": {"problem"},
    "FailureState": {"reference"},
    "FetchState": {"as_of", "is_loaded", "items", "missing", "problem"},
    "HoldShelfState": {
        *("asked_to_cancel", "cancelled", "is_loaded", "problem", "ready", "to_put_back"),
        "to_send",
    },
    "HomeState": {"as_of", "days", "is_loaded", "news", "shown_at"},
    "HoldsState": {"as_of", "ended", "holds", "is_loaded", "letter_choices", "tallies"},
    "LoansState": {"as_of", "is_loaded", "loans", "tallies"},
    "LendState": {"patron", "scans", "unknown_card"},
    "MailboxState": {"is_here", "is_loaded", "letters"},
    "CastState": {"clerks", "members"},
    "ShowingState": {
        *("done", "edition", "has_mailbox", "is_here", "is_loaded", "letter_count"),
        *("problem", "seconds_ahead", "today"),
    },
    "MessagesState": {"as_of", "is_loaded", "messages"},
    "NewArrivalsState": {
        *("as_of", "asked", "asked_for_ever", "count", "is_at_least", "is_loaded"),
        *("page_number", "pages", "rows", "shown_at", "weeks"),
    },
    "OutboxState": {"answers"},
    "NewPasswordState": {"problem"},
    "PasswordState": {"is_changed", "problem"},
    "PatronInformationState": {
        *("answer", "as_of", "information", "is_loaded", "mistakes", "saves", "waiting_holds"),
    },
    "PushState": {"answer", "is_on", "public_key"},
    "RecordState": {
        *("as_of", "count", "following_address", "form_address", "is_at_least", "is_loaded"),
        *("position", "previous_address", "record", "results_address", "shown_at", "words"),
    },
    "SearchState": {
        *("address", "are_alike", "as_of", "asks_for_something", "branch_facets", "branches"),
        *("count", "is_at_least", "is_highlighting", "is_loaded"),
        *("material_facets", "materials", "topic"),
        *("page_number", "page_size", "pages", "problems", "rows", "shown_at", "sort", "words"),
    },
    "SessionState": {
        *("card_expires_on", "card_masked", "cart_count", "is_known", "is_signed_in"),
        *("is_terminal", "must_change_password", "name", "owner", "unread_count"),
        *("display", "draft_key", "lasts"),
    },
    "SharedShelfState": {"as_of", "is_loaded", "shelf", "sort"},
    "ShelfLinkState": {"known"},
    "ShelvesState": {"as_of", "contents", "deleted", "is_loaded", "shelves"},
    "SignInState": {"has_wish", "problem"},
}

# Reflex's own handlers that nobody may call: they write to the log, or set anything.
CLOSED = {"setvar", "handle_frontend_exception"}


def test_every_handler_says_who_may_send_it():
    unmarked = [name for name, handler in _ours() if access_of(handler.fn) is None]

    assert unmarked == []


def test_strangers_may_send_only_what_is_agreed():
    assert _sent_by(Audience.ANYONE) == FOR_ANYONE


def test_newcomers_may_send_only_what_is_agreed():
    assert _sent_by(Audience.FRESH_PATRON) == FOR_NEWCOMERS


def test_staff_may_send_what_is_agreed():
    assert _sent_by(Audience.STAFF) == FOR_STAFF


def test_some_events_are_sent_by_the_server_alone():
    assert _sent_by(Audience.SERVER) == FOR_THE_SERVER


def test_reflexes_own_handlers_are_the_reviewed_ones():
    """A new version of Reflex that adds one must be looked at by somebody."""
    open_ones = {name for name, _ in _of_reflex() if name.rpartition(".")[2] not in CLOSED}

    assert open_ones == set(FRAMEWORK)


def test_browsers_are_sent_only_what_is_agreed():
    sent = {
        state.__name__: {*state.base_vars, *state.computed_vars}
        for state in _states()
        if not state.__module__.startswith("reflex")
    }

    assert sent == SENT_TO_BROWSERS


def test_nothing_is_kept_in_the_browser():
    kept = [
        f"{state.__name__}.{name}"
        for state in _states()
        for name in state.base_vars
        if state._is_client_storage(name)
    ]

    assert kept == []


def test_no_state_decides_while_it_is_drawn():
    """A computed var runs for whoever is sent it, past every guard."""
    computed = [
        state.__name__
        for state in _states()
        if state.computed_vars and not state.__module__.startswith("reflex")
    ]

    assert computed == []


def test_the_doors_are_the_agreed_ones():
    cookie = SessionCookie.at("https://library.example")
    doors = Doors(
        app=app,
        cookie=cookie,
        key=b"",
        trusted_proxy_hops=0,
        terminals=(),
    )
    found = {
        (route.path, *sorted(route.methods or ()))
        for route in (
            *doors.routes().routes,
            ShelfDoor(cookie=cookie).route(),
            *StaffDoors(app=app, cookie=cookie, key=b"", trusted_proxy_hops=0).routes(),
            NewArrivalsDoor(origin="https://library.example").route(),
            *ImportDoors(cookie=cookie).routes(),
        )
        if isinstance(route, Route)
    }

    assert found == {
        (routes.DO_SIGN_IN, "POST"),
        (routes.DO_SIGN_OUT, "POST"),
        (routes.DO_CHANGE_PASSWORD, "POST"),
        (routes.DO_DESK_SIGN_IN, "POST"),
        (routes.DO_DESK_SIGN_OUT, "POST"),
        (routes.DO_DESK_CHANGE_PASSWORD, "POST"),
        (routes.DO_TAKE_SHELVES, "GET", "HEAD"),
        (routes.DO_READ_NEW_ARRIVALS, "GET", "HEAD"),
        (routes.DO_READ_LIST, "POST"),
        (routes.DO_READ_PHOTO, "POST"),
    }


def test_the_guard_stands_before_everything_else():
    assert isinstance(app._middlewares[0], Guard)
    assert app.event_namespace is not None
    assert app.event_namespace.on_event.__module__ == Guard.__module__


def test_the_settings_of_reflex_are_safe():
    config = get_config()

    assert list(config.cors_allowed_origins) == [Settings.read().origin]
    assert config.transport == "websocket"  # with polling Reflex asks for no Origin
    assert str(config.state_manager_mode.value) in {"memory", "redis"}  # never files on a disk
    assert app.toaster is None


@pytest.mark.parametrize(
    ("origin", "name", "is_secure"),
    [
        ("https://library.example", "__Host-portal_session", True),
        ("http://localhost:8300", "__Host-portal_session", True),
        ("http://127.0.0.1:8300", "__Host-portal_session", True),
        ("http://[::1]:8300", "__Host-portal_session", True),
        ("http://192.168.1.10:8300", "portal_session", False),
    ],
)
def test_the_cookie_is_as_strict_as_the_address_allows(origin, name, is_secure):
    cookie = SessionCookie.at(origin)

    assert (cookie.name, cookie.is_secure) == (name, is_secure)


def test_the_cookie_of_a_desk_is_another_one_and_as_strict():
    origin = "https://library.example"
    desk, patrons = SessionCookie.of_desk(origin), SessionCookie.at(origin)

    assert (desk.name, desk.is_secure) == ("__Host-portal_desk", True)
    assert desk.name != patrons.name


def _sent_by(audience: Audience) -> set[str]:
    return {
        f"{_registered()[name].states[0].__name__}.{handler.fn.__name__}"
        for name, handler in _ours()
        if (access := access_of(handler.fn)) and access.audience is audience
    }


def _ours() -> Iterator[tuple[str, EventHandler]]:
    for name, registered in _registered().items():
        if not registered.handler.fn.__module__.startswith("reflex"):
            yield name, registered.handler


def _of_reflex() -> Iterator[tuple[str, EventHandler]]:
    for name, registered in _registered().items():
        if registered.handler.fn.__module__.startswith("reflex"):
            yield name, registered.handler


def _registered():
    return RegistrationContext.get().event_handlers


def _states(state: type[BaseState] = State) -> Iterator[type[BaseState]]:
    yield state
    for substate in state.get_substates():
        yield from _states(substate)
