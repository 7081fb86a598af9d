"""Gradient experiments: what a slider's tick costs at 50 layers of 64 units, measured and predicted, and the whole map.

What the window asks: 50 ms from a tick to the figures of the network that is changed. Figures of ticks are the
thread's own time, so that what else the machine does is not in them.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from statistics import median
from time import thread_time

from checks.bench.measure import Row, at_most, seconds
from engine.gradients.experiment import Configuration, Experiment
from engine.gradients.figures import shared_rows
from engine.gradients.predicted import predict
from engine.gradients.rows import Rows
from engine.gradients.scan import scan
from engine.gradients.signal import signal_of

BAR_MS = 50.0
DEEP = {
    "logistic": Configuration(depth=50, width=64),
    "ReLU": Configuration(depth=50, width=64, activation="relu", initializer="he_normal", scale=1.0),
    "tanh with skips": Configuration(depth=50, width=64, activation="tanh", skip=True),
    "tanh with layer norm": Configuration(depth=50, width=64, activation="tanh", normalisation="layer"),
    "tanh with batch norm": Configuration(depth=50, width=64, activation="tanh", normalisation="batch"),
    "tanh with both": Configuration(depth=50, width=64, activation="tanh", normalisation="layer", skip=True),
}


def run() -> list[Row]:
    """Figures in milliseconds, the map in seconds."""
    experiment = Experiment()
    rows = shared_rows(experiment)
    found = [at_most(f"50 × 64 {name}, a scale's tick", _tick(one, rows), "ms", BAR_MS) for name, one in DEEP.items()]
    seeds = count(1)
    redrawn = _own_milliseconds(lambda: signal_of(DEEP["logistic"], rows, next(seeds)), 9)
    found.append(at_most("50 × 64 logistic, a seed's tick", redrawn, "ms", BAR_MS))
    found.append(Row("the map of depth and scale, 16 units", seconds(lambda: scan(Configuration(), rows, 117)), "s"))
    return found


def _tick(configuration: Configuration, rows: Rows) -> float:
    scales = count(1)

    def tick() -> None:
        changed = configuration.model_copy(update={"scale": 0.5 + 0.001 * next(scales)})
        signal_of(changed, rows, 117)
        predict(changed, rows)

    return _own_milliseconds(tick, 15)


def _own_milliseconds(work: Callable[[], object], repeat: int) -> float:
    """The median of this thread's time, after one call to warm up."""
    work()
    costs = []
    for _ in range(repeat):
        start = thread_time()
        work()
        costs.append(thread_time() - start)
    return 1e3 * median(costs)
