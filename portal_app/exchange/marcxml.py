"""Records in MARCXML, each parsed by itself so that a broken one stops none."""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]  lxml has no types
from pymarc import Field, Indicators, Leader, Record, Subfield
from pymarc.exceptions import PymarcException

from portal_app.exchange.marc import catalogued
from portal_app.exchange.outcomes import Outcome, Reason, Rejected

_NAMESPACE = "http://www.loc.gov/MARC21/slim"
_BLOCK = 1 << 16
_LONGEST = 1 << 22
_LONGEST_TAG = 1 << 12
_LEADER = 24

_MARK = re.compile(r"<(/?)([\w.-]+:)?record(?=[\s>/])[^<>]*>")
_MARC_INSIDE = re.compile(r"<(?:[\w.-]+:)?(?:leader|controlfield|datafield)\b")
_PREFIX = re.compile(r"(?:<|\s)([A-Za-z_][\w.-]*):[A-Za-z_]")
_DECLARED = re.compile(rb"""<\?xml[^>]*\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read(stream: BinaryIO) -> Iterator[Outcome]:
    """Return what becomes of each record of a stream."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    for number, fragment in enumerate(_fragments(stream), start=1):
        if isinstance(fragment, Reason):
            yield Rejected(number=number, reason=fragment)
        else:
            yield _read_one(fragment, number, parser)


def encoding_of(beginning: bytes) -> str:
    """Return the encoding that an XML file names, or UTF-8."""
    for mark, name in _BYTE_ORDER_MARKS:
        if beginning.startswith(mark):
            return name
    declared = _DECLARED.search(beginning[:200])
    try:
        return codecs.lookup(declared[1].decode("ascii")).name if declared else "utf-8"
    except LookupError:
        return "utf-8"


def _fragments(stream: BinaryIO) -> Iterator[str | Reason]:
    """Return the text of each record element.

    An element that begins inside another is the record, and the outer one an
    envelope (SRU, OAI-PMH), or a record whose end was lost.
    """
    pending = ""
    begun: int | None = None
    for text in _texts(stream):
        searched = max(0, len(pending) - _LONGEST_TAG)
        pending += text
        done = 0
        for mark in _MARK.finditer(pending, searched):
            if not mark[1]:
                if begun is not None and _MARC_INSIDE.search(pending, begun, mark.start()):
                    yield Reason.BAD_XML
                begun = mark.start()
            elif begun is not None and mark.end() > begun:
                yield pending[begun : mark.end()]
                begun, done = None, mark.end()
        pending, begun = _shortened(pending, begun, done)
        if begun is not None and len(pending) > _LONGEST:
            yield Reason.TOO_LONG
            pending, begun = pending[-_LONGEST_TAG:], None
    if begun is not None:
        yield Reason.TRUNCATED


def _shortened(pending: str, begun: int | None, done: int) -> tuple[str, int | None]:
    if begun is not None:
        return pending[begun:], 0
    return pending[max(done, len(pending) - _LONGEST_TAG) :], None


def _texts(stream: BinaryIO) -> Iterator[str]:
    block = stream.read(_BLOCK)
    decoder = codecs.getincrementaldecoder(encoding_of(block))(errors="replace")
    while block:
        yield decoder.decode(block)
        block = stream.read(_BLOCK)
    yield decoder.decode(b"", final=True)


def _read_one(fragment: str, number: int, parser: etree.XMLParser) -> Outcome:
    if "\ufffd" in fragment:
        return Rejected(number=number, reason=Reason.BAD_TEXT)
    names = {found for found in _PREFIX.findall(fragment) if found not in {"xml", "xmlns"}}
    spaces = " ".join(f'xmlns:{name}="{_NAMESPACE}"' for name in sorted(names))
    try:
        outer = etree.fromstring(f"<collection {spaces}>{fragment}</collection>", parser)
        return catalogued(_record(outer[0]), number=number)
    except etree.XMLSyntaxError as mistake:
        return Rejected(number=number, reason=Reason.BAD_XML, detail=mistake.msg or "")
    except (PymarcException, ValueError, IndexError):
        return Rejected(number=number, reason=Reason.BAD_XML)


def _record(element: etree._Element) -> Record:
    record = Record()
    for child in element.iterchildren(etree.Element):
        name = etree.QName(child).localname
        tag = child.get("tag", "")
        if name == "leader":
            record.leader = Leader((child.text or "").ljust(_LEADER)[:_LEADER])
        elif name == "controlfield":
            record.add_field(Field(tag=tag, data=child.text or ""))
        elif name == "datafield":
            record.add_field(_field(child, tag))
    return record


def _field(element: etree._Element, tag: str) -> Field:
    return Field(
        tag=tag,
        indicators=Indicators(element.get("ind1", " "), element.get("ind2", " ")),
        subfields=[
            Subfield(code=child.get("code", ""), value="".join(child.itertext()))
            for child in element.iterchildren(etree.Element)
        ],
    )
