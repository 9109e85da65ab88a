"""The real portal in a process of its own, with a demonstration that every test finds fresh."""

import socket
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Self

from sqlmodel import Session, select

from portal_app import libraries
from portal_app.cli import building, serve, serving
from portal_app.data.database import disconnect, open_engine
from portal_app.data.tables import PatronSession
from portal_app.domain.policies import Library
from portal_app.services.demonstration import Member
from portal_app.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Serving:
    """A portal that answers at an address, and who may sign in there."""

    settings: Settings
    library: Library
    cast: Mapping[str, Member]

    @classmethod
    @contextmanager
    def open(cls, *, library: str, folder: Path) -> Iterator[Self]:
        """Serve a library's demonstration from a folder of its own, until the end."""
        port = free_port()
        settings = Settings(
            folder=folder,
            library=library,
            database_url=f"sqlite:///{folder}/portal.db",
            host="127.0.0.1",
            port=port,
            origin=f"http://localhost:{port}",
        )
        loaded = libraries.load(library)
        pages = building.build(library=library)
        members = serve.prepare(settings, library=loaded)
        disconnect()
        cast = {member.story_en.partition(",")[0]: member for member in members}
        portal = cls(settings=settings, library=loaded, cast=cast)
        portal.keep_as_found()
        with (folder / "server.log").open("wb") as log:
            server = serving.start(settings, pages=pages, output=log)
            try:
                yield portal
            finally:
                serving.stop(server)

    @property
    def address(self) -> str:
        """Where the portal is."""
        return self.settings.origin

    @property
    def log(self) -> str:
        """What the server has said so far."""
        return (self.settings.folder / "server.log").read_text("utf-8")

    def keep_as_found(self) -> None:
        """Remember the database as it is now."""
        self._copy(source="portal.db", target="found.db")

    def make_as_found(self) -> None:
        """Undo what an earlier test did, while the portal goes on serving."""
        self._copy(source="found.db", target="portal.db")

    def let_sessions_idle(self, *, minutes: int) -> None:
        """Let it be so long since anybody did anything."""
        engine = open_engine(self.settings.database_url)
        with Session(engine) as tx, tx.begin():
            for session in tx.exec(select(PatronSession)):
                session.seen_at -= timedelta(minutes=minutes)
        engine.dispose()

    def _copy(self, *, source: str, target: str) -> None:
        folder = self.settings.folder
        with (
            closing(sqlite3.connect(folder / source)) as original,
            closing(sqlite3.connect(folder / target, timeout=5)) as copy,
        ):
            original.backup(copy)


def free_port() -> int:
    """Return a port that nobody has."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]
