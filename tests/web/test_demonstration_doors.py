"""The doors of the demonstration, where there is one and where there is none."""

from http import HTTPStatus

import httpx
import pytest
from sqlmodel import Session, delete, select

from portal_app import routes
from portal_app.data import tables

DOORS = (routes.DO_SET_CLOCK, routes.DO_PUT_BACK)


@pytest.fixture
def shown_portal(portal):
    """A portal whose library is being shown, although strangers to the cast have cards."""
    with Session(portal.engine) as tx, tx.begin():
        tx.add(tables.Showing(edition="first"))
    yield portal
    with Session(portal.engine) as tx, tx.begin():
        tx.exec(delete(tables.Showing))


def seconds_ahead(portal) -> int:
    with Session(portal.engine) as tx:
        return tx.exec(select(tables.Showing.seconds_ahead)).one()


@pytest.mark.parametrize("door", DOORS)
async def test_where_nothing_is_shown_there_is_no_door(portal, door):
    answer = await portal.post(door, step="day")

    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert not answer.content


@pytest.mark.parametrize("door", DOORS)
async def test_no_other_site_opens_a_door(shown_portal, door):
    async with httpx.AsyncClient(base_url=shown_portal.origin) as browser:
        answer = await browser.post(
            door, data={"step": "day"}, headers={"Origin": "https://example.com"}
        )

    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert seconds_ahead(shown_portal) == 0


async def test_the_clock_is_set_and_whoever_did_it_is_told(shown_portal):
    answer = await shown_portal.post(routes.DO_SET_CLOCK, step="week")

    assert answer.headers["location"] == f"{routes.DEMONSTRATION}?done=clock"
    assert seconds_ahead(shown_portal) > 5 * 24 * 3600


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"step": "date"}, "no_date"),
        ({"step": "date", "date": "tomorrow"}, "no_date"),
        ({"step": "date", "date": "2020-01-01"}, "not_later"),
        ({"step": "date", "date": "9999-12-31"}, "too_far"),
    ],
)
async def test_a_day_that_cannot_be_is_refused(shown_portal, fields, problem):
    answer = await shown_portal.post(routes.DO_SET_CLOCK, **fields)

    assert answer.headers["location"] == f"{routes.DEMONSTRATION}?problem={problem}"
    assert seconds_ahead(shown_portal) == 0


async def test_what_is_no_step_moves_nothing_and_no_address_elsewhere_is_led_to(shown_portal):
    nowhere = await shown_portal.post(routes.DO_SET_CLOCK, step="year")
    elsewhere = await shown_portal.post(
        routes.DO_SET_CLOCK, step="day", next="https://example.com/"
    )

    assert nowhere.headers["location"] == routes.DEMONSTRATION
    assert elsewhere.headers["location"] == f"{routes.DEMONSTRATION}?done=clock"


async def test_nothing_is_put_back_where_somebody_else_has_a_card(shown_portal, hanako):
    answer = await shown_portal.post(routes.DO_PUT_BACK)

    assert answer.headers["location"] == f"{routes.DEMONSTRATION}?problem=not_ours_alone"
    with Session(shown_portal.engine) as tx:
        assert tx.exec(select(tables.PatronSession)).first() is not None
