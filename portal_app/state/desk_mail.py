"""How the library's mail stands, as staff see it."""

import asyncio
from enum import StrEnum

import reflex as rx

from portal_app.services import mail_overview
from portal_app.services.mail_overview import Overview
from portal_app.settings import Settings
from portal_app.state.access import staff_event
from portal_app.state.desk_session import desk_of


class Way(StrEnum):
    """Where mail goes. Each value names its text, ``desk.mail.way.<value>``."""

    SERVER = "server"
    DEMONSTRATION = "demonstration"
    NOWHERE = "nowhere"


def way_of_mail() -> Way:
    """Return where mail goes by the settings."""
    settings = Settings.read()
    if settings.mail_server() is not None:
        return Way.SERVER
    return Way.DEMONSTRATION if settings.demonstration else Way.NOWHERE


class DeskMailState(rx.State):
    """What waits, what was sent and what was not."""

    is_loaded: bool = False
    way: str = ""
    mail: Overview | None = None

    @staff_event
    async def open(self) -> None:
        """Show how it is now."""
        await desk_of(self)
        self.mail = await asyncio.to_thread(mail_overview.look)
        self.way = way_of_mail().value
        self.is_loaded = True
