"""The output: decision boundary, confusion matrix or residuals, an input of one's own, and drawing points."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from app.kit.capitals import in_capitals
from app.kit.copying import CopyButton
from app.kit.widgets.labels import ElidedLabel, Label
from app.kit.widgets.segments import Segments, chip
from app.network.document import Document
from app.network.evaluator import Evaluator
from app.network.trainer import Trainer
from app.workspaces.playground.panels.axes import Axes
from app.workspaces.playground.panels.confusion import ConfusionView
from app.workspaces.playground.panels.decision_view import DecisionView
from app.workspaces.playground.panels.draw_bar import DrawBar
from app.workspaces.playground.panels.legend import Legend
from app.workspaces.playground.panels.readings import column_label, in_words
from app.workspaces.playground.panels.residuals import ResidualsView
from app.workspaces.playground.panels.sketch import PointSketch
from app.workspaces.playground.panels.try_input import TryInput
from engine.data import Task
from engine.training.evaluation import Evaluation
from engine.training.snapshot import Snapshot

TALLEST, SHORTEST, LARGEST_SIDE = 420, 150, 260
SWITCHES_WIDTH = 126
BUTTON_HEIGHT = 28
NO_COUNTS = np.zeros((0, 0), np.int64)


class OutputPanel(QWidget):
    """``sample_picked(row)``, ``input_picked(values)``: play this pass. ``drawing_changed(on)``."""

    sample_picked = Signal(int)
    input_picked = Signal(tuple)
    drawing_changed = Signal(bool)

    def __init__(self, document: Document, trainer: Trainer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._trainer = document, trainer
        self._columns: tuple[str, ...] = ()
        self._drawing = False
        self._pointer: tuple[float, float] | None = None
        self._room = (320, 320)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(6)
        self._build_head()
        self._build_views()
        self._build_axes()
        self._build_switches()
        self._covered = False
        self.try_input = TryInput(document, trainer)
        self.try_input.input_picked.connect(self.input_picked)
        self.try_input.hide()
        self.sketch = PointSketch(document, self)
        self.sketch.changed.connect(self._sketched)
        self.draw_bar = DrawBar(self.sketch)
        self.draw_bar.done.connect(lambda: self.set_drawing(False))
        self.draw_bar.hide()
        self._rows.addWidget(self.try_input)
        self._rows.addWidget(self.draw_bar)
        self._wire()
        self._new_data()

    # Building -----------------------------------------------------------------------------------------------------

    def _build_head(self) -> None:
        title = Label(in_capitals(self.tr("Output")))
        title.setProperty("role", "heading")
        entries = [
            ("boundary", self.tr("Boundary"), self.tr("The network's answer over a plane of two features")),
            ("confusion", self.tr("Confusion"), self.tr("Which classes are taken for which")),
            ("residuals", self.tr("Residuals"), self.tr("How far the predictions are off")),
        ]
        self.tabs = Segments(entries)
        self.tabs.chosen.connect(lambda _key: self._show_tab())
        self.copier = CopyButton()
        self.copier.failed.connect(self._document.problem_found)
        row = QHBoxLayout()
        row.addWidget(title)
        row.addStretch(1)
        row.addWidget(self.tabs)
        row.addWidget(self.copier)
        self._rows.addLayout(row)

    def _build_views(self) -> None:
        self.view = DecisionView(self._document)
        self.confusion = ConfusionView()
        self.residuals = ResidualsView()
        self.legend = Legend()
        self.readout = ElidedLabel("", "muted")
        self.rows_shown = Segments(
            [
                ("test", self.tr("Test rows"), self.tr("Rows that the network has not been trained on")),
                ("train", self.tr("Training rows"), self.tr("Rows that the network has been trained on")),
            ]
        )
        self.rows_shown.chosen.connect(lambda _key: self._evaluate())
        for widget in (self.view, self.confusion, self.residuals):
            self.copier.serve(widget)
        self.switches = QWidget()
        self._beside = QHBoxLayout()
        self._beside.setSpacing(12)
        self._beside.addWidget(self.view)
        self._beside.addWidget(self.switches, 1)
        self._rows.addLayout(self._beside)
        self._rows.addWidget(self.confusion)
        self._rows.addWidget(self.residuals)
        self._rows.addWidget(self.readout)
        self._rows.addWidget(self.rows_shown)

    def _build_axes(self) -> None:
        self.axes = Axes(self._document)
        self.axes.picked.connect(self._choose_view)
        self._rows.addWidget(self.axes)

    def _build_switches(self) -> None:
        self.show_test = QCheckBox(self.tr("Test data"))
        self.show_test.setToolTip(self.tr("Show the points that are not trained on, as squares"))
        self.show_test.toggled.connect(self.view.set_show_test)
        self.show_train = QCheckBox(self.tr("Train data"))
        self.show_train.setChecked(True)
        self.show_train.setToolTip(self.tr("Show the points that are trained on, as circles"))
        self.show_train.toggled.connect(self.view.set_show_train)
        self.discrete = QCheckBox(self.tr("Discretise"))
        self.discrete.setToolTip(self.tr("Show only what the network decides, not how surely"))
        self.discrete.toggled.connect(self.view.set_discrete)
        self.try_button = chip(self.tr("Try an input"), self.tr("Type an input and read the prediction"))
        self.try_button.toggled.connect(lambda _on: self._show_tab())
        self.play_button = chip(
            self.tr("Play a pass"),
            self.tr("Play the pass of the point last clicked, or of the first training point"),
            checkable=False,
        )
        self.play_button.clicked.connect(self._play_a_pass)
        column = QVBoxLayout(self.switches)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        for box in (self.show_train, self.show_test, self.discrete):
            box.setAccessibleName(box.text())
            column.addWidget(box)
        column.addWidget(self.legend)
        column.addStretch(1)
        for button in (self.try_button, self.play_button):
            button.setMinimumHeight(BUTTON_HEIGHT)
            column.addWidget(button)

    def _play_a_pass(self) -> None:
        row = self.view.picked
        self.sample_picked.emit(int(self._document.dataset.train[0]) if row is None else row)

    def _wire(self) -> None:
        self.view.sample_picked.connect(self.sample_picked)
        self.view.hovered.connect(self._hover)
        self.view.stroked.connect(self.sketch.stroke)
        self.view.stroke_ended.connect(self.sketch.end_stroke)
        self._evaluator = Evaluator(self)
        self._evaluator.evaluated.connect(self._show_evaluation)
        self._document.dataset_loaded.connect(self._new_data)
        self._document.data_changed.connect(self._data_changed)

    # Following ----------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """The run may have gone on out of sight."""
        super().showEvent(event)
        self._evaluate()

    @Slot(object)
    def set_snapshot(self, snapshot: Snapshot) -> None:
        """Show the latest state of the run."""
        self.view.set_snapshot(snapshot)
        self.legend.set_reading(self.view.reading)
        self.try_input.set_snapshot()
        self._read_out()
        self._evaluate()

    def forget_snapshot(self) -> None:
        """No answer of another network, or to other data, stays in view."""
        self._forget_evaluation()
        self.view.forget_snapshot()
        self.legend.set_reading(None)
        self.try_input.set_snapshot()
        self._read_out()

    def _forget_evaluation(self) -> None:
        self._evaluator.forget()
        self.confusion.set_counts(NO_COUNTS, ())
        self.residuals.set_evaluation(None)

    def set_room(self, width: int, height: int) -> None:
        """Fit the pictures into so many pixels: the plane is a square with its switches beside it, or, while points are
        drawn on it, as wide as there is room."""
        self._room = (width, height)
        tall = min(max(height, SHORTEST), TALLEST)
        beside = max(width - SWITCHES_WIDTH, 0)  # before it is laid out, a column is narrower than the switches
        side = min(width, tall) if self._drawing else min(beside, tall, LARGEST_SIDE)
        self.view.setFixedSize(side, side)
        self.switches.setVisible(not self._drawing and self.tabs.key == "boundary")
        for view in (self.confusion, self.residuals):
            view.setFixedHeight(min(width, tall))

    def set_picked(self, row: int | None) -> None:
        """Ring the row whose pass is played."""
        self.view.set_picked(row)
        self._read_out()

    def _new_data(self) -> None:
        dataset = self._document.dataset
        regression = dataset.task is Task.REGRESSION
        self.tabs.set_shown("confusion", not regression)
        self.tabs.set_shown("residuals", regression)
        if dataset.columns != self._columns:
            self._columns = dataset.columns
            self.axes.offer()
            self._choose_view()
        self.axes.setVisible(len(dataset.columns) > 2)
        self._forget_evaluation()
        self._show_tab()
        self._data_changed()

    def _choose_view(self) -> None:
        columns = self.axes.columns
        self.view.set_columns(columns)
        self._trainer.set_view(columns)
        self._tell_slice()

    def _tell_slice(self) -> None:
        """A slice says that it is one, and of what."""
        self.view.tell_slice(self.axes.tell(self.view.plane))

    def _hover(self, x: float, y: float) -> None:
        self._pointer = None if math.isnan(x) else (x, y)
        self._read_out()

    def _read_out(self) -> None:
        """Say what the network answers to the sample under the pointer, else at the pointer's place, else to the sample
        that was picked; and which of these it is."""
        row = self.view.under if self._pointer is not None else self.view.picked
        if row is not None and not self._drawing and row < len(self._document.dataset.y):
            point = tuple(float(value) for value in self._document.dataset.x[row])
            place = self._place_words(point[column] for column in self.view.plane.columns)
            text = self.tr("sample {row}: {place}").format(row=row, place=place)
            self._say_answer(text, self._trainer.predict(point))
        elif self._pointer is not None:
            text = self.tr("pointer: {place}").format(place=self._place_words(self._pointer))
            self._say_answer(text, self.view.answer_at(*self._pointer))
        else:
            resting = self.tr("drag to draw points") if self._drawing else self.tr("click a point to play its pass")
            self.readout.set_full_text(resting)

    def _place_words(self, values: Iterable[float]) -> str:
        dataset = self._document.dataset
        places = zip(self.view.plane.columns, values, strict=True)
        return ", ".join(
            f"{column_label(dataset, column)} {in_words(dataset, column, value)}" for column, value in places
        )

    def _say_answer(self, text: str, answer: tuple[float, ...] | None) -> None:
        reading = self.view.reading
        if answer is not None and reading is not None and not self._covered:
            text = f"{text} → {reading.words(answer)}"
        self.readout.set_full_text(text)

    def cover(self, covered: bool) -> None:
        """Keep answers back while the one of a pass is to be guessed, or give them."""
        self._covered = covered
        self.view.cover(covered)
        self.try_input.cover(covered)
        self._read_out()

    # Evaluation ---------------------------------------------------------------------------------------------------

    def _show_tab(self) -> None:
        key = self.tabs.key
        views: dict[str, DecisionView | ConfusionView | ResidualsView] = {
            "boundary": self.view, "confusion": self.confusion, "residuals": self.residuals
        }  # fmt: skip
        view = views[key]
        self.copier.offer(view, view.grab, title=view.accessibleName(), name=key)
        self.view.setVisible(key == "boundary")
        self.confusion.setVisible(key == "confusion")
        self.residuals.setVisible(key == "residuals")
        self.readout.setVisible(key == "boundary")
        self.switches.setVisible(key == "boundary" and not self._drawing)
        self.axes.setVisible(key == "boundary" and len(self._columns) > 2)
        self.rows_shown.setVisible(key != "boundary")
        self.try_input.setVisible(key == "boundary" and self.try_button.isChecked())
        self._read_out()
        self._tell_slice()
        self._evaluate()

    def _evaluate(self) -> None:
        snapshot = self._trainer.snapshot
        if snapshot is not None and self.tabs.key != "boundary" and self.isVisible():
            self._evaluator.request(snapshot, self._document.dataset, test=self.rows_shown.key == "test")

    @Slot(object)
    def _show_evaluation(self, evaluation: Evaluation) -> None:
        classes = self._document.dataset.classes
        if len(evaluation.confusion) == len(classes):
            self.confusion.set_counts(evaluation.confusion, classes)
        self.residuals.set_evaluation(evaluation)

    # Drawing ------------------------------------------------------------------------------------------------------

    def set_drawing(self, on: bool) -> None:
        """Let the mouse draw points, or pick them again."""
        if on == self._drawing:
            return
        self._drawing = on
        if on:
            self.tabs.choose("boundary")
            self._show_tab()
            self.sketch.restart()
        self.view.set_drawing(on)
        self.set_room(*self._room)
        self.draw_bar.setVisible(on)
        self._read_out()
        self.drawing_changed.emit(on)

    def _data_changed(self) -> None:
        """A set that comes from elsewhere, undo for one, is what the sheet shows next."""
        self.view.set_pending(None)
        if self._drawing:
            self.sketch.restart()

    def _sketched(self) -> None:
        data = self._document.data
        shown = data.source == "points" and data.points == self.sketch.points
        self.view.set_pending(self.sketch.points if self._drawing and not shown else None)
