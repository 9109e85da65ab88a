"""検索例確認 (K-62): what an alert would have found."""

import datetime as dt
import itertools
import random

import pytest
from sqlmodel import Session

from portal_app.data import catalogue, synthetic
from portal_app.data.database import current_engine
from portal_app.domain.alert_matching import Condition, matches, mistake_in, texts_of
from portal_app.domain.alerts import Connector, Field, Match
from portal_app.domain.catalogue import CataloguedRecord
from portal_app.domain.policies import NewArrivals
from portal_app.services.alert_preview import Preview, preview
from tests.conftest import TODAY, depart

RECORDS = tuple(synthetic.records(300, branches=("main",)))
EIGHT_WEEKS = NewArrivals(weeks=8)


def put(*records: CataloguedRecord, today: dt.date = TODAY) -> None:
    """Let records come into the catalogue."""
    with Session(current_engine()) as tx, tx.begin():
        catalogue.put_records(tx, records=records, today=today)


def ask(*conditions: Condition, titles_max: int = 10) -> Preview:
    """Ask what would have been found until today."""
    return preview(conditions=conditions, titles_max=titles_max, policy=EIGHT_WEEKS, today=TODAY)


def title(text: str) -> Condition:
    return Condition(field=Field.TITLE, match=Match.CONTAINS, text=text)


def named(key: str, written: str) -> CataloguedRecord:
    return CataloguedRecord(key=key, title=written)


def test_k62_the_newest_come_first_as_many_as_a_mail_tells_of_with_the_number_of_all(library):
    put(named("1", "銀河の本"), named("2", "海の本"), today=TODAY - dt.timedelta(days=3))
    put(named("3", "続・銀河の本"), named("4", "新・銀河の本"))

    found = ask(title("銀河"), titles_max=2)

    assert [one.title for one in found.records] == ["新・銀河の本", "続・銀河の本"]
    assert (found.number, found.is_at_least) == (3, False)


def test_k62_what_is_no_longer_new_and_what_has_left_is_not_shown(library):
    put(named("1", "銀河の本"), today=TODAY - dt.timedelta(weeks=8, days=1))
    put(named("2", "銀河の本"), today=TODAY - dt.timedelta(weeks=8))
    put(named("3", "銀河の本"))
    depart(3)

    found = ask(title("銀河"))

    assert [one.record_id for one in found.records] == [2]
    assert found.number == 1


def test_what_asks_for_nothing_finds_nothing(library):
    put(named("1", "銀河の本"))

    assert ask() == Preview()
    assert ask(title("・")) == Preview()
    assert ask(Condition(field=Field.TITLE, match=Match.LACKS, text="海")) == Preview()


def _some_conditions(chance: random.Random) -> list[Condition]:
    """Return conditions with parts of real records, so that many of them hold of some."""
    conditions = []
    for _ in range(chance.randint(1, 4)):
        record = chance.choice(RECORDS)
        field = chance.choice([*Field])
        text = {
            Field.TITLE: chance.choice([record.title, record.title_reading]),
            Field.AUTHOR: record.creators[0].name,
            Field.SUBJECT: " ".join(record.subjects),
            Field.PUBLISHER: record.publisher,
        }[field]
        begin = chance.choice([0, 0, chance.randrange(len(text) + 1)])
        text = text[begin : begin + chance.choice([1, 2, 4, 50])]
        conditions.append(
            Condition(
                field=field,
                match=chance.choice([*Match]),
                text=text,
                connector=chance.choice([*Connector]),
            )
        )
    return conditions


@pytest.mark.parametrize("seed", range(2))
def test_the_index_and_the_texts_give_the_same_answer(library, seed):
    put(*RECORDS)
    chance = random.Random(seed)  # noqa: S311  it should be the same every time
    texts = {
        number: texts_of(
            title=one.title,
            title_reading=one.title_reading,
            creators=one.creators,
            subjects=one.subjects,
            publisher=one.publisher,
        )
        for number, one in enumerate(RECORDS, start=1)
    }
    questions = (_some_conditions(chance) for _ in itertools.count())
    asked = list(itertools.islice((one for one in questions if not mistake_in(one)), 60))

    hits = 0
    for conditions in asked:
        by_index = ask(*conditions, titles_max=300)
        by_text = [number for number in texts if matches(conditions, texts[number])]
        assert [one.record_id for one in by_index.records] == by_text[::-1]
        hits += bool(by_text)

    assert hits > 20
