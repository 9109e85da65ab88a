"""Records in the transmission format of MARC 21 (ISO 2709), one after another."""

import logging
import re
from collections.abc import Iterator
from typing import BinaryIO

from pymarc import Record
from pymarc.exceptions import PymarcException

from portal_app.exchange.marc import catalogued
from portal_app.exchange.outcomes import Outcome, Reason, Rejected

END_OF_RECORD = b"\x1d"
_END_OF_FIELD = 0x1E
_ESCAPE = b"\x1b"
_LONGEST = 99_999  # the length has five digits
_LEADER = 24
_ENTRY = 12
_BLOCK = 1 << 16

# What stands between records in files that went through text editors and old tapes.
_FILLING = b"\r\n\t \x00\x1a"
_LEADER_SHAPE = re.compile(rb"(?=([0-9]{5})[ -~]{7}[0-9]{5})")
_CODE_IS_NOT_ASCII = re.compile(rb"\x1f[\x80-\xff]")

# What pymarc would warn about is in the list of rejected records.
logging.getLogger("pymarc").addHandler(logging.NullHandler())
logging.getLogger("pymarc").propagate = False


def read(stream: BinaryIO) -> Iterator[Outcome]:
    """Return what becomes of each record of a stream.

    Records end where a terminator stands, whatever length they claim, so that
    one with a false length takes none of its neighbours along.
    """
    parts = (part for chunk in _chunks(stream) for part in _apart(chunk))
    for number, part in enumerate(parts, start=1):
        yield _read_one(part, number)


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    """Return the bytes up to each terminator: of what has none, the end, and more than may be."""
    pending = b""
    while block := stream.read(_BLOCK):
        *ended, pending = (pending + block).split(END_OF_RECORD)
        for chunk in ended:
            if record := chunk.lstrip(_FILLING):
                yield record + END_OF_RECORD
        pending = pending[-_LONGEST - 1 :]
    if record := pending.strip(_FILLING):
        yield record


def _apart(chunk: bytes) -> Iterator[bytes]:
    """Return a chunk, or the broken and the whole record that it holds.

    When the end of a record is lost, the next one follows in the same chunk: it
    begins where a leader claims exactly the bytes that are left.
    """
    if _claimed(chunk) != len(chunk):
        for leader in _LEADER_SHAPE.finditer(chunk, 1):
            if int(leader[1]) == len(chunk) - leader.start():
                yield chunk[: leader.start()]
                yield chunk[leader.start() :]
                return
    yield chunk


def _claimed(chunk: bytes) -> int:
    return int(chunk[:5]) if chunk[:5].isdigit() else 0


def _read_one(chunk: bytes, number: int) -> Outcome:
    if reason := _damage(chunk):
        return Rejected(number=number, reason=reason)
    try:
        return catalogued(_decoded(chunk), number=number)
    except UnicodeDecodeError:
        return Rejected(number=number, reason=Reason.BAD_TEXT)
    except (PymarcException, ValueError, IndexError):
        return Rejected(number=number, reason=Reason.BAD_DIRECTORY)


def _damage(chunk: bytes) -> Reason | None:
    """Return what is wrong with the frame of a record.

    A false length alone is no damage: some systems write none. The directory
    must lead to the end of every field.
    """
    if len(chunk) > _LONGEST:
        return Reason.TOO_LONG
    if not chunk.endswith(END_OF_RECORD) or _claimed(chunk) > len(chunk):
        return Reason.TRUNCATED
    if _LEADER_SHAPE.match(chunk) is None or len(chunk) < _LEADER:
        return Reason.NOT_A_LEADER
    if not _directory_fits(chunk):
        return Reason.BAD_DIRECTORY
    return Reason.BAD_TEXT if _CODE_IS_NOT_ASCII.search(chunk) else None


def _directory_fits(chunk: bytes) -> bool:
    base = int(chunk[12:17])
    directory = chunk[_LEADER : base - 1]
    if base <= _LEADER or len(directory) % _ENTRY or not directory.isalnum():
        return False
    for start in range(0, len(directory), _ENTRY):
        length, offset = directory[start + 3 : start + 7], directory[start + 7 : start + _ENTRY]
        if not (length + offset).isdigit():
            return False
        end = base + int(offset) + int(length) - 1
        if end >= len(chunk) or chunk[end] != _END_OF_FIELD:
            return False
    return True


def _decoded(chunk: bytes) -> Record:
    """Return a record, in UTF-8 when it says so or when it cannot be anything else.

    Many systems write UTF-8 without saying so. Accents of MARC-8 are not valid
    UTF-8, and its other alphabets begin with an escape.
    """
    if chunk[9:10] == b"a":
        return Record(data=chunk)
    try:
        is_utf8 = _ESCAPE not in chunk and bool(chunk.decode("utf-8"))
    except UnicodeDecodeError:
        is_utf8 = False
    return Record(data=chunk, force_utf8=is_utf8, hide_utf8_warnings=True)
