"""Files of records: which format they are in, whatever they are called."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Self

from portal_app.domain.catalogue import CataloguedRecord
from portal_app.exchange import iso2709, marcxml
from portal_app.exchange.columns import ColumnMapping, folded
from portal_app.exchange.outcomes import Catalogued, NotReadable, Outcome, Source
from portal_app.exchange.repeats import without_repeats
from portal_app.exchange.table import TableSource

_LOOKED_AT = 1 << 16
_LEADER = re.compile(rb"[\s\x00]*[0-9]{5}[ -~]{7}[0-9]{5}")
_MARC_MARKS = (b"\x1e", b"\x1d")
_MARCXML = re.compile(r"MARC21/slim|<(?:[\w.-]+:)?(?:leader|controlfield|datafield)\b")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_MARKUP = re.compile(r"\s*<(?:\?xml|!--|!DOCTYPE|[A-Za-z_][\w.:-]*[\s/>])")


@dataclass(slots=True, kw_only=True)
class MarcSource:
    """A file of MARC records, in one of their two forms."""

    stream: BinaryIO
    read: Callable[[BinaryIO], Iterator[Outcome]]
    size: int

    def outcomes(self) -> Iterator[Outcome]:
        """Return what becomes of each record."""
        return without_repeats(self.read(self.stream))

    def share_read(self) -> float:
        """Return how much of the file has been read."""
        return self.stream.tell() / self.size


class CatalogueFile:
    """A file of records, open for reading."""

    def __init__(self, file: Path, mapping: ColumnMapping) -> None:
        """Open ``file``, or say in one sentence why it cannot be imported."""
        self._branches = mapping.branches
        try:
            self._stream = file.open("rb")
            size = file.stat().st_size
            beginning = self._stream.read(_LOOKED_AT)
            self._stream.seek(0)
            self._source = _source(self._stream, beginning, size, mapping)
        except OSError as refusal:
            message = f"{file} cannot be read: {refusal.strerror}."
            raise NotReadable(message) from None
        except NotReadable as refusal:
            self._stream.close()
            message = f"{file} cannot be imported: {refusal}."
            raise NotReadable(message) from None

    def __enter__(self) -> Self:
        """Use the file."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._stream.close()

    def outcomes(self) -> Iterator[Outcome]:
        """Return what becomes of each record."""
        for outcome in self._source.outcomes():
            if self._branches and isinstance(outcome, Catalogued) and outcome.record.items:
                yield replace(outcome, record=_in_branches(outcome.record, self._branches))
            else:
                yield outcome

    def share_read(self) -> float:
        """Return how much of the file has been read, from nought to one."""
        return self._source.share_read()


def _source(stream: BinaryIO, beginning: bytes, size: int, mapping: ColumnMapping) -> Source:
    if not beginning.strip():
        message = "it is empty"
        raise NotReadable(message)
    is_utf16 = beginning.startswith(_UTF_16)
    if not is_utf16 and (
        _LEADER.match(beginning) or any(mark in beginning for mark in _MARC_MARKS)
    ):
        return MarcSource(stream=stream, read=iso2709.read, size=size)
    text = beginning.removeprefix(_BYTE_ORDER_MARK).decode(
        "utf-16" if is_utf16 else "latin-1", errors="replace"
    )
    if _MARKUP.match(text):
        if not _MARCXML.search(text):
            message = "it is XML, but not MARCXML"
            raise NotReadable(message)
        return MarcSource(stream=stream, read=marcxml.read, size=size)
    if "\x00" in text:
        message = "it is neither MARC, nor MARCXML, nor a table of text"
        raise NotReadable(message)
    return TableSource(stream, mapping)


def _in_branches(record: CataloguedRecord, branches: Mapping[str, str]) -> CataloguedRecord:
    """Return a record whose items stand in the branches that the mapping means."""
    items = (
        replace(item, branch=branches.get(folded(item.branch), item.branch))
        for item in record.items
    )
    return replace(record, items=tuple(items))
