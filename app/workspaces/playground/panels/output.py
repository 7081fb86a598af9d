"""The output: decision boundary, confusion matrix or residuals, an input of one's own, and drawing points."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.kit.copying import CopyButton
from app.kit.numbers import short
from app.kit.widgets.choice import Choice
from app.kit.widgets.flow import FlowLayout
from app.kit.widgets.labels import ElidedLabel
from app.kit.widgets.segments import Segments, chip
from app.network.document import Document
from app.network.evaluator import Evaluator
from app.network.trainer import Trainer
from app.workspaces.playground.panels.confusion import ConfusionView
from app.workspaces.playground.panels.decision_view import DecisionView
from app.workspaces.playground.panels.draw_bar import DrawBar
from app.workspaces.playground.panels.legend import Legend
from app.workspaces.playground.panels.readings import column_label, in_units, telling_columns
from app.workspaces.playground.panels.residuals import ResidualsView
from app.workspaces.playground.panels.sketch import PointSketch
from app.workspaces.playground.panels.try_input import TryInput
from engine.data import Task, available_features
from engine.training.evaluation import Evaluation
from engine.training.snapshot import Snapshot

TALLEST, SHORTEST = 420, 150
SCALE_WIDTH = 116
NO_COUNTS = np.zeros((0, 0), np.int64)
QWIDGETSIZE_MAX = (1 << 24) - 1


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
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(6)
        self._build_head()
        self._build_views()
        self._build_axes()
        self._build_switches()
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
        title = QLabel(self.tr("Output").upper())
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
            self._rows.addWidget(widget)
            self.copier.serve(widget)
        self.captions = QWidget()
        self._captions = QGridLayout(self.captions)
        self._captions.setContentsMargins(0, 0, 0, 0)
        self._captions.setVerticalSpacing(2)
        self._captions.addWidget(self.readout, 0, 0)
        self._captions.setColumnStretch(0, 1)
        self._place_legend(beside=True)
        self._rows.addWidget(self.captions)
        self._rows.addWidget(self.rows_shown)

    def _place_legend(self, *, beside: bool) -> None:
        """A scale is short and stands beside the read-out; the classes' names take a line of their own."""
        self._captions.removeWidget(self.legend)
        self.legend.setMaximumWidth(SCALE_WIDTH if beside else QWIDGETSIZE_MAX)
        self.legend.setMinimumWidth(SCALE_WIDTH if beside else 0)
        if beside:
            self._captions.addWidget(self.legend, 0, 1)
        else:
            self._captions.addWidget(self.legend, 1, 0, 1, 2)
        self._beside = beside

    def _build_axes(self) -> None:
        self.axes = QWidget()
        row = QHBoxLayout(self.axes)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.axis_choices: list[Choice] = []
        tips = (self.tr("The feature across"), self.tr("The feature upwards"))
        held = self.tr("The other features are held at their mean.")
        for arrow, tip in zip("→↑", tips, strict=True):
            choice = Choice(tip, [], f"{tip}. {held}")
            choice.picked.connect(lambda _key: self._choose_view())
            label = QLabel(arrow)
            label.setProperty("role", "muted")
            row.addWidget(label)
            row.addWidget(choice, 1)
            self.axis_choices.append(choice)
        self._rows.addWidget(self.axes)

    def _build_switches(self) -> None:
        self.show_test = QCheckBox(self.tr("Test data"))
        self.show_test.setToolTip(self.tr("Show the points that are not trained on, as squares"))
        self.show_test.toggled.connect(self.view.set_show_test)
        self.discrete = QCheckBox(self.tr("Discretise"))
        self.discrete.setToolTip(self.tr("Show only what the network decides, not how surely"))
        self.discrete.toggled.connect(self.view.set_discrete)
        self.try_button = chip(self.tr("Try an input"), self.tr("Type an input and read the prediction"))
        self.try_button.toggled.connect(lambda _on: self._show_tab())
        self.switches = QWidget()
        row = FlowLayout(self.switches, 10)
        for box in (self.show_test, self.discrete):
            box.setAccessibleName(box.text())
            row.addWidget(box)
        row.addWidget(self.try_button)
        self._rows.addWidget(self.switches)

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

    @Slot(object)
    def set_snapshot(self, snapshot: Snapshot) -> None:
        """Show the latest state of the run."""
        self.view.set_snapshot(snapshot)
        reading = self.view.reading
        self.legend.set_reading(reading)
        if reading is not None and reading.signed != self._beside:
            self._place_legend(beside=reading.signed)
        self.try_input.set_snapshot()
        self._evaluate()

    def forget_snapshot(self) -> None:
        """No answer of another network, or to other data, stays in view."""
        self._forget_evaluation()
        self.view.forget_snapshot()
        self.try_input.set_snapshot()
        self.readout.set_full_text(self._resting_words())

    def _forget_evaluation(self) -> None:
        self._evaluator.forget()
        self.confusion.set_counts(NO_COUNTS, ())
        self.residuals.set_evaluation(None)

    def set_view_height(self, height: int) -> None:
        """The height of the picture, held to what looks well."""
        held = min(max(height, SHORTEST), TALLEST)
        for view in (self.view, self.confusion, self.residuals):
            view.setFixedHeight(held)

    def set_picked(self, row: int | None) -> None:
        """Ring the row whose pass is played."""
        self.view.set_picked(row)

    def _new_data(self) -> None:
        dataset = self._document.dataset
        regression = dataset.task is Task.REGRESSION
        self.tabs.set_shown("confusion", not regression)
        self.tabs.set_shown("residuals", regression)
        if dataset.columns != self._columns:
            self._columns = dataset.columns
            self._offer_axes()
        self.axes.setVisible(len(dataset.columns) > 2)
        self._forget_evaluation()
        self._show_tab()
        self._data_changed()

    def _offer_axes(self) -> None:
        features = available_features(self._document.dataset)[: len(self._columns)]
        entries = [(str(at), feature.label) for at, feature in enumerate(features)]
        for choice, column in zip(self.axis_choices, telling_columns(self._document.dataset), strict=True):
            choice.set_entries(entries)
            choice.choose(str(column))
        self._choose_view()

    def _choose_view(self) -> None:
        first, second = (int(choice.key) for choice in self.axis_choices)
        self.view.set_columns((first, second))
        self._trainer.set_view((first, second))

    def _hover(self, x: float, y: float) -> None:
        if math.isnan(x):
            self.readout.set_full_text(self._resting_words())
            return
        dataset = self._document.dataset
        places = zip(self.view.plane.columns, (x, y), strict=True)
        text = ", ".join(
            f"{column_label(dataset, column)} {short(in_units(dataset, column, value))}" for column, value in places
        )
        answer, reading = self.view.answer_at(x, y), self.view.reading
        self.readout.set_full_text(f"{text} → {reading.words(answer)}" if answer and reading else text)

    def _resting_words(self) -> str:
        return self.tr("drag to draw points") if self._drawing else self.tr("click a point to play its pass")

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
        for widget in (self.captions, self.switches):
            widget.setVisible(key == "boundary")
        self.axes.setVisible(key == "boundary" and len(self._columns) > 2)
        self.rows_shown.setVisible(key != "boundary")
        self.try_input.setVisible(key == "boundary" and self.try_button.isChecked())
        self.readout.set_full_text(self._resting_words())
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
        self.draw_bar.setVisible(on)
        self.readout.set_full_text(self._resting_words())
        self.drawing_changed.emit(on)

    def _data_changed(self) -> None:
        """A set that comes from elsewhere, undo for one, is what the sheet shows next."""
        self.view.set_pending(None)
        self.sketch.restart()

    def _sketched(self) -> None:
        data = self._document.data
        shown = data.source == "points" and data.points == self.sketch.points
        self.view.set_pending(self.sketch.points if self._drawing and not shown else None)
