"""Players that go through the rows: the perceptron rule, and the walk with the guesses that it asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from app.kit.announce import announce
from app.kit.background import Background, Job, Work
from app.kit.guessing.card import GuessCard
from app.kit.guessing.guesses import Guesses
from app.kit.guessing.question import Question
from app.kit.numbers import plain, read
from app.kit.playback.playback import Playback
from app.kit.widgets.merging import new_gesture
from app.workspaces.neuron.model import NeuronModel, SignalStage
from app.workspaces.neuron.words import (
    output_text,
    parameter_text,
    row_name,
    target_text,
    weight_name,
    with_whole_formulas,
    z_text,
)
from engine.guesses import Kind, Mistake
from engine.neuron.learning import Learning, LearningStep, learn
from engine.neuron.sheet import NeuronContent

SPEED = 2.0
"""Stages of the walk, or steps of learning, a second."""


class Hidden(NamedTuple):
    """Parts of a step that may not be told yet: the output before and after it, and how many rows are right then."""

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
        self._start, self._step = model.sheet.value, 0  # of the run that is being worked out, and its place in it
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
    def shown_step(self) -> LearningStep | None:
        """The step in sight: the next while it is to be guessed and its row is looked at, else the one done last."""
        upcoming = self.next_step if self._model.guessing else None
        return upcoming if upcoming is not None and upcoming.row == self._model.content.row else self.step

    @property
    def known(self) -> tuple[LearningStep, ...]:
        """The steps that may be shown: all, or those done where the next ones would tell what is to be guessed."""
        if self.learning is None:
            return ()
        return self.learning.steps[: self.playback.at] if self._model.guessing else self.learning.steps

    def hides(self, step: LearningStep) -> Hidden:
        """Return what a step would tell that is still to be guessed. The weights may have been there before, where a
        run goes round, and guessing may have begun after it."""
        if not self._model.guessing:
            return NOTHING
        hides = self._model.hides_step if step is self.next_step else self._model.hides
        now, row = self._model.content.unit, hides(step.row)
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
        """Return whether every step of a run is done."""
        return self.learning is not None and self.playback.at == len(self.learning.steps)

    def _length(self, step: int) -> int:
        """Return how many steps there are to play: where sums are guessed, those done, and one more once it is
        known what that changes."""
        steps = len(self.learning.steps) if self.learning is not None else 0
        if not self._model.guessing or self.learning is None or step == steps:
            return steps
        return step if self._model.hides_step(self.learning.steps[step].row) else step + 1

    @Slot()
    def _follow_known(self) -> None:
        """Follow what is known, which guesses change."""
        if not self._own and self.playback.length != self._length(self.playback.at):
            self.follow_guessing()

    def follow_guessing(self) -> None:
        """Sums are to be guessed from now on, or no longer: then look at the row of the step that is done."""
        self._own = True
        self.playback.pause()
        self.playback.set_length(self._length(self.playback.at), self.playback.at)
        self._own = False
        if not self._model.guessing and self.step is not None and self._model.content.row == self.next_row:
            self._model.look_at(self.step.row)
        self.changed.emit()

    @property
    def inputs(self) -> int:
        """Return how many inputs the unit has that is to learn."""
        return len(self._model.sheet.value.weights)

    @property
    def busy(self) -> bool:
        """Return whether a run is being worked out."""
        return self._background.busy

    def prepare(self, *, play: bool = False) -> None:
        """Have a run ready, from where the weights are; then play it where that is wanted."""
        self._plays = play
        if self.learning is None and not self._background.busy:
            self._work_out(self._model.sheet.value, 0)
        elif self.learning is not None and play:
            self.playback.play()

    def _work_out(self, start: NeuronContent, step: int) -> None:
        self._content, self._start, self._step = self._model.sheet.value, start, step
        self._background.request(_learning_of(start))

    @property
    def place(self) -> list[float] | None:
        """How many steps are done, and the weights and the bias that the run began with; None before the first."""
        start, step = self._start.unit, self._step
        if not self.busy:
            start, step = (start, 0) if self.learning is None else (self.learning.start, self.playback.at)
        return [step, *start.weights, start.bias] if step else None

    def return_to(self, place: Sequence[float]) -> None:
        """Go on with a run from such a place, once it is worked out again."""
        with suppress(ValueError):  # too few numbers, or weights of another unit
            step, *weights, bias = place
            start = self._model.sheet.value.changed(weights=tuple(weights), bias=bias)
            self.forget()
            self._work_out(start, int(step))

    def toggle(self) -> None:
        """Play or pause. A run that is over begins anew, from the weights that it has come to where they are another
        start."""
        if self.playback.playing:
            self.playback.pause()
            return
        if self._model.guessing and self.next_step is not None:
            self.playback.step()  # it has been guessed: there is nothing to wait for
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
    def _take(self, learning: Learning) -> None:
        step = self._step
        if not (0 <= step <= len(learning.steps) and learning.unit_after(step) == self._model.sheet.value.unit):
            self.prepare(play=self._plays)
            return
        self.learning, self._gesture = learning, new_gesture("learning")
        self._own = True
        self.playback.set_length(self._length(step), step)
        self._own = False
        self.changed.emit()
        if self._plays and learning.steps and not self._model.guessing:
            self.playback.play()
        self._plays = False

    @Slot(object)
    def _take_nothing(self, _problem: object) -> None:
        self.forget()

    @Slot(int)
    def _apply(self, step: int) -> None:
        """Put the weights after so many steps into the document."""
        if self._own or self.learning is None:
            return
        steps, unit = self.learning.steps, self.learning.unit_after(step)
        row = steps[step - 1].row if step else self._content.row
        self._own = True
        if self._model.guessing:
            row = steps[min(step, len(steps) - 1)].row
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


def _learning_of(start: NeuronContent) -> Work:
    def run(_job: Job) -> Learning:
        return learn(start.unit, start.targets, start.rate)

    return run


class Walker(QObject):
    """``changed``: whether there is a walk, or where it is. Where guesses are asked for, every sum is hidden until it
    was guessed: the walk stands still at each, and without a walk the row that is looked at is asked about. A single
    step doesn't go past an open question either. While a unit is trained, what the next step is to change takes the
    place of the sum; ``training``: who trains it, None while that is not in sight."""

    changed = Signal()

    def __init__(
        self,
        model: NeuronModel,
        card: GuessCard,
        training: Callable[[], Learner | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._model, self._training = model, training
        self.playback = Playback(self, speed=SPEED)
        self.playback.set_length(model.walk_length, 0)
        self.guesses = Guesses(card, self)
        self.guesses.settled.connect(self._reveal)
        self._speaker = card
        self._quiet = False
        self.playback.stepped.connect(self._come_to)
        self.playback.moved.connect(self._advance)
        self.playback.playing_changed.connect(self.changed)
        model.sheet.value_changed.connect(self._follow)
        model.walk_left.connect(self._rest)

    @property
    def on(self) -> bool:
        """Return whether there is a walk."""
        return self._model.walk_step is not None

    def toggle(self) -> None:
        """Begin, pause, or go on; at a question that is open it waits."""
        if self.playback.playing:
            self.playback.pause()
            return
        if self.on and self.guesses.open:
            self.guesses.insist()
            return
        self._begin()
        self.playback.play()

    def step(self) -> None:
        """One stage on; at a question that is open it waits."""
        if self.on and self.guesses.open:
            self.guesses.insist()
            return
        self._begin()
        self.playback.step()

    def back(self) -> None:
        """One stage back."""
        if self.on:
            self.playback.back()

    def go_to(self, step: int) -> None:
        """Take a walk up where it was left."""
        self._begin()
        self.playback.go(min(step, self._model.walk_length))

    @Slot()
    def leave(self) -> None:
        """No walk: everything is in sight again, but for what is still to be guessed."""
        self._model.set_walk(None)
        self._rest()

    def set_guessing(self, on: bool) -> None:
        """Ask for every sum before it is shown, or no longer. A walk is over with it."""
        self.guesses.set_on(on)
        self._model.set_guessing(on)
        self.leave()

    @Slot()
    def begin_anew(self) -> None:
        """Another document: no walk, and nothing of it has been guessed yet."""
        self.leave()
        self._model.forget_rows()

    def close(self) -> None:
        """Stand still."""
        self.playback.pause()

    # Following -------------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        if not self.on or self.playback.at_end:
            self._quiet = True
            self.playback.go(0)
            self._quiet = False
            self._model.set_walk(0)
            self._model.hide_rows()
            self.changed.emit()

    @Slot()
    def _rest(self) -> None:
        """The walk is over: stand at its beginning."""
        self._quiet = True
        self.playback.pause()
        self.playback.go(0)
        self._quiet = False
        self._model.set_advance(0.0)
        self.ask()
        self.changed.emit()

    def _invitation(self) -> str:
        return self.tr("Step through the rows: you're asked for each sum before it's shown.")

    @Slot()
    def _follow(self) -> None:
        """The unit or its table is another one; so may be the number that is being guessed."""
        self.playback.set_length(self._model.walk_length)
        self.ask()

    @Slot()
    def _advance(self) -> None:
        if self.on and not self._quiet:
            self._model.set_advance(self.playback.progress)

    @Slot(int)
    def _come_to(self, step: int) -> None:
        if self._quiet:
            return
        self._model.set_walk(step)
        self.ask()
        if not self.guesses.open:
            self._announce()
        self.changed.emit()

    # Guesses ---------------------------------------------------------------------------------------------------------

    @Slot()
    def ask(self) -> None:
        """Once the products of the row that is looked at are known, ask for their sum, or for what the step with this
        row changes, unless it has been revealed."""
        if not self.guesses.on:
            self._model.set_step_asked(False)
            return
        model, row = self._model, self._model.content.row
        learner, upcoming = None if self.on else self._training(), self._upcoming
        step, done = (learner.next_step, learner.step) if learner is not None else (None, None)
        question = self._sum_question() if upcoming is None else self._change_question(upcoming)
        if step is not None and model.hides(row) and row not in (step.row, done.row if done is not None else None):
            self.guesses.look_at(None, note=self.tr("Play: before each step you're asked what it changes."))
        elif model.withheld if upcoming is None else model.hides_step(row):
            if self.guesses.look_at(question):
                self.playback.pause()
            else:
                self._reveal_asked()
        elif not model.hides(row) and self.guesses.settled_before(question):
            self.guesses.look_at(question)  # what came of it
        elif not model.hides(row):
            self.guesses.look_at(None, note=self.tr("This row's sum is already known; it follows the weights."))
        elif self.guesses.open or self.guesses.question is None or self.guesses.question.key != question.key:
            self.guesses.look_at(None, note=self._invitation())
        model.set_step_asked(upcoming is not None and self.guesses.open)

    @property
    def _upcoming(self) -> LearningStep | None:
        """The step of training that is asked about: the next, while its row is looked at."""
        learner = None if self.on else self._training()
        step = learner.next_step if learner is not None else None
        return step if step is not None and step.row == self._model.content.row else None

    def _reveal_asked(self) -> None:
        reveal = self._model.reveal if self._upcoming is None else self._model.reveal_step
        reveal(self._model.content.row)

    def _change_question(self, step: LearningStep) -> Question:
        """For the change of the bias or of a weight whose input is 1, in turn."""
        content = self._model.content
        asked = [index for index, bit in enumerate(step.x) if bit]
        weight = [*asked, None][step.row % (len(asked) + 1)]
        text = self.tr("Row {row}, target {t}: by how much does this step change {parameter}?").format(
            row=row_name(step.x),
            t=target_text(self._model.reading, step.row),
            parameter="b" if weight is None else weight_name(weight),
        )
        hint = self.tr("Hint: work out z, then y; the step adds η (t − y) x.")
        bias_hint = self.tr("Hint: work out z, then y; the step adds η (t − y).")
        return Question(
            ("change", _asked_of(content), content.targets, content.rate, step.row),
            Kind.VALUE,
            step.bias_change,  # the same for every input that is 1
            r"\Delta b" if weight is None else rf"\Delta w_{weight + 1}",
            text=text,
            hint=with_whole_formulas(bias_hint if weight is None else hint),
            printed=plain(step.bias_change),
            mistakes=((Mistake.RATE, step.error),),
        )

    def _sum_question(self) -> Question:
        """For the sign of the sum, or in every third row for its value."""
        reading = self._model.reading
        now, row = reading.now, reading.content.row
        key = (_asked_of(reading.content), row)
        printed = z_text(now.z, reading)
        hint = self.tr("Hint: add the weights of the inputs that are 1, then the bias.")
        terms = (*(w for w, bit in zip(reading.content.weights, now.x, strict=True) if bit), reading.content.bias)
        if row % 3 == 2 or read(printed) == 0.0:
            text = self.tr("What is z for the inputs {row}?").format(row=row_name(now.x))
            mistakes = ((Mistake.BIAS, now.z - reading.content.bias),)
            return Question(
                key, Kind.VALUE, now.z, "z", text=text, hint=hint, printed=printed, mistakes=mistakes, sums=(terms,)
            )
        text = self.tr("Will it fire for the inputs {row}: is z positive or negative?").format(row=row_name(now.x))
        return Question(key, Kind.SIGN, now.z, "z", text=text, hint=hint, printed=printed, sums=(terms,))

    @Slot()
    def _reveal(self) -> None:
        self._reveal_asked()
        self._announce()
        self.changed.emit()

    # Speaking --------------------------------------------------------------------------------------------------------

    def _announce(self) -> None:
        """Say what the stage has brought."""
        model, reading = self._model, self._model.reading
        now = reading.now
        if model.walk_step == 0:
            return
        products = ", ".join(parameter_text(value, reading) for value in reading.products)
        fires = self.tr("fires") if now.fires else self.tr("silent")
        judged = self.tr("right") if now.right else self.tr("wrong")
        words = {
            SignalStage.INPUTS: self.tr("Inputs {x}").format(x=row_name(now.x)),
            SignalStage.PRODUCTS: self.tr("Weighted: {products}").format(products=products),
            SignalStage.SUM: self.tr("Sum z = {z}").format(z=z_text(now.z, reading)),
            SignalStage.OUTPUT: self.tr("Output {y}, {fires}; the target is {target}: {judged}").format(
                y=output_text(now.output, reading),
                fires=fires,
                target=target_text(reading, reading.content.row),
                judged=judged,
            ),
        }
        announce(self._speaker, words.get(model.stage, ""))


def _asked_of(content: NeuronContent) -> tuple[object, ...]:
    """Return what the answer depends on."""
    return content.weights, content.bias
