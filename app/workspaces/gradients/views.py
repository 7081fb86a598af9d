"""What the page shows at this moment: which step, which measure, which network the doctor speaks of."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from app.kit.actions import ActionSet
from app.kit.announce import announce
from app.kit.guessing.card import GuessCard
from app.kit.origin.facts import Fact
from app.kit.sheet import Sheet
from app.workspaces.gradients.bar import GradientsBar
from app.workspaces.gradients.bench import Bench
from app.workspaces.gradients.board import Board
from app.workspaces.gradients.column import NetworkColumn
from app.workspaces.gradients.course import Course
from app.workspaces.gradients.guessing import Predictions
from app.workspaces.gradients.moment import DELTA, Moment, OriginKey, Shown, decades_of, moment_words, shown_of
from app.workspaces.gradients.origins import Origins
from app.workspaces.gradients.strip_views import StripViews
from app.workspaces.gradients.words import (
    LETTERS,
    PRESET_WORDS,
    differing_fields,
    in_a_row,
    said,
    verdict_sentence,
    verdict_word,
)
from engine.gradients.experiment import Experiment
from engine.gradients.presets import PRESETS, preset
from engine.gradients.training import Run
from engine.gradients.verdict import judgement


class Views(QObject):
    """Keeps everything in sight in step with the document and with what is worked out."""

    shown_anew = Signal()
    """The numbers in sight are others."""

    def __init__(
        self,
        document: Sheet[Experiment],
        bench: Bench,
        board: Board,
        bar: GradientsBar,
        actions: ActionSet,
        guess: GuessCard,
    ) -> None:
        super().__init__(document)
        self._document, self._bench = document, bench
        self._board, self._bar = board, bar
        self.predictions = Predictions(guess, self)
        self.predictions.guesses.settled.connect(self._show_figures)
        self.predictions.went_on.connect(self._show_figures)
        self.course = Course(bench, board, bar, actions["gradients_train"], self)
        self.strip = StripViews(bench, board, actions["gradients_map"], lambda: self._shown, self)
        self._measure = DELTA
        self._shown: tuple[Shown, ...] = ()
        self._said: tuple[str, ...] = ()
        self._connect()

    @property
    def step(self) -> int:
        """The moment that is shown: after so many steps."""
        return self.course.step

    @property
    def before(self) -> list[float | None]:
        """What the hidden networks are compared with; empty where none is hidden."""
        return self.predictions.before(self.strip.hidden, len(self.experiment.configurations))

    def _connect(self) -> None:
        self._document.replaced.connect(self.predictions.forget)
        self._document.value_changed.connect(self.follow_document)
        self._bench.figured.connect(self._show_figures)
        self._bench.spread.changed.connect(self._show_figures)
        self.course.moved.connect(self._show_figures)
        self.strip.rested.connect(self._say_verdicts)

    def join(self, column: NetworkColumn) -> None:
        """A column has been made."""
        number = column.number
        column.doctor_wanted.connect(lambda: self.strip.ask_doctor(number))
        column.measure_wanted.connect(self.choose_measure)

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
        self._board.strip.show_experiment(experiment)
        self._bar.show_preset(next((one.key for one in PRESETS if one.experiment == experiment), None))
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
        found = preset(key)
        self.course.go_to(0)
        self.course.choose_trend(found.trend)
        self.strip.subject = found.doctor_of
        self._document.load(said(PRESET_WORDS[key][0]), found.experiment)
        self._board.strip.close_doctor()
        self._board.strip.show_part(found.part)
        for column in self._board.columns:
            column.settings.forget()

    @Slot()
    def _show_figures(self) -> None:
        """Draw the layers: as they begin, or as they are at the step that is shown."""
        figures = self._bench.figures
        if len(figures) != len(self._board.columns):
            return
        runs = [self._run_shown(number) for number in range(len(figures))]
        self._shown = tuple(
            shown_of(one, self._measure, run, self.step) for one, run in zip(figures, runs, strict=True)
        )
        moments = [self._moment(number) for number in range(len(figures))]
        hidden = self.strip.hidden = self.predictions.hidden(figures, current=self._bench.current, told=self.strip.told)
        self.course.hide(hidden)
        # The axis is one for all, but says nothing of what is to be guessed.
        decades = decades_of(tuple(one for number, one in enumerate(self._shown) if number not in hidden))
        for column, one, shown in zip(self._board.columns, moments, self._shown, strict=True):
            if column.number in hidden:
                column.hide_values()
            else:
                column.show_values(one, shown, decades, self.step)
        self._board.align()
        tones = [one.tone for one in moments]
        ratios = [None if number in hidden else one.judgement.ratio for number, one in enumerate(moments)]
        self._bar.show_figures(self.step, ratios, tones, [one.step for one in moments])
        self.strip.show_figures(moments)
        self.shown_anew.emit()

    @property
    def origins(self) -> Origins:
        """Where the numbers come from, as they are now."""
        known = self._bench.current and not self.strip.hidden
        figures = self._bench.figures if known else ()  # those of before an edit may be of more networks
        runs = tuple(self._run_shown(number) for number in range(len(figures)))
        return Origins(self.experiment, figures, runs)

    def fact_of(self, key: OriginKey) -> Fact | None:
        """What there is to say of a number at the moment that is shown, at which moment ever it was asked for; None
        where there is no such number."""
        return self.origins.fact_of(key.at(self.run_and_step(key.number)[1]))

    def run_and_step(self, number: int) -> tuple[Run | None, int]:
        """The run that is shown of a network, and after how many of its steps; none where nothing is known of it."""
        known = number < min(len(self._bench.figures), len(self.experiment.configurations))
        return (self._run_shown(number), self._step_of(number)) if known else (None, 0)

    def _run_shown(self, number: int) -> Run | None:
        """The run of what is shown of a network; None where that lags behind an edit, and belongs to no run."""
        same = self._bench.figures[number].configuration == self.experiment.configurations[number]
        return self._bench.run_of(number) if same else None

    def _step_of(self, number: int) -> int:
        """The step at which a network is shown: the last that it has come to where it is not the one wanted."""
        run = self._run_shown(number)
        return 0 if run is None else min(self.step, run.steps)

    def _moment(self, number: int) -> Moment:
        """A network at the step that is shown; at the start where there is no run."""
        run, step, spread = self._run_shown(number), self._step_of(number), self._bench.spread
        figures = self._bench.figures[number]
        known = figures.configuration == self.experiment.configurations[number] and spread.is_known(number)
        draws, dragged = spread.of(number) if known else None, not known and not spread.busy
        if run is None or not step:
            signal = figures.signal
            return Moment(figures, figures.judgement, 0, signal.delta, signal.dead, draws, known, dragged)
        delta = run.delta[step]
        verdict = judgement(delta, skip=figures.configuration.skip, course=run.course(step))
        return Moment(figures, verdict, step, delta, run.dead[step], draws, known, dragged)

    @Slot(bool)
    def predict_first(self, on: bool) -> None:
        """Hide what comes of edits until it is guessed, or show all again."""
        self.predictions.set_on(on)
        self._show_figures()

    @Slot(str)
    def choose_measure(self, measure: str) -> None:
        """Show another quantity of the layers."""
        self._measure = measure
        self._board.strip.layers.show_measure(measure)
        self._show_figures()

    # Words ---------------------------------------------------------------------------------------------------------

    @Slot()
    def _say_verdicts(self) -> None:
        """Say the verdicts that are others to those who hear them, once an edit stands still."""
        told = tuple(
            in_a_row(
                (
                    f"{LETTERS[number]}: {moment_words(verdict_word(one.judgement), 0)}",
                    verdict_sentence(one.judgement, one.configuration.depth),
                )
            )
            for number, one in enumerate(self._bench.figures)
            if number not in self.strip.hidden
        )
        for sentence in told:
            if self._said and sentence not in self._said:
                announce(self._board, sentence)
        self._said = told
