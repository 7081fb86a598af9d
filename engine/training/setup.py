"""What a session is made of."""

from __future__ import annotations

from dataclasses import dataclass

from engine.data.choice import DataChoice
from engine.data.dataset import Dataset
from engine.graph.model import NetworkGraph
from engine.hyperparameters import Hyperparameters
from engine.network.choice import BackendName


@dataclass(frozen=True, slots=True)
class Setup:
    """What a session is made of. ``compiled``: numba's kernels are loaded and may be used.
    ``data``: the choice that has loaded the data set, where somebody is to get it back with a checkpoint."""

    graph: NetworkGraph
    dataset: Dataset
    hyper: Hyperparameters
    backend: BackendName = "auto"
    device: str = "auto"
    compiled: bool = True
    data: DataChoice | None = None
