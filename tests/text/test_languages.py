"""A further language by files alone (docs/languages.md): made, translated, and offered."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from portal_app.settings import PROJECT
from portal_app.text import Lang, written

TAG = "zh-Hans"
DAYS = """
[days]
written  = "{year}年{month}月{day}日 {weekday}"
weekdays = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]
"""

# What a portal says that offers it. Every page is drawn, since each asks for its own texts.
SPEAK = """
import datetime as dt, json
from portal_app.browser import words
from portal_app.data.letter_texts import draft_of
from portal_app.domain.mail import LetterKind
from portal_app import libraries
from portal_app.portal_app import PAGES
from portal_app.text import Lang, offered, say
from portal_app.text.dates import Years, written_day
for page in PAGES.values():
    page.draw()
lang, library = Lang("zh-Hans"), libraries.current()
letter = draft_of(LetterKind.TEST, [], library, lang)
print(json.dumps({
    "offered": offered(),
    "lacking": [key for key in words.shown() if len(words.texts()[key]) < 4],
    "name": words.texts()["common.library"][lang],
    "words": sum('"common.library"' in module for module in words.modules().values()),
    "day": written_day(dt.date(2026, 12, 5), lang, Years.JAPANESE),
    "letter": [letter.subject, letter.body],
}))
"""


@pytest.fixture(scope="module")
def portal(tmp_path_factory) -> Path:
    """A portal of its own, since languages are files among the others."""
    folder = tmp_path_factory.mktemp("portal")
    for name in ("portal_app", "assets"):
        shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "rxconfig.py", folder)
    return folder


@pytest.fixture
def run(portal):
    """Run something of that portal's."""

    def run(*command: str, status: int = 0, **environment: str) -> str:
        ran = subprocess.run(
            (sys.executable, *command),
            cwd=portal,
            env=os.environ | {"PYTHONPATH": str(portal), **environment},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert ran.returncode == status, ran.stderr
        return ran.stdout + ran.stderr

    return run


@pytest.fixture
def language(portal) -> Iterator[Path]:
    """Where the file of the language is."""
    file = portal / "portal_app" / "text" / "languages" / f"{TAG}.toml"
    yield file
    file.unlink(missing_ok=True)


def translate(file: Path) -> None:
    """Write something for every text that has nothing yet, and how days are written."""
    english = {key: texts[Lang.EN] for key, texts in written().items()}
    entry = re.compile(r'^"(.+)" = ""$', re.MULTILINE)

    def translated(key: re.Match[str]) -> str:
        said = json.dumps(f"中{english[key[1]]}", ensure_ascii=False)
        return f'"{key[1]}" = {said}'

    texts = entry.sub(translated, file.read_text("utf-8"))
    file.write_text(re.sub(r"\n\[days\].*?\n(?=\n\[texts)", DAYS, texts, flags=re.DOTALL), "utf-8")


def library_with(further: str, tmp_path: Path) -> str:
    """Return where there is a library's file that offers the language."""
    preset = (files("portal_app.libraries") / "kagoshima.toml").read_text("utf-8")
    file = tmp_path / "library.toml.txt"
    file.write_text(f"further_languages = {further}\n{preset}", "utf-8")
    return str(file)


def with_its_words(library: str) -> None:
    """Let the library's own words be there in the language, too."""
    file = Path(library)
    ours = re.sub(r"(?m)^(en +)(= .*)$", rf"\1\2\n{TAG} \2", file.read_text("utf-8"))
    ours = re.sub(r'([,{] ?)en( *= *"[^"]*")', rf"\1en\2, {TAG}\2", ours)
    file.write_text(ours, "utf-8")


def test_a_language_is_a_file(run, language, tmp_path):
    run("-m", "portal_app.cli", "language", TAG)
    translate(language)
    library = library_with(f'["{TAG}"]', tmp_path)
    with_its_words(library)

    said = json.loads(run("-c", SPEAK, PORTAL_LIBRARY=library))

    assert said["offered"] == ["ja", "en", "ja-simple", TAG]
    assert said["lacking"] == []
    assert said["words"] == len(said["offered"])
    assert said["day"] == "2026年12月5日 周六"
    subject, body = said["letter"]
    assert subject.startswith("中")
    assert "中" in body


def test_what_is_translated_stays_and_what_is_new_is_added(run, language):
    run("-m", "portal_app.cli", "language", TAG)
    translate(language)
    whole = language.read_text("utf-8")
    entry = re.compile(r'\n# .*\n# .*\n"common.count" = .*\n')
    language.write_text(entry.sub("", whole), "utf-8")

    said = run("-m", "portal_app.cli", "language", TAG)

    assert f"{len(written()) - 1:,} of {len(written()):,} texts" in said
    assert language.read_text("utf-8") == re.sub(
        '(?m)^"common.count" = .*$', '"common.count" = ""', whole
    )


def test_a_blank_that_was_lost_is_named(run, language):
    run("-m", "portal_app.cli", "language", TAG)
    translate(language)
    language.write_text(language.read_text("utf-8").replace("{count", "{number"), "utf-8")

    assert "blanks than in the Japanese text: common.count" in run(
        "-m", "portal_app.cli", "language", TAG, status=1
    )


@pytest.mark.parametrize(
    ("further", "problem"),
    [
        ('["ko"]', "line 1: further_languages.0: there is no language ko."),
        (f'["{TAG}"]', "texts are not written yet, the first is "),
    ],
)
def test_a_language_that_is_not_ready_is_not_offered(run, language, tmp_path, further, problem):
    run("-m", "portal_app.cli", "language", TAG)
    library = library_with(further, tmp_path)

    assert problem in run("-m", "portal_app.cli", "demo", status=2, PORTAL_LIBRARY=library)


def test_a_library_has_its_own_words_in_each_language_that_it_offers(run, language, tmp_path):
    run("-m", "portal_app.cli", "language", TAG)
    translate(language)
    library = library_with(f'["{TAG}"]', tmp_path)

    assert f"name: no word in {TAG}." in run("-c", SPEAK, status=1, PORTAL_LIBRARY=library)
    assert "The library has no word yet: branches.0.name" in run(
        "-m", "portal_app.cli", "language", TAG, PORTAL_LIBRARY="kagoshima"
    )


@pytest.mark.parametrize(
    ("tag", "problem"),
    [
        ("ja-simple", "The words in ja-simple are in the tables of portal_app/text."),
        ("Deutsch", "Deutsch is not the BCP 47 tag of a language"),
        ("../ko", "../ko is not the BCP 47 tag of a language"),
    ],
)
def test_what_can_have_no_file_of_its_own_gets_none(run, tag, problem):
    assert problem in run("-m", "portal_app.cli", "language", tag, status=2)
