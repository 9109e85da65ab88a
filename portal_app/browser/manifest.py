"""What a phone or a computer must know to install the portal as an app."""

import json

from portal_app import libraries, routes
from portal_app.browser.words import texts
from portal_app.text import Lang

ADDRESS = "/manifest.webmanifest"
INDIGO, PAPER = "#1f3a5f", "#faf8f4"  # as in portal.css

# Where a long press on the icon leads. Phones show no more than four.
SHORTCUTS = {
    "card.title": routes.CARD,
    "loans.title": routes.LOANS,
    "cart.title": routes.CART,
    "search.title": routes.SEARCH,
}

# Drawn from icon.svg. A maskable one may be cut to a circle, so it has no frame.
ICONS = (
    {"src": "/icon-192.png", "sizes": "192x192", "type": "image/png"},
    {"src": "/icon-512.png", "sizes": "512x512", "type": "image/png"},
    {
        "src": "/icon-maskable-512.png",
        "sizes": "512x512",
        "type": "image/png",
        "purpose": "maskable",
    },
    {"src": "/icon.svg", "sizes": "any", "type": "image/svg+xml"},
)


def written() -> str:
    """Return the manifest of this library's portal. It has room for one language."""
    library = libraries.current()
    manifest = {
        "id": routes.HOME,
        "name": library.name["ja"],
        "short_name": (library.short_name or library.name)["ja"],
        "lang": Lang.JA,
        "dir": "ltr",
        "start_url": routes.HOME,
        "scope": routes.HOME,
        "display": "standalone",
        "theme_color": INDIGO,
        "background_color": PAPER,
        "icons": ICONS,
        "shortcuts": [
            {"name": texts()[title][Lang.JA], "url": address}
            for title, address in SHORTCUTS.items()
        ],
    }
    return json.dumps(manifest, ensure_ascii=False, indent=1)
