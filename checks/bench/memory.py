"""Memory over a long time: the playground trains at full speed with the whole window in view, and is edited at random.

Once a minute the same example is opened, trained for a moment and paused, and the undo history is forgotten: a wide
network takes more than a narrow one, and 200 steps hold 10 to 60 MB of weights and curves, by chance more or less,
which is no growth. What Python and the C library hold without need is given back, and what the process still has is
printed, with how many blocks of memory Python has, how many QObjects and modules there are, and how many undo steps
there were: a module that is first wanted in the midst of a run is no growth either. Growth is judged from the sixth
minute on, when every panel has been opened. Asked for by name alone; ``--trace`` also prints which lines have allocated
more since the minute before, which slows everything down.
"""

from __future__ import annotations

import ctypes
import gc
import random
import sys
import tracemalloc
from pathlib import Path
from statistics import linear_regression
from typing import Any

from PySide6.QtCore import QObject, QPointF, QTimer
from PySide6.QtWidgets import QTabBar

from app.__main__ import tell_libraries
from checks.bench.measure import Row, at_most

SETTLED = 5
"""So many minutes it may grow."""
EDIT_MS = 200
ALIKE_SECONDS = 3.0
"""So long the same example trains before each look: its curves are full by then."""
REST_SECONDS = 0.5
"""… and so long it has stood then."""
GROWTH_BAR = 0.3
"""MB a minute."""
MOST_BLOCKS = 9
EXAMPLES = 6
TOYS = ("two-spirals", "circle", "exclusive-or", "moons", "three-spirals")
ACTIVATIONS = ("tanh", "relu", "logistic", "gelu", "leaky_relu")


ACTS = ("pass_page", "outline_panel", "right_panel", "play_pass", "step_pass", "pass_end", "pass_start", "epoch")


class RandomEdits:
    """Edits of an open playground, the same ones at every run."""

    def __init__(self, page: Any) -> None:
        self.page, self.network, self.edits = page, page.network, page.canvas.edits
        self.random, self._tabs = random.Random(1), page.panes.plots.findChild(QTabBar)
        often = (self._weight, self._units, self._activation, self._rate, self._move)
        looks = (self._choose, self._look, self._neuron, self._preview, self._act)
        seldom = (self._data, self._reset, self._example)
        self._kinds = (*often * 4, *looks * 2, self._add, self._remove, self._undo, self._redo, *seldom)
        self.done = 0

    def edit(self) -> None:
        """One more; what a graph does not allow is left out. A run that has paused goes on."""
        self.random.choice(self._kinds)()
        self.done += 1
        if not self.page.trainer.running:
            self.page.trainer.play()

    def open_alike(self) -> None:
        """The first example, as it is at first, at full speed, in the same panels: a picture that one of them keeps is
        two megabytes and a half."""
        self._open(0)
        self.page.canvas.selection.clear()
        self.page.actions["outline_panel"].setChecked(False)
        self.page.actions["right_panel"].setChecked(True)
        self._tabs.setCurrentIndex(0)
        self.page.trainer.play()

    def _dense(self) -> str | None:
        found = [block.id for block in self.network.graph.blocks if block.kind == "dense"]
        return self.random.choice(found) if found else None

    def _weight(self) -> None:
        weights = self.network.present_weights()
        if weights:
            key = self.random.choice(sorted(weights))
            shape = weights[key].shape
            index = tuple(self.random.randrange(size) for size in shape)
            self.network.edit_weight(*key, index, self.random.uniform(-1.0, 1.0))

    def _units(self) -> None:
        if block := self._dense():
            self.edits.set_units(block, self.random.randint(2, 9))

    def _activation(self) -> None:
        from engine.graph.edit import set_params

        if block := self._dense():
            graph = set_params(self.network.graph, block, activation=self.random.choice(ACTIVATIONS))
            self.network.edit("Activation", graph=graph)

    def _rate(self) -> None:
        rate = 10 ** self.random.uniform(-3.0, -1.0)
        self.network.edit("Rate", hyper=self.network.hyper.model_copy(update={"learning_rate": rate}))

    def _move(self) -> None:
        block = self.random.choice(self.network.graph.blocks)
        shift = QPointF(self.random.uniform(-30, 30), self.random.uniform(-30, 30))
        self.edits.move({block.id: QPointF(block.x, block.y) + shift})

    def _add(self) -> None:
        graph = self.network.graph
        if graph.wires and len(graph.blocks) < MOST_BLOCKS:
            self.edits.add("dense", QPointF(0.0, 0.0), self.random.choice(graph.wires))

    def _remove(self) -> None:
        if len(self.network.graph.blocks) > MOST_BLOCKS // 2 and (block := self._dense()):
            self.edits.remove([block])

    def _undo(self) -> None:
        for _ in range(self.random.randint(1, 5)):
            self.network.undo_stack.undo()

    def _redo(self) -> None:
        for _ in range(self.random.randint(1, 5)):
            self.network.undo_stack.redo()

    def _choose(self) -> None:
        self.page.canvas.selection.choose([self.random.choice(self.network.graph.blocks).id])

    def _look(self) -> None:
        self._tabs.setCurrentIndex(self.random.randrange(self._tabs.count()))

    def _neuron(self) -> None:
        from app.builder.canvas.selection import NeuronRef

        if block := self._dense():
            self.page.canvas.selection.choose_neuron(NeuronRef(block, 0))

    def _preview(self) -> None:
        if block := self._dense():
            self.page.trainer.preview(block, self.random.choice((*ACTIVATIONS, None)))

    def _act(self) -> None:
        self.page.actions[self.random.choice(ACTS)].trigger()

    def _example(self) -> None:
        self._open(self.random.randrange(EXAMPLES))

    def _open(self, number: int) -> None:
        from app.examples import examples

        self.page.document.load(examples()[number].content)

    def _data(self) -> None:
        from engine.data.choice import DataChoice

        seed, name = self.random.randint(0, 9), self.random.choice(TOYS)
        self.network.choose_data(DataChoice(source="named", name=name, seed=seed))

    def _reset(self) -> None:
        self.page.trainer.reset(self.random.choice((None, self.random.randint(0, 99))))


def own_mb() -> float:
    """What the process has in memory of its own by now, after giving back what it holds without need; Linux alone says
    it. Pages of the libraries' files are left out: they are read as they are first wanted, and lie on the disk."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    kilobytes = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("RssAnon"))
    return int(kilobytes.split()[1]) / 1024.0


class _Malloc(ctypes.Structure):
    """What the C library says of its memory, ``mallinfo2``."""

    _fields_ = [(name, ctypes.c_size_t) for name in (
        "arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost"
    )]  # fmt: skip


def _handed_out_mb() -> float:
    """What the C library has handed out and not got back: where it stays while the process grows, what lies between
    is free and too scattered to be given back, and nothing leaks."""
    library = ctypes.CDLL(None)
    library.mallinfo2.restype = _Malloc
    found = library.mallinfo2()
    return float(found.uordblks + found.hblkhd) / 2**20


def _alive(window: Any) -> str:
    """What there is that could become ever more. Python's own list of objects is left alone: who asks for it disturbs
    the tuples that the training thread is making."""
    objects, modules = len(window.findChildren(QObject)), len(sys.modules)
    blocks = sys.getallocatedblocks()
    return f"{_handed_out_mb():.1f} MB handed out, {blocks} blocks, {objects} QObjects, {modules} modules"


def _traced(before: tracemalloc.Snapshot | None) -> tracemalloc.Snapshot:
    now = tracemalloc.take_snapshot()
    for line in now.compare_to(before, "lineno")[:12] if before is not None else ():
        print("   ", line, file=sys.stderr, flush=True)
    return now


def _minutes(window: Any, minutes: int, *, trace: bool) -> list[float]:
    """MB at the end of each minute."""
    from checks.bench.whole_window import let_run

    page = window.pages.current
    _start(page)
    edits, edit = RandomEdits(page), QTimer()
    edit.timeout.connect(edits.edit)
    seen: list[float] = []
    snapshot: tracemalloc.Snapshot | None = None
    for at in range(1, minutes + 1):
        edit.start(EDIT_MS)
        let_run(60.0)
        edit.stop()
        steps = page.network.undo_stack.count()
        edits.open_alike()
        page.network.undo_stack.clear()
        let_run(ALIKE_SECONDS)
        page.trainer.pause()
        let_run(REST_SECONDS)
        seen.append(own_mb())
        told = f"minute {at}: {seen[-1]:.1f} MB, {edits.done} edits, {steps} steps, {_alive(window)}"
        print(told, file=sys.stderr, flush=True)
        if trace:
            snapshot = _traced(snapshot)
    return seen


def _start(page: Any) -> None:
    import torch

    from app.network.speed import FULL

    # 260 MB that the first numbers that are checked would bring, whichever minute they are in; an optimiser brings half
    torch.optim.Adam([torch.zeros(1, requires_grad=True)])
    page.speed.choose(FULL)
    page.trainer.play()


def run(minutes: int = 30, *, trace: bool = False) -> list[Row]:
    """Measure; see the module's docstring. ``minutes``: at least 7, to say anything of growth."""
    tell_libraries()  # before numpy is imported
    from checks.bench.whole_window import whole_window

    if trace:
        tracemalloc.start(12)
    with whole_window() as window:
        seen = _minutes(window, minutes, trace=trace)
    later = seen[SETTLED:]
    rows = [Row("memory after the first minute", seen[0], "MB"), Row("memory in the end", seen[-1], "MB")]
    if len(later) > 1:
        growth = linear_regression(range(len(later)), later).slope
        rows.append(at_most("memory gained a minute, after five", growth, "MB", GROWTH_BAR))
    return rows
