import dataclasses

import pytest
from hypothesis import given, settings

from portal_app.exchange import cp932
from portal_app.exchange.calendar import Occasion
from portal_app.exchange.display_width import folded_to, width_of
from portal_app.exchange.shelf_columns import COLUMNS
from portal_app.exchange.shelf_files import TakenShelf, Unwritten, file_name
from portal_app.exchange.shelf_text import as_text, as_text_in_cp932
from portal_app.text import Lang, offered
from portal_app.text import written as texts
from tests.exchange.shelf_samples import AKAMATSU, AKUI, NASTY, RESTORATION, SHELVES

DAY, IN_ENGLISH = "2026年11月22日（日）", "Sun 22 Nov 2026"
WRITTEN = """\
明治維新
2026年11月22日（日）　2冊

No. 請求記号   所蔵館     タイトル

1   289.1      本館一般   赤松小三郎ともう一つの明治維新
                          関 良基 / 著 -- 作品社 -- 2016.12 -- 289.1

2   913.6      谷山       悪意
                          東野 圭吾 / 著 -- 双葉社 -- 1996.9 -- 913.6
                          既読
                          もう一度読む
"""


def as_read_in_notepad(file):
    return file.content.decode("utf-8-sig").replace("\r\n", "\n")


def shelf_of(*lines):
    return TakenShelf(name="明治維新", lines=lines)


def test_a_shelf_is_written_as_text_that_is_lined_up():
    file = as_text([RESTORATION], name="明治維新", day=DAY, lang=Lang.JA)

    assert as_read_in_notepad(file) == WRITTEN
    assert (file.name, file.media_type) == ("明治維新.txt", "text/plain; charset=utf-8")


def test_notepad_of_any_age_knows_the_encoding_and_the_lines():
    file = as_text([RESTORATION], name="x", day=DAY, lang=Lang.JA)

    assert file.content.startswith(b"\xef\xbb\xbf")
    assert file.content.count(b"\n") == file.content.count(b"\r\n") == 12


def test_an_empty_shelf_says_so():
    file = as_text([shelf_of()], name="x", day=IN_ENGLISH, lang=Lang.EN)

    assert as_read_in_notepad(file).split("\n") == ["明治維新", "Sun 22 Nov 2026  0 books", "", ""]


def test_several_shelves_stand_one_below_the_other():
    file = as_text(
        [shelf_of(AKUI), shelf_of(AKAMATSU)],
        name="x",
        day=IN_ENGLISH,
        lang=Lang.EN,
    )

    assert as_read_in_notepad(file).count("1 book\n") == 2


@pytest.mark.parametrize("lang", offered())
def test_full_width_characters_do_not_push_the_titles_out_of_line(lang):
    wide = dataclasses.replace(AKUI, call_number="Ｅ①ﾋ※", branch="移動図書館")
    file = as_text([shelf_of(AKAMATSU, wide)], name="x", day=DAY, lang=lang)

    lines = as_read_in_notepad(file).split("\n")
    places = {
        width_of(line[: line.index(book)])
        for line in lines
        for book in ("赤松", "悪意", "関")
        if book in line
    }
    assert len(places) == 1


def test_a_long_call_number_goes_on_below():
    long = dataclasses.replace(AKUI, call_number="参考資料室郷土" * 4)
    file = as_text([shelf_of(long)], name="x", day=DAY, lang=Lang.JA)

    columns = [line[4:16].strip() for line in as_read_in_notepad(file).split("\n")[5:8]]
    assert "".join(columns) == "参考資料室郷土" * 4


@given(NASTY)
def test_folding_keeps_every_character_and_the_width(text):
    pieces = folded_to(text, width=10)

    assert "".join(pieces) == text
    assert max(map(width_of, pieces)) <= 10


@settings(deadline=None, max_examples=50)
@given(SHELVES)
def test_every_book_has_its_own_lines_whatever_it_is_called(shelves):
    file = as_text(shelves, name="x", day=DAY, lang=Lang.JA)

    written = as_read_in_notepad(file)
    assert "\r" not in written
    for shelf in shelves:
        assert all(line.full_title in written for line in shelf.lines)


def test_text_in_cp932_is_the_same_text():
    file = as_text_in_cp932([RESTORATION], name="明治維新", day=DAY, lang=Lang.JA)

    assert file.content.decode("cp932").replace("\r\n", "\n") == WRITTEN
    assert file.unwritten == ()


def test_what_cp932_cannot_write_is_marked_and_listed():
    fox = dataclasses.replace(AKUI, title="🦊と한글", note="한글")
    file = as_text_in_cp932([shelf_of(AKAMATSU, fox)], name="x", day=DAY, lang=Lang.JA)

    written = file.content.decode("cp932")
    assert "〓と〓〓" in written
    assert written.endswith("明治維新  2  U+1F98A, U+D55C, U+AE00\r\n")
    assert file.unwritten == (Unwritten(shelf="明治維新", number=2, characters=("🦊", "한", "글")),)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("〜−—", "～－―"),
        ("が" + "か\u3099", "がが"),
        ("葛\U000e0100飾", "葛飾"),
        ("髙﨑\ufa19①", "髙﨑\ufa19①"),
        ("👨‍👩‍👧‍👦", "〓"),
        ("\ue000\xa0", "〓 "),
        ("é", "〓"),
    ],
)
def test_cp932_writes_the_twin_of_a_character_where_it_has_one(text, written):
    fitted, _ = cp932.fitted(text)

    assert fitted.encode("cp932").decode("cp932") == written


@settings(deadline=None, max_examples=50)
@given(SHELVES)
def test_every_shelf_can_be_written_in_cp932(shelves):
    file = as_text_in_cp932(shelves, name="x", day=DAY, lang=Lang.JA)

    written = file.content.decode("cp932")
    assert bool(file.unwritten) == ("書けない文字" in written)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("明治維新", "明治維新.txt"),
        ("../../etc/passwd", "_.._etc_passwd.txt"),
        ("a:b?\r\n", "a_b_.txt"),
        ("con", "_con.txt"),
        ("読む\u202etxt.exe", "読む_txt.exe.txt"),
        ("...", "本棚.txt"),
        ("", "本棚.txt"),
        ("???", "本棚.txt"),
        ("🦊" * 90, "🦊" * 50 + ".txt"),
    ],
)
def test_the_name_of_a_file_is_safe_on_every_system(name, expected):
    assert file_name(name, ending="txt", lang=Lang.JA) == expected


def test_no_text_of_a_file_is_forgotten():
    of_text = {"number", "taken_on", "unwritten"}
    of_the_door = {"all", "refusal"}
    of_columns = {f"column.{name}" for name in COLUMNS}
    of_lists = {"fact"}
    of_calendars = {"calendar.name", *(f"calendar.{occasion}" for occasion in Occasion)}

    assert {
        key.removeprefix("downloads.") for key in texts() if key.startswith("downloads.")
    } == of_text | of_the_door | of_columns | of_lists | of_calendars
