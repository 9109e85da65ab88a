"""The feed as a reader takes it: by RFC 4287, element by element."""

import datetime as dt

from lxml import etree

from portal_app.clock import LIBRARY_TIME
from portal_app.exchange.atom import Entry, Feed, as_atom

MORNING = dt.datetime(2026, 11, 22, tzinfo=LIBRARY_TIME)
FEED = Feed(
    address="https://library.example/new.atom?ndc=9&class=book",
    page="https://library.example/new?ndc=9&class=book",
    title="新着資料",
    author="図書館",
    lang="ja",
    updated=MORNING,
)
ENTRY = Entry(
    address="https://library.example/records/7",
    title="<b>こころ</b> & \x0b門",
    summary="夏目 漱石 著",
    category="図書",
    updated=MORNING,
)
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def parsed(*entries: Entry) -> etree._Element:
    return etree.fromstring(as_atom(FEED, entries))


def test_a_feed_has_what_every_feed_must_have():
    feed = parsed()

    assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
    assert [feed.findtext(f"a:{name}", namespaces=ATOM) for name in ("id", "title")] == [
        FEED.address,
        "新着資料",
    ]
    assert feed.findtext("a:author/a:name", namespaces=ATOM) == "図書館"
    assert feed.findtext("a:updated", namespaces=ATOM) == "2026-11-22T00:00:00+09:00"
    assert {link.get("rel"): link.get("href") for link in feed.findall("a:link", ATOM)} == {
        "self": FEED.address,
        "alternate": FEED.page,
    }
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "ja"


def test_an_entry_has_what_every_entry_must_have():
    [entry] = parsed(ENTRY).findall("a:entry", ATOM)

    said = {name: entry.findtext(f"a:{name}", namespaces=ATOM) for name in ("id", "updated")}
    assert said == {"id": ENTRY.address, "updated": "2026-11-22T00:00:00+09:00"}
    [link] = entry.findall("a:link", ATOM)
    assert (link.get("rel"), link.get("href")) == ("alternate", ENTRY.address)
    assert entry.find("a:category", ATOM).get("term") == "図書"
    assert entry.findtext("a:summary", namespaces=ATOM) == "夏目 漱石 著"


def test_a_title_is_text_whatever_stands_in_it():
    assert parsed(ENTRY).findtext("a:entry/a:title", namespaces=ATOM) == "<b>こころ</b> & 門"


def test_nothing_is_named_twice():
    feed = parsed(ENTRY)

    names = [element.tag for element in feed if element.tag.rpartition("}")[2] != "link"]
    assert len(names) == len(set(names))
