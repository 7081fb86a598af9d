"""The child that knows a draft's data and has trained nothing: what it is asked, and what becomes of its answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.workspaces.recommender.answers import Answers, Document, Ready
from app.workspaces.recommender.model.answers import About, Checked, Crossed, Drawn
from engine.command import engine_command
from engine.graph.model import NetworkGraph

MOST_SHOWN = 12
"""Combinations of a cross that are listed."""


def draft_command(plan: Path, checkpoint: Path | None = None) -> Sequence[str]:
    """Program and arguments that answer for a plan before anything is trained. ``checkpoint``: of what was trained by
    it, where something was: its rows are read where the file of the data can't be."""
    trained = () if checkpoint is None else ("--rows-of", str(checkpoint))
    return engine_command("recommend", "answer", str(plan), "--draft", *trained)


class Drafting(QObject):
    """``opened(About)``; ``failed(Problem)``: a question has no answer, and before it ``unanswered(str)``: which key's;
    ``lost(str)``: the child is gone."""

    opened = Signal(object)
    unanswered = Signal(str)
    failed = Signal(object)
    lost = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._trained: Path | None = None
        self.answers = Answers(self, command=lambda plan: draft_command(plan, self._trained))
        self.answers.ready.connect(self._begin)
        self.answers.unanswered.connect(self.unanswered)
        self.answers.problem_found.connect(self.failed)
        self.answers.lost.connect(self.lost)

    def open(self, plan: Path, trained: Path | None = None) -> None:
        """Have a child open the data of a plan, or the rows in the checkpoint of what was ``trained`` by it."""
        self._trained = trained
        self.answers.open(plan)

    def close(self) -> None:
        """End the child."""
        self.answers.close()

    @Slot(object)
    def _begin(self, _ready: Ready) -> None:
        def take(about: About) -> None:
            self.opened.emit(about.laid_out)

        self.answers.ask("about", {}, take, kind=About)

    def redraw(
        self, change: Document, graph: NetworkGraph, then: Callable[[NetworkGraph], object], *, key: str = ""
    ) -> None:
        """The graph with some fields of the spec changed, a person's edits kept. Of several under a ``key`` only the
        latest is answered, and none twice: what it brings is drawn or begun, and a restart is not to do so again."""
        given = {"spec": dict(change), "graph": graph.model_dump(mode="json")}
        self.answers.ask("graph", given, lambda drawn: then(drawn.graph), kind=Drawn, key=key, once=True)

    def check(self, graph: NetworkGraph, then: Callable[[Checked], object], *, key: str = "") -> None:
        """What the data make of a graph. What is asked under a ``key`` of its own is to be acted on: it is answered
        once, as in :meth:`redraw`."""
        given = {"graph": graph.model_dump(mode="json")}
        self.answers.ask("check", given, then, kind=Checked, key=key, once=bool(key))

    def cross(
        self, crosses: Sequence[Sequence[str]], buckets: int, row: int, then: Callable[[Crossed], object]
    ) -> None:
        """What crosses of columns make of the training rows, each with so many ``buckets`` at most, and which of their
        features a row switches on."""
        given = {
            "crosses": [list(columns) for columns in crosses], "buckets": buckets, "row": row, "shown": MOST_SHOWN
        }  # fmt: skip
        self.answers.ask("cross", given, then, kind=Crossed)
