"""What the page shows at this moment: which step, which measure, which network the doctor speaks of."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.kit import theme
from app.kit.actions import ActionSet, describe
from app.kit.announce import announce
from app.kit.guessing.card import GuessCard
from app.kit.playback.playback import Playback
from app.kit.sheet import Sheet
from app.workspaces.gradients.bar import GradientsBar
from app.workspaces.gradients.bench import Bench
from app.workspaces.gradients.board import Board
from app.workspaces.gradients.column import NetworkColumn
from app.workspaces.gradients.guessing import Predictions
from app.workspaces.gradients.left import LeftColumn
from app.workspaces.gradients.origins import Origins
from app.workspaces.gradients.outline import outline_of
from app.workspaces.gradients.presets import PRESET_WORDS
from app.workspaces.gradients.shown import DELTA, Shown, decades_of, shown_of
from app.workspaces.gradients.trend import Line
from app.workspaces.gradients.words import LETTERS, SERIES, said, verdict_sentence, verdict_word
from engine.gradients.experiment import Configuration, Experiment
from engine.gradients.presets import PRESETS, preset
from engine.gradients.training import Run
from engine.gradients.verdict import DECADE, Judgement, judgement
from engine.graph.kinds.base import Array
from engine.training.verdicts import Trouble

SPEED = 50.0
"""Steps a second: two hundred are over in four seconds."""

NEAR = 0.2
"""Curves whose ends differ by less than this share lie on one another on a log axis."""
REST_MS = 300
"""So long an experiment must stand still before cures are tried and the map is drawn: while a number is dragged, the
layers have the processor to themselves."""


class Views(QObject):
    """Keeps everything in sight in step with the document and with what is worked out."""

    shown_anew = Signal()
    """The numbers in sight are others."""

    def __init__(
        self,
        document: Sheet[Experiment],
        bench: Bench,
        left: LeftColumn,
        board: Board,
        bar: GradientsBar,
        actions: ActionSet,
        guess: GuessCard,
    ) -> None:
        super().__init__(document)
        self._document, self._bench = document, bench
        self._left, self._board, self._bar, self._actions = left, board, bar, actions
        self.subject = 0
        self.predictions = Predictions(guess, self)
        self.predictions.guesses.settled.connect(self._show_figures)
        self.playback = Playback(self, speed=SPEED)
        self._measure, self._trend = DELTA, "ratio"
        self._shown: tuple[Shown, ...] = ()
        self._hidden: frozenset[int] = frozenset()
        self._said: tuple[str, ...] = ()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._connect()

    @property
    def step(self) -> int:
        """The moment that is shown: after so many steps."""
        return self.playback.at

    def _connect(self) -> None:
        self._rest.timeout.connect(self._look_for_part)
        self.playback.stepped.connect(self._show_step)
        self.playback.playing_changed.connect(self._name_go)
        self._document.value_changed.connect(self.follow_document)
        self._bench.figured.connect(self._show_figures)
        self._bench.trained.connect(self._show_training)
        self._bench.treated.connect(self._show_trials)
        self._bench.mapped.connect(self._show_map)
        self._left.measure_chosen.connect(self._choose_measure)
        self._board.part_chosen.connect(lambda _key: self._look_for_part())
        self._board.trend_chosen.connect(self._choose_trend)
        self._board.subject_chosen.connect(self.choose_subject)
        self._board.trend.moved.connect(self.go_to)

    def join(self, column: NetworkColumn) -> None:
        """A column has been made."""
        number = column.number
        column.doctor_wanted.connect(lambda: self.ask_doctor(number))

    # The document -------------------------------------------------------------------------------------------------

    @property
    def experiment(self) -> Experiment:
        """What the document says."""
        return self._document.value

    @Slot()
    def follow_document(self) -> None:
        """Show the experiment as it is; its numbers follow as soon as they are known."""
        experiment = self.experiment
        self._board.provide_columns(experiment)
        self._left.show_experiment(experiment)
        self._left.show_preset(next((one.key for one in PRESETS if one.experiment == experiment), None))
        differing = differing_fields(experiment)
        removable = len(experiment.configurations) > 2
        for column, configuration in zip(self._board.columns, experiment.configurations, strict=True):
            column.show_configuration(configuration, differing, removable=removable)
        self.subject = min(self.subject, len(experiment.configurations) - 1)
        self._board.subjects.choose(LETTERS[self.subject])
        self._bench.follow(experiment)
        self._name_go()
        self.playback.set_length(self.last_step)
        self._draw_trend()
        self._show_trials()
        self._show_map()
        self._rest.start()

    def open_preset(self, key: str) -> None:
        """Open a ready-made experiment, and show what of it is worth looking at."""
        found = preset(key)
        self.playback.go(0)
        self.subject = found.doctor_of
        self._trend = found.trend
        self._board.trends.choose(found.trend)
        self._document.load(said(PRESET_WORDS[key][0]), found.experiment)
        self._board.show_part(found.part)

    # The start ----------------------------------------------------------------------------------------------------

    @Slot()
    def _show_figures(self) -> None:
        """Draw the layers: as they begin, or as they are at the step that is shown."""
        figures = self._bench.figures
        if len(figures) != len(self._board.columns):
            return
        runs = [self._bench.run_of(number) for number in range(len(figures))]
        self._shown = tuple(
            shown_of(one, self._measure, run, self.step) for one, run in zip(figures, runs, strict=True)
        )
        decades = decades_of(self._shown)
        judgements = [self._judgement(number) for number in range(len(figures))]
        hidden = self._hidden = self.predictions.hidden(figures)
        for column, one, verdict, shown in zip(self._board.columns, figures, judgements, self._shown, strict=True):
            if column.number in hidden:
                column.hide_values()
            else:
                column.show_values(one, verdict, shown, decades, self._step_of(column.number))
        sound = [one.trouble is Trouble.HEALTHY for one in judgements]
        ratios = [None if number in hidden else one.ratio for number, one in enumerate(judgements)]
        self._bar.show_figures(self.step, ratios, sound)
        self._show_outline()
        self._show_trials()
        self.shown_anew.emit()

    @property
    def origins(self) -> Origins:
        """Where the numbers come from, as they are now."""
        runs = tuple(self._bench.run_of(number) for number in range(len(self._bench.figures)))
        known = self._bench.current and not self._hidden
        return Origins(self.experiment, self._bench.figures if known else (), runs)

    def step_shown(self, number: int) -> int:
        """The step that a network's chart shows."""
        return self._shown[number].step if number < len(self._shown) else 0

    def _step_of(self, number: int) -> int:
        """The step at which a network is shown: the last that it has come to where it is not the one wanted."""
        run = self._bench.run_of(number)
        return 0 if run is None else min(self.step, run.steps)

    def _judgement(self, number: int) -> Judgement:
        """The verdict at the step that is shown; that on the start where there is no run."""
        run, step = self._bench.run_of(number), self._step_of(number)
        return self._bench.figures[number].judgement if run is None or not step else judgement(run.delta[step])

    @Slot(bool)
    def predict_first(self, on: bool) -> None:
        """Hide what comes of edits until it is guessed, or show all again."""
        self.predictions.set_on(on)
        self._show_figures()

    @Slot(str)
    def _choose_measure(self, measure: str) -> None:
        self._measure = measure
        self._left.show_measure(measure)
        self._show_figures()

    # Training -----------------------------------------------------------------------------------------------------

    @property
    def last_step(self) -> int:
        """The last step that any run has come to."""
        runs = [self._bench.run_of(n) for n in range(len(self.experiment.configurations))]
        return max((run.steps for run in runs if run is not None), default=0)

    def train_or_play(self) -> None:
        """Train what has not been trained, or stop that; what is trained is played."""
        if self._bench.busy:
            self._bench.stop()
        elif self._bench.complete:
            self.playback.toggle()
        else:
            self._bench.train()

    @Slot(int)
    def go_to(self, step: int) -> None:
        """Show the layers after so many steps."""
        self.playback.pause()
        self.playback.go(step)

    @Slot(int)
    def _show_step(self, step: int) -> None:
        self._board.trend.set_step(step)
        self._show_figures()

    def go_on(self) -> None:
        """Show the layers one step later; what has not been trained is trained first."""
        if self.last_step == 0 and not self._bench.busy:
            self._bench.train()
        self.playback.step()

    def go_to_end(self) -> None:
        """Show the layers after the last step."""
        self.go_to(self.last_step)

    @Slot()
    def _show_training(self) -> None:
        self._name_go()
        self.playback.set_length(self.last_step)
        self._draw_trend()
        self._show_figures()

    @Slot()
    def _name_go(self) -> None:
        """Say what the button does now."""
        training, playing = self._bench.busy, self.playback.playing
        text, tip = self.tr("Train all"), self.tr("Train every network for as many steps")
        if training:
            text, tip = self.tr("Stop"), self.tr("Stop training")
        elif self._bench.complete:
            text = self.tr("Pause") if playing else self.tr("Play")
            tip = self.tr("Play the steps one after another, or pause")
        action = self._actions["gradients_train"]
        action.setText(text)
        describe(action, tip)
        self._bar.show_running(self._bench.training, training=training, playing=playing)

    def _draw_trend(self) -> None:
        runs = [(n, self._bench.run_of(n)) for n in range(len(self.experiment.configurations))]
        lines = [
            Line(LETTERS[n], theme.series_colour(n, SERIES), values_of(run, self._trend), run.failure is not None)
            for n, run in runs
            if run is not None
        ]
        lines = [replace(one, dashed=any(_alike(one, before) for before in lines[:at])) for at, one in enumerate(lines)]
        band = (1.0 / DECADE, DECADE) if self._trend == "ratio" else None
        hint = self.tr("Train all, and a curve grows here for every network.")
        self._board.trend.show_lines(lines, self.experiment.steps, log=self._trend != "loss", band=band, hint=hint)
        self._board.trend.set_step(self.step)
        self._board.trend_card.set_subtitle(self._trend_words())

    def _trend_words(self) -> list[str]:
        if self._trend == "ratio":
            return [self.tr("‖δ‖ of the first over the last hidden layer · green: within one decade of 1"), ""]
        if self._trend == "moved":
            return [self.tr("how far the weights move in a step; with SGD at most η times the clipping"), ""]
        return [self.tr("mean loss of all points"), ""]

    @Slot(str)
    def _choose_trend(self, key: str) -> None:
        self._trend = key
        self._draw_trend()

    # The doctor, the map and the outline --------------------------------------------------------------------------

    def _show_outline(self) -> None:
        if self._board.part == "outline" and self._bench.current and not self._hidden:
            self._board.outline.show_items(outline_of(self._bench.figures, self._shown))

    def ask_doctor(self, number: int) -> None:
        """Have every cure of a network tried."""
        self.choose_subject(number)
        self._board.show_part("doctor")
        self._look_for_part()

    @Slot(int)
    def choose_subject(self, number: int) -> None:
        """Let the doctor and the map speak of another network."""
        self.subject = number
        self._board.subjects.choose(LETTERS[number])
        self._look_for_part()

    @Slot()
    def _look_for_part(self) -> None:
        """Have worked out what is in sight."""
        self._say_verdicts()
        if self._board.part == "doctor":
            self._bench.treat(self.subject)
        elif self._board.part == "map":
            self._bench.chart(self.subject)
        self._board.subjects.setVisible(self._board.part != "outline")
        self._show_trials()
        self._show_map()
        self._show_outline()

    @Slot()
    def _show_trials(self) -> None:
        if self._board.part != "doctor" or not self._bench.current:
            return
        if self.subject in self._hidden:
            self._board.doctor.show_trials(self.subject, 1.0, (), (), busy=False)
            return
        before = self._bench.figures[self.subject].judgement.ratio
        others = self.experiment.configurations
        trials, busy = self._bench.trials_of(self.subject), self._bench.treating(self.subject)
        self._board.doctor.show_trials(self.subject, before, trials, others, busy=busy)

    @Slot()
    def _show_map(self) -> None:
        if self._board.part == "map":
            number = self.subject
            self._board.map.show_map(self._bench.map_of(number), self.experiment.configurations[number])

    def _say_verdicts(self) -> None:
        """Say the verdicts that are others to those who hear them, once an edit stands still."""
        told = tuple(
            f"{LETTERS[number]}: {verdict_word(one.judgement)} "
            f"{verdict_sentence(one.judgement, one.configuration.depth)}"
            for number, one in enumerate(self._bench.figures)
            if number not in self._hidden
        )
        for sentence in told:
            if self._said and sentence not in self._said:
                announce(self._board, sentence)
        self._said = told


def differing_fields(experiment: Experiment) -> frozenset[str]:
    """The fields in which the networks are not all alike."""
    first, *others = experiment.configurations
    fields = Configuration.model_fields
    return frozenset(one for one in fields if any(getattr(o, one) != getattr(first, one) for o in others))


def _alike(one: Line, other: Line) -> bool:
    """Whether two curves end so near to one another that they are drawn over one another."""
    first, second = float(one.values[-1]), float(other.values[-1])
    return abs(first - second) <= NEAR * max(abs(first), abs(second))


def values_of(run: Run, trend: str) -> Array:
    """What the curve of a run shows."""
    if trend == "ratio":
        return run.ratios
    return run.moved if trend == "moved" else run.loss
