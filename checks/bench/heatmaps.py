"""Heat maps of every neuron at 25×25 and the decision boundary at 100×100, against PyTorch as a person writes it."""

from __future__ import annotations

from statistics import median

import numpy as np
import torch

from checks.bench.measure import Row, Work, at_least, interleaved, median_seconds
from engine.graph.build import feed_forward
from engine.graph.kinds import TargetSpec
from engine.graph.kinds.base import Array
from engine.network.numba_backend import NumbaBackend
from engine.network.plan import compile_graph
from engine.network.state import initial_state

HIDDEN = (8, 8, 8)
MODULES = {"tanh": torch.nn.Tanh, "relu": torch.nn.ReLU}


def plane(side: int) -> Array:
    """side² points of the plane."""
    across = np.linspace(-6.0, 6.0, side)
    return np.stack([grid.ravel() for grid in np.meshgrid(across, across)], axis=1)


def ours(activation: str) -> Work:
    """The numba backend's maps."""
    plan = compile_graph(feed_forward(HIDDEN, activation=activation), TargetSpec(2))
    state, backend = initial_state(plan, 0, "sgd"), NumbaBackend()
    neurons, boundary = {"input-1": plane(25)}, {"input-1": plane(100)}
    return lambda: (backend.maps(plan, state, neurons), backend.maps(plan, state, boundary, output_only=True))


def written_by_hand(activation: str) -> Work:
    """The same in eager PyTorch, in its own single precision."""
    layers: list[torch.nn.Module] = []
    for inputs, units in zip((2, *HIDDEN), HIDDEN, strict=False):
        layers += [torch.nn.Linear(inputs, units), MODULES[activation]()]
    model = torch.nn.Sequential(*layers, torch.nn.Linear(HIDDEN[-1], 1), torch.nn.Tanh())
    neurons, boundary = (torch.tensor(plane(side), dtype=torch.float32) for side in (25, 100))

    @torch.no_grad()
    def draw() -> tuple[list[object], object]:
        a, maps = neurons, [neurons.T.contiguous().numpy()]
        for layer in model:
            a = layer(a)
            if not isinstance(layer, torch.nn.Linear):
                maps.append(a.T.contiguous().numpy())
        return maps, model(boundary).numpy()

    return draw


def run() -> list[Row]:
    """Time and ratio for each activation."""
    torch.set_num_threads(1)
    rows: list[Row] = []
    for activation in MODULES:
        fast = ours(activation)
        ratio = median(interleaved(written_by_hand(activation), fast, 101))
        name = "… than PyTorch, eager"
        rows += [
            Row(f"heat maps and boundary of 2-8-8-8-1 {activation}", 1e6 * median_seconds(fast, 101), "µs"),
            at_least(name, ratio, "× as fast", 10.0),
        ]
    return rows
