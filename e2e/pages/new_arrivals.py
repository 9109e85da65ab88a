"""What is new in the catalogue, as a patron sees it."""

from typing import Self

from e2e.pages.search import SearchPage
from portal_app import routes


class NewArrivalsPage(SearchPage):
    """新着資料: rows like those of a search, and a form that narrows them down."""

    route = routes.NEW_ARRIVALS
    title = "new_arrivals.title"

    def visit(self) -> Self:
        """Arrive, whether anything is new or not."""
        return self.open()

    def show(self, field: str, label: str) -> Self:
        """Choose in one of the form's lists, and show what is new of that kind."""
        main = self.browser.get_by_role("main")
        main.get_by_label(self.say(field)).select_option(label=self.say(label))
        main.get_by_role("button", name=self.say("new_arrivals.show"), exact=True).click()
        return self
