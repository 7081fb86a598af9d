"""Gradients at work: an experiment of a few deep networks, as a document of its own."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.kit.actions import ActionSet, ActionSpec
from app.kit.background import Background, Job
from app.kit.folders import passing_file
from app.kit.numbers import bounds_words
from app.kit.origin.facts import Fact
from app.kit.sheet import Sheet
from app.kit.translation import QT_TRANSLATE_NOOP
from app.kit.view_parts import ViewPart, choice_part
from app.workspaces.gradients.bar import GradientsBar
from app.workspaces.gradients.bench import Bench
from app.workspaces.gradients.board import NetworkBoard, NetworkColumn
from app.workspaces.gradients.doctor import DoctorKey
from app.workspaces.gradients.moment import OriginKey
from app.workspaces.gradients.settings import BOUNDS, WHOLE, ExperimentEdits, bounded
from app.workspaces.gradients.strip import PARTS, Side, Strip
from app.workspaces.gradients.views import Views
from app.workspaces.gradients.words import LETTERS, differing_fields, title_of
from app.workspaces.workspace import Host, Page
from engine.formats import write_network
from engine.gradients.building import network_file
from engine.gradients.experiment import FORM, Configuration, Experiment
from engine.gradients.presets import title_fits
from engine.gradients.trained_file import trained_file
from engine.gradients.training import GradientRun, checkable
from engine.problems import EngineError, Problem


class NetworkOpening(QObject):
    """Opens networks where networks are read, as they are at the moment that is shown."""

    def __init__(self, host: Host, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._work = Background("gradients-opening", latest_only=True, tells=True, parent=self)
        self._work.done.connect(self._take)
        self._work.failed.connect(host.messages.say_problem)

    def open(self, experiment: Experiment, number: int, run: GradientRun | None, step: int) -> None:
        """The network ``number`` (from 0) after so many steps of its run. At the start it draws the very weights that
        it has here from the same seed; later on the steps are done once more, for no run keeps all its weights."""
        if run is None or step == 0:
            self._open_start(experiment, number)
            return
        if not checkable(experiment.configurations[number], experiment.samples, step):
            text = self.tr("The {steps} steps are repeated; then the network opens in the playground.")
            self._host.messages.say(text.format(steps=step), passing=True)
        self._work.request(partial(_written, experiment, number, step, run.compiled, passing_file()))

    def _open_start(self, experiment: Experiment, number: int) -> None:
        path = passing_file()
        try:
            write_network(path, network_file(experiment, number, _title(experiment, number)))
        except EngineError as error:
            self._host.messages.say_problem(error.problem)
            return
        self._host.open_copy(path)

    @Slot(object)
    def _take(self, path: Path | None) -> None:
        if path is not None:
            self._host.open_copy(path)

    def close(self) -> None:
        """Open nothing more."""
        self._work.close()


def _title(experiment: Experiment, number: int) -> str:
    return title_of(experiment.configurations[number], differing_fields(experiment.configurations))


def _written(experiment: Experiment, number: int, step: int, compiled: bool, path: Path, job: Job) -> Path | None:
    title = _title(experiment, number)
    file = trained_file(experiment, number, title, step, compiled=compiled, cancelled=job.cancelled)
    if file is None:
        return None
    write_network(path, file)
    return path


ACTIONS = (
    ActionSpec("gradients_train", "run", 0, QT_TRANSLATE_NOOP("Actions", "Train all"),
               QT_TRANSLATE_NOOP("Actions", "Train every network for the same number of steps, or "
                                            "stop"), ("Space",), "play"),
    ActionSpec("gradients_step", "run", 1, QT_TRANSLATE_NOOP("Actions", "Step"),
               QT_TRANSLATE_NOOP("Actions", "Show the layers one step later; trains first what isn't trained yet"),
               (".",), "step", repeats=True),
    ActionSpec("gradients_back", "run", 1, QT_TRANSLATE_NOOP("Actions", "Step back"),
               QT_TRANSLATE_NOOP("Actions", "Show the layers one step earlier"), (",",), repeats=True),
    ActionSpec("gradients_start", "run", 1, QT_TRANSLATE_NOOP("Actions", "Back to start"),
               QT_TRANSLATE_NOOP("Actions", "Show the layers as they begin"), ("Shift+,",), "reset"),
    ActionSpec("gradients_end", "run", 1, QT_TRANSLATE_NOOP("Actions", "Last step"),
               QT_TRANSLATE_NOOP("Actions", "Show the layers after the last step"), ("Shift+.",)),
    ActionSpec("gradients_guess", "run", 2, QT_TRANSLATE_NOOP("Actions", "Predict first"),
               QT_TRANSLATE_NOOP("Actions", "Hide the result of an edit until you've guessed it. Switching it "
                                            "off forgets your answers"), ("P",), "help",
               checkable=True),
    ActionSpec("gradients_map", "run", 3, QT_TRANSLATE_NOOP("Actions", "Stop the map"),
               QT_TRANSLATE_NOOP("Actions", "Stop computing the map of depth × scale, or resume it"), ("M",)),
    ActionSpec("gradients_add", "edit", 3, QT_TRANSLATE_NOOP("Actions", "Add a network"),
               QT_TRANSLATE_NOOP("Actions", "Add a copy of the last network beside these"), ("Shift+A",), "plus"),
    ActionSpec("gradients_open", "file", 3, QT_TRANSLATE_NOOP("Actions", "Open in the playground"),
               QT_TRANSLATE_NOOP("Actions", "Open the chosen network in the playground, as it is at the step shown"),
               ("Ctrl+Return",), "open"),
)  # fmt: skip


class GradientsPage(Page):
    """Joins the document to what is worked out of it and to what shows that."""

    menus = MappingProxyType({"run": QT_TRANSLATE_NOOP("Actions", "&Run")})

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.document = self.sheet = Sheet(FORM, Experiment(), self.tr("Experiment"), self, fits=title_fits)
        self.edits = ExperimentEdits(self.sheet)
        self.bench = Bench(self.sheet.value, self)
        self._opening = NetworkOpening(host, self)
        self.widget = QWidget()
        self.widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.widget.setAccessibleName(self.tr("The experiment"))
        self.actions = ActionSet(self.widget, ACTIONS)
        names = ("gradients_train", "gradients_step", "gradients_start", "gradients_add", "gradients_guess")
        self.bar = self.top_bar = GradientsBar(*(self.actions[name] for name in names))
        self.side = Side(self._fact_of)
        self.board = NetworkBoard(Strip(self.sheet.value, self.side))
        row = QHBoxLayout(self.widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.board)
        self.ground = self.board.upper
        self.views = Views(self.sheet, self.bench, self.board, self.top_bar, self.actions, self.side.guess)
        self._connect()
        self.views.follow_document()
        self.sheet.keep_view(self._view_parts(), self.views.show_figures)

    def _view_parts(self) -> tuple[ViewPart, ...]:
        """All that is saved of how the experiment is looked at."""
        views, board, strip = self.views, self.board, self.board.strip
        guesses, predict = views.predictions.guesses, self.actions["gradients_guess"]
        return (
            ViewPart("curves", lambda: self.bench.record, self.bench.take_record),
            ViewPart("tab", lambda: strip.part, self._show_tab, (strip.part_chosen,)),
            choice_part("subject", strip.subjects, lambda letter: views.strip.choose_subject(LETTERS.index(letter))),
            choice_part("trend", strip.trends, views.course.choose_trend),
            choice_part("map", strip.map_kinds, views.strip.map.choose_kind),
            ViewPart("choices.measure", lambda: views.measure, views.choose_measure, (views.measure_chosen,)),
            ViewPart("switches.shared", lambda: strip.shared.is_open, strip.shared.set_open, (strip.shared.opened,)),
            ViewPart("switches.settings", lambda: board.settings_open, board.open_settings, (board.settings_opened,)),
            ViewPart("switches.cures", lambda: strip.has_doctor, strip.offer_doctor),
            ViewPart("guesses", guesses.record, guesses.take_up, (guesses.replied,)),
            ViewPart("predict", predict.isChecked, predict.setChecked, (predict.toggled,)),
            ViewPart("before", lambda: views.before, views.take_before),
            ViewPart("step", lambda: views.step, self._return_to, (views.course.moved,)),
        )

    def _show_tab(self, part: str) -> None:
        if part in PARTS:
            self.board.strip.show_part(part)

    def _return_to(self, step: int) -> None:
        if step and not self.views.course.return_to(step):
            text = self.tr("Not trained yet: this was saved at step {step}. Training gets there again.")
            self.host.messages.say(text.format(step=step), passing=True)

    def _connect(self) -> None:
        self.board.column_made.connect(self._join)
        shared = self.board.strip.shared
        shared.edited.connect(self.edits.of_all)
        shared.settled.connect(self.sheet.settle)
        self.edits.told.connect(partial(self.host.messages.say, passing=True))
        self.top_bar.preset_chosen.connect(self.choose_preset)
        self.board.strip.doctor.applied.connect(self._apply)
        self.board.strip.doctor.asked.connect(self.side.explain)
        self.top_bar.asked.connect(lambda number: self.explain(number, "measured", 1))
        self.board.strip.layers.asked.connect(self.explain)
        self.views.strip.map.chosen.connect(self._choose_cell)
        self.views.strip.map.settled.connect(self.sheet.settle)
        self.board.strip.outline.number_edited.connect(self._edit_number)
        self.board.strip.outline.chosen.connect(self._point_out)
        self.bench.failed.connect(self._say_problem)
        self.bench.trained.connect(self._tell_progress)
        self.views.shown_anew.connect(self._follow_moment)
        self.side.card.explained.connect(self._mark_explained)
        self.side.card.closed.connect(lambda: self._mark_explained(None))
        self.actions["gradients_guess"].toggled.connect(lambda on: self.side.ask(on=on))
        self.actions["gradients_guess"].toggled.connect(self.views.predict_first)
        self.actions["gradients_guess"].toggled.connect(self.aside_changed)
        self.actions.bind(
            {
                "gradients_train": self.views.course.train_or_play,
                "gradients_step": self.views.course.go_on,
                "gradients_back": self.views.course.playback.back,
                "gradients_start": partial(self.views.course.go_to, 0),
                "gradients_end": self.views.course.go_to_end,
                "gradients_map": self.views.strip.map.stop_or_go_on,
                "gradients_add": self.edits.add,
                "gradients_open": lambda: self.open_network(self.views.strip.subject),
            }
        )

    @Slot(object)
    def _join(self, column: NetworkColumn) -> None:
        number = column.number
        column.edited.connect(lambda changes, merge: self.edits.of_one(number, changes, merge))
        column.settled.connect(self.sheet.settle)
        column.opened.connect(lambda: self.open_network(number))
        column.removed.connect(lambda: self.edits.remove(number))
        column.asked.connect(lambda row, layer: self.explain(number, row, layer))
        self.views.join(column)

    # What people do -----------------------------------------------------------------------------------------------

    @Slot(str)
    def choose_preset(self, key: str) -> None:
        """Open a ready-made experiment in place of what is open; undo brings that back."""
        self.views.open_preset(key)

    @Slot(object)
    def _apply(self, configuration: Configuration) -> None:
        self.edits.replace(self.views.strip.subject, configuration)

    @Slot(int, float)
    def _choose_cell(self, depth: int, scale: float) -> None:
        self.edits.of_one(self.views.strip.subject, {"depth": depth, "scale": scale}, "cell")

    @Slot(object, float)
    def _edit_number(self, key: object, value: float) -> None:
        """A number of the outline was typed over."""
        if isinstance(key, tuple):
            number, field = key
            whole = field in WHOLE
            taken = bounded(field, math.floor(value + 0.5) if whole else value)
            if taken != value:
                self.host.messages.say(bounds_words(value, *BOUNDS[field]), passing=True)
            self.edits.of_one(number, {field: taken}, "")

    @Slot(object)
    def _point_out(self, key: object) -> None:
        """A row of the outline was chosen: show its layer in the drawing."""
        for column in self.board.columns:
            layer = isinstance(key, tuple) and len(key) == 3 and key[0] == column.number
            column.chart.light(frozenset({key[2]}) if layer and isinstance(key, tuple) else frozenset())

    def open_network(self, number: int) -> None:
        """Open one of the networks in the playground, as a copy with the weights of the moment that is shown; not one
        whose numbers are to be guessed first, which the playground would tell."""
        if number in self.views.strip.hidden:
            self.views.predictions.guesses.insist()
            text = self.tr("The playground would show the answer about network {letter}. Guess first, or reveal it.")
            self.host.messages.say(text.format(letter=LETTERS[number]), passing=True)
            return
        self._opening.open(self.sheet.value, number, *self.views.run_and_step(number))

    def explain(self, number: int, row: str, layer: int) -> None:
        """Say where a number of a network comes from."""
        self.side.explain(OriginKey(number, row, layer))

    @Slot(object)
    def _mark_explained(self, key: object) -> None:
        """Give the column of the number that is explained a soft ground."""
        for column in self.board.columns:
            here = isinstance(key, OriginKey) and key.number == column.number
            column.explain((key.layer or None) if here and isinstance(key, OriginKey) else None)

    def _fact_of(self, key: Hashable) -> Fact | None:
        if isinstance(key, DoctorKey):
            return self.views.strip.doctor_fact(key)
        return self.views.fact_of(key) if isinstance(key, OriginKey) else None

    @Slot()
    def _follow_moment(self) -> None:
        """Say where the number that is explained comes from as it is now; while an edit is being worked out it waits.
        Whoever reads about a number that is no more hears why it went."""
        if not self.bench.current or not self.side.explaining:
            return
        self.side.refresh()
        if not self.side.explaining:
            text = self.tr("The explained number no longer exists, or has to be guessed first.")
            self.host.messages.say(text, passing=True)

    @Slot()
    def _tell_progress(self) -> None:
        """Have runs that are finished kept with an experiment that is not saved."""
        if not self.bench.busy:
            self.sheet.progressed.emit()

    @Slot(object)
    def _say_problem(self, problem: Problem) -> None:
        self.host.messages.say_problem(problem)

    # The window ---------------------------------------------------------------------------------------------------

    def open_file(self, path: Path, *, copy: bool = False) -> tuple[Problem, ...]:
        """Open an experiment."""
        return self.sheet.open(path, copy=copy)

    def aside(self) -> Sequence[QWidget]:
        return () if self.actions["gradients_guess"].isChecked() else (self.board.strip,)

    def close(self) -> None:
        """Work nothing more out."""
        self.bench.close()
        self._opening.close()
