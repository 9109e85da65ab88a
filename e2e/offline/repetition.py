"""Showing more than once what luck can let pass once."""

import pytest

again_and_again = pytest.mark.parametrize("time", ["once", "again", "and again"])
