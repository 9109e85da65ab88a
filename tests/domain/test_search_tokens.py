import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from portal_app.domain.search_key import JAPANESE, search_key
from portal_app.domain.search_tokens import Phrase, contains, equals, starts, tokens_of

KEYS = st.text(st.sampled_from("アイウ海山 ab1+"), min_size=1, max_size=9).map(search_key)
LETTER = rf"[^{JAPANESE} ]"


def finds(phrase: Phrase, key: str) -> bool:
    """Look for a phrase in the tokens of a key, as a database does."""
    tokens = tokens_of(key)
    *whole, last = phrase.tokens
    return any(
        tokens[at : at + len(whole)] == whole
        and tokens[at + len(whole)].startswith(last)
        and (phrase.is_open or tokens[at + len(whole)] == last)
        for at in range(len(tokens) - len(whole))
    )


def stands_in(word: str, key: str) -> bool:
    """Look for a word by reading the text: letters from their beginning, numbers whole."""
    before = f"(?<!{LETTER})" if re.match(LETTER, word) else ""
    letters = re.search(f"{LETTER}+$", word)
    is_whole = letters and (len(letters[0]) < 3 or letters[0].isdecimal())
    after = f"(?!{LETTER})" if is_whole else ""
    return re.search(before + re.escape(word) + after, key) is not None


@given(KEYS, KEYS)
def test_the_tokens_find_a_word_exactly_where_it_stands(key, word):
    assume(word)

    assert finds(contains(word), key) == stands_in(word, key)


@given(KEYS, KEYS)
def test_the_tokens_find_what_a_text_begins_with(key, word):
    assume(word)

    assert finds(starts(word), key) == (
        key.startswith(word) and stands_in(word, key[: len(word) + 1])
    )


@given(KEYS, KEYS)
def test_the_tokens_find_what_a_text_is(key, word):
    assume(word)

    assert finds(equals(word), key) == (key == word)


@given(KEYS, KEYS, KEYS)
def test_no_word_reaches_from_one_text_into_the_next(first, second, word):
    assume(first and second and word)
    tokens = tokens_of(first) + tokens_of(second)

    is_found = any(
        tokens[at : at + len(contains(word).tokens)] == list(contains(word).tokens)
        for at in range(len(tokens))
    )
    assert not is_found or stands_in(word, first) or stands_in(word, second)


@pytest.mark.parametrize(
    ("key", "count"), [("", 0), ("海", 3), ("銀河鉄道ノ夜", 10), ("a" * 9000, 3)]
)
def test_a_text_has_few_tokens(key, count):
    assert len(tokens_of(key)) == count


def test_tokens_stay_short_enough_for_every_database():
    key = search_key("あ" * 5000 + "b" * 5000)

    assert max(len(token.encode()) for token in (*tokens_of(key), *equals(key).tokens)) < 2000
    assert equals(key) != equals(key + "b")
