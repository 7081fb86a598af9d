"""The content of the canvas: where everything lies, the run's numbers, the moment of a pass."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QRectF, Signal

from app.builder.canvas.geometry import Pixels, SceneLayout, pixels_of
from app.builder.canvas.passes import ACTIVATE, ARRIVE, PassMoment, moment_of, stage_of
from app.network.document import Document
from app.network.watched import Legible
from engine.graph import GraphProblem, NetworkGraph
from engine.graph.validation import problems_by_block
from engine.network.plan import WeightKey
from engine.problems import EngineError
from engine.training.snapshot import Snapshot
from engine.training.trace import PassTrace, Phase


class Scene(QObject):
    """The document's graph or, during a drag, the preview of it, with the latest numbers of its run.

    ``layout``: the blocks as they lie. ``problems``: by block id. ``snapshot``: the run's latest state, None before
    the first, and ``legible`` the one whose numbers are written out. ``trace``: the pass that is followed, as far as it
    is known; ``moment`` and ``progress`` (0 … 1): where in it a player is.
    ``seen``: for data of images, the image that is looked at, (height, width) of 0 … 1, and what every block
    ``answers`` to it, (units,) by block id; None and nothing without one. ``moment_changed``: its numbers are others.
    """

    layout_changed = Signal()
    trace_changed = Signal()
    moment_changed = Signal()

    def __init__(self, document: Document, legible: Legible, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._unfolded: frozenset[str] = frozenset()
        self.layout = self._laid_out(document.graph)
        self.problems: Mapping[str, tuple[GraphProblem, ...]] = problems_by_block(document.problems)
        self.snapshot: Snapshot | None = None
        self.legible = legible
        self.trace: PassTrace | None = None
        self.moment: PassMoment | None = None
        self.progress = 0.0
        self._row: NDArray[np.float64] | None = None
        self.seen: NDArray[np.float64] | None = None
        self.answers: Mapping[str, NDArray[np.float64]] = {}

    @property
    def pixels(self) -> Pixels | None:
        """The pixels of the data's images; None where its rows are none."""
        return pixels_of(self._document.dataset)

    @property
    def classes(self) -> tuple[str, ...]:
        """The names of the classes of the data."""
        return self._document.dataset.classes

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the data."""
        return self._document.dataset.columns

    def _laid_out(self, graph: NetworkGraph) -> SceneLayout:
        return SceneLayout(graph, self._document.widths, self.pixels, self._unfolded)

    @property
    def bounds(self) -> QRectF:
        """The rectangle round all blocks; empty without any."""
        return self.layout.bounds

    @property
    def weights(self) -> Mapping[WeightKey, NDArray[np.float64]]:
        """The weights that are drawn: the run's, or the document's until there is a run."""
        return self.snapshot.weights if self.snapshot is not None else self._document.present_weights()

    def follow_document(self) -> None:
        """Show the document's graph as it is now."""
        self.problems = problems_by_block(self._document.problems)
        self._answer()
        self.preview(None)

    def preview(self, graph: NetworkGraph | None) -> None:
        """Draw another graph than the document's while a gesture lasts; None ends it."""
        shown = graph if graph is not None else self._document.graph
        self.layout = self._laid_out(shown)
        self.layout_changed.emit()

    def fold(self, block_id: str) -> None:
        """Unfold an input that is an image to one tile a pixel, or fold it again."""
        self._unfolded ^= {block_id}
        self.preview(None)

    def take(self, snapshot: Snapshot) -> None:
        """Show a newer state of the run."""
        self.snapshot = snapshot
        self._answer()

    def look_at(self, row: tuple[float, ...] | None) -> None:
        """Show what the network makes of an image, given as a row of the data's columns."""
        self._row = None if row is None else np.array([row])
        self._answer()

    def _answer(self) -> None:
        """Work out what every block answers to the image that is looked at."""
        dataset, snapshot = self._document.dataset, self.snapshot
        self.seen, self.answers = None, {}
        if self._row is None or dataset.image is None or self._row.shape[1] != len(dataset.columns):
            return
        self.seen = dataset.as_pictures(self._row)[0]
        if snapshot is None:
            return
        from engine.training.predict import activations_at  # not needed for the first frame

        try:
            found = activations_at(snapshot.plan, snapshot.weights, dataset.columns, self._row)
        except EngineError:
            return  # the snapshot is of the data set before; the next one fits
        self.answers = {block_id: a[0] for block_id, a in found.items()}

    def withholds(self, block_id: str) -> bool:
        """Return whether what a block answers is to be guessed, so that nothing of it may be shown."""
        stage = stage_of(self.trace, Phase.FORWARD, block_id) if self.trace is not None else None
        return stage is not None and stage.withheld is not None

    def answers_of(self, block_id: str) -> NDArray[np.float64] | None:
        """Return what a block answers to the image that is looked at; None without one, or while it is asked for."""
        return None if self.withholds(block_id) else self.answers.get(block_id)

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
        before, arrived = self.moment, _arrived(self.progress)
        another = trace is not self.trace
        if another or self.moment is None or self.moment.stage is not trace.stages[index]:
            self.moment = moment_of(trace, index, self.layout)
        self.trace, self.progress = trace, progress
        if another:
            self.trace_changed.emit()
        if self.moment is not before or _arrived(progress) != arrived:
            self.moment_changed.emit()

    def shows_delta(self, block_id: str) -> bool:
        """Return whether the moment has come to a block's δ; without a moment all of the pass is shown."""
        return self.moment is None or self.moment.signals(self.progress).get(block_id) is not None


def _arrived(progress: float) -> tuple[bool, bool]:
    """How much of what a stage makes its block show is there."""
    return progress >= ARRIVE, progress >= ACTIVATE
