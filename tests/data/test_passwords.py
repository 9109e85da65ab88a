import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from portal_app.data.passwords import (
    AT_ONCE,
    hash_password,
    is_common,
    is_outdated,
    password_matches,
)

STORED = hash_password("correct horse")


def test_a_password_matches_its_own_hash():
    assert password_matches(STORED, "correct horse")
    assert not password_matches(STORED, "correct house")


def test_the_same_password_is_never_stored_the_same():
    assert hash_password("correct horse") != STORED
    assert "correct" not in STORED
    assert STORED.startswith("$argon2id$")


@pytest.mark.parametrize("stored", ["", "no hash at all", "$argon2id$v=19$broken"])
def test_what_is_no_hash_matches_nothing(stored):
    assert not password_matches(stored, "")
    assert not password_matches(stored, stored)


def test_half_a_character_is_a_wrong_password():
    assert not password_matches(STORED, "\ud800")


def test_no_password_takes_as_long_as_a_wrong_one():
    def took(stored: str) -> float:
        began = time.process_time()
        password_matches(stored, "wrong")
        return time.process_time() - began

    assert min(took("") for _ in range(5)) > min(took(STORED) for _ in range(5)) / 2


def test_a_crowd_waits_its_turn():
    with ThreadPoolExecutor(3 * AT_ONCE) as crowd:
        answers = crowd.map(lambda n: password_matches(STORED, f"guess {n}"), range(3 * AT_ONCE))

    assert not any(answers)


def test_hashes_of_older_settings_are_known():
    weaker = STORED.replace("t=2", "t=1")

    assert is_outdated(weaker)
    assert not is_outdated(STORED)


@pytest.mark.parametrize("password", ["password", "PassWord1", "1234567890", "qwertyuiop"])
def test_what_everybody_chooses_is_common(password):
    assert is_common(password)


def test_what_nobody_else_chooses_is_not():
    assert not is_common("銀河鉄道の夜を読む猫")
