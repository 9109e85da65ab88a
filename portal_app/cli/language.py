"""Writing down what is to be said in a further language, and what is still to be translated."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Annotated

import typer

from portal_app import libraries
from portal_app.cli.refusals import WrongUse
from portal_app.domain.policies import LANGUAGE_TAG, Terms
from portal_app.text import Lang, blanks, written
from portal_app.text.languages import BUILT_IN, FOLDER

TEXTS = "\n[texts]\n"
# What of a new file is not a text. The days are those of the English one.
_HEAD = """name = "{tag}"  # what the language is called in itself

[days]
written  = "{{weekday}} {{day}} {{month}} {{year}}"
weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
# The names of the months, or without this line their numbers.
months   = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
"""
# The library's own words. A language may do without one.
_OWN_WORDS = {"library", *Terms.model_fields}


def language(
    tag: Annotated[str, typer.Argument(help="Its BCP 47 tag, such as zh-Hans or ko.")],
) -> int:
    """Write the file of a further language, or add to it what has come since.

    What is translated stays as it is. Says what is still missing.
    """
    if not re.fullmatch(LANGUAGE_TAG, tag):
        message = f"{tag} is not the BCP 47 tag of a language, such as zh-Hans or ko."
        raise WrongUse(message)
    if tag in BUILT_IN:
        message = f"The words in {tag} are in the tables of portal_app/text."
        raise WrongUse(message)
    file = FOLDER / f"{tag}.toml"
    found = file.read_text("utf-8") if file.exists() else _HEAD.format(tag=tag) + TEXTS
    head, _, _ = found.partition(TEXTS)
    translated = tomllib.loads(found).get("texts", {})
    file.write_text(head + TEXTS + "".join(_entries(translated)), "utf-8")

    said = {key: text for key, text in translated.items() if text and key in written()}
    typer.echo(f"{file}: {len(said):,} of {len(written()):,} texts are written.")
    for place in libraries.unnamed(libraries.current(), tag):
        typer.echo(f"The library has no word yet: {'.'.join(map(str, place))}")
    wrong = [key for key, text in said.items() if _blanks(text) != _blanks(written()[key][Lang.JA])]
    for key in wrong:
        typer.echo(f"Other blanks than in the Japanese text: {key}")
    return 1 if wrong else 0


def _entries(translated: Mapping[str, str]) -> Iterator[str]:
    for key, texts in written().items():
        for lang in (Lang.JA, Lang.EN):
            yield f"\n# {_quoted(texts[lang])}"
        yield f"\n{_quoted(key)} = {_quoted(translated.get(key, ''))}\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # what JSON quotes so, TOML does, too


def _blanks(text: str) -> set[str]:
    return blanks(text) - _OWN_WORDS
