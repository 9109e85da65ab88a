"""What a patron's form says, and where they were going."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request

from portal_app.web.addresses import page_of_ours

MOST_FIELDS = 20
MOST_WISHES = 50
LARGEST_RECORD_ID = 2**31 - 1
LONGEST_RECORD_ID = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """Where a patron was going when signing in came between, and what for (K-05)."""

    next_page: str
    wish: tuple[int, ...]

    @classmethod
    def of(cls, request: Request) -> Self:
        """Return what the address says at which the form stands, leaving out what could not be.

        A field of the form would be empty until the page has found out what to write there.
        """
        asked = dict(parse_qsl(request.headers.get("referer", "").partition("?")[2]))
        return cls(
            next_page=page_of_ours(asked.get("next", "")),
            wish=_record_ids(asked.get("wish", "")),
        )

    def by_way_of(self, page: str, *, problem: str = "") -> str:
        """Return the address of a page that keeps the errand in mind."""
        wish = ",".join(str(record_id) for record_id in self.wish)
        query = {"problem": problem, "next": self.next_page, "wish": wish}
        kept = urlencode({name: value for name, value in query.items() if value})
        return f"{page}?{kept}" if kept else page


async def fields_of(request: Request) -> Mapping[str, str]:
    """Return the fields of a form, or none when it is no form of ours."""
    body = await request.body()
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        return {}


def _record_ids(text: str) -> tuple[int, ...]:
    wished = [
        int(number)
        for number in text.split(",")[:MOST_WISHES]
        if number.isascii() and number.isdecimal() and len(number) <= LONGEST_RECORD_ID
    ]
    return tuple(number for number in wished if 0 < number <= LARGEST_RECORD_ID)
