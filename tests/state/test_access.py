import datetime as dt
from enum import StrEnum

import pytest
from typing_extensions import TypedDict

from portal_app.state.access import (
    Access,
    Audience,
    UnwelcomeArguments,
    access_for,
    access_of,
    fresh_event,
    patron_event,
    public_event,
    server_event,
)


class Contact(StrEnum):
    MAIL = "mail"


class PickupForm(TypedDict):
    branch: str
    records: list[str]


def admit(hint: object, given: object) -> object:
    return access_for(Audience.ANYONE, it=hint).admit({"it": given})["it"]


@pytest.mark.parametrize(
    ("hint", "given", "admitted"),
    [
        (int, 3, 3),
        (str, "こころ", "こころ"),
        (bool, True, True),
        (list[int], [1, 2], [1, 2]),
        (Contact, "mail", Contact.MAIL),
        (dt.date, "2026-11-22", dt.date(2026, 11, 22)),
        (int | None, None, None),
    ],
    ids=str,
)
def test_arguments_become_what_the_handler_declares(hint, given, admitted):
    assert admit(hint, given) == admitted


@pytest.mark.parametrize(
    ("hint", "given"),
    [
        (int, "3"),
        (int, 3.0),
        (int, True),
        (int, 2**31),
        (str, 3),
        (str, "x" * 20_001),
        (str, "\ud800"),
        (bool, "true"),
        (list[int], ["1"]),
        (list[int], [1] * 1_001),
        (Contact, "fax"),
        (dt.date, "tomorrow"),
        (dict[str, object], {"a": {"b": {"c": {"d": {}}}}}),
    ],
    ids=lambda part: f"{str(part)[:40]} {len(str(part))}",
)
def test_anything_else_is_refused(hint, given):
    with pytest.raises(UnwelcomeArguments):
        admit(hint, given)


def test_what_a_patron_typed_is_not_in_the_refusal():
    with pytest.raises(UnwelcomeArguments) as refusal:
        admit(int, "CANARY")

    assert "CANARY" not in str(refusal.value)
    assert refusal.value.__cause__ is None


def test_a_form_is_read_as_reflex_sends_it():
    fields = [["branch", "main"], ["records", "1"], ["records", "2"]]

    assert admit(PickupForm, {"__reflex_form_data__": fields}) == {
        "branch": "main",
        "records": ["1", "2"],
    }


@pytest.mark.parametrize(
    "fields",
    [
        [["branch", "main"], ["records", "1"], ["patron_id", "2"]],
        [["records", "1"]],
        [["branch", 1], ["records", "1"]],
        [[[], "main"]],
        [1],
        1,
        None,
    ],
    ids=str,
)
def test_a_form_with_other_fields_is_refused(fields):
    with pytest.raises(UnwelcomeArguments):
        admit(PickupForm, {"__reflex_form_data__": fields})


def test_exactly_the_declared_arguments_are_wanted():
    access = _access(patron_event, lambda self, record_id: None, record_id=int)

    assert access.admit({"record_id": 1}) == {"record_id": 1}
    for payload in ({}, {"record_id": 1, "more": 2}, {"another": 1}):
        with pytest.raises(UnwelcomeArguments):
            access.admit(payload)


@pytest.mark.parametrize(
    ("mark", "audience", "is_activity"),
    [
        (public_event, Audience.ANYONE, False),
        (patron_event, Audience.PATRON, True),
        (patron_event(is_activity=False), Audience.PATRON, False),
        (public_event(is_activity=True), Audience.ANYONE, True),
        (fresh_event, Audience.FRESH_PATRON, True),
        (server_event, Audience.SERVER, False),
    ],
)
def test_a_mark_says_who_and_whether_it_counts(mark, audience, is_activity):
    access = _access(mark, lambda self: None)

    assert (access.audience, access.is_activity) == (audience, is_activity)


def test_an_argument_without_a_type_is_a_mistake():
    with pytest.raises(TypeError, match="record_id needs a type"):
        _access(patron_event, lambda self, record_id: None)


def test_an_argument_with_a_default_is_a_mistake():
    with pytest.raises(TypeError, match="force could be set by any browser"):
        _access(patron_event, lambda self, force=False: None, force=bool)


def test_any_arguments_at_all_are_a_mistake():
    with pytest.raises(TypeError, match="more could be set by any browser"):
        _access(patron_event, lambda self, **more: None, more=int)


def test_a_method_without_a_mark_has_no_access():
    assert access_of(lambda self: None) is None


def _access(mark, handler, **hints) -> Access:
    handler.__name__ = handler.__qualname__ = "handler"
    handler.__annotations__ = hints
    access = access_of(mark(handler))
    assert access is not None
    return access
