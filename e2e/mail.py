"""A real mail server that takes what the portal sends, and the patrons who read it there."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pydantic import SecretStr

from e2e.waiting import until

LIBRARY = "portal@library.example"
LINK = re.compile(r"https?://[!-~]+")


class AnyPort(Controller):
    """Listens on a port that nobody else has."""

    def __init__(self, handler: object, **options: Any) -> None:
        super().__init__(handler, hostname="127.0.0.1", port=0, **options)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"smtp://127.0.0.1:{self.port}"

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A letter as the mail server got it."""

    address: str
    message: EmailMessage

    @property
    def subject(self) -> str:
        """What it is about."""
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        """What it says, as plain text."""
        plain = self.message.get_body(("plain",))
        assert plain is not None
        return plain.get_content().replace("\r\n", "\n")

    @property
    def html(self) -> str:
        """The same as HTML."""
        html = self.message.get_body(("html",))
        assert html is not None
        return html.get_content()

    @property
    def links(self) -> list[str]:
        """The links in the plain text, in their order."""
        return LINK.findall(self.text)

    @property
    def stop_link(self) -> str:
        """Where a mail program goes to stop mail of this kind (List-Unsubscribe)."""
        return str(self.message["List-Unsubscribe"]).strip("<>")


@dataclass(slots=True, kw_only=True)
class Inbox:
    """Everything that came in, the first one first. Only what the portal has sent is here."""

    letters: list[Received] = field(default_factory=list)
    url: str = ""

    @classmethod
    @contextmanager
    def open(cls) -> Iterator[Self]:
        """Listen on a port of our own, until the end."""
        inbox = cls()
        controller = AnyPort(inbox)
        controller.start()
        inbox.url = controller.url
        try:
            yield inbox
        finally:
            controller.stop()

    @property
    def settings(self) -> dict[str, object]:
        """The settings with which the portal sends its mail here."""
        return {"smtp_url": SecretStr(self.url), "mail_from": LIBRARY}

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  as aiosmtpd calls it
        """Keep a letter."""
        content: Any = envelope.content
        message = message_from_bytes(content, policy=policy.default)
        [address] = envelope.rcpt_tos
        self.letters.append(Received(address=address, message=message))
        return "250 OK"

    def to(self, address: str) -> list[Received]:
        """Return what has come for an address so far, the first one first."""
        return [letter for letter in self.letters if letter.address == address]

    def wait_for(self, address: str, *, count: int = 1) -> Received:
        """Wait until an address has got so many letters, and return the latest."""
        until(lambda: len(self.to(address)) >= count)
        return self.to(address)[-1]
