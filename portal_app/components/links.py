"""Links inside the portal, which change the page without loading it anew."""

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML
from reflex_components_core.el.elements.inline import A

from portal_app.components.words import lang_of


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


class Elsewhere(rx.Component):
    """Leads on at once, without leaving this page in the history."""

    library = "react-router"
    tag = "Navigate"

    to: rx.Var[str]
    replace: rx.Var[bool]


class Anchor(BaseHTML):
    """A link that the browser follows by itself; ``rx.el.a`` would be the router's."""

    tag = "a"

    href: rx.Var[str]


def link(
    *children: rx.Component | rx.Var[str] | str, to: str | rx.Var[str], class_name: str = "link"
) -> rx.Component:
    """Lead to another page of the portal."""
    return Link.create(*children, to=to, class_name=class_name)


def link_to_title(
    title: rx.Var[str] | str, *, to: str | rx.Var[str], class_name: str = "link"
) -> rx.Component:
    """Lead to a title, which is in its own language whatever the page speaks."""
    return Link.create(title, to=to, class_name=class_name, lang=lang_of(title))


def link_button(label: rx.Var[str] | str, *, to: str | rx.Var[str], icon: str = "") -> rx.Component:
    """Lead to another page, looking like a button."""
    return Link.create(*_face(label, icon), to=to, class_name="button button-plain")


def primary_link_button(
    label: rx.Var[str] | str, *, to: str | rx.Var[str], icon: str = ""
) -> rx.Component:
    """Lead to the next step of what the patron is doing."""
    return Link.create(*_face(label, icon), to=to, class_name="button button-primary")


def elsewhere(to: str) -> rx.Component:
    """Lead on from a page that has nothing to show."""
    return Elsewhere.create(to=to, replace=True)


def anchor(
    *children: rx.Component | rx.Var[str], to: str | rx.Var[str], class_name: str = "link"
) -> rx.Component:
    """Lead to a place on this page, to a file, or out of the portal."""
    return Anchor.create(*children, href=to, class_name=class_name)


def _face(label: rx.Var[str] | str, icon: str) -> list[rx.Component]:
    return [*([rx.icon(icon, size=20)] if icon else []), rx.el.span(label)]
