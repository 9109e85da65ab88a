import datetime as dt

import pytest

from portal_app.domain.passwords import Choice, Refusal, normal_password, refusal_for
from portal_app.domain.policies import Password

TEN = Password(min_length=10)
MIXED = Password(min_length=6, needs_letters_and_digits=True)


def choice(password: str, **others) -> Choice:
    facts = {
        "repeated": password,
        "current": "the old one",
        "card_number": "1000001",
        "born_on": dt.date(1980, 1, 1),
        "is_common": False,
    }
    return Choice(password=password, **{**facts, **others})


@pytest.mark.parametrize(
    "password", ["銀河鉄道の夜を読む猫", "correct horse", "1980-01-02 is near"]
)
def test_a_long_phrase_is_taken_whatever_it_is_made_of(password):
    assert refusal_for(choice(password), policy=TEN) is None


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        (choice("correct horse", repeated="correct house"), Refusal.NOT_REPEATED),
        (choice("short one"), Refusal.TOO_SHORT),
        (choice("correct horse " * 20), Refusal.TOO_LONG),
        (choice("the old one"), Refusal.SAME_AS_BEFORE),
        (choice("card 1000001!"), Refusal.CARD_NUMBER),
        (choice("born 19800101"), Refusal.BIRTH_DATE),
        (choice("1980/01/01 it is"), Refusal.BIRTH_DATE),
        (choice("abcabcabcabc"), Refusal.TOO_COMMON),
        (choice("correct horse", is_common=True), Refusal.TOO_COMMON),
    ],
    ids=str,
)
def test_a_refusal_says_what_is_wrong(given, refusal):
    assert refusal_for(given, policy=TEN) is refusal


def test_a_library_may_ask_for_letters_and_digits():
    assert refusal_for(choice("abcdefg"), policy=MIXED) is Refusal.NEEDS_LETTERS_AND_DIGITS
    assert refusal_for(choice("7654321"), policy=MIXED) is Refusal.NEEDS_LETTERS_AND_DIGITS
    assert refusal_for(choice("abc765"), policy=MIXED) is None


def test_full_and_half_width_are_alike():
    assert normal_password("ｐａｓｓ　１") == "pass 1"
