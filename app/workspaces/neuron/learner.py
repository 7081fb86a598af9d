"""Rosenblatt's perceptron rule at work on the document: a run is worked out ahead, and played step by step."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from app.kit.background import Background, Job, Work
from app.kit.playback.playback import Playback
from app.kit.widgets.merging import new_gesture
from app.workspaces.neuron.model import NeuronModel
from engine.neuron.learning import Learning, LearningStep, learn
from engine.neuron.sheet import NeuronContent

SPEED = 2.0


class Hidden(NamedTuple):
    """Whether a step's output before it, the one after it, and how many rows are right then, may not be told yet."""

    before: bool
    after: bool
    right: bool


NOTHING = Hidden(before=False, after=False, right=False)


class Learner(QObject):
    """A run begins at the weights that there are; each of its steps is put into the document, all of them one step of
    undo. Whatever else changes weights, table, output or rate ends the run. ``changed``: the run or its place in it.

    Where sums are to be guessed, no step is known before it is done, and one that moves the weights hides every sum
    again: the row that is shown next is then looked at, so that it is asked about.
    """

    changed = Signal()

    def __init__(self, model: NeuronModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.learning: Learning | None = None
        self.playback = Playback(self, speed=SPEED)
        self._content = model.sheet.value
        self._gesture = ""
        self._own = False
        self._background = Background("neuron-learning", latest_only=True, parent=self)
        self._background.done.connect(self._take)
        self._background.failed.connect(self._take_nothing)
        self._plays = False
        self.playback.stepped.connect(self._apply)
        self.playback.moved.connect(self.changed)
        model.sheet.value_changed.connect(self._follow)
        model.changed.connect(self._follow_known)

    @property
    def step(self) -> LearningStep | None:
        """The step that was done last."""
        if self.learning is None or not 0 < self.playback.at <= len(self.learning.steps):
            return None
        return self.learning.steps[self.playback.at - 1]

    @property
    def known(self) -> tuple[LearningStep, ...]:
        """The steps that may be shown: all, or those done where the next ones would tell what is to be guessed."""
        if self.learning is None:
            return ()
        return self.learning.steps[: self.playback.at] if self._model.guessing else self.learning.steps

    def hides(self, step: LearningStep) -> Hidden:
        """What a step would tell that is still to be guessed. The weights may have been there before, where a run goes
        round, and guessing may have begun after it."""
        if not self._model.guessing:
            return NOTHING
        now, row = self._model.content.unit, self._model.hides(step.row)
        before, after = step.before == now, step.after == now
        return Hidden(row and before, row and after, self._model.secret and after)

    @property
    def next_step(self) -> LearningStep | None:
        """The step that is done next; None where there is no run, or no step is left."""
        if self.learning is None or self.ended:
            return None
        return self.learning.steps[self.playback.at]

    @property
    def next_row(self) -> int | None:
        """The row that is shown next; None where there is no next step."""
        step = self.next_step
        return None if step is None else step.row

    @property
    def ended(self) -> bool:
        """Whether every step of a run is done."""
        return self.learning is not None and self.playback.at == len(self.learning.steps)

    def _length(self, at: int) -> int:
        """How many steps there are to play: where sums are guessed, those done, and one more once its row is known."""
        steps = len(self.learning.steps) if self.learning is not None else 0
        if not self._model.guessing or self.learning is None or at == steps:
            return steps
        return at if self._model.hides(self.learning.steps[at].row) else at + 1

    @Slot()
    def _follow_known(self) -> None:
        """What was to be guessed is known, or what was known is to be guessed."""
        if not self._own and self.playback.length != self._length(self.playback.at):
            self.follow_guessing()

    def follow_guessing(self) -> None:
        """Sums are to be guessed from now on, or no longer."""
        self._own = True
        self.playback.pause()
        self.playback.set_length(self._length(self.playback.at), self.playback.at)
        self._own = False
        self.changed.emit()

    @property
    def inputs(self) -> int:
        """How many inputs the unit has that is to learn."""
        return len(self._model.sheet.value.weights)

    @property
    def busy(self) -> bool:
        """Whether a run is being worked out."""
        return self._background.busy

    def prepare(self, *, play: bool = False) -> None:
        """Have a run ready, from where the weights are; then play it where that is wanted."""
        self._plays = play
        if self.learning is None and not self._background.busy:
            self._content = self._model.sheet.value
            self._background.request(_run(self._content))
        elif self.learning is not None and play:
            self.playback.play()

    def toggle(self) -> None:
        """Play or pause. A run that is over begins anew, from the weights that it has come to where they are another
        start."""
        if self.playback.playing:
            self.playback.pause()
            return
        if self.learning is not None and self.ended and self.learning.end != "learnt" and self.learning.steps:
            self.forget()
        self.prepare(play=True)

    def forget(self) -> None:
        """This run is over; the next begins where the weights are."""
        self.playback.pause()
        self._background.cancel()
        self.learning = None
        self._own = True
        self.playback.set_length(0)
        self._own = False
        self.changed.emit()

    def close(self) -> None:
        """Work nothing more out."""
        self.playback.pause()
        self._background.close()

    @Slot(object)
    def _take(self, found: tuple[NeuronContent, Learning]) -> None:
        content, learning = found
        if _without_row(content) != _without_row(self._model.sheet.value):
            self.prepare(play=self._plays)
            return
        self.learning, self._gesture = learning, new_gesture("learning")
        self._own = True
        self.playback.set_length(self._length(0), 0)
        self._own = False
        self.changed.emit()
        if self._plays and learning.steps and not self._model.guessing:
            self.playback.play()
        self._plays = False

    @Slot(object)
    def _take_nothing(self, _problem: object) -> None:
        self.forget()

    @Slot(int)
    def _apply(self, at: int) -> None:
        """Put the weights after so many steps into the document."""
        if self._own or self.learning is None:
            return
        steps, unit = self.learning.steps, self.learning.unit_after(at)
        row = steps[at - 1].row if at else self._content.row
        self._own = True
        if self._model.guessing:
            row = steps[min(at, len(steps) - 1)].row
        self._model.take(unit, self.tr("Learning"), self._gesture, row)
        self._own = False
        self._content = self._model.sheet.value
        if self._model.guessing:
            self.follow_guessing()

    @Slot()
    def _follow(self) -> None:
        """An edit by somebody else, or undo: the run is over, unless another row alone is looked at."""
        if self._own or _without_row(self._model.sheet.value) == _without_row(self._content):
            return
        self._content = self._model.sheet.value
        self.forget()


def _without_row(content: NeuronContent) -> NeuronContent:
    return content.changed(row=0)


def _run(content: NeuronContent) -> Work:
    def run(_job: Job) -> tuple[NeuronContent, Learning]:
        return content, learn(content.unit, content.targets, content.rate)

    return run
