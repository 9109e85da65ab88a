"""Somebody has the whole database, its files, a backup and the logs (K-18).

They look for what a patron who keeps a history, or one who does not, has borrowed and
brought back. Each search is tried on a database that does tell, too.
"""

import datetime as dt
import logging
import sqlite3
import struct
import uuid
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from portal_app.cli.database import backup
from portal_app.data import history_locks, tables
from portal_app.data.database import empty_log
from portal_app.data.history_locks import Purpose
from portal_app.domain.circulation import Destination
from portal_app.domain.history import Read
from portal_app.domain.outbox import Answer, Operation
from portal_app.services import circulation, forgetting, history, outbox
from portal_app.services.history import Lock, SessionKey
from tests.conftest import NOW, TODAY, add_patron, add_record
from tests.services.desks import LIBRARY, card_of, check_in
from tests.services.thief import Dump

# Numbers that stand out among the bytes of a file.
KEEPER, OTHER = 0x5A17C0DE, 0x5B28D1EF
READERS = [KEEPER, OTHER, *range(1, 9)]
FIRST = [0x0A5B6C70 + number for number in range(10)]
SECOND = [0x0B4C5D60 + number for number in range(10)]
SECRET, HASH = "S" * 43, "5" * 64
PASSWORD, CODE = "minato58kaze2", bytes(range(16))
PAGE = 4096
DAY, MINUTE = dt.timedelta(days=1), dt.timedelta(minutes=1)
PICKUP = {"pickup_branch": "main", "contact_method": "none", "expires_on": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What went on in a library, which the thief would like to know."""

    engine: Engine
    private_key: bytes

    def an_hour_passes(self) -> None:
        """Let the sweeper do what it does."""
        forgetting.blur_the_past(now=NOW + 9 * DAY)
        empty_log()

    def way(self, patron_id: int) -> list[str]:
        """Return how the thief gets from a patron to anything they have borrowed."""
        return Dump.of(self.engine).way_to_a_title(patron_id)

    def opened(self) -> set[int]:
        """Return the records of the history that its keeper reads."""
        sealed = history.look(patron_id=KEEPER, id_hash=HASH)
        return {
            Read.of(history_locks.unsealed(self.private_key, one.sealed)).record_id
            for one in sealed.entries
        }


@pytest.fixture
def life(library: Engine, branches) -> Life:
    """Ten patrons place holds, borrow, renew and bring back; one of them keeps a history."""
    for number in READERS:
        add_patron(number, f"利用者{number}", card_expires_on=TODAY + 100 * DAY)
    for record_id in FIRST + SECOND:
        add_record(record_id, f"題名{record_id}")
    private_key = _keep_history(library)
    for day, records in enumerate((FIRST, SECOND)):
        for turn, (reader, record_id) in enumerate(zip(READERS, records, strict=True)):
            _borrows(reader, record_id, NOW + day * DAY + turn * 7 * MINUTE)
    for turn, (reader, *records) in enumerate(zip(READERS, FIRST, SECOND, strict=True)):
        for number, record_id in enumerate(records):
            # One of the keeper's is due on a day on which nothing else is.
            later = DAY if (reader, number) == (KEEPER, 1) else dt.timedelta()
            _renews(library, reader, record_id, NOW + 5 * DAY + later + turn * 7 * MINUTE)
    for turn, record_id in enumerate(FIRST + SECOND):
        told = check_in(_barcode(record_id), now=NOW + 8 * DAY + turn * MINUTE)
        assert told.was_returned
    return Life(engine=library, private_key=private_key)


@pytest.fixture
def file(life: Life) -> Path:
    """The file of the database."""
    return Path(life.engine.url.database or "")


@pytest.mark.parametrize("patron_id", [KEEPER, OTHER])
def test_k18_nothing_in_the_tables_tells_what_a_patron_has_borrowed(life, patron_id):
    life.an_hour_passes()

    assert life.way(patron_id) == []
    assert life.opened() == {FIRST[0], SECOND[0]}


def test_k18_without_the_hourly_blur_the_thief_would_find_it(life):
    assert life.way(KEEPER) != []


@pytest.mark.parametrize(
    ("table", "row", "change"),
    [
        ("loan", {}, {"patron_id": KEEPER}),
        ("hold", {"state": "lent"}, {"patron_id": KEEPER}),
        ("history_entry", {"patron_id": KEEPER}, {"item": 1, "returned_at": "2026-11-30 12:34:56"}),
        ("delivered_operation", {"patron_id": KEEPER}, {"day": dt.date(2020, 2, 3)}),
        ("patron_session", {"patron_id": KEEPER}, {"seen_at": dt.datetime(2020, 2, 3, 4, 5, 6)}),  # noqa: DTZ001
    ],
)
def test_k18_the_thief_finds_what_would_tell(life, table, row, change):
    life.an_hour_passes()
    dump = Dump.of(life.engine)
    found = next(
        one for one in dump.tables[table] if all(one[name] == value for name, value in row.items())
    )
    found.update(change)
    # What the same moment or day would be in a row of the loans.
    dump.tables["loan"][0].update(
        {
            "due_on": dt.date(2020, 2, 3),
            "returned_at": dt.datetime(2020, 2, 3, 4, 5, 6)  # noqa: DTZ001
            if table == "patron_session"
            else change.get("returned_at", dump.tables["loan"][0]["returned_at"]),
        }
    )

    assert dump.way_to_a_title(KEEPER) != []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_k18_no_page_of_the_files_has_a_patron_beside_what_they_borrowed(
    life, file, tmp_path, monkeypatch
):
    log = file.with_name(f"{file.name}-wal")
    assert _pages_that_tell(log) != []  # so long as the log has not been emptied

    life.an_hour_passes()

    assert log.stat().st_size == 0
    assert _pages_that_tell(file) == []
    saved = tmp_path / "backup.db"
    monkeypatch.setenv("PORTAL_DATABASE_URL", f"sqlite:///{file}")
    monkeypatch.setenv("PORTAL_FOLDER", str(tmp_path))
    backup(saved)
    assert _pages_that_tell(saved) == []


def test_k18_a_file_that_only_marks_as_free_would_tell(tmp_path):
    """What secure_delete is for."""
    told = {}
    for setting in ("ON", "OFF"):
        file = tmp_path / f"{setting}.db"
        with closing(sqlite3.connect(file)) as database:
            database.execute(f"PRAGMA secure_delete={setting}")
            database.execute("CREATE TABLE loan (id INTEGER PRIMARY KEY, patron_id, record_id)")
            database.executemany(
                "INSERT INTO loan (patron_id, record_id) VALUES (?, ?)", [(KEEPER, FIRST[0])] * 9
            )
            database.commit()
            database.execute("DELETE FROM loan")
            database.commit()
        told[setting] = _pages_that_tell(file) != []

    assert told == {"ON": False, "OFF": True}


def test_k18_nothing_of_it_is_said_in_a_log(life, caplog, capfd):
    caplog.set_level(logging.DEBUG)

    life.an_hour_passes()
    life.opened()

    said = caplog.text + "".join(capfd.readouterr())
    for private in (*map(str, FIRST + SECOND), card_of(KEEPER), "題名"):
        assert private not in said


def test_k18_what_is_known_stays_the_same_when_another_hour_passes(life):
    life.an_hour_passes()
    before = Dump.of(life.engine).tables["loan"]

    life.an_hour_passes()

    assert Dump.of(life.engine).tables["loan"] == before


def _keep_history(engine: Engine) -> bytes:
    private_key = history_locks.new_private_key()
    with Session(engine) as tx, tx.begin():
        tx.add(tables.PatronSession(id_hash=HASH, patron_id=KEEPER, created_at=NOW, seen_at=NOW))
    lock = Lock(
        public_key=history_locks.public_key_of(private_key),
        by_password=history_locks.wrapped_by_password(private_key, password=PASSWORD),
        by_recovery_code=history_locks.wrapped_by(CODE, Purpose.RECOVERY, private_key),
    )
    wrapped = history_locks.wrapped_by(SECRET.encode(), Purpose.SESSION, private_key)
    key = SessionKey(id_hash=HASH, wrapped=wrapped)
    assert history.switch_on(patron_id=KEEPER, lock=lock, key=key)
    return private_key


def _borrows(patron_id: int, record_id: int, moment: dt.datetime) -> None:
    """Place a hold from a device, wait until somebody brings it back, and borrow it."""
    assert _sends(patron_id, "cart.add", moment, record_id=record_id).is_done
    assert _sends(patron_id, "holds.place", moment, record_id=record_id, **PICKUP).is_done
    assert check_in(_barcode(record_id), now=moment + MINUTE).goes is Destination.HOLD_SHELF
    lent = circulation.lend(
        card_number=card_of(patron_id),
        barcode=_barcode(record_id),
        branch_code="main",
        library=LIBRARY,
        now=moment + 2 * MINUTE,
    )
    assert lent.refused is None


def _renews(engine: Engine, patron_id: int, record_id: int, moment: dt.datetime) -> None:
    with Session(engine) as tx:
        loan_id = tx.exec(
            select(tables.Loan.id).where(
                tables.Loan.item_id == record_id * 10 + 1, tables.Loan.patron_id == patron_id
            )
        ).one()
    assert _sends(patron_id, "loans.renew", moment, loan_id=loan_id).is_done


def _sends(patron_id: int, kind: str, moment: dt.datetime, **payload: Any) -> Answer:
    operation = Operation(id=str(uuid.uuid4()), kind=kind, payload=payload)
    return outbox.deliver(patron_id=patron_id, operation=operation, library=LIBRARY, now=moment)


def _barcode(record_id: int) -> str:
    return f"B{record_id * 10 + 1}"


def _pages_that_tell(file: Path) -> list[int]:
    """Return the pages on which the keeper stands beside something they have borrowed.

    A title, an item or a record is searched for, in use or not: also what was deleted.
    """
    content = file.read_bytes()
    keeper = struct.pack(">I", KEEPER)
    theirs = [
        struct.pack(">I", number)
        for record_id in (FIRST[0], SECOND[0])
        for number in (record_id, record_id * 10 + 1)
    ]
    pages = (content[at : at + PAGE] for at in range(0, len(content), PAGE))
    return [
        number
        for number, page in enumerate(pages)
        if keeper in page and any(one in page for one in theirs)
    ]
