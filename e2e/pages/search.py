"""The search and its results, as a patron sees them."""

import re
from typing import Self
from urllib.parse import parse_qsl, urlencode, urlsplit

from playwright.sync_api import Locator, expect

from e2e.pages.base import PortalPage
from e2e.pages.record import RecordPage
from e2e.pages.shelving import Shelving, WithShelving
from portal_app import routes
from portal_app.domain.search import parse, to_params
from portal_app.domain.topics import Topic, search_for


class WithSearchBox(PortalPage):
    """A page from which a patron can search at once."""

    @property
    def box(self) -> Locator:
        """Return the box for what to look for."""
        return self.browser.get_by_role("searchbox", name=self.named("search.box"))

    def search(self, words: str) -> "SearchPage":
        """Search for words, and arrive at what they find."""
        self.search_for(words)
        return SearchPage(self.browser, self.lang).arrive_at(q=words)

    def search_for(self, words: str) -> None:
        """Search for words, whatever else the page asks for with them."""
        self.box.fill(words)
        self._submit()

    def follow_picture(self, topic: Topic) -> "SearchPage":
        """Choose what books are about by its picture, in the mode for children."""
        self.browser.get_by_role("link", name=self.named(f"topics.of.{topic}")).click()
        return SearchPage(self.browser, self.lang).arrive_at(**to_params(search_for(topic)))

    def paste(self, text: str) -> "SearchPage":
        """Search for whatever the box takes of a text."""
        self.box.focus()
        self.browser.keyboard.insert_text(text)
        self._submit()
        return SearchPage(self.browser, self.lang).arrive()

    def _submit(self) -> None:
        box = self.browser.get_by_role("search")
        box.get_by_role("button", name=self.named("search.submit")).click()


class SearchPage(WithSearchBox, WithShelving):
    """What a search finds, and what narrows it down."""

    route = routes.SEARCH
    title = "search.title"

    @property
    def results(self) -> Locator:
        """Return the rows of the results."""
        rows = self.browser.get_by_role("main").get_by_role("listitem")
        return rows.filter(has=self.browser.get_by_role("heading"))

    @property
    def titles(self) -> Locator:
        """Return the titles of the results, in their order."""
        return self.results.get_by_role("heading")

    @property
    def titles_in_order(self) -> list[str]:
        """Return what the titles say once all are there, also of rows not laid out yet."""
        asked = parse(dict(parse_qsl(urlsplit(self.browser.url).query)))
        before = (asked.page - 1) * asked.page_size
        expect(self.titles).to_have_count(min(self.count() - before, asked.page_size))
        return [title.strip() for title in self.titles.all_text_contents()]

    @property
    def marks(self) -> Locator:
        """Return what is marked in the results."""
        return self.browser.get_by_role("main").locator("mark")

    def result(self, title: str) -> Locator:
        """Return the row of a record."""
        heading = self.browser.get_by_role("heading", name=title, exact=True)
        return self.results.filter(has=heading)

    def filter(self, label: str) -> Locator:
        """Return the box of a filter, whose name ends with how many it would leave."""
        name = re.compile(f"^{re.escape(label)}")
        return self.browser.get_by_role("group").get_by_role("checkbox", name=name)

    def visit(self) -> Self:
        """Arrive at a search that finds something."""
        found = self.open_at(q="の")
        expect(found.results.first).to_be_visible()
        return found

    def open_at(self, **asked: str) -> Self:
        """Open the address of a search, as somebody does who was sent it."""
        self.browser.goto(f"{self.route}?{urlencode(asked)}")
        return self.arrive()

    def count(self) -> int:
        """Return how many the page says there are."""
        said = self.browser.get_by_role("heading", level=2).first
        expect(said).to_contain_text(re.compile(r"\d"))
        return int(re.sub(r"\D", "", said.inner_text()))

    def arrive_at(self, **asked: str) -> Self:
        """Wait until the address asks for exactly this, and the page is drawn."""
        self.browser.wait_for_url(lambda url: dict(parse_qsl(urlsplit(url).query)) == asked)
        return self.arrive()

    def open_record(self, title: str) -> RecordPage:
        """Choose a result by its title."""
        self.result(title).get_by_role("link", name=title, exact=True).click()
        return RecordPage(self.browser, self.lang).arrive_at(title)

    def open_nth(self, number: int) -> RecordPage:
        """Choose a result by its place on this page, counted from one."""
        title = self.titles_in_order[number - 1]
        self.results.nth(number - 1).get_by_role("link").click()
        return RecordPage(self.browser, self.lang).arrive_at(title)

    def unfold_filters(self) -> Self:
        """Show the filters, which a phone folds away."""
        panel = self.browser.locator("details", has_text=self.say("search.filters"))
        expect(panel).to_have_attribute("data-decided", "true")
        if panel.get_attribute("open") is None:
            panel.get_by_text(self.say("search.filters")).click()
        return self

    def narrow_down(self, label: str) -> Self:
        """Tick a filter, or untick it."""
        self.unfold_filters()
        self.filter(label).click()
        return self

    def sort_by(self, key: str) -> Self:
        """Put the results in another order."""
        self.browser.get_by_label(self.say("search.sort")).select_option(label=self.say(key))
        return self

    def show_on_a_page(self, how_many: int) -> Self:
        """Show more or fewer results on a page."""
        label = self.say("common.count", count=how_many)
        self.browser.get_by_label(self.say("search.page_size")).select_option(label=label)
        return self

    def turned_to(self, page_number: int) -> Locator:
        """Return the number of the page that is shown."""
        pages = self.browser.get_by_role("navigation", name=self.say("lists.pages"), exact=True)
        return pages.get_by_text(str(page_number), exact=True).and_(
            self.browser.locator("[aria-current=page]")
        )

    def turn_to(self, page_number: int) -> Self:
        """Go to another page of the results."""
        pages = self.browser.get_by_role("navigation", name=self.say("lists.pages"), exact=True)
        link = pages.get_by_role("link", name=self.say("lists.page", number=page_number))
        link.scroll_into_view_if_needed()  # on the way there rows are laid out, and it moves
        link.click()
        return self

    def switch_highlight(self) -> Self:
        """Mark what was searched for, or no longer."""
        self.browser.get_by_role("checkbox", name=self.say("search.highlight")).click()
        return self

    def put_in_cart(self, title: str) -> Self:
        """Put a result in the cart without opening it."""
        self.press_to_cart(title)
        return self.should_say("cart.added", title=title)

    def press_to_cart(self, title: str) -> None:
        """Press the button, whatever comes of it."""
        name = self.say("cart.add_named", title=title)
        self.result(title).get_by_role("button", name=name, exact=True).click()

    def choose(self, *titles: str) -> Self:
        """Tick results."""
        for title in titles:
            self.choice(title).click()
            expect(self.choice(title)).to_be_checked()
        return self

    def choice(self, title: str) -> Locator:
        """Return the box of a result."""
        return self.result(title).get_by_role("checkbox")

    def choose_page(self) -> Self:
        """Tick all results of this page."""
        self._press("lists.select_all")
        return self

    def choose_none(self) -> Self:
        """Tick nothing any more."""
        self._press("lists.select_none")
        return self

    def shelve_chosen(self) -> Shelving:
        """Ask where the ticked results shall go."""
        self._press("shelf_choice.shelve_chosen")
        return Shelving(self)

    def put_chosen_in_cart(self) -> Self:
        """Put the ticked results in the cart."""
        self._press("cart.add_chosen")
        return self

    def should_have_chosen(self, count: int) -> Self:
        """Check how many are ticked, on whichever page."""
        main = self.browser.get_by_role("main")
        if not count:
            expect(main.get_by_text(re.compile(self._any_number_chosen()))).to_have_count(0)
            return self
        expect(main.get_by_text(self.say("lists.chosen", count=count)).last).to_be_visible()
        return self

    def _any_number_chosen(self) -> str:
        return re.escape(self.say("lists.chosen", count="0")).replace("0", r"\d+")

    def _press(self, key: str) -> None:
        main = self.browser.get_by_role("main")
        main.get_by_role("button", name=self.say(key), exact=True).click()

    def should_find(self, count: int) -> Self:
        """Check how many were found."""
        return self.should_say("search.count", count=count)

    def should_list(self, *titles: str) -> Self:
        """Check what was found, in its order."""
        expect(self.titles).to_have_text(list(titles))
        return self

    def should_not_have_ticked(self, label: str) -> Self:
        """Check that a filter does not hold."""
        self.unfold_filters()
        expect(self.filter(label)).not_to_be_checked()
        return self

    def should_have_ticked(self, label: str) -> Self:
        """Check that a filter holds."""
        self.unfold_filters()
        expect(self.filter(label)).to_be_checked()
        return self
