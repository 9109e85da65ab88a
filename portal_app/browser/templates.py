"""What is filled in when pages are built: scripts of this folder, without what explains them."""

import re
from importlib.resources import files

_COMMENT = re.compile(r"^\s*//.*\n|^ +| +// .*$|^\n", re.MULTILINE)


def template(*names: str) -> str:
    """Return these scripts one after the other, as short as a phone would have them."""
    folder = files("portal_app.browser")
    return _COMMENT.sub("", "".join((folder / name).read_text("utf-8") for name in names))
