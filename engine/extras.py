"""What may be missing: the packages of ``neuroloom[torch]``, which recommenders, the torch backend and the checks by
PyTorch need. The playground and the explaining workspaces do without."""

from __future__ import annotations

import threading
from importlib.util import find_spec

from engine.command import is_bundle
from engine.problems import EngineError, Problem, Word, declare

PACKAGES = {"torch": "PyTorch", "faiss": "faiss", "sklearn": "scikit-learn"}
"""What the extra brings, by the name that is imported, and what that is called."""
INSTALL = "neuroloom-engine install"
"""The command that brings all of it into the environment that the program runs in."""
MISSING = declare("extras.missing", "{what} needs {packages}, which isn't installed. Install with {command}.")
LEFT_OUT = declare("extras.left-out", "{what} needs {packages}, which this copy lacks. Use the copy with PyTorch.")
"""In a bundle, into which nothing can be installed."""


def missing() -> tuple[str, ...]:
    """What of the extra is not installed, by the name that is imported. Nothing is imported to find out."""
    return tuple(name for name in PACKAGES if find_spec(name) is None)


def has_torch() -> bool:
    """Whether PyTorch is installed."""
    return find_spec("torch") is not None


_FIRST_TENSOR = threading.Lock()


def load_torch() -> None:
    """Import PyTorch and make its first tensor, one thread at a time.

    At its first call ``torch.tensor`` initialises a static of C++, during which other threads may get the GIL. A second
    thread that calls it then waits for that static while it holds the GIL, and both wait for good.
    """
    with _FIRST_TENSOR:
        import torch

        torch.tensor(0.0)


def need(what: Word, *names: str) -> None:
    """Go on only if these of :data:`PACKAGES` are installed, which ``what`` needs. Raises EngineError."""
    lacking = [name for name in names if find_spec(name) is None]
    if lacking:
        raise EngineError(lacks(what, *lacking))


def lacks(what: Word, *names: str) -> Problem:
    """That ``what`` needs these of :data:`PACKAGES`, which are not installed."""
    packages = ", ".join(PACKAGES[name] for name in names)
    if is_bundle():
        return LEFT_OUT(what=what, packages=packages)
    return MISSING(what=what, packages=packages, command=INSTALL)
