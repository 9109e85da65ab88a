"""The page to which the link in a mail leads that proves an address. No device keeps it."""

import asyncio

import reflex as rx

from portal_app import clock, libraries
from portal_app.services import address_proofs
from portal_app.state.access import public_event


class AddressProofState(rx.State):
    """What became of the press on the button: ``address_proof.<outcome>``."""

    outcome: str = ""

    @public_event
    def open(self) -> None:
        """Show the button. Nothing is looked up: programs that read mail open links, too."""
        self.outcome = ""

    @public_event
    async def confirm(self) -> None:
        """Use the address from now on, if the secret in the page's own address proves one."""
        is_proved = await asyncio.to_thread(
            address_proofs.prove_by_link,
            secret=self.router.url.path.rstrip("/").rpartition("/")[2],
            library=libraries.current(),
            now=clock.now(),
        )
        self.outcome = "confirmed" if is_proved else "nowhere"
