"""The feed of what is new: the same for everybody."""

import httpx
from lxml import etree

from portal_app import routes
from tests.web.wire import Portal

FEED = routes.DO_READ_NEW_ARRIVALS
ATOM = {"a": "http://www.w3.org/2005/Atom"}


async def read(portal: Portal, address: str = FEED, **headers: str) -> httpx.Response:
    async with httpx.AsyncClient(base_url=portal.origin) as reader:
        return await reader.get(address, headers=headers)


async def test_a_reader_of_feeds_needs_no_card_and_may_keep_what_it_read(real_portal):
    answer = await read(real_portal)

    assert answer.status_code == httpx.codes.OK
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert answer.headers["cache-control"] == "public, max-age=900"
    assert "set-cookie" not in answer.headers
    feed = etree.fromstring(answer.content)
    assert feed.findtext("a:id", namespaces=ATOM) == f"{real_portal.origin}{FEED}"
    for entry in feed.findall("a:entry", ATOM):
        assert entry.findtext("a:id", namespaces=ATOM).startswith(f"{real_portal.origin}/records/")


async def test_whoever_is_signed_in_reads_the_same(real_portal):
    secret = await real_portal.sign_in("1000001", "correct horse 1")

    hers = await read(real_portal, cookie=f"__Host-portal_session={secret}")

    assert hers.content == (await read(real_portal)).content


async def test_a_feed_speaks_the_language_that_is_asked_for(real_portal):
    feeds = {
        lang: etree.fromstring((await read(real_portal, f"{FEED}?ndc=9&lang={lang}")).content)
        for lang in ("en", "ja", "xx")
    }

    english = feeds["en"]
    assert english.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert "New arrivals at" in english.findtext("a:title", namespaces=ATOM)
    address = f"{real_portal.origin}{FEED}?ndc=9"
    assert english.findtext("a:id", namespaces=ATOM) == f"{address}&lang=en"
    for lang in ("ja", "xx"):
        assert "の新着資料" in feeds[lang].findtext("a:title", namespaces=ATOM)
        assert feeds[lang].findtext("a:id", namespaces=ATOM) == address


async def test_what_has_not_changed_is_not_sent_again(real_portal):
    first = await read(real_portal)

    second = await read(real_portal, **{"if-none-match": first.headers["etag"]})

    assert (second.status_code, second.content) == (httpx.codes.NOT_MODIFIED, b"")
    assert second.headers["etag"] == first.headers["etag"]


async def test_a_feed_is_about_what_its_address_asks_for_and_no_more(real_portal):
    answer = await read(real_portal, f"{FEED}?ndc=9&week=2026-11-16&page=3&x=<script>")

    feed = etree.fromstring(answer.content)
    assert feed.findtext("a:id", namespaces=ATOM) == f"{real_portal.origin}{FEED}?ndc=9"
