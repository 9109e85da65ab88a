"""The few lines of Reflex's own files that the portal needs otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Unpack

from reflex_base.constants import Templates
from reflex_base.plugins import Plugin
from reflex_base.plugins.base import PreCompileContext

from portal_app.browser.plugin import MODULES

# What can run by itself of the files that all pages share, in this order.
SHARED = ("react", "vendor", "words")
# Our modules, as the bundler knows them.
NAMES = sorted({Path(module).parts[0].removesuffix(".js") for module in (*MODULES, "words.js")})


class ReflexHasChanged(RuntimeError):
    """Raised at a build when a line of Reflex's is no longer what we change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A piece of a file that Reflex writes, and what stands there instead each time."""

    file: str
    theirs: str
    ours: str
    times: int = 1

    def make(self, text: str) -> str:
        """Return the file with the change, which an earlier build may have made."""
        if self.ours in text:
            return text
        if text.count(self.theirs) != self.times:
            raise ReflexHasChanged(self.file, self.theirs)
        return text.replace(self.theirs, self.ours)


CHANGES = (
    # Reflex writes the server's address into the pages when they are built, and then
    # keeps the port but not the host. One build must do for any port and any name.
    Change(
        file="utils/state.js",
        theirs="const endpoint = new URL(url_str);",
        ours="""const compiled = new URL(url_str);
  const endpoint = new URL(compiled.pathname, globalThis.location?.origin ?? compiled);""",
    ),
    # While a device is signing out, the server would send what it may no longer show. Reflex asks
    # for a cookie of its cloud at every event, for which a page has to ask the browser.
    Change(
        file="utils/state.js",
        theirs="""export const isBackendDisabled = () => {
  const cookie = document.cookie
    .split("; ")
    .find((row) => row.startsWith("backend-enabled="));
  return cookie !== undefined && cookie.split("=")[1] == "false";
};""",
        ours="""import { isLeaving as isBackendDisabled } from "$/utils/offline/device";
export { isBackendDisabled };""",
    ),
    # Reflex reads all cookies when a page begins. No script of ours keeps anything in them.
    Change(
        file="utils/state.js",
        theirs='import Cookies from "universal-cookie";',
        ours="const Cookies = Object;",
    ),
    # Code that comes as a text is refused by the content security policy. That it might come
    # keeps the bundler from shortening any name that such code could use.
    Change(file="utils/state.js", theirs=" eval(", ours=" globalThis.eval(", times=5),
    # What the server says is drawn in slices.
    Change(
        file="utils/context-registry.js",
        theirs="""import {
  createContext,
  useContext,
  useMemo,
  useSyncExternalStore,
} from "react";""",
        ours="""import { createContext, useContext, useMemo } from "react";
import { useInSlices } from "$/utils/slices";""",
    ),
    Change(
        file="utils/context-registry.js",
        theirs="return useSyncExternalStore(subscribe, getSnapshot, getSnapshot);",
        ours="return useInSlices(subscribe, getSnapshot, getSnapshot);",
    ),
    # When the server is of another release, Reflex reloads the page and, should that not be
    # enough, shows an English banner over it.
    Change(
        file="utils/state.js",
        theirs='import throttle from "$/utils/helpers/throttle";',
        ours="""import throttle from "$/utils/helpers/throttle";
import { takeRelease } from "$/utils/worker";""",
    ),
    Change(
        file="utils/state.js",
        theirs="socket.current.on(STATE_MISMATCH_EVENT, handleStateMismatch);",
        ours="""socket.current.on(STATE_MISMATCH_EVENT, ({ backend }) =>
    takeRelease(app.stateSchema, backend),
  );""",
    ),
    # After an outage every open page would ask for the server every two seconds, all of
    # them in step since the moment it went away.
    Change(
        file="utils/state.js",
        theirs="}, 200 * failed_attempts); // Incremental backoff",
        ours="}, Math.min(200 * 1.5 ** failed_attempts, 5000) * (0.5 + Math.random()));",
    ),
    # A network that takes a call and lets it come to nothing is not waited for that long.
    Change(
        file="utils/state.js",
        theirs="reconnection: false,",
        ours="""reconnection: false,
    timeout: 10_000,""",
    ),
    # The connection is opened while the page is still put together, but not in the same go.
    Change(
        file="utils/state.js",
        theirs="queueMicrotask(() => {\n    if (\n      socketStarted ||",
        ours="setTimeout(() => {\n    if (\n      socketStarted ||",
    ),
    # Left as it is, the build makes a file of its own for each icon that two pages share, and a
    # phone in the stacks asks for each of them. In one file it would run all of it in one go.
    Change(
        file="vite.config.js",
        theirs="groups: [",
        ours=f"""groups: [
            {{ test: /node_modules[\\\\/](react|react-dom|scheduler)[\\\\/]/, name: "react" }},
            {{ test: /node_modules[\\\\/](?!lucide-react)/, name: "vendor" }},
            {{ test: /utils[\\\\/]words/, name: "words" }},
            {{ test: /lucide-react|utils[\\\\/]({"|".join(NAMES)})/, name: "portal" }},""",
    ),
    # Emotion turns style props into <style> elements. We have none, and the content
    # security policy would refuse them. An icon of Lucide's has an element for each stroke.
    Change(
        file="vite.config.js",
        theirs="alias: [",
        ours="""alias: [
      {
        find: "@emotion/react",
        replacement: fileURLToPath(new URL("./utils/plain_jsx.js", import.meta.url)),
      },
      {
        find: /^.*\\/createLucideIcon\\.mjs$/,
        replacement: fileURLToPath(new URL("./utils/icon.js", import.meta.url)),
      },""",
    ),
    # Pages that are drawn beforehand take packages from where they lie, whatever stands in for
    # a part of them, unless they are bundled as well.
    Change(
        file="vite.config.js",
        theirs="  resolve: {",
        ours="""  ssr: { noExternal: ["lucide-react"] },
  resolve: {""",
    ),
)


class ChangesPlugin(Plugin):
    """Makes the changes each time Reflex has written its files."""

    def get_static_assets(self, **_context: Any) -> Sequence[tuple[Path, str | bytes]]:  # noqa: ANN401  as Reflex declares it
        """Return the files as Reflex has them, which an earlier build may have changed otherwise.

        Reflex itself leaves them alone for as long as its version is the same.
        """
        theirs = {file: Templates.Dirs.WEB_TEMPLATE / file for file in {c.file for c in CHANGES}}
        return [
            (Path(file), template.read_text("utf-8"))
            for file, template in theirs.items()
            if template.exists()
        ]

    def pre_compile(self, **context: Unpack[PreCompileContext]) -> None:
        """Ask for them."""
        for change in CHANGES:
            context["add_modify_task"](change.file, change.make)
