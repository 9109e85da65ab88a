"""The portal as it was before a state was taken out: pages of today do not understand it."""

import reflex as rx

from portal_app.portal_app import app

__all__ = ["app"]


class FormerState(rx.State):
    """What the pages of that release had, and those of today have not."""

    notice: str = ""
