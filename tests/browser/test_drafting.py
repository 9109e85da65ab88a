"""What is being typed: sealed so that only its writer reads it, and gone when it is done with."""

import pytest

HANAKO, TARO = "ab" * 32, "cd" * 32

# A tab with a session storage.
TAB = f"""
const kept = {{}};
globalThis.sessionStorage = {{
  getItem: (name) => kept[name] ?? null,
  setItem: (name, value) => (kept[name] = value),
  removeItem: (name) => delete kept[name],
}};
const {{ opened, sealed }} = await import("./utils/drafting.js");
const {{ forgetDrafts, readDrafts, turnPage, writeDraft }} = await import("./utils/drafts.js");
const [HANAKO, TARO] = ["{HANAKO}", "{TARO}"];
const typed = {{ "memo#0": "hanako@example.jp に送る" }};
"""


@pytest.fixture
def asked(in_browser):
    """Return what a tab answers after these lines."""
    return lambda lines: in_browser(TAB + lines)


def test_what_was_typed_comes_back_to_its_writer(asked):
    said = asked("""
        writeDraft("alert", await sealed(HANAKO, "alert", typed));
        answer(await opened(HANAKO, "alert", readDrafts().alert));
    """)

    assert said == {"memo#0": "hanako@example.jp に送る"}


@pytest.mark.parametrize(
    "stranger",
    [
        'await opened(TARO, "alert", draft)',
        'await opened(HANAKO, "information", draft)',
        'await opened(HANAKO, "alert", { ...draft, at: Date.now() - 25 * 3600 * 1000 })',
        'await opened(HANAKO, "alert", undefined)',
    ],
    ids=["another patron", "another form", "a day later", "nothing typed"],
)
def test_it_comes_back_to_nobody_and_nothing_else(asked, stranger):
    draft = 'const draft = await sealed(HANAKO, "alert", typed);'

    assert asked(f"{draft} answer({stranger});") is None


def test_nothing_of_it_can_be_read_in_the_tab(asked):
    said = asked("""
        writeDraft("alert", await sealed(HANAKO, "alert", typed));
        answer(JSON.stringify(kept));
    """)

    assert "alert" in said
    assert not any(word in said for word in ("hanako", "memo", "送る", HANAKO))


@pytest.mark.parametrize(
    ("way", "is_left"),
    [
        (["/alerts/new", "/alerts/new"], True),
        (["/alerts/new", "/alerts/confirm"], True),
        (["/alerts/new", "/sign-in"], True),
        (["/alerts/new", "/sign-in", "/account", "/alerts/new"], True),
        (["/alerts/new", "/desk/sign-in/", "/desk"], True),
        (["/alerts/new", "/loans"], False),
        (["/alerts/new", "/alerts/confirm", "/alerts"], False),
    ],
    ids=str,
)
def test_a_draft_stays_until_its_writer_goes_elsewhere(asked, way, is_left):
    said = asked(f"""
        writeDraft("alert", await sealed(HANAKO, "alert", typed));
        for (const path of {way!r}) turnPage(path);
        answer("alert" in readDrafts());
    """)

    assert said is is_left


def test_whoever_signs_out_leaves_nothing(asked):
    said = asked("""
        writeDraft("alert", await sealed(HANAKO, "alert", typed));
        forgetDrafts();
        answer(kept);
    """)

    assert said == {}
