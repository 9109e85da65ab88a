"""What comes with the data finds its place: nothing that can be read or pressed moves away."""

import pytest

from e2e.narrowing import only_at, only_on
from e2e.pages.account import AccountPage
from e2e.pages.base import PortalPage
from e2e.pages.cart import CartPage
from e2e.pages.holds import HoldsPage
from e2e.pages.loans import LoansPage
from e2e.pages.shelves import ShelvesPage

# What moves unasked, as browsers add it up: how much of the screen, times how far.
_WATCH = """
window.moved = 0;
new PerformanceObserver((list) => {
  for (const { value, hadRecentInput } of list.getEntries())
    if (!hadRecentInput) window.moved += value;
}).observe({ type: "layout-shift", buffered: true });
"""
A_GOOD_PAGE = 0.1  # https://web.dev/articles/cls

A_SLOW_LINE = {
    "offline": False,
    "latency": 300,  # ms
    "downloadThroughput": 200_000,  # bytes a second
    "uploadThroughput": 90_000,
}


@only_at("kagoshima")
@only_on("phone")
@pytest.mark.parametrize("kind", [AccountPage, LoansPage, HoldsPage, CartPage, ShelvesPage])
def test_a_patrons_page_stands_still_on_a_slow_line(visitor, portal, lang, kind: type[PortalPage]):
    portal.sign_in(visitor.context, "Hanako")
    visitor.add_init_script(_WATCH)
    line = visitor.context.new_cdp_session(visitor)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", A_SLOW_LINE)

    kind(visitor, lang).open()

    assert visitor.evaluate("window.moved") < A_GOOD_PAGE
