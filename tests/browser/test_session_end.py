"""The end of a session: said before it comes, put off by whoever is there, in every tab."""

import pytest

# A browser whose clock the test sets, with what the page has registered to hear.
BROWSER = """
let now = 1_000_000;
Date.now = () => now;
const timers = [];
globalThis.setTimeout = (work, after) => timers.push({ work, at: now + after });
globalThis.clearTimeout = (number) => { if (number) timers[number - 1].work = () => undefined; };
const pass = (minutes) => {
  now += minutes * 60_000;
  for (const timer of [...timers].filter(({ at }) => at <= now)) {
    timer.work();
    timer.work = () => undefined;
  }
};
const listeners = {};
globalThis.window = { addEventListener: (name, listen) => (listeners[name] = listen) };
globalThis.document = { addEventListener: () => undefined };
const channels = [];
globalThis.window.BroadcastChannel = globalThis.BroadcastChannel = class {
  constructor(name) { this.name = name; this.said = []; channels.push(this); }
  postMessage(what) { this.said.push(what); }
};
const touch = (name = "keydown", isTrusted = true) => listeners[name]({ isTrusted });
const { events } = await import("./utils/context-registry.js");
const { show } = await import("./utils/offline/view.js");
const { hear, useSessionEnd } = await import("./utils/session_end.js");
show({ connection: "online" });
const lasting = (minutes, more) => ({
  ends_at: `2026-11-29T12:00:0${events.length}+09:00`,
  milliseconds: minutes * 60_000,
  may_stay: true,
  ...more,
});
const isSaid = () => useSessionEnd().isNear;
const channel = channels.find(({ name }) => name === "portal.session");
"""


@pytest.fixture
def asked(in_browser):
    """Return what a browser answers after these lines."""
    return lambda lines: in_browser(BROWSER + lines)


def test_the_end_is_said_three_minutes_before(asked):
    said = asked("""
        hear(lasting(60), "S.stay");
        pass(56.9);
        const before = isSaid();
        pass(0.2);
        answer([before, isSaid(), useSessionEnd().endsAt]);
    """)

    assert said == [False, True, "2026-11-29T12:00:00+09:00"]


def test_a_page_that_is_drawn_anew_does_not_count_from_the_beginning(asked):
    said = asked("""
        const told = lasting(60);
        hear(told, "S.stay");
        pass(50);
        hear({ ...told }, "S.stay");
        pass(8);
        answer(isSaid());
    """)

    assert said


def test_a_touch_puts_the_end_off(asked):
    told = asked("""
        hear(lasting(60), "S.stay");
        pass(58);
        touch("pointerdown");
        hear(lasting(60), "S.stay");
        answer([events.map(({ name }) => name), isSaid()]);
    """)

    assert told == [["S.stay"], False]


def test_whoever_types_for_an_hour_is_never_told_of_an_end(asked):
    told = asked("""
        hear(lasting(60), "S.stay");
        let wasSaid = false;
        for (let minute = 0; minute < 120; minute += 1) {
          const before = events.length;
          touch("input");
          if (events.length > before) hear(lasting(60), "S.stay");
          pass(1);
          wasSaid ||= isSaid();
        }
        answer([wasSaid, events.length]);
    """)

    was_said, times = told
    assert not was_said
    assert 15 <= times <= 24  # seldom: not at every key


@pytest.mark.parametrize(
    "why_not",
    [
        'hear(lasting(60, { may_stay: false }), "S.stay"); pass(58); touch()',
        'hear(lasting(60), "S.stay"); pass(58); touch("input", false)',
        'hear(lasting(60), "S.stay"); pass(58); show({ connection: "offline" }); touch()',
        'hear({ ends_at: "", milliseconds: 0, may_stay: false }, "S.stay"); pass(58); touch()',
        'hear(lasting(60), "S.stay"); pass(1); touch()',
    ],
    ids=["the longest time", "a script", "no connection", "nobody", "a moment ago"],
)
def test_no_touch_is_told_where_it_does_not_help(asked, why_not):
    assert asked(f"{why_not}; answer(events.length);") == 0


def test_without_a_connection_nothing_is_said_that_cannot_be_helped(asked):
    said = asked("""
        hear(lasting(60), "S.stay");
        show({ connection: "offline" });
        pass(58);
        answer(isSaid());
    """)

    assert not said


def test_what_one_tab_hears_silences_the_others(asked):
    said = asked("""
        hear(lasting(60), "S.stay");
        pass(58);
        const before = isSaid();
        channel.onmessage({ data: { ...channel.said[0], until: now + 3_600_000 } });
        answer([before, isSaid(), channel.said.length]);
    """)

    assert said == [True, False, 1]


def test_a_desk_does_not_silence_a_patron(asked):
    said = asked("""
        hear(lasting(60), "S.stay");
        pass(58);
        channel.onmessage({ data: { stay: "Desk.stay", endsAt: "", until: now + 3_600_000 } });
        answer(isSaid());
    """)

    assert said
