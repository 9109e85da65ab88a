"""Where a journey goes when it need not go everywhere."""

import pytest


def only_on(*devices: str) -> pytest.MarkDecorator:
    """Take a journey on these devices alone."""
    return pytest.mark.parametrize("device", devices, indirect=True)


def only_at(*libraries: str) -> pytest.MarkDecorator:
    """Take a journey at these libraries alone."""
    return pytest.mark.parametrize("served", libraries, indirect=True)


# For what a library decides and a device draws, each without asking the other: a journey on a
# phone at one library and on a desktop at the other.
crosswise = pytest.mark.crosswise
CROSSWISE = {("kagoshima", "phone"), ("koganei", "desktop")}


def is_taken(item: pytest.Item) -> bool:
    """Tell whether a journey is one to take, where it goes crosswise."""
    if item.get_closest_marker("crosswise") is None:
        return True
    chosen = item.callspec.params  # type: ignore[attr-defined]  a test that was parametrized
    return (chosen["served"], chosen["device"]) in CROSSWISE
