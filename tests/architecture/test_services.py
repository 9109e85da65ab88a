import inspect
from importlib import import_module
from pkgutil import iter_modules

import pytest

from portal_app import services

ACTS = [
    act
    for module in iter_modules(services.__path__, f"{services.__name__}.")
    for name, act in vars(import_module(module.name)).items()
    if inspect.isfunction(act) and act.__module__ == module.name and not name.startswith("_")
]


@pytest.mark.parametrize("act", ACTS, ids=lambda act: f"{act.__module__}.{act.__qualname__}")
def test_every_service_is_one_transaction_called_by_keyword(act):
    tx, *rest = inspect.signature(act).parameters.values()

    assert tx.name == "tx"
    assert hasattr(act, "__wrapped__")
    assert all(argument.kind is argument.KEYWORD_ONLY for argument in rest)


def test_there_are_services():
    assert len(ACTS) > 10
