"""./portal --lan: an authority of its own, a page that hands it out, and codes that lead there."""

import datetime as dt
import re
import socket
import ssl
import stat
import threading
from contextlib import suppress
from http import HTTPStatus
from ipaddress import ip_address

import httpx
import pytest
import zxingcpp
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID
from PIL import Image
from rich.console import Console

from e2e.ports import first_of_two_free_ports
from portal_app.cli import trust_page
from portal_app.cli.certificates import Authority
from portal_app.cli.lan import Lan
from portal_app.cli.refusals import WrongUse
from portal_app.settings import Settings
from portal_app.text import offered, written

NOW = dt.datetime.now(dt.UTC)
LAPTOP = (ip_address("127.0.0.1"), ip_address("192.168.1.5"))


@pytest.fixture
def authority(tmp_path) -> Authority:
    return Authority.kept_in(tmp_path, host="laptop", now=NOW)


@pytest.fixture
def lan(tmp_path, free_port) -> Lan:
    """The portal as served to this machine alone, and over https all the same."""
    return Lan.join(Settings(folder=tmp_path, host="127.0.0.1", port=free_port))


@pytest.fixture
def free_port() -> int:
    """A port that nobody has, nor the next one."""
    return first_of_two_free_ports()


def test_the_authority_is_made_once_and_nobody_else_may_read_it(authority, tmp_path):
    later = NOW + dt.timedelta(days=300)

    again = Authority.kept_in(tmp_path, host="laptop", now=later)

    assert again.fingerprint == authority.fingerprint
    assert [stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()] == [0o600]


def test_an_authority_that_has_grown_old_is_made_anew(authority, tmp_path):
    last_days = authority.certificate.not_valid_after_utc - dt.timedelta(days=7)

    again = Authority.kept_in(tmp_path, host="laptop", now=last_days)

    assert again.fingerprint != authority.fingerprint


@pytest.mark.parametrize("seen_as", ["127.0.0.1", "192.168.1.5", "laptop.local"])
def test_who_trusts_the_authority_trusts_the_server(authority, tmp_path, seen_as):
    served = certify(authority, tmp_path)

    assert shakes_hands(served, seen_as=seen_as) == ""


def test_who_does_not_trust_it_is_warned(authority, tmp_path):
    served = certify(authority, tmp_path)
    stranger = Authority.kept_in(tmp_path / "another", host="laptop", now=NOW)
    served.authority.write_bytes(stranger.pem)

    assert "verify failed" in shakes_hands(served, seen_as="192.168.1.5")


def test_the_server_is_not_taken_for_another_address(authority, tmp_path):
    served = certify(authority, tmp_path)

    assert "mismatch" in shakes_hands(served, seen_as="192.168.1.6")


@pytest.mark.parametrize(
    ("addresses", "names"),
    [
        (LAPTOP, ["laptop.local", "bank.example"]),
        ((*LAPTOP, ip_address("203.0.113.9")), ["laptop.local"]),
    ],
)
def test_the_authority_vouches_for_nothing_outside_such_a_network(
    authority, tmp_path, addresses, names
):
    served = authority.certify(addresses=addresses, names=names, folder=tmp_path, now=NOW)

    assert "permitted subtree violation" in shakes_hands(served, seen_as="192.168.1.5")


def test_a_certificate_lives_as_long_as_browsers_want_and_for_servers_alone(authority, tmp_path):
    served = certify(authority, tmp_path)

    certificate = x509.load_pem_x509_certificate(served.certificate.read_bytes())

    uses = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(uses) == [ExtendedKeyUsageOID.SERVER_AUTH]
    life = certificate.not_valid_after_utc - certificate.not_valid_before_utc
    assert life <= dt.timedelta(days=31)


def test_everything_the_portal_says_of_itself_is_the_address_of_the_network(lan, free_port):
    assert lan.settings.origin == f"https://127.0.0.1:{free_port}"
    assert lan.page == f"http://127.0.0.1:{free_port + 1}"
    assert lan.settings.environment()["PORTAL_ORIGIN"] == lan.settings.origin


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({"host": "8.8.8.8"}, "8.8.8.8"),
        ({"host": "reading-room"}, "reading-room"),
        ({"host": "127.0.0.1", "origin": "https://portal.library.example"}, "PORTAL_ORIGIN"),
        ({"host": "127.0.0.1", "origin": "http://127.0.0.1:8300"}, "PORTAL_ORIGIN"),
    ],
)
def test_what_no_tablet_could_open_is_refused(tmp_path, chosen, words):
    with pytest.raises(WrongUse, match=re.escape(words)):
        Lan.join(Settings(folder=tmp_path, **chosen))

    assert not list(tmp_path.iterdir())


def test_a_name_of_the_machine_may_be_chosen(tmp_path):
    chosen = {"host": "127.0.0.1", "port": 8345, "origin": "https://localhost:8345"}

    assert Lan.join(Settings(folder=tmp_path, **chosen)).settings.origin == chosen["origin"]


@pytest.mark.parametrize("width", [80, 40])
def test_a_camera_reads_the_codes(lan, width):
    console = Console(width=width)
    with console.capture() as seen:
        console.print(lan.codes(width=width))

    assert codes_in(seen.get()) == {lan.settings.origin, lan.page}


def test_the_page_hands_the_certificate_out(lan):
    lan.hand_out_certificate()

    certificate = httpx.get(f"{lan.page}{trust_page.CERTIFICATE}")
    page = httpx.get(f"{lan.page}/?lang=en")

    assert certificate.headers["content-type"] == "application/x-x509-ca-cert"
    assert certificate.content == lan.authority.pem
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert lan.authority.fingerprint in page.text
    assert f'href="{lan.settings.origin}"' in page.text
    assert '<html lang="en"' in page.text


def test_the_page_speaks_japanese_unless_english_is_asked_for(lan):
    lan.hand_out_certificate()

    page = httpx.get(lan.page)
    english = httpx.get(lan.page, headers={"Accept-Language": "en-US,en;q=0.9"})

    assert '<html lang="ja"' in page.text
    assert '<html lang="en"' in english.text


@pytest.mark.parametrize("path", ["/authority.pem", "/../lan/authority.pem", "/server.key"])
def test_the_page_hands_out_nothing_else(lan, path):
    lan.hand_out_certificate()

    assert httpx.get(f"{lan.page}{path}").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("lang", offered())
def test_the_page_says_every_word_that_is_written_for_it(authority, lang):
    page = trust_page.drawn(lang, portal="https://192.168.1.5:8300", authority=authority)

    longest_parts = {
        key: max(re.split(r"\{\w+\}|'", texts[lang]), key=len)
        for key, texts in written().items()
        if key.startswith("lan.")
    }
    assert longest_parts
    assert not {key for key, part in longest_parts.items() if part not in page}


def certify(authority, folder):
    return authority.certify(addresses=LAPTOP, names=["laptop.local"], folder=folder, now=NOW)


def shakes_hands(served, *, seen_as) -> str:
    """Return what a strict client has against a server, over a connection of this process."""
    here, there = socket.socketpair()
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(served.certificate, served.key)
    client = ssl.create_default_context(cafile=served.authority)
    client.verify_flags |= ssl.VERIFY_X509_STRICT

    def answer() -> None:
        with suppress(OSError):
            server.wrap_socket(there, server_side=True).close()
        there.close()

    answering = threading.Thread(target=answer)
    answering.start()
    try:
        client.wrap_socket(here, server_hostname=seen_as).close()
    except ssl.SSLCertVerificationError as refusal:
        return str(refusal)
    else:
        return ""
    finally:
        here.close()
        answering.join()


def codes_in(text: str) -> set[str]:
    """Return what a camera reads on a terminal that is black and writes in white."""
    lines = text.splitlines()
    image = Image.new("1", (max(map(len, lines)), len(lines) * 2))
    for row, line in enumerate(lines):
        for column, character in enumerate(line):
            image.putpixel((column, 2 * row), character in "█▀")
            image.putpixel((column, 2 * row + 1), character in "█▄")
    large = image.resize((image.width * 4, image.height * 4))
    return {code.text for code in zxingcpp.read_barcodes(large.convert("L"))}
