"""Training: epochs of the default backend against the numpy reference and PyTorch as a person writes it; probes; and
the wide networks, where the backend that the program chooses must be the fastest of the three.

250 rows in batches of 10, Adam, one thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import torch

from checks.bench.measure import Row, Work, at_least, at_most, interleaved, median_seconds
from engine.data.catalogue import load
from engine.data.choice import DataChoice
from engine.graph.build import feed_forward
from engine.hyperparameters import Hyperparameters
from engine.network.choice import BackendName
from engine.training.session import Setup, TrainingSession

EPOCHS = 100
"""In one call: a few milliseconds of training, as the training thread asks for."""
WIDE = {"2-32-32-1": (32, 32), "8×64": (64,) * 8}
BACKENDS: tuple[BackendName, ...] = ("numpy", "numba", "torch")


def session(hidden: Sequence[int], activation: str = "tanh", backend: BackendName = "auto") -> TrainingSession:
    """A session on 250 rows of the two spirals."""
    graph = feed_forward(hidden, activation=activation)
    return TrainingSession(Setup(graph, load(DataChoice()), Hyperparameters(batch_size=10), backend, "cpu"))


def epochs(trained: TrainingSession, count: int = EPOCHS, *, probe: bool = False) -> Work:
    """Some epochs of a session, as work to be timed."""
    steps = count * trained.steps_per_epoch
    return lambda: trained.run_steps(steps, probe=probe)


def written_by_hand(hidden: Sequence[int]) -> Work:
    """An epoch in eager PyTorch, in the words of its tutorials."""
    table = session(hidden).observer.train
    x = torch.tensor(next(iter(table.inputs.values())), dtype=torch.float32)
    t = torch.tensor(table.targets, dtype=torch.float32)
    layers: list[torch.nn.Module] = []
    for inputs, units in zip((2, *hidden), (*hidden, 1), strict=True):
        layers += [torch.nn.Linear(inputs, units), torch.nn.Tanh()]
    model = torch.nn.Sequential(*layers)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
    loss_function = torch.nn.MSELoss()

    def epoch() -> None:
        for batch in torch.randperm(len(x)).split(10):
            optimizer.zero_grad()
            loss = loss_function(model(x[batch]), t[batch])
            loss.backward()
            optimizer.step()

    return epoch


def _small() -> list[Row]:
    """2-4-2-1 tanh. What is slow does one epoch for the ``EPOCHS`` of the default backend."""
    fast = epochs(session((4, 2)))
    by_numpy = interleaved(epochs(session((4, 2), backend="numpy"), 1), fast, 41)
    by_hand = interleaved(written_by_hand((4, 2)), fast, 41)
    probes = interleaved(epochs(session((4, 2)), probe=True), fast, 201)
    return [
        Row("2-4-2-1 tanh, without probes", EPOCHS / median_seconds(fast, 51), "epochs/s"),
        at_least("… than the numpy backend", EPOCHS * median(by_numpy), "× as fast", 15.0),
        at_least("… than PyTorch, eager", EPOCHS * median(by_hand), "× as fast", 200.0),
        at_most("… with probes at every step", median(probes), "× as long", 1.3),
    ]


def _wide(name: str, hidden: Sequence[int], activation: str) -> list[Row]:
    """Each backend in turn against the chosen one; 1 is as fast."""
    auto = session(hidden, activation)
    chosen = epochs(auto, 4)
    ratios = {
        backend: median(interleaved(epochs(session(hidden, activation, backend), 4), chosen, 9))
        for backend in BACKENDS
        if backend != auto.backend.name
    }
    others = min(ratios, key=lambda backend: ratios[backend])
    return [
        Row(f"{name} {activation}, by {auto.backend.name}", 4 / median_seconds(chosen, 9), "epochs/s"),
        at_least(f"… than the next, {others}", ratios[others], "× as fast", 1.0),
    ]


def run() -> list[Row]:
    """Every row."""
    torch.set_num_threads(1)
    rows = _small()
    for name, hidden in WIDE.items():
        for activation in ("tanh", "relu"):
            rows += _wide(name, hidden, activation)
    return rows
