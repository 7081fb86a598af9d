"""``bench``: epochs per second of each backend on standard networks, without and with probes at every step."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from time import perf_counter

from engine.cli.command import Command
from engine.cli.commands.warm import compile_kernels
from engine.cli.numbers import seconds
from engine.cli.outcome import Outcome, table
from engine.data import DataChoice, load
from engine.extras import has_torch
from engine.graph.build import feed_forward
from engine.hyperparameters import Hyperparameters
from engine.network.choice import BackendName
from engine.training.session import Setup, TrainingSession

ROWS = 500
"""Half of them are trained on: 250, in batches of 10."""


@dataclass(frozen=True, slots=True)
class Network:
    """A standard network of the table."""

    name: str
    hidden: tuple[int, ...]
    activation: str


NETWORKS = (
    Network("2-4-2-1 tanh", (4, 2), "tanh"),
    Network("2-8-8-8-1 ReLU", (8, 8, 8), "relu"),
    Network("2-32-32-1 tanh", (32, 32), "tanh"),
    Network("8×64 tanh", (64,) * 8, "tanh"),
)


def bench(arguments: Namespace) -> Outcome:
    """The command: figures of this machine at this moment, one after another in one process."""
    compile_kernels()
    figures = [_figures(network, arguments.seconds) for network in NETWORKS]
    head = ["network", *(f"{name}{probed}" for name in _backends() for probed in ("", " + probes"))]
    rows = [[str(row["network"]), *(f"{row[column]:,.0f}" for column in _columns())] for row in figures]
    lines = ["Epochs per second, 250 rows in batches of 10.", "", *table(head, rows)]
    return Outcome({"unit": "epochs per second", "networks": figures}, lines)


def _backends() -> tuple[BackendName, ...]:
    return ("numpy", "numba", "torch") if has_torch() else ("numpy", "numba")


def _columns() -> list[str]:
    return [f"{name}{probed}" for name in _backends() for probed in ("", "_probed")]


def _figures(network: Network, seconds: float) -> dict[str, object]:
    figures: dict[str, object] = {"network": network.name}
    for name in _backends():
        session = _session(network, name)
        for probe in (False, True):
            figures[f"{name}_probed" if probe else name] = _speed(session, probe, seconds)
    return figures


def _session(network: Network, backend: BackendName) -> TrainingSession:
    dataset = load(DataChoice(name="circle", samples=ROWS))
    hyper = Hyperparameters(optimizer="sgd", learning_rate=0.03)
    graph = feed_forward(network.hidden, activation=network.activation)
    return TrainingSession(Setup(graph, dataset, hyper, backend, "cpu"))


def _speed(session: TrainingSession, probe: bool, seconds: float) -> float:
    """Epochs per second over at least ``seconds``; the first step, which may compile, is not counted."""
    session.run_steps(1, probe=probe)
    epochs, per_call = 0, 1
    started = perf_counter()
    while True:
        session.run_steps(per_call * session.steps_per_epoch, probe=probe)
        epochs += per_call
        passed = perf_counter() - started
        if passed >= seconds:
            return epochs / passed
        per_call *= 2 if passed < seconds / 4 else 1


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--seconds", type=seconds, default=0.1, help="how long each figure is measured (default: 0.1)")


COMMAND = Command(bench, _add_arguments)
