"""The page where everybody comes in, as they see it."""

from e2e.pages.search import WithSearchBox
from portal_app import routes


class HomePage(WithSearchBox):
    """Where everybody comes in."""

    route = routes.HOME
    title = "home.title"
