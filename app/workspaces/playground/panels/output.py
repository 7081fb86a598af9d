"""The output panel: the network's answers over a plane of two columns, and one sample with its loss."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.kit.copying import CopyButton
from app.kit.drawing.view import DrawingView
from app.kit.listing import joined
from app.kit.widgets.choice import Choice
from app.kit.widgets.labels import ElidedLabel, Label, wrapped
from app.kit.words import plain_tip
from app.network.document import Document
from app.network.trainer import Trainer
from app.workspaces.playground.panels.decision_view import DecisionView, draw_legend
from app.workspaces.playground.panels.readings import column_label, in_words, slice_words
from app.workspaces.playground.panels.sample_card import SampleCard
from app.workspaces.playground.panels.sketch import DrawBar, PointSketch
from app.workspaces.playground.panels.try_input import TryInput
from engine.data import available_features
from engine.training.plane import Plane, telling_columns
from engine.training.snapshot import Snapshot

TALLEST, SHORTEST, SMALL = 460, 150, 120
"""The picture's side at most and at least, and while a block is selected."""
BESIDE_LEAST = 150
"""The sample stands below the small picture where there is less room beside it."""


class OutputPanel(QWidget):
    """``sample_picked(row)``, ``input_picked(values)``: play this pass. ``ringed(row)``: another sample is looked at.
    ``mistakes_wanted``: how the answers of all rows compare with the truth. ``drawing_changed(on)``."""

    sample_picked = Signal(int)
    ringed = Signal(int)
    input_picked = Signal(tuple)
    mistakes_wanted = Signal()
    drawing_changed = Signal(bool)

    def __init__(self, document: Document, trainer: Trainer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._trainer = document, trainer
        self._columns: tuple[str, ...] = ()
        self._drawing = self._is_small = self._covered = False
        self._pointer: tuple[float, float] | None = None
        self._room = (320, 320)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        self.view = DecisionView(document)
        self._build_head()
        self._build_picture()
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
        title = ElidedLabel(self.tr("What it has learnt"), "title")
        self.shown = QToolButton()
        self.shown.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.shown.setProperty("role", "menu")
        self.shown.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.shown.setAccessibleName(self.tr("What the picture shows"))
        self.shown.setToolTip(self.tr("What the picture shows, and actions for it"))
        self.copier = CopyButton(self)
        self.copier.hide()
        self.copier.failed.connect(self._document.problem_found)
        self.copier.serve(self.view)
        self.copier.offer(self.view, self.view.grab, title=self.view.accessibleName(), name="boundary")
        self.shown.setMenu(self._menu())
        row = QHBoxLayout()
        row.addWidget(title, 1)
        row.addWidget(self.shown)
        self._rows.addLayout(row)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        tr, view = self.tr, self.view
        circles = tr("Show the training points, as circles")
        squares = tr("Show the test points, as squares")
        decided = tr("Show only which class or side wins, not by how much")
        self.show_train = self._entry(menu, tr("Train points"), circles, view.set_show_train)
        self.show_train.setChecked(True)
        self.show_test = self._entry(menu, tr("Test points"), squares, view.set_show_test)
        self.discrete = self._entry(menu, tr("Discretise"), decided, self._set_discrete)
        for action in (self.show_train, self.show_test, self.discrete):
            action.toggled.connect(self._name_points)
        menu.addSeparator()
        self.mistakes = menu.addAction("")
        self.mistakes.triggered.connect(self.mistakes_wanted)
        typed = tr("Type an input and read the prediction")
        self.try_action = self._entry(menu, tr("Try an input"), typed, lambda _on: self._show_parts())
        menu.addSeparator()
        copies = self.copier.menu()
        copies.setTitle(tr("Copy or save"))
        menu.addMenu(copies)
        return menu

    def _entry(self, menu: QMenu, text: str, tip: str, act: Callable[[bool], object]) -> QAction:
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setToolTip(plain_tip(tip))
        action.toggled.connect(act)
        return action

    def _set_discrete(self, on: bool) -> None:
        self.view.set_discrete(on)
        self.legend.set_data(self.view.reading)

    @Slot()
    def _name_points(self) -> None:
        """Say at the head which points are shown."""
        train, test = self.show_train.isChecked(), self.show_test.isChecked()
        points = {
            (True, False): self.tr("train points"), (False, True): self.tr("test points"),
            (True, True): self.tr("all points"), (False, False): self.tr("no points"),
        }  # fmt: skip
        decided = self.tr("discretised") if self.discrete.isChecked() else ""
        self.shown.setText(joined((points[train, test], decided)))

    def _build_picture(self) -> None:
        """The picture, what explains it, and the sample: below one another, or side by side while it is small."""
        size = QSize(120, 18)
        self.legend = DrawingView(draw_legend, None, hint=size, least=size, name=self.tr("Colour scale"))
        self.legend.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.readout = ElidedLabel("", "muted")
        self.axes = OutputAxes(self._document)
        self.axes.picked.connect(self._choose_view)
        self.words = QStackedWidget()
        self.words.addWidget(self.legend)
        self.words.addWidget(self.readout)
        self.sample = SampleCard(self._document, self._trainer)
        self.sample.play_wanted.connect(self.sample_picked)
        self._parts = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._parts.setSpacing(8)
        for part in (self.view, self.words, self.axes, self.sample):
            self._parts.addWidget(part)
        self._rows.addLayout(self._parts)

    def _wire(self) -> None:
        self.view.chosen.connect(self._ring)
        self.view.opened.connect(self._open)
        self.view.hovered.connect(self._hover)
        self.view.stroked.connect(self.sketch.stroke)
        self.view.stroke_ended.connect(self.sketch.end_stroke)
        self._trainer.legible.changed.connect(self._read_out)
        self._document.dataset_loaded.connect(self._new_data)
        self._document.data_changed.connect(self._data_changed)
        self._name_points()

    # Following ----------------------------------------------------------------------------------------------------

    @Slot(object)
    def set_snapshot(self, snapshot: Snapshot) -> None:
        """Show the latest state of the run."""
        self.view.set_snapshot(snapshot)
        self.legend.set_data(self.view.reading)

    def forget_snapshot(self) -> None:
        """No answer of another network, or to other data, stays in view."""
        self.view.forget_snapshot()
        self.legend.set_data(None)

    def set_room(self, width: int, height: int) -> None:
        """Fit the picture into so many pixels."""
        self._room = (width, height)
        self._fit()

    def set_small(self, on: bool) -> None:
        """Leave the room to a block that is looked at, or take it back."""
        self._is_small = on
        self._fit()

    def _fit(self) -> None:
        """The picture is a square as wide as there is room; a small one has the sample beside it. Points are drawn on a
        large one."""
        width, height = self._room
        is_small = self._is_small and not self._drawing
        is_beside = is_small and width >= SMALL + BESIDE_LEAST
        side = SMALL if is_small else min(width, max(SHORTEST, min(height, TALLEST)))
        self.view.setFixedSize(side, side)
        directions = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._parts.setDirection(directions[is_beside])
        self.sample.set_small(is_beside)
        self._show_parts()

    @Slot()
    def _show_parts(self) -> None:
        is_small = self._is_small and not self._drawing
        self.words.setVisible(not is_small)
        self.axes.setVisible(not is_small and len(self._columns) > 2)
        self.sample.setVisible(self.sample.row is not None and not self._drawing)
        self.try_input.setVisible(self.try_action.isChecked())

    def set_picked(self, row: int | None) -> None:
        """Ring the row that is looked at."""
        self.view.set_picked(row)
        self.sample.set_row(row)
        self._show_parts()

    @Slot(object)
    def _ring(self, row: int) -> None:
        self.set_picked(row)
        self.ringed.emit(row)

    @Slot(object)
    def _open(self, row: int) -> None:
        self.sample_picked.emit(row)

    @Slot()
    def _new_data(self) -> None:
        dataset = self._document.dataset
        if dataset.columns != self._columns:
            self._columns = dataset.columns
            self.axes.offer()
            self._choose_view()
        names = {True: self.tr("Confusion"), False: self.tr("Residuals")}
        tips = {
            True: self.tr("Which classes are mistaken for which"), False: self.tr("How far the predictions are off"),
        }  # fmt: skip
        self.mistakes.setText(names[bool(dataset.classes)])
        self.mistakes.setToolTip(plain_tip(tips[bool(dataset.classes)]))
        latest = self.sample.latest_row
        self.set_picked(int(dataset.train[0]) if latest is None else latest)
        self._tell_slice()
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

    @Slot()
    def _read_out(self) -> None:
        """Say what the network answers to the sample under the pointer, else at the pointer's place; at rest, what the
        colours mean."""
        row = self.view.under if self._pointer is not None else None
        if row is not None and not self._drawing and row < len(self._document.dataset.y):
            point = tuple(float(value) for value in self._document.dataset.x[row])
            place = self._place_words(point[column] for column in self.view.plane.columns)
            text = self.tr("sample {row}: {place}").format(row=row, place=place)
            self._say_answer(text, self._trainer.predict(point))
        elif self._pointer is not None:
            text = self.tr("pointer: {place}").format(place=self._place_words(self._pointer))
            self._say_answer(text, self._trainer.predict(self.view.point_at(*self._pointer)))
        else:
            self.readout.set_full_text("")
        self.words.setCurrentWidget(self.readout if self._pointer is not None else self.legend)

    def _place_words(self, values: Iterable[float]) -> str:
        dataset = self._document.dataset
        places = zip(self.view.plane.columns, values, strict=True)
        return joined(f"{column_label(dataset, column)} {in_words(dataset, column, value)}" for column, value in places)

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
        self.sample.cover(covered)
        self._read_out()

    # Drawing ------------------------------------------------------------------------------------------------------

    def set_drawing(self, on: bool) -> None:
        """Let the mouse draw points, or pick them again."""
        if on == self._drawing:
            return
        self._drawing = on
        if on:
            self.sketch.restart()
        self.view.set_drawing(on)
        self._fit()
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


NAMED = 3
"""Features that a slice leaves out and that are named; the others are counted."""


class OutputAxes(QWidget):
    """``picked``: other columns were chosen by hand. For data of more than two columns."""

    picked = Signal()

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        grid.setColumnStretch(1, 1)
        self.choices: list[Choice] = []
        tips = (self.tr("The horizontal feature"), self.tr("The vertical feature"))
        held = self.tr("The other features are held at their mean.")
        for line, (arrow, tip) in enumerate(zip("→↑", tips, strict=True)):
            choice = Choice(tip, [], f"{tip}. {held}")
            choice.picked.connect(lambda _key: self.picked.emit())
            label = Label(arrow)
            label.setProperty("role", "muted")
            grid.addWidget(label, line, 0)
            grid.addWidget(choice, line, 1)
            self.choices.append(choice)
        self.slice = wrapped()
        grid.addWidget(self.slice, 2, 0, 1, 2)

    @property
    def columns(self) -> tuple[int, int]:
        """The chosen columns: across, upwards."""
        first, second = (int(choice.key) for choice in self.choices)
        return first, second

    def offer(self) -> None:
        """Offer the data set's columns, the two that tell most being chosen."""
        dataset = self._document.dataset
        features = available_features(dataset)[: len(dataset.columns)]
        entries = [(str(at), feature.label) for at, feature in enumerate(features)]
        for choice, column in zip(self.choices, telling_columns(dataset), strict=True):
            choice.set_entries(entries)
            choice.choose(str(column))

    def tell(self, plane: Plane) -> str:
        """Say what the plane leaves out; the words, empty where it shows all."""
        dataset = self._document.dataset
        words = slice_words(dataset, plane, NAMED)
        self.slice.setText(words)
        self.slice.setToolTip(plain_tip(slice_words(dataset, plane, len(dataset.columns))))
        return words
