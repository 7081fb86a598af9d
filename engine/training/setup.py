"""What a session is made of."""

from __future__ import annotations

from dataclasses import dataclass

from engine.data.dataset import Dataset
from engine.graph.model import NetworkGraph
from engine.hyperparameters import Hyperparameters
from engine.network.choice import BackendName


@dataclass(frozen=True, slots=True)
class Setup:
    """What a session is made of. ``compiled``: numba's kernels are loaded and may be used."""

    graph: NetworkGraph
    dataset: Dataset
    hyper: Hyperparameters
    backend: BackendName = "auto"
    device: str = "auto"
    compiled: bool = True
