"""Proving an address: by the code or the link in the mail, asked for again, or too late (G-42)."""

import datetime as dt
import hmac

from sqlmodel import Session, col, delete, select

from portal_app.data import address_proofs as proofs
from portal_app.data.address_proofs import Wanted
from portal_app.data.database import transactional
from portal_app.data.standings import lock_patron
from portal_app.data.tables import AddressProof
from portal_app.domain import address_proofs as rules
from portal_app.domain.address_proofs import Means, Proved
from portal_app.domain.policies import Library, Mail
from portal_app.domain.secret_links import could_be_secret, hash_of
from portal_app.text.languages import Lang


@transactional
def ask_again(  # noqa: PLR0913  who asks, and all that a letter is made of
    tx: Session,
    *,
    patron_id: int,
    place: int,
    means: Means,
    lang: Lang,
    library: Library,
    now: dt.datetime,
) -> bool:
    """Write to an address once more, and return whether that was done. Older mails are void."""
    lock_patron(tx, patron_id=patron_id)
    row = tx.get(AddressProof, (patron_id, place))
    if row is None or not proofs.may_ask(
        tx, patron_id=patron_id, address=row.address, key=means.key, now=now
    ):
        return False
    wanted = Wanted(patron_id=patron_id, place=place, address=row.address, kind=row.kind, lang=lang)
    proofs.ask(tx, wanted=wanted, means=means, library=library, now=now)
    return True


@transactional
def prove_by_code(  # noqa: PLR0913  whose address, by what, and by whose rules
    tx: Session,
    *,
    patron_id: int,
    place: int,
    code: str,
    key: bytes,
    library: Library,
    now: dt.datetime,
) -> Proved:
    """Use an address from now on if the code is that of its mail.

    After a few wrong ones the mail is void, the link in it too.
    """
    lock_patron(tx, patron_id=patron_id)
    row = tx.get(AddressProof, (patron_id, place))
    if row is None or _is_over(row, library.mail, now):
        return Proved.PROOF_OVER
    if row.wrong_codes >= rules.MOST_WRONG_CODES:
        return Proved.CODES_USED_UP
    right = rules.hash_of_code(code, secret_hash=row.secret_hash, key=key)
    if not hmac.compare_digest(right, row.code_hash):
        row.wrong_codes += 1
        tx.add(row)
        is_last = row.wrong_codes >= rules.MOST_WRONG_CODES
        return Proved.CODES_USED_UP if is_last else Proved.CODE_WRONG
    proofs.prove(tx, proof=row, library=library, now=now)
    return Proved.CONFIRMED


@transactional
def prove_by_link(tx: Session, *, secret: str, library: Library, now: dt.datetime) -> bool:
    """Use the address to which a link was sent from now on, and return whether there is one."""
    if not could_be_secret(secret):
        return False
    asked = select(AddressProof).where(AddressProof.secret_hash == hash_of(secret))
    found = tx.exec(asked).first()
    if found is None:
        return False
    lock_patron(tx, patron_id=found.patron_id)
    # Read anew: another tab may have proved it, or asked again, while we waited.
    row = tx.exec(asked.execution_options(populate_existing=True)).first()
    if row is None or _is_over(row, library.mail, now):
        return False
    if row.wrong_codes >= rules.MOST_WRONG_CODES:
        return False
    proofs.prove(tx, proof=row, library=library, now=now)
    return True


@transactional
def forget_the_past(tx: Session, *, policy: Mail, now: dt.datetime) -> None:
    """Delete the addresses that nobody has proved in time: they may be a stranger's."""
    since = now - dt.timedelta(hours=policy.proof_hours)
    tx.exec(delete(AddressProof).where(col(AddressProof.asked_at) < since))


def _is_over(row: AddressProof, policy: Mail, now: dt.datetime) -> bool:
    return now > rules.ends_at(row.asked_at, hours=policy.proof_hours)
