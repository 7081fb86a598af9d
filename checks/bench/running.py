"""Training as the window does it, with probes and snapshots at every sixtieth of a second, against the bare kernels.

First the training thread alone, by the processor's time; then the whole window at full speed, by the clock, for there
the thread and the GUI share what the machine has. Window and kernels take turns. A window that has just been told to
play answers more often, and is timed once it no longer does.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter, process_time
from typing import Any

from checks.bench.kernels import CHAINS, steps
from checks.bench.measure import Row, Work, at_least, seconds
from engine.data.catalogue import load
from engine.data.choice import DataChoice
from engine.graph.build import feed_forward
from engine.hyperparameters import Hyperparameters
from engine.training.setup import Setup

BAR = 0.7
TURNS = 9
SECONDS = 0.4
"""Of each turn of the thread alone, and of the kernels."""
WINDOW_SECONDS = 1.0


def _setup(name: str) -> Setup:
    return Setup(feed_forward(CHAINS[name][0]), load(DataChoice()), Hyperparameters(), "numba", "cpu")


def _bare(name: str) -> tuple[Work, int]:
    hidden, _, epochs = CHAINS[name]
    return steps(feed_forward(hidden), "numba", epochs), epochs


def _thread(name: str) -> Row:
    """The training thread's own turns, without the thread."""
    from app.network.kept import KeptState
    from app.network.worker import TrainingWorker

    nothing: Any = lambda *_: None  # noqa: E731
    worker = TrainingWorker(
        _setup(name),
        KeptState(),
        on_trace=nothing,
        on_error=nothing,
        on_change=nothing,
        on_solved=nothing,
        on_left=nothing,
    )
    worker.begin(worker.setup, KeptState())
    worker.play()
    worker.publish(fresh=True)  # the first one loads what the later ones only use
    session, (bare, epochs) = worker.session, _bare(name)
    assert session is not None
    ratios = []
    for _ in range(TURNS + 1):
        started, first = process_time(), session.epoch
        while process_time() - started < SECONDS:
            worker._train()
        speed = (session.epoch - first) / (process_time() - started)
        begun = process_time()
        for _ in range(calls := max(1, int(SECONDS / 4 * speed / epochs))):
            bare()
        ratios.append(speed / (calls * epochs / (process_time() - begun)))
    return at_least(f"{name} tanh, the training thread ÷ kernels", median(ratios[1:]), "× as fast", BAR)


def until(there: Callable[[], bool]) -> None:
    """Let the window run by itself until then: asking it again and again would keep Python from the thread."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop, timer = QEventLoop(), QTimer()
    timer.timeout.connect(lambda: loop.quit() if there() else None)
    timer.start(20)
    loop.exec()


def _window(window: Any, name: str) -> Row:
    from app.network.speed import FULL
    from app.network.worker import LATELY_SECONDS
    from checks.bench.whole_window import let_run

    page = window.pages.current
    document, trainer = page.network, page.trainer
    setup, (bare, epochs) = _setup(name), _bare(name)
    document.edit("bench", graph=setup.graph, hyper=setup.hyper)
    sizes = (2, *CHAINS[name][0], 1)
    until(lambda: trainer.snapshot is not None and tuple(node.width for node in trainer.snapshot.plan.nodes) == sizes)
    until(lambda: trainer.snapshot.backend == "numba")
    trainer.set_stop_when_solved(False)
    page.speed.choose(FULL)
    ratios = []
    for _ in range(TURNS + 1):
        trainer.play()
        let_run(LATELY_SECONDS)
        until(lambda: trainer.snapshot.speed > 0.0)
        begun, first = perf_counter(), trainer.snapshot.epoch
        let_run(WINDOW_SECONDS)
        speed = (trainer.snapshot.epoch - first) / (perf_counter() - begun)
        trainer.pause()
        until(lambda: not trainer.running)
        alone = median(seconds(bare) for _ in range(15)) / epochs
        ratios.append(speed * alone)
    return at_least(f"{name} tanh, the running window ÷ kernels", median(ratios[1:]), "× as fast", BAR)


def run() -> list[Row]:
    """Every row."""
    from checks.bench.whole_window import whole_window

    rows = [_thread(name) for name in CHAINS]
    with whole_window() as window:
        return [*rows, *(_window(window, name) for name in CHAINS)]
