"""What must be true whatever anybody did: said a second time, in SQL that no service uses."""

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from portal_app.domain.policies import NextInSeries
from tests.circulation import world

# Each finds rows that must not be there.
_NEVER = {
    "two open holds of a patron on a record": """
        SELECT patron_id, record_id FROM hold WHERE ended_at IS NULL
        GROUP BY patron_id, record_id HAVING count(*) > 1""",
    "more open holds than the library allows": """
        SELECT patron_id FROM hold WHERE ended_at IS NULL
        GROUP BY patron_id HAVING count(*) > :most_holds""",
    "more open holds of a class than the library allows": """
        SELECT patron_id FROM hold JOIN bibliographic_record AS record ON record.id = record_id
        WHERE ended_at IS NULL AND material = 'cd'
        GROUP BY patron_id HAVING count(*) > :most_cds""",
    "two at one place of a queue": """
        SELECT record_id, queue_number FROM hold WHERE ended_at IS NULL
        GROUP BY record_id, queue_number HAVING count(*) > 1""",
    "an item kept for two": """
        SELECT item_id FROM hold WHERE item_id IS NOT NULL
        GROUP BY item_id HAVING count(*) > 1""",
    "an item lent to two": """
        SELECT item_id FROM loan WHERE returned_at IS NULL
        GROUP BY item_id HAVING count(*) > 1""",
    "an item kept and on loan": """
        SELECT hold.item_id FROM hold JOIN loan ON loan.item_id = hold.item_id
        WHERE returned_at IS NULL""",
    "an item kept for a hold on something else": """
        SELECT hold.id FROM hold JOIN item ON item.id = hold.item_id
        WHERE item.record_id <> hold.record_id""",
    "more loans than the library allows": """
        SELECT patron_id FROM loan WHERE returned_at IS NULL
        GROUP BY patron_id HAVING count(*) > :most_loans""",
    "renewed more often than the library allows": """
        SELECT id FROM loan WHERE renewals > :most_renewals""",
    "somebody waits for what they have at home": """
        SELECT hold.id FROM hold
        JOIN item ON item.record_id = hold.record_id
        JOIN loan ON loan.item_id = item.id AND loan.patron_id = hold.patron_id
        WHERE hold.ended_at IS NULL AND loan.returned_at IS NULL""",
    "a waiting hold that something has come for": """
        SELECT id FROM hold WHERE state = 'waiting' AND (item_id IS NOT NULL
        OR sent_at IS NOT NULL OR ready_at IS NOT NULL OR pickup_by IS NOT NULL)""",
    "a hold in transit without what is sent": """
        SELECT id FROM hold WHERE state = 'in_transit' AND (item_id IS NULL
        OR sent_at IS NULL OR ready_at IS NOT NULL OR pickup_by IS NOT NULL)""",
    "a ready hold without something to fetch and a day": """
        SELECT id FROM hold WHERE state = 'ready' AND (item_id IS NULL
        OR ready_at IS NULL OR pickup_by IS NULL)""",
    "an open hold that has ended": """
        SELECT id FROM hold WHERE state IN ('waiting', 'in_transit', 'ready')
        AND (ended_at IS NOT NULL OR end_reason IS NOT NULL OR patron_id IS NULL)""",
    "an ended hold without its day": """
        SELECT id FROM hold WHERE state NOT IN ('waiting', 'in_transit', 'ready')
        AND ended_at IS NULL""",
    "an ended hold that keeps something": """
        SELECT id FROM hold WHERE ended_at IS NOT NULL AND (item_id IS NOT NULL
        OR slot IS NOT NULL OR class_slot IS NOT NULL OR queue_number IS NOT NULL
        OR series_id IS NOT NULL OR series_place IS NOT NULL)""",
    "lapsed for another reason than its pickup day": """
        SELECT id FROM hold WHERE (state = 'lapsed') <> (coalesce(end_reason, '') = 'not_picked_up')
        OR state = 'lapsed' AND ready_at IS NULL""",
    "cancelled without a reason, or another end with one": """
        SELECT id FROM hold WHERE (state IN ('cancelled', 'lapsed')) <> (end_reason IS NOT NULL)""",
    "a lent hold that names its patron": """
        SELECT id FROM hold WHERE state = 'lent' AND patron_id IS NOT NULL""",
    "a returned loan that names its patron": """
        SELECT id FROM loan WHERE returned_at IS NOT NULL
        AND (patron_id IS NOT NULL OR series_id IS NOT NULL)""",
    "two at one place of a series": """
        SELECT series_id, series_place FROM hold WHERE series_id IS NOT NULL
        GROUP BY series_id, series_place HAVING count(*) > 1""",
    "a series of two patrons": """
        SELECT hold.id FROM hold JOIN hold_series ON hold_series.id = hold.series_id
        WHERE hold_series.patron_id <> hold.patron_id""",
    "two series of a patron with one number": """
        SELECT patron_id, number FROM hold_series
        GROUP BY patron_id, number HAVING count(*) > 1""",
    "a series of nothing": """
        SELECT id FROM hold_series
        WHERE NOT EXISTS (SELECT 1 FROM hold WHERE hold.series_id = hold_series.id)
        AND NOT EXISTS (SELECT 1 FROM loan WHERE loan.series_id = hold_series.id)""",
    "two come for, where any one was asked for": """
        SELECT series_id FROM hold JOIN hold_series ON hold_series.id = hold.series_id
        WHERE kind = 'any_one' AND state IN ('in_transit', 'ready')
        GROUP BY series_id HAVING count(*) > 1""",
    "ready, but not on the hold shelf of the pickup branch": """
        SELECT hold.id FROM hold JOIN item ON item.id = hold.item_id
        WHERE hold.state = 'ready' AND (item.state <> 'on_hold_shelf'
        OR coalesce(item.at_branch, item.branch_code) <> hold.pickup_branch)""",
    "in transit for somebody, but not on its way": """
        SELECT hold.id FROM hold JOIN item ON item.id = hold.item_id
        WHERE hold.state = 'in_transit' AND item.state <> 'in_transit'""",
    "on loan, but on its way or on the hold shelf": """
        SELECT item.id FROM item JOIN loan ON loan.item_id = item.id
        WHERE returned_at IS NULL AND item.state IN ('in_transit', 'on_hold_shelf')""",
}

_NEVER_BY_ONE_CLOCK = {
    "days of a hold in a wrong order": """
        SELECT id FROM hold WHERE sent_at < placed_at OR ready_at < placed_at
        OR ready_at < sent_at OR ended_at < placed_at OR ended_at < ready_at""",
}

_LIMITS = {
    "most_holds": world.MOST_HOLDS,
    "most_loans": world.MOST_LOANS,
    "most_renewals": world.MOST_RENEWALS,
    "most_cds": world.MOST_CDS,
}

_PLACES = """
    SELECT id, row_number() OVER (PARTITION BY record_id ORDER BY queue_number),
           count(*) OVER (PARTITION BY record_id)
    FROM hold WHERE state = 'waiting'"""

# Whether it is a waiting hold's turn: nobody stores it, so it is worked out here, too.
TURNS = """
    SELECT hold.id FROM hold LEFT JOIN hold_series ON hold_series.id = hold.series_id
    WHERE hold.state = 'waiting' AND (hold.series_id IS NULL
      OR hold_series.kind = 'any_one' AND NOT EXISTS (
        SELECT 1 FROM hold AS other WHERE other.series_id = hold.series_id
        AND other.state IN ('in_transit', 'ready'))
      OR hold_series.kind = 'in_order' AND NOT EXISTS (
        SELECT 1 FROM hold AS other WHERE other.series_id = hold.series_id
        AND other.series_place < hold.series_place
        AND NOT (other.state = 'ready' AND :next_when = 'ready'))
      AND NOT (:next_when = 'returned' AND EXISTS (
        SELECT 1 FROM loan WHERE loan.series_id = hold.series_id)))"""


def broken(engine: Engine) -> list[str]:
    """Return what must never be and is, in words."""
    return _found(engine, _NEVER)


def out_of_order(engine: Engine) -> list[str]:
    """Return days that cannot follow one another, where all go by one clock."""
    return _found(engine, _NEVER_BY_ONE_CLOCK)


def _found(engine: Engine, never: Mapping[str, str]) -> list[str]:
    # One question for all: it is asked very often.
    counted = " UNION ALL ".join(
        f"SELECT '{what}' AS what, count(*) AS often FROM ({query}) AS found"  # noqa: S608  ours
        for what, query in never.items()
    )
    named = {name: most for name, most in _LIMITS.items() if f":{name}" in counted}
    with engine.connect() as connection:
        return [
            f"{what}: {often}"
            for what, often in connection.execute(sa.text(counted), named)
            if often
        ]


def places(engine: Engine) -> dict[int, tuple[int, int]]:
    """Return which of how many each waiting hold is: counted, so without gaps or doubles."""
    with engine.connect() as connection:
        rows = connection.execute(sa.text(_PLACES))
        return {hold_id: (place, length) for hold_id, place, length in rows}


def in_turn(connection: Connection, next_when: NextInSeries) -> set[int]:
    """Return the waiting holds whose turn it is."""
    return set(connection.scalars(sa.text(TURNS), {"next_when": next_when.value}))
