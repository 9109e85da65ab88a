"""Which messages a page shows, and what happens when one is opened (K-13)."""

import json

import pytest

UNREAD, READ, OLDER = (
    {"message_id": number, "is_to_many": False, "subject": f"{number}", "is_read": is_read}
    for number, is_read in ((3, False), (2, True), (1, False))
)
LETTERS = json.dumps([UNREAD, READ, OLDER])


@pytest.mark.parametrize(
    ("local", "shown"),
    [
        ({}, [3, 1]),
        ({"page.letters_read_too": True}, [3, 2, 1]),
        ({"page.letters_opened": ["one-2"]}, [3, 2, 1]),
        ({"page.letters_opened": ["many-2"]}, [3, 1]),
    ],
    ids=[
        *("unread only", "read ones too", "one that was opened here stays"),
        "another of that number was opened",
    ],
)
def test_k13_unread_messages_are_shown_and_read_ones_on_request(in_browser, local, shown):
    found = in_browser(
        f"""
        import {{ lettersShown }} from "./utils/letters.js";
        answer(lettersShown({json.dumps(local)}, {LETTERS}).map((one) => one.message_id));
        """
    )

    assert found == shown


@pytest.mark.parametrize(("letters", "newest"), [(LETTERS, 3), ("[]", None), ("null", None)])
def test_k13_the_newest_unread_message_is_the_one_on_the_patrons_page(in_browser, letters, newest):
    found = in_browser(
        f"""
        import {{ newestUnread }} from "./utils/letters.js";
        answer(newestUnread({letters})?.message_id ?? null);
        """
    )

    assert found == newest
