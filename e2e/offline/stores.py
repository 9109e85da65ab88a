"""What a browser keeps of the portal, read as somebody would who opens its tools."""

import json
from typing import Any, NamedTuple

from playwright.sync_api import Page

# Turns what the browser answers later into something to wait for.
_DONE = """const done = (asked) => new Promise((resolve, reject) => {
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => reject(asked.error);
});"""

_ROWS = f"""async () => {{
  {_DONE}
  const rows = [];
  for (const {{ name }} of await indexedDB.databases()) {{
    const opened = await done(indexedDB.open(name));
    for (const store of opened.objectStoreNames) {{
      const kept = opened.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([
        done(kept.getAllKeys()), done(kept.getAll())]);
      keys.forEach((key, at) => rows.push([store, key, values[at]]));
    }}
    opened.close();
  }}
  return rows;
}}"""

_NOTHING_WAITS = f"""async () => {{
  const rows = await ({_ROWS})();
  const waits = rows.some(([store, , row]) => store === "operations" && row.state === "waiting");
  return !waits || !navigator.onLine;
}}"""

_NOTHING_IS_KEPT = f"async () => !(await ({_ROWS})()).length"

_CACHED = """async () => {
  const read = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys())
      read.push([request.url, await (await cache.match(request)).text()]);
  }
  return read;
}"""

_AGE = f"""async (days) => {{
  {_DONE}
  const opened = await done(indexedDB.open("portal"));
  const about = opened.transaction("about", "readwrite").objectStore("about");
  const copy = await done(about.get("copy"));
  copy.confirmedAt -= days * 24 * 3600 * 1000;
  await done(about.put(copy, "copy"));
  opened.close();
}}"""


class Row(NamedTuple):
    """A row of a database in the browser."""

    store: str
    key: Any
    value: Any


def rows_in(tab: Page) -> list[Row]:
    """Return every row of every database."""
    return [Row(*row) for row in tab.evaluate(_ROWS)]


def operations_in(tab: Page, *, state: str = "waiting") -> list[str]:
    """Return the kinds of the operations that this device keeps and that are in a state."""
    rows = [row for row in rows_in(tab) if row.store == "operations"]
    return [row.value["kind"] for row in rows if row.value["state"] == state]


def wait_until_nothing_waits(tab: Page) -> None:
    """Wait until all that was done here has reached the library, if there is a way to it."""
    tab.wait_for_function(_NOTHING_WAITS, polling=50)


def wait_until_nothing_is_kept(tab: Page) -> None:
    """Wait until this device has neither a copy nor anything to send."""
    tab.wait_for_function(_NOTHING_IS_KEPT, polling=50)


def copies_in(tab: Page) -> set[str]:
    """Return the names of the states that this device has a copy of."""
    return {row.key for row in rows_in(tab) if row.store == "copies"}


def has_every_book(tab: Page) -> bool:
    """Tell whether this device knows shelves, and of each of them its books."""
    kept = [row.value["fields"] for row in rows_in(tab) if row.key == "ShelvesState"]
    return any(one["shelves"] and len(one["contents"]) == len(one["shelves"]) for one in kept)


def everything_in(tab: Page) -> dict[str, str]:
    """Return all that outlives the page, each store as one text."""
    return {
        "databases": json.dumps(rows_in(tab), ensure_ascii=False),
        "local": tab.evaluate("JSON.stringify({ ...localStorage })"),
        "session": tab.evaluate("JSON.stringify({ ...sessionStorage })"),
        "cookies": tab.evaluate("document.cookie"),
        "caches": json.dumps(tab.evaluate(_CACHED), ensure_ascii=False),
    }


def make_copy_older(tab: Page, *, days: int) -> None:
    """Let the copy have been made so long ago."""
    tab.evaluate(_AGE, days)
