"""What a page does with a list, a file or a photograph before anything is put on a shelf."""

import json

import pytest

SHELF = "b2c7c1de-0000-4000-8000-000000000001"
LISTS, PHOTOS = "/files/lists", "/files/photos"
KOKORO = "9784003101018"


def record(number: int) -> dict[str, object]:
    return {"record_id": number, "title": f"title {number}", "volume": ""}


def found(number: int, *, note: str = "", is_read: bool = False) -> dict[str, object]:
    return {"record": record(number), "note": note, "is_read": is_read}


def on_shelf(number: int, *, note: str = "", is_read: bool = False) -> dict[str, object]:
    return {"record": record(number), "note": note, "is_read": is_read, "detail": {}}


def answer(*books, missing=(), unread=()) -> dict[str, object]:
    return {"refusal": "", "found": books, "missing": missing, "unread": unread}


SETTING = """
import * as importing from "./utils/shelves/importing.js";
import { leavePage, localOf, setLocal } from "./utils/local.js";
import { now, show } from "./utils/offline/view.js";
import { prepareOutbox } from "./utils/offline/outbox.js";

const local = () => ({ "page.import": localOf("page.import") });
const ids = (ones) => ones.map(({ record }) => record.record_id);
const problem = () => localOf("page.import_problem");
const asked = () => now().operations.map(({ kind, payload, shown }) => [kind, payload, shown]);

prepareOutbox("deliver", () => undefined);
show({ owner: "hanako", isKnown: true, connection: "offline" });
const online = () => show({ connection: "online" });

// The library answers with these, one after the other.
const answers = [];
const sent = [];
globalThis.fetch = async (address, { body }) => {
  sent.push([address, body]);
  const next = answers.shift();
  if (next === undefined) throw new TypeError("Failed to fetch");
  return { json: async () => next };
};
globalThis.FormData = class { constructor(fields) { return new Map(Object.entries(fields)); } };
const event = (target) => ({ target, preventDefault: () => undefined });
const paste = (isbns) => importing.readPasted(LISTS, event({ isbns }));
const choose = (file) => importing.readFile(LISTS, 100, event({ files: [file], value: "x" }));
const photograph = (photo) =>
  importing.readPhoto(LISTS, PHOTOS, 100, event({ files: [photo], value: "x" }));
const withBooks = (...books) => ({ [SHELF]: { books } });
const put = (contents = {}, limit = 1000) => importing.putThere(SHELF, "明治維新", contents, limit);
"""


@pytest.fixture
def page(in_browser):
    """Do something on the page, which gets these answers from the library."""

    def page(script: str, *answers: object):
        given = {"SHELF": SHELF, "LISTS": LISTS, "PHOTOS": PHOTOS}
        props = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in given.items())
        told = f"answers.push(...{json.dumps(answers)});\n"
        return in_browser(f"{props}{SETTING}{told}online();\n{script}")

    return page


def test_a_pasted_list_is_sent_as_it_is_and_its_answer_shown(page):
    told = answer(
        found(1),
        found(2),
        missing=[{"number": 2, "written": "x"}],
        unread=[{"number": 3, "written": "y"}],
    )
    script = """
        await paste("978…");
        answer([sent, ids(importing.foundIn(local())), importing.missingIn(local()),
                importing.unreadIn(local()), problem()]);
    """

    assert page(script, told) == [
        [[LISTS, "978…"]],
        [1, 2],
        [{"number": 2, "written": "x"}],
        [{"number": 3, "written": "y"}],
        "",
    ]


def test_an_empty_field_is_not_sent(page):
    script = 'await paste(" "); answer([sent, problem()]);'

    assert page(script) == [[], "shelf_import.problem.nothing_given"]


def test_without_a_connection_nothing_is_sent_and_the_page_says_why(page):
    script = 'show({ connection: "offline" }); await paste("978"); answer([sent, problem()]);'

    assert page(script) == [[], "shelf_import.problem.no_connection"]


def test_a_connection_that_fails_is_told_and_it_can_be_tried_again(page):
    script = """
        await paste("978");
        const first = problem();
        answers.push(ANSWER);
        await paste("978");
        answer([first, problem(), ids(importing.foundIn(local()))]);
    """.replace("ANSWER", json.dumps(answer(found(1))))

    assert page(script) == ["shelf_import.problem.no_answer", "", [1]]


def test_what_the_library_refuses_is_said_and_what_was_read_before_stays(page):
    refusal = {"refusal": "shelf_import.list_refusal.not_text"}
    script = """
        await paste("978");
        await choose({ size: 1 });
        answer([problem(), ids(importing.foundIn(local()))]);
    """

    assert page(script, answer(found(1)), refusal) == [refusal["refusal"], [1]]


def test_what_is_too_large_is_not_sent(page):
    script = """
        await choose({ size: 101 });
        const list = problem();
        await photograph({ size: 101 });
        answer([sent, list, problem()]);
    """

    assert page(script) == [
        [],
        "shelf_import.list_refusal.too_large",
        "shelf_import.photo_refusal.too_large",
    ]


def test_choosing_no_file_does_nothing(page):
    script = """
        await choose(undefined);
        await photograph(undefined);
        answer([sent, problem()]);
    """

    assert page(script) == [[], None]


def test_one_book_after_the_other_may_be_photographed(page):
    script = """
        await photograph({ size: 1 });
        await photograph({ size: 1 });
        await photograph({ size: 1 });
        const { found, missing } = localOf("page.import");
        answer([sent.map(([address]) => address), ids(found), missing]);
    """
    unknown = [{"number": 0, "written": KOKORO}]

    told = page(
        script, answer(found(1)), answer(found(2), missing=unknown), answer(missing=unknown)
    )

    assert told == [[PHOTOS] * 3, [1, 2], unknown]


def test_a_browser_that_knows_barcodes_sends_no_picture(page):
    script = """
        globalThis.createImageBitmap = async (photo) => photo;
        globalThis.BarcodeDetector = class {
          detect = async () => ["1920193007008", "9784003101018"].map((rawValue) => ({ rawValue }));
        };
        await photograph({ size: 101 });
        answer([sent, importing.missingIn(local())]);
    """

    assert page(script, answer(missing=[{"number": 1, "written": KOKORO}])) == [
        [[LISTS, KOKORO]],
        [{"number": 0, "written": KOKORO}],
    ]


@pytest.mark.parametrize("detect", ["async () => []", "async () => { throw new Error(); }"])
def test_what_a_browser_does_not_see_the_library_looks_at(page, detect):
    script = f"""
        globalThis.createImageBitmap = async (photo) => photo;
        globalThis.BarcodeDetector = class {{ detect = {detect}; }};
        await photograph({{ size: 1 }});
        answer(sent.map(([address]) => address));
    """

    assert page(script, answer(found(1))) == [PHOTOS]


def test_an_answer_that_comes_too_late_for_the_page_or_its_patron_is_dropped(page):
    script = """
        const first = paste("978");
        leavePage();
        await first;
        const left = localOf("page.import");
        const second = paste("978");
        show({ owner: "ken" });
        await second;
        answer([left ?? null, localOf("page.import") ?? null]);
    """

    assert page(script, answer(found(1)), answer(found(2))) == [None, None]


def test_pressing_twice_reads_once(page):
    script = 'await Promise.all([paste("978"), paste("978")]); answer(sent.length);'

    assert page(script, answer(found(1)), answer(found(1))) == 1


def test_a_record_read_twice_is_there_once_with_all_that_is_written_about_it(page):
    script = """
        await paste("978");
        await paste("978");
        answer(importing.foundIn(local()));
    """
    told = page(
        script,
        answer(found(1, note="a"), found(2)),
        answer(found(1, note="a"), found(2, note="b", is_read=True)),
    )

    assert told == [found(1, note="a"), found(2, note="b", is_read=True)]


def test_what_stands_there_already_and_what_has_no_room_is_known_before(page):
    script = """
        await paste("978");
        const contents = withBooks(ON_SHELF);
        const [one, two] = importing.foundIn(local());
        answer([
          importing.isThere(contents, SHELF, one), importing.isThere(contents, SHELF, two),
          ids(importing.newIn(local(), contents, SHELF)),
          importing.tooMany(local(), contents, SHELF, 2), importing.tooMany(local(), {}, SHELF, 9),
        ]);
    """.replace("ON_SHELF", json.dumps(on_shelf(2)))

    assert page(script, answer(found(1), found(2), found(3))) == [False, True, [1, 3], 1, 0]


def test_everything_that_is_new_is_put_there_by_one_operation(page):
    script = """
        await paste("978");
        await put(withBooks(ON_SHELF));
        answer([asked(), localOf("page.import_put"), importing.foundIn(local())]);
    """.replace("ON_SHELF", json.dumps(on_shelf(2)))

    operations, was_put, left = page(script, answer(found(3), found(2), found(1)))

    shown = {"shelf_name": "明治維新", "records": [record(3), record(1)]}
    assert operations == [["shelves.add", {"shelf_id": SHELF, "record_ids": [3, 1]}, shown]]
    assert (was_put["count"], len(was_put["operations"]), left) == (2, 1, [])


def test_what_was_not_found_stays_on_the_page_when_the_rest_is_put_there(page):
    script = 'await paste("978"); await put(); answer(importing.missingIn(local()));'
    missing = [{"number": 2, "written": KOKORO}]

    assert page(script, answer(found(1), missing=missing)) == missing


def test_notes_and_read_marks_follow_what_they_are_about(page):
    script = """
        await paste("978");
        await put();
        answer(asked().map(([kind, payload]) => [kind, payload]));
    """
    told = page(script, answer(found(1, note="好き"), found(2, is_read=True), found(3)))

    assert told == [
        ["shelves.add", {"shelf_id": SHELF, "record_ids": [1, 2, 3]}],
        ["shelves.note", {"shelf_id": SHELF, "record_id": 1, "note": "好き", "seen_note": ""}],
        ["shelves.mark", {"shelf_id": SHELF, "record_ids": [2], "is_read": True}],
    ]


def test_what_is_written_there_already_stays_above_and_nothing_is_said_twice(page):
    books = [on_shelf(1, note="古い", is_read=True), on_shelf(2, note="同じ\n別"), on_shelf(3)]
    script = """
        await paste("978");
        await put(withBooks(...BOOKS));
        answer(asked().map(([kind, { record_id, note, seen_note }]) =>
          [kind, record_id, note, seen_note]));
    """.replace("BOOKS", json.dumps(books))

    told = page(
        script, answer(found(1, note="新しい", is_read=True), found(2, note="同じ"), found(3))
    )

    assert told == [["shelves.note", 1, "古い\n新しい", "古い"]]


def test_a_note_that_gets_too_long_is_left_to_the_library_to_join(page):
    script = """
        await paste("978");
        await put(withBooks(BOOK));
        answer(asked().map(([, { note, seen_note }]) => [note.length, seen_note]));
    """.replace("BOOK", json.dumps(on_shelf(1, note="あ" * 1_500)))

    assert page(script, answer(found(1, note="い" * 1_500))) == [[1_500, ""]]


def test_what_has_no_room_is_asked_for_without_what_is_written_about_it(page):
    script = """
        await paste("978");
        await put(withBooks(BOOK), 2);
        answer(asked().map(([kind, { record_ids, record_id }]) => [kind, record_ids ?? record_id]));
    """.replace("BOOK", json.dumps(on_shelf(9)))
    books = [found(number, note="x", is_read=True) for number in (1, 2, 3)]

    assert page(script, answer(*books)) == [
        ["shelves.add", [1, 2, 3]],
        ["shelves.note", 1],
        ["shelves.mark", [1]],
    ]


def test_long_lists_are_put_there_in_portions(page):
    script = """
        await paste("978");
        await put({}, 5000);
        answer(asked().map(([kind, { record_ids }]) => [kind, record_ids.length]));
    """
    books = [found(number, is_read=True) for number in range(1, 2_501)]

    assert page(script, answer(*books)) == [
        *(["shelves.add", size] for size in (1_000, 1_000, 500)),
        *(["shelves.mark", size] for size in (1_000, 1_000, 500)),
    ]


def test_pressing_twice_puts_it_there_once(page):
    script = 'await paste("978"); await Promise.all([put(), put()]); answer(asked().length);'

    assert page(script, answer(found(1))) == 1


def test_what_the_library_refuses_of_it_is_told_and_nothing_older(page):
    script = """
        await paste("978");
        await put();
        const refused = now().operations.map((one) => ({ ...one, state: "refused" }));
        show({ operations: [{ ...refused[0], id: "older" }, ...refused] });
        const known = { "page.import_put": localOf("page.import_put") };
        answer(importing.refusedOf(known, now()).map(({ kind, id }) => [kind, id === "older"]));
    """

    assert page(script, answer(found(1, note="x"))) == [
        ["shelves.add", False],
        ["shelves.note", False],
    ]


def test_starting_over_forgets_what_was_read(page):
    script = """
        await paste("978");
        importing.forgetRead();
        await put();
        answer([asked(), ids(importing.foundIn(local()))]);
    """

    assert page(script, answer(found(1))) == [[], []]
