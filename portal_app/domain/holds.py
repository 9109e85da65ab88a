"""Holds: who may join the queue for a record, and where they stand in it."""

from enum import StrEnum


class HoldState(StrEnum):
    """How far a hold has come (G-32). The first three are open, the others have ended."""

    WAITING = "waiting"
    IN_TRANSIT = "in_transit"
    READY = "ready"
    LENT = "lent"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"


OPEN_STATES = frozenset({HoldState.WAITING, HoldState.IN_TRANSIT, HoldState.READY})
