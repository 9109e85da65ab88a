"""What the library promises about accessibility, as anybody reads it."""

from e2e.pages.base import PortalPage
from portal_app import routes


class AccessibilityPage(PortalPage):
    """アクセシビリティ方針."""

    route = routes.ACCESSIBILITY
    title = "accessibility.title"


class AccessibilityResultsPage(PortalPage):
    """What the checks have found."""

    route = routes.ACCESSIBILITY_RESULTS
    title = "accessibility.results.title"
