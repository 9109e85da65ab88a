"""Each notice is sent once or never, to the services that the library knows."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from e2e.waiting import until
from portal_app import clock
from portal_app.domain.messages import Letter
from portal_app.domain.policies import Library, Push
from portal_app.exchange.web_push import public_key_of
from portal_app.jobs import push_service
from portal_app.jobs.pushing import send_waiting
from portal_app.services import messages, push
from portal_app.settings import PROJECT
from portal_app.text import Lang
from tests.conftest import NOW
from tests.jobs.conftest import KEY
from tests.jobs.push_services import HANG, Service, serving, write_certificate
from tests.services.devices import LIBRARY, Phone, devices, phone, switch_on, waiting

LETTER = Letter(subject="お忘れ物", body="傘をお預かりしています。")
CONTACT = "portal@library.example"


@pytest.fixture(autouse=True)
def settings(monkeypatch, time_machine) -> None:
    """By day, with a key and an address."""
    time_machine.move_to(NOW, tick=False)
    monkeypatch.setenv("PORTAL_KEY", KEY.decode())
    monkeypatch.setenv("PORTAL_MAIL_FROM", CONTACT)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory) -> Path:
    """What the service shows."""
    file = tmp_path_factory.mktemp("push") / "localhost.pem"
    write_certificate(file)
    return file


@pytest.fixture
def service(certificate, monkeypatch) -> Iterator[Service]:
    """A push service whose certificate this machine trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    monkeypatch.setenv("NO_PROXY", "localhost")
    with serving(certificate) as service:
        yield service


@pytest.fixture
def here(service) -> Library:
    """A library that knows it."""
    return LIBRARY.model_copy(update={"push": Push(is_offered=True, services=(service.name,))})


def has_phone(patron_id: int, library: Library, name: str = "phone", **how: object) -> Phone:
    """Let a patron have notices on a device, and one wait."""
    device = phone(name, service=library.push.services[0])
    assert switch_on(patron_id, device, policy=library.push, **how) == "on"
    messages.send(patron_id=patron_id, letter=LETTER, now=clock.now())
    return device


def test_a_notice_is_read_by_its_device_and_says_nothing_about_anybody(
    library, hanako, here, service
):
    device = has_phone(hanako, here, lang=Lang.EN)

    send_waiting(here, clock.now())

    [sent] = service.sent
    assert json.loads(device.read(sent.body)) == {
        "title": here.name["en"],
        "body": "There is a message from the library.",
        "lang": "en",
        "tag": "messages",
        "address": "/messages",
        "unread": 1,
    }
    assert sent.path == "/send/phone"
    assert waiting() == []


def test_a_service_hears_who_sends_for_how_long_and_nothing_else(library, hanako, here, service):
    has_phone(hanako, here)

    send_waiting(here, clock.now())

    [sent] = service.sent
    claims = sent.claims()
    assert claims["key"] == public_key_of(KEY)
    assert claims["aud"] == f"https://{service.name}"
    assert claims["sub"] == f"mailto:{CONTACT}"
    assert 0 < claims["exp"] - NOW.timestamp() <= 24 * 3600
    assert sent.headers["content-encoding"] == "aes128gcm"
    assert sent.headers["ttl"] == str(24 * 3600)
    assert (sent.headers["topic"], sent.headers["urgency"]) == ("messages", "normal")


def test_every_machine_with_the_same_key_has_the_same_key_for_notices():
    assert public_key_of(KEY) == public_key_of(bytes(KEY))
    assert public_key_of(KEY) != public_key_of(b"another key")


def test_many_go_out_each_to_its_own_device(library, hanako, ken, here, service, monkeypatch):
    monkeypatch.setattr(push, "PORTION", 3)
    phones = [has_phone(one, here, f"{one}-{n}") for one in (hanako, ken) for n in range(5)]

    send_waiting(here, clock.now())

    bodies = {sent.path: sent.body for sent in service.sent}
    assert len(service.sent) == len(bodies) == 10
    for device in phones:
        assert device.read(bodies["/" + device.endpoint.split("/", 3)[3]])


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_is_gone_is_forgotten_and_the_others_are_not(
    library, hanako, here, service, status
):
    has_phone(hanako, here, "gone")
    has_phone(hanako, here, "kept")
    service.statuses["/send/gone"] = status

    send_waiting(here, clock.now())

    assert devices(hanako) == ["kept"]
    assert waiting() == []


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_a_service_has_not_taken_is_sent_again_later(
    library, hanako, here, service, time_machine, status
):
    has_phone(hanako, here)
    service.status = status

    send_waiting(here, clock.now())
    send_waiting(here, clock.now())
    assert len(service.sent) == 1
    service.status = 201
    time_machine.shift(61)
    send_waiting(here, clock.now())

    assert len(service.sent) == 2
    assert waiting() == []


@pytest.mark.parametrize("status", [400, 403, 413, 307])
def test_what_a_service_refuses_is_not_sent_again_and_nobody_is_followed_elsewhere(
    library, hanako, here, service, status
):
    has_phone(hanako, here)
    service.status = status

    with capture_logs() as logs:
        send_waiting(here, clock.now())

    assert [sent.path for sent in service.sent] == ["/send/phone"]
    assert (devices(hanako), waiting()) == (["phone"], [])
    assert logs == [{"event": "notices not taken", "log_level": "warning", "refused": 1}]


def test_a_service_that_hangs_is_left_and_what_it_may_have_taken_comes_never(
    library, hanako, here, service, monkeypatch
):
    monkeypatch.setattr(push_service, "SECONDS_TO_ANSWER", 0.5)
    has_phone(hanako, here, "hangs")
    has_phone(hanako, here, "other")
    service.statuses["/send/hangs"] = HANG

    send_waiting(here, clock.now())

    assert sorted(sent.path for sent in service.sent) == ["/send/hangs", "/send/other"]
    assert waiting() == []


def test_what_could_not_be_sent_waits_until_there_is_a_connection(
    library, hanako, certificate, monkeypatch, time_machine
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with serving(certificate) as gone:
        known = Push(is_offered=True, services=(gone.name,))
    has_phone(hanako, LIBRARY.model_copy(update={"push": known}))

    send_waiting(LIBRARY.model_copy(update={"push": known}), clock.now())

    assert waiting() == [(hanako, "messages")]
    assert not push.is_waiting(now=clock.now())


def test_a_service_whose_certificate_nobody_trusts_is_sent_nothing(
    library, hanako, here, service, monkeypatch
):
    has_phone(hanako, here)
    monkeypatch.delenv("SSL_CERT_FILE")

    send_waiting(here, clock.now())

    assert service.sent == []
    assert waiting() == [(hanako, "messages")]


def test_a_service_that_the_library_has_taken_off_its_list_is_sent_nothing(
    library, hanako, here, service
):
    has_phone(hanako, here)

    send_waiting(LIBRARY, clock.now())

    assert service.sent == []
    assert waiting() == []


@pytest.mark.parametrize(("hour", "rings"), [(7, False), (8, True), (20, True), (21, False)])
def test_nobody_is_woken(library, hanako, here, service, time_machine, hour, rings):
    time_machine.move_to(NOW.replace(hour=hour), tick=False)
    has_phone(hanako, here)

    send_waiting(here, clock.now())

    assert bool(service.sent) is rings
    assert bool(waiting()) is not rings


def test_a_library_that_no_longer_offers_notices_sends_none(library, hanako, here, service):
    has_phone(hanako, here)

    send_waiting(LIBRARY.model_copy(update={"push": Push()}), clock.now())

    assert service.sent == []


def test_a_worker_that_is_killed_while_it_sends_makes_no_device_ring_twice(
    library, hanako, here, service, database_url, tmp_path
):
    has_phone(hanako, here)
    service.status = HANG
    worker = _worker(database_url, service.name, tmp_path)
    until(lambda: len(service.sent) == 1)

    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    service.status = 201
    send_waiting(here, clock.now())

    assert len(service.sent) == 1
    assert waiting() == []


def _worker(database_url: str, service: str, folder: Path) -> subprocess.Popen[bytes]:
    program = (
        "import datetime as dt;"
        "from portal_app import clock;"
        "from portal_app.data.database import connect;"
        "from portal_app.domain.policies import Push;"
        "from portal_app.jobs.pushing import send_waiting;"
        "from tests.services.devices import LIBRARY, NOW;"
        "clock.now = lambda: NOW;"
        f"connect({database_url!r});"
        f"known = Push(is_offered=True, services=({service!r},));"
        "send_waiting(LIBRARY.model_copy(update={'push': known}), NOW)"
    )
    return subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=PROJECT,
        env={**os.environ, "PORTAL_FOLDER": str(folder)},
    )
