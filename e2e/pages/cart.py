"""The cart, the confirmation and the result, as a patron sees them."""

import re
from typing import Self

from playwright.sync_api import Locator, expect

from e2e.pages.base import PortalPage
from e2e.pages.holds import HoldsPage
from e2e.pages.shelving import WithShelving
from portal_app import routes


class CartPage(WithShelving):
    """What waits to be placed on hold."""

    route = routes.CART
    title = "cart.title"

    @property
    def lines(self) -> Locator:
        """Return what is in the cart."""
        return _records(self.browser.get_by_role("main"))

    @property
    def button(self) -> Locator:
        """Return the button that leads to the confirmation of ordinary holds."""
        names = "|".join(re.escape(self.say(key)) for key in _ORDINARY)
        return self.browser.get_by_role("button", name=re.compile(f"^({names})$"))

    @property
    def together(self) -> Locator:
        """Return the button that leads to the confirmation of holds that go together."""
        return self.browser.get_by_role("button", name=self.say("cart.together.together"))

    def line(self, title: str) -> Locator:
        """Return one record in the cart."""
        heading = self.browser.get_by_role("heading", name=title, exact=True)
        return self.lines.filter(has=heading)

    def remove(self, title: str) -> Self:
        """Take one record out of the cart."""
        line = self.line(title)
        name = self.say("cart.remove_named", title=title)
        line.get_by_role("button", name=name, exact=True).click()
        expect(line).to_have_count(0)
        return self

    def choose(self, title: str) -> Self:
        """Tick a record."""
        self.box(title).click()
        expect(self.box(title)).to_be_checked()
        return self

    def choose_all(self) -> Self:
        """Tick everything."""
        self.browser.get_by_role("button", name=self.say("lists.select_all")).first.click()
        for box in self.lines.get_by_role("checkbox").all():
            expect(box).to_be_checked()
        return self

    def choose_none(self) -> Self:
        """Untick everything."""
        self.browser.get_by_role("button", name=self.say("lists.select_none")).first.click()
        for box in self.lines.get_by_role("checkbox").all():
            expect(box).not_to_be_checked()
        return self

    def pick_up_at(self, branch: str) -> Self:
        """Choose the pickup branch by its name."""
        select = self.browser.get_by_label(self.say("cart.pickup_branch"))
        select.select_option(label=branch)
        return self

    def want_until(self, day: str) -> Self:
        """Say until when the holds are wanted: an ISO date, or nothing."""
        self.browser.get_by_label(self.say("cart.expires_on")).fill(day)
        return self

    def check(self) -> "ConfirmHoldsPage":
        """Go on to the confirmation."""
        self.submit()
        return ConfirmHoldsPage(self.browser, self.lang).arrive()

    def check_together(self) -> "ConfirmHoldsPage":
        """Go on to the confirmation of holds that go together (K-28)."""
        self.together.click()
        return ConfirmHoldsPage(self.browser, self.lang).arrive()

    def submit(self) -> Self:
        """Send what is chosen, wherever that leads."""
        self.button.click()
        return self

    def box(self, title: str) -> Locator:
        """Return the box that chooses a record."""
        return self.line(title).get_by_role("checkbox")

    def should_hold(self, *titles: str) -> Self:
        """Check what is in the cart, in its order."""
        headings = self.lines.get_by_role("heading")
        expect(headings).to_have_text(list(titles))
        return self

    def should_be_empty(self) -> Self:
        """Check that nothing is in the cart."""
        return self.should_say("cart.none")

    def should_refuse(self, title: str, key: str, **values: object) -> Self:
        """Check the reason that a record gives."""
        expect(self.line(title)).to_contain_text(self.say(key, **values))
        return self


class ConfirmHoldsPage(PortalPage):
    """What is about to be placed on hold."""

    route = routes.CONFIRM_HOLDS
    title = "cart.confirm.title"

    @property
    def lines(self) -> Locator:
        """Return what is about to be placed on hold."""
        return _records(self.browser.get_by_role("main"))

    @property
    def button(self) -> Locator:
        """Return the button that places the holds."""
        return self.browser.get_by_role("button", name=self.say("cart.confirm.place"))

    def visit(self) -> Self:
        """Arrive with everything in the cart chosen."""
        CartPage(self.browser, self.lang).open().choose_all().check()
        return self

    def place(self) -> "HoldsPlacedPage":
        """Place the holds."""
        self.button.click()
        return HoldsPlacedPage(self.browser, self.lang).arrive()

    def place_with_a_double_click(self) -> "HoldsPlacedPage":
        """Place the holds as somebody does who double-clicks everything."""
        self.button.dblclick()
        return HoldsPlacedPage(self.browser, self.lang).arrive()

    def confirm_at(self, kind: str, *, place: int) -> Self:
        """Choose the address at which the holds are confirmed by mail (K-29)."""
        expect(self.browser.get_by_label(self.say("letters.confirm_placed"))).to_be_checked()
        where = self.browser.get_by_label(self.say("letters.confirm_placed_to"))
        where.select_option(label=self.say(f"letters.choice.{kind}", place=place))
        return self

    def choose_kind(self, kind: str) -> Self:
        """Say how what goes together is to be lent: ``in_order`` or ``any_one``."""
        name = self.say(f"hold_series.draft.kind_is.{kind}")
        self.browser.get_by_role("radio", name=name, exact=True).click()
        return self

    def should_be_in_order(self, *titles: str) -> Self:
        """Check what is about to be placed, in its order."""
        expect(self.lines.get_by_role("heading")).to_have_text(list(titles))
        return self

    def should_be_placed_as(self, kind: str) -> Self:
        """Check the kind of holds that the page names (K-29)."""
        said = self.say(f"cart.confirm.kind_is.{kind}")
        facts = self.browser.get_by_role("main").get_by_role("definition")
        expect(facts.first).to_have_text(said)
        return self

    def go_back(self) -> CartPage:
        """Change one's mind."""
        main = self.browser.get_by_role("main")
        main.get_by_role("link", name=self.say("cart.confirm.back")).click()
        return CartPage(self.browser, self.lang).arrive()


class HoldsPlacedPage(PortalPage):
    """What became of the request."""

    route = routes.HOLDS_PLACED
    title = "cart.placed.title"

    def visit(self) -> Self:
        """Arrive by placing what is in the cart on hold."""
        ConfirmHoldsPage(self.browser, self.lang).visit().place()
        return self

    def outcome(self, title: str) -> Locator:
        """Return what became of one record."""
        heading = self.browser.get_by_role("heading", name=title, exact=True)
        return _records(self.browser.get_by_role("main")).filter(has=heading)

    def should_have_placed(self, title: str, *, place: int) -> Self:
        """Check that a record is on hold, and in which place."""
        expect(self.outcome(title)).to_contain_text(self.say("cart.placed.place", place=place))
        return self

    def should_have_refused(self, title: str, key: str, **values: object) -> Self:
        """Check that a record is not on hold, and why."""
        expect(self.outcome(title)).to_contain_text(self.say(key, **values))
        return self

    def go_to_holds(self) -> HoldsPage:
        """Look at all holds."""
        self.browser.get_by_role("link", name=self.say("cart.placed.to_holds")).click()
        return HoldsPage(self.browser, self.lang).arrive()

    def go_to_cart(self) -> CartPage:
        """Look into the cart again."""
        main = self.browser.get_by_role("main")
        main.get_by_role("link", name=self.say("cart.look"), exact=True).click()
        return CartPage(self.browser, self.lang).arrive()


_ORDINARY = ("cart.place_as.ordinary", "cart.together.ordinary")


def _records(within: Locator) -> Locator:
    return within.get_by_role("listitem").filter(has=within.page.get_by_role("heading"))
