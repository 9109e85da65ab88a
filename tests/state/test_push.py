import pytest
import reflex as rx

from portal_app import libraries
from portal_app.exchange.web_push import public_key_of
from portal_app.state.push import PushState
from portal_app.state.session import NotSignedIn
from portal_app.text import Lang
from tests.services.devices import LIBRARY, devices, phone


@pytest.fixture(autouse=True)
def settings(monkeypatch) -> None:
    """A library that offers notices, and a key."""
    monkeypatch.setenv("PORTAL_KEY", "a key of the tests")
    monkeypatch.setattr(libraries, "current", lambda: LIBRARY)


@pytest.fixture
async def push(tab) -> PushState:
    """What Hanako's tab knows of notices."""
    return await tab.get_state(PushState)


async def switch_on(push: PushState, name: str = "phone", **how: str) -> None:
    told = phone(name, **how).as_told()
    await push.switch_on(told.endpoint, told.public_key, told.secret, Lang.JA)


async def test_the_page_learns_for_whom_its_browser_is_to_take_notices(push):
    await push.open()

    assert push.public_key == public_key_of(b"a key of the tests")
    assert not push.is_on


async def test_switched_on_and_off_again(push, hanako):
    await switch_on(push)
    assert (push.is_on, push.answer, devices(hanako)) == (True, "on", ["phone"])

    await push.open()
    assert (push.is_on, push.answer) == (True, "")

    await push.switch_off(phone().endpoint)
    assert (push.is_on, push.answer, devices(hanako)) == (False, "off", [])


async def test_another_device_is_not_on_because_one_is(push):
    await switch_on(push)

    await push.look(phone("other").endpoint)
    assert not push.is_on
    await push.look(phone().endpoint)
    assert push.is_on


async def test_a_service_that_the_library_does_not_know_is_refused(push, hanako):
    await switch_on(push, service="localhost")

    assert (push.is_on, push.answer, devices(hanako)) == (False, "unknown_service", [])


async def test_a_stranger_switches_nothing(library, branches):
    push = await rx.State().get_state(PushState)

    for deed in (push.open(), push.look(""), push.switch_off("")):
        with pytest.raises(NotSignedIn):
            await deed
    with pytest.raises(NotSignedIn):
        await switch_on(push)
