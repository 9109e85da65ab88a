"""The Reflex plugin that makes the portal an app: its manifest, and its service worker."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Unpack

from reflex_base.constants import Dirs, ReactRouter
from reflex_base.plugins import Plugin
from reflex_base.plugins.base import PostBuildContext

from portal_app.browser import manifest

WORKER = "sw.js"
FALLBACK = f"/{ReactRouter.SPA_FALLBACK}"

# Besides what lies in the folder of the files that are named by their content.
DRAWN_ON_EVERY_PAGE = ("/icon.svg",)

_COMPRESSED = frozenset({".br", ".gz"})
_VARIABLE_PART = re.compile(r"\\\[\w+\\\]")


class WorkerPlugin(Plugin):
    """Writes both when everything else has been built."""

    def post_build(self, **context: Unpack[PostBuildContext]) -> None:
        """Write them beside the pages."""
        built = context["static_dir"]
        routes = json.loads((built.parents[1] / Dirs.ROUTES_MANIFEST).read_text("utf-8"))
        (built / manifest.ADDRESS.lstrip("/")).write_text(manifest.written(), "utf-8")
        (built / WORKER).write_text(worker_for(built, routes=routes), "utf-8")


def worker_for(built: Path, *, routes: Sequence[str]) -> str:
    """Return the service worker for the pages and files of a build."""
    template = (files("portal_app.browser") / "worker_template.js").read_text("utf-8")
    contents = {
        "PAGES": _pages(built),
        "FALLBACK": FALLBACK,
        "WITH_FALLBACK": _pattern_of(routes),
        "FILES": _files(built),
    }
    release = hashlib.sha256(json.dumps([template, contents]).encode()).hexdigest()[:12]
    for name, value in {"RELEASE": release, **contents}.items():
        template = template.replace(f"__{name}__", json.dumps(value))
    return template


def _pages(built: Path) -> Mapping[str, str]:
    """Return the digest of each page by its address, as a browser checks it."""
    drawn = {
        f"/{page.parent.relative_to(built).as_posix()}".removesuffix("."): page
        for page in sorted(built.rglob("index.html"))
    }
    return {
        address: base64.b64encode(hashlib.sha256(page.read_bytes()).digest()).decode()
        for address, page in (drawn | {FALLBACK: built / ReactRouter.SPA_FALLBACK}).items()
    }


def _files(built: Path) -> list[str]:
    named_by_content = [
        f"/{file.relative_to(built).as_posix()}"
        for file in sorted((built / "assets").iterdir())
        if file.suffix not in _COMPRESSED
    ]
    return [*named_by_content, *DRAWN_ON_EVERY_PAGE]


def _pattern_of(routes: Sequence[str]) -> str:
    """Return the pattern of every address whose page could not be drawn beforehand."""
    patterns = [_VARIABLE_PART.sub("[^/]+", re.escape(route)) for route in routes if "[" in route]
    return f"^/(?:{'|'.join(patterns)})$"
