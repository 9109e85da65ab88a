"""Series of holds, as a patron sees and arranges them."""

from typing import Self

from playwright.sync_api import Locator, expect

from e2e.pages.base import PortalPage
from portal_app import routes


class HoldSeriesPage(PortalPage):
    """Which holds belong together, and the draft in which they are arranged."""

    route = routes.HOLD_SERIES
    title = "hold_series.title"

    @property
    def dialog(self) -> Locator:
        """Return the question before a series is dissolved."""
        return self.browser.get_by_role("dialog", name=self.say("hold_series.dissolve_question"))

    @property
    def drafted(self) -> Locator:
        """Return what the draft holds."""
        return self._titles_in("hold_series.draft.members")

    def series(self, number: int, kind: str = "in_order") -> Locator:
        """Return a series by its number."""
        said = self.say(f"hold_series.kind.{kind}")
        name = self.say("hold_series.number_with_kind", number=number, kind=said)
        return self.browser.get_by_role("region", name=name)

    def button(self, key: str, **values: object) -> Locator:
        """Return a button of the page."""
        return self.browser.get_by_role("button", name=self.say(key, **values), exact=True)

    def tick(self, *titles: str) -> Self:
        """Choose holds for a new series."""
        for title in titles:
            name = self.say("hold_series.choose_named", title=title)
            self.browser.get_by_role("checkbox", name=name, exact=True).click()
        return self

    def begin(self) -> Self:
        """Begin a series of what is ticked."""
        self.button("hold_series.begin").click()
        return self.should_be_drafting("hold_series.draft.new")

    def regroup(self, number: int) -> Self:
        """Begin to arrange a series."""
        self.button("hold_series.regroup_named", number=number).click()
        return self.should_be_drafting("hold_series.draft.of", number=number)

    def take_in(self, title: str) -> Self:
        """Add a hold to the draft."""
        self.button("hold_series.draft.take_in_named", title=title).click()
        return self

    def take_out(self, title: str) -> Self:
        """Take a hold out of the draft."""
        self.button("hold_series.draft.take_out_named", title=title).click()
        return self

    def save(self) -> Self:
        """Send the draft."""
        self.button("hold_series.draft.save").click()
        expect(self.button("hold_series.draft.save")).to_have_count(0)
        return self

    def dissolve(self, number: int) -> Self:
        """Dissolve a series, and answer the question."""
        self.button("hold_series.dissolve_named", number=number).click()
        answer = self.say("hold_series.dissolve_yes")
        self.dialog.get_by_role("button", name=answer, exact=True).click()
        expect(self.dialog).to_be_hidden()
        return self

    def should_be_drafting(self, key: str, **values: object) -> Self:
        """Check which draft is open, and that one goes on at its heading."""
        heading = self.browser.get_by_role("heading", level=2, name=self.say(key, **values))
        expect(heading).to_be_focused()
        return self

    def should_draft(self, *titles: str) -> Self:
        """Check what the draft holds, in its order."""
        expect(self.drafted).to_have_text(list(titles))
        return self

    def should_show(self, number: int, *titles: str, kind: str = "in_order") -> Self:
        """Check a series as it stands."""
        headings = self.series(number, kind).get_by_role("listitem").get_by_role("heading")
        expect(headings).to_have_text(list(titles))
        return self

    def _titles_in(self, key: str) -> Locator:
        region = self.browser.get_by_role("region", name=self.say(key))
        return region.get_by_role("listitem").get_by_role("heading")
