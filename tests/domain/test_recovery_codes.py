"""Recovery codes as people type them."""

import re
import secrets

import pytest

from portal_app.domain.recovery_codes import BYTES, read, written

SECRET = bytes(range(100, 100 + BYTES))


def test_a_code_is_128_bits_in_seven_groups():
    code = written(SECRET)

    assert BYTES * 8 == 128
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){6}", code)


@pytest.mark.parametrize("secret", [SECRET, bytes(BYTES), b"\xff" * BYTES])
def test_what_is_written_can_be_read(secret):
    assert read(written(secret)) == secret


@pytest.mark.parametrize(
    "typed",
    [
        written(SECRET).lower(),
        written(SECRET).replace("-", ""),
        f"  {written(SECRET).replace('-', ' ')}\n",
        written(SECRET).replace("-", "ー"),
        written(SECRET).translate({ord("-"): "－", **{one: one + 0xFEE0 for one in range(48, 91)}}),
        written(SECRET).replace("0", "O").replace("1", "l"),
    ],
)
def test_a_code_may_be_typed_as_people_do(typed):
    assert read(typed) == SECRET


def test_a_slip_of_the_pen_is_noticed():
    code = written(SECRET).replace("-", "")
    slips = [
        code[:at] + other + code[at + 1 :]
        for at in range(len(code))
        for other in "0AZ"
        if other != code[at]
    ]

    # Two characters of check leave one in a thousand.
    assert sum(read(slip) is not None for slip in slips) <= 1


@pytest.mark.parametrize(
    "typed", ["", "ABC", written(SECRET)[:-1], f"{written(SECRET)}0", "Z" * 28, "＊" * 28]
)
def test_what_is_no_code_is_none(typed):
    assert read(typed) is None


def test_no_two_codes_are_alike():
    assert len({written(secrets.token_bytes(BYTES)) for _ in range(100)}) == 100
