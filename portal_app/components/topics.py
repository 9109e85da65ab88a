"""Looking for books as children do: by pictures, and children's books first (G-01)."""

from urllib.parse import urlencode

import reflex as rx

from portal_app import routes
from portal_app.components.asking import asked, asked_for, asked_with
from portal_app.components.display import in_childrens_mode
from portal_app.components.links import Link, link
from portal_app.components.words import t, t_of
from portal_app.domain.catalogue import Audience
from portal_app.domain.search import to_params
from portal_app.domain.topics import NUMBERS, Topic, search_for

_ICONS = {
    Topic.PICTURE_BOOKS: "book_image",
    Topic.STORIES: "castle",
    Topic.NATURE: "squirrel",
    Topic.MACHINES: "rocket",
    Topic.WORK: "tractor",
    Topic.ARTS: "palette",
    Topic.LANGUAGES: "speech",
    Topic.LOOKING_UP: "lightbulb",
    Topic.THINKING: "heart",
    Topic.HISTORY: "earth",
    Topic.SOCIETY: "house",
}


def is_for_children() -> rx.Var[bool]:
    """Return whether the address asks for children's books only."""
    return asked_for("audience") == Audience.CHILDREN.value


def topics() -> rx.Component:
    """Offer the classes of books as pictures, in the mode for children."""
    return rx.cond(
        in_childrens_mode(),
        rx.el.section(
            rx.el.h2(t("topics.title"), id="topics"),
            rx.el.ul(*(rx.el.li(_tile(topic)) for topic in Topic), class_name="topics"),
            aria_labelledby="topics",
        ),
    )


def topic_shown(topic: rx.Var[str]) -> rx.Component:
    """Say by its picture which class is looked at, and lead back to the others."""
    pictures = [(one.value, rx.icon(icon, size=32)) for one, icon in _ICONS.items()]
    return rx.cond(
        topic != "",
        rx.el.div(
            rx.match(topic, *pictures, rx.fragment()),
            rx.el.p(t_of("topics.of", topic)),
            rx.cond(in_childrens_mode(), link(t("topics.all"), to=routes.SEARCH)),
            class_name="topic-shown",
        ),
    )


def choice_of_audience() -> rx.Component:
    """Lead from children's books to all and back.

    Children begin with their own: what they can read is not hidden among what they
    cannot, and the number says how many of those there are. One press shows everything.
    """
    return rx.cond(
        is_for_children() | (in_childrens_mode() & (asked() != "")),
        rx.el.nav(
            rx.el.ul(
                _way("children", Audience.CHILDREN.value, is_here=is_for_children()),
                _way("everybody", "", is_here=~is_for_children()),
            ),
            aria_label=t("topics.audience.title"),
            class_name="audiences",
        ),
    )


def nothing_for_children() -> rx.Component:
    """Lead on to all books where none for children was found."""
    return rx.cond(
        is_for_children(),
        rx.fragment(
            rx.el.p(t("topics.none_for_children")),
            link(
                t("topics.look_among_all"),
                to=_with(""),
                class_name="button button-primary",
            ),
        ),
    )


def childrens_books_only(*, unless: rx.Var[bool] | bool = False) -> rx.Component:
    """Ask a search form of a child for children's books."""
    return rx.cond(
        in_childrens_mode() & ~rx.Var.create(unless).to(bool),
        rx.el.input(type="hidden", name="audience", value=Audience.CHILDREN.value),
    )


def _tile(topic: Topic) -> rx.Component:
    return Link.create(
        rx.icon(_ICONS[topic], size=44),
        rx.el.span(t(f"topics.of.{topic}")),
        # The number on the backs of the books; picture books have none.
        *(
            [rx.el.span(NUMBERS[topic], class_name="topic-number", aria_hidden="true")]
            if topic in NUMBERS
            else []
        ),
        to=f"{routes.SEARCH}?{urlencode(to_params(search_for(topic)))}",
        class_name="topic",
    )


def _way(name: str, audience: str, *, is_here: rx.Var[bool]) -> rx.Component:
    return rx.el.li(
        Link.create(
            t(f"topics.audience.{name}"),
            to=_with(audience),
            custom_attrs={"aria-current": rx.cond(is_here, "true", "false")},
        )
    )


def _with(audience: str) -> rx.Var[str]:
    return rx.Var.create(routes.SEARCH).to(str) + asked_with("audience", audience).to(str)
