import csv
import io

import pytest
import time_machine
from sqlmodel import Session, select

from portal_app import libraries
from portal_app.cli.import_circulation import import_circulation
from portal_app.data.tables import Hold, Item, Loan
from portal_app.domain.catalogue import ItemState
from portal_app.domain.holds import HoldState
from portal_app.domain.policies import Branch
from portal_app.exchange.outcomes import NotReadable
from tests.conftest import NOW

HANAKO = "20000000000001"
NAMES = {"ja": "館", "en": "Branch", "ja-simple": "館(かん)"}


@pytest.fixture
def run(tmp_path, branches):
    """Import a table with the usual headings, and return the status and the rejected rows."""
    codes = tuple(Branch(code=code, name=NAMES) for code in branches)
    library = libraries.load("kagoshima").model_copy(update={"branches": codes})
    file = tmp_path / "events.csv"

    def act(*rows: str, headings: str = "at,event,barcode,card,branch"):
        content = "\n".join([headings, *rows]).encode()
        with time_machine.travel(NOW):
            status = import_circulation(file, io.BytesIO(content), library=library)
        listed = tmp_path / "events.csv.rejected.tsv"
        if not listed.exists():
            return status, {}
        lines = csv.DictReader(listed.read_text("utf-8").splitlines(), delimiter="\t")
        return status, {line["number"]: line["reason"] for line in lines}

    return act


def wait_for(library, patron_id: int, record_id: int) -> None:
    with Session(library) as tx, tx.begin():
        tx.add(
            Hold(
                patron_id=patron_id,
                record_id=record_id,
                slot=1,
                queue_number=1,
                pickup_branch="main",
                contact_method="none",
                placed_at=NOW,
            )
        )


def test_a_day_at_the_desk_is_done_again(library, run, hanako, kokoro, capsys):
    status, rejected = run(
        f"2026-11-20T10:00,lent,B21,{HANAKO},main",
        "2026-11-21 15:30,returned,B21,,main",
        "2026-11-21T16:00+09:00,LOST,B22,,west",
    )

    assert (status, rejected) == (0, {})
    assert capsys.readouterr().out == "read 3 = done 3 + rejected 0\n"
    with Session(library) as tx:
        [loan] = tx.exec(select(Loan))
        assert loan.patron_id is None
        assert loan.returned_at is not None
        assert loan.lent_on.isoformat() == "2026-11-20"
        assert tx.get_one(Item, 22).state is ItemState.MISSING


def test_what_arrives_is_set_aside_and_what_is_cancelled_goes_on(library, run, hanako, kokoro):
    wait_for(library, hanako, kokoro)

    run("2026-11-20T10:00,arrived,B21,,main")
    with Session(library) as tx:
        assert tx.exec(select(Hold.state)).all() == [HoldState.READY]

    run(f"2026-11-20T11:00,cancelled,B21,{HANAKO},main")
    with Session(library) as tx:
        assert tx.exec(select(Hold.state)).all() == [HoldState.CANCELLED]


def test_each_no_is_listed_with_its_line_and_the_rest_is_done(run, hanako, taro, kokoro, capsys):
    status, rejected = run(
        f"2026-11-20T10:00,lent,nonsense,{HANAKO},main",
        "2026-11-22T09:00,lent,B21,20000000000002,main",
        f"2026-11-20T10:00,lent,B21,{HANAKO},main",
        f"2026-11-20T10:00,cancelled,B21,{HANAKO},main",
        "2026-11-20T10:00,lost,nonsense,,main",
        "2026-11-20T10:00,returned,B21,,moon",
        "2999-01-01T10:00,returned,B21,,main",
    )

    assert status == 1
    assert capsys.readouterr().out == "read 7 = done 1 + rejected 6\n"
    assert rejected == {
        "1": "No item has this barcode.",
        "2": "The card expired on Sat 21 Nov 2026. Please renew it first.",
        "4": "This hold has already ended.",
        "5": "No item has this barcode.",
        "6": "the library has no such branch",
        "7": "the time is still to come",
    }


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("yesterday,lent,B21,1,main", "the time is none, such as 2026-11-22T10:30"),
        (
            "2026-11-20,renewed,B21,1,main",
            "the event is none of lent, returned, arrived, cancelled and lost",
        ),
        ("2026-11-20,returned,,,main", "there is no barcode"),
        ("2026-11-20,lent,B21,,main", "there is no card number"),
        ("2026-11-20,returned,B21,,", "there is no branch"),
        ("2026-11-20,returned,B21,,main,more", "the row cannot be read"),
    ],
)
def test_a_row_that_is_no_event_is_listed(run, kokoro, row, reason):
    assert run(row) == (1, {"1": reason})


def test_a_table_without_its_headings_changes_nothing(run, kokoro):
    with pytest.raises(NotReadable, match="card, branch"):
        run("2026-11-20T10:00,returned,B21", headings="at,event,barcode")
