"""What stands on the first page for everybody (G-03)."""

import datetime as dt
from dataclasses import dataclass

from sqlmodel import Session, col, delete, select

from portal_app.data.database import persisted, reading, transactional
from portal_app.data.tables import News
from portal_app.domain.messages import Notice, Problem, problem_with_notice

MOST_SHOWN = 20
MOST_LISTED = 100
KEPT_FOR = dt.timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """News, as everybody reads it."""

    news_id: int
    subject: str
    body: str
    is_important: bool
    shown_from: dt.date
    shown_until: dt.date | None


@transactional
def publish(tx: Session, *, notice: Notice, now: dt.datetime) -> Problem | None:
    """Put news on the first page, and return None, or why not."""
    problem = problem_with_notice(notice, today=now.date())
    if problem is None:
        tx.add(
            News(
                subject=notice.letter.subject,
                body=notice.letter.body,
                is_important=notice.is_important,
                published_at=now,
                shown_from=notice.shown_from,
                shown_until=notice.shown_until,
            )
        )
    return problem


@reading
def look(tx: Session, *, today: dt.date) -> tuple[Published, ...]:
    """Return what is to be read today: what is important first, then the newest."""
    shown = select(News).where(
        col(News.shown_from) <= today,
        col(News.shown_until).is_(None) | (col(News.shown_until) >= today),
    )
    first = (col(News.is_important).desc(), col(News.shown_from).desc(), col(News.id).desc())
    return tuple(_published(one) for one in tx.exec(shown.order_by(*first).limit(MOST_SHOWN)))


@reading
def written(tx: Session, *, today: dt.date) -> tuple[Published, ...]:
    """Return what is or will be shown, the newest first."""
    to_come = select(News).where(col(News.shown_until).is_(None) | (col(News.shown_until) >= today))
    first = (col(News.shown_from).desc(), col(News.id).desc())
    return tuple(_published(one) for one in tx.exec(to_come.order_by(*first).limit(MOST_LISTED)))


@transactional
def withdraw(tx: Session, *, news_id: int) -> bool:
    """Take news off the first page, and return whether it was there."""
    gone = tx.exec(delete(News).where(col(News.id) == news_id))
    return gone.rowcount > 0


@transactional
def forget_the_past(tx: Session, *, now: dt.datetime) -> None:
    """Delete news that was last shown long ago."""
    tx.exec(delete(News).where(col(News.shown_until) < now.date() - KEPT_FOR))


def _published(news: News) -> Published:
    return Published(
        news_id=persisted(news.id),
        subject=news.subject,
        body=news.body,
        is_important=news.is_important,
        shown_from=news.shown_from,
        shown_until=news.shown_until,
    )
