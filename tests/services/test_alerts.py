import datetime as dt

import pytest
from sqlmodel import Session, func, select

from portal_app.data import tables
from portal_app.data.tables import Alert, AlertCondition, MailAddress, NoticeChoice
from portal_app.domain.alert_drafts import Draft, Problem
from portal_app.domain.alert_matching import Condition, anchor_lines
from portal_app.domain.alerts import Connector, Field, Match
from portal_app.domain.mail import AddressKind, NoticeKind
from portal_app.domain.policies import Alerts as Policy
from portal_app.domain.policies import Mail
from portal_app.services import alerts
from portal_app.services.alerts import Reach
from tests.conftest import NOW

MAIL, POLICY = Mail(), Policy(limit=2)
CATS = Condition(field=Field.TITLE, match=Match.CONTAINS, text="猫")
NO_DOGS = Condition(field=Field.SUBJECT, match=Match.LACKS, text="犬")
OR_SOSEKI = Condition(
    field=Field.AUTHOR, match=Match.EQUALS, text="夏目 漱石", connector=Connector.OR
)
EMPTY = Condition(field=Field.PUBLISHER, match=Match.CONTAINS, text="")


def draft(*lines: Condition, name="猫の本", memo="") -> Draft:
    return Draft(name=name, memo=memo, lines=lines or (CATS,), titles_max=10)


def register(patron_id: int, written: Draft, *, policy=POLICY, now=NOW) -> list[Problem]:
    flaws = alerts.register(patron_id=patron_id, draft=written, policy=policy, now=now)
    return [flaw.problem for flaw in flaws]


def look(patron_id: int):
    return alerts.look(patron_id=patron_id, mail=MAIL).alerts


@pytest.fixture
def cats(hanako) -> int:
    """Hanako's alert for cats."""
    assert register(hanako, draft(CATS, EMPTY, NO_DOGS, OR_SOSEKI, memo="絵本も")) == []
    return look(hanako)[0].alert_id


def give_address(library, patron_id: int, *, is_confirmed=True) -> None:
    with Session(library) as tx, tx.begin():
        tx.add(
            MailAddress(
                patron_id=patron_id,
                place=1,
                address="hanako@example.jp",
                kind=AddressKind.PC,
                confirmed_at=NOW if is_confirmed else None,
            )
        )


def test_k61_alerts_are_listed_with_all_they_ask_for(hanako, cats):
    assert register(hanako, draft(name="犬の本"), now=NOW + dt.timedelta(hours=1)) == []

    first, second = look(hanako)

    assert (first.name, first.memo, first.titles_max) == ("猫の本", "絵本も", 10)
    assert first.conditions == (CATS, NO_DOGS, OR_SOSEKI)
    assert first.is_active
    assert second.name == "犬の本"


def test_k63_anchors_are_worked_out_when_an_alert_is_kept(library, hanako, cats):
    with Session(library) as tx:
        kept = tx.get_one(Alert, cats)

    assert kept.anchors == anchor_lines((CATS, NO_DOGS, OR_SOSEKI)) != ""


def test_k63_what_is_wrong_is_not_kept(library, hanako):
    assert register(hanako, draft(EMPTY, name="")) == [Problem.NO_NAME, Problem.NO_CONDITION]

    assert look(hanako) == ()


def test_k63_a_library_allows_so_many(hanako, cats):
    assert register(hanako, draft()) == []

    [flaw] = alerts.register(patron_id=hanako, draft=draft(), policy=POLICY, now=NOW)

    assert (flaw.problem, flaw.limit) == (Problem.TOO_MANY, POLICY.limit)
    assert len(look(hanako)) == POLICY.limit


def test_one_patrons_alerts_leave_room_for_anothers(hanako, ken, cats):
    assert register(hanako, draft()) == []

    assert register(ken, draft()) == []


def test_k63_who_has_no_room_left_can_know_before_writing(hanako, ken, cats):
    register(hanako, draft())

    assert alerts.is_full(patron_id=hanako, policy=POLICY)
    assert not alerts.is_full(patron_id=ken, policy=POLICY)


def test_a_library_that_offers_none_keeps_none(hanako):
    closed = Policy(is_offered=False)

    assert register(hanako, draft(), policy=closed) == [Problem.NOT_OFFERED]


def test_k65_a_changed_alert_is_another_one_under_its_number(library, hanako, cats):
    written = draft(OR_SOSEKI, name="漱石", memo="")
    flaws = alerts.change(patron_id=hanako, alert_id=cats, draft=written, policy=POLICY)

    assert flaws == ()
    [kept] = look(hanako)
    assert (kept.alert_id, kept.name, kept.memo) == (cats, "漱石", "")
    assert kept.conditions == (OR_SOSEKI,)
    with Session(library) as tx:
        assert tx.get_one(Alert, cats).anchors == anchor_lines((OR_SOSEKI,))


def test_k65_a_change_keeps_whether_it_is_paused(hanako, cats):
    alerts.pause(patron_id=hanako, alert_id=cats)

    alerts.change(patron_id=hanako, alert_id=cats, draft=draft(OR_SOSEKI), policy=POLICY)

    assert not look(hanako)[0].is_active


def test_k64_a_paused_alert_keeps_its_conditions_and_is_resumed(hanako, cats):
    for _second_press in range(2):
        assert alerts.pause(patron_id=hanako, alert_id=cats) == "猫の本"
    [paused] = look(hanako)
    assert not paused.is_active
    assert paused.conditions == (CATS, NO_DOGS, OR_SOSEKI)

    assert alerts.resume(patron_id=hanako, alert_id=cats) == "猫の本"

    assert look(hanako)[0].is_active


def test_k66_a_deleted_alert_leaves_nothing_behind(library, hanako, cats):
    assert alerts.remove(patron_id=hanako, alert_id=cats) == "猫の本"

    assert look(hanako) == ()
    with Session(library) as tx:
        assert tx.exec(select(func.count()).select_from(AlertCondition)).one() == 0
    assert alerts.remove(patron_id=hanako, alert_id=cats) == ""


def test_nobody_reads_or_touches_another_patrons_alert(hanako, ken, cats):
    assert look(ken) == ()
    assert alerts.show(patron_id=ken, alert_id=cats) is None
    [flaw] = alerts.change(patron_id=ken, alert_id=cats, draft=draft(), policy=POLICY)
    assert flaw.problem is Problem.NO_SUCH_ALERT
    for act in (alerts.pause, alerts.resume, alerts.remove):
        assert act(patron_id=ken, alert_id=cats) == ""

    assert alerts.show(patron_id=hanako, alert_id=cats) == look(hanako)[0]
    assert look(hanako)[0].is_active


def test_k60_alerts_reach_a_confirmed_address(library, hanako):
    give_address(library, hanako)

    assert alerts.reach(patron_id=hanako, mail=MAIL) is Reach.REACHED


@pytest.mark.parametrize("is_registered", [True, False])
def test_k60_without_a_confirmed_address_none_comes(library, hanako, is_registered):
    if is_registered:
        give_address(library, hanako, is_confirmed=False)

    assert alerts.look(patron_id=hanako, mail=MAIL).reach is Reach.NO_ADDRESS


def test_k60_without_a_destination_for_alerts_none_comes(library, hanako):
    give_address(library, hanako)
    with Session(library) as tx, tx.begin():
        tx.add(
            NoticeChoice(
                patron_id=hanako,
                kind=NoticeKind.NEW_ARRIVALS,
                to_first=False,
                to_second=False,
                is_sent=True,
            )
        )

    assert alerts.look(patron_id=hanako, mail=MAIL).reach is Reach.NO_DESTINATION


def test_k67_a_record_begins_an_alert(library, ginga):
    with Session(library) as tx, tx.begin():
        for position, name in enumerate(("宮沢 賢治", "清川 あさみ"), start=1):
            tx.add(tables.RecordCreator(record_id=ginga, position=position, name=name))
        tx.add(tables.RecordSubject(record_id=ginga, position=1, term="童話"))

    begun = alerts.begin_from_record(record_id=ginga, policy=POLICY)

    assert [(one.field, one.text) for one in begun.draft.lines] == [
        (Field.AUTHOR, "宮沢 賢治"),
        (Field.SUBJECT, "童話"),
    ]


def test_a_record_that_is_none_begins_nothing(library):
    assert alerts.begin_from_record(record_id=987, policy=POLICY) is None
