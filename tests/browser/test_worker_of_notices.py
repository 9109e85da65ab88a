"""What the worker does with a notice, where the library offers them."""

import json

import pytest

from portal_app import libraries
from portal_app.browser.manifest import ADDRESS
from portal_app.browser.worker import FALLBACK, worker_for
from portal_app.domain.policies import Push

# A browser around the worker: which tabs are open, and what was shown, counted and opened.
BROWSER = """
const did = [];
const heard = {};
const tabs = [];
const tab = (path) => ({
  url: `https://portal.example${path}`,
  focus: async () => did.push(["focus", path]),
});
globalThis.self = {
  addEventListener: (name, listener) => (heard[name] = listener),
  registration: {
    showNotification: async (title, look) => did.push(["show", title, look]),
  },
  clients: {
    matchAll: async () => tabs,
    openWindow: async (address) => did.push(["open", address]),
  },
};
Object.defineProperty(globalThis, "navigator", {
  configurable: true,
  value: { setAppBadge: async (count) => did.push(["badge", count]) },
});
const happen = async (name, event) => {
  let work;
  heard[name]({ ...event, waitUntil: (promise) => (work = promise) });
  await work;
};
const press = (address) =>
  happen("notificationclick", {
    notification: { data: address, close: () => did.push(["close"]) },
  });
"""
NOTICE = {
    "title": "図書館",
    "body": "予約についてのお知らせがあります。",
    "lang": "ja",
    "tag": "holds",
    "address": "/holds",
    "unread": 2,
}


@pytest.fixture
def build(tmp_path, monkeypatch):
    """Write the worker of a library that offers notices, or does not."""
    for address in ("/index.html", "/icon.svg", ADDRESS, FALLBACK):
        (tmp_path / address.lstrip("/")).write_text("")
    (tmp_path / "assets").mkdir()

    def build(*, is_offered: bool = True) -> str:
        push = Push(is_offered=is_offered)
        library = libraries.load("kagoshima").model_copy(update={"push": push})
        monkeypatch.setattr(libraries, "current", lambda: library)
        return worker_for(tmp_path, routes=["index"])

    return build


@pytest.fixture
def act(in_browser, build):
    """Let something happen to that worker."""
    return lambda script: in_browser(f"{BROWSER}{build()}\n{script}")


def pushed(notice=NOTICE) -> str:
    return f"await happen('push', {{ data: {{ json: () => ({json.dumps(notice)}) }} }});"


def test_a_notice_is_shown_as_it_is_said_and_the_unread_are_counted(act):
    shown, counted = sorted(act(f"{pushed()} answer(did);"), reverse=True)

    assert shown == [
        "show",
        "図書館",
        {
            "body": "予約についてのお知らせがあります。",
            "lang": "ja",
            "tag": "holds",
            "icon": "/icon-192.png",
            "renotify": True,
            "data": "/holds",
        },
    ]
    assert counted == ["badge", 2]


@pytest.mark.parametrize(
    "browser",
    [
        "delete navigator.setAppBadge;",
        "navigator.setAppBadge = async () => { throw new Error('not installed'); };",
    ],
)
def test_a_browser_without_a_badge_shows_the_notice_all_the_same(act, browser):
    assert [what for what, *_ in act(f"{browser} {pushed()} answer(did);")] == ["show"]


@pytest.mark.parametrize(
    ("tabs", "led"),
    [
        ([], ["open", "/holds"]),
        (["/search?q=holds", "/patron"], ["open", "/holds"]),
        (["/", "/holds/"], ["focus", "/holds/"]),
        (["/holds?order=title"], ["focus", "/holds?order=title"]),
    ],
)
def test_a_press_leads_to_what_it_is_about_and_leaves_every_other_tab_alone(act, tabs, led):
    opened = "".join(f"tabs.push(tab({path!r}));" for path in tabs)

    assert act(f"{opened} await press('/holds'); answer(did);") == [["close"], led]


def test_where_notices_are_not_offered_the_worker_is_the_same_as_ever(build):
    with_notices, without = build(), build(is_offered=False)

    assert "showNotification" in with_notices
    assert "showNotification" not in without
