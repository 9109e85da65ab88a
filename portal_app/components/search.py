"""The box that every search begins with."""

import reflex as rx

from portal_app import routes
from portal_app.components.buttons import submit_button
from portal_app.components.fields import search_field
from portal_app.components.forms import search_form
from portal_app.components.links import link
from portal_app.components.session_end import search_drafting
from portal_app.components.topics import childrens_books_only
from portal_app.components.words import t
from portal_app.domain.search import LONGEST_TEXT

# One more than a search may have: a longer text ends here, and is said to be too long.
TOO_LONG = LONGEST_TEXT + 1


def search_box(
    words: rx.Var[str] | str = "",
    *,
    to_form: rx.Var[str] | str = routes.ADVANCED_SEARCH,
    among_all: rx.Var[bool] | bool = False,
) -> rx.Component:
    """Ask what to look for (K-14, G-04). The words end up in the address.

    ``to_form`` leads to the advanced form, which begins with the conditions of its address.
    A child searches children's books, but ``among_all`` having chosen so.
    """
    form = search_form(
        search_field(
            "q",
            t("search.box"),
            placeholder=t("search.placeholder"),
            default_value=words,
            max_length=TOO_LONG,
        ),
        childrens_books_only(unless=among_all),
        submit_button(t("search.submit"), icon="search"),
        link(t("search.to_advanced"), to=to_form, class_name="link for-adults"),
        to=routes.SEARCH,
    )
    return search_drafting(form)
