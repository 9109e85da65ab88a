"""./portal staff: who may sign in at a desk."""

import re

import pytest

from tests.cli.test_wrong_use import portal, says_one_sentence  # noqa: F401  a fixture

FIRST = re.compile(r"First password of midori: ([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})\n")


@pytest.fixture
def staff(portal):  # noqa: F811  the fixture
    """Run ./portal staff."""
    return lambda *arguments: portal("staff", *arguments)


def test_somebody_comes_forgets_the_password_and_leaves(staff):
    added = staff("add", "Midori", "--name", "大山 みどり", "--branch", "honkan")
    again = staff("reset", "midori")

    assert added.returncode == again.returncode == 0
    first, second = FIRST.fullmatch(added.stdout), FIRST.fullmatch(again.stdout)
    assert first
    assert second
    assert first[1] != second[1]
    listed = staff("list").stdout
    assert "大山 みどり" in listed
    assert first[1] not in listed

    assert staff("leave", "midori").returncode == 0
    assert re.search(r"honkan\s*│\s*\d{4}-\d{2}-\d{2}", staff("list").stdout)


def test_what_cannot_be_is_said_in_one_sentence(staff):
    assert says_one_sentence(staff("leave", "nobody"), "nobody", "./portal staff list")
    assert says_one_sentence(staff("reset", "nobody"), "nobody")
    assert says_one_sentence(staff("add", "みどり", "--name", "みどり"), "みどり")
    assert says_one_sentence(staff("add", "midori", "--name", " "), "name")
    unknown = staff("add", "midori", "--name", "みどり", "--branch", "moon")
    assert says_one_sentence(unknown, "moon", "honkan")


def test_two_cannot_have_one_login(staff):
    staff("add", "midori", "--name", "みどり")

    assert says_one_sentence(staff("add", "MIDORI", "--name", "緑"), "./portal staff reset")
