"""Addresses that wait to be proved, and those that have been (G-42)."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session, col, select

from portal_app import routes
from portal_app.data import guesses, post
from portal_app.data.letter_texts import draft_of
from portal_app.data.tables import AddressProof, MailAddress, Patron
from portal_app.domain import address_proofs as rules
from portal_app.domain.address_proofs import Means
from portal_app.domain.mail import AddressKind, LetterKind
from portal_app.domain.patron_information import KnownAddress, masked_address
from portal_app.domain.policies import Library
from portal_app.domain.secret_links import hash_of
from portal_app.text import say
from portal_app.text.languages import Lang


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An address that a patron wants to use."""

    patron_id: int
    place: int
    address: str
    kind: AddressKind
    lang: Lang


def known_addresses(tx: Session, *, patron_id: int) -> dict[int, KnownAddress]:
    """Return a patron's addresses by place: in use, and to be proved."""
    used = {row.place: row for row in addresses_of(tx, patron_id=patron_id)}
    pending = {row.place: row.address for row in proofs_of(tx, patron_id=patron_id)}
    return {
        place: KnownAddress(
            current=used[place].address if place in used else "",
            pending=pending.get(place, ""),
            is_refused=place in used and used[place].refused_at is not None,
        )
        for place in sorted({*used, *pending})
    }


def addresses_of(tx: Session, *, patron_id: int) -> list[MailAddress]:
    """Return the addresses that a patron has, also one that was never confirmed."""
    return list(tx.exec(select(MailAddress).where(MailAddress.patron_id == patron_id)))


def proofs_of(tx: Session, *, patron_id: int) -> list[AddressProof]:
    """Return the addresses that a patron still has to prove."""
    mine = select(AddressProof).where(AddressProof.patron_id == patron_id)
    return list(tx.exec(mine.order_by(col(AddressProof.place))))


def may_ask(tx: Session, *, patron_id: int, address: str, key: bytes, now: dt.datetime) -> bool:
    """Count a mail to an address that may be a stranger's, unless there have been too many."""
    of_patron = rules.bucket_of("address proof of", patron_id, key=key)
    of_address = rules.bucket_of("address proof to", address.lower(), key=key)
    return guesses.is_heard(
        tx, bucket=of_patron, limits=rules.LIMITS_OF_A_PATRON, now=now
    ) and guesses.is_heard(tx, bucket=of_address, limits=rules.LIMITS_OF_AN_ADDRESS, now=now)


def ask(tx: Session, *, wanted: Wanted, means: Means, library: Library, now: dt.datetime) -> None:
    """Write the link and the code to an address. What was written there before is void."""
    row = tx.get(AddressProof, (wanted.patron_id, wanted.place)) or AddressProof(
        patron_id=wanted.patron_id,
        place=wanted.place,
        address=wanted.address,
        kind=wanted.kind,
        secret_hash="",
        code_hash="",
        asked_at=now,
    )
    row.address, row.kind, row.asked_at, row.wrong_codes = wanted.address, wanted.kind, now, 0
    row.secret_hash = hash_of(means.secret)
    row.code_hash = rules.hash_of_code(means.code, secret_hash=row.secret_hash, key=means.key)
    tx.add(row)
    details = say(
        "letters.address_proof.details",
        wanted.lang,
        address=f"{means.origin}{routes.confirm_address(means.secret)}",
        code=means.code,
        hours=library.mail.proof_hours,
    )
    draft = draft_of(LetterKind.ADDRESS_PROOF, [details], library, wanted.lang)
    post.put(tx, patron_id=wanted.patron_id, address=wanted.address, draft=draft, now=now)


def prove(tx: Session, *, proof: AddressProof, library: Library, now: dt.datetime) -> None:
    """Use an address from now on, and tell the one that was there before."""
    row = tx.get(MailAddress, (proof.patron_id, proof.place))
    if row is None:
        row = MailAddress(
            patron_id=proof.patron_id,
            place=proof.place,
            address=proof.address,
            kind=proof.kind,
        )
    elif row.address != proof.address:
        tell_the_old_one(tx, row=row, new=proof.address, library=library, now=now)
    row.address, row.kind = proof.address, proof.kind
    row.confirmed_at, row.refused_at = now, None
    tx.add(row)
    tx.delete(proof)


def tell_the_old_one(
    tx: Session, *, row: MailAddress, new: str, library: Library, now: dt.datetime
) -> None:
    """Write to an address that it is used no longer, without naming the new one in full."""
    if row.confirmed_at is None or row.refused_at is not None:
        return
    lang = tx.get_one(Patron, row.patron_id).language
    key = "details" if new else "details_of_removal"
    details = say(
        f"letters.address_changed.{key}",
        lang,
        place=row.place,
        **({"address": masked_address(new)} if new else {}),
    )
    draft = draft_of(LetterKind.ADDRESS_CHANGED, [details], library, lang)
    post.put(tx, patron_id=row.patron_id, address=row.address, draft=draft, now=now)
