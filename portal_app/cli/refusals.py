"""How a command says no."""


class WrongUse(RuntimeError):
    """Raised with one sentence when a command cannot do what was asked; exit status 2."""


class Failed(RuntimeError):
    """Raised with one sentence when a command could not finish what it began; exit status 1."""
