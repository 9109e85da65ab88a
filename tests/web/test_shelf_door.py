"""K-58: a patron's shelves as files, over HTTP."""

import csv
import io
import uuid
from urllib.parse import unquote

import httpx
import openpyxl
import pytest
import rispy
from pybtex.database import parse_bytes
from sqlmodel import Session, col, delete

from portal_app import clock, routes
from portal_app.data import tables
from portal_app.domain.catalogue import Audience, MaterialClass
from portal_app.exchange.shelf_formats import Format
from portal_app.web.shelf_door import disposition
from tests.web.wire import cookie

A, B, KENS = (str(uuid.UUID(int=number, version=4)) for number in (1, 2, 3))
TITLES = ("CANARY こころ", "CANARY 한글の本")
NOWHERE = str(uuid.uuid4())


@pytest.fixture(scope="module")
def shelves(served_small_portal) -> None:
    """Hanako has 明治維新 with two books and an empty shelf; Ken has one book."""
    now = clock.now()
    with Session(served_small_portal.engine) as tx, tx.begin():
        for table in (tables.ShelfBook, tables.Shelf):
            tx.exec(delete(table).where(col(table.patron_id) > 0))
        for record_id, title in enumerate(TITLES, start=501):
            tx.merge(
                tables.BibliographicRecord(
                    id=record_id,
                    key=f"door:{record_id}",
                    digest="",
                    title=title,
                    title_sort=title,
                    author_sort="",
                    material=MaterialClass.BOOK,
                    audience=Audience.GENERAL,
                    added_on=now.date(),
                )
            )
        for patron_id, shelf_id, name in (
            (1, A, "CANARY 明治維新"),
            (1, B, "=1+1"),
            (2, KENS, "x"),
        ):
            shelf = tables.Shelf(patron_id=patron_id, id=shelf_id, name=name, rank=1)
            shelf.created_at = now
            tx.add(shelf)
        tx.flush()  # books need their shelf first
        for patron_id, shelf_id, record_id in ((1, A, 501), (1, A, 502), (2, KENS, 501)):
            book = tables.ShelfBook(patron_id=patron_id, shelf_id=shelf_id, record_id=record_id)
            book.added_at, book.rank = now, record_id
            tx.add(book)


@pytest.fixture
def ask(portal, shelves):
    """Ask the door for a file, as a link of a page does."""

    async def ask(secret: str = "", **asked: str) -> httpx.Response:
        async with httpx.AsyncClient(base_url=portal.origin, headers=cookie(secret)) as browser:
            return await browser.get(routes.DO_TAKE_SHELVES, params=asked)

    return ask


def name_of(answer: httpx.Response) -> str:
    return unquote(answer.headers["content-disposition"].partition("filename*=UTF-8''")[2])


@pytest.mark.parametrize("kind", Format)
async def test_a_patron_takes_a_shelf_away_in_every_format(ask, hanako, kind):
    answer = await ask(hanako, shelf=A, format=kind)

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"].startswith('attachment; filename="shelf.')
    assert name_of(answer).startswith("CANARY 明治維新.")


async def test_what_users_have_opens_the_files(ask, hanako):
    text = await ask(hanako, shelf=A, format="text")
    old = await ask(hanako, shelf=A, format="text-cp932")
    table = await ask(hanako, shelf=A, format="csv")
    sheets = await ask(hanako, shelf=A, format="excel")
    entries = await ask(hanako, shelf=A, format="bibtex")
    references = await ask(hanako, shelf=A, format="ris")

    assert all(title in text.content.decode("utf-8-sig") for title in TITLES)
    assert "CANARY 〓〓の本" in old.content.decode("cp932")
    rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert [row["タイトル"] for row in rows] == list(TITLES)
    assert openpyxl.load_workbook(io.BytesIO(sheets.content)).sheetnames == ["CANARY 明治維新"]
    assert set(parse_bytes(entries.content, "bibtex").entries) == {"record501", "record502"}
    assert [entry["title"] for entry in rispy.loads(references.content.decode())] == list(TITLES)


async def test_the_text_counts_years_as_the_patron_does(ask, hanako):
    text = await ask(hanako, shelf=A, format="text", years="japanese")

    assert "令和" in text.content.decode("utf-8-sig").splitlines()[1]


@pytest.mark.parametrize("shelf", [{}, {"shelf": "all"}])
async def test_all_shelves_are_one_file_with_the_library_s_own_word(ask, hanako, shelf):
    """Complaint 44: everything can be taken along."""
    answer = await ask(hanako, **shelf, format="excel", lang="en")

    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert set(book.sheetnames) == {"=1+1", "CANARY 明治維新"}
    assert name_of(answer) == "Bookshelf.xlsx"


async def test_the_order_is_the_one_that_was_asked_for(ask, hanako):
    up = await ask(hanako, shelf=A, format="csv", sort="own", order="ascending")
    down = await ask(hanako, shelf=A, format="csv", sort="own", order="descending")

    first, second = (title.encode() for title in TITLES)
    assert up.content.index(first) < up.content.index(second)
    assert down.content.index(first) > down.content.index(second)


async def test_nobody_takes_the_shelf_of_another(ask, hanako):
    answer = await ask(hanako, shelf=KENS, format="text")

    assert answer.status_code == 404
    assert "content-disposition" not in answer.headers
    assert (
        answer.text == "見つかりませんでした。まだ作られていないか、すでに完全に削除されています。"
    )


async def test_a_shelf_that_is_nowhere_is_refused_in_the_language_asked_for(ask, hanako):
    answer = await ask(hanako, shelf=NOWHERE, format="text", lang="en")

    assert (answer.status_code, answer.text[:16]) == (404, "It was not found")


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"format": "exe"},
        {"format": "TEXT"},
        {"format": "text", "sort": "size"},
        {"format": "text", "order": "sideways"},
        {"format": "text", "lang": "tlh"},
        {"format": "text", "shelf": ""},
        {"format": "text", "shelf": "1"},
        {"format": "text", "shelf": f"{A}\x00"},
        {"format": "text", "shelf": "' OR 1=1 --"},
        {"format": "text", "shelf": "x" * 5_000},
    ],
)
async def test_what_no_page_asks_is_refused_in_one_sentence(portal, ask, hanako, asked):
    answer = await ask(hanako, **asked)

    assert answer.status_code == 400
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text == "このアドレスではファイルを作れません。画面からもう一度選んでください。"
    assert "Traceback" not in portal.log.read_text()


async def test_a_stranger_is_led_to_the_sign_in_and_back_to_the_shelf(ask):
    one = await ask(shelf=A, format="text")
    every = await ask(format="text")
    nonsense = await ask(shelf="//evil.example", format="text")

    assert one.status_code == 303
    assert one.headers["location"] == f"/sign-in?problem=needed&next=%2Fshelves%2F{A}"
    assert every.headers["location"] == "/sign-in?problem=needed&next=%2Fshelves"
    assert nonsense.headers["location"] == "/sign-in?problem=needed&next=%2Fshelves"
    assert {one.content, every.content, nonsense.content} == {b""}
    assert one.headers["cache-control"] == "no-store"


async def test_an_ended_session_takes_nothing(portal, ask, ken):
    portal.ago(ken, seconds=61)

    answer = await ask(ken, shelf=KENS, format="text")

    assert answer.status_code == 303
    assert b"CANARY" not in answer.content


async def test_a_link_whose_session_has_ended_saves_no_sign_in_page(portal, shelves):
    headers = {"Sec-Fetch-Dest": "empty", "Sec-Fetch-Mode": "navigate"}
    async with httpx.AsyncClient(base_url=portal.origin, headers=headers) as browser:
        answer = await browser.get(routes.DO_TAKE_SHELVES, params={"shelf": A, "format": "text"})

    assert (answer.status_code, answer.content) == (403, b"")


async def test_a_newcomer_chooses_a_password_first(ask, mei):
    answer = await ask(mei, format="text")

    assert answer.headers["location"] == "/password?next=%2Fshelves"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
async def test_the_door_only_gives(portal, hanako, method):
    headers = {"Origin": portal.origin, "content-length": "0", **cookie(hanako)}
    async with httpx.AsyncClient(base_url=portal.origin, headers=headers) as browser:
        answer = await browser.request(method, routes.DO_TAKE_SHELVES)

    assert (answer.status_code, b"CANARY" in answer.content) == (404, False)


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("a.txt", "attachment; filename=\"shelf.txt\"; filename*=UTF-8''a.txt"),
        (
            "本 1%';.csv",
            "attachment; filename=\"shelf.csv\"; filename*=UTF-8''%E6%9C%AC%201%25%27%3B.csv",
        ),
    ],
)
def test_a_name_in_any_script_stands_in_the_header(name, header):
    assert disposition(name) == header
