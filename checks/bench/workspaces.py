"""In the workspaces that explain: the frame of a number that is dragged, of a step, of a letter.

All in one whole window, offscreen. Figures are the GUI thread's own time at an undisturbed machine's pace (see
:mod:`checks.bench.pace`): from an edit to the picture that shows it, and the longest stretch in which nothing else was
heard, as the median of :data:`ROUNDS` rounds, since in each of them the machine may falter once.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import count
from statistics import median
from time import thread_time
from typing import Any

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from PySide6.QtTest import QTest

from checks.bench.expressions import NETWORK
from checks.bench.measure import Row, at_most
from checks.bench.pace import pace_row, paced
from checks.bench.stops import BAR_MS, heard, longest_stop, rest
from checks.bench.whole_window import whole_window
from engine.autodiff.document import ExpressionSheet

PAGES = ("neuron", "activations", "scalar_graph", "gradients")
FRAMES, ROUNDS, WARM = 40, 3, 2
TYPED_BAR_MS = 50.0
LARGE = "+".join(f"x{number}" for number in range(998))


def _process(milliseconds: int = 0) -> None:
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, milliseconds)


def _await(shown: Callable[[], bool]) -> None:
    """Sleep between looks: with a time limit, Qt polls instead, and that would count as the window's work. What comes
    from a thread wakes the window by itself; the clock is there for what does not."""
    wakes = QTimer()
    wakes.start(20)
    while not shown():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    wakes.stop()


def _frames(
    name: str,
    edit: Callable[[float], object],
    shown: Callable[[], bool] = lambda: True,
    bar: float = BAR_MS,
    frames: int = FRAMES,
    begin: Callable[[], object] = lambda: None,
) -> list[Row]:
    """From each edit, which gets a number that goes to and fro, to what it brings about, painted: all the window's
    work, and the longest that it stood still for. ``begin`` comes before each round, and is not measured."""
    rounds = []
    for _ in range(ROUNDS):
        begin()
        _process()
        rounds.append([_frame(partial(edit, math.sin(frame / 7.0)), shown) for frame in range(frames)])
    costs = [frame.cost for one in rounds for frame in one]
    stops = [max(frame.stop for frame in one[WARM:]) for one in rounds]
    return [
        at_most(f"{name}, median", median(costs), "ms", bar),
        at_most(f"{name}, longest stop", median(stops), "ms", BAR_MS),
    ]


@dataclass(frozen=True, slots=True)
class _Frame:
    """What one edit cost, and for how long nobody was heard, in milliseconds at an undisturbed machine's pace."""

    cost: float
    stop: float


def _frame(edit: Callable[[], object], shown: Callable[[], bool]) -> _Frame:
    with paced() as pace:
        start = thread_time()
        with heard() as moments:
            edit()
            _process()
            _await(shown)
            _process()
        cost = 1e3 * (thread_time() - start)
    return _Frame(cost / pace.slowness, longest_stop(moments) / pace.slowness)


def _neuron(page: Any) -> list[Row]:
    model = page.model
    rows = _frames("neuron: a weight dragged", lambda x: model.set_weight(0, 2 * x, "drag"))
    model.choose_own(3)
    rest(0.3)
    turns = count()
    return rows + _frames("neuron: a target of three inputs flipped", lambda _x: model.flip_target(next(turns) % 8))


def _activations(page: Any) -> list[Row]:
    rows = _frames("activations: the cursor dragged", lambda x: page.edits.set_cursor(round(5 * x, 2)))
    page.edits.toggle("leaky_relu")
    rest(0.3)
    return rows + _frames("activations: γ dragged", lambda x: page.edits.set_parameter("gamma", abs(x) / 2))


def _gradients(page: Any) -> list[Row]:
    page.edits.of_one(0, {"depth": 50, "width": 64}, "")
    page.edits.of_one(1, {"depth": 50, "width": 64}, "")
    rest(2.0)
    edit = lambda x: page.edits.of_one(0, {"scale": 1.0 + x / 2}, "drag")  # noqa: E731
    return _frames("gradients: a scale dragged, depth 50 × width 64", edit, lambda: bool(page.bench.current))


def _graph(page: Any) -> list[Row]:
    rows = []
    for title, text, frames in (("60", NETWORK, FRAMES), ("2,000", LARGE, 20)):
        page.document.load("bench", ExpressionSheet(text=text, inputs={}))
        while page.model.worked is None or page.model.worked.shape.text != text:
            rest(0.1)
        rest(1.0)
        page.model.playback.go(page.model.playback.length)
        leaf = page.model.leaf
        edit = lambda x, leaf=leaf: page.model.set_input(leaf, x + 2.0)  # noqa: E731
        follows = lambda leaf=leaf: page.model.worked.inputs[leaf] == page.document.value.inputs[leaf]  # noqa: E731
        rows += _frames(f"graph of {title} nodes: a leaf dragged", edit, follows, frames=frames)
        step, back = lambda _x: page.model.playback.step(), lambda: page.model.playback.go(0)
        rows += _frames(f"graph of {title} nodes: a step of the playback", step, begin=back)
    return [*rows, *_typing(page)]


def _typing(page: Any) -> list[Row]:
    page.document.load("bench", ExpressionSheet(text=NETWORK + " + 1", inputs={}))
    rest(1.0)
    field = page.widget.field.edit
    field.setFocus()
    cursor = field.textCursor()
    cursor.movePosition(cursor.MoveOperation.End)
    field.setTextCursor(cursor)
    letter = lambda _x: QTest.keyClicks(field, "2")  # noqa: E731
    follows = lambda: page.model.worked.shape.text == page.document.value.text  # noqa: E731
    return _frames("graph of 60 nodes: a letter typed", letter, follows, TYPED_BAR_MS, 12)


MEASURED: dict[str, Callable[[Any], list[Row]]] = dict(
    zip(PAGES, (_neuron, _activations, _graph, _gradients), strict=True)
)


def run(only: str = "") -> list[Row]:
    """Measure, all pages or one of :data:`PAGES`; see the module's docstring."""
    pages = (only,) if only else PAGES
    rows = []
    with whole_window() as window:
        for key in pages:
            window.visit(key)
            rest(1.0)
            rows += MEASURED[key](window.pages.current)
    return [*rows, pace_row()]
