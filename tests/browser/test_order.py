"""What a move in a list means, wherever the row goes."""

import json

import pytest

from portal_app.domain.shelves import Place, placed

KEYS = ["ginga", "kokoro", "botchan", "yukiguni", "rashomon"]
HIGH, WIDE = 40, 100  # of a row


@pytest.fixture
def order(in_browser):
    """Ask something of order.js, with the keys of five rows."""

    def ask(expression: str):
        return in_browser(
            f"""
            import * as order from "./utils/order.js";
            const KEYS = {json.dumps(KEYS)};
            answer({expression});
            """
        )

    return ask


@pytest.mark.parametrize(
    ("at", "place"),
    [
        (0, {"where": "top", "after": None}),
        (-3, {"where": "top", "after": None}),
        (1, {"where": "after", "after": "ginga"}),
        (2, None),
        (3, {"where": "after", "after": "yukiguni"}),
        (4, {"where": "bottom", "after": None}),
        (99, {"where": "bottom", "after": None}),
    ],
)
def test_a_row_goes_to_the_top_to_the_bottom_or_behind_another(order, at, place):
    assert order(f"order.moveTo(KEYS, 'botchan', {at})") == place


def test_a_row_that_is_gone_goes_nowhere(order):
    assert order("order.moveTo(KEYS, 'genji', 0)") is None


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("at", range(len(KEYS)))
def test_the_library_puts_a_row_where_the_list_shows_it(order, key, at):
    move, shown = order(
        f"[order.moveTo(KEYS, '{key}', {at}) ?? null, order.moved(KEYS, '{key}', {at})]"
    )
    ranks = {one: rank for rank, one in enumerate(KEYS)}

    if move:
        where, after = Place(move["where"]), move["after"]
        ranks |= placed(ranks, [key], where=where, after=after) or {}

    assert sorted(ranks, key=lambda one: ranks[one]) == shown


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("at", range(len(KEYS)))
def test_a_page_puts_a_row_where_the_list_shows_it(order, key, at):
    move = f"order.moveTo(KEYS, '{key}', {at}) ?? {{}}"
    there = f"(({{ where, after }}) => where && order.placeAmong(KEYS, '{key}', where, after))"

    placed, shown = order(f"[{there}({move}) ?? KEYS, order.moved(KEYS, '{key}', {at})]")

    assert placed == shown


@pytest.mark.parametrize(
    ("key", "step", "at"),
    [
        ("ginga", "up", 0),
        ("ginga", "down", 1),
        ("botchan", "up", 1),
        ("botchan", "down", 3),
        ("botchan", "top", 0),
        ("botchan", "bottom", 4),
        ("rashomon", "down", 4),
    ],
)
def test_a_step_ends_at_the_ends(order, key, step, at):
    assert order(f"order.stepped(KEYS, KEYS.indexOf('{key}'), '{step}')") == at
    assert order(f"order.canStep(KEYS, '{key}', '{step}')") is (KEYS[at] != key)


@pytest.mark.parametrize(
    ("gap", "place"),
    [(0, 1), (1, 2), (2, None)],
)
def test_where_a_row_is_dropped_counts_on_a_page_among_others(order, gap, place):
    """The page shows こころ, 坊っちゃん and 雪国; 雪国 is dragged."""
    drawn = "['kokoro', 'botchan', 'yukiguni']"
    found = order(f"[order.placeOfGap(KEYS, 'yukiguni', {drawn}, {gap}), KEYS.indexOf('yukiguni')]")

    assert found[0] == (found[1] if place is None else place)


def test_the_only_row_of_a_page_stays(order):
    assert order("order.placeOfGap(KEYS, 'kokoro', ['kokoro'], 0)") == 1


@pytest.mark.parametrize(
    ("top", "gap"),
    [(-90, 0), (19, 0), (21, 1), (40, 1), (59, 1), (61, 2), (99, 2), (101, 3), (900, 3)],
)
def test_a_row_takes_the_place_of_one_that_it_half_covers(order, top, gap):
    """It was lifted from between the first and the second of three others."""
    boxes = [_box(0, number * HIGH) for number in (0, 2, 3)]

    assert order(f"order.gapAt({json.dumps(boxes)}, 1, {json.dumps(_box(0, top))})") == gap


@pytest.mark.parametrize(
    ("left", "top", "gap"),
    [(-10, 5, 0), (10, 5, 1), (110, 5, 2), (290, 5, 3), (-10, 35, 3), (290, 35, 5), (0, 300, 5)],
)
def test_rows_may_stand_side_by_side(order, left, top, gap):
    boxes = [_box(number % 3 * WIDE, number // 3 * HIGH) for number in range(5)]

    assert order(f"order.gapAt({json.dumps(boxes)}, 1, {json.dumps(_box(left, top))})") == gap


def _box(left: int, top: int) -> dict[str, int]:
    return {"left": left, "right": left + WIDE, "top": top, "bottom": top + HIGH}
