"""Starting and stopping the process that serves the portal."""

import os
import signal
import socket
import ssl
import subprocess
import sys
import urllib.request
from pathlib import Path
from time import monotonic, sleep
from typing import IO
from urllib.error import URLError

from portal_app.cli.certificates import Certified
from portal_app.cli.environment import for_our_programs
from portal_app.cli.refusals import Failed, WrongUse
from portal_app.settings import PROJECT, Settings

APP = "portal_app.portal_app:app"
SECONDS_TO_START = 60
SECONDS_TO_STOP = 10


def refuse_a_taken_port(settings: Settings) -> None:
    """Say so before the work begins when another program has the port."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((settings.host, settings.port))
        except OSError as refusal:
            message = (
                f"The portal cannot be served on {settings.host}, port {settings.port}:"
                f" {refusal.strerror}. PORTAL_PORT chooses another port."
            )
            raise WrongUse(message) from None


def start(
    settings: Settings,
    *,
    pages: Path,
    output: IO[bytes] | None = None,
    app: str = APP,
    certified: Certified | None = None,
) -> subprocess.Popen[bytes]:
    """Start serving, and return the process when it answers."""
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "granian", "--interface", "asgi", "--factory"),
            *("--host", settings.host, "--port", str(settings.port)),
            *("--workers", os.environ.get("GRANIAN_WORKERS", "1"), "--log-level", "warning"),
            *("--workers-kill-timeout", str(SECONDS_TO_STOP // 2)),
            *_over_https(certified),
            app,
        ],
        cwd=PROJECT,
        env={**for_our_programs(), **settings.environment(), **_for_serving(pages)},
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,  # so that Ctrl-C reaches us alone, and we pass it on once
    )
    try:
        _wait_until_it_answers(server, settings, certified)
    except BaseException:
        stop(server)
        raise
    return server


def stop(server: subprocess.Popen[bytes]) -> None:
    """Ask the process to end, once, and end it when it does not."""
    # Whoever is impatient and asks again must not interrupt the stopping.
    patience = {one: signal.signal(one, signal.SIG_IGN) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        if server.poll() is None:
            server.send_signal(signal.SIGTERM)  # a second one would hang granian's worker
        server.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
    finally:
        for one, handler in patience.items():
            signal.signal(one, handler)


def _for_serving(pages: Path) -> dict[str, str]:
    return {
        "REFLEX_WEB_WORKDIR": str(pages),
        "REFLEX_ENV_MODE": "prod",
        # Two underscores: Reflex sets these for its own processes.
        "__REFLEX_SKIP_COMPILE": "true",
        "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
        # How soon both sides notice that a phone has changed its network, which nobody tells
        # them: with Reflex's own two minutes a patron would long have put it away.
        "REFLEX_SOCKET_INTERVAL": os.environ.get("REFLEX_SOCKET_INTERVAL", "10s"),
        "REFLEX_SOCKET_TIMEOUT": os.environ.get("REFLEX_SOCKET_TIMEOUT", "10s"),
    }


def _over_https(certified: Certified | None) -> tuple[str, ...]:
    if certified is None:
        return ()
    # A tablet that is worth showing the portal on need not be a new one.
    versions = ("--ssl-protocol-min", "tls1.2")
    files = ("--ssl-certificate", certified.certificate, "--ssl-keyfile", certified.key)
    return (*versions, *map(str, files))


def _wait_until_it_answers(
    server: subprocess.Popen[bytes], settings: Settings, certified: Certified | None
) -> None:
    trusted = certified and ssl.create_default_context(cafile=certified.authority)
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host  # noqa: S104
    place = f"{f'[{host}]' if ':' in host else host}:{settings.port}"
    url = f"https://{place}/_health" if trusted else f"http://{place}/_health"
    give_up_at = monotonic() + SECONDS_TO_START
    while monotonic() < give_up_at:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=1, context=trusted):  # noqa: S310  as above
                return
        except (URLError, OSError):
            sleep(0.05)
    message = "The portal did not start; the lines above say why."
    raise Failed(message)
