"""The pass player: plays one pass through the network, stage by stage, and works each stage out with its numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app.builder.timeline.card import SPEEDS, TimelineCard
from app.builder.timeline.sheet import MOST_TERMS
from app.builder.timeline.source import PassSource
from app.builder.timeline.words import PassView, caption, place, rows_tip, symbols, title
from app.builder.timeline.written import FEWEST, write, write_factor
from app.kit.guessing.guesses import Guesses
from app.kit.guessing.question import Question as Guess
from app.kit.numbers import as_written
from app.kit.scene.playhead import Playhead
from app.kit.view_parts import ViewPart
from app.kit.words import plain_tip
from engine.formats.sheet import MOST_NUMBERS
from engine.guesses import GuessRecord
from engine.training.lines.expression import Source
from engine.training.lines.origin import is_known
from engine.training.lines.quiz import QuizQuestion, question_of
from engine.training.lines.working import Working, work_out
from engine.training.trace import PassTrace, Phase
from engine.training.withheld import so_far

if TYPE_CHECKING:
    from app.builder.timeline.origins import PassOriginCard
    from app.network.document import Document
    from app.network.trainer import Trainer


ASKED_TERMS = 4
"""Terms of a sum that a question looks at one by one."""


class PassGuesses(Guesses):
    """Asks for a number of each stage of a pass. One that was only revealed counts nothing."""

    def record(self, turn: int = 0) -> GuessRecord | None:
        """Return what a file keeps of the guesses; None where no question was met."""
        record = super().record(turn)
        return record if record is not None and record.met else None

    def look_at_stage(
        self, work: Callable[[int], Working], trace: PassTrace, stage: int, unit: int, *, seen: bool = False
    ) -> int | None:
        """Ask about the stage in sight, once, unless its numbers were ``seen`` before. Return the place of the line to
        hide, None if there is none."""
        if not self.on:
            return None
        working = work(ASKED_TERMS)
        found = question_of(working.lines, stage, [work(most).lines for most in MOST_TERMS])
        if found is None or not write(found[1].line).steps:
            self.look_at(None, note=self.tr("Nothing to work out here. Go on to the next stage."))
            return None
        place, question = found
        name, parameter = question.line.name, working.lines[-1].name
        if working.parameter is not None and name != parameter:
            name = rf"{parameter}:\ {name}"
        key = (trace.rows, stage, unit, question.truth)  # of another run or step it is another question
        asked, written = question.asked, write(question.line)
        than_work, than = write_factor(question.line, question.than)
        guess = Guess(
            key, asked.kind, asked.truth, name, asked.than, function=question.function,
            printed=written.result.text, than_work=than_work, than_printed=than, mistakes=asked.mistakes,
            sums=question.sums, digits=_enough_digits(question),
        )  # fmt: skip
        again = self.tr("You've already seen this stage's numbers. The next pass will ask.")
        onward = self.tr("You've already seen this stage's numbers. The next stage will ask.")
        note = again if stage + 1 == len(trace.stages) else onward
        return place if self.look_at(guess, seen=seen, note=note) else None


def _enough_digits(question: QuizQuestion) -> int:
    """How many digits of each number in the line lead to a value that is near enough; 0 where not even many do."""
    rounded = (digits for digits in range(2, FEWEST + 1) if question.near_enough(partial(as_written, digits=digits)))
    return next(rounded, 0)


@dataclass(frozen=True, slots=True)
class WantedPass:
    """A pass that was saved, which waits for the trainer's numbers. ``choose`` asks for it; ``amount``: one sample, or
    several; ``index`` and ``progress``: its stage, and how far that has come."""

    choose: Callable[[], None]
    amount: int
    index: int = 0
    progress: float = 0.0


class PassTimeline(TimelineCard):
    """Plays a :class:`PassTrace`. Every number that it shows comes out of the trace.

    ``stage_shown``: the pass as far as it is known, which is all of it unless guesses are asked for, the index of the
    stage in sight, and how far that has come, 0…1. Whoever shows the pass knows no more of it than that.
    ``closed``: no pass is shown any more. ``number_picked``: the Source of a number that is explained. ``card_made``:
    the card that says where numbers come from, once, for whoever has a place for it. ``predicting_changed``: guesses
    are asked for, or no longer. ``on_arrival``: the move with which the next pass to arrive begins.
    """

    stage_shown = Signal(object, int, float)
    closed = Signal()
    number_picked = Signal(object)
    card_made = Signal(object)
    predicting_changed = Signal(bool)

    def __init__(self, document: Document, trainer: Trainer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._trainer = document, trainer
        self._view: PassView | None = None
        self._known: PassTrace | None = None
        self._neuron: tuple[str, int] | None = None
        self._reach = 0
        self._shown_stage = -1
        self._origin: PassOriginCard | None = None
        self.on_arrival: Callable[[], None] | None = None
        self._wanted: WantedPass | None = None
        self.playhead = Playhead(self)
        self.prediction = PassGuesses(self.quiz, self)
        self.source = PassSource(document, trainer, self)
        self.set_actions(self._actions())
        self._connect()
        self._show_empty()

    @property
    def trace(self) -> PassTrace | None:
        """The pass shown."""
        return None if self._view is None else self._view.trace

    # Building -------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.playhead.moved.connect(self._show_position)
        self.playhead.playing_changed.connect(self._show_playing)
        self._cells.scrubbed.connect(self.playhead.seek)
        self._cells.stage_chosen.connect(self.go_to_stage)
        self._cells.phase_chosen.connect(self.go_to_phase)
        self._speed.currentIndexChanged.connect(self._choose_speed)
        self.source.arrived.connect(self.take_trace)
        self.source.lost.connect(self._show_empty)
        self.sheet.picked.connect(self._show_origin)
        self._predict.toggled.connect(self._choose_predicting)
        self.prediction.settled.connect(self._finish_stage)
        self._document.weights_loaded.connect(self._want_nothing)
        self._trainer.snapshot_published.connect(self._return)
        self._amount.activated.connect(self._choose_amount)
        self._close.clicked.connect(self.put_away)

    # What a file keeps ----------------------------------------------------------------------------------------

    def view_parts(self) -> tuple[ViewPart, ...]:
        """All that is saved of the pass: what goes through the network, the stage, and the guesses."""
        source, predict, prediction = self.source, self._predict, self.prediction
        chosen = source.arrived, source.lost
        return (
            ViewPart("guesses", prediction.record, prediction.take_up, (prediction.replied,)),
            ViewPart("predict", self._predict_kept, predict.setChecked, (predict.toggled,)),
            ViewPart(
                "switches.batch",
                lambda: source.takes_batch or None,
                lambda _on: self._want(source.choose_batch, 1),
                chosen,
            ),
            ViewPart("numbers.rows", self._rows_kept, self._want_rows, chosen),
            ViewPart("numbers.input", lambda: list(source.values[:MOST_NUMBERS]) or None, self._want_input, chosen),
            ViewPart("numbers.stage", self._stage_kept, self._want_stage, (self.playhead.moved,)),
        )

    def _predict_kept(self) -> bool | None:
        return self._predict.isChecked() if self.source.chosen else None

    def _rows_kept(self) -> list[float] | None:
        rows = [] if self.source.takes_batch else self.source.rows[:MOST_NUMBERS]
        return [float(row) for row in rows] or None

    def _stage_kept(self) -> list[float] | None:
        return None if self.trace is None else [self.playhead.index, self.playhead.progress]

    def _want_rows(self, numbers: Sequence[float]) -> None:
        rows, count = tuple(int(number) for number in numbers), len(self._document.dataset.x)
        if all(0 <= row < count for row in rows):
            self._want(partial(self.source.choose_rows, rows), 0 if len(rows) == 1 else 1)

    def _want_input(self, numbers: Sequence[float]) -> None:
        if len(numbers) == len(self._document.dataset.columns):
            self._want(partial(self.source.choose_input, tuple(numbers)), 0)

    def _want_stage(self, place: Sequence[float]) -> None:
        if self._wanted is not None and len(place) == 2:
            self._wanted = replace(self._wanted, index=int(place[0]), progress=place[1])
            self._return()

    def _want(self, choose: Callable[[], None], amount: int) -> None:
        self._wanted = WantedPass(choose, amount)

    @Slot()
    def _want_nothing(self) -> None:
        self._wanted = None

    @Slot()
    def _return(self) -> None:
        """Ask for the pass that was saved, once there are numbers, and go to its stage."""
        wanted = self._wanted
        if wanted is not None and self._trainer.snapshot is not None:
            self._wanted = None
            self._begin()
            self._amount.setCurrentIndex(wanted.amount)
            self.on_arrival = lambda: self.playhead.load(self.playhead.count, wanted.index, wanted.progress)
            wanted.choose()

    # What is shown --------------------------------------------------------------------------------------------

    def load_rows(self, rows: tuple[int, ...]) -> None:
        """Play the pass of these rows of the data set: one sample, or several as a mini-batch."""
        self._begin()
        self.source.choose_rows(tuple(int(row) for row in rows))
        self._amount.setCurrentIndex(0 if len(rows) == 1 else 1)

    def load_input(self, values: tuple[float, ...]) -> None:
        """Play the pass of one typed input, raw columns in the data set's order."""
        self._begin()
        self.source.choose_input(tuple(float(v) for v in values))
        self._amount.setCurrentIndex(0)

    def set_neuron(self, block_id: str, unit: int | None) -> None:
        """Show this neuron's numbers where its block has the stage; None goes back to the strongest."""
        self._neuron = None if unit is None else (block_id, unit)
        if self._view is not None:
            self._look_at(self._view.trace, seen=self._in_sight)
            self._show_position(self.playhead.index, self.playhead.progress)

    def _begin(self) -> None:
        """The next pass to arrive plays from its start."""
        self.playhead.pause()
        self.playhead.load(0)
        self._view = self._known = None
        self.on_arrival = self.playhead.play

    @Slot(object)
    def take_trace(self, trace: PassTrace) -> None:
        """Show a pass; where one is shown already, at the same place of the new one. While it trains, the pass that is
        asked about stays as it is, for as long as it is one of this network: nobody could work out numbers that change
        four times a second."""
        shown = None if self._view is None else self._view.trace
        if self.prediction.on and self._trainer.running and shown is not None and shown.plan is trace.plan:
            return
        index, progress = self._place_in(trace)
        self._look_at(trace)
        if self._origin is not None:
            self._origin.follow(trace)
        self.playhead.load(len(trace.stages), index, progress)
        if self.on_arrival is not None:
            move, self.on_arrival = self.on_arrival, None
            move()

    def _place_in(self, trace: PassTrace) -> tuple[int, float]:
        """Where the present stage is in another pass: by phase and block, else by number."""
        if self._view is None or self.playhead.count == 0:
            return 0, 0.0
        old = self._view.trace.stages[self.playhead.index]
        for index, stage in enumerate(trace.stages):
            if (stage.phase, stage.block_id) == (old.phase, old.block_id):
                return index, self.playhead.progress
        return min(self.playhead.index, len(trace.stages) - 1), self.playhead.progress

    def _look_at(self, trace: PassTrace, *, seen: bool = False) -> None:
        if self._view is None or self._view.trace is not trace:
            self._known = None
        view = self._view = PassView(trace, self._document.graph, self._neuron)
        self._cells.set_stages([stage.phase for stage in trace.stages], [title(view, stage) for stage in trace.stages])
        self._set_shown(True)
        self._shown_stage = -1
        if self.playhead.count == len(trace.stages):
            self._show_stage(self.playhead.index, seen=seen)

    @Slot(int, float)
    def _show_position(self, index: int, progress: float) -> None:
        if self._view is None or index >= len(self._view.trace.stages):
            return
        self._cells.set_position(index, progress)
        if index != self._shown_stage:
            self._show_stage(index)
        if self.playhead.playing and self.prediction.open:
            self.playhead.pause()
            self.playhead.load(self.playhead.count, index)
            return
        if self.isVisible():  # else the canvas shows the network alone
            self.stage_shown.emit(self._known, index, progress)

    def _show_stage(self, index: int, *, seen: bool = False) -> None:
        view = self._view
        if view is None:
            return
        stage, unit = view.trace.stages[index], view.unit(view.trace.stages[index])
        self._shown_stage = index
        self._title.setText(title(view, stage, unit))
        self._rule.set_text(symbols(view, stage))
        self._show_place(index + 1, len(view.trace.stages), place(view, index))
        self._caption.set_parts(caption(view, self._document.dataset))
        self._caption.set_about(rows_tip(view))

        def work(most: int) -> Working:
            return work_out(view.trace, stage, unit, most=most)

        covered = self.prediction.look_at_stage(work, view.trace, index, unit, seen=seen)
        self.sheet.show_work(work, covered)
        self._know(index if self.prediction.open else index + 1)

    def _know(self, stages: int) -> None:
        """So many stages of the pass may be shown; all of them where nothing is asked. The same ones are the same pass
        as before, so that nobody shows it anew."""
        assert self._view is not None
        trace = self._view.trace
        reach = stages if self.prediction.on else len(trace.stages)
        if self._known is None or self._reach != reach:
            self._reach, self._known = reach, so_far(trace, reach)
            explained = None if self._origin is None else self._origin.source
            if explained is not None and not is_known(self._known, explained):
                self._put_origin_away()  # what is to be guessed is not explained before

    @Slot()
    def _show_empty(self) -> None:
        self._view = self._known = None
        self._shown_stage = -1
        self.on_arrival = None
        self.playhead.load(0)
        self._cells.set_stages((), ())
        self._cells.set_position(0, 0.0)
        self.sheet.show_work(None)
        self._show_nothing(
            self.tr("Press play, or click a point of the data, to follow one sample through the network")
        )
        self._put_origin_away()
        self.closed.emit()

    # Where numbers come from ----------------------------------------------------------------------------------

    @property
    def origin(self) -> PassOriginCard:
        """The card that says where a number comes from; made when the first one is clicked. Where nobody else has a
        place for it, it stands beside the sheet."""
        if self._origin is None:
            from app.builder.timeline.origins import PassOriginCard

            self._origin = PassOriginCard()
            self.card_made.emit(self._origin)
            self._origin.explained.connect(self.number_picked)
            if self._origin.parent() is None:
                self._beside.addWidget(self._origin)
        return self._origin

    def _put_origin_away(self) -> None:
        if self._origin is not None:
            self._origin.put_away()

    @Slot(object)
    def _show_origin(self, source: Source) -> None:
        if self._view is not None:
            self.origin.show_source(self._view.trace, source)

    @Slot(object)
    def explain(self, source: Source) -> None:
        """Say where a number comes from that is shown elsewhere, if this pass has it and it may be known yet."""
        if self._known is not None and is_known(self._known, source):
            self._show_origin(source)

    # Controls -------------------------------------------------------------------------------------------------

    @Slot()
    def put_away(self) -> None:
        """Stop and forget the pass."""
        self.playhead.pause()
        self.source.clear()

    @Slot(int)
    def _choose_amount(self, index: int) -> None:
        if index == 0:
            self.source.choose_sample()
        else:
            self.source.choose_batch()

    # Moves ---------------------------------------------------------------------------------------------------

    def _actions(self) -> dict[str, QAction]:
        entries = (
            ("play_pass", self.tr("Play the pass"), "K", self.toggle,
             self.tr("Play or pause one pass through the network, stage by stage")),
            ("step_pass", self.tr("Next stage"), ".", self.step, self.tr("Finish this stage, or the next")),
            ("back_pass", self.tr("Stage back"), ",", self.playhead.back, self.tr("Back to the start of this stage, "
                                                                                  "or of the one before")),
            ("pass_start", self.tr("To the start of the pass"), "Home", self.to_start, self.tr("Back to the input")),
            ("pass_end", self.tr("To the end of the pass"), "End", self.to_end, self.tr("On to the last update")),
        )  # fmt: skip
        found = {}
        for name, text, shortcut, slot, tip in entries:
            action = QAction(text, self)
            action.setShortcut(shortcut)
            action.setToolTip(plain_tip(f"{tip} ({shortcut})"))
            action.triggered.connect(lambda _on=False, slot=slot: slot())
            found[name] = action
        return found

    @Slot()
    def toggle(self) -> None:
        """Play or pause, but not past an open question."""
        if self.playhead.playing:
            self.playhead.pause()
        elif self.trace is None:
            self._begin_with(self.playhead.play)
        elif self.prediction.open:
            self.prediction.insist()
        else:
            self.playhead.play()

    def _begin_with(self, move: Callable[[], None]) -> None:
        """With nothing chosen yet, take the first training row (or mini-batch), and make this move."""
        self.on_arrival = move
        self._choose_amount(self._amount.currentIndex())

    def step(self) -> None:
        """Finish the stage under way, or the next one if that is done; where guesses are asked for, stop at its start
        instead, and not go past an open question."""
        if self.trace is None:
            self._begin_with(self.step)
        elif self.prediction.open:
            self.prediction.insist()
        elif self.prediction.on and self.playhead.progress >= 1.0 and not self.playhead.at_end:
            self.playhead.pause()
            self.playhead.load(self.playhead.count, self.playhead.index + 1)
        else:
            self.playhead.step()

    def to_start(self) -> None:
        """Back to where nothing has happened yet."""
        self.playhead.seek(0.0)

    def to_end(self) -> None:
        """On to where everything has happened."""
        if self.trace is None:
            self._begin_with(self.to_end)
            return
        self.playhead.pause()
        self.playhead.seek(float(self.playhead.count))

    @Slot(int)
    def go_to_stage(self, index: int) -> None:
        """Show a stage with everything that it works out; where guesses are asked for, its start."""
        self.playhead.pause()
        self.playhead.load(self.playhead.count, index, 0.0 if self.prediction.on else 1.0)

    @Slot(object)
    def go_to_phase(self, phase: Phase) -> None:
        """Jump to the first stage of a phase."""
        trace = self.trace
        if trace is None:
            self.toggle()
            return
        for index, stage in enumerate(trace.stages):
            if stage.phase is phase:
                self.playhead.seek(float(index))
                return

    @Slot(int)
    def _choose_speed(self, index: int) -> None:
        self.playhead.speed = SPEEDS[index]

    @Slot(bool)
    def _show_playing(self, playing: bool) -> None:
        self._play.set_playing(playing)
        name = self.tr("Pause the pass") if playing else self.tr("Play the pass")
        self._play.setAccessibleName(name)
        self.actions_by_name["play_pass"].setText(name)

    # Predict, then reveal -------------------------------------------------------------------------------------

    def set_predicting(self, on: bool) -> None:
        """Ask for a guess before each number, or no longer."""
        self._predict.setChecked(on)

    @Slot(bool)
    def _choose_predicting(self, on: bool) -> None:
        seen = self._in_sight
        self.prediction.set_on(on)
        self._show_question(self.isVisible())
        if self._view is not None:
            self._show_stage(self.playhead.index, seen=seen)
            self._show_position(self.playhead.index, self.playhead.progress)
        self.predicting_changed.emit(on)

    @property
    def _in_sight(self) -> bool:
        """Return whether the numbers of the present stage can be seen: the next stage is asked about, not they."""
        return self.playhead.progress > 0.0 and not self.prediction.open

    @Slot()
    def _finish_stage(self) -> None:
        """The guess is made: the numbers come into sight, on the sheet and on the canvas."""
        if self._view is not None:
            self._show_stage(self.playhead.index)
            self.playhead.load(self.playhead.count, self.playhead.index, 1.0)

    # Widget ---------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_question(in_sight=True)
        self.source.follow()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._show_question(in_sight=False)
        self.playhead.pause()
        self.source.rest()
        self._put_origin_away()
        self.closed.emit()  # the canvas shows the network alone; the next pass that arrives shows itself
