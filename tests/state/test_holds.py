from sqlmodel import Session

from portal_app.data.tables import Hold
from portal_app.domain.holds import EndReason, HoldState
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


async def test_g36_what_has_lately_ended_is_shown_apart(tab, library, hanako, ginga, kokoro):
    days = {"ended_at": NOW, "placed_at": NOW}
    with Session(library) as tx, tx.begin():
        for record_id, state, reason in (
            (ginga, HoldState.LAPSED, EndReason.NOT_PICKED_UP),
            (kokoro, HoldState.CANCELLED, EndReason.BY_PATRON),
        ):
            tx.add(
                Hold(
                    patron_id=hanako,
                    record_id=record_id,
                    state=state,
                    end_reason=reason,
                    pickup_branch="main",
                    contact_method="none",
                    **days,
                )
            )
    holds = await tab.get_state(HoldsState)

    await holds.open()

    assert holds.holds == []
    assert {hold.record.record_id: hold.end_reason for hold in holds.ended} == {
        ginga: "not_picked_up",
        kokoro: "",
    }
    assert [(tally.used, tally.limit) for tally in holds.tallies] == [(0, 10)]
