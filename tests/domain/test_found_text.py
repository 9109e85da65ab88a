from hypothesis import assume, given
from hypothesis import strategies as st

from portal_app.domain.found_text import begun, contained, equalled, text_of
from portal_app.domain.search_key import search_key
from portal_app.domain.search_tokens import contains, equals, starts, tokens_of

KEYS = st.text(st.sampled_from("アイウ海山 ab1+"), min_size=1, max_size=9).map(search_key)
TEXTS = st.lists(KEYS.filter(bool), max_size=3)


def finds(phrase, keys) -> bool:
    """Look for a phrase in the tokens of keys, as the index of the catalogue does."""
    tokens = [token for key in keys for token in tokens_of(key)]
    *whole, last = phrase.tokens
    return any(
        tokens[at : at + len(whole)] == whole
        and tokens[at + len(whole)].startswith(last)
        and (phrase.is_open or tokens[at + len(whole)] == last)
        for at in range(len(tokens) - len(whole))
    )


@given(TEXTS, KEYS)
def test_a_part_of_a_text_is_what_the_search_finds_in_it(keys, word):
    assume(word)
    text = text_of(keys)

    assert (contained(word) in text) == finds(contains(word), keys)
    assert (begun(word) in text) == finds(starts(word), keys)
    assert (equalled(word) in text) == finds(equals(word), keys)


def test_a_word_of_letters_is_found_by_its_beginning_and_a_short_one_whole():
    text = text_of([search_key("JavaScript 入門 C 2024")])

    assert text == "^|javascript|入門|c|2024|$"
    assert contained(search_key("Java")) in text
    assert contained(search_key("Script")) not in text
    assert contained(search_key("2024")) in text
    assert contained(search_key("202")) not in text
    assert begun(search_key("ｊａｖａ")) in text
    assert begun(search_key("入門")) not in text
