import secrets

import pytest
import reflex as rx

from portal_app.state.calendar_link import CalendarLinkState, KnownCalendar
from portal_app.state.offline import kept
from portal_app.state.session import NotSignedIn

NONE = KnownCalendar(address="", webcal="", since="")


@pytest.fixture(autouse=True)
def settings(monkeypatch) -> None:
    """A key that is made anew for each test, and where patrons find the portal."""
    monkeypatch.setenv("PORTAL_KEY", secrets.token_hex())
    monkeypatch.setenv("PORTAL_ORIGIN", "https://portal.example")


@pytest.fixture
async def calendar(tab, hanako) -> CalendarLinkState:
    """What Hanako's tab knows of her calendar."""
    return await tab.get_state(CalendarLinkState)


async def test_a_calendar_has_no_address_at_first(calendar):
    await calendar.look()

    assert calendar.known == NONE


async def test_an_address_is_one_that_calendars_can_read_from_anywhere(calendar):
    await calendar.make()

    start, _, name = calendar.known.address.rpartition("/")
    assert start == "https://portal.example/files/calendar"
    assert len(name) == len(".ics") + 24
    assert calendar.known.webcal == f"webcal://portal.example/files/calendar/{name}"
    assert calendar.known.since == "2026-11-22"


async def test_the_same_address_is_shown_again_until_it_is_changed(calendar):
    await calendar.make()
    made = calendar.known

    await calendar.make()
    await calendar.look()
    assert calendar.known == made

    await calendar.reset_address()
    assert calendar.known != made


async def test_a_withdrawn_address_is_shown_no_longer(calendar):
    await calendar.make()

    await calendar.withdraw()

    assert calendar.known == NONE


async def test_no_device_keeps_the_address():
    assert CalendarLinkState not in kept()


async def test_strangers_learn_and_change_nothing(library):
    calendar = await rx.State().get_state(CalendarLinkState)

    for act in (calendar.look, calendar.make, calendar.reset_address, calendar.withdraw):
        with pytest.raises(NotSignedIn):
            await act()
    assert calendar.known is None
