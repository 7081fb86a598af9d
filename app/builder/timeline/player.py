"""How one moves through a pass: play, step, back, scrub, jump; where guesses are asked for, never past a number."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.builder.timeline.card import SPEEDS, TimelineCard
from app.builder.timeline.prediction import Prediction
from app.builder.timeline.view import PassView
from app.kit.scene.playhead import Playhead
from app.kit.words import plain_tip
from engine.training.trace import PassTrace, Phase


class PassPlayer(TimelineCard):
    """The page with its buttons and keys at work; what is seen of a stage is left to who inherits from it.

    ``pass_wanted``: a move without a pass, and 0 for one sample or 1 for a mini-batch. ``on_arrival``: the move with
    which the next pass to arrive begins.
    """

    pass_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.playhead = Playhead(self)
        self.prediction = Prediction(self._quiz, self)
        self._view: PassView | None = None
        self.on_arrival: Callable[[], None] | None = None
        self.set_actions(self._actions())
        self.playhead.playing_changed.connect(self._show_playing)
        self._cells.scrubbed.connect(self.playhead.seek)
        self._cells.stage_chosen.connect(self.go_to_stage)
        self._cells.phase_chosen.connect(self.go_to_phase)
        self._speed.currentIndexChanged.connect(self._choose_speed)

    @property
    def trace(self) -> PassTrace | None:
        """The pass shown."""
        return None if self._view is None else self._view.trace

    def _actions(self) -> dict[str, QAction]:
        entries = (
            ("play_pass", self.tr("Play the pass"), "K", self.toggle,
             self.tr("Play or pause one pass through the network, stage by stage")),
            ("step_pass", self.tr("Next stage"), ".", self.step, self.tr("Finish this stage, or the next")),
            ("back_pass", self.tr("Stage back"), ",", self.playhead.back, self.tr("Undo this stage, or the last")),
            ("pass_start", self.tr("To the pass' start"), "Home", self.to_start, self.tr("Back to the input")),
            ("pass_end", self.tr("To the pass' end"), "End", self.to_end, self.tr("On to the last update")),
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
        self.pass_wanted.emit(self._amount.currentIndex())

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
