"""How many a patron has, beside what the library allows (G-21, G-30)."""

import reflex as rx

from portal_app.components.counts import used_of_limit, used_of_limits
from portal_app.components.words import t_of
from portal_app.domain.limits import Tally


def tallies(of: rx.Var[list[Tally]]) -> rx.Component:
    """Show the count in all and of each class with a limit of its own."""
    return used_of_limits(
        rx.foreach(
            of,
            lambda tally: used_of_limit(
                t_of("limits", tally.kind), used=tally.used, limit=tally.limit
            ),
        )
    )
