import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from portal_app.data.database import NotConnected, reading, transactional, within
from portal_app.data.tables import Patron


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


def test_an_act_within_another_happens_with_it_or_not_at_all(library, hanako):
    @transactional
    def rename(tx, *, name: str) -> str:
        tx.get_one(Patron, hanako).name = name
        return name

    @transactional
    def rename_and_fail(tx) -> None:
        assert within(tx, rename)(name="華子") == "華子"
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        rename_and_fail()
    with Session(library) as tx:
        assert tx.get_one(Patron, hanako).name == "花子"


def test_the_database_is_out_of_reach_unless_a_test_asks_for_it():
    with pytest.raises(NotConnected):
        transactional(lambda tx: None)()
    with pytest.raises(NotConnected):
        reading(lambda tx: None)()
