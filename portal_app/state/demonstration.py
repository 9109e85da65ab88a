"""What a demonstration shows of itself: its day, its mail, and whom one may be in it."""

import asyncio
from dataclasses import dataclass

import reflex as rx

from portal_app import clock
from portal_app.services import demonstration, mail_overview
from portal_app.services import showing as shown
from portal_app.state import showing
from portal_app.state.access import public_event
from portal_app.state.desk_mail import Way, way_of_mail

# No word of ours that an address names is longer.
LONGEST_WORD = 40


class ShowingState(rx.State):
    """What is being shown. Asked for by every page of a demonstration, and of no other portal."""

    is_loaded: bool = False
    # False where somebody has filled the library with what is theirs: then nothing is offered.
    is_here: bool = False
    edition: str = ""
    seconds_ahead: int = 0
    today: str = ""
    has_mailbox: bool = False
    letter_count: int = 0
    done: str = ""
    problem: str = ""

    @public_event
    async def look(self) -> None:
        """Show which day it is and how much mail there is, and what was just done."""
        found = await asyncio.to_thread(shown.look)
        showing.look_again()  # so that the day below is that of what was found
        self.is_here = found is not None
        self.edition = found.edition if found else ""
        self.seconds_ahead = int(found.ahead.total_seconds()) if found else 0
        self.today = clock.now().date().isoformat()
        self.has_mailbox = way_of_mail() is Way.DEMONSTRATION
        self.letter_count = await asyncio.to_thread(mail_overview.count_kept)
        asked = self.router.url.query_parameters
        self.done = asked.get("done", "")[:LONGEST_WORD]
        self.problem = asked.get("problem", "")[:LONGEST_WORD]
        self.is_loaded = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Player:
    """Somebody whom one may be: by which card or login, and what there is to tell of them."""

    name: str
    number: str
    password: str
    story_ja: str
    story_en: str
    story_simple: str


class CastState(rx.State):
    """Whom one may be. Sent to the one page that asks, so that no device keeps a password."""

    members: list[Player] = []
    clerks: list[Player] = []

    @public_event
    async def open(self) -> None:
        """Show everybody, where they are at all."""
        if await asyncio.to_thread(shown.look) is None:
            return
        self.members = [_player(one, one.card_number) for one in demonstration.MEMBERS]
        self.clerks = [_player(one, one.login) for one in demonstration.CLERKS]


def _player(who: demonstration.Member | demonstration.Clerk, number: str) -> Player:
    return Player(
        name=who.name,
        number=number,
        password=who.password,
        story_ja=who.story_ja,
        story_en=who.story_en,
        story_simple=who.story_simple,
    )
