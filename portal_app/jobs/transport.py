"""A connection to the mail server, and what its answers mean."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

import aiosmtplib
from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

from portal_app.domain.mail import Failure, Trouble
from portal_app.settings import MailServer, Security

# For each answer of the server. What takes longer is tried again another time.
SECONDS_TO_ANSWER = 20.0
# For all of a letter, since a server may answer each line at the last moment.
SECONDS_FOR_A_LETTER = 60.0

_STATUS = re.compile(r"^[245]\.\d{1,3}\.\d{1,3}(?=\s|$)")
_STARTTLS = {Security.REQUIRED: True, Security.OFFERED: None}


class NotSent(Exception):
    """Raised with what keeps a letter from being sent."""

    def __init__(self, failure: Failure) -> None:
        """Keep the failure."""
        super().__init__(failure.problem)
        self.failure = failure


class Transport:
    """A connection to the mail server for a few letters, opened when the first one is sent."""

    def __init__(self, server: MailServer) -> None:
        """Remember which server it is."""
        self._server = server
        self._connection: SMTP | None = None

    async def __aenter__(self) -> Self:
        """Begin, without a connection yet."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Take leave of the server if it is still there."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        try:
            async with asyncio.timeout(SECONDS_TO_ANSWER):
                await connection.quit()
        except (SMTPException, OSError, TimeoutError):
            connection.close()  # everything that matters has been answered

    async def send(self, message: bytes, *, sender: str, to: str) -> None:
        """Hand a letter to the server, or raise ``NotSent``."""
        with self._failures_named():
            async with asyncio.timeout(SECONDS_FOR_A_LETTER):
                connection = await self._connected()
                await connection.sendmail(sender, [to], message)

    async def _connected(self) -> SMTP:
        if self._connection is not None and self._connection.is_connected:
            return self._connection
        server = self._server
        connection = SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user or None,
            password=server.password or None,
            use_tls=server.security is Security.TLS,
            start_tls=_STARTTLS.get(server.security, False),
            timeout=SECONDS_TO_ANSWER,
        )
        self._connection = connection
        try:
            await connection.connect()
        except SMTPAuthenticationError as answer:
            raise NotSent(_failure(Trouble.SIGN_IN_REFUSED, answer)) from None
        except (TimeoutError, aiosmtplib.SMTPTimeoutError):
            raise NotSent(Failure(trouble=Trouble.TOO_SLOW)) from None
        except SMTPResponseException as answer:
            raise NotSent(_failure(Trouble.NO_CONNECTION, answer)) from None
        except (SMTPException, OSError):
            raise NotSent(Failure(trouble=Trouble.NO_CONNECTION)) from None
        return connection

    @contextmanager
    def _failures_named(self) -> Iterator[None]:
        try:
            yield
        except NotSent:
            self._leave()
            raise
        except SMTPRecipientsRefused as refusal:
            raise NotSent(_failure(Trouble.ADDRESS_REFUSED, refusal.recipients[0])) from None
        except SMTPSenderRefused as answer:
            raise NotSent(_failure(Trouble.SENDER_REFUSED, answer)) from None
        except SMTPResponseException as answer:
            raise NotSent(_failure(Trouble.LETTER_REFUSED, answer)) from None
        except (TimeoutError, aiosmtplib.SMTPTimeoutError):
            self._leave()
            raise NotSent(Failure(trouble=Trouble.TOO_SLOW)) from None
        except (SMTPException, OSError):
            self._leave()
            raise NotSent(Failure(trouble=Trouble.BROKEN_OFF)) from None

    def _leave(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


def _failure(trouble: Trouble, answer: SMTPResponseException) -> Failure:
    status = _STATUS.match(answer.message)
    return Failure(trouble=trouble, code=answer.code, status=status[0] if status else "")
