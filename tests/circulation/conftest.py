"""The small library, and what can be done in it."""

import pytest

from tests.circulation import world
from tests.circulation.deeds import Deeds
from tests.conftest import NOW


@pytest.fixture
def deeds(library) -> Deeds:
    """All that can be done in a library where everybody is in everybody's way."""
    world.build(library)
    return Deeds(engine=library, library=world.library_of(), now=NOW)
