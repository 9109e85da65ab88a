from sqlmodel import Session

from portal_app.data.tables import Hold
from portal_app.state.holds import HoldsState
from tests.conftest import NOW


async def test_holds_are_shown_with_their_place(tab, library, hanako, ken, ginga):
    with Session(library) as tx, tx.begin():
        for place, patron_id in enumerate((ken, hanako), start=1):
            tx.add(
                Hold(
                    patron_id=patron_id,
                    record_id=ginga,
                    slot=1,
                    queue_number=place,
                    pickup_branch="main",
                    contact_method="none",
                    placed_at=NOW,
                )
            )
    holds = await tab.get_state(HoldsState)

    await holds.open()

    [hold] = holds.holds
    assert (hold.place, hold.queue_length) == (2, 2)
    assert [(tally.kind, tally.used, tally.limit) for tally in holds.tallies] == [("all", 1, 10)]
    assert holds.is_loaded
    assert holds.as_of.startswith("2026-11-22T10:00:0")
