"""The Reflex plugin that makes the portal an app: its manifest, and its service worker."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Unpack

from reflex_base.constants import Dirs, ReactRouter
from reflex_base.plugins import Plugin
from reflex_base.plugins.base import PostBuildContext

from portal_app import libraries
from portal_app.browser import manifest
from portal_app.browser.templates import template

WORKER = "/sw.js"
FALLBACK = f"/{ReactRouter.SPA_FALLBACK}"

# What every page names, besides the files whose names change with their content.
NAMED_BY_PAGES = ("/icon.svg", manifest.ADDRESS)

_COMPRESSED = frozenset({".br", ".gz"})
_VARIABLE_PART = re.compile(r"\\\[\w+\\\]")


class WorkerPlugin(Plugin):
    """Writes both when everything else has been built."""

    def post_build(self, **context: Unpack[PostBuildContext]) -> None:
        """Write them beside the pages."""
        built = context["static_dir"]
        routes = json.loads((built.parents[1] / Dirs.ROUTES_MANIFEST).read_text("utf-8"))
        _at(manifest.ADDRESS, built).write_text(manifest.written(), "utf-8")
        _at(WORKER, built).write_text(worker_for(built, routes=routes), "utf-8")


def worker_for(built: Path, *, routes: Sequence[str]) -> str:
    """Return the service worker for the pages and files of a build."""
    notices = ("worker_of_notices.js",) if libraries.current().push.is_offered else ()
    written = template("worker_template.js", *notices)
    contents = {
        "PAGES": _pages(built),
        "FALLBACK": FALLBACK,
        "WITH_FALLBACK": _pattern_of(routes),
        "FILES": {address: _digest(_at(address, built)) for address in NAMED_BY_PAGES},
        "ASSETS": _assets(built),
    }
    release = hashlib.sha256(json.dumps([written, contents]).encode()).hexdigest()[:12]
    for name, value in {"RELEASE": release, **contents}.items():
        written = written.replace(f"__{name}__", json.dumps(value, separators=(",", ":")))
    return written


def _at(address: str, built: Path) -> Path:
    return built / address.lstrip("/")


def _pages(built: Path) -> Mapping[str, str]:
    pages = {
        f"/{page.parent.relative_to(built).as_posix()}".removesuffix("."): page
        for page in sorted(built.rglob("index.html"))
    }
    pages[FALLBACK] = built / ReactRouter.SPA_FALLBACK
    return {address: _digest(page) for address, page in pages.items()}


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]  # tells releases apart, no more


def _assets(built: Path) -> list[str]:
    return [
        file.name for file in sorted((built / "assets").iterdir()) if file.suffix not in _COMPRESSED
    ]


def _pattern_of(routes: Sequence[str]) -> str:
    """Return the pattern of every address whose page could not be drawn beforehand."""
    patterns = [_VARIABLE_PART.sub("[^/]+", re.escape(route)) for route in routes if "[" in route]

    return f"^/(?:{'|'.join(patterns)})$"
