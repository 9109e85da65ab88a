"""./portal --lan: what a tablet meets that trusts its certificate, and what another does."""

import os
import re
import ssl
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import load_pem_x509_certificate
from playwright.sync_api import Error, Playwright, expect, sync_playwright

from e2e.browsers import chromium_for
from e2e.devices import MILLISECONDS_TO_ANSWER, Device
from e2e.pages.card import CardPage
from e2e.pages.sign_in import SignInPage
from e2e.ports import first_of_two_free_ports
from e2e.test_serving import what_it_says
from portal_app import libraries
from portal_app.browser.words import words_of
from portal_app.cli.trust_page import CERTIFICATE
from portal_app.settings import PREFIX, PROJECT
from portal_app.text import adopt

CARD_AND_PASSWORD = re.compile(r"│ (\d{10}) +│ (\S+) +│")


@pytest.fixture
def playwright() -> Iterator[Playwright]:
    adopt(words_of(libraries.load("kagoshima")))
    expect.set_options(timeout=MILLISECONDS_TO_ANSWER)
    with sync_playwright() as it:
        yield it


@pytest.fixture
def command(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """./portal --lan, in the one network that every machine is in: its own."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    chosen = {"PORTAL_FOLDER": str(tmp_path / "portal"), "PORTAL_HOST": "127.0.0.1"}
    with subprocess.Popen(
        [sys.executable, "-m", "portal_app.cli", "serve", "--lan"],
        cwd=PROJECT,
        env={**inherited, **chosen, "PORTAL_PORT": str(first_of_two_free_ports())},
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        yield running
        if running.poll() is None:
            running.terminate()


def test_a_tablet_that_trusts_the_portal_has_an_offline_part(command, playwright, tmp_path):
    said = what_it_says(command)
    [portal] = set(re.findall(r"https://127\.0\.0\.1:\d+(?=\s)", said))
    [page_of_certificate] = set(re.findall(r"http://127\.0\.0\.1:\d+", said))
    authority = httpx.get(f"{page_of_certificate}{CERTIFICATE}").content
    page = httpx.get(portal, verify=ssl.create_default_context(cadata=authority.decode()))
    assert 'lang="ja"' in page.text
    assert "strict-transport-security" not in page.headers

    stranger, tablet = (
        Device(
            playwright=playwright,
            chromium=chromium_for(playwright, folder=tmp_path),
            profile=tmp_path / name,
            address=portal,
            switches=switches,
        )
        for name, switches in (("stranger", ()), ("tablet", (trust_in(authority),)))
    )
    with pytest.raises(Error, match="ERR_CERT_AUTHORITY_INVALID"):
        stranger.open().goto(portal)
    stranger.close()

    tab = tablet.open()
    card_number, password = CARD_AND_PASSWORD.findall(said)[0]
    SignInPage(tab).open().sign_in(card_number=card_number, password=password)
    card = CardPage(tab).open()
    tablet.be_ready(tab)
    card.arrive()
    expect(card.browser.locator("[aria-busy=true]")).to_have_count(0)
    command.terminate()
    assert command.wait(timeout=20) == 0

    tab.reload()

    expect(CardPage(tab).arrive().barcode).to_be_visible()
    assert not tablet.complaints
    tablet.close()


def trust_in(authority: bytes) -> str:
    """Return what makes Chromium trust whatever the authority has vouched for."""
    key = load_pem_x509_certificate(authority).public_key()
    encoded = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    digest = b64encode(sha256(encoded).digest()).decode()
    return f"--ignore-certificate-errors-spki-list={digest}"
