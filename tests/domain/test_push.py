import base64

import pytest

from portal_app.domain.policies import Push
from portal_app.domain.push import can_be_read, is_known
from tests.services.devices import phone, written

SERVICES = Push().services


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/c1KrmpTuRm0:APA91bE",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAAAAB",
        "https://web.push.apple.com/QGuQyavXutnMH9tS",
        "https://wns2-by3p.notify.windows.com/w/?token=BQYAAAC%2b",
    ],
)
def test_the_services_of_the_makers_of_browsers_are_known(endpoint):
    assert is_known(endpoint, services=SERVICES)


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "http://fcm.googleapis.com/fcm/send/a",
        "https://localhost/a",
        "https://127.0.0.1/a",
        "https://[::1]/a",
        "https://169.254.169.254/latest/meta-data/",
        "https://fcm.googleapis.com.evil.example/a",
        "https://evilfcm.googleapis.com/a",
        "https://fcm.googleapis.com@127.0.0.1/a",
        "https://a@fcm.googleapis.com/a",
        "https://fcm.googleapis.com:8443/a",
        "https://fcm.googleapis.com\\@127.0.0.1/a",
        "https://127.0.0.1#.push.apple.com/a",
        "https://127.0.0.1?.push.apple.com/a",
        "https://FCM.googleapis.com/a",
        "https://fcm.googleapis.com/a b",
        "https://fcm.googleapis.com/a\r\nX: y",
        f"https://fcm.googleapis.com/{'a' * 1000}",
    ],
)
def test_nothing_is_sent_anywhere_else(endpoint):
    assert not is_known(endpoint, services=SERVICES)


def test_what_a_browser_tells_can_be_read_by_it():
    device = phone().as_told()

    assert can_be_read(public_key=device.public_key, secret=device.secret)


@pytest.mark.parametrize("length", [0, 15, 17])
def test_a_secret_has_sixteen_bytes(length):
    assert not can_be_read(public_key=phone().as_told().public_key, secret=written(b"s" * length))


def test_a_key_is_a_point_of_the_curve():
    device = phone().as_told()
    raw = bytearray(base64.urlsafe_b64decode(device.public_key + "="))
    raw[-1] ^= 1

    for key in (written(bytes(raw)), written(bytes(raw[:-1])), written(b"\x04" + b"\xff" * 64)):
        assert not can_be_read(public_key=key, secret=device.secret)
    assert not can_be_read(public_key="日本語", secret=device.secret)
