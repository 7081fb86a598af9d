"""Which backend trains a network: the fastest that can, unless a person says otherwise."""

from __future__ import annotations

from typing import Literal

from engine.network.contract import Backend
from engine.network.numpy_backend import NumpyBackend
from engine.network.plan import Plan
from engine.problems import EngineError, declare

BackendName = Literal["auto", "numpy", "numba", "torch"]

UNSUPPORTED = declare(
    "backend.unsupported",
    "The {backend} backend cannot train this network, which is not a plain chain of dense blocks;"
    " choose numpy, torch or auto.",
)

TORCH_FROM_PARAMETERS = 200_000
"""From so many parameters on, torch's multiplications outweigh its cost per call."""


def choose_backend(plan: Plan, name: BackendName = "auto", device: str = "auto", *, compiled: bool = True) -> Backend:
    """The backend by name; ``auto`` takes numba where it supports the plan, torch for big networks, else numpy.

    ``compiled=False``: numba's kernels are not loaded yet, so ``auto`` does without them.
    Raises EngineError when the named backend cannot train the plan.
    """
    if name == "torch" or (name == "auto" and (device not in ("auto", "cpu") or plan.size >= TORCH_FROM_PARAMETERS)):
        from engine.network.torch_backend import TorchBackend

        return TorchBackend(device)
    if name == "numba" or (name == "auto" and compiled):
        from engine.network.numba_backend import NumbaBackend

        backend = NumbaBackend()
        if backend.supports(plan):
            return backend
        if name == "numba":
            raise EngineError(UNSUPPORTED(backend=name))
    return NumpyBackend()
