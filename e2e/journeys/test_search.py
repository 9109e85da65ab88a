import pytest
from playwright.sync_api import expect

from e2e.narrowing import only_at, only_on
from e2e.pages.advanced_search import AdvancedSearchPage
from e2e.pages.home import HomePage
from e2e.pages.search import SearchPage

KENJI = "宮沢賢治"

# By their readings.
KENJI_BY_TITLE = (
    "風の又三郎",
    "銀河鉄道の夜",
    "新編銀河鉄道の夜",
    "セロひきのゴーシュ",
    "注文の多い料理店 : イーハトーヴ童話集",
)
AT_THE_BRANCH = tuple(KENJI_BY_TITLE[place] for place in (1, 2, 4))


@only_on("phone", "desktop")
@only_at("koganei")
def test_a_search_can_be_reloaded_shared_and_gone_back_to(visitor, newcomer, portal, lang):
    branch = portal.library.branches[1]
    name = branch.name["ja"]
    asked = {"q": KENJI, "class": "book", "branch": branch.code, "sort": "title"}

    found = HomePage(visitor, lang).open().search(KENJI).should_find(5)
    found.sort_by("search.sort_by.title").arrive_at(q=KENJI, sort="title")
    found.should_list(*KENJI_BY_TITLE)
    found.narrow_down(found.say("material.book"))
    found.arrive_at(**{"q": KENJI, "class": "book", "sort": "title"}).should_find(5)
    found.narrow_down(name).arrive_at(**asked)
    found.should_list(*AT_THE_BRANCH)

    visitor.reload()
    found.arrive().should_list(*AT_THE_BRANCH).should_have_ticked(name)
    friend = newcomer()
    friend.goto(visitor.url)
    shared = SearchPage(friend, lang).arrive().should_list(*AT_THE_BRANCH)
    shared.should_have_ticked(name).should_have_ticked(found.say("material.book"))
    visitor.go_back()
    found.should_list(*KENJI_BY_TITLE)
    found.should_not_have_ticked(name)
    visitor.go_forward()
    found.should_list(*AT_THE_BRANCH)


@only_on("phone", "desktop")
@only_at("kagoshima")
def test_a_record_knows_its_place_in_the_results(visitor, lang):
    found = SearchPage(visitor, lang).open_at(q="の")
    found.show_on_a_page(10).arrive_at(q="の", size="10")
    expect(found.results).to_have_count(10)
    count = found.count()
    found.turn_to(2).arrive_at(q="の", size="10", page="2")
    expect(found.turned_to(2)).to_be_visible()
    in_order = found.titles_in_order

    record = found.open_nth(9).should_stand_at(19, count=count)
    record.should_say("record.condition", words="の")
    record.go_to_next(in_order[9]).should_stand_at(20, count=count)
    record.go_to_previous(in_order[8]).go_to_previous(in_order[7])
    record.should_stand_at(18, count=count)

    back = record.go_back_to_results().arrive_at(q="の", size="10", page="2")
    back.should_list(*in_order)
    expect(back.results.nth(7).get_by_role("link")).to_be_focused()
    expect(back.results.nth(7)).to_be_in_viewport()


@only_at("kagoshima")
@only_on("phone")
def test_what_was_searched_for_is_marked_or_not(visitor, lang):
    found = SearchPage(visitor, lang).open_at(q="ねこ").should_find(4)

    expect(found.marks).not_to_have_count(0)
    found.switch_highlight()
    expect(found.marks).to_have_count(0)
    found.switch_highlight()

    expect(found.marks).not_to_have_count(0)


@only_at("koganei")
@only_on("desktop")
@pytest.mark.parametrize(
    "words", ["ｺｺﾛ", "ココロ", "こころ", "夏目　こころ", "978-4-10-101013-7", "9784101010137"]
)
def test_words_are_found_however_they_are_written(words, visitor, lang):
    found = HomePage(visitor, lang).open().search(words)

    expect(found.result("こころ")).to_be_visible()


@only_at("koganei")
@only_on("phone", "desktop")
def test_conditions_are_joined_and_limited(visitor, lang):
    form = AdvancedSearchPage(visitor, lang).open()
    form.ask(1, "村上 春樹", field="author")
    form.ask(2, "1Q84", field="title", connector="not")
    form.ask(3, "ノルウェイ", field="title", connector="not")
    form.limit_years(since="１９８５", until="2023")
    found = form.submit(
        f1="author",
        t1="村上 春樹",
        c2="not",
        f2="title",
        t2="1Q84",
        c3="not",
        f3="title",
        t3="ノルウェイ",
        year_from="1985",
        year_to="2023",
    )

    found.sort_by("search.sort_by.oldest")
    found.should_list(
        "世界の終りとハードボイルド・ワンダーランド",
        "キャッチャー・イン・ザ・ライ",
        "街とその不確かな壁",
    )

    record = found.open_record("街とその不確かな壁").should_stand_at(3, count=3)
    again = record.follow("record.to_form", AdvancedSearchPage)
    again.should_ask(1, "村上 春樹", field="author")
    again.should_ask(3, "ノルウェイ", field="title", connector="not")


@only_at("koganei")
@only_on("desktop")
def test_a_title_may_begin_with_and_a_class_number_too(visitor, lang):
    form = AdvancedSearchPage(visitor, lang).open()
    begins = form.ask(1, "銀河", field="title", match="starts")
    begins.submit(f1="title", m1="starts", t1="銀河").should_list("銀河鉄道の夜")

    form.open().ask(1, "486", field="ndc", match="starts")

    form.submit(f1="ndc", m1="starts", t1="486").should_list("昆虫")


@only_at("kagoshima")
@only_on("desktop")
def test_an_address_that_asks_for_nonsense_gets_a_sentence(visitor, lang):
    found = SearchPage(visitor, lang)

    found.open_at(q="a" * 10_000).should_say("search.problem.too_long")
    for page in ("-1", "1000000000", "二"):
        found.open_at(q="ねこ", page=page).should_say("search.problem.no_such_page")
        expect(found.results).to_have_count(4)
    found.open_at(q="ねこ", sort="backwards", size="7", year_from="来年")
    for problem in ("no_such_sort", "no_such_page_size", "not_a_year"):
        found.should_say(f"search.problem.{problem}")
    expect(found.results).to_have_count(4)
    pasted = HomePage(visitor, lang).open().paste("あ" * 10_000)
    pasted.should_say("search.problem.too_long")
