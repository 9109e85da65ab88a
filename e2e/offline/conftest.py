"""A portal that only a link leads to, and devices that can be closed and opened again."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from typing import Protocol

import pytest
from playwright.sync_api import Page, Playwright, expect, sync_playwright

from e2e.browsers import chromium_for, install_japanese_fonts
from e2e.conftest import FAILED, photograph
from e2e.devices import MILLISECONDS_TO_ANSWER, Device
from e2e.ledger import Ledger
from e2e.link import Link
from e2e.offline.stores import copies_in, has_every_book
from e2e.pages.account import AccountPage
from e2e.pages.base import AnyPage
from e2e.pages.sign_in import SignInPage
from e2e.serving import Serving
from e2e.waiting import until
from portal_app.browser.words import words_of
from portal_app.text import adopt

EVERY_COPY = {
    *("AccountState", "CardState", "CartState", "HoldsState", "LoansState", "ShelvesState"),
}


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


@pytest.fixture(scope="session")
def hanakos_first_visit(remote: Remote, tmp_path_factory) -> Path:
    """A profile in which Hanako has signed in, and everything of hers is kept.

    Her session is in the database from then on, since a device without one would
    have to sign in before each test.
    """
    portal, folder = remote.portal, tmp_path_factory.mktemp("hanako")
    portal.make_as_found()
    adopt(words_of(portal.library))
    install_japanese_fonts()
    with sync_playwright() as playwright:
        device = device_at(portal, playwright, profile=folder / "profile")
        account = sign_in_at(portal, device.open(), "Hanako", AccountPage)
        device.be_ready(account.browser)
        account.arrive()
        until(lambda: copies_in(account.browser) >= EVERY_COPY)
        until(lambda: has_every_book(account.browser))  # they come a moment after their shelves
        device.close()
    portal.keep_as_found()
    return device.profile


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """Where the device keeps what it keeps: nothing yet."""
    return tmp_path / "profile"


@pytest.fixture
def hanakos_profile(hanakos_first_visit: Path, tmp_path: Path) -> Path:
    """Where Hanako's device keeps what it has kept at her first visit."""
    return copytree(hanakos_first_visit, tmp_path / "profile")


@pytest.fixture
def device(
    playwright: Playwright, profile: Path, portal: Serving, link: Link, request
) -> Iterator[Device]:
    """A device with a profile; what goes wrong in it fails the test."""
    yield from _watched(device_at(portal, playwright, profile=profile), request)


@pytest.fixture
def elsewhere(
    playwright: Playwright, hanakos_first_visit: Path, tmp_path: Path, remote: Remote, request
) -> Iterator[Device]:
    """Hanako's other device, which reaches the portal whatever is done to the link."""
    profile = copytree(hanakos_first_visit, tmp_path / "elsewhere" / "profile")
    device = device_at(remote.portal, playwright, profile=profile)
    to_portal = f"MAP localhost:{remote.link.port} 127.0.0.1:{remote.link.to_port}"
    device.switches = (f"--host-resolver-rules={to_portal}",)
    yield from _watched(device, request)


@pytest.fixture
def sign_in(portal: Serving) -> SignIn:
    """Sign somebody of the cast in: ``sign_in(tab, "Taro", CartPage)``."""

    def sign_in(tab: Page, name: str, kind: type[AnyPage]) -> AnyPage:
        return sign_in_at(portal, tab, name, kind)

    return sign_in


def device_at(portal: Serving, playwright: Playwright, *, profile: Path) -> Device:
    """Return a device for a portal, switched off."""
    return Device(
        playwright=playwright,
        chromium=chromium_for(playwright, folder=profile.parent),
        profile=profile,
        address=portal.address,
    )


def sign_in_at(portal: Serving, tab: Page, name: str, kind: type[AnyPage]) -> AnyPage:
    """Sign somebody in on the way to a page."""
    member = portal.cast[name]
    SignInPage(tab).open_on_the_way_to(kind.route).sign_in(
        card_number=member.card_number, password=member.password
    )
    return kind(tab).arrive()


def _watched(device: Device, request: pytest.FixtureRequest) -> Iterator[Device]:
    yield device
    if any(request.node.stash.get(FAILED, [])):
        for number, tab in enumerate(device.tabs):
            name = f"failed-{request.node.name}-{device.profile.parent.name}-{number}"
            photograph(tab, name=name)
    device.close()
    assert not device.complaints
