import re
from itertools import pairwise

import pytest
from sqlmodel import Session

from portal_app.data import tables
from portal_app.domain.barcodes import widths
from portal_app.domain.policies import CardBarcode, CheckDigit
from portal_app.services import card

HANAKOS = "20000000000001"
POLICY = CardBarcode(start="C", stop="D", check_digit=CheckDigit.LUHN)


def test_a_card_has_its_number_and_the_bars_of_it(hanako):
    found = card.look(patron_id=hanako, policy=POLICY)

    assert found.number == HANAKOS
    drawn = widths(f"C{HANAKOS}6D")
    assert found.bars_width == sum(drawn)
    assert _bars_in(found.bars) == list(drawn[1::2])


def test_bars_stand_apart_and_leave_the_edges_white(hanako):
    found = card.look(patron_id=hanako, policy=POLICY)

    edges = [
        (int(left), int(left) + int(width))
        for left, width in re.findall(r"M(\d+) 0h(\d+)", found.bars)
    ]
    assert edges[0][0] == 10
    assert edges[-1][1] == found.bars_width - 10
    assert all(here[1] < beyond[0] for here, beyond in pairwise(edges))


def test_every_patron_has_a_card_of_their_own(hanako, ken):
    hers, his = (card.look(patron_id=patron, policy=POLICY) for patron in (hanako, ken))

    assert hers.number != his.number
    assert hers.bars != his.bars


@pytest.mark.parametrize("number", ["X12", "12345-6"])
def test_a_number_that_no_barcode_carries_is_shown_without_one(library, hanako, number):
    with Session(library) as tx, tx.begin():
        tx.get_one(tables.Patron, hanako).card_number = number

    assert card.look(patron_id=hanako, policy=POLICY) == card.Card(
        number=number, bars="", bars_width=0
    )


def _bars_in(path: str) -> list[int]:
    """Return the width of each bar, after checking that the path draws nothing but bars."""
    bars = re.findall(r"M\d+ 0h(\d+)v1h-(\d+)z", path)
    assert "".join(re.findall(r"M\d+ 0h\d+v1h-\d+z", path)) == path
    assert all(there == back for there, back in bars)
    return [int(width) for width, _ in bars]
