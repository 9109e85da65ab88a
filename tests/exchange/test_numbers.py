import pytest

from portal_app.domain.catalogue import Identifier, IdentifierKind
from portal_app.exchange.numbers import (
    is_for_children,
    isbn_of,
    issn_of,
    jpno_of,
    ndc_of,
    other_number,
)

ISBN = Identifier(kind=IdentifierKind.ISBN, value="9784003101018")


@pytest.mark.parametrize(
    "written",
    [
        "4003101014",
        "4-00-310101-4",
        "978-4-00-310101-8 :",
        "９７８４００３１０１０１８",
        "ISBN4-00-310101-4 (上)",
    ],
)
def test_an_isbn_has_thirteen_digits_however_it_is_written(written):
    assert isbn_of(written) == ISBN


def test_an_isbn_may_end_in_x():
    assert isbn_of("4-10-100000-x") == isbn_of("978-4-10-100000-8")


def test_a_wrong_isbn_is_kept_as_another_number():
    assert isbn_of("4-00-310101-5") == Identifier(kind=IdentifierKind.OTHER, value="4003101015")


def test_a_price_is_no_number():
    assert isbn_of("") is None
    assert isbn_of(":") is None
    assert other_number("非売品") is None


def test_an_issn_loses_its_hyphen():
    assert issn_of("0027-9153") == Identifier(kind=IdentifierKind.ISSN, value="00279153")


@pytest.mark.parametrize("written", ["23173255", "JP23173255"])
def test_a_jpno_has_eight_digits(written):
    assert jpno_of(written) == Identifier(kind=IdentifierKind.JPNO, value="23173255")


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("913.6", ["913.6"]),
        ("756 914", ["756", "914"]),
        ("NDC 756 914", ["756", "914"]),
        ("NDC K913", ["913"]),
        ("９１３．６", ["913.6"]),
        ("[913.6]", ["913.6"]),
        ("E", ["E"]),
        ("", []),
        ("日本文学", []),
    ],
)
def test_every_class_of_the_ndc_is_found(written, numbers):
    assert [one.number for one in ndc_of(written)] == numbers


@pytest.mark.parametrize(
    ("written", "expected"),
    [("NDC K913", True), ("K913 K726", True), ("E", True), ("913.6", False), ("UE17", False)],
)
def test_the_mark_of_the_childrens_room_is_known(written, expected):
    assert is_for_children(written) is expected
