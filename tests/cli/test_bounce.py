"""./portal bounce: who has our letter may say that nobody reads it, and nobody else."""

import io
import sys
from types import SimpleNamespace

import pytest

from portal_app.cli import bounce, main
from portal_app.domain.mail import sealed
from tests.conftest import NOW
from tests.exchange.returned_samples import HOME, SAMPLES, sample
from tests.jobs.conftest import address_of, messages, reads_at

KEY = "a key of the tests"
LETTER = "0123456789abcdef" * 2


@pytest.fixture
def return_mail(monkeypatch, database_url):
    """Hand a mail to the command, and return its exit status."""
    monkeypatch.setenv("PORTAL_DATABASE_URL", database_url)
    monkeypatch.setenv("PORTAL_KEY", KEY)

    def hand(mail: bytes) -> int:
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(mail)))
        monkeypatch.setattr(sys, "argv", ["portal", "bounce"])
        return main()

    return hand


def ours(address: str = HOME) -> str:
    """Return the number in a letter that we wrote to an address."""
    return sealed(LETTER, address=address, key=KEY.encode())


@pytest.mark.parametrize("server", SAMPLES)
@pytest.mark.parametrize("status", ["5.1.1", "5.0.0", "5.2.1"])
def test_where_nobody_reads_is_noted_once_and_its_patron_hears_of_it(
    library, hanako, return_mail, capsys, server, status
):
    reads_at(hanako, "Hanako@example.jp", now=NOW)

    for _ in range(2):
        assert return_mail(sample(server, number=ours(), status=status)) == 0

    assert address_of(hanako).refused_at is not None
    [message] = messages()
    assert (message.patron_id, message.subject) == (hanako, "メールが戻ってきました")
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    "mail",
    [
        sample("postfix", number=ours(), status="4.4.7"),
        sample("postfix", number=ours(), status="5.2.2"),
        sample("postfix", number=ours(), status="5.7.1"),
        sample("postfix", number=ours(), action="delayed"),
        sample("postfix", number=f"{LETTER}.{'0' * 24}"),
        sample("postfix", number=ours("ken@example.jp")),
        sample("out_of_office", number=ours()),
        b"Subject: hello\r\n\r\nhanako@example.jp 5.1.1",
        b"",
    ],
    ids=[
        "later", "full", "not allowed", "delayed", "forged", "written to another", "away",
        "a stranger", "nothing",
    ],
)  # fmt: skip
def test_other_mail_changes_nothing_and_is_passed_over_in_silence(
    library, hanako, return_mail, capsys, mail
):
    reads_at(hanako, HOME, now=NOW)

    assert return_mail(mail) == 0

    assert address_of(hanako).refused_at is None
    assert messages() == []
    assert capsys.readouterr() == ("", "")


def test_without_a_database_the_mail_server_is_asked_to_try_again(monkeypatch, tmp_path):
    (tmp_path / "portal.db").mkdir()
    monkeypatch.setenv("PORTAL_DATABASE_URL", f"sqlite:///{tmp_path}/portal.db")
    monkeypatch.setenv("PORTAL_KEY", KEY)
    mail = io.BytesIO(sample("postfix", number=ours()))
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=mail))

    assert bounce.bounce() == bounce.TRY_AGAIN
