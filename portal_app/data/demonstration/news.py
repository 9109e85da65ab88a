"""What the demonstration library tells everybody on the first page, on whatever day (G-03)."""

import datetime as dt
import tomllib
from importlib.resources import files

from pydantic import NonNegativeInt, PositiveInt
from sqlmodel import Session, col, select

from portal_app.data.demonstration import Written
from portal_app.data.tables import News
from portal_app.text.dates import written_day
from portal_app.text.languages import Lang


class NewsStory(Written):
    """News, counted in days from the day the library is filled."""

    subject: str
    body: str
    is_important: bool = False
    shown_for_days: NonNegativeInt
    about_in_days: PositiveInt

    def tell(self, news: News, *, today: dt.date) -> None:
        """Let news say this as it is true today."""
        about = today + dt.timedelta(days=self.about_in_days)
        news.body = self.body.format(day=written_day(about, Lang.JA))
        news.shown_from = today - dt.timedelta(days=self.shown_for_days)
        news.shown_until = about


def stories() -> tuple[NewsStory, ...]:
    """Return the news of news.toml."""
    text = (files("portal_app.data.demonstration") / "news.toml").read_text("utf-8")
    return tuple(NewsStory.model_validate(one) for one in tomllib.loads(text)["news"])


def publish(tx: Session, *, now: dt.datetime) -> None:
    """Put all of it on the first page."""
    for story in stories():
        news = News(
            subject=story.subject,
            body=story.body,
            is_important=story.is_important,
            published_at=now - dt.timedelta(days=story.shown_for_days),
            shown_from=now.date(),
        )
        story.tell(news, today=now.date())
        tx.add(news)


def move_on(tx: Session, *, today: dt.date) -> None:
    """Let what is still there be about days to come. What a desk has withdrawn stays away."""
    by_subject = {story.subject: story for story in stories()}
    for news in tx.exec(select(News).where(col(News.subject).in_(by_subject))):
        by_subject[news.subject].tell(news, today=today)
