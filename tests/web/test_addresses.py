from ipaddress import ip_network

import pytest

from portal_app.web.addresses import is_within, page_of_ours, visitor_address

OURS = (ip_network("192.168.10.0/24"), ip_network("2001:db8::/48"))


@pytest.mark.parametrize(
    "address",
    ["/", "/search?q=%E5%BF%83", "/records/12", "/records/12/", "/loans", "/cart/confirm"],
)
def test_pages_of_ours_are_known(address):
    assert page_of_ours(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "loans",
        "//evil.example/loans",
        "/\\evil.example",
        "\\/evil.example",
        "https://evil.example/loans",
        "javascript:alert(1)",
        "/loans\r\nSet-Cookie: a=b",
        "/ loans",
        "/records/1/2",
        "/nowhere",
        "/sign-in?next=/loans",
        "/password",
        "/auth/sign-out",
        "/search?q=" + "a" * 2000,
    ],
)
def test_anywhere_else_is_nowhere(address):
    assert page_of_ours(address) == ""


def test_without_a_proxy_nobody_can_say_where_they_come_from():
    visit = _visit("203.0.113.9", forwarded=b"10.0.0.1")

    assert visitor_address(visit, trusted_proxy_hops=0) == "203.0.113.9"


def test_behind_a_proxy_only_what_it_added_counts():
    visit = _visit("127.0.0.1", forwarded=b"10.0.0.1, 203.0.113.9")

    assert visitor_address(visit, trusted_proxy_hops=1) == "203.0.113.9"


def test_a_visitor_who_came_past_the_proxy_is_known_by_their_own_address():
    assert visitor_address(_visit("203.0.113.9"), trusted_proxy_hops=2) == "203.0.113.9"
    assert visitor_address({"headers": []}, trusted_proxy_hops=0) == ""


@pytest.mark.parametrize("address", ["192.168.10.7", "::ffff:192.168.10.7", "2001:db8::7"])
def test_an_address_of_our_networks_is_known(address):
    assert is_within(address, OURS)


@pytest.mark.parametrize("address", ["192.168.11.7", "2001:db9::7", "::ffff:10.0.0.1", "", "x"])
def test_any_other_address_is_not_ours(address):
    assert not is_within(address, OURS)
    assert not is_within(address, ())


def _visit(client: str, *, forwarded: bytes | None = None):
    headers = [(b"x-forwarded-for", forwarded)] if forwarded else []
    return {"headers": headers, "client": (client, 1)}
