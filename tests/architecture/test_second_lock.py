"""The lock behind the guard: every acting handler asks again who it acts for."""

import inspect

import pytest
import reflex as rx
from reflex_base.registry import RegistrationContext

from portal_app import portal_app  # noqa: F401  so that every handler is registered
from portal_app.state.access import Audience, access_of
from portal_app.state.desk_session import NotAtDesk
from portal_app.state.session import NotSignedIn
from tests.web.examples import payload_for


def _acting(audience: Audience):
    for name, registered in RegistrationContext.get().event_handlers.items():
        access = access_of(registered.handler.fn)
        if access is not None and access.audience is audience:
            yield pytest.param(registered, id=name.rpartition("____")[2])


@pytest.mark.parametrize("registered", [*_acting(Audience.PATRON)])
async def test_a_handler_acts_for_no_stranger_even_without_the_guard(registered):
    with pytest.raises(NotSignedIn):
        await _run_as_nobody(registered)


@pytest.mark.parametrize("registered", [*_acting(Audience.STAFF)])
async def test_a_desk_handler_acts_for_nobody_else_even_without_the_guard(registered):
    with pytest.raises(NotAtDesk):
        await _run_as_nobody(registered)


async def _run_as_nobody(registered) -> None:
    state = await rx.State().get_state(registered.states[0])
    access = access_of(registered.handler.fn)
    assert access is not None
    arguments = access.admit(payload_for(access, number=1))

    answer = registered.handler.fn(state, **arguments)
    if not inspect.isasyncgen(answer):
        await answer
        return
    async for _ in answer:
        pass
