"""The lists that an import leaves beside a file: what was rejected, and why."""

import csv
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from portal_app.cli.refusals import WrongUse

REJECTED = "rejected"
ITEMS_LEFT_OUT = "items-left-out"
_HEADINGS = {
    REJECTED: ("file", "number", "reason"),
    ITEMS_LEFT_OUT: ("file", "record", "barcode", "branch", "reason"),
}


class Lists:
    """The lists of one import. One that would be empty is not written, an old one goes."""

    def __init__(self) -> None:
        """Begin without a list."""
        self._open: dict[Path, TextIO] = {}
        self._begun: set[Path] = set()

    def begin(self, file: Path) -> None:
        """Forget what an earlier import of ``file`` has listed."""
        for kind in _HEADINGS:
            path = path_of(file, kind)
            if path not in self._begun:
                path.unlink(missing_ok=True)
                self._begun.add(path)

    def add(self, file: Path, kind: str, cells: Sequence[object]) -> None:
        """Add a line about ``file``."""
        path = path_of(file, kind)
        is_new = path not in self._open
        if is_new:
            self._open[path] = path.open("w", encoding="utf-8", newline="")
        writer = csv.writer(self._open[path], delimiter="\t", lineterminator="\n")
        if is_new:
            writer.writerow(_HEADINGS[kind])
        writer.writerow((file, *cells))

    def close(self) -> list[Path]:
        """Close the lists, and return where they are."""
        for stream in self._open.values():
            stream.close()
        return list(self._open)


def path_of(file: Path, kind: str) -> Path:
    """Return where a list about ``file`` stands: beside it, or here when nobody may write there."""
    name = f"{file.name}.{kind}.tsv"
    for folder in (file.parent, Path()):
        if os.access(folder, os.W_OK):
            return folder / name
    message = f"Neither {file.parent} nor this folder can be written, so {name} has no place."
    raise WrongUse(message)
