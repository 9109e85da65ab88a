"""Sharing a shelf by a secret link."""

import datetime as dt
import hashlib
import secrets
import uuid

import pytest
from sqlmodel import Session, select

from portal_app.data.tables import ShelfLink
from portal_app.domain.policies import Shelf as Policy
from portal_app.domain.policies import ShelfModel
from portal_app.domain.shelves import UNSORTED, Chosen, Refusal, ShelfKey, Sort, Sorting, View
from portal_app.services import shelf_books, shelf_filling, shelf_links, shelves
from portal_app.services.shelf_links import Sharing
from tests.conftest import NOW, TODAY

KEY, OTHER_KEY = b"the portal's key", b"another key"
POLICY = Policy(model=ShelfModel.CATEGORIES)
A, B = (str(uuid.UUID(int=number, version=4)) for number in (1, 2))
DAY = dt.timedelta(days=1)
LOWEST_BITS = 128


def key(patron_id: int, shelf_id: str = A) -> ShelfKey:
    return ShelfKey(patron_id=patron_id, shelf_id=shelf_id)


def make(patron_id: int, shelf_id: str = A, now=NOW, signing_key=KEY) -> Sharing:
    return shelf_links.make(
        shelf=key(patron_id, shelf_id),
        signing_key=signing_key,
        nonce=secrets.token_urlsafe(16),
        now=now,
    )


def find(patron_id: int, shelf_id: str = A, signing_key=KEY) -> Sharing:
    return shelf_links.find(shelf=key(patron_id, shelf_id), signing_key=signing_key)


def follow(secret: str, signing_key=KEY, **view) -> shelf_links.SharedShelf | None:
    return shelf_links.look(secret=secret, signing_key=signing_key, view=View(**view))


@pytest.fixture
def shelf(hanako, ken, ginga, kokoro) -> int:
    """Whose shelf A it is: Hanako's, with 銀河鉄道の夜 and こころ on it."""
    shelves.create(key=key(hanako), name="夏に読む本", policy=POLICY, now=NOW)
    shelf_filling.add(keys=[key(hanako)], record_ids=[1, 2], policy=POLICY, now=NOW)
    return hanako


def test_a_shelf_that_is_not_shared_has_no_link(shelf):
    assert find(shelf) == Sharing()


def test_a_link_leads_to_the_name_and_the_books_of_the_shelf(shelf):
    shared = follow(make(shelf).secret)

    assert (shared.name, shared.count, shared.page, shared.pages) == ("夏に読む本", 2, 1, 1)
    assert [record.title for record in shared.records] == ["銀河鉄道の夜", "こころ"]


def test_a_link_leads_to_the_pages_of_the_shelf_in_the_order_asked_for(shelf):
    secret = make(shelf).secret

    second = follow(secret, page_size=1, page=2, sorting=Sorting(by=Sort.TITLE))

    assert [record.title for record in second.records] == ["こころ"]
    assert (second.page, second.pages, second.count) == (2, 2, 2)


def test_what_the_patron_has_written_is_not_shared(shelf):
    shelf_books.note(key=key(shelf), record_id=1, note="CANARY", seen_note="")
    shelf_books.mark(
        chosen=Chosen(shelf=key(shelf), record_ids=(1,)),
        is_read=True,
    )

    shared = repr(follow(make(shelf).secret))

    assert "CANARY" not in shared
    assert "is_read" not in shared
    assert "patron_id" not in shared


def test_the_patron_is_shown_the_link_again(shelf):
    made = make(shelf)

    assert find(shelf) == made
    assert made.since == TODAY


def test_a_second_press_makes_no_other_link(shelf):
    made = make(shelf)

    assert make(shelf, now=NOW + DAY) == made


def test_every_link_has_a_secret_of_its_own(shelf):
    shelves.create(key=key(shelf, B), name="冬に読む本", policy=POLICY, now=NOW)

    first, second = make(shelf).secret, make(shelf, B).secret

    assert first != second
    assert follow(second).name == "冬に読む本"
    assert len(first) * 6 >= LOWEST_BITS


def test_a_withdrawn_link_leads_nowhere_and_a_new_one_is_another(shelf):
    withdrawn = make(shelf).secret
    shelf_links.withdraw(shelf=key(shelf))

    assert find(shelf) == Sharing()
    assert follow(withdrawn) is None
    assert make(shelf).secret != withdrawn
    assert follow(withdrawn) is None


def test_withdrawing_what_is_not_shared_is_no_mistake(shelf):
    shelf_links.withdraw(shelf=key(shelf))
    shelf_links.withdraw(shelf=key(shelf))

    assert find(shelf) == Sharing()


@pytest.mark.parametrize(
    "written",
    [
        "",
        "a",
        "A" * 24,
        "A" * 25,
        "あ" * 24,
        "A" * 23 + "\0",
        "A" * 23 + "\n",
        "%" * 24,
        "A" * 5_000,
    ],
)
def test_what_is_no_link_leads_nowhere(shelf, written):
    make(shelf)

    assert follow(written) is None


def test_the_link_to_a_deleted_shelf_leads_nowhere_until_the_shelf_is_back(shelf):
    made = make(shelf)
    shelves.delete(key=key(shelf), seen_count=2, now=NOW)

    assert follow(made.secret) is None
    assert find(shelf).refused is Refusal.SHELF_IS_DELETED

    shelves.restore(key=key(shelf), policy=POLICY, now=NOW)

    assert follow(made.secret).name == "夏に読む本"
    assert find(shelf) == made


def test_the_link_is_forgotten_with_the_shelf(library, shelf):
    make(shelf)
    shelves.delete(key=key(shelf), seen_count=2, now=NOW)

    shelves.forget_the_past(policy=POLICY, now=NOW + (POLICY.restore_days + 1) * DAY)

    with Session(library) as tx:
        assert tx.exec(select(ShelfLink)).all() == []


def test_a_deleted_shelf_cannot_be_shared_and_one_that_was_never_made_neither(shelf):
    assert make(shelf, B).refused is Refusal.NO_SUCH_SHELF

    shelves.delete(key=key(shelf), seen_count=2, now=NOW)

    assert make(shelf).refused is Refusal.SHELF_IS_DELETED


def test_nobody_shares_or_withdraws_what_is_another_patrons(shelf, ken):
    made = make(shelf)

    assert make(ken).refused is Refusal.NO_SUCH_SHELF
    assert find(ken).refused is Refusal.NO_SUCH_SHELF
    shelf_links.withdraw(shelf=key(ken))

    assert find(shelf) == made


def test_a_number_that_two_patrons_have_is_shared_by_one_of_them(shelf, ken):
    """Numbers are made by devices: an attacker gives their own shelf the number of another's."""
    shelves.create(key=key(ken), name="健の本", policy=POLICY, now=NOW)
    hers, his = make(shelf), make(ken)

    shelf_links.withdraw(shelf=key(ken))

    assert follow(hers.secret).name == "夏に読む本"
    assert follow(his.secret) is None


def test_a_category_is_shared_without_the_others(shelf):
    """At a library with one list, each part of it is shared by itself (G-40)."""
    shelf_filling.add(keys=[key(shelf, UNSORTED)], record_ids=[2], policy=POLICY, now=NOW)

    unsorted = follow(make(shelf, UNSORTED).secret)

    assert (unsorted.name, [record.title for record in unsorted.records]) == ("", ["こころ"])


def test_the_database_alone_makes_no_link(library, shelf):
    secret = make(shelf).secret

    with Session(library) as tx:
        kept = tx.exec(select(ShelfLink)).one()
        known = (kept.nonce, kept.secret_hash, kept.nonce[:24], kept.secret_hash[:24])

    assert secret not in repr(kept)
    assert all(follow(one) is None for one in known)


def test_a_hash_that_somebody_writes_into_the_database_opens_nothing(library, shelf):
    make(shelf)
    forged = "A" * 24
    with Session(library) as tx, tx.begin():
        kept = tx.exec(select(ShelfLink)).one()
        kept.secret_hash = hashlib.sha256(forged.encode()).hexdigest()

    assert follow(forged) is None


def test_with_another_key_no_link_leads_anywhere_and_the_next_is_good(shelf):
    old = make(shelf).secret

    assert follow(old, signing_key=OTHER_KEY) is None
    assert find(shelf, signing_key=OTHER_KEY) == Sharing()
    new = make(shelf, now=NOW + DAY, signing_key=OTHER_KEY)

    assert new.since == TODAY + DAY
    assert follow(new.secret, signing_key=OTHER_KEY).count == 2
    assert follow(old) is None
