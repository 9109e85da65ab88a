import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_app.exchange.dates import year_of


@pytest.mark.parametrize(
    ("printed", "year"),
    [
        ("2019.2", 2019),
        ("c1982", 1982),
        ("[1981?]", 1981),
        ("1977, 1946", 1977),
        ("20190210", 2019),
        ("昭和56.11", 1981),
        ("昭和五十六年", 1981),
        ("昭56", 1981),
        ("S56.11", 1981),
        ("平成元年", 1989),
        ("令和2年4月", 2020),
        ("明治四五", 1912),
        ("大正１２年", 1923),
        ("皇紀2600年", 1940),
        ("1957（昭和32）年5月20日", 1957),
        ("[19--]", None),
        ("[198-]", None),
        ("昭和", None),
        ("n.d.", None),
        ("", None),
    ],
)
def test_a_year_is_read_when_it_is_clear(printed, year):
    assert year_of(printed) == year


@given(st.text(alphabet="明治昭和元一二十百〇0123456789S.[]-年", max_size=12))
def test_no_date_stops_the_reader(printed):
    year_of(printed)
