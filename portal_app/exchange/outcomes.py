"""What becomes of each record of a file: catalogued, deleted, or rejected with a reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from portal_app.domain.catalogue import CataloguedRecord


class Reason(StrEnum):
    """Why a record could not be read. The value is the sentence that a librarian reads."""

    TOO_LONG = "longer than a record may be"
    TRUNCATED = "the record breaks off before its end"
    NOT_A_LEADER = "the record does not begin with a MARC leader"
    BAD_DIRECTORY = "the directory does not fit the fields of the record"
    BAD_TEXT = "the text is not in the character set that the record claims"
    BAD_XML = "the XML of the record is broken"
    QUOTE_NOT_CLOSED = "a quotation mark is never closed"
    TOO_MANY_CELLS = "the row has more cells than there are headings"
    DELETED_UNNAMED = "the file marks this record as deleted, but it has no number"
    DELETED_UNKNOWN = "the file marks this record as deleted, and the catalogue has none like it"
    NOT_BIBLIOGRAPHIC = "not a bibliographic record"
    NO_TITLE = "the record has no title"
    OTHER_TITLE = "another record of this file has the same key and another title"
    OTHER_CONTENT = "another record of this file has the same number and other content"


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogued:
    """A record that could be read. ``number`` counts the records of the file from one."""

    number: int
    record: CataloguedRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted:
    """A record that the file marks as deleted, and by which key the catalogue knows it."""

    number: int
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A record that could not."""

    number: int
    reason: Reason
    detail: str = ""

    @property
    def sentence(self) -> str:
        """Return the reason with what is known about it."""
        return f"{self.reason}: {self.detail}" if self.detail else str(self.reason)


Outcome = Catalogued | Deleted | Rejected


class NotReadable(ValueError):
    """Raised with one sentence when a file as a whole is not what an importer can read."""


class Source(Protocol):
    """A file of records, read from its beginning to its end without being held in memory."""

    def outcomes(self) -> Iterator[Outcome]:
        """Return what becomes of each record, in the order of the file."""
        ...

    def share_read(self) -> float:
        """Return how much of the file has been read, from nought to one."""
        ...
