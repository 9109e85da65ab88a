"""From an import to one letter for each patron, whoever dies in between (K-60 to K-67)."""

import multiprocessing
import os
import signal
from itertools import count

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, update

from portal_app.data import arrivals
from portal_app.data.database import connect, current_engine
from portal_app.data.tables import Alert, NoticeChoice, Patron
from portal_app.domain.alerts import Match
from portal_app.domain.catalogue import CataloguedRecord, Creator
from portal_app.domain.mail import LetterKind, NoticeKind
from portal_app.domain.policies import Alerts
from portal_app.jobs import alerts
from portal_app.jobs.sending import send_waiting
from portal_app.text import Lang
from tests.conftest import NOW, depart
from tests.jobs.conftest import office_at
from tests.services.alerting import (
    OR,
    arrived,
    author,
    bring_in,
    finds,
    give_address,
    import_records,
    letters,
    make_alert,
    title,
    told,
)
from tests.services.queues import OUR_LIBRARY, at_once


class Fault(Exception):
    """The disk, the network or the machine is gone."""


def run() -> None:
    """Do the work whose time has come."""
    alerts.tell(OUR_LIBRARY, NOW)


def test_what_is_new_is_told_once_and_what_is_imported_again_is_not(library, hanako):
    address = give_address(hanako)
    make_alert(hanako, title("銀河"), name="宇宙")

    bring_in("銀河の本", "海の本")
    run()
    bring_in("銀河の本", "海の本")
    import_records(CataloguedRecord(key="銀河の本", title="銀河の本　新版"))
    run()

    [letter] = letters()
    assert (letter.kind, letter.address) == (LetterKind.NEW_ARRIVALS, address)
    assert told(letter) == ["宇宙", "銀河の本"]
    assert letter.subject == f"新着図書のお知らせ（{OUR_LIBRARY.name['ja']}）"
    assert "http://localhost:8300/records/1\n" in letter.body
    assert arrived() == []
    assert finds() == 0


def test_each_patron_gets_one_letter_with_all_alerts_and_each_title_once(library, hanako, ken):
    give_address(hanako)
    give_address(ken)
    make_alert(hanako, title("銀河"), name="一")
    make_alert(hanako, title("鉄道"), author("内田", connector=OR), name="二")
    make_alert(ken, title("銀河"), name="三")

    bring_in("銀河の本", "銀河の鉄道", "鉄道の本")
    import_records(
        CataloguedRecord(key="1", title="阿房列車", creators=(Creator(name="内田 百閒"),))
    )
    run()

    assert [(one.patron_id, told(one)) for one in letters()] == [
        (hanako, ["一", "銀河の鉄道", "銀河の本", "二", "阿房列車", "鉄道の本"]),
        (ken, ["三", "銀河の鉄道", "銀河の本"]),
    ]


def test_k62_a_letter_tells_of_as_many_titles_as_the_alert_says_and_how_many_more(library, hanako):
    give_address(hanako)
    make_alert(hanako, title("銀河"), titles_max=2)

    bring_in(*(f"銀河{number}" for number in range(1, 6)))
    run()
    run()

    [letter] = letters()
    assert told(letter) == ["新しい本", "銀河5", "銀河4"]
    assert "ほかに3件あります。" in letter.body


def test_it_is_written_as_the_patron_reads(library, hanako):
    give_address(hanako)
    make_alert(hanako, title("銀河"), titles_max=1, name="{library}")
    with Session(library) as tx, tx.begin():
        tx.get_one(Patron, hanako).language = Lang.EN

    bring_in("銀河の本", "銀河 {count}")
    run()

    [letter] = letters()
    assert letter.language is Lang.EN
    assert told(letter) == ["{library}", "銀河 {count}"]
    assert "There is 1 more." in letter.body


def test_conditions_that_no_anchor_decides_are_looked_at_whole(library, hanako):
    give_address(hanako)
    make_alert(hanako, title("銀河 本"), title("海", Match.LACKS), name="一")
    make_alert(hanako, title("山"), title("川", connector=OR), title("本"), name="二")

    bring_in("銀河の本", "銀河の夜", "銀河と海の本", "山の夜", "川の夜", "川の本")
    run()

    [letter] = letters()
    assert told(letter) == ["一", "銀河の本", "二", "川の本", "山の夜"]


def test_who_cannot_be_told_is_not_and_nothing_is_left_for_later(library, hanako, taro, ken):
    give_address(hanako, confirmed_at=None)
    give_address(taro)  # whose card has expired
    give_address(ken)
    with Session(library) as tx, tx.begin():
        kind = NoticeKind.NEW_ARRIVALS
        tx.add(
            NoticeChoice(patron_id=ken, kind=kind, to_first=False, to_second=False, is_sent=True)
        )
    for patron_id in (hanako, taro, ken):
        make_alert(patron_id, title("銀河"))

    bring_in("銀河の本")
    run()

    assert letters() == []
    assert (arrived(), finds()) == ([], 0)


def test_k43_it_goes_to_each_address_that_was_chosen(library, hanako):
    both = [give_address(hanako, place) for place in (1, 2)]
    make_alert(hanako, title("銀河"))
    with Session(library) as tx, tx.begin():
        kind = NoticeKind.NEW_ARRIVALS
        tx.add(
            NoticeChoice(patron_id=hanako, kind=kind, to_first=True, to_second=True, is_sent=True)
        )

    bring_in("銀河の本")
    run()

    assert [one.address for one in letters()] == both


def test_k64_an_alert_that_is_paused_finds_nothing_and_one_paused_meanwhile_tells_nothing(
    library, hanako, ken
):
    give_address(hanako)
    give_address(ken)
    make_alert(hanako, title("銀河"), is_active=False)
    paused_meanwhile = make_alert(ken, title("銀河"))
    bring_in("銀河の本")

    assert is_cut_at_statement_with("DELETE FROM alert_find")
    assert finds() == 1
    with Session(library) as tx, tx.begin():
        tx.exec(update(Alert).where(col(Alert.id) == paused_meanwhile).values(is_active=False))
    run()

    assert letters() == []
    assert finds() == 0


@pytest.mark.parametrize(
    "deed",
    ["DELETE FROM alert WHERE id = {}", "UPDATE alert SET is_active = false WHERE id = {}"],
    ids=["deleted", "paused"],
)
def test_k66_an_alert_that_goes_meanwhile_takes_nothing_of_another_with_it(library, hanako, deed):
    give_address(hanako)
    gone = make_alert(hanako, title("銀河"), name="一")
    make_alert(hanako, title("銀河"), title("鉄道"), name="二")
    make_alert(hanako, title("鉄道"), name="三")
    bring_in("銀河の本", "銀河の鉄道", "鉄道の本")

    assert is_cut_at_statement_with("DELETE FROM alert_find")
    with Session(library) as tx, tx.begin():
        tx.connection().execute(sa.text(deed.format(gone)))
    run()

    [letter] = letters()
    assert told(letter) == ["二", "銀河の鉄道", "三", "鉄道の本"]
    assert finds() == 0


def test_an_alert_that_is_paused_while_it_is_compared_finds_nothing(library, hanako):
    give_address(hanako)
    alert_id = make_alert(hanako, title("銀河"))
    bring_in("銀河の本")
    pause = sa.text(f"UPDATE alert SET is_active = false WHERE id = {alert_id}")  # noqa: S608  a number

    def pause_it(connection, _cursor, statement, *_rest) -> None:
        if statement.startswith("DELETE FROM arrival"):
            connection.execute(pause)

    sa.event.listen(library, "before_cursor_execute", pause_it)
    try:
        run()
    finally:
        sa.event.remove(library, "before_cursor_execute", pause_it)

    assert (letters(), arrived(), finds()) == ([], [], 0)


def test_where_nobody_waits_nothing_arrives(library, hanako):
    bring_in("銀河の本")
    make_alert(hanako, title("海"), is_active=False)
    bring_in("海の本")
    make_alert(hanako, title("山"))
    bring_in("銀河の本", "海の本", "山の本")

    assert arrived() == ["山の本"]


def test_a_catalogue_that_is_filled_anew_is_no_news(library, hanako, monkeypatch):
    monkeypatch.setattr(arrivals, "MOST_WAITING", 3)
    make_alert(hanako, title("銀河"))

    bring_in("一", "二")
    bring_in("三", "四")
    bring_in("五")

    assert arrived() == ["一", "二", "三"]


def test_what_left_before_it_was_told_is_not_told(library, hanako):
    give_address(hanako)
    make_alert(hanako, title("銀河"))
    bring_in("銀河の本", "銀河の夜")
    depart(1)

    run()

    [letter] = letters()
    assert told(letter) == ["新しい本", "銀河の夜"]


def test_where_alerts_are_no_longer_offered_those_that_are_left_find_nothing(library, hanako):
    give_address(hanako)
    make_alert(hanako, title("銀河"))
    bring_in("銀河の本")

    without = OUR_LIBRARY.model_copy(update={"alerts": Alerts(is_offered=False)})
    alerts.tell(without, NOW)

    assert (letters(), arrived(), finds()) == ([], [], 0)


@pytest.fixture
def waiting(library, hanako, ken) -> None:
    """Two patrons wait, and more has arrived than is compared at once."""
    for patron_id in (hanako, ken):
        give_address(patron_id)
        make_alert(patron_id, title("銀河"))
        make_alert(patron_id, title("鉄道"), title("海", Match.LACKS))
    bring_in("銀河の本", "銀河の鉄道", "鉄道と海", "鉄道の本")


EVERYTHING = ["新しい本", "銀河の鉄道", "銀河の本", "新しい本", "鉄道の本"]


def is_cut_at(number: int) -> bool:
    """Run, and fail before that statement or commit, if there are so many."""
    steps = count()

    def fail(*_statement: object) -> None:
        if next(steps) == number:
            raise Fault

    return _is_cut_by(fail, commits=True)


def is_cut_at_statement_with(words: str) -> bool:
    """Run, and fail before the first statement with these words."""

    def fail(_connection, _cursor, statement, *_rest) -> None:
        if words in statement:
            raise Fault

    return _is_cut_by(fail, commits=False)


def _is_cut_by(fail, *, commits: bool) -> bool:
    engine = current_engine()
    moments = ["before_cursor_execute", *(["commit"] if commits else [])]
    for moment in moments:
        sa.event.listen(engine, moment, fail)
    try:
        run()
    except Fault:
        return True
    finally:
        for moment in moments:
            sa.event.remove(engine, moment, fail)
    return False


def test_whichever_statement_fails_everybody_is_told_of_everything_once(
    library, hanako, ken, waiting, monkeypatch
):
    monkeypatch.setattr(alerts, "ARRIVALS_AT_ONCE", 2)
    run()

    faults = 0
    was_cut = True
    while was_cut:
        known = len(letters())
        bring_in(*(f"{one} {faults}" for one in ("銀河", "鉄道", "銀河の海")))
        was_cut = is_cut_at(faults)
        run()
        run()
        titles = ["新しい本", f"銀河の海 {faults}", f"銀河 {faults}", "新しい本", f"鉄道 {faults}"]
        told_now = [(one.patron_id, told(one)) for one in letters()[known:]]
        assert told_now == [(hanako, titles), (ken, titles)], f"statement {faults}"
        faults += 1

    assert faults > 10  # its statements were seen


@pytest.mark.parametrize("statement", ["INSERT INTO alert_find", "DELETE FROM alert_find"])
def test_one_that_dies_between_finding_and_telling_loses_nothing_and_tells_nothing_twice(
    library, hanako, ken, waiting, database_url, statement
):
    dying = multiprocessing.get_context("spawn").Process(
        target=_die, args=(database_url, statement)
    )
    dying.start()
    dying.join(timeout=60)
    assert dying.exitcode == -signal.SIGKILL
    assert letters() == []

    run()
    run()

    assert [(one.patron_id, told(one)) for one in letters()] == [
        (hanako, EVERYTHING),
        (ken, EVERYTHING),
    ]


def _die(url: str, words: str) -> None:
    engine = connect(url)

    def die(_connection, _cursor, statement, *_rest) -> None:
        if words in statement:
            os.kill(os.getpid(), signal.SIGKILL)

    sa.event.listen(engine, "before_cursor_execute", die)
    run()


def test_two_workers_at_once_tell_everybody_of_everything_once(library, hanako, ken, waiting):
    at_once(run, run)

    each = {hanako: [], ken: []}
    for letter in letters():
        each[letter.patron_id] += told(letter)
    titles = sorted(one for one in EVERYTHING if one != "新しい本")
    for patron_id in (hanako, ken):
        assert sorted(one for one in each[patron_id] if one != "新しい本") == titles
    assert (arrived(), finds()) == ([], 0)


async def test_from_an_import_to_one_mail_and_none_for_the_same_records_again(
    library, hanako, inbox, time_machine
):
    time_machine.move_to(NOW, tick=False)
    address = give_address(hanako)
    make_alert(hanako, title("銀河"))

    for _ in range(2):
        bring_in("銀河の本", "海の本")
        run()
        while await send_waiting(office_at(inbox.url), "worker"):
            pass

    [mail] = inbox.letters
    assert mail.address == address
    assert "■ 銀河の本" in mail.text
    assert "銀河" not in mail.subject
