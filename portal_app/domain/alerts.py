"""新着図書お知らせメール (K-60 to K-67): what a patron wants to hear of when it is new."""

from enum import StrEnum


class Field(StrEnum):
    """Where a condition of an alert looks (K-62)."""

    TITLE = "title"
    AUTHOR = "author"
    SUBJECT = "subject"
    PUBLISHER = "publisher"


class Match(StrEnum):
    """How a condition of an alert compares (K-62)."""

    CONTAINS = "contains"
    STARTS = "starts"
    EQUALS = "equals"
    LACKS = "lacks"


class Connector(StrEnum):
    """How a condition of an alert joins the ones before it: かつ or または (K-62)."""

    AND = "and"
    OR = "or"
