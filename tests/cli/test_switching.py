"""From one library to the other and back, in one folder, by nothing but the preset's name."""

from pathlib import Path

import pytest
from sqlmodel import Session, select

from portal_app import libraries
from portal_app.cli import building, serve
from portal_app.data import tables
from portal_app.data.database import current_engine, disconnect
from portal_app.services import showing
from portal_app.settings import Settings
from portal_app.web.identity import owner_of


@pytest.fixture
def start(tmp_path, monkeypatch):
    """Start as ``PORTAL_LIBRARY=… ./portal`` does, as far as the server."""
    monkeypatch.setenv("PORTAL_FOLDER", str(tmp_path))

    def start(name: str) -> Settings:
        monkeypatch.setenv("PORTAL_LIBRARY", name)
        settings = Settings.read()
        cast = serve.prepare(settings, library=libraries.load(settings.library))
        assert cast
        return settings

    yield start
    disconnect()


def cart() -> set[tuple[int, int]]:
    with Session(current_engine()) as tx:
        return set(tx.exec(select(tables.CartLine.patron_id, tables.CartLine.record_id)).all())


def branches() -> list[str]:
    with Session(current_engine()) as tx:
        return list(tx.exec(select(tables.Branch.code).order_by(tables.Branch.position)))


def test_each_library_is_as_it_was_left_and_a_device_belongs_to_one(start):
    first = start("kagoshima")
    with Session(current_engine()) as tx, tx.begin():
        tx.delete(tx.exec(select(tables.CartLine)).first())
    left, shown = cart(), showing.look()

    other = start("koganei")
    other_shown = showing.look()
    assert branches() == [one.code for one in libraries.load("koganei").branches]

    start("kagoshima")
    assert cart() == left
    assert branches() == [one.code for one in libraries.load("kagoshima").branches]
    assert showing.look() == shown
    # The same key and the same number of a patron: only the showing tells them apart.
    assert first.secret_key() == other.secret_key()
    owners = {
        owner_of(first.secret_key(), patron_id=1, edition=one.edition)
        for one in (shown, other_shown)
    }
    assert len(owners) == 2


def test_the_pages_of_a_library_are_those_of_no_other_and_of_no_demonstration():
    keys = {
        building.content_key(library=library, demonstration=demonstration)
        for library in libraries.PRESETS
        for demonstration in (True, False)
    }

    assert len(keys) == 4


def test_where_a_database_lies_follows_from_the_library(monkeypatch, tmp_path):
    monkeypatch.setenv("PORTAL_FOLDER", str(tmp_path))
    files = set()
    for name in libraries.PRESETS:
        monkeypatch.setenv("PORTAL_LIBRARY", name)
        files.add(Path(Settings.read().database_url.removeprefix("sqlite:///")))

    assert files == {tmp_path / f"{name}.db" for name in libraries.PRESETS}
