"""K-58: files that a device makes without a connection are those of the library."""

import dataclasses
import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal_app import libraries
from portal_app.browser import words
from portal_app.components.shelf_downloads import show_words_of_files
from portal_app.domain.catalogue import Availability
from portal_app.domain.shelves import ShelfKey, Sorting
from portal_app.exchange.shelf_files import ShelfLine, TakenShelf, file_name
from portal_app.exchange.shelf_tables import as_csv
from portal_app.exchange.shelf_text import as_text
from portal_app.services import shelf_copies, shelf_downloads, shelf_filling, shelves
from portal_app.services.shelf_downloads import Manner
from portal_app.text import Lang, offered
from portal_app.text.dates import Years, written_day
from tests.conftest import NOW
from tests.exchange.shelf_samples import AKAMATSU, AKUI, NASTY, RESTORATION, SHELVES, TODAY

# What comes over the wire is text that UTF-8 can hold.
IS_SENT = st.characters(codec="utf-8")
HARD = (
    "=1+1",
    "'=1+1",
    "\u3000＝HYPERLINK(A1)",
    "\t=1",
    "\"引用\", と '句'",
    "一行目\r\n二行目\n\n三行目\r四行目\x0b五\x85六",
    "a; b;c;;d; ",
    "葛\U000e0100飾区 か\u309a 👨‍👩‍👧‍👦 🦊",
    "\x00\x1b\ufeff\uffff\x85\ufffe",
    "\u2028\u2029\u202e\u200b\u2003x\u2003",
    "①※αЖ─\ue000\U000f0000ｱ한글〜",
    "\u1100\u1161\u11a8 Å\u0301",
    "長" * 2_000,
    " ",
    "",
)


@pytest.fixture
def made_here(in_browser):
    """Make files of shelves in the browser: their text and their table."""
    show_words_of_files()

    def made_here(
        shelves: Sequence[dict[str, Any]], lang: Lang, years: Years = Years.WESTERN
    ) -> tuple[str, str]:
        asked = {"lang": lang, "shelves": shelves, "today": TODAY.isoformat(), "years": years}
        given = json.dumps(asked)
        text, table = in_browser(
            f"""
            import {{ textOf }} from "./utils/shelves/text.js";
            import {{ tableOf }} from "./utils/shelves/table.js";
            import {{ learn }} from "./utils/speech.js";
            const {{ lang, shelves, today, years }} = {given};
            await learn(lang);
            answer([textOf(lang, shelves, today, years), tableOf(lang, shelves)]);
            """
        )
        return text, table

    return made_here


def copied(line: ShelfLine) -> dict[str, Any]:
    """Return a book as a device has it. Its branch has left the library, and is its own name."""
    return {
        "record": {
            "record_id": line.record_id,
            "title": line.title,
            "volume": line.volume,
            "material": line.material,
            "availability": line.availability,
        },
        "detail": {
            "title_reading": line.title_reading,
            "creators": [dataclasses.asdict(creator) for creator in line.creators],
            "publisher": line.publisher,
            "published_on": line.published_on,
            "published_year": line.published_year,
            "isbn": line.isbn,
            "places": [
                {"branch_code": "elsewhere", "call_number": ""},
                {"branch_code": line.branch, "call_number": line.call_number},
            ][0 if line.call_number else 1 :],
        },
        "added_at": f"{line.added_on}T23:59:59+09:00",
        "note": line.note,
        "is_read": line.is_read,
    }


def is_sent(text: str) -> bool:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") == text


def can_be_sent(shelves: Sequence[TakenShelf]) -> bool:
    return all(is_sent(text) for shelf in shelves for text in texts_of(shelf))


def texts_of(shelf: TakenShelf) -> list[str]:
    texts = [shelf.name]
    for line in shelf.lines:
        texts += [text for text in dataclasses.astuple(line) if isinstance(text, str)]
        texts += [text for one in line.creators for text in dataclasses.astuple(one)]
    return texts


def on_a_device(shelf: TakenShelf) -> dict[str, Any]:
    return {"name": shelf.name, "books": [copied(line) for line in shelf.lines]}


def as_known(shelf: TakenShelf) -> TakenShelf:
    """Return a shelf whose books say how they stand by its code, and always when they came."""
    lines = (
        dataclasses.replace(
            line, availability=Availability.ON_LOAN, added_on=line.added_on or TODAY
        )
        for line in shelf.lines
    )
    return dataclasses.replace(shelf, lines=tuple(lines))


def worded(shelf: TakenShelf, lang: Lang) -> TakenShelf:
    said = words.texts()[f"availability.{Availability.ON_LOAN}"][lang]
    lines = tuple(dataclasses.replace(line, availability=said) for line in shelf.lines)
    return dataclasses.replace(shelf, lines=lines)


def made_by_the_library(
    shelves: Sequence[TakenShelf], lang: Lang, years: Years = Years.WESTERN
) -> tuple[str, str]:
    said = [worded(shelf, lang) for shelf in shelves]
    text = as_text(said, name="x", day=written_day(TODAY, lang, years), lang=lang)
    return text.content.decode("utf-8-sig"), as_csv(said, name="x", lang=lang).content.decode(
        "utf-8-sig"
    )


@pytest.mark.parametrize("years", Years)
@pytest.mark.parametrize("lang", offered())
def test_a_shelf_is_written_here_as_by_the_library(made_here, lang, years):
    shelves = [as_known(shelf) for shelf in (RESTORATION, TakenShelf(name="", lines=()))]
    held = [*map(on_a_device, shelves)]

    assert made_here(held, lang, years) == made_by_the_library(shelves, lang, years)


def test_hard_texts_are_written_here_as_by_the_library(made_here):
    fields = ("title", "volume", "title_reading", "publisher", "published_on", "isbn", "note")
    places = ("call_number", "branch")
    lines = [
        dataclasses.replace(AKUI, **{field: text})
        for text in HARD
        for field in (*fields, *places)
        if not (field == "branch" and not text)
    ]
    shelves = [as_known(TakenShelf(name=name, lines=tuple(lines))) for name in HARD[:3]]

    assert made_here([*map(on_a_device, shelves)], Lang.JA) == made_by_the_library(shelves, Lang.JA)


def test_a_thousand_books_are_lined_up_here_as_by_the_library(made_here):
    shelf = as_known(TakenShelf(name="千冊", lines=(AKAMATSU, AKUI) * 500))

    assert made_here([on_a_device(shelf)], Lang.EN) == made_by_the_library([shelf], Lang.EN)


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(SHELVES.filter(can_be_sent), st.sampled_from(offered()))
def test_whatever_is_on_a_shelf_is_written_here_as_by_the_library(made_here, shelves, lang):
    known = [as_known(shelf) for shelf in shelves]

    assert made_here([*map(on_a_device, known)], lang) == made_by_the_library(known, lang)


def test_what_the_library_sends_becomes_the_library_s_own_file(
    made_here, library, hanako, ginga, kokoro
):
    key = ShelfKey(patron_id=hanako, shelf_id="11111111-1111-4111-8111-111111111111")
    policy = libraries.current().shelf
    shelves.create(key=key, name="漱石と賢治", policy=policy, now=NOW)
    shelf_filling.add(keys=[key], record_ids=[ginga, kokoro], policy=policy, now=NOW)
    manner = Manner(sorting=Sorting(), library=libraries.current(), lang=Lang.JA)
    [taken] = shelf_downloads.take(key=key, manner=manner).shelves

    [held] = shelf_copies.look(patron_id=hanako, shelf_ids=[key.shelf_id]).values()
    sent = json.loads(json.dumps([dataclasses.asdict(book) for book in held.books], default=str))
    text, table = made_here([{"name": "漱石と賢治", "books": sent}], Lang.JA)

    file = as_text([taken], name="x", day=written_day(TODAY, Lang.JA), lang=Lang.JA)
    assert text == file.content.decode("utf-8-sig")
    assert table == as_csv([taken], name="x", lang=Lang.JA).content.decode("utf-8-sig")
    assert "銀河鉄道の夜" in text


@settings(
    deadline=None, max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(NASTY | st.text(IS_SENT), max_size=100))
def test_a_file_is_called_here_as_by_the_library(in_browser, names):
    show_words_of_files()
    known = [
        "明治維新",
        "../../etc/passwd",
        "con",
        "Lpt1.x",
        "...",
        "",
        "???",
        "🦊" * 90,
        "読む\u202e",
    ]
    sent = [*known, *filter(is_sent, names)]

    called = in_browser(
        f"""
        import {{ fileName }} from "./utils/shelves/wording.js";
        answer({json.dumps(sent)}.map((name) => fileName("ja", name, "txt")));
        """
    )

    assert called == [file_name(name, ending="txt", lang=Lang.JA) for name in sent]
