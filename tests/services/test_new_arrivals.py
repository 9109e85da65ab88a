import datetime as dt

import pytest
from sqlmodel import Session, update

from portal_app.data.tables import BibliographicRecord
from portal_app.domain.catalogue import (
    CataloguedItem,
    CataloguedRecord,
    Classification,
    MaterialClass,
)
from portal_app.domain.new_arrivals import PAGE_SIZE, Asked, weeks_until
from portal_app.services import new_arrivals
from portal_app.services.imports import import_batch
from tests.conftest import TODAY, depart

WEEKS = weeks_until(TODAY, weeks=3)
DAY = dt.timedelta(days=1)


def arrive(
    title: str,
    *,
    day: dt.date = TODAY,
    ndc: str = "913.6",
    material: MaterialClass = MaterialClass.BOOK,
    branch: str = "main",
) -> None:
    import_batch(
        records=[
            CataloguedRecord(
                key=title,
                title=title,
                material=material,
                classifications=(Classification(scheme="ndc10", number=ndc),),
                items=(CataloguedItem(barcode=title, branch=branch),),
            )
        ],
        today=day,
    )


def titles(asked: Asked = Asked()) -> list[str]:  # noqa: B008  frozen
    return [row.record.title for row in new_arrivals.find(asked=asked, weeks=WEEKS).rows]


@pytest.fixture
def arrivals(branches) -> None:
    """Four records of the last weeks, and one that was new before."""
    arrive("むかし", day=WEEKS[-1] - DAY)
    arrive("古い小説", day=WEEKS[-1])
    arrive("音楽のCD", day=WEEKS[0] - DAY, ndc="764", material=MaterialClass.CD)
    arrive("西の歴史", day=TODAY, ndc="210", branch="west")
    arrive("今日の小説", day=TODAY)


def test_what_is_new_stands_newest_first_and_what_was_new_does_not(arrivals):
    assert titles() == ["今日の小説", "西の歴史", "音楽のCD", "古い小説"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (Asked(week=WEEKS[0]), ["今日の小説", "西の歴史"]),
        (Asked(week=WEEKS[1]), ["音楽のCD"]),
        (Asked(ndc="9"), ["今日の小説", "古い小説"]),
        (Asked(ndc="2"), ["西の歴史"]),
        (Asked(ndc="1"), []),
        (Asked(material=MaterialClass.CD), ["音楽のCD"]),
        (Asked(branch="west"), ["西の歴史"]),
        (Asked(branch="moon"), []),
        (Asked(week=WEEKS[0], ndc="9", material=MaterialClass.BOOK, branch="main"), ["今日の小説"]),
    ],
)
def test_new_records_are_chosen_by_week_class_and_branch(arrivals, asked, found):
    assert titles(asked) == found


def test_a_record_that_is_imported_again_is_not_new_again(arrivals):
    arrive("むかし", ndc="914", day=TODAY)

    assert "むかし" not in titles()


def test_what_has_left_the_catalogue_is_not_new(arrivals):
    depart(5)

    assert "今日の小説" not in titles()


def test_many_are_shown_a_page_at_a_time_and_each_once(library, branches):
    import_batch(
        records=[
            CataloguedRecord(key=f"{number}", title=f"{number}", material=MaterialClass.BOOK)
            for number in range(2 * PAGE_SIZE + 1)
        ],
        today=TODAY,
    )

    pages = [new_arrivals.find(asked=Asked(page=page), weeks=WEEKS) for page in (1, 2, 3)]

    assert [len(page.rows) for page in pages] == [PAGE_SIZE, PAGE_SIZE, 1]
    assert {page.count for page in pages} == {2 * PAGE_SIZE + 1}
    assert len({row.record.record_id for page in pages for row in page.rows}) == 2 * PAGE_SIZE + 1
    assert new_arrivals.find(asked=Asked(page=9), weeks=WEEKS) == pages[-1]


def test_without_anything_new_there_is_no_page(library, branches):
    found = new_arrivals.find(asked=Asked(), weeks=WEEKS)

    assert (found.rows, found.count, found.pages) == ((), 0, 0)


def test_a_day_on_which_very_much_came_in_is_looked_through_only_so_far(
    library, arrivals, monkeypatch
):
    monkeypatch.setattr(new_arrivals, "MOST_LOOKED_THROUGH", 2)

    assert titles(Asked(ndc="9")) == ["今日の小説"]
    with Session(library) as tx, tx.begin():
        tx.exec(update(BibliographicRecord).values(added_on=TODAY))
    assert titles() == ["今日の小説", "西の歴史"]
