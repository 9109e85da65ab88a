import pytest

from portal_app.state.record import RecordState


@pytest.fixture
async def record(tab, three_works) -> RecordState:
    """A page for a record, before it is known which."""
    return await tab.get_state(RecordState)


@pytest.mark.parametrize("address", ["/records/1", "/records/1/"])
async def test_the_address_decides_which_record_is_shown(record, go_to, address):
    go_to(address)

    await record.open()

    assert record.record.summary.title == "こころ"
    assert (record.position, record.results_address) == (0, "")


@pytest.mark.parametrize(
    "address", ["/records/987", "/records/0", "/records/kokoro", "/records/" + "9" * 5_000]
)
async def test_an_address_without_a_record_shows_none(record, go_to, address):
    go_to(address)

    await record.open()

    assert record.record is None
    assert record.is_loaded


async def test_a_record_knows_what_stands_beside_it(record, go_to, three_works):
    go_to("/records/1?q=小説&sort=oldest&n=2")

    await record.open()

    before, after = three_works["三四郎"], three_works["銀河鉄道の夜"]
    assert (record.position, record.count, record.words) == (2, 3, "小説")
    assert record.previous_address.startswith(f"/records/{before}?")
    assert record.previous_address.endswith("n=1")
    assert record.following_address.startswith(f"/records/{after}?")
    assert record.following_address.endswith("n=3")


async def test_the_way_back_leads_to_the_page_of_the_results(record, go_to):
    go_to("/records/1?q=小説&size=10&n=12")

    await record.open()

    assert record.results_address.startswith("/search?")
    assert "page=2" in record.results_address
    assert "size=10" in record.results_address


@pytest.mark.parametrize("nonsense", ["n=-1", "n=two", "n=" + "9" * 100, "n=0", ""])
async def test_a_place_that_cannot_be_is_no_failure(record, go_to, nonsense):
    go_to(f"/records/1?q=小説&{nonsense}")

    await record.open()

    assert record.record.summary.title == "こころ"
