from collections.abc import Callable, Iterator
from dataclasses import make_dataclass
from typing import get_type_hints

import pytest
import reflex as rx
from pydantic import TypeAdapter
from reflex_base.registry import RegistrationContext

from portal_app import portal_app  # noqa: F401  so that every state has declared its fields
from portal_app.state import offline
from portal_app.state.access import access_of
from portal_app.state.offline import (
    NEVER_KEPT,
    CopyState,
    kept,
    kept_by_address,
    kept_on_device,
    seen,
    shape,
)
from portal_app.state.session import NotSignedIn

# What a device keeps of a patron. Whoever adds to it has thought about a lost telephone.
KEPT = {
    "AccountState": {"as_of", "is_loaded", "overview"},
    "CardState": {"as_of", "bars", "bars_width", "is_loaded", "number"},
    "CartState": {
        *("as_of", "contact_method", "expires_on", "is_loaded", "letter_choices", "lines"),
        "pickup_branch",
    },
    "HoldsState": {"as_of", "ended", "holds", "is_loaded", "letter_choices", "tallies"},
    "LoansState": {"as_of", "is_loaded", "loans", "tallies"},
    "MessagesState": {"as_of", "is_loaded", "messages"},
    "SessionState": {
        *("card_expires_on", "card_masked", "cart_count", "is_known", "is_signed_in"),
        *("display", "unread_count"),
        *("is_terminal", "name", "owner"),
    },
    "ShelvesState": {"as_of", "contents", "deleted", "is_loaded", "shelves"},
}
SEEN = {"HomeState", "NewArrivalsState", "RecordState", "SearchState"}


@pytest.fixture
def notebook(monkeypatch) -> Iterator[type[rx.State]]:
    """A feature to come, which is gone with the test."""
    monkeypatch.setattr(offline, "_kept", dict(offline._kept))
    monkeypatch.setattr(offline, "_seen", dict(offline._seen))
    with RegistrationContext.get().fork():

        class NotebookState(rx.State):
            is_loaded: bool = False
            as_of: str = ""
            shown_at: str = ""
            pages: list[str] = []
            password_hint: str = ""
            session_cookie: str = ""
            access_token: str = ""
            secret: str = ""
            mail: str = ""
            phone_number: str = ""
            home_telephone: str = ""
            home_address: str = ""
            _drafts: list[str] = []

        yield NotebookState


@pytest.fixture
def of_another_type(notebook, monkeypatch) -> Callable[[object], None]:
    """Let the pages of the notebook be something else, as a new release might."""

    def become(kind: object) -> None:
        monkeypatch.setitem(notebook.__annotations__, "pages", kind)

    return become


def test_a_device_keeps_only_what_is_agreed():
    assert {state.__name__: {*fields} for state, fields in kept().items()} == KEPT
    assert {state.__name__ for state in seen()} == SEEN


def test_every_declared_field_is_one_that_browsers_are_sent():
    for state, fields in (*kept().items(), *seen().items()):
        assert set(fields) <= set(state.base_vars)
        assert not any(field.startswith("_") for field in fields)


def test_every_kept_state_says_whether_and_when_the_library_was_asked():
    alone = {"SessionState"}  # which the guard fills in with every event

    for state, fields in kept().items():
        if state.__name__ not in alone:
            assert {"is_loaded", "as_of"} <= set(fields)
    for fields in seen().values():
        assert {"is_loaded", "shown_at"} <= set(fields)


def test_a_feature_declares_its_fields_in_one_line(notebook):
    assert kept_on_device("pages")(notebook) is notebook

    assert kept()[notebook] == ("is_loaded", "as_of", "pages")


def test_a_feature_declares_its_fields_for_each_address_in_one_line(notebook):
    assert kept_by_address("pages")(notebook) is notebook

    assert seen()[notebook] == ("is_loaded", "shown_at", "pages")


@pytest.mark.parametrize("field", ["no_such_field", "_drafts", "open", ""])
@pytest.mark.parametrize("keep", [kept_on_device, kept_by_address])
def test_what_browsers_are_not_sent_cannot_be_kept(notebook, keep, field):
    with pytest.raises(TypeError, match=f"no {field} that"):
        keep("pages", field)(notebook)

    assert notebook not in {**kept(), **seen()}


@pytest.mark.parametrize(
    "field",
    [
        *("password_hint", "session_cookie", "access_token", "secret", "mail", "phone_number"),
        *("home_telephone", "home_address"),
    ],
)
def test_what_is_secret_or_leads_to_a_door_is_never_kept(notebook, field):
    with pytest.raises(TypeError, match="must never be kept"):
        kept_on_device("pages", field)(notebook)

    assert notebook not in kept()


def test_nothing_within_what_is_kept_is_called_like_a_secret():
    names = {name for state, fields in kept().items() for name in _names_within(state, fields)}

    assert {"record", "due_dates"} <= names  # it does look inside
    assert not [name for name in names if any(word in name for word in NEVER_KEPT)]


def test_the_shape_stays_while_nothing_changes(notebook):
    kept_on_device("pages")(notebook)

    assert shape() == shape()


@pytest.mark.parametrize("keep", [kept_on_device, kept_by_address])
def test_the_shape_changes_with_a_field_more(notebook, keep):
    keep()(notebook)
    before = shape()

    keep("pages")(notebook)

    assert shape() != before


@pytest.mark.parametrize("kind", [list[int], list[str] | None, str])
def test_the_shape_changes_with_the_type_of_a_field(notebook, of_another_type, kind):
    kept_on_device("pages")(notebook)
    before = shape()

    of_another_type(kind)

    assert shape() != before


def test_the_shape_changes_with_what_a_row_holds(notebook, of_another_type):
    kept_on_device("pages")(notebook)
    of_another_type(list[make_dataclass("Row", [("title", str)])])
    before = shape()

    of_another_type(list[make_dataclass("Row", [("title", str), ("author", str)])])

    assert shape() != before


async def test_filling_fills_whatever_a_device_keeps(tab, library, ginga):
    copy = await tab.get_state(CopyState)

    await copy.fill({})

    for state, fields in kept().items():
        if "is_loaded" in fields:
            part = await tab.get_state(state)
            assert part.is_loaded
            assert part.as_of.startswith("2026-11-22T10:00:0")


def test_filling_keeps_nobody_signed_in():
    access = access_of(CopyState.fill.fn)

    assert access is not None
    assert not access.is_activity


async def test_nothing_is_filled_for_a_stranger(library):
    root = rx.State()
    copy = await root.get_state(CopyState)

    with pytest.raises(NotSignedIn):
        await copy.fill({})

    for state, fields in kept().items():
        if "is_loaded" in fields:
            assert not (await root.get_state(state)).is_loaded


def _names_within(state: type[rx.State], fields: tuple[str, ...]) -> Iterator[str]:
    """Return what the things are called that lie in some fields, however deep."""
    for field in fields:
        schema = TypeAdapter(get_type_hints(state)[field]).json_schema()
        for part in (schema, *schema.get("$defs", {}).values()):
            yield from part.get("properties", ())
