"""How the pages look, and to whom that belongs: to the device, or to whoever is signed in."""

import json
from importlib.resources import files

import pytest

from portal_app.domain.display import CHOICES
from portal_app.text import offered

# A browser with a storage, and a page that has told the display who is signed in.
BROWSER = """
const kept = {};
globalThis.localStorage = {
  getItem: (name) => kept[name] ?? null,
  setItem: (name, value) => (kept[name] = value),
  removeItem: (name) => delete kept[name],
};
globalThis.matchMedia = () => ({ matches: false });
globalThis.document = { documentElement: { dataset: {} }, addEventListener: () => undefined };
let hear;
globalThis.window = {
  location: { search: "" },
  addEventListener: (name, listen) => {
    if (name === "storage") hear = listen;
  },
};
const display = await import("./utils/display.js");
const { choose, follow, forgetAccountsDisplay, sit, useDisplay } = display;
const { now, show } = await import("./utils/offline/view.js");
const { learn } = await import("./utils/speech.js");
const { prepareOutbox } = await import("./utils/offline/outbox.js");
prepareOutbox("deliver", () => undefined);
show({ owner: "hanako", isKnown: true });
const signIn = (chosen, isTerminal = false) => {
  sit({ isSignedIn: true, isTerminal });
  follow(chosen);
};
const looks = () => {
  const { palette, size, lang } = useDisplay();
  return [palette, size, lang].join(" ");
};
const told = () => now().operations.map(({ payload }) => payload);
const later = () => new Promise((resolve) => setImmediate(resolve));
"""


@pytest.fixture
def asked(in_browser):
    """Return what a browser answers after these lines."""
    return lambda lines: in_browser(BROWSER + lines)


def test_a_choice_of_nobody_stays_on_the_device_alone(asked):
    said = asked("""
        choose("palette", "dark");
        await later();
        answer([looks(), kept["portal.display"], told()]);
    """)

    assert said == ["dark medium ja", '{"palette":"dark"}', []]


def test_a_choice_of_a_patron_is_told_and_stays_on_the_device(asked):
    said = asked("""
        signIn({});
        choose("size", "large");
        await later();
        forgetAccountsDisplay();
        answer([looks(), told()]);
    """)

    assert said == ["standard large ja", [{"name": "size", "choice": "large"}]]


def test_what_a_patron_has_chosen_elsewhere_goes_before_what_the_device_has(asked):
    said = asked("""
        choose("palette", "dark");
        choose("lang", "en");
        signIn({ palette: "cud", size: "large" });
        const signedIn = looks();
        forgetAccountsDisplay();
        answer([signedIn, looks()]);
    """)

    assert said == ["cud large en", "dark medium en"]


def test_nothing_of_a_patron_stays_at_a_terminal(asked):
    said = asked("""
        signIn({ palette: "dark" }, true);
        choose("size", "large");
        await later();
        const signedIn = looks();
        forgetAccountsDisplay();
        answer([signedIn, looks(), kept, told().length]);
    """)

    assert said == ["dark large ja", "standard medium ja", {}, 1]


def test_another_patron_sees_nothing_of_the_one_before(asked):
    said = asked("""
        signIn({ palette: "dark" });
        signIn({});
        answer(looks());
    """)

    assert said == "standard medium ja"


def test_what_is_chosen_after_the_end_of_a_session_holds_on_this_device(asked):
    said = asked("""
        signIn({ palette: "dark" });
        sit({ isSignedIn: false, isTerminal: false });
        choose("palette", "cud");
        await later();
        answer([looks(), JSON.parse(kept["portal.display.account"]), told()]);
    """)

    assert said == ["cud medium ja", {"palette": "cud"}, []]


def test_what_another_tab_chooses_is_shown_here(asked):
    said = asked("""
        signIn({ palette: "cud" });
        hear({ key: "portal.display", newValue: '{"palette": "dark", "size": "large"}' });
        const ofDevice = looks();
        kept["portal.display.account"] = '{"palette": "dark"}';
        hear({ key: "portal.display.account" });
        answer([ofDevice, looks()]);
    """)

    assert said == ["cud large ja", "dark medium ja"]


def test_a_page_goes_on_in_its_language_until_it_knows_the_other(asked):
    said = asked("""
        const speaks = () => [useDisplay().spoken, document.documentElement.lang];
        const first = useDisplay().spoken;
        choose("lang", "en");
        choose("palette", "dark");
        const then = [...speaks(), looks()];
        await learn("en");
        await later();
        answer([first, then, speaks()]);
    """)

    assert said == ["ja", ["ja", "ja", "dark medium en"], ["en", "en"]]


def test_who_thinks_better_of_a_language_is_not_taken_to_it(asked):
    said = asked("""
        choose("lang", "en");
        choose("lang", "ja");
        await learn("en");
        await later();
        answer([useDisplay().spoken, looks()]);
    """)

    assert said == ["ja", "standard medium ja"]


@pytest.mark.parametrize(
    ("device", "account", "shown"),
    [
        ({"palette": "cud"}, {"palette": "dark", "lang": "en"}, ["dark", "en", "en", True]),
        ({"palette": "cud"}, None, ["cud", None, "ja", False]),
        ({"mode": "child"}, {"palette": "dark"}, ["dark", None, "ja-simple", True]),
        (None, None, [None, None, "ja", False]),
    ],
    ids=str,
)
def test_the_same_is_there_before_the_first_paint(in_browser, device, account, shown):
    said = in_browser(f"""
        const kept = {{
          "portal.display": {json.dumps(json.dumps(device))},
          "portal.display.account": {json.dumps(json.dumps(account))},
        }};
        globalThis.localStorage = {{ getItem: (name) => kept[name] }};
        globalThis.matchMedia = () => ({{ matches: false }});
        const root = {{ dataset: {{}}, lang: "ja" }};
        globalThis.document = {{ documentElement: root }};
        (0, eval)({json.dumps(_before_paint())});
        answer([
          root.dataset.palette, root.dataset.lang, root.lang, "unspoken" in root.dataset,
        ]);
    """)

    assert said == shown


def test_room_is_kept_for_the_bar_of_who_is_signed_in(asked):
    said = asked("""
        signIn({});
        const then = kept["portal.room"];
        sit({ isSignedIn: false, isTerminal: false });
        answer([then, "portal.room" in kept]);
    """)

    assert said == ["kept", False]


def _before_paint() -> str:
    return (files("portal_app.browser") / "before_paint.js").read_text("utf-8")


def test_the_browser_offers_what_the_library_remembers(in_browser):
    said = in_browser("""
        globalThis.document = { documentElement: { dataset: {} } };
        const { CHOICES } = await import("./utils/display.js");
        answer(CHOICES);
    """)

    assert said == {"lang": list(offered()), **{name: list(of) for name, of in CHOICES.items()}}
