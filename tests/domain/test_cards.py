import pytest

from portal_app.domain.cards import masked, normal_card_number


@pytest.mark.parametrize(
    "typed",
    [
        "1234567",
        "１２３４５６７",
        " 1234567 ",
        "123-4567",
        "123－4567",
        "１２３ー４５６７",
        "123 4567",
    ],
)
def test_people_type_card_numbers_in_many_ways(typed):
    assert normal_card_number(typed) == "1234567"


def test_bar_codes_may_begin_and_end_with_a_letter():
    assert normal_card_number("ａ1234567b") == "A1234567B"


@pytest.mark.parametrize("typed", ["", " ", "利用者", "1234;567", "1" * 21, "1" * 10_000, "١٢٣"])
def test_what_cannot_be_a_card_number_is_none(typed):
    assert normal_card_number(typed) == ""


def test_a_stranger_sees_only_the_end_of_a_card_number():
    assert masked("12345276", shown_digits=3) == "*****276"
    assert masked("12345276", shown_digits=0) == "********"
    assert masked("12", shown_digits=3) == "12"
