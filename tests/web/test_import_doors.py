"""Lists and photographs of books, over HTTP (issue 4, import)."""

import asyncio

import httpx
import pytest
from sqlmodel import Session

from portal_app import clock, routes
from portal_app.data import tables
from portal_app.domain.catalogue import Audience, IdentifierKind, MaterialClass
from tests.exchange.photo_samples import back_of_a_book, photo
from tests.web.wire import cookie

KOKORO, UNKNOWN = "9784003101018", "9784003107638"
TITLE = "CANARY こころ"
READERS = [routes.DO_READ_LIST, routes.DO_READ_PHOTO]


@pytest.fixture(scope="module")
def catalogue(served_small_portal) -> None:
    """こころ with its ISBN."""
    with Session(served_small_portal.engine) as tx, tx.begin():
        tx.merge(
            tables.BibliographicRecord(
                id=601,
                key=TITLE,
                digest="",
                title=TITLE,
                title_sort=TITLE,
                author_sort="",
                material=MaterialClass.BOOK,
                audience=Audience.GENERAL,
                added_on=clock.now().date(),
            )
        )
        tx.flush()  # its number needs it first
        tx.merge(
            tables.RecordIdentifier(
                record_id=601, position=1, kind=IdentifierKind.ISBN, value=KOKORO
            )
        )


@pytest.fixture
def read(portal, catalogue):
    """Send a file to a door, as the page does."""

    async def read(
        door: str, content: bytes, secret: str = "", origin: str = portal.origin
    ) -> httpx.Response:
        headers = {"Origin": origin, **cookie(secret)}
        async with httpx.AsyncClient(base_url=portal.origin, headers=headers) as browser:
            return await browser.post(door, content=content)

    return read


async def test_a_list_is_answered_with_what_is_found_and_what_is_not(read, hanako):
    content = f"{KOKORO}\n{UNKNOWN}\n9784003107639".encode()

    answer = await read(routes.DO_READ_LIST, content, hanako)

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    told = answer.json()
    assert told["refusal"] == ""
    [found] = told["found"]
    assert (found["note"], found["is_read"]) == ("", False)
    assert (found["record"]["record_id"], found["record"]["title"]) == (601, TITLE)
    assert told["missing"] == [{"number": 2, "written": UNKNOWN}]
    assert told["unread"] == [{"number": 3, "written": "9784003107639"}]


async def test_a_table_brings_notes_and_read_marks(read, hanako):
    table = f"ISBN,メモ,既読\n{KOKORO},もう一度,既読\n".encode()

    answer = await read(routes.DO_READ_LIST, table, hanako)

    [found] = answer.json()["found"]
    assert (found["note"], found["is_read"]) == ("もう一度", True)


async def test_a_photograph_is_read_by_the_server(read, hanako):
    answer = await read(routes.DO_READ_PHOTO, photo(back_of_a_book(KOKORO), "PNG"), hanako)

    assert [one["record"]["record_id"] for one in answer.json()["found"]] == [601]


@pytest.mark.parametrize(
    ("door", "content", "refusal"),
    [
        (routes.DO_READ_LIST, b"\x00\x01", "shelf_import.list_refusal.not_text"),
        (routes.DO_READ_PHOTO, b"\x00\x01", "shelf_import.photo_refusal.not_a_picture"),
    ],
)
async def test_what_cannot_be_read_says_why(read, hanako, door, content, refusal):
    answer = await read(door, content, hanako)

    assert answer.json() == {"refusal": refusal}


@pytest.mark.parametrize("door", READERS)
async def test_strangers_are_told_nothing(read, mei, door):
    for secret in ("", "A" * 43, mei):  # Mei has not chosen a password yet
        answer = await read(door, KOKORO.encode(), secret)

        assert answer.status_code == 401
        assert answer.json() == {"refusal": "shelf_import.problem.signed_out"}


@pytest.mark.parametrize("door", READERS)
async def test_another_site_cannot_have_anything_read(read, hanako, door):
    answer = await read(door, KOKORO.encode(), hanako, origin="https://evil.example")

    assert answer.status_code == 403


async def is_too_large(reading) -> bool:
    try:
        return (await reading).status_code == 413
    except (httpx.ReadError, httpx.WriteError):
        return True  # turned away before all of it was sent


async def test_only_these_doors_take_what_is_large_and_they_have_their_limits(read, hanako):
    large = b"9" * (1 << 20)

    assert (await read(routes.DO_READ_LIST, large, hanako)).status_code == 200
    assert await is_too_large(read(routes.DO_READ_LIST, large * 8 + b"9", hanako))
    assert (await read(routes.DO_READ_PHOTO, large * 12, hanako)).status_code == 200
    assert await is_too_large(read(routes.DO_READ_PHOTO, large * 12 + b"9", hanako))
    for elsewhere in (routes.DO_SIGN_OUT, f"{routes.DO_READ_LIST}/", "/_event/"):
        assert await is_too_large(read(elsewhere, large, hanako))


async def test_a_patron_has_one_list_read_at_a_time_and_then_the_next(read, hanako):
    picture = photo(back_of_a_book(KOKORO, size=(4_000, 4_000)), "PNG")

    answers = await asyncio.gather(*(read(routes.DO_READ_PHOTO, picture, hanako) for _ in range(6)))

    statuses = sorted(answer.status_code for answer in answers)
    assert statuses[0] == 200
    assert set(statuses) <= {200, 503}
    assert (await read(routes.DO_READ_PHOTO, picture, hanako)).status_code == 200


async def test_the_doors_open_to_no_other_method(portal, hanako):
    headers = {"Origin": portal.origin, **cookie(hanako)}
    async with httpx.AsyncClient(base_url=portal.origin, headers=headers) as browser:
        for door in READERS:
            assert (await browser.get(door)).status_code in {404, 405}
            assert (await browser.put(door, content=b"x")).status_code in {404, 405}
