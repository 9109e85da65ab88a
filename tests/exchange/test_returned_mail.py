import pytest

from portal_app.exchange import returned_mail
from tests.exchange.returned_samples import HOME, SAMPLES, sample

NUMBER = f"{'a' * 32}.{'b' * 24}"


@pytest.mark.parametrize("server", SAMPLES)
def test_a_report_says_which_letter_failed_where_and_why(server):
    returned = returned_mail.read(sample(server, number=NUMBER))

    assert returned is not None
    assert returned.number == NUMBER
    assert set(returned.statuses) == {(HOME, "5.1.1")}


@pytest.mark.parametrize("server", SAMPLES)
def test_a_delay_is_no_failure(server):
    assert returned_mail.read(sample(server, number=NUMBER, action="delayed")) is None


@pytest.mark.parametrize(
    "mail",
    [
        b"",
        b"\xff\xfe\0 no mail at all",
        b"Content-Type: message/delivery-status\r\n\r\n",
        b"Content-Type: multipart/report; boundary=x\r\n\r\n--x\r\nContent-Type: message/x",
        b"Content-Type: message/delivery-status\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA",
        sample("out_of_office", number=NUMBER),
        sample("postfix", number="no number of ours"),
    ],
)
def test_other_mail_is_passed_over(mail):
    assert returned_mail.read(mail) is None
