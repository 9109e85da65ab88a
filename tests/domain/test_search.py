import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_app.domain.catalogue import Audience, MaterialClass
from portal_app.domain.search import (
    PAGE_SIZES,
    Condition,
    Connector,
    Field,
    Match,
    Problem,
    Query,
    Sort,
    looked_for,
    parse,
    to_params,
    words_of,
)

WORDS = st.text(st.characters(codec="utf-8"), max_size=20)
CONDITIONS = st.builds(
    Condition,
    text=st.sampled_from(["銀河", "C++", "a b"]),
    field=st.sampled_from(Field),
    match=st.sampled_from(Match),
    connector=st.sampled_from(Connector),
)
QUERIES = st.builds(
    Query,
    words=st.sampled_from(["", "銀河 鉄道", "a&b=c", "100%", "+"]),
    conditions=st.lists(CONDITIONS, max_size=6).map(tuple),
    year_from=st.none() | st.integers(1, 1999),
    year_to=st.none() | st.integers(2000, 2999),
    materials=st.sets(st.sampled_from(MaterialClass)).map(tuple),
    branches=st.sets(st.sampled_from(["main", "west"])).map(tuple),
    audience=st.none() | st.sampled_from(Audience),
    sort=st.sampled_from(Sort),
    page=st.integers(1, 10),
    page_size=st.sampled_from(PAGE_SIZES),
)


@given(QUERIES)
def test_an_address_says_all_of_a_search(query):
    assert parse(to_params(query)) == query


def test_the_address_of_an_empty_form_is_empty():
    assert to_params(Query()) == {}
    assert not parse({}).asks_for_something
    assert not parse({"page": "2", "sort": "title"}).asks_for_something
    assert parse({"class": "cd"}).asks_for_something


def test_addresses_are_short_and_stable():
    query = Query(
        words="銀河 鉄道",
        conditions=(
            Condition(text="宮沢", field=Field.AUTHOR),
            Condition(text="夜", match=Match.STARTS, connector=Connector.NOT),
        ),
        year_from=1980,
        materials=(MaterialClass.BOOK, MaterialClass.CD),
        branches=("main",),
        sort=Sort.NEWEST,
        page=2,
        page_size=50,
    )

    assert to_params(query) == {
        "q": "銀河 鉄道",
        "f1": "author",
        "t1": "宮沢",
        "c2": "not",
        "m2": "starts",
        "t2": "夜",
        "year_from": "1980",
        "class": "book,cd",
        "branch": "main",
        "sort": "newest",
        "page": "2",
        "size": "50",
    }


@pytest.mark.parametrize(
    ("params", "problem"),
    [
        ({"page": "-1"}, Problem.NO_SUCH_PAGE),
        ({"page": "0"}, Problem.NO_SUCH_PAGE),
        ({"page": "1000000000"}, Problem.NO_SUCH_PAGE),
        ({"page": "9" * 5000}, Problem.NO_SUCH_PAGE),
        ({"page": "51"}, Problem.NO_SUCH_PAGE),
        ({"page": "two"}, Problem.NO_SUCH_PAGE),
        ({"page": "Ⅷ"}, Problem.NO_SUCH_PAGE),
        ({"size": "7"}, Problem.NO_SUCH_PAGE_SIZE),
        ({"size": "1e9"}, Problem.NO_SUCH_PAGE_SIZE),
        ({"sort": "price"}, Problem.NO_SUCH_SORT),
        ({"class": "book,scroll"}, Problem.NO_SUCH_CLASS),
        ({"branch": "../etc"}, Problem.NO_SUCH_BRANCH),
        ({"audience": "cats"}, Problem.NO_SUCH_AUDIENCE),
        ({"year_from": "long ago"}, Problem.NOT_A_YEAR),
        ({"year_to": "0"}, Problem.NOT_A_YEAR),
        ({"t1": "x", "f1": "smell"}, Problem.NO_SUCH_CONDITION),
        ({"t1": "x", "m1": "rhymes"}, Problem.NO_SUCH_CONDITION),
        ({"t1": "x", "c1": "xor"}, Problem.NO_SUCH_CONDITION),
        ({"q": "あ" * 10_000}, Problem.TOO_LONG),
        ({"q": "a " * 100}, Problem.TOO_LONG),
        ({"t1": "あ" * 201}, Problem.TOO_LONG),
    ],
)
def test_what_cannot_be_understood_is_a_problem_and_the_rest_still_holds(params, problem):
    query = parse({"q": "銀河", **params})

    assert query.problems == (problem,)
    assert (query.page, query.page_size, query.sort) == (1, 20, Sort.RELEVANCE)
    assert parse(to_params(query)).problems == ()


@given(st.dictionaries(st.sampled_from(["q", "page", "size", "year_to", "t1", "class"]), WORDS))
def test_whatever_stands_in_an_address_is_read_without_an_exception(params):
    query = parse(params)

    assert query.words.isprintable()
    assert 1 <= query.page <= query.pages


def test_digits_of_full_width_are_digits_and_years_may_be_given_backwards():
    query = parse({"year_from": "２０２０", "year_to": "1990", "page": "２"})

    assert (query.year_from, query.year_to, query.page) == (1990, 2020, 2)
    assert query.problems == ()


def test_words_are_divided_by_spaces_of_any_width_and_quotes_keep_them_together():
    assert words_of("銀河　鉄道 ｱ") == ("銀河", "鉄道", "ア")
    assert words_of('"harry potter" 石') == ("harry potter", "石")
    assert words_of("“銀河 鉄道”") == ("銀河 鉄道",)


def test_words_and_texts_are_marked_but_numbers_of_classes_are_not():
    query = Query(
        words="銀河",
        conditions=(
            Condition(text="夜 の", field=Field.TITLE),
            Condition(text="913", field=Field.NDC),
        ),
    )

    assert looked_for(query) == ("銀河", "夜", "の")
