"""The pictures of the README, so that they show what is served."""

import shutil

import pytest
from playwright.sync_api import expect

from e2e.conftest import PICTURES
from e2e.pages.base import PortalPage
from portal_app import routes
from portal_app.settings import PROJECT


class SearchResults(PortalPage):
    """What a patron finds who types a reading."""

    route = f"{routes.SEARCH}?q=%E3%81%AD%E3%81%93"
    title = "search.title"


class Loans(PortalPage):
    """What a patron has at home."""

    route = routes.LOANS
    title = "loans.title"


@pytest.fixture
def keep(request):
    """Keep a picture, and renew the one in the README when asked to."""

    def keep(page: PortalPage, name: str) -> None:
        taken = PICTURES / f"{name}.png"
        page.browser.screenshot(path=taken)
        if request.config.getoption("pictures"):
            shutil.copy(taken, PROJECT / "docs" / "images" / f"{name}.png")

    return keep


@pytest.mark.parametrize("served", ["kagoshima"], indirect=True)
@pytest.mark.parametrize("device", ["desktop"], indirect=True)
def test_a_picture_of_search_results(visitor, keep):
    page = SearchResults(visitor).open()

    expect(page.browser.get_by_role("main").get_by_role("link").nth(5)).to_be_visible()

    keep(page, "search")


@pytest.mark.parametrize("served", ["koganei"], indirect=True)
@pytest.mark.parametrize("device", ["phone"], indirect=True)
def test_a_picture_of_loans_on_a_phone(hanako_at, keep):
    page = hanako_at(Loans)

    expect(page.browser.get_by_role("button", name=page.say("loans.renew")).first).to_be_visible()

    keep(page, "phone")
