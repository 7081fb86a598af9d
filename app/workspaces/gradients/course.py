"""Training as the page shows it: the curves, the moment among the steps, and what the button does."""

from __future__ import annotations

from time import perf_counter

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction

from app.kit.actions import describe
from app.kit.numbers import grouped
from app.kit.playback.playback import Playback
from app.workspaces.gradients.bar import GradientsBar
from app.workspaces.gradients.bench import Bench
from app.workspaces.gradients.board import Board
from app.workspaces.gradients.trend import TrendData, trend_of
from engine.gradients.training import checkable

SPEED = 50.0
"""Steps a second: two hundred are over in four seconds."""
LEAST_SHARE = 0.02
"""So much must be done before there is a pace to go by."""


class Course(QObject):
    """``moved``: another moment is shown, or more is known of the runs."""

    moved = Signal()

    def __init__(self, bench: Bench, board: Board, bar: GradientsBar, go: QAction, parent: QObject) -> None:
        """``go``: trains, stops, plays and pauses."""
        super().__init__(parent)
        self._bench, self._board, self._bar, self._go = bench, board, bar, go
        self._trend, self._training = "ratio", False
        self._hidden: frozenset[int] = frozenset()
        self._goal: int | None = None
        """Where the moment that is shown stays while training goes on; None: at the latest step."""
        self._begun = perf_counter()
        self.playback = Playback(self, speed=SPEED)
        self.playback.stepped.connect(self._show_step)
        self.playback.playing_changed.connect(self._name_go)
        bench.trained.connect(self._show_training)
        bench.figured.connect(self._draw_trend)
        board.strip.trend_chosen.connect(self.choose_trend)
        board.strip.trend.moved.connect(self.go_to)

    @property
    def step(self) -> int:
        """The moment that is shown: after so many steps."""
        return self.playback.at

    @property
    def _count(self) -> int:
        return len(self._bench.experiment.configurations)

    @property
    def last_step(self) -> int:
        """The last step that any run has come to."""
        runs = [self._bench.run_of(n) for n in range(self._count)]
        return max((run.steps for run in runs if run is not None), default=0)

    def train_or_play(self) -> None:
        """Train what has not been trained, or stop that; what is trained is played."""
        if self._bench.busy:
            self._bench.stop()
        elif self._bench.complete:
            self.playback.toggle()
        else:
            self._train()

    def _train(self) -> None:
        """Train, with the moment at the end of what there is by now: whoever stands there goes along."""
        self._goal = None
        self.playback.go(self.last_step)
        self._bench.train()

    def return_to(self, step: int) -> bool:
        """Show a step again, after training anew where that is soon done. Whether it is."""
        experiment = self._bench.experiment
        if not self._bench.complete:
            if not all(checkable(one, experiment.samples, experiment.steps) for one in experiment.configurations):
                return False
            self._train()
            self._goal = step
        self.playback.go(step)
        return True

    def hide(self, numbers: frozenset[int]) -> None:
        """Draw no curves of these networks, for where one begins is still to be guessed."""
        if numbers != self._hidden:
            self._hidden = numbers
            self._draw_trend()

    @Slot(int)
    def go_to(self, step: int) -> None:
        """Show the layers after so many steps."""
        self._goal = None
        self.playback.pause()
        self.playback.go(step)

    @Slot(int)
    def _show_step(self, step: int) -> None:
        self._board.strip.trend.show_step(step)
        self.moved.emit()

    def go_on(self) -> None:
        """Show the layers one step later; where nothing is trained, that is trained first."""
        if self.last_step == 0:
            self._goal = 1  # before training begins, which what is known already ends at once
            if not self._bench.busy:
                self._bench.train()
            return
        if self._bench.busy:
            self._goal = self.step + 1
        self.playback.step()

    def go_to_end(self) -> None:
        """Show the layers after the last step."""
        self.go_to(self.last_step)

    @Slot()
    def follow(self) -> None:
        """Show what is known of the experiment as it is. Whoever stands at the last step goes along with training."""
        self._name_go()
        was_training, self._training = self._training, self._bench.busy
        following = (self._training or was_training) and self.playback.at_end
        self.playback.set_length(self.last_step)
        if following:
            self.playback.go(self.last_step if self._goal is None else min(self._goal, self.last_step))
        if was_training and not self._training:
            self._goal = None
        self._draw_trend()

    @Slot()
    def _show_training(self) -> None:
        self.follow()
        self.moved.emit()

    @Slot()
    def _name_go(self) -> None:
        """Say what the button does now."""
        training, playing = self._bench.busy, self.playback.playing
        both = self._count == 2
        text = self.tr("Train both") if both else self.tr("Train all")
        tip = self.tr("Train every network for as many steps")
        if training:
            text, tip = self.tr("Stop"), self.tr("Stop training")
        elif self._bench.complete:
            text = self.tr("Pause") if playing else self.tr("Play")
            tip = self.tr("Play the steps one after another, or pause")
        self._go.setText(text)
        describe(self._go, tip)
        self._bar.show_running(self._bench.training, training=training, playing=playing)

    @Slot()
    def _draw_trend(self) -> None:
        self._board.strip.trend_card.set_subtitle(self._pace_words() or self._trend_words())
        runs = tuple(self._bench.run_of(number) for number in range(self._count))
        figures = self._bench.figures if self._bench.current and not any(runs) else ()
        trend = trend_of(self._trend, self._bench.experiment.steps, self._hidden, runs, figures)
        self._board.strip.trend.set_data(TrendData(trend, self.step))

    def _pace_words(self) -> list[str]:
        """How far training has come and how long it will take at this pace; nothing where none is under way."""
        share = self._bench.training
        if not self._bench.busy or share <= 0.0:
            self._begun = perf_counter()
            return []
        left = (perf_counter() - self._begun) * (1.0 - share) / share
        percent = round(100 * share)
        if share < LEAST_SHARE:
            return [self.tr("{share} % trained").format(share=percent), ""]
        both = self.tr("{share} % trained, about {seconds} s left")
        seconds = grouped(max(1, round(left)))
        return [both.format(share=percent, seconds=seconds), self.tr("{seconds} s left").format(seconds=seconds), ""]

    def _trend_words(self) -> list[str]:
        if self._trend == "ratio":
            return [self.tr("‖δ‖ of the first over the last hidden layer · green: within one decade of 1"), ""]
        if self._trend == "moved":
            return [self.tr("how far the weights move in a step; with SGD at most η times the clipping"), ""]
        return [self.tr("mean loss of all points"), ""]

    @Slot(str)
    def choose_trend(self, key: str) -> None:
        """Draw another quantity."""
        self._trend = key
        self._board.strip.trends.choose(key)
        self._draw_trend()
