"""Letters as mail (RFC 5322): plain text, and the same in plain HTML."""

import datetime as dt
import re
from dataclasses import dataclass
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from html import escape

from portal_app.exchange.wording import tidy, without_controls
from portal_app.text import say
from portal_app.text.languages import Lang

# What needs no quotation marks, so that nothing in it can be taken for a header or a command.
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]+(?:\.[\w-]+)*", re.ASCII)
_LONGEST_ADDRESS = 254


class Unwritable(ValueError):
    """Raised when what should be an address is none, so that no mail can be written to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Whose mail it is, and where the portal is to which its links lead."""

    name: str
    address: str
    origin: str
    stop_path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is written, to whom, and under which number: the same each time that it is sent."""

    address: str
    lang: Lang
    subject: str
    body: str
    stop_secret: str
    number: str
    written_at: dt.datetime


class _Whole(policy.EmailPolicy):
    """Mail whose identifiers and links stay in one piece, however long: RFC 5322 allows 998."""

    def fold_binary(self, name: str, value: str) -> bytes:
        """Return a header as it is sent."""
        if name in _IN_ONE_PIECE:
            return f"{name}: {value}\r\n".encode("ascii")
        return super().fold_binary(name, value)


_IN_ONE_PIECE = frozenset({"Message-ID", "List-Unsubscribe"})
_MAIL = _Whole(linesep="\r\n")


def is_address(text: str) -> bool:
    """Return whether mail can be written to what stands there."""
    return len(text) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(text) is not None


def as_mail(letter: Letter, sender: Sender) -> bytes:
    """Return a letter as it is handed to a mail server, or raise ``Unwritable``.

    Nothing in it is loaded from anywhere, so nobody learns whether it was read.
    """
    if not is_address(letter.address):
        raise Unwritable
    message = EmailMessage(policy=_MAIL)
    message["From"] = _mailbox(sender.address, name=_on_one_line(sender.name))
    message["To"] = _mailbox(letter.address)
    message["Subject"] = _on_one_line(letter.subject)
    message["Date"] = letter.written_at
    message["Message-ID"] = f"<{letter.number}@{sender.address.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    body = without_controls(letter.body)
    if letter.stop_secret:
        stop = f"{sender.origin}{sender.stop_path.replace('[secret]', letter.stop_secret)}"
        body += f"\n{say('stop.line', letter.lang, address=stop)}\n"
        message["List-Unsubscribe"] = f"<{stop}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    # All mail servers carry base64 as it is, whatever the text and however long its lines.
    message.set_content(body, cte="base64")
    message.add_alternative(_html(body, letter, sender), subtype="html", cte="base64")
    message["Content-Language"] = letter.lang  # of both parts: said once they are there
    return message.as_bytes()


def _mailbox(address: str, *, name: str = "") -> Address:
    # By its parts: addresses of mobile phones may have two points in a row, which must be quoted.
    username, _, domain = address.rpartition("@")
    return Address(display_name=name, username=username, domain=domain)


def _on_one_line(text: str) -> str:
    return tidy(" ".join(text.split()))


def _html(body: str, letter: Letter, sender: Sender) -> str:
    paragraphs = (
        "<p>" + "<br>\n".join(_linked(line, sender.origin) for line in part.split("\n")) + "</p>"
        for part in re.split(r"\n{2,}", body.strip())
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{letter.lang}">\n<head><meta charset="utf-8">'
        f"<title>{escape(_on_one_line(letter.subject))}</title></head>\n<body>\n"
        + "\n".join(paragraphs)
        + "\n</body>\n</html>\n"
    )


def _linked(line: str, origin: str) -> str:
    """Return a line of HTML in which addresses of the portal, and no others, are links."""
    parts = re.split(rf"({re.escape(origin)}/[!-~]*[\w/=-])", line)
    return "".join(
        f'<a href="{escape(part)}">{escape(part)}</a>' if number % 2 else escape(part)
        for number, part in enumerate(parts)
    )
