from starlette.requests import Request

from portal_app.web.forms import Errand


def errand_at(address: str) -> Errand:
    """What a form asks for that stands at an address."""
    headers = [(b"referer", f"https://library.example{address}".encode())]
    return Errand.of(Request({"type": "http", "headers": headers}))


def test_an_errand_keeps_where_the_patron_was_going_and_what_for():
    errand = errand_at("/sign-in?next=%2Fsearch%3Fq%3Da%26page%3D2&wish=3,1,2")

    assert errand.next_page == "/search?q=a&page=2"
    assert errand.wish == (3, 1, 2)
    assert (
        errand.by_way_of("/sign-in") == "/sign-in?next=%2Fsearch%3Fq%3Da%26page%3D2&wish=3%2C1%2C2"
    )


def test_what_is_no_errand_is_left_out():
    errand = errand_at("/sign-in?next=//evil.example&wish=x,-1,0,99999999999,%D9%A3,1e3,,7")

    assert errand.wish == (7,)
    assert errand.by_way_of("/sign-in") == "/sign-in?wish=7"


def test_at_most_fifty_wishes_are_kept():
    errand = errand_at("/sign-in?wish=" + ",".join(str(number) for number in range(1, 100)))

    assert errand.wish == tuple(range(1, 51))


def test_a_problem_is_said_in_the_address():
    errand = errand_at("/sign-in")

    assert errand.by_way_of("/password", problem="wrong") == "/password?problem=wrong"
    assert errand.by_way_of("/password") == "/password"
