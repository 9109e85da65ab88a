from itertools import islice

from stdnum import isbn

from portal_app.cli.demo import fill
from portal_app.data import synthetic
from portal_app.domain.catalogue import IdentifierKind
from portal_app.domain.search import Query
from portal_app.domain.search_key import search_key
from portal_app.services import search
from tests.conftest import TODAY


def test_the_same_seed_makes_the_same_records_however_many_are_wanted():
    few = list(synthetic.records(50, branches=("main",)))
    many = synthetic.records(1000, branches=("main",))

    assert list(islice(many, 50)) == few
    assert len({record.key for record in few}) == 50


def test_readings_are_kana_and_say_what_the_title_says_in_kana():
    for record in synthetic.records(500, branches=("main",)):
        reading = search_key(record.title_reading).replace(" ", "")

        assert not any("一" <= character <= "鿿" for character in reading)
        assert record.title.count(" : ") == record.title_reading.count(" : ")


def test_books_have_valid_numbers_of_their_own():
    numbers = [
        number.value
        for record in synthetic.records(500, branches=("main",))
        for number in record.identifiers
        if number.kind is IdentifierKind.ISBN
    ]

    assert all(map(isbn.is_valid, numbers))
    assert len(set(numbers)) == len(numbers) > 400


def test_a_filled_library_can_be_searched_and_has_books_at_home(branches):
    done = list(fill(300, branches=branches, today=TODAY))

    assert done == [300]
    results = search.find(query=Query(words=synthetic.isbn_of(1)))
    assert [row.record.record_id for row in results.rows] == [1]
    everything = search.find(query=Query(year_from=1, page_size=100))
    assert everything.count.number == 300
    assert {row.record.availability for row in everything.rows} >= {"available", "on_loan"}
