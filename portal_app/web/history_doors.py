"""The addresses of a reading history, which only the patron's own browser can open (K-08, K-18).

What is read here goes to the page that asked for it, and nowhere else: into no state of
Reflex, no copy on a device, no log.
"""

import asyncio
import base64
import binascii
import json
import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from portal_app import routes
from portal_app.data import history_locks
from portal_app.data.history_locks import Purpose
from portal_app.domain import recovery_codes
from portal_app.domain.history import Problem, Read
from portal_app.domain.passwords import normal_password
from portal_app.services import history, sessions
from portal_app.services.history import Lock, Relocked, SealedHistory
from portal_app.services.sessions import Guess
from portal_app.web.doorkeepers import Verdict, history_opened, history_wrapped, judge
from portal_app.web.doors import Doors
from portal_app.web.forms import fields_of
from portal_app.web.history_keys import relocked, session_key
from portal_app.web.identity import id_hash_of
from portal_app.web.signed_in import patron_of

AT_ONCE = 2
MOST_FORGOTTEN_AT_ONCE = 500
_ENTRY_ID = re.compile(r"[0-9a-f]{32}")

# Their own threads, so that a long history leaves some for everyone else.
_openers = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="history")


@dataclass(frozen=True, slots=True, kw_only=True)
class Knock:
    """Who stands at a door: the patron, the secret of their cookie, and what their form says."""

    request: Request
    patron_id: int
    secret: str
    fields: Mapping[str, str]

    @property
    def password(self) -> str:
        """The password that was typed."""
        return normal_password(self.fields.get("password", ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryDoors:
    """The doors to what a patron has borrowed."""

    doors: Doors
    # Whose history is being opened: one at a time for each.
    opening: set[int] = field(default_factory=set)

    def routes(self) -> list[Route]:
        """Return what answers at the doors' addresses."""
        doors = {
            routes.DO_READ_HISTORY: self.read,
            routes.DO_BEGIN_HISTORY: self.begin,
            routes.DO_KEEP_HISTORY: self.keep,
            routes.DO_UNLOCK_HISTORY: self.unlock,
            routes.DO_RENEW_HISTORY_CODE: self.renew_code,
            routes.DO_FORGET_HISTORY: self.forget,
            routes.DO_END_HISTORY: self.end,
        }
        return [Route(address, door, methods=["POST"]) for address, door in doors.items()]

    async def read(self, request: Request) -> Response:
        """Answer with everything the patron has borrowed, if this session can open it."""
        knock = await self._knock(request)
        if knock is None:
            return _refuse(Problem.SIGNED_OUT)
        if knock.patron_id in self.opening:
            return _refuse(Problem.BUSY)
        self.opening.add(knock.patron_id)
        try:
            return await _read(knock)
        finally:
            self.opening.discard(knock.patron_id)

    async def begin(self, request: Request) -> Response:
        """Answer with a new recovery code, and what switches the history on once it is kept."""
        knock = await self._knock(request)
        if knock is None:
            return _refuse(Problem.SIGNED_OUT)
        problem = await self._problem_with_password(knock)
        if problem is not None:
            return _refuse(problem)
        private_key, code = history_locks.new_private_key(), history_locks.new_code()
        by_password = await history_wrapped(private_key, password=knock.password)
        draft = {
            "private_key": private_key,
            "by_password": by_password,
            "by_recovery_code": history_locks.wrapped_by(code, Purpose.RECOVERY, private_key),
        }
        return _answer({"code": recovery_codes.written(code), "draft": _sealed(draft, knock)})

    async def keep(self, request: Request) -> Response:
        """Switch the history on: the patron has kept the code."""
        knock = await self._knock(request)
        if knock is None:
            return _refuse(Problem.SIGNED_OUT)
        draft = _draft_in(knock)
        if draft is None:
            return _refuse(Problem.OUTDATED)
        private_key = draft.pop("private_key")
        lock = Lock(public_key=history_locks.public_key_of(private_key), **draft)
        is_new = await asyncio.to_thread(
            history.switch_on,
            patron_id=knock.patron_id,
            lock=lock,
            key=session_key(private_key, secret=knock.secret),
        )
        return _answer({}) if is_new else _refuse(Problem.OUTDATED)

    async def unlock(self, request: Request) -> Response:
        """Let this session open the history: by the password, or after a reset by the code, too."""
        knock = await self._knock(request)
        if knock is None:
            return _refuse(Problem.SIGNED_OUT)
        typed = knock.fields.get("code", "").strip()
        code = recovery_codes.read(typed)
        if typed and code is None:
            return _refuse(Problem.CODE_MISTYPED)  # which is no guess
        lock = await asyncio.to_thread(history.find_lock, patron_id=knock.patron_id)
        if lock is None:
            return _refuse(Problem.OUTDATED)
        guess = await self._guess(knock)
        verdict = await judge(guess, password=knock.password)
        if verdict is not Verdict.RIGHT:
            return _refuse(_PROBLEMS[verdict])
        return await _unlock(knock, guess, lock, code)

    async def renew_code(self, request: Request) -> Response:
        """Answer with another recovery code; the one before opens nothing any more."""
        knock = await self._knock(request)
        if knock is None:
            return _refuse(Problem.SIGNED_OUT)
        problem = await self._problem_with_password(knock)
        if problem is not None:
            return _refuse(problem)
        lock = await asyncio.to_thread(history.find_lock, patron_id=knock.patron_id)
        private_key = lock and await history_opened(lock.by_password, password=knock.password)
        if lock is None or private_key is None:
            return _refuse(Problem.OUTDATED)
        code = history_locks.new_code()
        wrapped = history_locks.wrapped_by(code, Purpose.RECOVERY, private_key)
        changed = Relocked(
            was=lock,
            now=replace(lock, by_recovery_code=wrapped),
            key=session_key(private_key, secret=knock.secret),
        )
        if not await asyncio.to_thread(history.relock, patron_id=knock.patron_id, relocked=changed):
            return _refuse(Problem.OUTDATED)
        return _answer({"code": recovery_codes.written(code)})

    async def forget(self, request: Request) -> Response:
        """Delete some entries for good."""
        knock = await self._knock(request)
        if knock is None:
            return _refuse(Problem.SIGNED_OUT)
        asked = knock.fields.get("ids", "").split(",")[:MOST_FORGOTTEN_AT_ONCE]
        ids = [one for one in asked if _ENTRY_ID.fullmatch(one)]
        await asyncio.to_thread(history.forget_entries, patron_id=knock.patron_id, entry_ids=ids)
        return _answer({})

    async def end(self, request: Request) -> Response:
        """Switch the history off, and delete all of it."""
        knock = await self._knock(request)
        if knock is None:
            return _refuse(Problem.SIGNED_OUT)
        await asyncio.to_thread(history.switch_off, patron_id=knock.patron_id)
        return _answer({})

    async def _knock(self, request: Request) -> Knock | None:
        patron = await patron_of(request, self.doors.cookie)
        if patron is None or patron.must_change_password:
            return None
        return Knock(
            request=request,
            patron_id=patron.patron_id,
            secret=self.doors.cookie.secret_in("; ".join(request.headers.getlist("cookie"))),
            fields=await fields_of(request),
        )

    async def _problem_with_password(self, knock: Knock) -> Problem | None:
        guess = await self._guess(knock)
        verdict = await judge(guess, password=knock.password)
        if verdict is not Verdict.RIGHT:
            return _PROBLEMS[verdict]
        await asyncio.to_thread(sessions.forget_guess, guess=guess)
        return None

    async def _guess(self, knock: Knock) -> Guess:
        credentials = await asyncio.to_thread(sessions.credentials_of, patron_id=knock.patron_id)
        return await self.doors.count_guess(knock.request, credentials.card_number)


_PROBLEMS = {Verdict.WRONG: Problem.WRONG_PASSWORD, Verdict.BUSY: Problem.BUSY}


async def _read(knock: Knock) -> Response:
    sealed = await asyncio.to_thread(
        history.look, patron_id=knock.patron_id, id_hash=id_hash_of(knock.secret)
    )
    loop = asyncio.get_running_loop()
    entries = await loop.run_in_executor(_openers, _opened, sealed, knock.secret)
    told = {"is_kept": sealed.is_kept, "is_open": entries is not None, "entries": entries or []}
    return _answer(told)


def _opened(sealed: SealedHistory, secret: str) -> list[dict[str, Any]] | None:
    private_key = history_locks.opened_by(secret.encode(), Purpose.SESSION, sealed.wrapped)
    if private_key is None:
        return None
    return [
        _shown(one.id, Read.of(history_locks.unsealed(private_key, one.sealed)))
        for one in sealed.entries
    ]


def _shown(entry_id: str, read: Read) -> dict[str, Any]:
    record = {
        name: getattr(read, name) for name in ("record_id", "title", "volume", "line", "material")
    }
    return {
        "id": entry_id,
        "record": record,
        "branch_code": read.branch_code,
        "lent_on": read.lent_on.isoformat(),
        "returned_on": read.returned_on.isoformat(),
    }


async def _unlock(knock: Knock, guess: Guess, lock: Lock, code: bytes | None) -> Response:
    private_key = await history_opened(lock.by_password, password=knock.password)
    if private_key is not None:
        changed = Relocked(was=lock, now=lock, key=session_key(private_key, secret=knock.secret))
    else:
        private_key = code and history_locks.opened_by(
            code, Purpose.RECOVERY, lock.by_recovery_code
        )
        if private_key is None:
            # A wrong code stays counted, as a wrong password does.
            if code is None:
                await asyncio.to_thread(sessions.forget_guess, guess=guess)
            return _refuse(Problem.CODE_WRONG if code else Problem.CODE_NEEDED)
        changed = await relocked(lock, private_key, password=knock.password, secret=knock.secret)
    await asyncio.to_thread(sessions.forget_guess, guess=guess)
    is_open = await asyncio.to_thread(history.relock, patron_id=knock.patron_id, relocked=changed)
    return _answer({}) if is_open else _refuse(Problem.OUTDATED)


def _sealed(draft: Mapping[str, bytes], knock: Knock) -> str:
    """Return a draft that only this session can hand back, and only as it was."""
    written = json.dumps({name: base64.b64encode(value).decode() for name, value in draft.items()})
    sealed = history_locks.wrapped_by(knock.secret.encode(), Purpose.DRAFT, written.encode())
    return base64.urlsafe_b64encode(sealed).decode()


def _draft_in(knock: Knock) -> dict[str, bytes] | None:
    with suppress(binascii.Error, ValueError):
        sealed = base64.urlsafe_b64decode(knock.fields.get("draft", ""))
        written = history_locks.opened_by(knock.secret.encode(), Purpose.DRAFT, sealed)
        if written is not None:
            return {name: base64.b64decode(value) for name, value in json.loads(written).items()}
    return None


def _refuse(problem: Problem) -> Response:
    status = HTTPStatus.UNAUTHORIZED if problem is Problem.SIGNED_OUT else HTTPStatus.OK
    return _answer({"refusal": f"history.problem.{problem}"}, status)


def _answer(said: Mapping[str, Any], status: HTTPStatus = HTTPStatus.OK) -> Response:
    headers = {"cache-control": "no-store"}
    return JSONResponse({"refusal": "", **said}, status_code=status, headers=headers)
