"""Which backend trains a network: the fastest that can, unless a person says otherwise."""

from __future__ import annotations

from typing import Literal

from engine.extras import has_torch, need
from engine.network.contract import Backend
from engine.network.numpy_backend import NumpyBackend
from engine.network.plan import Plan
from engine.problems import EngineError, Word, declare

BackendName = Literal["auto", "numpy", "numba", "torch"]

UNSUPPORTED = declare(
    "network.unsupported",
    "The {backend} backend can't train this network because it doesn't know all of its blocks. Choose torch or auto.",
)

TORCH_FROM_PARAMETERS = 200_000
"""From so many parameters on, torch's multiplications outweigh its cost per call; numba's are as fast on a CPU."""


def choose_backend(plan: Plan, name: BackendName = "auto", device: str = "auto", *, compiled: bool = True) -> Backend:
    """The backend by name; ``auto`` takes a GPU that is asked for or, for a big network, there; else numba where it
    supports the plan, torch for other big networks where it is installed, numpy for the rest.

    ``compiled=False``: numba's kernels are not loaded yet, so ``auto`` does without them.
    Raises EngineError when the named backend cannot train the plan, or torch is named, or a GPU, and isn't installed.
    """
    big = plan.size >= TORCH_FROM_PARAMETERS
    if name == "torch" or (name == "auto" and _wants_gpu(device, big)):
        return _torch(device)
    if name == "numba" or (name == "auto" and compiled):
        from engine.network.numba_backend import NumbaBackend

        backend = NumbaBackend()
        if backend.supports(plan):
            return backend
        if name == "numba":
            raise EngineError(UNSUPPORTED(backend=name))
    return _torch(device) if name == "auto" and big and has_torch() else NumpyBackend()


def _wants_gpu(device: str, big: bool) -> bool:
    """Whether a GPU is named, or may be taken and is worth it. Torch is imported only to look for one."""
    if device != "auto":
        return device != "cpu"
    if not big or not has_torch():
        return False
    from engine.network.torch_backend import resolve_device

    return resolve_device(device) != "cpu"


def _torch(device: str) -> Backend:
    need(Word("The torch backend") if device in ("auto", "cpu") else Word("A GPU"), "torch")
    from engine.network.torch_backend import TorchBackend

    return TorchBackend(device)
