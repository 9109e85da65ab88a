"""Whatever becomes of an operation, the pages have words for it."""

import re
from importlib.resources import files

import pytest
import reflex as rx

from portal_app.browser import words
from portal_app.components.offline import Operation
from portal_app.components.outbox import operation_list, reason_of
from portal_app.domain.outbox import REASONS
from portal_app.services.outbox import KINDS


@pytest.fixture
def operation() -> rx.Var:
    """Something the patron has done, as a list draws it."""
    return rx.Var("operation", _var_type=Operation).guess_type()


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_the_library_gives_is_sent_to_the_browser(operation, reason):
    reason_of(operation)

    assert reason in words.shown()


def test_every_reason_the_browser_gives_by_itself_is_sent_to_it(operation):
    outbox = (files("portal_app.browser") / "offline" / "outbox.js").read_text("utf-8")

    reason_of(operation)

    [reason] = re.findall(r'"(outbox\.refusal\.\w+)"', outbox)
    assert reason in words.shown()


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_name_in_the_list(kind):
    operation_list("waiting")

    assert f"outbox.kind.{kind}" in words.shown()


def test_every_kind_named_is_one_that_the_library_knows():
    named = {key for key in words.texts() if key.startswith("outbox.kind.")}

    assert named == {f"outbox.kind.{kind}" for kind in KINDS}
