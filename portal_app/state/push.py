"""Whether this device gets the patron's notices, as this tab shows it. No device keeps it.

What the browser allows is asked on the page (browser/push.js): here it is only passed on.
"""

import asyncio
from typing import Annotated

import reflex as rx
from pydantic import StringConstraints

from portal_app import clock, libraries
from portal_app.domain.push import LONGEST_ENDPOINT, LONGEST_KEY, LONGEST_SECRET, Switched
from portal_app.exchange.web_push import public_key_of
from portal_app.services import push
from portal_app.services.push import Device
from portal_app.settings import Settings
from portal_app.state.access import patron_event
from portal_app.state.session import signed_in_patron
from portal_app.text import Lang

_Endpoint = Annotated[str, StringConstraints(max_length=LONGEST_ENDPOINT)]
_Key = Annotated[str, StringConstraints(max_length=LONGEST_KEY)]
_Secret = Annotated[str, StringConstraints(max_length=LONGEST_SECRET)]


class PushState(rx.State):
    """Whether notices are on here, and what became of switching them."""

    # What a browser is told of who sends: empty until the server has answered.
    public_key: str = ""
    is_on: bool = False
    answer: str = ""

    @patron_event
    async def open(self) -> None:
        """Let the page ask its browser, which alone knows where it gets notices."""
        await signed_in_patron(self)
        self.answer = ""
        if libraries.current().push.is_offered:
            self.public_key = await asyncio.to_thread(public_key_of, Settings.read().secret_key())

    @patron_event
    async def look(self, endpoint: _Endpoint) -> None:
        """Show whether this device gets notices."""
        patron_id = await signed_in_patron(self)
        self.is_on = await asyncio.to_thread(push.is_on, patron_id=patron_id, endpoint=endpoint)

    @patron_event
    async def switch_on(
        self, endpoint: _Endpoint, public_key: _Key, secret: _Secret, lang: Lang
    ) -> None:
        """Let this device get notices."""
        patron_id = await signed_in_patron(self)
        device = Device(endpoint=endpoint, public_key=public_key, secret=secret, lang=lang)
        switched = await asyncio.to_thread(
            push.switch_on,
            patron_id=patron_id,
            device=device,
            policy=libraries.current().push,
            now=clock.now(),
        )
        self._show(switched)

    @patron_event
    async def switch_off(self, endpoint: _Endpoint) -> None:
        """Let this device get no more notices."""
        patron_id = await signed_in_patron(self)
        switched = await asyncio.to_thread(push.switch_off, patron_id=patron_id, endpoint=endpoint)
        self._show(switched)

    def _show(self, switched: Switched) -> None:
        self.is_on, self.answer = switched is Switched.ON, switched.value
