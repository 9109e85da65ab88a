"""All alerts at once find what each of them finds alone."""

from collections.abc import Sequence

from hypothesis import example, given
from hypothesis import strategies as st

from portal_app.domain.alert_matching import (
    Condition,
    Texts,
    anchor_lines,
    matches,
    mistake_in,
    texts_of,
)
from portal_app.domain.alert_watch import Watch
from portal_app.domain.alerts import Connector, Field, Match
from portal_app.domain.catalogue import Creator

PATRONS = 3
WORDS = st.text(st.sampled_from("アいイ海山 ab1+ー・"), max_size=6)
CONDITIONS = st.builds(
    Condition,
    field=st.sampled_from(Field),
    match=st.sampled_from(Match),
    text=WORDS,
    connector=st.sampled_from(Connector),
)
ALERTS = st.lists(
    st.lists(CONDITIONS, min_size=1, max_size=4).filter(lambda some: mistake_in(some) is None),
    max_size=8,
)
CREATORS = st.builds(Creator, name=WORDS, reading=WORDS)
RECORDS = st.builds(
    texts_of,
    title=WORDS,
    title_reading=WORDS,
    creators=st.lists(CREATORS, max_size=2),
    subjects=st.lists(WORDS, max_size=2),
    publisher=WORDS,
)


def watch_of(alerts: Sequence[Sequence[Condition]]) -> Watch:
    """Return a watch of alerts that are numbered from one and belong to a few patrons in turn."""
    return Watch(
        (number, number % PATRONS, anchor_lines(conditions))
        for number, conditions in enumerate(alerts, start=1)
    )


def by_looking_at_each(alerts: Sequence[Sequence[Condition]], texts: Texts) -> dict[int, int]:
    """Return which alerts find a record, and whose they are, from a plain loop."""
    return {
        number: number % PATRONS
        for number, conditions in enumerate(alerts, start=1)
        if matches(conditions, texts)
    }


TITLE_A = Condition(field=Field.TITLE, match=Match.CONTAINS, text="ab")
NOT_1 = Condition(field=Field.TITLE, match=Match.LACKS, text="1")
OR_A = Condition(field=Field.TITLE, match=Match.CONTAINS, text="ab", connector=Connector.OR)
AB_1 = texts_of(title="ab 1", title_reading="", creators=[], subjects=[], publisher="")


@given(ALERTS, st.lists(RECORDS, max_size=4))
@example([[TITLE_A, NOT_1, OR_A], [TITLE_A, NOT_1], [TITLE_A]], [AB_1])
def test_it_finds_what_a_plain_loop_finds(alerts, records):
    watch = watch_of(alerts)

    for texts in records:
        assert watch.found_by(texts) == by_looking_at_each(alerts, texts)


def test_without_alerts_nothing_is_found():
    assert watch_of([]).found_by(AB_1) == {}
