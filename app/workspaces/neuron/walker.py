"""The walk through the rows of the table, stage by stage, and the guesses that it asks for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from app.kit.announce import announce
from app.kit.guessing.card import GuessCard
from app.kit.guessing.guesses import Guesses
from app.kit.guessing.question import Question
from app.kit.numbers import plain, read
from app.kit.playback.playback import Playback
from app.workspaces.neuron.dock import LEARN, Dock
from app.workspaces.neuron.learner import Learner
from app.workspaces.neuron.model import NeuronModel, Stage
from app.workspaces.neuron.words import output_text, parameter_text, row_name, target_text, weight_name, z_text
from engine.guesses import Kind, Mistake
from engine.neuron.learning import LearningStep
from engine.neuron.sheet import NeuronContent

SPEED = 2.0


class Walker(QObject):
    """``changed``: whether there is a walk, or where it is. Where guesses are asked for, every sum is hidden until it
    was guessed: the walk stands still at each, and without a walk the row that is looked at is asked about. A single
    step goes past a question without a guess. While a unit is trained, what the next step is to change takes the
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
        model.left.connect(self._rest)

    @property
    def on(self) -> bool:
        """Whether there is a walk."""
        return self._model.walk is not None

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
        return self.tr("Walk through the rows: before each sum is shown, you are asked for it.")

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
    def _come_to(self, at: int) -> None:
        if self._quiet:
            return
        self._model.set_walk(at)
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
            return
        model, row = self._model, self._model.content.row
        learner = None if self.on else self._training()
        step, done = (learner.next_step, learner.step) if learner is not None else (None, None)
        question = self._change_question(step) if step is not None and step.row == row else self._sum_question()
        if step is not None and model.hides(row) and row not in (step.row, done.row if done is not None else None):
            self.guesses.look_at(None, note=self.tr("Play: before each step, you are asked what it changes."))
        elif model.withheld:
            if self.guesses.look_at(question):
                self.playback.pause()
            else:
                model.reveal(row)
        elif not model.hides(row) and self.guesses.settled_before(question):
            self.guesses.look_at(question)  # what came of it
        elif not model.hides(row):
            self.guesses.look_at(
                None, note=self.tr("This row has been asked about already; its sum follows the weights.")
            )
        elif self.guesses.open or self.guesses.question is None:
            self.guesses.look_at(None, note=self._invitation())

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
            hint=bias_hint if weight is None else hint,
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
        if row % 3 == 2 or read(printed) == 0.0:
            text = self.tr("What does z come to for the inputs {row}?").format(row=row_name(now.x))
            mistakes = ((Mistake.BIAS, now.z - reading.content.bias),)
            return Question(key, Kind.VALUE, now.z, "z", text=text, hint=hint, printed=printed, mistakes=mistakes)
        text = self.tr("Will it fire for the inputs {row}: is z positive or negative?").format(row=row_name(now.x))
        return Question(key, Kind.SIGN, now.z, "z", text=text, hint=hint, printed=printed)

    @Slot()
    def _reveal(self) -> None:
        self._model.reveal(self._model.content.row)
        self._announce()
        self.changed.emit()

    # Speaking --------------------------------------------------------------------------------------------------------

    def _announce(self) -> None:
        """Say what the stage has brought."""
        model, reading = self._model, self._model.reading
        now = reading.now
        if model.walk == 0:
            return
        products = ", ".join(parameter_text(value, reading) for value in reading.products)
        fires = self.tr("fires") if now.fires else self.tr("silent")
        judged = self.tr("right") if now.right else self.tr("wrong")
        words = {
            Stage.INPUTS: self.tr("Inputs {x}").format(x=row_name(now.x)),
            Stage.PRODUCTS: self.tr("Weighted: {products}").format(products=products),
            Stage.SUM: self.tr("Sum z = {z}").format(z=z_text(now.z, reading)),
            Stage.OUTPUT: self.tr("Output {y}, {fires}; the target is {target}: {judged}").format(
                y=output_text(now.output, reading),
                fires=fires,
                target=target_text(reading, reading.content.row),
                judged=judged,
            ),
        }
        announce(self._speaker, words.get(model.stage, ""))


def _asked_of(content: NeuronContent) -> tuple[object, ...]:
    """What the answer depends on."""
    return content.weights, content.bias


class Turns(QObject):
    """``play_wanted``: after a guess, the walk or learning is to go on."""

    play_wanted = Signal()

    def __init__(self, model: NeuronModel, dock: Dock, walker: Walker, learner: Learner, parent: QObject) -> None:
        super().__init__(parent)
        self._model, self._dock, self._walker, self._learner = model, dock, walker, learner
        dock.guess.went_on.connect(self._go_on)
        for told in (walker.changed, learner.changed, dock.front_changed, model.changed):
            told.connect(self._offer_next)

    def waits(self) -> bool:
        """Whether the row that learning shows next is still to be guessed. Then it is asked about; where it has been,
        that is said again."""
        row = self._learner.next_row
        if row is None or not self._model.hides(row):
            return False
        if self._walker.on or self._model.content.row != row:
            self._walker.leave()
            self._model.look_at(row)
        else:
            self._walker.guesses.insist()
        return True

    @Slot()
    def _go_on(self) -> None:
        """The next stage of a walk, the next step of learning, or the next row to be guessed."""
        if self._dock.front == LEARN or self._walker.on:
            self.play_wanted.emit()
        elif (row := self._model.next_hidden) is not None:
            self._model.look_at(row)

    @Slot()
    def _offer_next(self) -> None:
        text = ""
        if self._dock.front == LEARN:
            text = self.tr("Next step") if self._learner.next_row is not None else ""
        elif self._walker.on:
            text = self.tr("Go on") if not self._walker.playback.at_end else ""
        elif self._model.next_hidden is not None:
            text = self.tr("Next row")
        self._dock.guess.offer_next(text)
