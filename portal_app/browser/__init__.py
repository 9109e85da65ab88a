"""What runs in the browser: words, display settings, and the plugin that builds them in."""

from importlib.resources import files

import reflex as rx

from portal_app.browser import manifest, words


def prepare(app: rx.App) -> rx.App:
    """Make an app ours: our words, our head, and none of Reflex's overlays.

    Reflex's connection overlay speaks English to patrons and brings a toaster
    of 10 kB; components/connection.py says it in the patron's language.
    """
    words.texts()
    app.html_lang = "ja"
    app.html_custom_attrs = {
        "data-palette": "standard",
        "data-mode": "adult",
        "data-size": "medium",
    }
    app.toaster = None
    app.reset_style = False
    app.stylesheets = ["/portal.css"]
    app.app_wraps.pop((5, "Overlay"), None)
    app.head_components = [*app.head_components, *_head()]
    return app


def _head() -> list[rx.Component]:
    before_paint = (files(__name__) / "before_paint.js").read_text("utf-8")
    return [
        rx.el.script(before_paint),
        rx.el.link(rel="icon", href="/icon.svg", type="image/svg+xml"),
        rx.el.link(rel="apple-touch-icon", href="/apple-touch-icon.png"),
        rx.el.link(rel="manifest", href=manifest.ADDRESS),
        rx.el.meta(name="theme-color", content=manifest.INDIGO),
    ]
