"""The patron's information, as this tab shows it. No device keeps it, and addresses are masked.

What is typed stays on the page (browser/patron_information.js): here it is only passed on.
"""

import asyncio
import datetime as dt
import secrets
from dataclasses import dataclass
from typing import Annotated

import reflex as rx
from pydantic import Field, StringConstraints
from reflex.event import EventSpec
from typing_extensions import TypedDict

from portal_app import clock, libraries, routes
from portal_app.domain.address_proofs import CODE_DIGITS, Means
from portal_app.domain.mail import NoticeKind
from portal_app.domain.notices import CHOSEN_EACH_TIME
from portal_app.domain.patron_information import LONGEST_ADDRESS
from portal_app.domain.secret_links import SECRET_BYTES
from portal_app.services import address_proofs, patron_information
from portal_app.services.patron_information import Information
from portal_app.settings import Settings
from portal_app.state.access import patron_event
from portal_app.state.recency import is_recent
from portal_app.state.session import signed_in_patron
from portal_app.text import Lang

__all__ = [
    "CHOSEN_EACH_TIME",
    "CODE_DIGITS",
    "GOOD_ANSWERS",
    "LONGEST_ADDRESS",
    "Answer",
    "NoticeKind",
    "PatronInformationState",
]

_Name = Annotated[str, StringConstraints(max_length=40)]
# A little more than is read, so that the patron hears why and not nothing.
_Text = Annotated[str, StringConstraints(max_length=600)]
Fields = Annotated[dict[_Name, _Text], Field(max_length=60)]

# Of these answers something is done; the others say why not.
GOOD_ANSWERS = ("saved", "asked", "asked_again", "confirmed", "test_written", "holds_changed")


class TypedCode(TypedDict):
    """The form with the code from a mail."""

    place: Annotated[str, StringConstraints(max_length=4)]
    code: Annotated[str, StringConstraints(max_length=40)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of the last thing that was done here: ``patron_information.answer.<said>``."""

    said: str = ""
    place: int = 0
    count: int = 0


class PatronInformationState(rx.State):
    """What the patron may change, what was wrong with it, and what became of it."""

    is_loaded: bool = False
    as_of: str = ""
    information: Information | None = None
    mistakes: dict[str, str] = {}
    answer: Answer = Answer()
    waiting_holds: int = 0
    # How often something was saved in this tab: what was typed before that is done with.
    saves: int = 0

    _answered_at: dt.datetime | None = None

    @patron_event
    async def open(self) -> None:
        """Show what is so now (K-10)."""
        await self._look()
        if not is_recent(self._answered_at):
            self.mistakes = {}
            self._say(Answer())

    @patron_event
    async def check(self, typed: Fields) -> EventSpec | None:
        """Look at what was typed, and lead to the page that shows it once more (K-47)."""
        patron_id = await signed_in_patron(self)
        found = await asyncio.to_thread(
            patron_information.check,
            patron_id=patron_id,
            fields=typed,
            library=libraries.current(),
        )
        self._say(Answer(said="mistakes" if found else ""))
        self.mistakes = {name: mistake.value for name, mistake in found.items()}
        return None if found else rx.redirect(routes.CONFIRM_INFORMATION)

    @patron_event
    async def save(self, typed: Fields, lang: Lang) -> EventSpec | None:
        """Change it (K-48)."""
        patron_id = await signed_in_patron(self)
        library = libraries.current()
        saved = await asyncio.to_thread(
            patron_information.save,
            patron_id=patron_id,
            fields=typed,
            means=[_means() for _ in range(library.mail.addresses)],
            lang=lang,
            library=library,
            now=clock.now(),
        )
        self.mistakes = {name: mistake.value for name, mistake in saved.mistakes.items()}
        said = "mistakes" if saved.mistakes else "asked" if saved.asked else "saved"
        self._say(Answer(said=said))
        self.waiting_holds = saved.waiting_holds
        self.saves += not saved.mistakes
        await self._look()
        is_here = self.router.url.path.rstrip("/") != routes.CONFIRM_INFORMATION
        return None if is_here else rx.redirect(routes.PATRON_INFORMATION)

    @patron_event
    async def change_waiting_holds(self) -> None:
        """Let the holds that still wait follow the new defaults, too."""
        patron_id = await signed_in_patron(self)
        count = await asyncio.to_thread(
            patron_information.change_waiting_holds,
            patron_id=patron_id,
            library=libraries.current(),
            today=clock.now().date(),
        )
        self._say(Answer(said="holds_changed", count=count))

    @patron_event
    async def leave_waiting_holds(self) -> None:
        """Leave the holds that wait as they are."""
        await signed_in_patron(self)
        self._say(Answer())

    @patron_event
    async def prove(self, typed: TypedCode) -> None:
        """Prove an address by the code in its mail (G-42)."""
        patron_id = await signed_in_patron(self)
        place = int(typed["place"]) if typed["place"].isdecimal() else 0
        outcome = await asyncio.to_thread(
            address_proofs.prove_by_code,
            patron_id=patron_id,
            place=place,
            code=typed["code"],
            key=Settings.read().secret_key(),
            library=libraries.current(),
            now=clock.now(),
        )
        self._say(Answer(said=outcome.value, place=place))
        await self._look()

    @patron_event
    async def ask_again(self, place: int, lang: Lang) -> None:
        """Have the mail written once more that proves an address."""
        patron_id = await signed_in_patron(self)
        is_asked = await asyncio.to_thread(
            address_proofs.ask_again,
            patron_id=patron_id,
            place=place,
            means=_means(),
            lang=lang,
            library=libraries.current(),
            now=clock.now(),
        )
        self._say(Answer(said="asked_again" if is_asked else "asked_too_often", place=place))
        await self._look()

    @patron_event
    async def send_test(self, place: int, lang: Lang) -> None:
        """Have a letter written that only shows whether mail arrives."""
        patron_id = await signed_in_patron(self)
        outcome = await asyncio.to_thread(
            patron_information.send_test,
            patron_id=patron_id,
            place=place,
            lang=lang,
            key=Settings.read().secret_key(),
            library=libraries.current(),
            now=clock.now(),
        )
        self._say(Answer(said=outcome.value, place=place))

    def _say(self, answer: Answer) -> None:
        self.answer, self.waiting_holds, self._answered_at = answer, 0, clock.now()

    async def _look(self) -> None:
        patron_id = await signed_in_patron(self)
        self.information = await asyncio.to_thread(
            patron_information.look, patron_id=patron_id, library=libraries.current()
        )
        self.is_loaded, self.as_of = True, clock.now().isoformat()


def _means() -> Means:
    settings = Settings.read()
    return Means(
        secret=secrets.token_urlsafe(SECRET_BYTES),
        code=f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}",
        key=settings.secret_key(),
        origin=settings.origin,
    )
