"""What is told of every run of a network, the present one among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import nan
from string import ascii_uppercase

import numpy as np
from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from app.kit.background import Background
from app.kit.drawing.marks import Call, call
from app.kit.numbers import epoch_text
from app.network.document import Document
from app.network.trainer import Trainer
from app.workspaces.playground.panels.decision_view import decision_image
from app.workspaces.playground.panels.readings import reading_of
from app.workspaces.playground.plots.layers import label_of
from engine.formats.progress import Curve, Event, RunBranch
from engine.network.plan import compile_graph
from engine.training.events import Change
from engine.training.runs import Portrait, StoredRun, differences, portrait
from engine.training.setup import Setup
from engine.training.snapshot import Snapshot
from engine.training.tables import target_of


@dataclass(frozen=True, slots=True)
class RunShown:
    """``epoch``: how far it went; ``losses``: of the test points after each epoch, only its own where it is a branch.
    ``settings``: in which it differs from the run that it has left, else from the first. ``test_loss``, ``accuracy``,
    ``picture``: of its end, or of the epoch where the present run stands; NaN and None while they aren't known.
    """

    number: int
    letter: str
    epoch: float
    losses: Curve
    settings: tuple[str, ...]
    parent: str = ""
    parted: float = 0.0
    test_loss: float = nan
    accuracy: float = nan
    picture: Call | None = None


@dataclass(frozen=True, slots=True)
class RunsShown:
    """``present``: the number of the run that is open, which stands at ``epoch``. ``lit``: of the one pointed at."""

    runs: tuple[RunShown, ...] = ()
    present: int = -1
    epoch: float = 0.0
    regression: bool = False
    lit: int | None = None

    @property
    def shown(self) -> RunShown | None:
        """The run that the eye is on: the one pointed at, else the present one."""
        number = self.present if self.lit is None else self.lit
        return next((run for run in self.runs if run.number == number), None)


class RunsModel(QObject):
    """``changed``: there is more to tell."""

    changed = Signal()

    def __init__(self, document: Document, trainer: Trainer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document, self._trainer = document, trainer
        self._known: dict[StoredRun, RunShown] = {}
        self._painter = Background("run portraits", latest_only=False, parent=self)
        self._painter.done.connect(self._take)
        document.runs.changed.connect(self.changed)
        document.arrived.connect(self.changed)

    @property
    def stored(self) -> tuple[StoredRun, ...]:
        """The runs of the open network that have been left; the present one may be among them, as it was then."""
        return self._document.runs.of(self._document.opening)

    @property
    def count(self) -> int:
        """How many runs there are."""
        snapshot = self._trainer.snapshot
        numbers = {run.number for run in self.stored}
        return len(numbers | ({snapshot.timeline.number} if snapshot is not None and snapshot.step else set()))

    def find(self, number: int) -> StoredRun | None:
        """A run that has been left."""
        return next((run for run in self.stored if run.number == number), None)

    def shown(self, lit: int | None = None) -> RunsShown:
        """All of them, in the order of their beginnings."""
        snapshot = self._trainer.legible.snapshot
        present = snapshot.timeline.number if snapshot is not None else -1
        runs = [self._of_stored(run) for run in self.stored if run.number != present]
        setups = {run.number: run.end.setup for run in self.stored}
        branches = {run.number: run.branch for run in self.stored}
        if snapshot is not None:
            runs.append(self._present(snapshot))
            setups[present] = Setup(self._document.graph, self._document.dataset, self._document.hyper)
            branches[present] = snapshot.timeline.branch
        runs.sort(key=lambda run: run.number)
        letters = {run.number: letter_of(place) for place, run in enumerate(runs)}
        told = [self._told(run, letters, setups, branches[run.number], runs[0].number) for run in runs]
        epoch = snapshot.epoch if snapshot is not None else 0.0
        regression = self._document.target.classes == 0
        return RunsShown(tuple(told), present, epoch, regression, lit if lit in letters else None)

    def _of_stored(self, run: StoredRun) -> RunShown:
        if run in self._known:
            return self._known[run]
        if not self._painter.busy:  # the next one when this one is there
            self._painter.request(lambda _job: (run, portrait(run.end)))
        return RunShown(run.number, "", run.end.epoch, run.history.test_loss, ())

    def _present(self, snapshot: Snapshot) -> RunShown:
        timeline = snapshot.timeline
        history = timeline.later or snapshot.history
        epoch = max(snapshot.epoch, timeline.epochs[-1] if timeline.later is not None and timeline.epochs else 0.0)
        reading = reading_of(snapshot.plan, snapshot.dataset)
        grid = snapshot.decision
        picture = call(decision_image, grid.outputs, reading) if grid is not None and reading is not None else None
        figures = snapshot.test_loss, snapshot.accuracy
        return RunShown(timeline.number, "", epoch, history.test_loss, (), "", 0.0, *figures, picture)

    @staticmethod
    def _told(
        run: RunShown, letters: dict[int, str], setups: dict[int, Setup], branch: RunBranch | None, first: int
    ) -> RunShown:
        """The run with its letter, where it comes from and in what it differs."""
        left = branch if branch is not None and branch.number in setups else None
        other = setups[left.number if left is not None else first]
        settings = (
            settings_of(differences(other, setups[run.number])) if run.number != first or left is not None else ()
        )
        parent = letters.get(left.number, "") if left is not None else ""
        parted = branch.epoch if branch is not None else 0.0
        losses = after(run.losses, parted) if parent else run.losses
        return replace(run, letter=letters[run.number], settings=settings, parent=parent, parted=parted, losses=losses)

    @Slot(object)
    def _take(self, found: tuple[StoredRun, Portrait]) -> None:
        run, seen = found
        setup, stored = run.end.setup, self.stored
        reading = reading_of(compile_graph(setup.graph, target_of(setup.dataset)), setup.dataset)
        picture = call(decision_image, seen.decision.outputs, reading) if reading is not None else None
        losses = ended(run.history.test_loss, run.end.updates, run.end.epoch, seen.test.loss)
        shown = RunShown(run.number, "", run.end.epoch, losses, ())
        self._known = {one: known for one, known in self._known.items() if one in stored}
        self._known[run] = replace(shown, test_loss=seen.test.loss, accuracy=seen.test.score, picture=picture)
        self.changed.emit()

    def open(self, number: int) -> None:
        """Go on with a run from its end, in one undoable step."""
        snapshot, run = self._trainer.snapshot, self.find(number)
        if run is not None and (snapshot is None or snapshot.timeline.number != number):
            self._trainer.take_up(run, run.end.updates)

    def delete(self, number: int) -> None:
        """Forget a run; the present one stays."""
        snapshot, run = self._trainer.snapshot, self.find(number)
        if run is not None and (snapshot is None or snapshot.timeline.number != number):
            self._document.delete_run(run)

    def go_to(self, epoch: float) -> None:
        """Take the present run to near an epoch."""
        snapshot = self._trainer.snapshot
        if snapshot is None or not snapshot.timeline.steps:
            return
        timeline = snapshot.timeline
        place = min(range(len(timeline.epochs)), key=lambda at: abs(timeline.epochs[at] - epoch))
        self._trainer.go_to(timeline.steps[place])

    def close(self) -> None:
        """Paint no more."""
        self._painter.close()


def letter_of(place: int) -> str:
    """A, B … Z, AA …"""
    return (letter_of(place // 26 - 1) if place >= 26 else "") + ascii_uppercase[place % 26]


def settings_of(changes: Sequence[Change]) -> tuple[str, ...]:
    """What differs, in words."""
    told = (label_of(Event(0, 0.0, *change)) for change in changes)
    return tuple(text for text in told if text)


def after(curve: Curve, epoch: float) -> Curve:
    """The part of a curve from an epoch on, or from the last point before it."""
    first = max(0, int((curve.epochs <= epoch).sum()) - 1)
    parts = (getattr(curve, name)[first:] for name in ("steps", "epochs", "count", "mean", "low", "high"))
    return Curve(*parts)


def ended(curve: Curve, step: int, epoch: float, value: float) -> Curve:
    """A curve that ends with this value: it was last measured some steps before the end of its run."""
    kept = curve.epochs < epoch
    point = {"steps": step, "epochs": epoch, "count": 1, "mean": value, "low": value, "high": value}
    return Curve(*(np.append(getattr(curve, name)[kept], last) for name, last in point.items()))


def origin_text(run: RunShown) -> str:
    """Where a run has begun."""
    if not run.parent and run.parted:
        return QCoreApplication.translate("Runs", "From epoch {epoch}").format(epoch=epoch_text(run.parted))
    if not run.parent:
        return QCoreApplication.translate("Runs", "From the start")
    text = QCoreApplication.translate("Runs", "Branch of {letter} at {epoch}")
    return text.format(letter=run.parent, epoch=epoch_text(run.parted))
