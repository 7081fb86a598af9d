"""The plot of the result over one input, with its heading; the curve is worked out away from the window."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.background import Background
from app.kit.copying import CopyButton
from app.kit.formula.trees import markup_of_name
from app.kit.listing import joined
from app.kit.numbers import significant
from app.kit.translation import sentence_of
from app.kit.typeset import MathLabel
from app.kit.widgets.labels import Sentence
from app.workspaces.scalar_graph.canvas.shown import not_yet
from app.workspaces.scalar_graph.dock.plot import Curve, CurvePlot
from app.workspaces.scalar_graph.model import Desk
from app.workspaces.scalar_graph.names import short_name
from app.workspaces.scalar_graph.sight import gradient_text, value_text
from app.workspaces.scalar_graph.words import kink_note, not_measurable
from app.workspaces.scalar_graph.worked import Worked
from engine.autodiff.curves import curve
from engine.problems import Problem

POINTS = 241
REACH, FACTOR = 6.0, 5.0
"""A curve goes from −6 to 6, or five times as far, as often as its input lies beyond."""
TITLE = 15.0
"""The height of an em in the title's maths, in pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """A curve that was worked out: of which numbers, over which input."""

    worked: Worked
    name: str
    xs: NDArray[np.float64]
    ys: NDArray[np.float64]


def run_of(worked: Worked, name: str) -> Run:
    """In another thread: the result for values of an input from −reach to reach."""
    reach = reach_for(worked.inputs[name])
    xs = np.linspace(-reach, reach, POINTS)
    return Run(worked, name, xs, curve(worked.graph, name, xs, worked.inputs).values)


def reach_for(value: float) -> float:
    """How far the curve goes to both sides of 0 for this value of its input."""
    reach = REACH
    while abs(value) > reach:
        reach *= FACTOR
    return reach


class CurveCard(QWidget):
    """Heading, choice of the input, and the plot."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._run: Run | None = None
        self._problem: Problem | None = None  # why there is no curve
        self.plot = CurvePlot()
        self.title, self.point, self.note = MathLabel("", TITLE), MathLabel("", TITLE), Sentence()
        self.note.setProperty("role", "muted")
        self.copier = CopyButton()
        self.copier.offer(self.plot, self.copier.drawn_picture, title=self.plot.accessibleName(), name="curve")
        self.copier.offer_drawing(self.plot)
        self.copier.serve(self.plot)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addSpacing(16)
        head.addWidget(self.point)
        head.addStretch(1)
        head.addWidget(self.copier)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 6)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.note)
        column.addWidget(self.plot, 1)
        self._background = Background("graph-curve", latest_only=True, tells=True, parent=self)
        self._background.done.connect(self._take)
        self._background.failed.connect(self._fail)
        for signal in (desk.sight_changed, desk.chosen_changed):
            signal.connect(self.follow)
        desk.refused.connect(self.follow)
        desk.nudge_changed.connect(self._show)
        self.plot.dragged.connect(self._drag)
        self.plot.dropped.connect(desk.settle)
        theme.notifier().changed.connect(self._show)
        self.follow()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.follow()

    @Slot()
    def follow(self) -> None:
        """Say what holds, and have the curve worked out anew where it is of other numbers; none where there is no input
        or nothing that can be read."""
        if not self.isVisible():
            return
        worked, leaf = self._desk.worked, self._desk.leaf
        if worked is None or leaf is None or self._desk.stale:
            self._background.cancel()
            self._run = self._problem = None
        elif self._run is None or self._run.worked is not worked or self._run.name != leaf:
            self._background.request(lambda _job: run_of(worked, leaf))
        self._show()

    @Slot(object)
    def _take(self, run: Run) -> None:
        """A curve has come. Of other numbers than are there by now it stands until the next one comes."""
        worked = self._desk.worked
        if worked is not None and run.worked.shape is worked.shape and run.name == self._desk.leaf:
            self._run, self._problem = run, None
            self._show()

    @Slot(object)
    def _fail(self, problem: Problem) -> None:
        """The curve that is there is of other numbers."""
        self._run, self._problem = None, problem
        self._show()

    @Slot()
    def _show(self) -> None:
        if not self.isVisible():
            return
        run = self._run
        if run is None:
            self.plot.show_curve(None)
            self.title.set_text("")
            self.point.set_text("")
            self.note.set_full_text(self._why())
            return
        worked, sight = self._desk.worked, self._desk.sight
        if worked is None or worked.shape is not run.worked.shape or run.name != self._desk.leaf:
            return  # of another graph or input, whose curve is being worked out
        graph = worked.graph
        result = graph.labels[graph.output]
        leaf = graph.index[run.name]
        hollow = leaf in sight.hollow
        slope = sight.gradients[leaf] if not hollow else None
        measured = self._desk.measured(run.name) if not hollow else None
        at = (worked.inputs[run.name], sight.values[graph.output])  # of now, also where the curve is a moment old
        hidden = not self._desk.reached or self._desk.waits(run.name)
        kink = worked.kink_at(leaf) if not hidden else None
        sides = (kink.left, kink.right) if kink is not None else None
        self.plot.show_curve(Curve(run.name, result, run.xs, run.ys, at, slope, measured, sides, run))
        names = {"result": result, "input": run.name}
        maths = {key: f"${markup_of_name(short_name(name))}$" for key, name in names.items()}
        self.title.set_text(self.tr("{result} over {input}").format(**maths))
        where = [f"{maths['input']} = {significant(at[0], 4)}"]
        if at[1] is not None:
            where.append(f"{maths['result']} = {value_text(at[1])}")
        self.point.set_text(joined(where))
        said = self.tr("no tangent: this slope means nothing") if hollow else self._note(slope, measured)
        self.note.set_full_text(kink_note(kink) if kink is not None else said)

    def _why(self) -> str:
        """Why there is no curve, where there could be one."""
        if self._problem is None:
            return ""
        return self.tr("The curve could not be worked out: {reason}").format(reason=sentence_of(self._problem))

    def _note(self, slope: float | None, measured: float | None) -> str:
        if slope is not None:
            return self.tr("— tangent, slope {slope}").format(slope=gradient_text(slope))
        if measured is not None and not math.isfinite(measured):
            return self.tr("-- measured slope: {state}").format(state=not_measurable())
        if measured is not None:
            return self.tr("-- measured {slope}; tangent not yet").format(slope=significant(measured, 3))
        return self.tr("tangent: {state}").format(state=not_yet())

    @Slot(float)
    def _drag(self, value: float) -> None:
        if self._run is not None:
            self._desk.set_input(self._run.name, value)

    def close_work(self) -> None:
        """Work nothing more out."""
        self._background.close(wait=True)
