"""What a browser does on the wire, and what an attacker does there."""

import asyncio
import datetime as dt
import json
import uuid
from collections.abc import Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp
import httpx
import socketio
from socketio.exceptions import ConnectionError as Refused
from sqlalchemy import Engine
from sqlmodel import Session, delete

from portal_app import clock, routes
from portal_app.data import tables
from portal_app.web.identity import id_hash_of

COOKIE = "__Host-portal_session"
DESK_COOKIE = "__Host-portal_desk"
# Where the library's own machines are, for the portals that tests serve.
TERMINAL = "127.0.0.77"
ROOT = "reflex___state____state"
# Named and not imported: the small portal must not mix with the real one in this process.
SMALL = f"{ROOT}.tests___web___small_portal"
SECONDS = 10
# Names, titles and card numbers: what a library's database is for.
KEPT_BY_LIBRARIES = {"CANARY", "10000"}


@dataclass(kw_only=True)
class Portal:
    """A portal that is being served."""

    origin: str
    engine: Engine
    folder: Path
    # What has been planted, and must be found nowhere else.
    planted: set[str] = field(default_factory=lambda: {"CANARY", "correct horse", "10000"})

    @property
    def log(self) -> Path:
        """Where the process writes what it has to say."""
        return self.folder / "portal.log"

    def left_behind(self) -> list[tuple[str, str]]:
        """Return which planted text lies in which file, apart from what a library keeps."""
        database = [*self.folder.glob("portal.db*")]
        files = [file for file in self.folder.rglob("*") if file.is_file()]
        return [
            (file.name, text)
            for file in files
            for text in self.planted - (KEPT_BY_LIBRARIES if file in database else set())
            if text.encode() in file.read_bytes()
        ]

    def ago(self, secret: str, *, seconds: int) -> None:
        """Let a session have been used that long ago."""
        seen_at = clock.now() - dt.timedelta(seconds=seconds)
        with Session(self.engine) as tx, tx.begin():
            tx.get_one(tables.PatronSession, id_hash_of(secret)).seen_at = seen_at

    def seen_at(self, secret: str) -> dt.datetime:
        """Return when a session was last used."""
        with Session(self.engine) as tx:
            return tx.get_one(tables.PatronSession, id_hash_of(secret)).seen_at

    def forget_guesses(self) -> None:
        """Let every door listen again."""
        with Session(self.engine) as tx, tx.begin():
            tx.exec(delete(tables.SignInAttempt))

    async def post(
        self, path: str, secret: str = "", *, at: str = "", **fields: str
    ) -> httpx.Response:
        """Send a form, as the page of the portal does that stands ``at`` an address."""
        return await self.post_from("127.0.0.1", path, secret, at=at, **fields)

    async def post_from(
        self, address: str, path: str, secret: str = "", *, at: str = "", **fields: str
    ) -> httpx.Response:
        """Send a form from another address of this machine."""
        headers = {"Origin": self.origin, "Referer": self.origin + at, **cookie(secret)}
        here = httpx.AsyncHTTPTransport(local_address=address)
        async with httpx.AsyncClient(
            base_url=self.origin, headers=headers, transport=here
        ) as browser:
            return await browser.post(path, data=fields)

    async def sign_in(self, card: str, password: str, secret: str = "", **fields: str) -> str:
        """Sign in, and return the session's secret."""
        form = {"card": card, "password": password, **fields}
        given = secret_of(await self.post(routes.DO_SIGN_IN, secret, **form))
        self.planted |= {given} - {""}
        return given

    async def post_at_desk(self, path: str, desk: str = "", **fields: str) -> httpx.Response:
        """Send a form, as a page of the desk does."""
        headers = {"Origin": self.origin, **cookie("", desk=desk)}
        async with httpx.AsyncClient(base_url=self.origin, headers=headers) as browser:
            return await browser.post(path, data=fields)

    async def open_desk(self, login: str, password: str, desk: str = "", **fields: str) -> str:
        """Sign in at the desk, and return the session's secret."""
        form = {"login": login, "password": password, **fields}
        given = secret_of(
            await self.post_at_desk(routes.DO_DESK_SIGN_IN, desk, **form), called=DESK_COOKIE
        )
        self.planted |= {given} - {""}
        return given

    @asynccontextmanager
    async def tab(self, secret: str = "", **options: Any):
        """Open a tab, and close it."""
        tab = Tab(portal=self, secret=secret, **options)
        try:
            await tab.connect()
            yield tab
        finally:
            await tab.close()

    async def admits(self, **headers: str) -> bool:
        """Return whether a socket with these headers is let in."""
        tab = Tab(portal=self, headers=headers)
        try:
            await tab.connect()
        except Refused:
            return False
        finally:
            await tab.close()
        return True


@dataclass(kw_only=True)
class Tab:
    """A browser's tab: what it has been told, and what it sends."""

    portal: Portal
    secret: str = ""
    desk: str = ""
    token: str = field(default_factory=lambda: str(uuid.uuid4()))
    headers: Mapping[str, str] | None = None
    path: str = "/"
    # Where it is: every address of 127.0.0.0/8 is this machine.
    address: str = "127.0.0.1"
    updates: list[Any] = field(default_factory=list)
    shown: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._is_told = asyncio.Condition()

    async def connect(self) -> None:
        """Connect as a page does when it has been loaded."""
        here = aiohttp.TCPConnector(local_addr=(self.address, 0))
        self._connections = aiohttp.ClientSession(connector=here)
        self._socket = socketio.AsyncClient(reconnection=False, http_session=self._connections)
        self._socket.on("event", self._listen, namespace="/_event")
        hydrate = {"name": f"{ROOT}.hydrate_and_load", "payload": {}, "router_data": self._place}
        headers = self.headers
        if headers is None:
            headers = {"Origin": self.portal.origin, **cookie(self.secret, desk=self.desk)}
        await self._socket.connect(
            f"{self.portal.origin}/_event?{urlencode({'token': self.token})}",
            headers=dict(headers),
            transports=["websocket"],
            namespaces=["/_event"],
            socketio_path="/_event",
            auth={"event": hydrate},
            wait_timeout=SECONDS,
        )
        # Only then has the page done what it does when it is opened.
        await self.until(lambda: self.shown.get(f"{ROOT}.is_hydrated") is True)

    async def close(self) -> None:
        """Close the tab."""
        await self._socket.disconnect()
        await self._connections.close()

    async def send(self, handler: str, **payload: Any) -> None:
        """Send an event and wait until it and whatever it caused has been answered."""
        await self.send_raw({"name": handler, "payload": payload, "router_data": self._place})
        await self.settle()

    async def send_raw(self, event: Any) -> None:
        """Send anything at all."""
        await self._socket.emit("event", event, namespace="/_event")

    async def settle(self) -> None:
        """Wait until everything sent so far has been answered: a tab's events keep their order."""
        for value in (False, True):
            seen = len(self.updates)
            await self.send_raw(
                {
                    "name": f"{ROOT}.set_is_hydrated",
                    "payload": {"value": value},
                    "router_data": self._place,
                }
            )
            await self.until(
                lambda value=value, seen=seen: any(
                    _changes_of(update).get(f"{ROOT}.is_hydrated") is value
                    for update in self.updates[seen:]
                )
            )

    async def until(self, is_so: Any) -> None:
        """Wait until the tab has been told something."""
        async with asyncio.timeout(SECONDS), self._is_told:
            await self._is_told.wait_for(is_so)

    def var(self, state: str, name: str) -> Any:
        """Return what the tab knows of a state's var."""
        return next(
            (value for key, value in self.shown.items() if key.endswith(f"____{state}.{name}")),
            None,
        )

    @property
    def told(self) -> str:
        """Everything the tab has been told."""
        return json.dumps(self.updates, ensure_ascii=False)

    @property
    def sent_to(self) -> list[str]:
        """Where the tab has been redirected."""
        return [
            event["payload"]["path"]
            for update in self.updates
            for event in update.get("events") or []
            if event["name"] == "_redirect"
        ]

    @property
    def _place(self) -> dict[str, Any]:
        return {"pathname": self.path, "query": {}, "asPath": self.path}

    async def _listen(self, update: Any) -> None:
        self.updates.append(update)
        self.shown.update(_changes_of(update))
        async with self._is_told:
            self._is_told.notify_all()


def secret_of(response: httpx.Response, *, called: str = COOKIE) -> str:
    """Return the secret that an answer gives to the browser."""
    given = SimpleCookie(response.headers.get("set-cookie", ""))
    return given[called].value if called in given else ""


def cookie(secret: str, *, desk: str = "") -> dict[str, str]:
    """Return the header with the cookies of a patron's session and a desk's, if there are any."""
    pairs = [(COOKIE, secret), (DESK_COOKIE, desk)]
    given = "; ".join(f"{name}={value}" for name, value in pairs if value)
    return {"Cookie": given} if given else {}


def desk(name: str) -> str:
    """Return what the wire calls a handler of the small portal's desk."""
    return f"{SMALL}____desk_state.{name}"


def _changes_of(update: Any) -> dict[str, Any]:
    return {
        f"{state}.{name.removesuffix('_rx_state_')}": value
        for state, changes in (update.get("delta") or {}).items()
        for name, value in changes.items()
    }
