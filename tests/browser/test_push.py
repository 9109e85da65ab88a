"""Switching notices on and off on a device, and that nobody's stay when they sign out."""

import pytest

# A browser that has notices, and what it was asked.
BROWSER = """
import { events } from "./utils/context-registry.js";
import { localOf } from "./utils/local.js";
import * as device from "./utils/offline/device.js";
import { look, switchOff, switchOn } from "./utils/push.js";
import { show } from "./utils/offline/view.js";

const kept = {};
globalThis.localStorage = {
  getItem: (name) => kept[name] ?? null,
  setItem: (name, value) => (kept[name] = value),
  removeItem: (name) => delete kept[name],
};
const did = [];
const at = (endpoint) => ({
  endpoint,
  unsubscribe: async () => did.push("unsubscribe"),
  toJSON: () => ({ endpoint, keys: { p256dh: "point", auth: "salt" } }),
});
const has = { subscription: null, permission: "granted", fails: false };
globalThis.window = { PushManager: class {}, Notification: class {} };
globalThis.Notification = {
  get permission() { return has.permission; },
  requestPermission: async () => has.permission,
};
const registration = {
  getNotifications: async () => [{ close: () => did.push("close") }],
  pushManager: {
    getSubscription: async () => has.subscription,
    subscribe: async ({ applicationServerKey: key }) => {
      if (has.fails) throw new Error("no service");
      did.push(`subscribe ${key}`);
      return at("https://push.example/new");
    },
  },
};
Object.defineProperty(globalThis, "navigator", {
  configurable: true,
  value: {
    serviceWorker: { getRegistration: async () => registration },
    setAppBadge: async (count) => did.push(`badge ${count}`),
  },
});
show({ owner: "hanako", isKnown: true, connection: "online" });
const obstacle = () => localOf("page.push_obstacle");
"""


@pytest.fixture
def act(in_browser):
    """Do something as Hanako."""
    return lambda script: in_browser(f"{BROWSER}{script}")


def test_what_the_browser_gives_is_told_to_the_library_in_the_language_that_is_read(act):
    told, did, whose, against = act(
        """
        await switchOn("on", "key", "en");
        answer([events, did, kept["portal.push"], obstacle()]);
        """
    )

    [event] = told
    assert event == {
        "name": "on",
        "payload": {
            "endpoint": "https://push.example/new",
            "public_key": "point",
            "secret": "salt",
            "lang": "en",
        },
    }
    assert (did, whose, against) == (["subscribe key"], "hanako", "")


def test_what_was_there_before_is_given_up_first(act):
    did = act(
        """
        has.subscription = at("https://push.example/old");
        await switchOn("on", "key", "ja");
        answer(did);
        """
    )

    assert did == ["unsubscribe", "subscribe key"]


@pytest.mark.parametrize(
    ("given", "obstacle"),
    [
        ("has.permission = 'denied'", "denied"),
        ("has.permission = 'default'", "not_allowed"),
        ("has.fails = true", "failed"),
        ("navigator.serviceWorker.getRegistration = async () => undefined", "failed"),
    ],
)
def test_a_browser_that_says_no_is_quoted_and_the_library_hears_of_nothing(act, given, obstacle):
    assert act(f"{given}; await switchOn('on', 'key', 'ja'); answer([events, obstacle()]);") == [
        [],
        obstacle,
    ]


@pytest.mark.parametrize(
    ("given", "obstacle"),
    [
        ("", ""),
        ("kept['portal.terminal'] = 'server'", "terminal"),
        ("delete window.PushManager", "unsupported"),
        ("delete window.PushManager; navigator.standalone = false", "install_first"),
        ("delete window.Notification; navigator.standalone = true", "unsupported"),
        ("has.permission = 'denied'", "denied"),
    ],
)
def test_the_page_says_at_once_what_stands_against_it(act, given, obstacle):
    assert act(f"{given}; await look('look'); answer([obstacle(), events.length]);") == [
        obstacle,
        0 if obstacle else 1,
    ]


@pytest.mark.parametrize("endpoint", ["", "https://push.example/old"])
def test_the_library_is_asked_about_this_very_device(act, endpoint):
    assert act(
        f"""
        if ({endpoint!r}) has.subscription = at({endpoint!r});
        await look("look");
        answer(events[0].payload);
        """
    ) == {"endpoint": endpoint}


def test_switched_off_nothing_is_left_on_the_device_and_the_library_hears_of_it(act):
    assert act(
        """
        kept["portal.push"] = "hanako";
        has.subscription = at("https://push.example/old");
        await switchOff("off");
        answer([did, kept, events]);
        """
    ) == [
        ["badge 0", "close", "unsubscribe"],
        {},
        [{"name": "off", "payload": {"endpoint": "https://push.example/old"}}],
    ]


SIGN_OUT = """
import { prepare } from "./utils/offline/copy.js";
import { signOut } from "./utils/offline/leaving.js";
prepare({ states: {} }, {}, {});
kept["portal.push"] = "hanako";
has.subscription = at("https://push.example/old");
globalThis.document = {};
globalThis.sessionStorage = { removeItem: () => undefined };
globalThis.window.location = { assign: () => undefined };
const asked = [];
let isReached = true;
globalThis.fetch = async (address, { body }) => {
  asked.push([address, body.get("endpoint")]);
  if (!isReached) throw new Error("no connection");
  return { ok: true };
};
"""


def test_who_signs_out_has_no_notices_any_more_and_the_library_hears_where_they_came(act):
    asked, did, leaving = act(
        f"{SIGN_OUT} await signOut(); answer([asked, did, kept['portal.leaving'] ?? null]);"
    )

    assert asked == [["/auth/sign-out", "https://push.example/old"]]
    assert did[-1] == "unsubscribe"
    assert leaving is None


def test_who_signs_out_without_a_connection_has_none_either_and_it_is_told_later(act):
    asked, did, kept = act(
        f"""
        {SIGN_OUT}
        isReached = false;
        await signOut();
        answer([asked.length, did, kept]);
        """
    )

    assert asked == 1
    assert did[-1] == "unsubscribe"
    assert kept == {"portal.leaving": "https://push.example/old"}


def test_a_service_that_does_not_answer_keeps_nobody_from_signing_out(act):
    asked = act(
        f"""
        {SIGN_OUT}
        has.subscription.unsubscribe = () => new Promise(() => undefined);
        globalThis.setTimeout = (work) => work(); // patience is over
        await signOut();
        answer(asked.length);
        """
    )

    assert asked == 1


@pytest.mark.parametrize(("owner", "is_another"), [("hanako", False), ("ken", True)])
def test_a_device_knows_whose_notices_it_has(act, owner, is_another):
    assert (
        act(
            f"""
        kept["portal.push"] = "hanako";
        answer(device.pushesToAnother({owner!r}));
        """
        )
        is is_another
    )


def test_a_device_without_notices_asks_for_nothing(act):
    assert act(
        """
        delete navigator.setAppBadge;
        delete navigator.serviceWorker;
        answer([await device.endPush(), device.pushesToAnother("hanako"), did]);
        """
    ) == ["", False, []]


@pytest.mark.parametrize(("is_offered", "badges"), [(True, ["badge 3", "badge 0"]), (False, [])])
def test_an_installed_app_shows_how_much_is_unread_for_whoever_is_signed_in(
    act, is_offered, badges
):
    offered = "true" if is_offered else "false"
    assert (
        act(
            f"""
            const {{ prepare, render }} = await import("./utils/offline/copy.js");
            const {{ wired }} = await import("./utils/offline/wire.js");
            const states = {{ SessionState: {{ substate: "session", fields: ["unread_count"] }} }};
            const store = {{ getSnapshot: () => wired({{ unread_count: 3 }}) }};
            prepare({{ hasBadge: {offered}, states }}, {{ session: () => undefined }}, store);
            render();
            show({{ owner: "" }});
            render();
            answer(did);
            """
        )
        == badges
    )
