"""The patron's information: shown, changed and tried out (K-40 to K-48, G-42, G-43)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session, col, select

from portal_app.data import address_proofs as proofs
from portal_app.data import guesses, post
from portal_app.data.address_proofs import Wanted
from portal_app.data.database import persisted, reading, transactional, within
from portal_app.data.letter_texts import draft_of
from portal_app.data.standings import lock_patron
from portal_app.data.tables import AddressProof, Hold, MailAddress, NoticeChoice, Patron
from portal_app.domain import address_proofs as proving
from portal_app.domain import patron_information as rules
from portal_app.domain.address_proofs import Means
from portal_app.domain.holds import HoldKey, HoldState, Wish
from portal_app.domain.mail import AddressKind, LetterKind, NoticeKind
from portal_app.domain.notices import Choice
from portal_app.domain.patron_information import Deed, Known, KnownAddress, Mistake, Typed
from portal_app.domain.policies import Library, Mail
from portal_app.services import hold_changes
from portal_app.text import say
from portal_app.text.languages import Lang

FIRST, SECOND = 1, 2  # E-mail1 and E-mail2


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressShown:
    """An address as pages show it: masked, and empty where there is none.

    ``field`` is what stands in the form. ``refused_on`` is when nobody could be reached
    there; ``waits_until`` is until when the one in ``waiting`` can be proved.
    """

    place: int
    kind: AddressKind
    field: str = ""
    in_use: str = ""
    waiting: str = ""
    refused_on: dt.date | None = None
    waits_until: dt.datetime | None = None
    is_void: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeShown:
    """Where a kind of notice goes, and whether it is sent. Nought days: it is not about days."""

    kind: NoticeKind
    to_first: bool
    to_second: bool
    is_sent: bool
    days_before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Information:
    """All that a patron can change here, as pages show it."""

    addresses: tuple[AddressShown, ...]
    notices: tuple[NoticeShown, ...]
    pickup_branch: str
    contact_method: str
    telephone: str
    # At which place a change is confirmed by mail, if its patron wants that; 0 is nowhere.
    letter_to: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What became of a change. With a mistake nothing has changed.

    ``asked`` are the places of which the new address has to be proved; ``waiting_holds``
    is how many holds still wait on other terms than the new ones.
    """

    mistakes: Mapping[str, Mistake]
    asked: tuple[int, ...] = ()
    waiting_holds: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """Who changes something, in which language, by whose rules and when."""

    patron_id: int
    lang: Lang
    library: Library
    now: dt.datetime


class Trial(StrEnum):
    """What became of a test: ``patron_information.answer.<value>``."""

    WRITTEN = "test_written"
    TOO_OFTEN = "test_too_often"
    NO_SUCH_ADDRESS = "no_such_address"


@reading
def look(tx: Session, *, patron_id: int, library: Library) -> Information:
    """Return a patron's information, with addresses and telephone number masked."""
    policy = library.mail
    patron = tx.get_one(Patron, patron_id)
    used = {row.place: row for row in proofs.addresses_of(tx, patron_id=patron_id)}
    asked = {row.place: row for row in proofs.proofs_of(tx, patron_id=patron_id)}
    choices = {kind: _choice(tx, patron_id, kind, policy) for kind in policy.notices}
    places = range(1, policy.addresses + 1)
    return Information(
        addresses=tuple(
            _shown(place, used.get(place), asked.get(place), policy) for place in places
        ),
        notices=tuple(_notice(kind, choice) for kind, choice in choices.items()),
        pickup_branch=patron.pickup_branch or "",
        contact_method=patron.contact_method,
        telephone=rules.masked_telephone(patron.telephone),
        letter_to=_letter_to(tx, patron_id, policy),
    )


@reading
def check(
    tx: Session, *, patron_id: int, fields: Mapping[str, str], library: Library
) -> Mapping[str, Mistake]:
    """Return what is wrong with a form, by the name of the field. Nothing changes."""
    typed = rules.read(fields, library=library)
    return rules.mistakes_in(typed, _known(tx, patron_id), library=library)


@transactional
def save(  # noqa: PLR0913  who, what, how it is proved, and by whose rules
    tx: Session,
    *,
    patron_id: int,
    fields: Mapping[str, str],
    means: Sequence[Means],
    lang: Lang,
    library: Library,
    now: dt.datetime,
) -> Saved:
    """Change a patron's information, all of it or nothing (K-47).

    A new address is written to and not used before it is proved. ``means`` has what its
    mail is made of, for each place.
    """
    lock_patron(tx, patron_id=patron_id)
    typed, known = rules.read(fields, library=library), _known(tx, patron_id)
    mistakes = rules.mistakes_in(typed, known, library=library)
    if mistakes:
        return Saved(mistakes=mistakes)
    deeds = {
        place: rules.deed_of(one, known.addresses.get(place, KnownAddress()))
        for place, one in typed.addresses.items()
    }
    to_prove = tuple(place for place, deed in deeds.items() if deed is Deed.PROVE)
    for place in to_prove:
        address, key = typed.addresses[place].address, means[place - 1].key
        if not proofs.may_ask(tx, patron_id=patron_id, address=address, key=key, now=now):
            return Saved(mistakes={f"address_{place}": Mistake.ASKED_TOO_OFTEN})
    # To an address that is in use before anything changes: an old one learns of it, too.
    change = _Change(patron_id=patron_id, lang=lang, library=library, now=now)
    _confirm_by_letter(tx, fields, change)
    patron = tx.get_one(Patron, patron_id)
    patron.language = lang
    _choose(tx, patron_id, typed.choices, library.mail)
    for place, deed in deeds.items():
        one = typed.addresses[place]
        if deed is Deed.PROVE:
            wanted = Wanted(
                patron_id=patron_id, place=place, address=one.address, kind=one.kind, lang=lang
            )
            proofs.ask(tx, wanted=wanted, means=means[place - 1], library=library, now=now)
        else:
            _settle(tx, place, deed, one.kind, change)
    is_other = _serve_otherwise(patron, typed, known)
    tx.add(patron)
    waiting = len(_waiting_otherwise(tx, patron)) if is_other else 0
    return Saved(mistakes={}, asked=to_prove, waiting_holds=waiting)


@transactional
def change_waiting_holds(tx: Session, *, patron_id: int, library: Library, today: dt.date) -> int:
    """Let the holds that still wait follow the defaults, too, and return how many do now."""
    patron = tx.get_one(Patron, patron_id)
    changed = 0
    for hold in _waiting_otherwise(tx, patron):
        wish = Wish(
            pickup_branch=patron.pickup_branch or hold.pickup_branch,
            contact_method=patron.contact_method or hold.contact_method,
            expires_on=hold.expires_on,
        )
        key = HoldKey(patron_id=patron_id, hold_id=persisted(hold.id))
        outcome = within(tx, hold_changes.change)(key=key, wish=wish, library=library, today=today)
        changed += outcome.declined is None
    return changed


@transactional
def send_test(  # noqa: PLR0913  to whom, where, and by whose rules
    tx: Session,
    *,
    patron_id: int,
    place: int,
    lang: Lang,
    key: bytes,
    library: Library,
    now: dt.datetime,
) -> Trial:
    """Write a letter that only shows whether mail arrives (テスト送信), also where it did not.

    An address that was refused is well again when a mail server takes it.
    """
    lock_patron(tx, patron_id=patron_id)
    tried = post.destinations_of(tx, patron_id=patron_id).get(place)
    if tried is None:
        return Trial.NO_SUCH_ADDRESS
    bucket = proving.bucket_of("test mail of", patron_id, key=key)
    if not guesses.is_heard(tx, bucket=bucket, limits=proving.LIMITS_OF_TESTS, now=now):
        return Trial.TOO_OFTEN
    draft = draft_of(LetterKind.TEST, [say("letters.test.details", lang)], library, lang)
    post.put(tx, patron_id=patron_id, address=tried.address, draft=draft, now=now)
    return Trial.WRITTEN


# ------------------------------------------------------------ looking


def _known(tx: Session, patron_id: int) -> Known:
    return Known(
        addresses=proofs.known_addresses(tx, patron_id=patron_id),
        telephone=tx.get_one(Patron, patron_id).telephone,
    )


def _shown(
    place: int, used: MailAddress | None, asked: AddressProof | None, policy: Mail
) -> AddressShown:
    current = used.address if used else ""
    pending = asked.address if asked else ""
    kind = asked.kind if asked else used.kind if used else _USUAL_KINDS[place]
    return AddressShown(
        place=place,
        kind=kind,
        field=rules.masked_address(pending or current),
        in_use=rules.masked_address(current) if used and used.confirmed_at else "",
        waiting=rules.masked_address(pending),
        refused_on=used.refused_at.date() if used and used.refused_at else None,
        waits_until=proving.ends_at(asked.asked_at, hours=policy.proof_hours) if asked else None,
        is_void=asked is not None and asked.wrong_codes >= proving.MOST_WRONG_CODES,
    )


_USUAL_KINDS = {FIRST: AddressKind.PC, SECOND: AddressKind.MOBILE}


def _choice(tx: Session, patron_id: int, kind: NoticeKind, policy: Mail) -> Choice:
    """Return what holds now, also of who has chosen nothing and has E-mail2 alone."""
    choice = post.choice_for(tx, patron_id=patron_id, kind=kind, policy=policy)
    known = post.destinations_of(tx, patron_id=patron_id)
    has_chosen = tx.get(NoticeChoice, (patron_id, kind)) is not None
    if has_chosen or not known or FIRST in known:
        return choice
    return Choice(places=(SECOND,), is_sent=choice.is_sent, days_before=choice.days_before)


def _notice(kind: NoticeKind, choice: Choice) -> NoticeShown:
    return NoticeShown(
        kind=kind,
        to_first=FIRST in choice.places,
        to_second=SECOND in choice.places,
        is_sent=choice.is_sent,
        days_before=choice.days_before or 0,
    )


def _letter_to(tx: Session, patron_id: int, policy: Mail) -> int:
    """Return where a change is confirmed unless the patron says otherwise (K-41, K-48)."""
    known = post.destinations_of(tx, patron_id=patron_id)
    choice = _choice(tx, patron_id, NoticeKind.REGISTRATION, policy)
    wanted = [place for place in choice.places if place in known and not known[place].is_refused]
    return wanted[0] if wanted and choice.is_sent else 0


# ------------------------------------------------------------ changing


def _confirm_by_letter(tx: Session, fields: Mapping[str, str], change: _Change) -> None:
    place = fields.get("letter_to", "") if "letter" in fields else ""
    known = post.destinations_of(tx, patron_id=change.patron_id)
    chosen = [one for at, one in known.items() if str(at) == place]
    if not chosen:
        return
    details = say("letters.settings_changed.details", change.lang, day=change.now.date())
    draft = draft_of(LetterKind.SETTINGS_CHANGED, [details], change.library, change.lang)
    post.put_to_all(
        tx, patron_id=change.patron_id, destinations=chosen, draft=draft, now=change.now
    )


def _settle(tx: Session, place: int, deed: Deed, kind: AddressKind, change: _Change) -> None:
    """Do with an address what needs no proof."""
    asked = tx.get(AddressProof, (change.patron_id, place))
    used = tx.get(MailAddress, (change.patron_id, place))
    if asked is not None and deed is Deed.KEEP:
        asked.kind = kind
        tx.add(asked)
        return
    if asked is not None:
        tx.delete(asked)
    if used is None:
        return
    if deed is Deed.DELETE:
        proofs.tell_the_old_one(tx, row=used, new="", library=change.library, now=change.now)
        tx.delete(used)
        return
    used.kind = kind
    tx.add(used)


def _choose(
    tx: Session, patron_id: int, choices: Mapping[NoticeKind, Choice], policy: Mail
) -> None:
    for kind, choice in choices.items():
        row = tx.get(NoticeChoice, (patron_id, kind))
        # Who has changed nothing has chosen nothing, and what holds for everybody may change.
        if row is None and choice == _choice(tx, patron_id, kind, policy):
            continue
        row = row or NoticeChoice(
            patron_id=patron_id, kind=kind, to_first=False, to_second=False, is_sent=True
        )
        row.to_first, row.to_second = FIRST in choice.places, SECOND in choice.places
        row.is_sent, row.days_before = choice.is_sent, choice.days_before
        tx.add(row)


def _serve_otherwise(patron: Patron, typed: Typed, known: Known) -> bool:
    """Set the defaults, and return whether holds are to be served otherwise than before."""
    before = (patron.pickup_branch or "", patron.contact_method)
    patron.pickup_branch = typed.pickup_branch or None
    patron.contact_method = typed.contact_method
    patron.telephone = rules.digits_of(typed.telephone, known=known.telephone)
    return before != (typed.pickup_branch, typed.contact_method)


def _waiting_otherwise(tx: Session, patron: Patron) -> Sequence[Hold]:
    """Return a patron's holds that wait on other terms than the defaults, records in order.

    The order is that in which records are locked.
    """
    mine = select(Hold).where(Hold.patron_id == patron.id, Hold.state == HoldState.WAITING)
    return [
        hold
        for hold in tx.exec(mine.order_by(col(Hold.record_id)))
        if (patron.pickup_branch or hold.pickup_branch) != hold.pickup_branch
        or (patron.contact_method or hold.contact_method) != hold.contact_method
    ]
