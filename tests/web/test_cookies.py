import pytest

from portal_app.web.cookies import SessionCookie, new_secret
from portal_app.web.identity import bound_token, id_hash_of

COOKIE = SessionCookie.at("https://library.example")
SECRET = new_secret()


def test_a_secret_has_256_bits_and_is_never_the_same():
    assert len(SECRET) == 43
    assert len({new_secret() for _ in range(1000)}) == 1000


def test_the_secret_is_found_among_other_cookies():
    assert COOKIE.secret_in(f"lang=ja; {COOKIE.name}={SECRET}; x=y") == SECRET


@pytest.mark.parametrize(
    "header",
    [
        "",
        "lang=ja",
        f"portal_session={SECRET}",
        f"{COOKIE.name}=",
        f"{COOKIE.name}=short",
        f"{COOKIE.name}={SECRET}x",
        f"{COOKIE.name}={'é' * 43}",
        f"{COOKIE.name}={SECRET}; {COOKIE.name}={SECRET}",
    ],
)
def test_what_is_not_exactly_one_secret_is_none(header):
    assert COOKIE.secret_in(header) == ""


def test_a_token_is_bound_to_its_session_and_to_the_portals_key():
    bound = bound_token(b"key", holder=id_hash_of(SECRET), token="tab")

    assert bound == bound_token(b"key", holder=id_hash_of(SECRET), token="tab")
    assert bound != bound_token(b"key", holder="", token="tab")
    assert bound != bound_token(b"key", holder=id_hash_of(SECRET), token="another")
    assert bound != bound_token(b"other", holder=id_hash_of(SECRET), token="tab")


def test_no_secret_is_no_session():
    assert id_hash_of("") == ""
