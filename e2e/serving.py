"""The real portal in a process of its own, with a demonstration that every test finds fresh."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Self

from playwright.sync_api import BrowserContext

from e2e.ledger import Ledger
from e2e.link import Link
from e2e.ports import free_port
from e2e.waiting import eventually
from portal_app import libraries, routes
from portal_app.cli import building, serve, serving
from portal_app.cli.environment import for_our_programs
from portal_app.data.database import disconnect
from portal_app.domain.policies import Library
from portal_app.services.demonstration import Member
from portal_app.settings import PROJECT, Settings


@dataclass(kw_only=True)
class Serving:
    """A portal that answers at an address, and who may sign in there."""

    settings: Settings
    library: Library
    cast: Mapping[str, Member]
    pages: Path
    server: subprocess.Popen[bytes] | None = None

    @classmethod
    @contextmanager
    def open(cls, *, library: str, folder: Path) -> Iterator[Self]:
        """Serve a library's demonstration from a folder of its own, until the end."""
        port = free_port()
        with cls._open(library=library, folder=folder, port=port, seen_at=port) as portal:
            yield portal

    @classmethod
    @contextmanager
    def open_behind_a_link(cls, *, library: str, folder: Path) -> Iterator[tuple[Self, Link]]:
        """Serve it where only a link leads."""
        port = free_port()
        with (
            Link.open(port=free_port(), to_port=port) as link,
            cls._open(library=library, folder=folder, port=port, seen_at=link.port) as portal,
        ):
            yield portal, link

    @classmethod
    @contextmanager
    def _open(cls, *, library: str, folder: Path, port: int, seen_at: int) -> Iterator[Self]:
        settings = Settings(
            folder=folder,
            library=library,
            database_url=f"sqlite:///{folder}/portal.db",
            host="127.0.0.1",
            port=port,
            origin=f"http://localhost:{seen_at}",
        )
        loaded = libraries.load(library)
        pages = building.build(library=library, demonstration=True)
        members = serve.prepare(settings, library=loaded)
        disconnect()
        cast = {member.story_en.partition(",")[0]: member for member in members}
        portal = cls(settings=settings, library=loaded, cast=cast, pages=pages)
        portal.keep_as_found()
        portal.start()
        try:
            yield portal
        finally:
            portal.stop()

    @property
    def address(self) -> str:
        """Where the portal is."""
        return self.settings.origin

    @property
    def log(self) -> str:
        """What the server has said so far."""
        return (self.settings.folder / "server.log").read_text("utf-8")

    @property
    def ledger(self) -> Ledger:
        """What patrons have really done."""
        return Ledger(file=self.settings.folder / "portal.db")

    def sign_in(self, browser: BrowserContext, name: str) -> None:
        """Let somebody of the cast be signed in, as the form of the sign-in page does it.

        The page itself takes seconds, and has journeys of its own.
        """
        member = self.cast[name]
        answer = browser.request.post(
            f"{self.address}{routes.DO_SIGN_IN}",
            form={"card": member.card_number, "password": member.password},
            headers={"Origin": self.address},
            max_redirects=0,
        )
        assert answer.status == HTTPStatus.SEE_OTHER

    def start(self, **changes: object) -> None:
        """Serve, where it was served before, with these settings changed."""
        settings = self.settings.model_copy(update=changes)
        with (self.settings.folder / "server.log").open("ab") as log:
            self.server = serving.start(settings, pages=self.pages, output=log)

    @property
    def is_serving(self) -> bool:
        """Whether the server is there."""
        return self.server is not None and self.server.poll() is None

    @contextmanager
    def with_settings(self, **changes: object) -> Iterator[None]:
        """Serve with other settings for a while."""
        self.stop()
        self.start(**changes)
        try:
            yield
        finally:
            self.stop()
            self.start()

    def stop(self) -> None:
        """End the server as an operator does."""
        if self.server:
            serving.stop(self.server)

    def kill(self) -> None:
        """End the server as a power cut does, whatever it is doing."""
        assert self.server
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait()

    def keep_as_found(self) -> None:
        """Remember the database as it is now."""
        self._copy(source="portal.db", target="found.db")

    def make_as_found(self) -> None:
        """Undo what an earlier test did, while the portal goes on serving."""
        self._copy(source="found.db", target="portal.db")

    def meanwhile(self, statement: str, **values: object) -> None:
        """Let something happen at the library's desk, where the portal hears nothing of it."""
        file = self.settings.folder / "portal.db"
        with closing(sqlite3.connect(file, timeout=5)) as database, database:
            database.execute(statement, values)

    def import_catalogue(self, file: Path) -> None:
        """Let the library take in a file of records, as it does every night."""
        subprocess.run(
            [sys.executable, "-m", "portal_app.cli", "import", file],
            cwd=PROJECT,
            env={**for_our_programs(), **self.settings.environment()},
            stdout=subprocess.DEVNULL,
            check=True,
        )

    def wait_for_job(self, name: str) -> None:
        """Wait until what is done every now and then has been done from here on."""
        self.meanwhile("DELETE FROM job WHERE name = :name", name=name)
        ran = "SELECT count(ran_at) FROM job WHERE name = :name"
        eventually(lambda: self.count(ran, name=name), 1)

    def count(self, query: str, **values: object) -> int:
        """Return the number that a query counts, as the database says it now."""
        with closing(sqlite3.connect(self.settings.folder / "portal.db", timeout=5)) as database:
            [number] = database.execute(query, values).fetchone()
        return number

    def let_sessions_idle(self, *, minutes: int) -> None:
        """Let it be so long since anybody did anything."""
        # One statement: to read first and then write is refused when the portal writes between.
        self.meanwhile(
            "UPDATE patron_session"
            " SET seen_at = strftime('%Y-%m-%d %H:%M:%f000', seen_at, :earlier)",
            earlier=f"-{minutes} minutes",
        )

    def _copy(self, *, source: str, target: str) -> None:
        folder = self.settings.folder
        with (
            closing(sqlite3.connect(folder / source)) as original,
            closing(sqlite3.connect(folder / target, timeout=5)) as copy,
        ):
            original.backup(copy)
