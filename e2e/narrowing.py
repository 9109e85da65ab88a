"""Where a journey goes when it need not go everywhere."""

import pytest


def only_on(*devices: str) -> pytest.MarkDecorator:
    """Take a journey on these devices alone."""
    return pytest.mark.parametrize("device", devices, indirect=True)


def only_at(*libraries: str) -> pytest.MarkDecorator:
    """Take a journey at these libraries alone."""
    return pytest.mark.parametrize("served", libraries, indirect=True)
