"""Whether two records say the same."""

import hashlib
import json
from dataclasses import asdict

from portal_app.domain.catalogue import CataloguedRecord


def digest_of(record: CataloguedRecord) -> str:
    """Return the SHA-256 of everything that a record says, in one canonical form."""
    canonical = json.dumps(
        asdict(record), ensure_ascii=True, sort_keys=True, separators=(",", ":"), default=str
    )
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()
