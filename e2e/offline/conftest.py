"""A portal that only a link leads to, and devices that can be closed and opened again."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Page, Playwright, expect, sync_playwright

from e2e.browsers import chromium_for, install_japanese_fonts
from e2e.conftest import FAILED, photograph
from e2e.devices import MILLISECONDS_TO_ANSWER, Device
from e2e.ledger import Ledger
from e2e.link import Link
from e2e.pages.base import AnyPage
from e2e.pages.sign_in import SignInPage
from e2e.serving import Serving
from portal_app.browser.words import words_of
from portal_app.text import adopt


@dataclass(frozen=True, slots=True, kw_only=True)
class Remote:
    """A portal, and the only way to it."""

    portal: Serving
    link: Link


class SignIn(Protocol):
    """Signs somebody of the cast in, in this tab, on the way to a page."""

    def __call__(self, tab: Page, name: str, kind: type[AnyPage], /) -> AnyPage: ...


@pytest.fixture(scope="session")
def remote(tmp_path_factory) -> Iterator[Remote]:
    """A portal of Kagoshima behind a link, served once for all tests."""
    folder = tmp_path_factory.mktemp("remote")
    with pytest.MonkeyPatch.context() as environment:
        for name in ("REFLEX_SOCKET_INTERVAL", "REFLEX_SOCKET_TIMEOUT"):
            environment.setenv(name, "2s")  # a dead line is noticed in the same way, but sooner
        with Serving.open_behind_a_link(library="kagoshima", folder=folder) as (portal, link):
            portal.ledger.begin()
            portal.keep_as_found()
            yield Remote(portal=portal, link=link)


@pytest.fixture
def portal(remote: Remote) -> Iterator[Serving]:
    """The portal, with the demonstration as it was in the beginning."""
    remote.portal.make_as_found()
    adopt(words_of(remote.portal.library))
    yield remote.portal
    if not remote.portal.is_serving:
        remote.portal.start()


@pytest.fixture
def link(remote: Remote) -> Iterator[Link]:
    """The link, in order."""
    yield remote.link
    remote.link.mend()


@pytest.fixture
def ledger(portal: Serving) -> Ledger:
    """What patrons have really done."""
    return portal.ledger


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """What starts browsers. It keeps an event loop for itself, so no longer than it must."""
    install_japanese_fonts()
    expect.set_options(timeout=MILLISECONDS_TO_ANSWER)
    with sync_playwright() as it:
        yield it


@pytest.fixture
def device(
    playwright: Playwright, portal: Serving, link: Link, tmp_path: Path, request
) -> Iterator[Device]:
    """A device that nobody has used yet; what goes wrong in it fails the test."""
    device = Device(
        playwright=playwright,
        chromium=chromium_for(playwright, folder=tmp_path),
        profile=tmp_path / "profile",
        address=portal.address,
    )
    yield device
    if any(request.node.stash.get(FAILED, [])):
        for number, tab in enumerate(device.tabs):
            photograph(tab, name=f"failed-{request.node.name}-{number}")
    device.close()
    assert not device.complaints


@pytest.fixture
def sign_in(portal: Serving) -> SignIn:
    """Sign somebody of the cast in: ``sign_in(tab, "Taro", CartPage)``."""

    def sign_in(tab: Page, name: str, kind: type[AnyPage]) -> AnyPage:
        member = portal.cast[name]
        SignInPage(tab).open_on_the_way_to(kind.route).sign_in(
            card_number=member.card_number, password=member.password
        )
        return kind(tab).arrive()

    return sign_in
