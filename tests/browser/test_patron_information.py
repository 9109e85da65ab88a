"""What is typed in the patron's information, as the page keeps it until it is saved (K-47)."""

FORM = """
import { isTickedIn, isTyped, textIn, checkInformation, saveInformation, forgetTyped }
  from "./utils/patron_information.js";
import { localOf } from "./utils/local.js";
import { events } from "./utils/context-registry.js";
globalThis.FormData = class {
  constructor(form) { this.fields = form; }
  [Symbol.iterator]() { return this.fields[Symbol.iterator](); }
};
const submitted = (fields) => ({ preventDefault() {}, target: Object.entries(fields) });
const local = () => ({ "information.typed": localOf("information.typed") });
"""


def test_k47_what_was_typed_stands_in_the_form_again(in_browser):
    found = in_browser(
        FORM
        + """
        checkInformation("check", 0, submitted({ telephone: "", hold_to_1: "on" }));
        answer([
          textIn(local(), 0, "telephone", "old"),
          isTickedIn(local(), 0, "hold_to_1", false),
          isTickedIn(local(), 0, "hold_to_2", true),
          textIn({}, 0, "telephone", "old"),
          isTickedIn({}, 0, "hold_to_2", true),
        ]);
        """
    )

    assert found == ["", True, False, "old", True]


def test_k48_only_what_was_typed_is_saved_with_the_wish_for_a_letter(in_browser):
    found = in_browser(
        FORM
        + """
        checkInformation("check", 0, submitted({ telephone: "1" }));
        saveInformation("save", 0, "ja", submitted({ letter: "on", letter_to: "2" }));
        answer(events);
        """
    )

    typed = {"telephone": "1"}
    assert found == [
        {"name": "check", "payload": {"typed": typed}},
        {
            "name": "save",
            "payload": {"typed": typed | {"letter": "on", "letter_to": "2"}, "lang": "ja"},
        },
    ]


def test_what_was_saved_or_thrown_away_is_typed_no_longer(in_browser):
    found = in_browser(
        FORM
        + """
        checkInformation("check", 0, submitted({ telephone: "1" }));
        const now = [isTyped(local(), 0), isTyped(local(), 1)];
        saveInformation("save", 1, "ja", submitted({}));
        forgetTyped();
        answer([...now, isTyped(local(), 0), events.length]);
        """
    )

    assert found == [True, False, False, 1]


def test_k47_who_cancels_leaves_and_nothing_stays_typed(in_browser):
    found = in_browser(
        FORM.replace("forgetTyped", "leaveForm")
        + """
        checkInformation("check", 0, submitted({ telephone: "1" }));
        leaveForm("/account");
        answer([isTyped(local(), 0), events.at(-1).name, events.at(-1).payload.path]);
        """
    )

    assert found == [False, "_redirect", "/account"]
