from urllib.parse import parse_qsl, urlsplit

import pytest

from portal_app.domain.catalogue import MaterialClass
from portal_app.state.search import SearchState
from tests.state.conftest import answers, leads_to


@pytest.fixture
async def results(tab, three_works) -> SearchState:
    """The results, before anything is asked for."""
    return await tab.get_state(SearchState)


def asked_by(event: object) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(leads_to(event)).query))


async def test_the_address_decides_what_is_found(results, go_to):
    go_to("/search?q=夏目&sort=oldest")

    await answers(results.open())

    assert [row.record.title for row in results.rows] == ["三四郎", "こころ"]
    assert (results.count, results.words, results.sort) == (2, "夏目", "oldest")
    assert {facet.value: facet.count.number for facet in results.branch_facets} == {
        "main": 2,
        "west": 0,
    }
    assert results.is_loaded
    assert results.as_of


async def test_results_are_shown_before_they_are_counted_by_filter(results, go_to):
    go_to("/search?q=夏目")
    opening = results.open()

    await anext(opening)

    assert len(results.rows) == 2
    assert results.material_facets == []
    await answers(opening)
    assert results.material_facets != []


async def test_an_address_that_asks_for_nothing_finds_nothing(results, go_to):
    go_to("/search")

    await answers(results.open())

    assert not results.asks_for_something
    assert results.rows == []


async def test_what_cannot_be_understood_is_said_and_the_rest_is_found(results, go_to):
    go_to("/search?q=夏目&page=-1&sort=backwards")

    await answers(results.open())

    assert set(results.problems) == {"no_such_page", "no_such_sort"}
    assert len(results.rows) == 2


async def test_filters_are_added_to_the_address_and_taken_out_again(results, go_to):
    go_to("/search?q=小説&class=cd&page=2")

    also_books = results.filter_by_material(MaterialClass.BOOK)
    no_cds = results.filter_by_material(MaterialClass.CD)
    at_west = results.filter_by_branch("west")

    assert asked_by(also_books) == {"q": "小説", "class": "cd,book"}
    assert asked_by(no_cds) == {"q": "小説"}
    assert asked_by(at_west) == {"q": "小説", "class": "cd", "branch": "west"}


async def test_order_and_size_begin_at_the_first_page(results, go_to):
    go_to("/search?q=小説&page=2")

    assert asked_by(results.sort_by("title")) == {"q": "小説", "sort": "title"}
    assert asked_by(results.resize("50")) == {"q": "小説", "size": "50"}
    assert asked_by(results.sort_by("backwards")) == {"q": "小説"}


async def test_highlighting_is_switched_off_and_on(results):
    results.highlight()
    assert not results.is_highlighting

    results.highlight()
    assert results.is_highlighting
