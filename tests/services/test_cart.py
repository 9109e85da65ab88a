import sqlalchemy as sa

from portal_app import libraries
from portal_app.domain import holds
from portal_app.domain.cart import Refusal
from portal_app.services import cart
from tests.conftest import NOW, TODAY, add_record, depart

KAGOSHIMA = libraries.load("kagoshima")


def put(patron_id: int, *record_ids: int, limit: int = 100) -> cart.Added:
    return cart.add(patron_id=patron_id, record_ids=record_ids, limit=limit, now=NOW)


def in_cart(patron_id: int) -> list[int]:
    found = cart.look(patron_id=patron_id, policy=KAGOSHIMA.holds, today=TODAY)
    return [line.record.record_id for line in found.lines]


def test_records_are_shown_in_the_order_they_were_put_in(hanako, ginga, kokoro):
    added = put(hanako, kokoro, ginga)

    assert added == cart.Added(added=(kokoro, ginga), refused={}, count=2)
    assert in_cart(hanako) == [kokoro, ginga]


def test_putting_a_record_in_again_leaves_it_where_it_was(hanako, ginga, kokoro):
    put(hanako, ginga)

    again = put(hanako, ginga, kokoro, kokoro)

    assert again.added == (kokoro,)
    assert again.refused == {ginga: Refusal.ALREADY_IN_CART}
    assert in_cart(hanako) == [ginga, kokoro]


def test_a_full_cart_takes_what_fits_and_names_the_rest(hanako, ginga, kokoro):
    added = put(hanako, ginga, kokoro, limit=1)

    assert added.added == (ginga,)
    assert added.refused == {kokoro: Refusal.CART_IS_FULL}


def test_what_is_not_in_the_catalogue_cannot_be_put_in(hanako):
    assert put(hanako, 404).refused == {404: Refusal.NOT_IN_CATALOGUE}


def test_what_has_left_the_catalogue_cannot_be_put_in(hanako, ginga):
    depart(ginga)

    assert put(hanako, ginga).refused == {ginga: Refusal.NOT_IN_CATALOGUE}


def test_what_leaves_the_catalogue_stays_in_the_cart_and_says_why_it_cannot_be_held(hanako, ginga):
    put(hanako, ginga)

    depart(ginga)

    [line] = cart.look(patron_id=hanako, policy=KAGOSHIMA.holds, today=TODAY).lines
    assert line.record.title == "銀河鉄道の夜"
    assert line.refused == holds.Refused(why=holds.Refusal.NOT_IN_CATALOGUE)


def test_nobody_looks_into_the_cart_of_another_or_takes_from_it(hanako, ken, ginga):
    put(hanako, ginga)

    left = cart.remove(patron_id=ken, record_ids=[ginga])

    assert left == 0
    assert in_cart(ken) == []
    assert in_cart(hanako) == [ginga]


def test_taking_out_twice_is_the_same_as_once(hanako, ginga, kokoro):
    put(hanako, ginga, kokoro)

    assert cart.remove(patron_id=hanako, record_ids=[ginga]) == 1
    assert cart.remove(patron_id=hanako, record_ids=[ginga]) == 1
    assert cart.count(patron_id=hanako) == 1


def test_a_line_says_why_it_could_not_be_held(hanako, ginga, kokoro):
    put(hanako, ginga, kokoro)

    found = cart.look(patron_id=hanako, policy=KAGOSHIMA.holds, today=TODAY)

    assert [line.refused for line in found.lines] == [
        None,
        holds.Refused(why=holds.Refusal.AVAILABLE_NOW),
    ]


def test_a_cart_of_a_hundred_is_read_in_a_handful_of_queries(hanako, library):
    put(hanako, *(add_record(number, f"第{number}巻", lent=False) for number in range(100, 200)))
    statements = []
    sa.event.listen(library, "before_cursor_execute", lambda *said: statements.append(said[2]))

    assert len(in_cart(hanako)) == 100
    assert len(statements) <= 12
