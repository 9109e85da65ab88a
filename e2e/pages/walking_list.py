"""A shelf as it is looked for in the stacks."""

import re
from typing import Self

from playwright.sync_api import Locator, expect

from e2e.pages.base import PortalPage
from portal_app import routes


class WalkingListPage(PortalPage):
    """What stands on a shelf, by branch, room and call number."""

    route = routes.WALKING_LIST
    title = "walking_list.title"
    everything = routes.walking_list("all")

    @property
    def stops(self) -> Locator:
        """Return every line of the list, in the order of the way."""
        return self.browser.get_by_role("main").locator(".stop")

    def open(self) -> Self:
        """Go to the list of all shelves together."""
        return self.open_at("all")

    def open_at(self, shelf_id: str) -> Self:
        """Go to the list of a shelf."""
        self.browser.goto(routes.walking_list(shelf_id))
        return self.arrive()

    def box(self, title: str) -> Locator:
        """Return the boxes of a book, one for each place where it stands."""
        name = self.say("walking_list.tick_named", title=title)
        return self.browser.get_by_role("checkbox", name=name, exact=True)

    def tick(self, title: str) -> Self:
        """Say that a book was found."""
        self.box(title).first.check()
        return self

    def tick_none(self) -> Self:
        """Take every tick away."""
        name = self.say("walking_list.find_none")
        self.browser.get_by_role("button", name=name, exact=True).click()
        return self

    def choose_branch(self, name: str) -> Self:
        """Look for what stands in one branch only."""
        label = self.say("walking_list.branch")
        self.browser.get_by_label(label, exact=True).select_option(label=name)
        return self

    def choose(self, key: str) -> Self:
        """Tick a box that narrows the list."""
        self.browser.get_by_role("checkbox", name=self.say(key), exact=True).check()
        return self

    def should_lead_to(self, *titles: str) -> Self:
        """Check which books are listed, in the order of the way."""
        expect(self.stops.get_by_role("link")).to_have_text(list(titles))
        return self

    def should_have_found(self, *titles: str, count: int) -> Self:
        """Check which books are ticked, and that the page counts them."""
        for title in titles:
            for box in self.box(title).all():
                expect(box).to_be_checked()
        return self.should_say("walking_list.found", count=count, found=len(titles))

    def should_name_branches(self, *names: str) -> Self:
        """Check under which headings the books stand."""
        headings = self.browser.get_by_role("main").get_by_role("heading", level=2)
        expect(headings).to_have_text([re.compile(re.escape(name)) for name in names])
        return self
