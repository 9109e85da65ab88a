"""Asking where a hold is fetched, and how its patron hears that it is there (K-26, G-43)."""

from typing import Unpack

import reflex as rx

from portal_app.components.fields import Choosing, Text, option, select_field
from portal_app.components.words import t
from portal_app.domain.policies import Library


def pickup_branch_field(
    label: Text, *others: rx.Component, library: Library, **choosing: Unpack[Choosing]
) -> rx.Component:
    """Ask for a branch where holds can be fetched, or for one of the other options."""
    branches = (option(code, t(f"branch.{code}")) for code in library.pickup_branches)
    return select_field("pickup_branch", label, *others, *branches, **choosing)


def contact_method_field(
    label: Text, *others: rx.Component, library: Library, **choosing: Unpack[Choosing]
) -> rx.Component:
    """Ask for a way in which the library tells patrons, or for one of the other options."""
    methods = (
        option(method.value, t(f"holds.contact.{method}"))
        for method in library.holds.contact_methods
    )
    return select_field("contact_method", label, *others, *methods, **choosing)
