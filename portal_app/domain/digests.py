"""Whether two records say the same."""

import hashlib
import json
from dataclasses import fields, is_dataclass

from portal_app.domain.catalogue import CataloguedRecord


def digest_of(record: CataloguedRecord) -> str:
    """Return the SHA-256 of everything that a record says, in one canonical form."""
    canonical = json.dumps(
        record, ensure_ascii=True, sort_keys=True, separators=(",", ":"), default=_plain
    )
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def _plain(part: object) -> object:
    # Asked only about what JSON does not know. dataclasses.asdict copies everything, which
    # would be a fifth of an import's time.
    if is_dataclass(part):
        return {field.name: getattr(part, field.name) for field in fields(part)}
    return str(part)
