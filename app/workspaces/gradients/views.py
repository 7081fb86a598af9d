"""The views in step: with the step of training, the measure, and the network that the doctor speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction

from app.kit import theme
from app.kit.actions import ActionSet, describe
from app.kit.announce import announce
from app.kit.guessing.card import GuessCard
from app.kit.numbers import grouped
from app.kit.origin.facts import Fact
from app.kit.playback.playback import Playback
from app.kit.sheet import Sheet
from app.kit.verdict_words import thresholds
from app.workspaces.gradients.bar import GradientsBar
from app.workspaces.gradients.bench import Bench
from app.workspaces.gradients.board import NetworkBoard, NetworkColumn
from app.workspaces.gradients.moment import (
    DELTA,
    MEASURES,
    NetworkMoment,
    OriginKey,
    ShownLayers,
    decades_of,
    moment_words,
    shown_of,
)
from app.workspaces.gradients.origins import FigureOrigins
from app.workspaces.gradients.ratio_guesses import Predictions
from app.workspaces.gradients.strip import Strip, StripViews
from app.workspaces.gradients.trend import TrendData, trend_of
from app.workspaces.gradients.words import (
    LETTERS,
    differing_fields,
    in_a_row,
    preset_title,
    verdict_sentence,
    verdict_word,
)
from engine.gradients.experiment import Experiment
from engine.gradients.presets import PRESETS, preset
from engine.gradients.training import GradientRun, checkable
from engine.gradients.verdict import judgement

SPEED = 50.0
"""Steps a second: two hundred are over in four seconds."""
LEAST_SHARE = 0.02
"""So much must be done before there is a pace to go by."""


class Course(QObject):
    """The moment of the runs that the page shows, and the playback through their steps.

    ``moved``: another moment is shown, or more is known of the runs."""

    moved = Signal()

    def __init__(self, bench: Bench, strip: Strip, bar: GradientsBar, go: QAction, parent: QObject) -> None:
        """``go``: trains, stops, plays and pauses."""
        super().__init__(parent)
        self._bench, self._strip, self._bar, self._go = bench, strip, bar, go
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
        strip.trend_chosen.connect(self.choose_trend)
        strip.trend.moved.connect(self.go_to)

    @property
    def step(self) -> int:
        """The moment that is shown: after so many steps."""
        return self.playback.at

    @property
    def _count(self) -> int:
        return len(self._bench.experiment.configurations)

    @property
    def _runs(self) -> tuple[GradientRun | None, ...]:
        return tuple(self._bench.run_of(number) for number in range(self._count))

    @property
    def last_step(self) -> int:
        """The last step that any run has come to."""
        return max((run.steps for run in self._runs if run is not None), default=0)

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
            if not all(
                checkable(configuration, experiment.samples, experiment.steps)
                for configuration in experiment.configurations
            ):
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
        self._strip.trend.show_step(step)
        self.moved.emit()

    def go_on(self) -> None:
        """Show the layers one step later; a network that isn't trained is trained."""
        goal = self.step + 1
        self.playback.step()
        if not self._bench.complete:
            self._goal = goal  # before training begins, which what is known already ends at once
            if not self._bench.busy:
                self._bench.train()

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
        if self._bench.current or any(self._runs):  # else the figures are under way, and draw it
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
        tip = self.tr("Train every network for the same number of steps")
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
        self._strip.trend_card.set_subtitle(self._pace_words() or self._trend_words())
        runs = self._runs
        figures = self._bench.figures if self._bench.current and not any(runs) else ()
        trend = trend_of(self._trend, self._bench.experiment.steps, self._hidden, runs, figures)
        self._strip.trend.set_data(TrendData(trend, self.step))

    def _pace_words(self) -> list[str]:
        """Return how far training has come and how long it will take at this pace; nothing where none is under way."""
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
            words = self.tr("‖δ‖ of the first hidden layer over the last · {good}: {low} to {high}")
            return [words.format(**theme.colour_names(), **thresholds()), ""]
        if self._trend == "moved":
            return [self.tr("how far the weights move in a step; with SGD at most η times the clipping bound"), ""]
        return [self.tr("mean loss of all points"), ""]

    @Slot(str)
    def choose_trend(self, key: str) -> None:
        """Draw another quantity."""
        self._trend = key
        self._strip.trends.choose(key)
        self._draw_trend()


class Views(QObject):
    """Keeps everything in sight in step with the document and with what is worked out."""

    measure_chosen = Signal()
    shown_anew = Signal()
    """The numbers in sight are others."""

    def __init__(
        self,
        document: Sheet[Experiment],
        bench: Bench,
        board: NetworkBoard,
        bar: GradientsBar,
        actions: ActionSet,
        guess: GuessCard,
    ) -> None:
        super().__init__(document)
        self._document, self._bench = document, bench
        self._board, self._bar = board, bar
        self.predictions = Predictions(guess, self)
        self.predictions.guesses.settled.connect(self.show_figures)
        self.predictions.went_on.connect(self.show_figures)
        self.course = Course(bench, board.strip, bar, actions["gradients_train"], self)
        self.strip = StripViews(bench, board.strip, actions["gradients_map"], lambda: self._shown, self)
        self.measure = DELTA
        self._shown: tuple[ShownLayers, ...] = ()
        self._said: tuple[str, ...] = ()
        self._connect()

    @property
    def step(self) -> int:
        """The moment that is shown: after so many steps."""
        return self.course.step

    @property
    def before(self) -> list[float | None]:
        """Return what the hidden networks are compared with; empty where none is hidden."""
        return self.predictions.before(self.strip.hidden, len(self.experiment.configurations))

    def take_before(self, ratios: Sequence[float | None]) -> None:
        """Ask what was asked when the document was saved, or tell what came of it."""
        if ratios:
            self.predictions.take_before(ratios)
            self.show_figures()

    def _connect(self) -> None:
        self._document.replaced.connect(self.predictions.forget)
        self._document.value_changed.connect(self.follow_document)
        self._bench.figured.connect(self.show_figures)
        self._bench.spread.changed.connect(self.show_figures)
        self.course.moved.connect(self.show_figures)
        self.strip.rested.connect(self._say_verdicts)

    def join(self, column: NetworkColumn) -> None:
        """A column has been made."""
        number = column.number
        column.doctor_wanted.connect(lambda: self.strip.ask_doctor(number))
        column.measure_wanted.connect(self.choose_measure)

    # The document -------------------------------------------------------------------------------------------------

    @property
    def experiment(self) -> Experiment:
        """Return what the document says."""
        return self._document.value

    @Slot()
    def follow_document(self) -> None:
        """Show the experiment as it is; its numbers follow as soon as they are known."""
        experiment = self.experiment
        self._board.provide_columns(experiment)
        self._board.strip.show_experiment(experiment)
        self._bar.show_preset(next((ready.key for ready in PRESETS if ready.experiment == experiment), None))
        differing = differing_fields(experiment.configurations)
        removable = len(experiment.configurations) > 2
        for column, configuration in zip(self._board.columns, experiment.configurations, strict=True):
            column.show_configuration(configuration, differing, removable=removable)
        self._bench.follow(experiment)
        if any(self._bench.run_of(number) is None for number in range(len(experiment.configurations))):
            self.course.go_to(0)  # all of them at one moment, which one that is not trained has at its start alone
        self.course.follow()
        self.strip.follow()

    def open_preset(self, key: str) -> None:
        """Open a ready-made experiment, and show what of it is worth looking at."""
        chosen = preset(key)
        self.course.go_to(0)
        self.course.choose_trend(chosen.trend)
        self.strip.subject = chosen.doctor_of
        self._document.load(preset_title(key), chosen.experiment)
        self._board.strip.offer_doctor(False)
        self._board.strip.show_part(chosen.part)
        for column in self._board.columns:
            column.settings.forget()

    @Slot()
    def show_figures(self) -> None:
        """Draw the layers: as they begin, or as they are at the step that is shown."""
        figures = self._bench.figures
        if len(figures) != len(self._board.columns):
            return
        runs = [self._run_shown(number) for number in range(len(figures))]
        self._shown = tuple(
            shown_of(figure, self.measure, run, self.step) for figure, run in zip(figures, runs, strict=True)
        )
        moments = [self._moment(number) for number in range(len(figures))]
        self.strip.is_predicting = self.predictions.guesses.on
        hidden = self.strip.hidden = self.predictions.ask_and_hide(figures, current=self._bench.current)
        self.course.hide(hidden)
        # The axis is one for all, but says nothing of what is to be guessed.
        decades = decades_of(tuple(layers for number, layers in enumerate(self._shown) if number not in hidden))
        for column, moment, shown in zip(self._board.columns, moments, self._shown, strict=True):
            if column.number in hidden:
                column.hide_values(measured=self._bench.current)
            else:
                column.show_values(moment, shown, decades, self.step)
        self._board.align()
        tones = [moment.tone for moment in moments]
        ratios = [None if number in hidden else moment.judgement.ratio for number, moment in enumerate(moments)]
        self._bar.show_figures(self.step, ratios, tones, [moment.step for moment in moments])
        self.strip.show_figures(moments)
        self.shown_anew.emit()

    @property
    def origins(self) -> FigureOrigins:
        """Return where the numbers come from, as they are now."""
        known = self._bench.current and not self.strip.hidden
        figures = self._bench.figures if known else ()  # those of before an edit may be of more networks
        runs = tuple(self._run_shown(number) for number in range(len(figures)))
        return FigureOrigins(self.experiment, figures, runs)

    def fact_of(self, key: OriginKey) -> Fact | None:
        """Return what there is to say of a number at the moment that is shown, at which moment ever it was asked for;
        None where there is no such number."""
        return self.origins.fact_of(key.at(self.run_and_step(key.number)[1]))

    def run_and_step(self, number: int) -> tuple[GradientRun | None, int]:
        """The run that is shown of a network, and after how many of its steps; none where nothing is known of it."""
        known = number < min(len(self._bench.figures), len(self.experiment.configurations))
        return (self._run_shown(number), self._step_of(number)) if known else (None, 0)

    def _run_shown(self, number: int) -> GradientRun | None:
        """The run of what is shown of a network; None where that lags behind an edit, and belongs to no run."""
        same = self._bench.figures[number].configuration == self.experiment.configurations[number]
        return self._bench.run_of(number) if same else None

    def _step_of(self, number: int) -> int:
        """The step at which a network is shown: the last that it has come to where it is not the one wanted."""
        run = self._run_shown(number)
        return 0 if run is None else min(self.step, run.steps)

    def _moment(self, number: int) -> NetworkMoment:
        """A network at the step that is shown; at the start where there is no run."""
        run, step, spread = self._run_shown(number), self._step_of(number), self._bench.spread
        figures = self._bench.figures[number]
        known = figures.configuration == self.experiment.configurations[number] and spread.is_known(number)
        draws, dragged = spread.of(number) if known else None, not known and not spread.busy
        if run is None or not step:
            signal = figures.signal
            return NetworkMoment(figures, figures.judgement, 0, signal.delta, signal.dead, draws, known, dragged)
        delta = run.delta[step]
        verdict = judgement(delta, skip=figures.configuration.skip, course=run.course(step))
        return NetworkMoment(figures, verdict, step, delta, run.dead[step], draws, known, dragged)

    @Slot(bool)
    def predict_first(self, on: bool) -> None:
        """Hide what comes of edits until it is guessed, or show all again."""
        self.predictions.set_on(on)
        self.show_figures()

    @Slot(str)
    def choose_measure(self, measure: str) -> None:
        """Show another quantity of the layers; one that there is none of is not taken."""
        if measure in MEASURES:
            self.measure = measure
            self._board.strip.layers.show_measure(measure)
            self.show_figures()
            self.measure_chosen.emit()

    # Words ---------------------------------------------------------------------------------------------------------

    @Slot()
    def _say_verdicts(self) -> None:
        """Say the verdicts that are others to those who hear them, once an edit stands still."""
        sentences = tuple(
            in_a_row(
                (
                    f"{LETTERS[number]}: {moment_words(verdict_word(figures.judgement), 0)}",
                    verdict_sentence(figures.judgement, figures.configuration.depth),
                )
            )
            for number, figures in enumerate(self._bench.figures)
            if number not in self.strip.hidden
        )
        for sentence in sentences:
            if self._said and sentence not in self._said:
                announce(self._board, sentence)
        self._said = sentences
