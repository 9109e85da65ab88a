"""Links inside the portal, which change the page without loading it anew."""

import reflex as rx
from reflex_components_core.el.elements.inline import A


class Link(A):
    """A link of the router: it works without a connection too."""

    library = "react-router"
    tag = "Link"
    alias = "RouterLink"

    to: rx.Var[str]


class NavLink(A):
    """A link that says ``aria-current`` on the page it leads to."""

    library = "react-router"
    tag = "NavLink"
    alias = "RouterNavLink"

    to: rx.Var[str]
    end: rx.Var[bool]


def link(
    *children: rx.Component | rx.Var[str], to: str | rx.Var[str], class_name: str = ""
) -> rx.Component:
    """Lead to another page of the portal."""
    return Link.create(*children, to=to, class_name=class_name)
