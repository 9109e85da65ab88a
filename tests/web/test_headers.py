"""What every answer says about itself."""

import httpx
import pytest

from portal_app.web.shield import has_a_lasting_name


@pytest.mark.parametrize("path", ["/_health", "/ping", "/_upload", "/nowhere"])
async def test_every_answer_is_guarded_against_misuse(portal, path):
    async with httpx.AsyncClient(base_url=portal.origin) as browser:
        answer = await browser.get(path)

    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in answer.headers["permissions-policy"]


async def test_another_origin_may_read_nothing(portal):
    headers = {"Origin": "https://evil.example"}
    async with httpx.AsyncClient(base_url=portal.origin, headers=headers) as browser:
        answer = await browser.get("/_health")
        asked_before = await browser.options(
            "/auth/sign-in", headers={"Access-Control-Request-Method": "POST"}
        )

    assert "access-control-allow-origin" not in answer.headers
    assert "access-control-allow-origin" not in asked_before.headers


async def test_what_the_doors_answer_is_not_stored(portal):
    answer = await portal.post("/auth/sign-in", card="1000001", password="wrong")

    assert answer.headers["cache-control"] == "no-store"


async def test_the_worker_is_asked_for_anew_and_speaks_to_nobody_else(portal):
    async with httpx.AsyncClient(base_url=portal.origin) as browser:
        answer = await browser.get("/sw.js")

    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-security-policy"] == "default-src 'self'"


@pytest.mark.parametrize(
    ("origin", "lasts"),
    [
        ("https://portal.library.example", True),
        ("https://portal.library.example:8443", True),
        ("http://portal.library.example", False),
        ("https://192.168.1.5:8300", False),
        ("https://[fd00::2]:8300", False),
        ("https://laptop.local:8300", False),
        ("https://localhost:8300", False),
    ],
)
def test_browsers_insist_on_https_where_the_name_is_the_librarys_own(origin, lasts):
    assert has_a_lasting_name(origin) is lasts
