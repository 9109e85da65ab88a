"""Arguments that a handler would take, made from its declared types."""

from enum import Enum
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from typing_extensions import is_typeddict

from portal_app.state.access import Access
from portal_app.text import Lang


def payload_for(access: Access, *, number: int) -> dict[str, Any]:
    """Return a payload that the guard lets through, with ``number`` for every id."""
    return {name: _example(hint, number) for name, hint in access.hints.items()}


def _example(hint: Any, number: int) -> Any:
    if get_origin(hint) is Annotated:
        return _example(get_args(hint)[0], number)
    if is_typeddict(hint):
        return {name: _example(field, number) for name, field in get_type_hints(hint).items()}
    if get_origin(hint) is list:
        return [_example(get_args(hint)[0], number)]
    if get_origin(hint) is dict:
        names, values = get_args(hint)
        return {_example(names, number): _example(values, number)}
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint)).value
    return {int: number, str: "main", bool: True, Any: number, Lang: Lang.JA}[hint]
