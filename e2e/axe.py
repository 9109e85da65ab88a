"""axe, which looks for barriers, and says in Japanese what it has found."""

import json
import subprocess
from functools import cache

from portal_app.settings import PROJECT

AXE = "axe-core@4.12.1"
# What else it says is written as programs, which the portal lets no page make of a text.
SAID = ("lang", "rules", "checks")

_INSTALL = ("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--silent")


@cache
def script() -> str:
    """Return what brings axe to a page; npm is asked for it once."""
    folder = PROJECT / ".portal" / AXE
    package = folder / "node_modules" / "axe-core"
    if not package.is_dir():
        subprocess.run((*_INSTALL, "--prefix", str(folder), AXE), check=True)
    words = json.loads((package / "locales" / "ja.json").read_text("utf-8"))
    locale = json.dumps({name: words[name] for name in SAID})
    return f"{(package / 'axe.min.js').read_text('utf-8')}\naxe.configure({{ locale: {locale} }});"
