"""借りたことがある資料: what is written down of a loan, for its patron alone (K-08, K-18)."""

import datetime as dt
import json
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any, Self

# Every entry is as long as every other, so that none can be told by its length. What fits
# into a quarter of a page of SQLite, sealed and with its number, needs no second page.
ENTRY_BYTES = 896
_FILL = b" "  # which JSON passes over
_CUT = "…"


class Problem(StrEnum):
    """Why a history cannot be opened or changed. Each names its text: ``history.problem.…``."""

    SIGNED_OUT = "signed_out"
    BUSY = "busy"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105  the name of a text
    CODE_NEEDED = "code_needed"
    CODE_MISTYPED = "code_mistyped"
    CODE_WRONG = "code_wrong"
    OUTDATED = "outdated"  # something else has happened meanwhile: in another tab, at the desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A loan that came back, as its patron will see it. ``line`` is the bibliographic line."""

    record_id: int
    title: str
    volume: str
    line: str
    material: str
    branch_code: str
    lent_on: dt.date
    returned_on: dt.date

    @classmethod
    def of(cls, written: bytes) -> Self:
        """Return the loan that was written down in these bytes."""
        values: dict[str, Any] = json.loads(written)
        days = {name: dt.date.fromisoformat(values[name]) for name in ("lent_on", "returned_on")}
        return cls(**{**values, **days})


def written(read: Read) -> bytes:
    """Return a loan in ``ENTRY_BYTES`` bytes, shortening its longest texts if need be."""
    while len(plain := _plain(read)) > ENTRY_BYTES:
        read = _shortened(read, by=len(plain) - ENTRY_BYTES)
    return plain.ljust(ENTRY_BYTES, _FILL)


def _plain(read: Read) -> bytes:
    text = json.dumps(asdict(read), ensure_ascii=False, separators=(",", ":"), default=str)
    return text.encode()


def _shortened(read: Read, *, by: int) -> Read:
    """Return a loan whose longest text has lost some characters: each is a byte at least."""
    texts = {"title": read.title, "volume": read.volume, "line": read.line}
    name = max(texts, key=lambda one: len(texts[one]))
    # No character takes more than six bytes in JSON, and the other two may be as long.
    kept = max(len(texts[name]) - by // 18 - 1 - len(_CUT), 0)
    return replace(read, **{name: texts[name][:kept] + _CUT})
