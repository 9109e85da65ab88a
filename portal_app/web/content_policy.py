"""What a page may load and run: the Content Security Policy, from the pages as built."""

import base64
import hashlib
from collections.abc import Iterable
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path

from reflex.utils.prerequisites import get_web_dir
from reflex_base.constants import Dirs

NOT_FOUND = "404.html"
POLICY_OF_THE_WORKER = "default-src 'self'"


def built_pages() -> Path:
    """Return the folder of the pages that this process serves."""
    return (get_web_dir() / Dirs.STATIC).resolve()


def policy_for(path: str, *, pages: Path, origin: str) -> str:
    """Return the policy of the page that answers at ``path``."""
    file = _page_at(path, pages)
    changed_at = file.stat().st_mtime_ns if file.is_file() else 0
    return _policy_of(file, changed_at, origin)


@lru_cache(maxsize=256)
def _policy_of(file: Path, changed_at: int, origin: str) -> str:
    inline = _Inline()
    if changed_at:
        inline.feed(file.read_text("utf-8"))
    socket = origin.replace("http", "ws", 1)
    rules = {
        "default-src": ["'none'"],
        "base-uri": ["'none'"],
        "connect-src": ["'self'", socket],
        "font-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "img-src": ["'self'", "data:"],
        "manifest-src": ["'self'"],
        "object-src": ["'none'"],
        "script-src": ["'self'", *_hashes(inline.scripts)],
        "style-src-attr": ["'unsafe-hashes'", *_hashes(inline.attributes)]
        if inline.attributes
        else ["'none'"],
        "style-src-elem": ["'self'", *_hashes(inline.styles)],
        "worker-src": ["'self'"],
    }
    return "; ".join(f"{rule} {' '.join(sources)}" for rule, sources in rules.items())


def without_detour(path: str, *, pages: Path) -> str:
    """Return where the page of an address lies, which a browser is otherwise sent on to."""
    file = _page_at(path, pages)
    return f"{path}/" if file.name == "index.html" and not path.endswith("/") else path


def _page_at(path: str, pages: Path) -> Path:
    # As Reflex serves them: a page drawn beforehand, or the one that draws the others.
    name = path.strip("/")
    if "\0" not in name:
        for file in (pages / name / "index.html", pages / f"{name}.html"):
            if file.is_relative_to(pages) and ".." not in file.parts and file.is_file():
                return file
    return pages / NOT_FOUND


def _hashes(texts: Iterable[str]) -> list[str]:
    digests = (hashlib.sha256(text.encode()).digest() for text in sorted(texts))
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


class _Inline(HTMLParser):
    """The scripts and styles that stand in a page itself."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.scripts: set[str] = set()
        self.styles: set[str] = set()
        self.attributes: set[str] = set()
        self._into: set[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a style attribute, and what the text that follows is."""
        given = dict(attrs)
        if style := given.get("style"):
            self.attributes.add(style)
        if tag == "script" and "src" not in given:
            self._into = self.scripts
        elif tag == "style":
            self._into = self.styles

    def handle_data(self, data: str) -> None:
        """Note a script or a style."""
        if self._into is not None:
            self._into.add(data)

    def handle_endtag(self, tag: str) -> None:
        """Go back to ordinary text."""
        del tag
        self._into = None
