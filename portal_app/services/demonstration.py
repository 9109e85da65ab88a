"""Filling an empty library with the demonstration: works, people, and what they are up to."""

import datetime as dt
import secrets
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, or_, select, update
from sqlmodel.sql.expression import SelectOfScalar

from portal_app.data import catalogue, demonstration
from portal_app.data.database import persisted, reading, transactional
from portal_app.data.demonstration import Cast, HoldStory, LoanStory, Person, news, past
from portal_app.data.passwords import hash_password, password_matches
from portal_app.data.tables import (
    Alert,
    AlertCondition,
    BibliographicRecord,
    Branch,
    BranchHours,
    CartLine,
    Hold,
    Item,
    Job,
    Loan,
    MailAddress,
    Patron,
    RecordClassification,
    RecordCreator,
    RecordIdentifier,
    RecordSubject,
    Shelf,
    ShelfBook,
    Showing,
    StaffMember,
)
from portal_app.domain.alert_matching import Condition, anchor_lines
from portal_app.domain.catalogue import CataloguedRecord, ItemState
from portal_app.domain.holds import HoldState, lowest_free, reached
from portal_app.domain.policies import Library
from portal_app.domain.reminders import overdue_letters
from portal_app.domain.shelves import STEP

# One work in nine came within the last two weeks, so that there are new arrivals.
NEW_EVERY = 9
NEW_DAYS = 14
OLDEST_DAYS = 3_000

# One work in twelve has a copy at some reader's home, for no story but to look used.
LENT_EVERY = 12
LOAN_DAYS = 14

# What is ready for somebody has been so since the day before yesterday.
READY_SINCE = dt.timedelta(days=2)
SENT_SINCE = dt.timedelta(days=1)
CONFIRMED_SINCE = dt.timedelta(days=90)


# What stays when everything is put back: nobody's deeds are in it.
_OF_THE_CATALOGUE = frozenset(
    kind.__tablename__
    for kind in (
        *(Branch, BranchHours, BibliographicRecord, Item),
        *(RecordCreator, RecordSubject, RecordClassification, RecordIdentifier),
    )
)


class NotPutBack(StrEnum):
    """Why everything stays as it is."""

    # There is somebody who is not of the cast: whose deeds they are, nobody here knows.
    NOT_OURS_ALONE = "not_ours_alone"
    # What is being done just now would be done to the new showing by the old clock.
    AT_WORK = "at_work"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody who may sign in, and who they are."""

    name: str
    card_number: str
    password: str
    story_ja: str
    story_en: str
    story_simple: str

    @property
    def story(self) -> str:
        """Both languages, one a line."""
        return f"{self.story_ja}\n{self.story_en}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clerk:
    """Somebody who may sign in at the desk, and who they are."""

    name: str
    login: str
    password: str
    story_ja: str
    story_en: str
    story_simple: str

    @property
    def story(self) -> str:
        """Both languages, one a line."""
        return f"{self.story_ja}\n{self.story_en}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """Where the demonstration is lent and kept: what is still on the shelf, and who has what."""

    tx: Session
    library: Library
    now: dt.datetime
    records: Mapping[str, BibliographicRecord]
    shelf: Mapping[str, list[Item]]
    patrons: dict[str, int] = field(default_factory=dict)
    loans: Counter[str] = field(default_factory=Counter)
    queues: Counter[str] = field(default_factory=Counter)
    holds: dict[str, list[Hold]] = field(default_factory=lambda: defaultdict(list))

    @property
    def today(self) -> dt.date:
        return self.now.date()

    def record_id(self, work: str) -> int:
        return persisted(self.records[work].id)

    def pickup_branch(self, person: Person) -> str:
        branches = self.library.pickup_branches
        return branches[int(person.card_number) % len(branches)]

    def contact_method(self, person: Person) -> str:
        known = self.library.holds.contact_methods
        return person.contact_method if person.contact_method in known else known[0]


@reading
def is_empty(tx: Session) -> bool:
    """Return whether nobody has put anything into the library yet: no record and no patron."""
    return _holds_nothing(tx)


@transactional
def fill(tx: Session, *, library: Library, now: dt.datetime) -> tuple[Member, ...]:
    """Fill an empty library, and return who may sign in with the password given here.

    A library that has something in it stays as it is. When that is an earlier
    demonstration, its days move on to today, so that every story stays true, and
    those of the cast are returned who still have their password.
    """
    cast = demonstration.cast()
    if _holds_nothing(tx):
        _begin(tx, cast=cast, library=library, now=now)
        return tuple(_introduced(member) for member in cast.members)
    if tx.get(Showing, 1) is None and _is_ours_alone(tx, cast):
        tx.add(_new_showing())  # filled by a release that did not write it down
    past.move_on(tx, cast=cast, today=now.date())
    return tuple(_who_still_may_sign_in(tx, cast))


@transactional
def put_back(tx: Session, *, library: Library, now: dt.datetime) -> NotPutBack | None:
    """Make everything as it was in the beginning, or return why not.

    Records stay, with their addresses, also those that the library has brought itself. All
    that anybody has done goes, the clock is right again, and nobody is signed in. To every
    device it is another showing, so that nothing it has kept from before comes back.
    """
    cast = demonstration.cast()
    if tx.get(Showing, 1) is None or not _is_ours_alone(tx, cast):
        return NotPutBack.NOT_OURS_ALONE
    if tx.exec(select(Job.name).where(col(Job.leased_by) != "").limit(1)).first() is not None:
        return NotPutBack.AT_WORK
    for table in reversed(SQLModel.metadata.sorted_tables):
        if table.name not in _OF_THE_CATALOGUE:
            tx.execute(sa.delete(table))
    away = or_(col(Item.state) != ItemState.ON_SHELF, col(Item.at_branch).is_not(None))
    tx.exec(update(Item).where(away).values(state=ItemState.ON_SHELF, at_branch=None))
    tx.expire_all()
    _begin(tx, cast=cast, library=library, now=now)
    return None


def _begin(tx: Session, *, cast: Cast, library: Library, now: dt.datetime) -> None:
    tx.add(_new_showing())
    _add_works(tx, library=library, today=now.date())
    desk = _open_desk(tx, library=library, now=now)
    past.add_past_loans(tx, shelf=desk.shelf, wanted=_waited_for(cast), today=desk.today)
    _enrol(desk, cast)
    _hire(desk, cast)
    for person in cast.people:
        for loan in person.loans:
            _lend(desk, person, loan)
    for person, hold in _in_order_of_arrival(cast):
        _place(desk, person, hold)
    _give_addresses(desk, cast)
    _fill_carts(desk, cast)
    _fill_shelves(desk, cast)
    if library.alerts.is_offered:
        _set_alerts(desk, cast)
    _lend_the_rest(desk, cast)
    news.publish(tx, now=now)


def _new_showing() -> Showing:
    return Showing(edition=secrets.token_hex(16))


def _is_ours_alone(tx: Session, cast: Cast) -> bool:
    """Return whether somebody of the cast has a card, and nobody else."""
    ours = col(Patron.card_number).in_([person.card_number for person in cast.people])
    somebody = tx.exec(select(Patron.id).where(ours).limit(1)).first()
    somebody_else = tx.exec(select(Patron.id).where(~ours).limit(1)).first()
    return somebody is not None and somebody_else is None


@reading
def clerks(tx: Session) -> tuple[Clerk, ...]:
    """Return who of the cast may sign in at the desk with the password given here."""
    cast = demonstration.cast()
    logins = [clerk.login for clerk in cast.staff]
    stored = dict(
        tx.exec(
            select(StaffMember.login, StaffMember.password_hash).where(
                col(StaffMember.login).in_(logins)
            )
        ).all()
    )
    return tuple(
        _introduced_at_desk(clerk)
        for clerk in cast.staff
        if password_matches(stored.get(clerk.login, ""), clerk.password)
    )


def _holds_nothing(tx: Session) -> bool:
    somebody = tx.exec(select(Patron.id).limit(1)).first()
    something = tx.exec(select(BibliographicRecord.id).limit(1)).first()
    return somebody is None and something is None


def _who_still_may_sign_in(tx: Session, cast: Cast) -> Iterator[Member]:
    cards = [member.card_number for member in cast.members]
    stored = dict(
        tx.exec(
            select(Patron.card_number, Patron.password_hash).where(
                col(Patron.card_number).in_(cards)
            )
        ).all()
    )
    for member in cast.members:
        password_hash = stored.get(member.card_number)
        if password_hash and password_matches(password_hash, member.password):
            yield _introduced(member)


def _introduced(member: demonstration.Member) -> Member:
    return Member(
        name=member.name,
        card_number=member.card_number,
        password=member.password,
        story_ja=member.story.ja,
        story_en=member.story.en,
        story_simple=member.story.ja_simple,
    )


def _introduced_at_desk(clerk: demonstration.Clerk) -> Clerk:
    return Clerk(
        name=clerk.name,
        login=clerk.login,
        password=clerk.password,
        story_ja=clerk.story.ja,
        story_en=clerk.story.en,
        story_simple=clerk.story.ja_simple,
    )


def _add_works(tx: Session, *, library: Library, today: dt.date) -> None:
    branches = [branch.code for branch in library.branches]
    works = demonstration.works(branches=branches)
    catalogue.put_records(tx, records=works, today=today)
    records = {record.key: record for record in tx.exec(_our_records())}
    for number, work in enumerate(works):
        records[work.key].added_on = _added_on(number, work, today)
    tx.flush()  # one statement for all of them, before the desk opens


def _added_on(number: int, work: CataloguedRecord, today: dt.date) -> dt.date:
    """Return when a work came into the library: some lately, none before it was published."""
    if number % NEW_EVERY == 0:
        return today - dt.timedelta(days=number // NEW_EVERY % NEW_DAYS)
    long_ago = today - dt.timedelta(days=NEW_DAYS + number * 37 % OLDEST_DAYS)
    published = dt.date((work.published_year or today.year) + 1, 1, 1)
    return max(long_ago, min(published, today))


def _open_desk(tx: Session, *, library: Library, now: dt.datetime) -> _Desk:
    records = {
        record.key.removeprefix(demonstration.KEY): record for record in tx.exec(_our_records())
    }
    work_of = {persisted(record.id): work for work, record in records.items()}
    shelf: dict[str, list[Item]] = defaultdict(list)
    lendable = select(Item).where(col(Item.for_loan), col(Item.record_id).in_(work_of))
    for item in tx.exec(lendable.order_by(col(Item.id))):
        shelf[work_of[item.record_id]].append(item)
    return _Desk(tx=tx, library=library, now=now, records=records, shelf=shelf)


def _our_records() -> SelectOfScalar[BibliographicRecord]:
    ours = col(BibliographicRecord.key).startswith(demonstration.KEY)
    return select(BibliographicRecord).where(ours).order_by(col(BibliographicRecord.key))


def _enrol(desk: _Desk, cast: Cast) -> None:
    words = {member.card_number: member for member in cast.members}
    for person in cast.people:
        member = words.get(person.card_number)
        patron = Patron(
            card_number=person.card_number,
            card_expires_on=desk.today + dt.timedelta(days=person.card_expires_in_days),
            name=person.name,
            born_on=person.birth_date(today=desk.today),
            password_hash=hash_password(member.password) if member else "",
            password_is_initial=member is None or member.password_is_initial,
            pickup_branch=desk.pickup_branch(person),
            contact_method=desk.contact_method(person),
        )
        desk.tx.add(patron)
        desk.tx.flush()  # the database numbers patrons, and the desk goes by that number
        desk.patrons[person.card_number] = persisted(patron.id)


def _hire(desk: _Desk, cast: Cast) -> None:
    """Let somebody work at the desk. Their password is in the source, so only here."""
    for clerk in cast.staff:
        desk.tx.add(
            StaffMember(
                login=clerk.login,
                name=clerk.name,
                password_hash=hash_password(clerk.password),
                branch_code=desk.library.branches[0].code,
            )
        )


def _lend(desk: _Desk, person: Person, loan: LoanStory) -> None:
    item = desk.shelf[loan.work].pop(0)
    desk.loans[person.card_number] += 1
    due_on = desk.today + dt.timedelta(days=loan.due_in_days)
    desk.tx.add(
        Loan(
            patron_id=desk.patrons[person.card_number],
            item_id=persisted(item.id),
            branch_code=item.branch_code,
            lent_on=desk.today - dt.timedelta(days=loan.lent_days_ago),
            due_on=due_on,
            renewals=loan.renewals,
            # The stories begin when everybody has been told what there was to tell by then.
            reminded_of=due_on if _was_due_soon(desk, due_on) else None,
            overdue_letters=overdue_letters(due_on, policy=desk.library.mail, today=desk.today),
        )
    )


def _was_due_soon(desk: _Desk, due_on: dt.date) -> bool:
    return due_on - dt.timedelta(days=desk.library.mail.days_before_due) <= desk.today


def _in_order_of_arrival(cast: Cast) -> Sequence[tuple[Person, HoldStory]]:
    everything = [(person, hold) for person in cast.people for hold in person.holds]
    return sorted(everything, key=lambda pair: -pair[1].placed_days_ago)


def _place(desk: _Desk, person: Person, story: HoldStory) -> None:
    """Place a hold, unless this library lets nobody have as many as the story says."""
    mine = desk.holds[person.card_number]
    limits = desk.library.holds.limits
    material = desk.records[story.work].material
    limit_class = material.value if material in limits.by_class else ""
    in_class = [hold.class_slot for hold in mine if hold.limit_class == limit_class]
    if reached(limits.total, len(mine)) or (
        limit_class and reached(limits.by_class[material], len(in_class))
    ):
        return
    desk.queues[story.work] += 1
    hold = Hold(
        patron_id=desk.patrons[person.card_number],
        record_id=desk.record_id(story.work),
        state=story.state,
        slot=lowest_free([hold.slot for hold in mine if hold.slot]),
        limit_class=limit_class,
        class_slot=lowest_free([slot for slot in in_class if slot]) if limit_class else None,
        queue_number=desk.queues[story.work],
        pickup_branch=desk.pickup_branch(person),
        contact_method=desk.contact_method(person),
        placed_at=desk.now - dt.timedelta(days=story.placed_days_ago),
    )
    if story.state is not HoldState.WAITING:
        _keep_an_item(desk, story, hold)
    desk.tx.add(hold)
    mine.append(hold)


def _keep_an_item(desk: _Desk, story: HoldStory, hold: Hold) -> None:
    item = desk.shelf[story.work].pop(0)
    hold.item_id = item.id
    if story.state is HoldState.READY:
        item.state = ItemState.ON_HOLD_SHELF
        item.at_branch = hold.pickup_branch if hold.pickup_branch != item.branch_code else None
        hold.ready_at = desk.now - READY_SINCE
        hold.pickup_by = desk.today + dt.timedelta(days=story.pickup_in_days)
    else:
        item.state = ItemState.IN_TRANSIT
        item.at_branch = _elsewhere(desk, item, hold)
        hold.sent_at = desk.now - SENT_SINCE
    desk.tx.add(item)


def _elsewhere(desk: _Desk, item: Item, hold: Hold) -> str | None:
    """Return where an item was sent from: its home, if it is not wanted there."""
    if hold.pickup_branch != item.branch_code:
        return None
    return next(one.code for one in desk.library.branches if one.code != item.branch_code)


def _give_addresses(desk: _Desk, cast: Cast) -> None:
    for person in cast.people:
        for place, story in enumerate(person.mail, start=1):
            desk.tx.add(
                MailAddress(
                    patron_id=desk.patrons[person.card_number],
                    place=place,
                    address=story.address,
                    kind=story.kind,
                    confirmed_at=desk.now - CONFIRMED_SINCE,
                )
            )


def _fill_carts(desk: _Desk, cast: Cast) -> None:
    for person in cast.people:
        for number, work in enumerate(person.cart):
            desk.tx.add(
                CartLine(
                    patron_id=desk.patrons[person.card_number],
                    record_id=desk.record_id(work),
                    added_at=desk.now - dt.timedelta(hours=len(person.cart) - number),
                )
            )


def _fill_shelves(desk: _Desk, cast: Cast) -> None:
    shelves = ((person, shelf) for person in cast.people for shelf in person.shelves)
    for rank, (person, story) in enumerate(shelves, start=1):
        patron_id = desk.patrons[person.card_number]
        shelf_id = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{person.card_number} {story.name}"))
        shelf = {"patron_id": patron_id, "shelf_id": shelf_id}
        desk.tx.add(
            Shelf(
                patron_id=patron_id,
                id=shelf_id,
                name=story.name,
                rank=rank * STEP,
                created_at=desk.now - dt.timedelta(days=60),
            )
        )
        desk.tx.flush()  # books need their shelf first
        for number, work in enumerate(story.works, start=1):
            desk.tx.add(
                ShelfBook(
                    **shelf,
                    record_id=desk.record_id(work),
                    added_at=desk.now - dt.timedelta(days=5 * (len(story.works) - number) + 1),
                    rank=number * STEP,
                    note=story.notes.get(work, ""),
                    is_read=work in story.read,
                )
            )


def _set_alerts(desk: _Desk, cast: Cast) -> None:
    for person in cast.people:
        for story in person.alerts:
            wanted = Condition(field=story.field, match=story.match, text=story.text)
            alert = Alert(
                patron_id=desk.patrons[person.card_number],
                name=story.name,
                memo=story.memo,
                is_active=story.is_active,
                titles_max=desk.library.alerts.titles,
                anchors=anchor_lines([wanted]),
                made_at=desk.now - CONFIRMED_SINCE,
            )
            desk.tx.add(alert)
            desk.tx.flush()  # its condition needs its alert first
            desk.tx.add(
                AlertCondition(
                    alert_id=persisted(alert.id),
                    position=1,
                    field=story.field,
                    match=story.match,
                    text=story.text,
                    connector=wanted.connector,
                )
            )


def _waited_for(cast: Cast) -> frozenset[str]:
    return frozenset(hold.work for person in cast.people for hold in person.holds)


def _lend_the_rest(desk: _Desk, cast: Cast) -> None:
    """Lend readers every copy of what is waited for or in a cart, and some of everything."""
    wanted = _waited_for(cast) | {work for person in cast.people for work in person.cart}
    for number, work in enumerate(desk.records):
        copies = len(desk.shelf[work])
        if work not in wanted:
            copies = min(copies, 1) if number % LENT_EVERY == 0 else 0
        readers = _least_busy(desk, cast, work)
        for reader in readers[:copies]:
            due_in_days = 1 + number * 5 % (LOAN_DAYS - 1)
            loan = LoanStory(
                work=work, lent_days_ago=LOAN_DAYS - due_in_days, due_in_days=due_in_days
            )
            _lend(desk, reader, loan)


def _least_busy(desk: _Desk, cast: Cast, work: str) -> Sequence[Person]:
    """Return the readers who do not wait for a work themselves, with the fewest loans first."""
    free = [reader for reader in cast.readers if work not in {hold.work for hold in reader.holds}]
    return sorted(free, key=lambda reader: desk.loans[reader.card_number])


# Everybody whose part can be played, for whoever chooses one: whether they still have their
# password is found out at the door.
MEMBERS = tuple(_introduced(member) for member in demonstration.cast().members)
CLERKS = tuple(_introduced_at_desk(clerk) for clerk in demonstration.cast().staff)
