import uuid

import pytest
from sqlmodel import Session

from portal_app import libraries
from portal_app.data.tables import Patron
from portal_app.domain.outbox import Operation
from portal_app.domain.policies import Session as Policy
from portal_app.services import outbox, sessions
from portal_app.text import offered
from tests.conftest import NOW

POLICY = Policy(idle_seconds=3600, longest_seconds=43_200)


def choose(patron_id: int, **payload: object) -> bool:
    """Let a device send a choice, and return whether it is done."""
    operation = Operation(id=str(uuid.uuid4()), kind="display.choose", payload=payload)
    library = libraries.load("kagoshima")
    return outbox.deliver(
        patron_id=patron_id, operation=operation, library=library, now=NOW
    ).is_done


def chosen_by(engine, patron_id: int) -> dict[str, str]:
    """Return what another device hears of it once its patron has signed in there."""
    with Session(engine) as tx:
        tx.add(sessions._new_session(patron_id, f"hash-{patron_id}", NOW))
        tx.commit()
    found = sessions.find(id_hash=f"hash-{patron_id}", shown_digits=4, policy=POLICY, now=NOW)
    assert found is not None
    return dict(found.display)


def test_g01_what_a_patron_chooses_is_there_on_another_device(library, hanako, ken):
    choose(hanako, name="palette", choice="dark")
    choose(hanako, name="size", choice="large")
    choose(hanako, name="palette", choice="cud")

    assert chosen_by(library, hanako) == {"palette": "cud", "size": "large"}
    assert chosen_by(library, ken) == {}


@pytest.mark.parametrize("lang", offered())
def test_mail_is_written_in_the_language_that_a_patron_chooses_to_read(library, hanako, lang):
    choose(hanako, name="lang", choice=lang)

    with Session(library) as tx:
        assert tx.get_one(Patron, hanako).language is lang


@pytest.mark.parametrize(
    "payload",
    [
        {"name": "palette", "choice": "pink"},
        {"name": "hat", "choice": "dark"},
        {"name": "lang", "choice": "tlh"},
        {"name": "palette"},
        {"name": "palette", "choice": 1},
        {"name": "palette", "choice": "dark", "size": "large"},
    ],
    ids=str,
)
def test_what_is_not_offered_is_not_remembered(library, hanako, payload):
    assert not choose(hanako, **payload)

    assert chosen_by(library, hanako) == {}


def test_what_is_offered_no_longer_is_passed_over(library, hanako):
    with Session(library) as tx:
        tx.get_one(Patron, hanako).display = "palette=sepia&size=large"
        tx.commit()

    assert chosen_by(library, hanako) == {"size": "large"}
