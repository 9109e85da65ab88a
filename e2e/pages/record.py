"""One record in full, as a patron sees it."""

from typing import TYPE_CHECKING, Self

from playwright.sync_api import Locator, expect

from e2e.pages.shelving import WithShelving
from e2e.pages.sign_in import SignInPage
from portal_app import routes

if TYPE_CHECKING:
    from e2e.pages.search import SearchPage


class RecordPage(WithShelving):
    """A record, its items, and what stands beside it in the results."""

    route = routes.RECORD
    title = "record.title"

    @property
    def button(self) -> Locator:
        """Return what puts this record in the cart, or says why it cannot."""
        return self.browser.get_by_role("main").get_by_role("button", name=self.say("cart.add"))

    def visit(self) -> Self:
        """Arrive at the first record of the catalogue."""
        self.browser.goto(routes.record(1))
        self.arrive()
        expect(self.browser.get_by_role("heading", level=2).first).to_be_visible()
        return self

    def visit_nothing(self) -> Self:
        """Arrive by the address of a record that is none."""
        self.browser.goto(routes.record(987_654_321))
        return self.arrive().should_say("record.none")

    def arrive_at(self, title: str) -> Self:
        """Wait until this record is shown."""
        self.arrive()
        name = self.browser.get_by_role("heading", level=2, name=title, exact=True)
        expect(name).to_be_visible()
        return self

    def put_in_cart(self, title: str) -> Self:
        """Put the record in the cart."""
        self.press_to_cart(title)
        return self.should_say("cart.added", title=title)

    def wish_for(self, title: str) -> SignInPage:
        """Ask for the record as a stranger, and arrive where one signs in."""
        self.press_to_cart(title)
        return SignInPage(self.browser, self.lang).arrive()

    def ask_for_alert(self) -> SignInPage:
        """Ask as a stranger to hear of new arrivals like this, and arrive where one signs in."""
        article = self.browser.get_by_role("article")
        article.get_by_role("link", name=self.say("alerts.title"), exact=True).click()
        return SignInPage(self.browser, self.lang).arrive()

    def press_to_cart(self, title: str) -> None:
        """Press the button, whatever comes of it."""
        name = self.say("cart.add_named", title=title)
        self.browser.get_by_role("button", name=name, exact=True).click()

    def should_stand_on(self, *names: str) -> Self:
        """Check on which shelves the page says that the record stands."""
        expect(self.browser.locator(".standing-on a")).to_have_text(list(names))
        return self

    def go_to_next(self, title: str) -> Self:
        """Go to the record that stands next in the results."""
        return self._turn("common.next", title)

    def go_to_previous(self, title: str) -> Self:
        """Go to the record that stands before in the results."""
        return self._turn("common.previous", title)

    def go_back_to_results(self) -> "SearchPage":
        """Return to the page of results that holds this record."""
        from e2e.pages.search import SearchPage  # noqa: PLC0415  each leads to the other

        self.browser.get_by_role("link", name=self.say("record.to_results")).click()
        return SearchPage(self.browser, self.lang).arrive()

    def should_offer_nothing(self) -> Self:
        """Check that nothing can be done with the record."""
        expect(self.browser.get_by_role("article").get_by_role("button")).to_have_count(0)
        return self

    def should_stand_at(self, position: int, *, count: int) -> Self:
        """Check 「N件中、M件目」."""
        return self.should_say("record.position", count=count, position=position)

    def _turn(self, key: str, title: str) -> Self:
        beside = self.browser.get_by_role("navigation", name=self.say("lists.neighbours"))
        beside.get_by_role("link", name=self.say(key)).click()
        return self.arrive_at(title)
