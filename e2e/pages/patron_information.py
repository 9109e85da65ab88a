"""The patron's information and what it takes to change it, as they see it."""

from typing import Self

from playwright.sync_api import Locator, expect

from e2e.pages.base import PortalPage
from portal_app import routes


class PatronInformationPage(PortalPage):
    """What the library knows, and the form that changes it."""

    route = routes.PATRON_INFORMATION
    title = "patron_information.many.title"

    @property
    def heading(self) -> Locator:
        """Return the heading, which is another one where there is one address."""
        keys = ("patron_information.many.title", "patron_information.one.title")
        headings = self.browser.get_by_role("heading", level=1)
        return headings.filter(has_text=self.say(keys[0])).or_(
            headings.filter(has_text=self.say(keys[1]))
        )

    def arrive(self) -> Self:
        """Wait until what is known stands there."""
        super().arrive()
        expect(self.field("patron_information.telephone")).to_be_visible()
        return self

    def field(self, key: str, **values: object) -> Locator:
        """Return a field by its label."""
        return self.browser.get_by_label(self.say(key, **values), exact=True)

    def write_address(self, place: int, address: str, *, again: str | None = None) -> Self:
        """Type an address, twice."""
        self.field("patron_information.address", place=place).fill(address)
        repeated = address if again is None else again
        self.field("patron_information.repeated", place=place).fill(repeated)
        return self

    def choose(self, key: str, value: str) -> Self:
        """Choose one of a few things."""
        self.field(key).select_option(value)
        return self

    def press(self, key: str, **values: object) -> Self:
        """Press a button."""
        self.browser.get_by_role("button", name=self.say(key, **values), exact=True).click()
        return self

    def go_on(self) -> "ConfirmInformationPage":
        """Have the form looked at, and arrive where all of it is shown."""
        self.press("patron_information.many.submit")
        return ConfirmInformationPage(self.browser, self.lang).arrive()

    def write_code(self, code: str) -> Self:
        """Type the code from a mail, and send it."""
        # Its label ends in that it must be filled in.
        self.browser.get_by_label(self.say("patron_information.code")).fill(code)
        return self.press("patron_information.prove")

    def should_use(self, masked: str) -> Self:
        """Check that an address is one to which mail goes."""
        region = self.browser.get_by_role("region", name=self.say("patron_information.addresses"))
        expect(region.get_by_role("definition").filter(has_text=masked)).to_be_visible()
        return self


class ConfirmInformationPage(PortalPage):
    """All of it once more. This page alone saves."""

    route = routes.CONFIRM_INFORMATION
    title = "patron_information.confirm.title"

    def visit(self) -> Self:
        """Arrive by way of the form."""
        PatronInformationPage(self.browser, self.lang).open().go_on()
        return self

    def should_show(self, value: str) -> Self:
        """Check that a value stands there."""
        main = self.browser.get_by_role("main")
        expect(main.get_by_role("definition").filter(has_text=value).first).to_be_visible()
        return self

    def go_back(self) -> PatronInformationPage:
        """Change something else."""
        main = self.browser.get_by_role("main")
        main.get_by_role("link", name=self.say("patron_information.confirm.back")).click()
        return PatronInformationPage(self.browser, self.lang).arrive()

    def save(self) -> PatronInformationPage:
        """Save it, and arrive where that is said."""
        name = self.say("patron_information.many.submit")
        self.browser.get_by_role("button", name=name, exact=True).click()
        return PatronInformationPage(self.browser, self.lang).arrive()


class AddressProofPage(PortalPage):
    """Where the link in a mail leads that proves an address."""

    route = routes.CONFIRM_ADDRESS
    title = "address_proof.title"

    def visit(self) -> Self:
        """Follow a link that leads nowhere: the page does not say so before it is pressed."""
        return self.follow_link(routes.confirm_address("A" * 24))

    def follow_link(self, address: str) -> Self:
        """Open the link as it stands in the mail."""
        self.browser.goto(address)
        return self.arrive()

    def confirm(self) -> Self:
        """Press the button."""
        self.browser.get_by_role("button", name=self.say("address_proof.confirm")).click()
        return self
