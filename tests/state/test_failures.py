import pytest
import structlog
from reflex_base.event import Event
from sqlalchemy.exc import StatementError

from portal_app.state.failures import explain_failure, log_failure, note_browser_failure
from portal_app.state.session import NotSignedIn


def test_a_stranger_is_sent_to_sign_in():
    [event] = Event.from_event_type([explain_failure(NotSignedIn())])

    assert event.payload["path"] == "/sign-in?problem=needed"


def test_anything_else_is_apologised_for_with_the_reference_in_the_log():
    with structlog.testing.capture_logs() as log:
        [event] = Event.from_event_type([explain_failure(LookupError())])

    assert event.name.endswith("failure_state.show")
    assert event.payload["reference"] == log[0]["reference"]


def test_the_log_says_where_and_not_what():
    typed = "CANARY-WORDS"
    failure = StatementError(typed, typed, {"words": typed}, LookupError(typed))
    with pytest.raises(StatementError) as raised, structlog.testing.capture_logs():
        _fail(failure)
    with structlog.testing.capture_logs() as log:
        log_failure(raised.value)

    assert log[0]["kind"] == "StatementError"
    assert any("test_failures.py" in step for step in log[0]["path"])
    assert typed not in str(log)


def test_what_a_browser_reports_is_not_repeated():
    with structlog.testing.capture_logs() as log:
        note_browser_failure(Exception("forged\nlines"))

    assert "forged" not in str(log)


def _fail(failure: Exception) -> None:
    raise failure
