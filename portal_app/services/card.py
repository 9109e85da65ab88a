"""The library card: its number, and the barcode that the desk scans."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from portal_app.data.database import reading
from portal_app.data.tables import Patron
from portal_app.domain.barcodes import symbol, widths
from portal_app.domain.policies import CardBarcode


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A card as a page can draw it, on any device and without us."""

    number: str
    # The outline of every bar, one high and as wide as all of them: an SVG path.
    # Empty when the number is none that a barcode can carry.
    bars: str
    bars_width: int


@reading
def look(tx: Session, *, patron_id: int, policy: CardBarcode) -> Card:
    """Return a patron's card."""
    number = tx.get_one(Patron, patron_id).card_number
    text = symbol(number, policy=policy)
    if not text:
        return Card(number=number, bars="", bars_width=0)
    drawn = widths(text)
    return Card(number=number, bars="".join(_outlines(drawn)), bars_width=sum(drawn))


def _outlines(drawn: Sequence[int]) -> Iterator[str]:
    left = 0
    for place, width in enumerate(drawn):
        if place % 2:  # every second one is a bar
            yield f"M{left} 0h{width}v1h-{width}z"
        left += width
