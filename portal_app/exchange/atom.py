"""An Atom feed (RFC 4287), as readers of feeds take it."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

MEDIA_TYPE = "application/atom+xml"

_ATOM = "http://www.w3.org/2005/Atom"
# In which language records are described, whatever the feed speaks.
OF_THE_CATALOGUE = "ja"
# What XML cannot carry, however it is escaped.
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that a feed tells."""

    address: str
    title: str
    summary: str
    category: str
    updated: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed without its entries. ``address`` is its own, ``page`` the page it belongs to."""

    address: str
    page: str
    title: str
    author: str
    lang: str
    updated: dt.datetime


def as_atom(feed: Feed, entries: Sequence[Entry]) -> bytes:
    """Return a feed as a file. Its address names it, and so does each entry's."""
    ET.register_namespace("", _ATOM)
    root = ET.Element(_tag("feed"), {"xml:lang": feed.lang})
    _text(root, "id", feed.address)
    _text(root, "title", feed.title)
    _text(root, "updated", feed.updated.isoformat())
    _text(ET.SubElement(root, _tag("author")), "name", feed.author)
    _link(root, "self", feed.address, MEDIA_TYPE)
    _link(root, "alternate", feed.page, "text/html")
    for entry in entries:
        _add(root, entry)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def _add(root: ET.Element, entry: Entry) -> None:
    element = ET.SubElement(root, _tag("entry"), {"xml:lang": OF_THE_CATALOGUE})
    _text(element, "id", entry.address)
    _text(element, "title", entry.title)
    _text(element, "updated", entry.updated.isoformat())
    _link(element, "alternate", entry.address, "text/html")
    ET.SubElement(element, _tag("category"), {"term": entry.category})
    _text(element, "summary", entry.summary)


def _link(parent: ET.Element, kind: str, address: str, media_type: str) -> None:
    ET.SubElement(parent, _tag("link"), {"rel": kind, "href": address, "type": media_type})


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, _tag(name)).text = _NOT_XML.sub("", text)


def _tag(name: str) -> str:
    return f"{{{_ATOM}}}{name}"
