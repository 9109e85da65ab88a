import datetime as dt
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import Session, col, func, select
from stdnum import isbn

from portal_app import libraries
from portal_app.data import demonstration as written
from portal_app.data.demonstration import HoldStory, LoanStory
from portal_app.data.passwords import password_matches
from portal_app.data.queues import places_of
from portal_app.data.tables import BibliographicRecord, CartLine, Hold, Item, Loan, Patron
from portal_app.domain.catalogue import Audience, ItemState, MaterialClass
from portal_app.domain.holds import HoldState, Request
from portal_app.domain.loans import Refusal
from portal_app.services import branches, demonstration, holds, loans, news
from tests.conftest import NOW, TODAY

KAGOSHIMA = libraries.load("kagoshima")
KOGANEI = libraries.load("koganei")
WORKS = written.works(branches=["main", "west", "east"])
CAST = written.cast()

KATAKANA = re.compile(r"[ァ-ヴー]+( [ァ-ヴー]+)*( : [ァ-ヴー]+( [ァ-ヴー]+)*)?")
NDC = re.compile(r"[0-9]{3}(\.[0-9]{1,4})?")
PUBLISHED = re.compile(r"(18|19|20)[0-9]{2}(\.([1-9]|1[0-2]))?")


def fill(library, *, now=NOW):
    branches.open_branches(branches=library.branches)
    return demonstration.fill(library=library, now=now)


@pytest.fixture
def kagoshima(library):
    """Kagoshima's library, just filled."""
    fill(KAGOSHIMA)
    return library


@pytest.fixture
def koganei(library):
    """Koganei's library, just filled."""
    fill(KOGANEI)
    return library


def patron_id(engine, name: str) -> int:
    with Session(engine) as tx:
        return tx.exec(select(Patron.id).where(col(Patron.name).endswith(name))).one()


def loans_of(engine, name: str, library=KOGANEI, today=TODAY) -> dict[str, loans.OpenLoan]:
    shown = loans.look(
        patron_id=patron_id(engine, name), policy=library.loans.renewals, today=today
    )
    return {loan.record.title + loan.record.volume: loan for loan in shown}


def holds_of(engine, name: str) -> dict[str, holds.OpenHold]:
    return {hold.record.title: hold for hold in waits_of(engine, name)}


def waits_of(engine, name: str) -> tuple[holds.OpenHold, ...]:
    return holds.look(patron_id=patron_id(engine, name), library=KOGANEI, now=NOW)


# What is written down


def test_there_are_a_few_hundred_works_of_every_kind():
    kinds = Counter(work.material for work in WORKS)

    assert 320 <= len(WORKS) <= 400
    assert kinds[MaterialClass.CD] >= 20
    assert kinds[MaterialClass.MAGAZINE] >= 20
    assert kinds[MaterialClass.DVD] >= 5
    assert sum(work.audience is Audience.CHILDREN for work in WORKS) >= 50
    assert sum(work.language == "eng" for work in WORKS) >= 10


def test_every_work_has_a_title_and_a_reading_in_katakana():
    for work in WORKS:
        assert work.title
        assert KATAKANA.fullmatch(work.title_reading), work


def test_every_series_and_every_creator_has_a_reading_in_katakana():
    for work in WORKS:
        assert not work.series or KATAKANA.fullmatch(work.series_reading), work
        for creator in work.creators:
            assert creator.name, work
            assert creator.role, work
            assert KATAKANA.fullmatch(creator.reading), work


def test_every_work_has_its_own_key_and_every_copy_its_own_barcode():
    barcodes = [item.barcode for work in WORKS for item in work.items]

    assert len({work.key for work in WORKS}) == len(WORKS)
    assert len(set(barcodes)) == len(barcodes)


def test_every_isbn_is_valid_and_stands_on_one_work():
    numbers = [identifier.value for work in WORKS for identifier in work.identifiers]

    assert len(numbers) >= 150
    assert all(isbn.is_valid(number) and isbn.isbn_type(number) == "ISBN13" for number in numbers)
    assert len(set(numbers)) == len(numbers)


def test_every_work_says_who_published_it_and_when():
    for work in WORKS:
        assert work.publisher, work
        assert PUBLISHED.fullmatch(work.published_on), work
        assert work.published_year == int(work.published_on[:4])


def test_every_work_stands_where_its_class_says():
    for work in WORKS:
        number = work.classifications[0].number
        call_numbers = {item.call_number for item in work.items}
        assert NDC.fullmatch(number), work
        assert len(call_numbers) == 1, work
        assert number.partition(".")[0] in call_numbers.pop() or number == "726.6", work


def test_the_volumes_of_a_series_are_complete_and_differ_in_nothing_but_the_volume():
    for title, count in (("坂の上の雲", 8), ("竜馬がゆく", 8), ("三国志", 8), ("指輪物語", 9)):
        volumes = [work for work in WORKS if work.title == title]
        assert len(volumes) == count
        assert len({work.volume for work in volumes}) == count
        assert len({(work.title_reading, work.creators, work.publisher) for work in volumes}) == 1


def test_names_are_written_as_their_owners_write_them():
    names = {creator.name for work in WORKS for creator in work.creators}

    assert {"芥川 龍之介", "芥川 竜之介", "森 鷗外", "森 鴎外", "髙村 薫", "与謝野 晶子"} <= names
    assert {"宮沢 賢治", "浜田 廣介", "廣嶋 玲子", "やなせ たかし", "椋 鳩十"} <= names


def test_every_branch_has_its_share_of_the_copies():
    copies = Counter(item.branch for work in WORKS for item in work.items)

    assert set(copies) == {"main", "west", "east"}
    assert min(copies.values()) > 0.8 * max(copies.values())


def test_a_library_with_one_branch_has_every_copy_there():
    works = written.works(branches=["only"])

    assert {item.branch for work in works for item in work.items} == {"only"}


def test_every_story_is_about_a_work_that_there_is():
    known = {work.key.removeprefix(written.KEY) for work in WORKS}
    named = [story.work for person in CAST.people for story in (*person.loans, *person.holds)]
    named += [work for person in CAST.people for work in person.cart]

    assert set(named) <= known


def test_passwords_are_long_and_mix_letters_and_digits_but_for_the_first_one():
    for member in CAST.members:
        if member.password_is_initial:
            assert member.password == f"{member.born_on:%Y%m%d}"
        else:
            assert re.fullmatch(r"(?=.*[a-z])(?=.*[0-9])[A-Za-z0-9]{10,}", member.password)


def test_every_card_has_its_own_number_of_digits_only():
    numbers = [person.card_number for person in CAST.people]

    assert len(set(numbers)) == len(numbers)
    assert all(re.fullmatch(r"[0-9]{10}", number) for number in numbers)


def test_a_key_that_nobody_knows_is_a_mistake_in_the_cast():
    with pytest.raises(ValueError, match="pickup_in_day"):
        HoldStory.model_validate({"work": "ginga", "placed_days_ago": 1, "pickup_in_day": 1})
    with pytest.raises(ValueError, match="lent"):
        LoanStory.model_validate({"work": "ginga", "lent": 1, "due_in_days": 1})


def test_the_demonstration_moves_on_with_the_days(koganei):
    forty_days = dt.timedelta(days=40)
    before = loans_of(koganei, "花子")
    waits = waits_of(koganei, "恵子")

    fill(KOGANEI, now=NOW + forty_days)

    after = loans_of(koganei, "花子", today=TODAY + forty_days)
    assert {title: loan.due_on + forty_days for title, loan in before.items()} == {
        title: loan.due_on for title, loan in after.items()
    }
    assert [loan.refused and loan.refused.why for loan in before.values()] == [
        loan.refused and loan.refused.why for loan in after.values()
    ]
    later = waits_of(koganei, "恵子")
    assert [hold.pickup_by and hold.pickup_by + forty_days for hold in waits] == [
        hold.pickup_by for hold in later
    ]


@pytest.mark.parametrize("preset", [KAGOSHIMA, KOGANEI])
def test_g03_there_is_news_on_whatever_day_it_is_looked_at(library, preset):
    fill(preset)
    first = news.look(today=TODAY)
    news.withdraw(news_id=first[-1].news_id)
    later = TODAY + dt.timedelta(days=400)

    fill(preset, now=NOW + dt.timedelta(days=400))

    assert [one.is_important for one in first] == [True, False, False]
    shown = news.look(today=later)
    assert [one.subject for one in shown] == [one.subject for one in first[:-1]]
    for one in shown:
        assert one.shown_from <= later
        assert one.shown_until is not None
        assert f"{one.shown_until:%Y}年{one.shown_until.month}月" in one.body


@pytest.mark.parametrize("preset", [KAGOSHIMA, KOGANEI])
def test_what_is_set_aside_has_been_so_since_a_day_that_moves_on(library, preset):
    fill(preset)
    fill(preset, now=NOW + dt.timedelta(days=40))

    with Session(library) as tx:
        kept = tx.exec(
            select(Hold, Item)
            .join(Item, col(Item.id) == Hold.item_id)
            .where(col(Hold.item_id).is_not(None))
        ).all()
    today = TODAY + dt.timedelta(days=40)
    for hold, item in kept:
        is_ready = hold.state is HoldState.READY
        since = hold.ready_at if is_ready else hold.sent_at
        assert since is not None
        assert hold.placed_at < since
        assert since.date() == today - dt.timedelta(days=2 if is_ready else 1)
        assert ((item.at_branch or item.branch_code) == hold.pickup_branch) is is_ready
    assert {hold.state for hold, _ in kept} == {HoldState.READY, HoldState.IN_TRANSIT}


@pytest.mark.parametrize("later", [0, 40, 4_000])
def test_what_was_lent_before_tells_how_long_a_wait_may_be_and_nobodys_name(koganei, later):
    today = TODAY + dt.timedelta(days=later)
    fill(KOGANEI, now=NOW + dt.timedelta(days=later))

    with Session(koganei) as tx:
        past = tx.exec(select(Loan).where(col(Loan.returned_at).is_not(None))).all()
        waited_for = set(tx.exec(select(Hold.record_id)))
        queues = places_of(tx, record_ids=waited_for, today=today)
    assert all(loan.patron_id is None for loan in past)
    assert all(loan.lent_on < loan.returned_at.date() < today for loan in past)
    assert all(queue.turnover is not None for queue in queues.values())


def test_no_item_was_lent_twice_at_once(koganei):
    with Session(koganei) as tx:
        loans_of_item = Counter[int]()
        ends: dict[int, dt.date] = {}
        for loan in tx.exec(select(Loan).order_by(col(Loan.item_id), col(Loan.lent_on))):
            assert loan.lent_on >= ends.get(loan.item_id, loan.lent_on)
            ends[loan.item_id] = loan.returned_at.date() if loan.returned_at else TODAY
            loans_of_item[loan.item_id] += 1
    assert max(loans_of_item.values()) > 1


# What the database holds afterwards


def test_an_empty_library_is_filled_once(library):
    assert demonstration.is_empty()

    cast = fill(KAGOSHIMA)

    assert not demonstration.is_empty()
    assert fill(KAGOSHIMA) == cast
    with Session(library) as tx:
        assert tx.exec(select(func.count()).select_from(BibliographicRecord)).one() == len(WORKS)
        assert tx.exec(select(func.count()).select_from(Patron)).one() == len(CAST.people)


def test_two_portals_that_start_at_once_fill_one_library(library):
    branches.open_branches(branches=KAGOSHIMA.branches)

    with ThreadPoolExecutor() as threads:
        starting = [
            threads.submit(demonstration.fill, library=KAGOSHIMA, now=NOW) for _ in range(2)
        ]

    first, second = (portal.result() for portal in starting)
    assert first == second
    assert len(first) == len(CAST.members)
    with Session(library) as tx:
        assert tx.exec(select(func.count()).select_from(BibliographicRecord)).one() == len(WORKS)


def test_a_library_of_somebody_else_stays_as_it_is(library, kokoro):
    assert demonstration.fill(library=KAGOSHIMA, now=NOW) == ()

    with Session(library) as tx:
        assert tx.exec(select(func.count()).select_from(BibliographicRecord)).one() == 1


def test_who_has_chosen_another_password_is_not_introduced_again(library):
    fill(KAGOSHIMA)
    with Session(library) as tx, tx.begin():
        hanako = tx.exec(select(Patron).where(Patron.card_number == "2024000276")).one()
        hanako.password_hash = ""
        tx.add(hanako)

    cast = demonstration.fill(library=KAGOSHIMA, now=NOW)

    assert "2024000276" not in {member.card_number for member in cast}
    assert len(cast) == len(CAST.members) - 1


def test_everybody_introduced_may_sign_in_and_has_a_story_in_both_languages(library):
    cast = fill(KOGANEI)

    with Session(library) as tx:
        stored = dict(tx.exec(select(Patron.card_number, Patron.password_hash)).all())
    for member in cast:
        assert password_matches(stored[member.card_number], member.password)
        assert member.story == f"{member.story_ja}\n{member.story_en}"
        assert member.story_ja.endswith("。")
        assert member.story_en.endswith(".")
    readers = [reader.card_number for reader in CAST.readers]
    assert not any(stored[number] for number in readers)


@pytest.mark.parametrize("preset", [KAGOSHIMA, KOGANEI])
def test_nothing_that_is_waited_for_or_in_a_cart_stands_on_a_shelf(library, preset):
    fill(preset)

    with Session(library) as tx:
        wanted = set(tx.exec(select(Hold.record_id))) | set(tx.exec(select(CartLine.record_id)))
        lent = set(tx.exec(select(Loan.item_id).where(col(Loan.returned_at).is_(None))))
        items = tx.exec(select(Item).where(col(Item.record_id).in_(wanted))).all()
    assert all(item.id in lent or item.state is not ItemState.ON_SHELF for item in items)


def test_an_item_is_at_one_place_only(koganei):
    with Session(koganei) as tx:
        kept = dict(tx.exec(select(Hold.item_id, Hold.state)).all())
        lent = list(tx.exec(select(Loan.item_id).where(col(Loan.returned_at).is_(None))))
        elsewhere = dict(
            tx.exec(select(Item.id, Item.state).where(Item.state != ItemState.ON_SHELF)).all()
        )
    kept.pop(None)
    assert len(set(lent)) == len(lent)
    assert not set(lent) & set(kept)
    assert elsewhere == {
        item_id: ItemState.ON_HOLD_SHELF if state is HoldState.READY else ItemState.IN_TRANSIT
        for item_id, state in kept.items()
    }


@pytest.mark.parametrize("preset", [KAGOSHIMA, KOGANEI])
def test_nobody_has_more_than_the_library_lets_them(library, preset):
    fill(preset)

    with Session(library) as tx:
        at_home = tx.exec(
            select(Loan.patron_id, BibliographicRecord.material)
            .join(Item, col(Item.id) == Loan.item_id)
            .join(BibliographicRecord, col(BibliographicRecord.id) == Item.record_id)
            .where(col(Loan.returned_at).is_(None))
        ).all()
        slots = tx.exec(select(Hold.slot, Hold.class_slot, Hold.limit_class)).all()
    assert max(Counter(patron for patron, _ in at_home).values()) <= preset.loans.limits.total
    for material, limit in preset.loans.limits.by_class.items():
        assert max(Counter(p for p, kind in at_home if kind is material).values()) <= limit
    assert max(slot for slot, _, _ in slots) == preset.holds.limits.total
    assert {name for _, _, name in slots if name} == set(preset.holds.limits.by_class)


def test_nobody_waits_for_what_they_have_at_home(kagoshima):
    with Session(kagoshima) as tx:
        waiting = set(tx.exec(select(Hold.patron_id, Hold.record_id)))
        at_home = set(
            tx.exec(select(Loan.patron_id, Item.record_id).join(Item, col(Item.id) == Loan.item_id))
        )
    assert not waiting & at_home


def test_queues_are_in_the_order_in_which_people_came(kagoshima):
    with Session(kagoshima) as tx:
        for record_id in set(tx.exec(select(Hold.record_id))):
            queue = tx.exec(
                select(Hold.placed_at, Hold.queue_number)
                .where(Hold.record_id == record_id)
                .order_by(col(Hold.queue_number))
            ).all()
            assert [number for _, number in queue] == list(range(1, len(queue) + 1))
            assert queue == sorted(queue)


def test_some_works_came_within_the_last_two_weeks_and_none_will_come(kagoshima):
    with Session(kagoshima) as tx:
        days = list(tx.exec(select(BibliographicRecord.added_on)))
    lately = [day for day in days if day > TODAY - dt.timedelta(days=14)]

    assert max(days) <= TODAY
    assert 20 <= len(lately) <= len(days) // 4
    assert len(set(lately)) == 14


@pytest.mark.parametrize("day", [dt.date(2028, 2, 29), dt.date(2031, 7, 15)])
def test_it_can_be_filled_on_any_day(library, day):
    now = NOW.replace(year=day.year, month=day.month, day=day.day)

    fill(KOGANEI, now=now)

    late = [loan for loan in loans_of(library, "太郎", today=day).values() if loan.due_on < day]
    assert len(late) == 2
    with Session(library) as tx:
        born_on = tx.exec(select(Patron.born_on).where(col(Patron.name).endswith("さくら"))).one()
        assert born_on.year == day.year - 9
        assert tx.exec(select(func.max(BibliographicRecord.added_on))).one() == day


def test_a_library_with_other_limits_is_filled_within_them(library):
    fewer = KOGANEI.holds.limits.model_copy(update={"total": 3})
    strict = KOGANEI.model_copy(
        update={"holds": KOGANEI.holds.model_copy(update={"limits": fewer})}
    )

    fill(strict)

    assert len(holds_of(library, "健")) == 3


# The stories


def test_hanako_may_renew_one_loan_today_in_either_library(library):
    fill(KAGOSHIMA)

    for preset in (KAGOSHIMA, KOGANEI):
        yukiguni = loans_of(library, "花子", preset)["雪国"]
        assert yukiguni.due_on == TODAY + dt.timedelta(days=3)
        assert yukiguni.refused is None


def test_hanako_may_not_renew_the_others_each_for_a_reason_of_its_own(koganei):
    at_home = loans_of(koganei, "花子")
    why = {title: loan.refused.why for title, loan in at_home.items() if loan.refused}

    assert why == {
        "博士の愛した数式": Refusal.RENEWAL_LIMIT_REACHED,
        "コンビニ人間": Refusal.WAITED_FOR_BY_ANOTHER,
        "アビイ・ロード": Refusal.CLASS_NOT_RENEWED,
        "西の魔女が死んだ": Refusal.TOO_EARLY,
        "舟を編む": Refusal.TOO_EARLY,
    }
    assert at_home["アビイ・ロード"].record.material is MaterialClass.CD
    assert at_home["西の魔女が死んだ"].lent_on == TODAY - dt.timedelta(days=1)


def test_in_kagoshima_hanako_would_gain_nothing_by_renewing_what_she_borrowed_today(kagoshima):
    refused = loans_of(kagoshima, "花子", KAGOSHIMA)["舟を編む"].refused

    assert refused.why is Refusal.WOULD_NOT_MOVE_DUE_DATE
    assert refused.on == TODAY + dt.timedelta(days=1)


def test_hanako_is_second_of_three(kagoshima):
    hold = holds_of(kagoshima, "花子")["成瀬は天下を取りにいく"]

    assert (hold.state, hold.place, hold.queue_length) == (HoldState.WAITING, 2, 3)


@pytest.mark.parametrize("preset", [KAGOSHIMA, KOGANEI])
def test_hanako_may_place_holds_on_both_volumes_in_her_cart(library, preset):
    fill(preset)
    hanako = patron_id(library, "花子")
    with Session(library) as tx:
        in_cart = tuple(
            tx.exec(
                select(CartLine.record_id)
                .where(CartLine.patron_id == hanako)
                .order_by(col(CartLine.added_at))
            )
        )
    request = Request(
        record_ids=in_cart,
        pickup_branch=preset.pickup_branches[0],
        contact_method=preset.holds.contact_methods[0],
    )

    placed = holds.place(patron_id=hanako, request=request, library=preset, now=NOW)

    assert [outcome.record.volume for outcome in placed.outcomes] == ["上", "下"]
    assert [outcome.refused for outcome in placed.outcomes] == [None, None]


def test_taro_has_one_loan_three_days_overdue_and_one_ten_days(kagoshima):
    late = {
        (TODAY - loan.due_on).days: loan.refused.why
        for loan in loans_of(kagoshima, "太郎", KAGOSHIMA).values()
        if loan.due_on < TODAY
    }

    assert late == {3: Refusal.OVERDUE, 10: Refusal.OVERDUE}


def test_in_koganei_taro_may_still_renew_what_is_three_days_overdue(koganei):
    renewable = {
        (TODAY - loan.due_on).days: loan.refused is None
        for loan in loans_of(koganei, "太郎").values()
        if loan.due_on < TODAY
    }

    assert renewable == {3: True, 10: False}


def test_keiko_has_a_book_to_pick_up_and_one_on_its_way(koganei):
    mine = holds_of(koganei, "恵子")

    assert mine["かがみの孤城"].state is HoldState.READY
    assert mine["かがみの孤城"].pickup_by == TODAY + dt.timedelta(days=4)
    assert mine["蜜蜂と遠雷"].state is HoldState.IN_TRANSIT


def test_yukis_card_has_expired_though_it_worked_when_he_borrowed(koganei):
    with Session(koganei) as tx:
        expired_on = tx.exec(
            select(Patron.card_expires_on).where(col(Patron.name).endswith("勇気"))
        ).one()

    assert expired_on < TODAY
    assert all(loan.lent_on <= expired_on for loan in loans_of(koganei, "勇気").values())


def test_ken_waits_for_ten_things_five_of_them_cds(koganei):
    shown = waits_of(koganei, "健")

    assert len(shown) == 10
    assert all(hold.state is HoldState.WAITING for hold in shown)
    assert sum(hold.record.material is MaterialClass.CD for hold in shown) == 5


def test_sakura_is_a_child_with_childrens_books(koganei):
    with Session(koganei) as tx:
        born_on = tx.exec(select(Patron.born_on).where(col(Patron.name).endswith("さくら"))).one()

    assert TODAY.year - born_on.year == 9
    books = loans_of(koganei, "さくら").values()
    assert {loan.record.audience for loan in books} == {Audience.CHILDREN}


def test_shinichi_alone_still_has_his_first_password(koganei):
    with Session(koganei) as tx:
        initial = tx.exec(
            select(Patron.name).where(col(Patron.password_is_initial), Patron.password_hash != "")
        ).all()

    assert initial == ["渡辺 新一"]


def test_a_reference_work_is_for_use_in_the_library(kagoshima):
    with Session(kagoshima) as tx:
        items = tx.exec(
            select(Item)
            .join(BibliographicRecord, col(BibliographicRecord.id) == Item.record_id)
            .where(BibliographicRecord.title == "広辞苑")
        ).all()

    assert items
    assert not any(item.for_loan for item in items)
