"""How a page names what a state shows.

A state's field is a value to the type checker and a Var on the page, and so
are the fields below it: ``loan.record.title`` is a Var too.
"""

from typing import Any, get_args

# A Var of a dataclass, as ``rx.foreach`` hands it over.
Row = Any


def shown(field: object) -> Row:
    """Return a state's field as the Var that it is on a page."""
    return field


def kind_of_rows(field: object) -> Any:  # noqa: ANN401  a type
    """Return the type of the rows that a state's field lists."""
    return get_args(shown(field)._var_type)[0]  # noqa: SLF001  Var has no public way
