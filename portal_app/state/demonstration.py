"""What a demonstration shows of itself: its day, its mail, and whom one may be in it."""

import asyncio

import reflex as rx

from portal_app import clock
from portal_app.services import demonstration, mail_overview
from portal_app.services import showing as shown
from portal_app.state import showing
from portal_app.state.access import public_event
from portal_app.state.desk_mail import Way, way_of_mail

Clerk = demonstration.Clerk
Member = demonstration.Member

# Whose part can be played: built into the pages, since it never changes.
MEMBERS = demonstration.MEMBERS
CLERKS = demonstration.CLERKS

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
