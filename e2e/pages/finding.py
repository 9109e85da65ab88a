"""Searching where the library cannot be asked, as a patron sees it."""

from typing import Self

from playwright.sync_api import Locator, expect

from e2e.accessibility import barriers_on
from e2e.pages.record import RecordPage
from e2e.pages.search import SearchPage


class FindingPage(SearchPage):
    """What was found on the device itself."""

    @property
    def found(self) -> Locator:
        """Return the part of the page that lists it."""
        return self.browser.get_by_role("region", name=self.say("finding.title"))

    def should_find_here(self, *titles: str) -> Self:
        """Check what was found on this device, in its order."""
        expect(self.found.get_by_role("listitem").get_by_role("heading")).to_have_text(list(titles))
        return self

    def should_find_nothing_here(self) -> Self:
        """Check that the page says so, and where more could be found."""
        return self.should_say("finding.none").should_say("finding.none_advice")

    def should_know_from(self, title: str, source: str) -> Self:
        """Check that a row says how the record came to be on this device."""
        row = self.result(title)
        expect(row.get_by_text(self.say(f"finding.from.{source}"), exact=True)).to_be_visible()
        return self

    def search(self, words: str) -> Self:
        """Search for words on this device."""
        super().search(words)
        return self

    def should_be_accessible(self) -> Self:
        """Check that everybody can use what was found."""
        assert barriers_on(self.browser) == []
        return self


class KnownRecordPage(RecordPage):
    """A record of which a device knows only what a list shows."""

    def should_show_only_a_summary(self, line: str) -> Self:
        """Check that the page says what it shows, and as of when."""
        expect(self.browser.get_by_role("main").get_by_text(line)).to_be_visible()
        expect(self.browser.locator(".as-of")).to_be_visible()
        return self.should_say("record.summary_only")

    def should_be_accessible(self) -> Self:
        """Check that everybody can use what is known of it."""
        assert barriers_on(self.browser) == []
        return self
