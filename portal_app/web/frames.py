"""What a page may send through its socket, and how often."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

LARGEST = 64 * 1024
DEEPEST = 40

# Everything a page of Reflex sends: a pong, its greeting and its leave, its events.
_PONG = frozenset({"3", "1"})
_MESSAGE = re.compile(r"(?P<kind>40|41|42)/_event,(?P<content>.*)", re.DOTALL)
_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"')
_BRACKET = re.compile(r"[\[{\]}]")
_EVENTS = frozenset({"event", "client_error"})


@dataclass(slots=True, kw_only=True)
class Pace:
    """How many of something are let through: ``burst`` at once, then ``per_second``."""

    per_second: float
    burst: float
    left: float
    seen_at: float

    @classmethod
    def starting(cls, *, per_second: float, burst: float, now: float) -> "Pace":
        """Return the pace of someone who has just come."""
        return cls(per_second=per_second, burst=burst, left=burst, seen_at=now)

    def allows(self, *, now: float) -> bool:
        """Count one more, and return whether it is let through."""
        self.left = min(self.burst, self.left + (now - self.seen_at) * self.per_second) - 1
        self.seen_at = now
        return self.left >= 0


def is_welcome(message: Mapping[str, Any]) -> bool:
    """Return whether a page of ours could have sent this.

    Pages never send binary frames, which python-socketio would collect without
    end. Malformed text it would log, with whatever the patron typed.
    """
    text = message.get("text")
    if message.get("bytes") is not None or text is None or len(text) > LARGEST:
        return False
    if text in _PONG:
        return True
    parts = _MESSAGE.fullmatch(text)
    return parts is not None and _is_welcome(parts["kind"], parts["content"])


def _is_welcome(kind: str, content: str) -> bool:
    if not content:
        return kind != "42"
    try:
        said = json.loads(content, parse_constant=_refuse) if _is_shallow(content) else None
        json.dumps(said, ensure_ascii=False).encode()  # half a character cannot be sent back
    except ValueError:
        return False
    if kind == "42":
        return isinstance(said, list) and len(said) == 2 and _is_known(said[0])  # noqa: PLR2004  a name and its arguments
    return kind == "40" and isinstance(said, dict)


def _is_known(name: object) -> bool:
    return isinstance(name, str) and name in _EVENTS


def _is_shallow(content: str) -> bool:
    # Before it is read, since reading is what a thousand brackets would break.
    depth = deepest = 0
    for bracket in _BRACKET.findall(_TEXT.sub("", content)):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest <= DEEPEST


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)  # NaN and Infinity are not JSON
