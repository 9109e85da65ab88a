"""The browser tidies and measures names of shelves exactly as the library does."""

import json

import pytest

from portal_app.domain.policies import Shelf
from portal_app.domain.shelves import length_of, problem_of_name, tidy_name

NAMES = (
    "",
    "   ",
    "読みたい本",
    "  夏休み　の  宿題 ",
    "2026年☆絵本！？",
    "かが\u3099み",
    "👨‍👩‍👧で読む",
    "🇯🇵の本",
    "a\tb\nc\rd\x85e\x1cf",
    "tab\x00nul\x07bell",
    "\u202e逆さま\u202c",
    "zero\u200bwidth\ufeffand joiner\u200d",
    "あ" * 32,
    "あ" * 33,
    "👨‍👩‍👧‍👦" * 32,
    "👨‍👩‍👧‍👦" * 33,
    "x" + "\u0301" * 400,
    "x" + "\u0301" * 398,
)


@pytest.fixture
def ask(in_browser):
    """Ask the browser what it makes of every name."""

    def ask(expression):
        return in_browser(
            f"""
            import * as names from "./utils/shelves/names.js";
            answer({json.dumps(NAMES)}.map((name) => {expression}));
            """
        )

    return ask


def test_names_are_tidied_as_the_library_does(ask):
    assert ask("names.tidyName(name)") == [tidy_name(name) for name in NAMES]


def test_characters_are_counted_as_people_see_them(ask):
    assert ask("names.lengthOf(name)") == [length_of(name) for name in NAMES]


@pytest.mark.parametrize("longest", [32, 5])
def test_names_are_refused_for_the_same_reasons(ask, longest):
    policy = Shelf(name_max=longest)
    problems = [problem_of_name(tidy_name(name), policy) for name in NAMES]

    found = ask(f"names.problemOfName(names.tidyName(name), {longest})")

    assert found == [f"shelves.refusal.{one}" if one else "" for one in problems]
