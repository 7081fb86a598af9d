"""An input typed by hand, the network's answer to it, and the way to its pass."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.kit.numbers import read, written
from app.kit.translation import sentence_of
from app.kit.widgets.choice import Choice
from app.kit.widgets.labels import ElidedLabel, wrapped
from app.kit.words import plain_tip
from app.network.document import Document
from app.network.trainer import Trainer
from app.workspaces.playground.panels.readings import reading_of
from engine.data import Dataset, InputColumn, available_features
from engine.problems import EngineError

MOST_ROWS_SHOWN = 5
ROW_HEIGHT = 36
WIDE_NAMES, NARROW_NAMES = 110, 24


class TryInput(QWidget):
    """``input_picked(values)``: play the pass of the typed input, one number per column of the data set."""

    input_picked = Signal(tuple)

    def __init__(self, document: Document, trainer: Trainer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._trainer = document, trainer
        self._built_for: object = None
        self._covered = False
        self.editors: dict[str, QLineEdit | Choice] = {}
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setAccessibleName(self.tr("The input's values"))
        self.answer = wrapped(role=None)
        self.play = QPushButton(self.tr("Play this"))
        self.play.setToolTip(self.tr("Play the pass of this input through the network"))
        self.play.clicked.connect(self._pick)
        foot = QHBoxLayout()
        foot.addWidget(self.answer, 1)
        foot.addWidget(self.play)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addWidget(self._area)
        rows.addLayout(foot)
        trainer.legible.changed.connect(self._follow)
        document.dataset_loaded.connect(self._rebuild)

    def cover(self, covered: bool) -> None:
        """Keep the answer back while it is to be guessed, or give it."""
        self._covered = covered
        if self.isVisible():
            self.refresh()

    @Slot()
    def _follow(self) -> None:
        if self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._rebuild()

    def _rebuild(self) -> None:
        dataset = self._document.dataset
        if not self.isVisible() or self._built_for is dataset:
            return
        self._built_for = dataset
        self.editors = {}
        body = QWidget()
        body.setProperty("role", "panel")
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 4, 0)
        grid.setVerticalSpacing(4)
        labels = [ElidedLabel(label, "muted") for label in _labels(dataset)]
        wide = max((label.fontMetrics().horizontalAdvance(label.full_text) for label in labels), default=0)
        grid.setColumnMinimumWidth(0, min(max(NARROW_NAMES, wide + 2), WIDE_NAMES))
        grid.setColumnStretch(1, 1)
        for row, (column, label) in enumerate(zip(dataset.inputs, labels, strict=True)):
            editor = self._editor(column)
            grid.addWidget(label, row, 0)
            grid.addWidget(editor, row, 1)
            self.editors[column.name] = editor
        grid.setRowStretch(len(dataset.inputs), 1)
        self._area.setWidget(body)
        self._area.setFixedHeight(min(len(self.editors), MOST_ROWS_SHOWN) * ROW_HEIGHT)
        self.refresh()

    def _editor(self, column: InputColumn) -> QLineEdit | Choice:
        tip = self.tr("The value of {name} to ask the network about").format(name=column.name)
        if column.levels:
            choice = Choice(column.name, [(level, level) for level in column.levels], tip)
            choice.picked.connect(self.refresh)
            return choice
        usual = column.fill if column.fill else column.centre
        field = QLineEdit(column.date(usual) if column.since else written(usual))
        field.setToolTip(plain_tip(tip))
        field.setAccessibleName(column.name)
        field.textEdited.connect(self.refresh)
        return field

    def values(self) -> tuple[float, ...]:
        """The typed input as the network sees it. Raises EngineError where a value makes no sense."""
        entered: dict[str, float | str | None] = {}
        for name, editor in self.editors.items():
            if isinstance(editor, Choice):
                entered[name] = editor.key
            else:
                number = read(editor.text())
                entered[name] = number if number is not None else editor.text().strip() or None
        return tuple(float(value) for value in self._document.dataset.encode_row(entered))

    def refresh(self) -> None:
        """Answer again."""
        try:
            values = self.values()
        except EngineError as error:
            self.answer.setText(sentence_of(error.problem))
            self.play.setEnabled(False)
            return
        self.play.setEnabled(True)
        if self._covered:
            self.answer.setText("→ ?")
            return
        output = self._trainer.predict(values)
        snapshot = self._trainer.legible.snapshot
        reading = reading_of(snapshot.plan, self._document.dataset) if snapshot is not None else None
        self.answer.setText(f"→ {reading.words(output)}" if output is not None and reading is not None else "→ …")

    def _pick(self) -> None:
        self.input_picked.emit(self.values())


def _labels(dataset: Dataset) -> list[str]:
    pretty = {feature.token: feature.label for feature in available_features(dataset)}
    return [pretty.get(column.name, column.name) for column in dataset.inputs]
