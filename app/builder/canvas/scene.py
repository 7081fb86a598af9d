"""What the canvas shows now: where everything lies, the run's numbers, the moment of a pass."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QRectF, Signal

from app.builder.canvas.geometry import SceneLayout
from app.builder.canvas.passes import Moment, moment_of
from app.network.document import Document
from engine.graph import GraphProblem, NetworkGraph
from engine.graph.validation import problems_by_block
from engine.network.plan import WeightKey
from engine.training.snapshot import Snapshot
from engine.training.trace import PassTrace


class Scene(QObject):
    """The document's graph or, during a drag, the preview of it, with the latest numbers of its run.

    ``layout``: the blocks as they lie. ``problems``: by block id. ``snapshot``: the run's latest state, None before
    the first. ``trace``: the pass that is followed; ``moment`` and ``progress`` (0 … 1): where in it a player is.
    """

    layout_changed = Signal()
    trace_changed = Signal()
    moment_changed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.layout = SceneLayout(document.graph, document.widths)
        self.problems: Mapping[str, tuple[GraphProblem, ...]] = problems_by_block(document.problems)
        self.snapshot: Snapshot | None = None
        self.trace: PassTrace | None = None
        self.moment: Moment | None = None
        self.progress = 0.0

    @property
    def bounds(self) -> QRectF:
        """What holds every block; empty when there is none."""
        return self.layout.bounds

    @property
    def weights(self) -> Mapping[WeightKey, NDArray[np.float64]]:
        """The weights that are drawn: the run's, or the document's until there is a run."""
        return self.snapshot.weights if self.snapshot is not None else self._document.present_weights()

    def follow_document(self) -> None:
        """Show the document's graph as it is now."""
        self.problems = problems_by_block(self._document.problems)
        self.preview(None)

    def preview(self, graph: NetworkGraph | None) -> None:
        """Draw another graph than the document's while a gesture lasts; None ends it."""
        shown = graph if graph is not None else self._document.graph
        self.layout = SceneLayout(shown, self._document.widths)
        self.layout_changed.emit()

    def show_trace(self, trace: PassTrace | None) -> None:
        """Follow one sample's pass; None goes back to means over the plane."""
        self.trace = trace
        if trace is None:
            self.moment, self.progress = None, 0.0
        self.trace_changed.emit()

    def show_stage(self, trace: PassTrace | None, index: int, progress: float) -> None:
        """Show stage ``index`` of a pass at ``progress`` of its time."""
        if trace is None or not 0 <= index < len(trace.stages):
            self.show_trace(None)
            return
        if trace is not self.trace:
            self.show_trace(trace)
        if self.moment is None or self.moment.stage is not trace.stages[index]:
            self.moment = moment_of(trace, index, self.layout)
        self.progress = progress
        self.moment_changed.emit()
