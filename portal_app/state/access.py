"""Who may send an event: every handler says so with one of these marks.

Any browser can send any event with any arguments, whatever page it is on. The
guard (portal_app.web.guard) asks the mark before the handler runs, and a
handler without a mark never runs.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from types import MappingProxyType
from typing import Any, TypedDict, TypeVarTuple, Unpack, get_type_hints, overload

import pydantic_core
import reflex as rx
from pydantic import ConfigDict, TypeAdapter, with_config
from reflex.event import EventCallback
from reflex_base.utils.form import transform_form_data
from typing_extensions import is_typeddict

P = TypeVarTuple("P")

# No page sends more than this in one argument, so nobody else may: the notes of a patron and
# the books of a shelf are the longest (domain/shelves.py).
LONGEST_TEXT = 20_000
MOST_MEMBERS = 1_000
DEEPEST = 4
LARGEST_NUMBER = 2**31 - 1  # what an INTEGER column of either database holds


class Audience(StrEnum):
    """Who may send an event."""

    ANYONE = auto()
    PATRON = auto()
    # A patron whose password is still the first one, which opens nothing else (K-04).
    FRESH_PATRON = auto()
    # Somebody who works at a desk. A patron's session never opens what is theirs, nor the
    # other way round.
    STAFF = auto()
    # No browser: only what the server itself sends after another event.
    SERVER = auto()


class UnwelcomeArguments(ValueError):
    """Raised when the arguments of an event are not what its handler declares."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What a mark says about a handler."""

    audience: Audience
    # A page that asks for news by itself must not keep its patron signed in.
    is_activity: bool
    arguments: Mapping[str, TypeAdapter[Any]]
    hints: Mapping[str, Any]
    # Only Reflex's own handlers have any: a default could be overridden by any browser.
    optional: frozenset[str] = frozenset()

    def admit(self, payload: Mapping[str, Any]) -> dict[str, Any]:
        """Return the arguments as the handler wants them, or raise ``UnwelcomeArguments``.

        Reflex does not enforce type hints. Here the arguments are exactly the
        declared ones, of exactly the declared types: "1" is not a number.
        """
        required = self.arguments.keys() - self.optional
        if not required <= payload.keys() <= self.arguments.keys():
            raise UnwelcomeArguments
        try:
            return {name: self._admit_one(name, given) for name, given in payload.items()}
        except (TypeError, ValueError, RecursionError):
            # Without the cause: its text quotes what the patron typed.
            raise UnwelcomeArguments from None

    def _admit_one(self, name: str, given: Any) -> Any:  # noqa: ANN401  anything can arrive
        given = transform_form_data(given, self.hints[name])
        if not _is_modest(given):
            raise UnwelcomeArguments
        # Through JSON, where a date or an enum is its text and a tuple is a list.
        return self.arguments[name].validate_json(pydantic_core.to_json(given), strict=True)


class HowItRuns(TypedDict, total=False):
    """The options of ``rx.event``."""

    background: bool
    supersedes: bool
    stop_propagation: bool
    prevent_default: bool
    throttle: int
    debounce: int
    temporal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A decorator that makes a method an event handler and says who may send it."""

    audience: Audience
    is_activity: bool

    @overload
    def __call__(self, handler: Callable[[Any, Unpack[P]], Any], /) -> EventCallback[*P]: ...

    @overload
    def __call__(
        self, /, *, is_activity: bool = ..., **options: Unpack[HowItRuns]
    ) -> Callable[[Callable[[Any, Unpack[P]], Any]], EventCallback[*P]]: ...

    def __call__(
        self,
        handler: Any = None,
        /,
        *,
        is_activity: bool | None = None,
        **options: Unpack[HowItRuns],
    ) -> Any:
        """Mark ``handler``, or return the mark with other options."""

        def mark(handler: Any) -> Any:  # noqa: ANN401  as rx.event
            counts = self.is_activity if is_activity is None else is_activity
            handler._access = _access_of(handler, self.audience, counts)  # noqa: SLF001  read by access_of
            return rx.event(**options)(handler)

        return mark if handler is None else mark(handler)


public_event = Mark(audience=Audience.ANYONE, is_activity=False)
patron_event = Mark(audience=Audience.PATRON, is_activity=True)
fresh_event = Mark(audience=Audience.FRESH_PATRON, is_activity=True)
staff_event = Mark(audience=Audience.STAFF, is_activity=True)
server_event = Mark(audience=Audience.SERVER, is_activity=False)


def access_for(audience: Audience, **hints: object) -> Access:
    """Return what a mark would say about a handler with these arguments."""
    return Access(
        audience=audience,
        is_activity=False,
        arguments=MappingProxyType({name: _adapter_for(hint) for name, hint in hints.items()}),
        hints=MappingProxyType(hints),
        optional=frozenset(hints),
    )


def access_of(handler: Callable[..., Any]) -> Access | None:
    """Return what the mark of a handler says, or None when it has no mark."""
    return getattr(handler, "_access", None)


def _access_of(handler: Callable[..., Any], audience: Audience, is_activity: bool) -> Access:  # noqa: FBT001  a field, not a flag
    hints = get_type_hints(handler, include_extras=True)
    arguments = list(inspect.signature(handler).parameters.values())[1:]
    for argument in arguments:
        if argument.name not in hints:
            problem = f"{handler.__qualname__}: {argument.name} needs a type"
            raise TypeError(problem)
        if argument.default is not argument.empty or argument.kind is argument.VAR_KEYWORD:
            problem = f"{handler.__qualname__}: {argument.name} could be set by any browser"
            raise TypeError(problem)
    return Access(
        audience=audience,
        is_activity=is_activity,
        arguments=MappingProxyType({a.name: _adapter_for(hints[a.name]) for a in arguments}),
        hints=MappingProxyType({a.name: hints[a.name] for a in arguments}),
    )


def _adapter_for(hint: Any) -> TypeAdapter[Any]:  # noqa: ANN401  any type a handler names
    # A form is a TypedDict (from typing_extensions until Python 3.12), and an
    # input that it does not name must not slip in.
    if is_typeddict(hint):
        hint = with_config(ConfigDict(extra="forbid"))(hint)
    return TypeAdapter(hint)


def _is_modest(given: Any, depth: int = 0) -> bool:  # noqa: ANN401  anything can arrive
    if isinstance(given, str):
        return len(given) <= LONGEST_TEXT
    if isinstance(given, int):
        return abs(given) <= LARGEST_NUMBER
    if isinstance(given, Mapping):
        given = [*given.keys(), *given.values()]
    if isinstance(given, (list, tuple, set, frozenset)):
        return (
            depth < DEEPEST
            and len(given) <= MOST_MEMBERS
            and all(_is_modest(member, depth + 1) for member in given)
        )
    return True
