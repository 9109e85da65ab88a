"""A letter as mail: read back by a parser of its own, and with nothing smuggled in."""

import datetime as dt
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser

import pytest

from portal_app.exchange import mail
from portal_app.text import Lang
from tests.conftest import NOW

NUMBER = f"{'a' * 32}.{'b' * 24}"
SENDER = mail.Sender(
    name="鹿児島市立図書館",
    address="portal@library.example",
    origin="https://portal.library.example",
    stop_path="/stop/[secret]",
)


def written(**parts: object) -> mail.Letter:
    """Return a letter to Hanako."""
    letter = {
        "address": "hanako@example.jp",
        "lang": Lang.JA,
        "subject": "受取可能のお知らせ",
        "body": "■ 銀河鉄道の夜\n受取館：本館\n\nありがとうございます。\n",
        "stop_secret": "",
        "number": NUMBER,
        "written_at": NOW,
    }
    return mail.Letter(**{**letter, **parts})


def read(sender: mail.Sender = SENDER, **parts: object) -> EmailMessage:
    """Return what a mail program makes of a letter."""
    return message_from_bytes(mail.as_mail(written(**parts), sender), policy=policy.default)


class Links(HTMLParser):
    """What a mail program would open, load or run."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name == "href"]


def test_a_letter_is_plain_text_and_the_same_in_html_in_its_language():
    message = read(lang=Lang.EASY)

    assert message["From"].addresses[0].display_name == "鹿児島市立図書館"
    assert message["From"].addresses[0].addr_spec == "portal@library.example"
    assert message["To"].addresses[0].addr_spec == "hanako@example.jp"
    assert message["Subject"] == "受取可能のお知らせ"
    assert message["Date"].datetime == NOW
    assert message["Message-ID"] == f"<{NUMBER}@library.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "ja-simple"
    assert "List-Unsubscribe" not in message
    assert message.get_content_type() == "multipart/alternative"
    plain, html = (part.get_content().replace("\r\n", "\n") for part in message.iter_parts())
    assert plain == written().body
    assert '<html lang="ja-simple">' in html
    assert "<p>■ 銀河鉄道の夜<br>\n受取館：本館</p>" in html


def test_it_is_the_same_each_time_that_it_is_sent():
    first, second = (mail.as_mail(written(), SENDER) for _ in range(2))

    assert first.partition(b"boundary")[0] == second.partition(b"boundary")[0]
    assert read()["Message-ID"] == read()["Message-ID"]


def test_every_line_is_ascii_and_short_enough_for_any_mail_server():
    sent = mail.as_mail(written(subject="長い件名" * 40, body="長い本文" * 900), SENDER)

    assert sent.isascii()
    assert b"\n" not in sent.replace(b"\r\n", b"")
    assert max(len(line) for line in sent.split(b"\r\n")) <= 998
    assert read(subject="長い件名" * 40)["Subject"] == "長い件名" * 40


def test_where_mail_can_be_stopped_its_last_line_says_how():
    message = read(stop_secret="s" * 24)

    stop = f"https://portal.library.example/stop/{'s' * 24}"
    plain, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    assert plain is not None
    assert html is not None
    *_, how, where = plain.get_content().splitlines()
    assert (how, where) == ("このお知らせのメールを停止する：", stop)
    assert Links(html.get_content()).links[-1] == stop


def test_where_mail_can_be_stopped_a_mail_program_finds_how_in_one_piece():
    secret = "s" * 24
    stop = f"https://portal.library.example/stop/{secret}"
    sent = mail.as_mail(written(stop_secret=secret), SENDER).decode("ascii")

    assert f"\r\nList-Unsubscribe: <{stop}>\r\n" in sent
    assert "\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in sent
    assert f"\r\nMessage-ID: <{NUMBER}@library.example>\r\n" in sent


@pytest.mark.parametrize(
    "smuggled",
    [
        "受取\r\nBcc: all@example.jp",
        "受取\nBcc: all@example.jp",
        "受取\rBcc: all@example.jp",
        "受取\r\n\r\n<script>alert(1)</script>",
        "受取\x85Bcc: all@example.jp",
        "受取\u2028Bcc: all@example.jp",
        "受取\0\x0bBcc: all@example.jp",
    ],
)
def test_nothing_in_a_subject_or_a_name_becomes_a_header(smuggled):
    sender = mail.Sender(
        name=smuggled, address=SENDER.address, origin=SENDER.origin, stop_path=SENDER.stop_path
    )

    message = read(sender, subject=smuggled)

    assert "Bcc" not in message
    assert sorted(message.keys()) == sorted(read().keys())
    assert len(message["From"].addresses) == 1
    assert len(list(message.iter_parts())) == 2


@pytest.mark.parametrize(
    "address",
    [
        "",
        "hanako",
        "hanako@",
        "hanako@example.jp\r\nBcc: all@example.jp",
        "hanako@example.jp\n",
        "hanako@example.jp, all@example.jp",
        "hanako@example.jp> RCPT TO:<all@example.jp",
        '"hanako all"@example.jp',
        "花子@example.jp",
        f"hanako@{'x' * 250}.jp",
    ],
)
def test_to_what_is_no_address_no_mail_is_written(address):
    with pytest.raises(mail.Unwritable):
        mail.as_mail(written(address=address), SENDER)


@pytest.mark.parametrize("address", ["hana..ko.@mobile.example.jp", "h+o'x@example.jp", "a@b"])
def test_addresses_of_mobile_phones_are_written_although_no_rule_allows_them(address):
    [to] = read(address=address)["To"].addresses

    assert f"{to.username}@{to.domain}" == address


def test_only_addresses_of_the_portal_are_links_and_markup_is_text():
    ours = "https://portal.library.example/addresses/proof?code=1&x=2"
    body = f'<b onclick="x">■</b> <img src="https://spy.example/1.png">\n{ours}。\nhttps://other.example/\n'

    _, html = read(body=body).iter_parts()

    links = Links(html.get_content())
    assert links.links == [ours]
    assert set(links.tags) == {"html", "head", "meta", "title", "body", "p", "br", "a"}


def test_a_day_is_written_with_its_zone():
    written_at = dt.datetime(2026, 12, 31, 23, 59, tzinfo=NOW.tzinfo)

    assert str(read(written_at=written_at)["Date"]) == "Thu, 31 Dec 2026 23:59:00 +0900"
