"""検索例確認: what an alert would have found among the last arrivals (K-62)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from portal_app.data.database import persisted, reading
from portal_app.data.search_lookup import best
from portal_app.data.summaries import Summary, summaries
from portal_app.data.tables import BibliographicRecord
from portal_app.domain.alert_matching import Condition, term_of
from portal_app.domain.policies import NewArrivals
from portal_app.domain.search import MOST_RESULTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The newest records that would have been found, and how many there are in all.

    ``is_at_least`` is for a number that nobody counted to its end (「1,000 件以上」).
    """

    records: tuple[Summary, ...] = ()
    number: int = 0
    is_at_least: bool = False


@reading
def preview(
    tx: Session,
    *,
    conditions: Sequence[Condition],
    titles_max: int,
    policy: NewArrivals,
    today: dt.date,
) -> Preview:
    """Return what an alert would have told of the records that are new now, the newest first.

    The index finds what came last first, and no more is looked at than a search would show.
    """
    term = term_of(conditions)
    if term is None:
        return Preview()
    latest = best(tx, tiers=[term], limit=MOST_RESULTS)
    since = today - dt.timedelta(weeks=policy.weeks)
    found = tx.exec(
        select(BibliographicRecord.id)
        .where(col(BibliographicRecord.id).in_(latest), col(BibliographicRecord.added_on) >= since)
        .order_by(col(BibliographicRecord.added_on).desc(), col(BibliographicRecord.id).desc())
    ).all()
    shown = [persisted(number) for number in found[:titles_max]]
    records = summaries(tx, record_ids=shown)
    return Preview(
        records=tuple(records[number] for number in shown),
        number=len(found),
        is_at_least=len(found) == MOST_RESULTS,
    )
