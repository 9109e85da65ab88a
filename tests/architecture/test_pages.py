import pytest

from portal_app import routes
from portal_app.portal_app import PAGES
from portal_app.state.access import Audience, access_of

# Answered by the server itself.
DOORS = {
    routes.DO_SIGN_IN,
    routes.DO_SIGN_OUT,
    routes.DO_CHANGE_PASSWORD,
    routes.DO_ASK_FOR_PASSWORD,
    routes.DO_FOLLOW_PASSWORD_LINK,
    routes.DO_SET_PASSWORD,
    routes.DO_SET_CLOCK,
    routes.DO_PUT_BACK,
    routes.DO_DESK_SIGN_IN,
    routes.DO_DESK_SIGN_OUT,
    routes.DO_DESK_CHANGE_PASSWORD,
    routes.DO_TAKE_SHELVES,
    routes.DO_READ_CALENDAR,
    routes.DO_STOP_MAIL,
    routes.DO_READ_NEW_ARRIVALS,
    routes.DO_READ_LIST,
    routes.DO_READ_PHOTO,
    routes.DO_READ_HISTORY,
    routes.DO_BEGIN_HISTORY,
    routes.DO_KEEP_HISTORY,
    routes.DO_UNLOCK_HISTORY,
    routes.DO_RENEW_HISTORY_CODE,
    routes.DO_FORGET_HISTORY,
    routes.DO_END_HISTORY,
}


@pytest.mark.parametrize("route", PAGES)
def test_every_page_builds(route):
    """Reflex checks form fields and event arguments when a page is drawn."""
    assert PAGES[route].draw().render()


def test_every_route_has_a_page_or_a_door():
    addresses = {value for name, value in vars(routes).items() if name.isupper()}

    assert set(PAGES) | DOORS == addresses


def test_strangers_may_open_only_these_pages():
    open_to_all = {route for route, page in PAGES.items() if page.audience is Audience.ANYONE}

    assert open_to_all == {
        routes.HOME,
        routes.SEARCH,
        routes.ADVANCED_SEARCH,
        routes.NEW_ARRIVALS,
        routes.ACCESSIBILITY,
        routes.ACCESSIBILITY_RESULTS,
        routes.RECORD,
        routes.SHARED_SHELF,
        routes.CONFIRM_ADDRESS,
        routes.MAILBOX,
        routes.DEMONSTRATION,
        routes.SIGN_IN,
        routes.FORGOTTEN_PASSWORD,
        routes.NEW_PASSWORD,
        routes.DESK_SIGN_IN,
        routes.NOT_FOUND,
    }


def test_staff_have_pages_of_their_own():
    of_staff = {route for route, page in PAGES.items() if page.audience is Audience.STAFF}

    assert of_staff == {
        routes.DESK,
        routes.DESK_LEND,
        routes.DESK_FETCH,
        routes.DESK_HOLD_SHELF,
        routes.DESK_PATRON,
        routes.DESK_MESSAGES,
        routes.DESK_NEWS,
        routes.DESK_MAIL,
        routes.DESK_PASSWORD,
    }


@pytest.mark.parametrize("route", PAGES)
def test_a_page_for_patrons_asks_who_it_is_before_it_shows_anything(route):
    """The guard sends a stranger away when the first event of a page is a patron's."""
    audiences = [access_of(act.fn).audience for act in PAGES[route].on_load]

    assert set(audiences) <= {PAGES[route].audience}
    assert audiences or PAGES[route].audience is Audience.ANYONE
