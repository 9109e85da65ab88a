import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from portal_app.data.database import NotConnected, reading, transactional


def test_whoever_loses_the_race_runs_again(library):
    runs = []

    @transactional
    def insert(tx) -> str:
        runs.append(tx)
        if len(runs) == 1:
            raise IntegrityError("insert", None, Exception("taken"))
        return "done"

    assert insert() == "done"
    assert len(runs) == 2


def test_what_is_wrong_and_no_race_is_not_tried_again(library):
    runs = []

    @transactional
    def select_nothing(tx) -> None:
        runs.append(tx)
        tx.execute(sa.text("SELECT * FROM nowhere"))

    with pytest.raises(sa.exc.DBAPIError):
        select_nothing()
    assert len(runs) == 1


def test_the_database_is_out_of_reach_unless_a_test_asks_for_it():
    with pytest.raises(NotConnected):
        transactional(lambda tx: None)()
    with pytest.raises(NotConnected):
        reading(lambda tx: None)()
