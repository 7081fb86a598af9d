"""The steps of a run as a table, wide enough for every digit, and how its numbers are written."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Slot
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QTableView, QWidget

from app.kit import look, theme
from app.kit.numbers import fixed
from app.workspaces.neuron.learner import NOTHING, Hidden, Learner
from app.workspaces.neuron.words import row_name, weight_name
from engine.neuron.learning import Learning, LearningStep

Index = QModelIndex | QPersistentModelIndex
ROW, HEAD, PIXELS = 20, 22, 11.0
PADDING = 14
"""Pixels of a column beside its widest text."""
FIRST_NUMBER, MOST_ROOM = 3, 48
"""The column of outputs, the first that may be wider than it needs, and by how many pixels at most."""
HIDDEN = "?"
SOFT = 3
"""Decimals of an output between 0 and 1, and of the weights that it leads to."""


def places_of(learning: Learning) -> int:
    """Decimals of every weight of a run: as many as all of them need where the output is a step, two at least."""
    if learning.start.output != "step":
        return SOFT
    values = {value for step in learning.steps for value in (*step.after.weights, step.after.bias)}
    values |= {*learning.start.weights, learning.start.bias}
    return next((places for places in (2, 3) if all(round(value, places) == value for value in values)), 4)


def output_of(step: LearningStep, value: float) -> str:
    """An output of a step's unit: whole, or with decimals where it can be."""
    return fixed(value, 0 if step.before.output == "step" else SOFT)


def before_and_after(step: LearningStep, hidden: Hidden = NOTHING) -> str:
    """``0 → 1``, as the output of its row was and as it is now; one number where they are the same, ``?`` for what is
    ``hidden``."""
    before = HIDDEN if hidden.before else output_of(step, step.output)
    after = HIDDEN if hidden.after else output_of(step, step.output_after)
    return before if before == after else f"{before} → {after}"


def _texts_of(learning: Learning, steps: tuple[LearningStep, ...], hidden: tuple[Hidden, ...]) -> list[tuple[str, ...]]:
    """A row for each of the steps, with what is hidden of it."""
    places = places_of(learning)
    rows = []
    for number, (step, unknown) in enumerate(zip(steps, hidden, strict=True), 1):
        parameters = (fixed(value, places) for value in (*step.after.weights, step.after.bias))
        given = str(number), row_name(step.x), fixed(step.target, 0)
        right = HIDDEN if unknown.right else str(step.right)
        rows.append((*given, before_and_after(step, unknown), *parameters, right))
    return rows


class StepsModel(QAbstractTableModel):
    """The steps of a run: number, row, target, output before and after, the weights after it, rows right after it."""

    def __init__(self, learner: Learner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._learner = learner
        self._shown: Learning | None = None
        self._inputs = learner.inputs
        self._texts: list[tuple[str, ...]] = []
        self._state: tuple[object, ...] = ()

    def follow(self) -> None:
        """Another run, or a unit of more or fewer inputs."""
        learning = self._learner.learning
        inputs = len(learning.start.weights) if learning is not None else self._learner.inputs
        known = self._learner.known
        hidden = tuple(map(self._learner.hides, known))
        state = (id(learning), inputs, hidden)
        if learning is self._shown and state == self._state:
            return
        self._state = state
        self.beginResetModel()
        self._shown, self._inputs = learning, inputs
        self._texts = _texts_of(self._shown, known, hidden) if self._shown is not None else []
        self.endResetModel()

    def names(self) -> list[str]:
        """The heads of the columns."""
        return [self.tr("step"), "x", "t", "y", *map(weight_name, range(self._inputs)), "b", self.tr("right")]

    def widest(self, column: int) -> list[str]:
        """What a column has to hold: its head and the longest of its texts."""
        texts = [row[column] for row in self._texts]
        return [self.names()[column], max(texts, key=len, default="")]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._texts)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.names())

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        names = self.names()
        if orientation is not Qt.Orientation.Horizontal or section >= len(names):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return names[section]
        if role == Qt.ItemDataRole.ToolTipRole and names[section] == "y":
            return self.tr("The output in this row before the step and after it")
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self._shown is None:
            return None
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme.colour("text" if self._shown.steps[index.row()].moved else "text_muted")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignCenter)
        return self._texts[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None


class StepsTable(QTableView):
    """The table; a click goes back to a step, or on to it."""

    def __init__(self, learner: Learner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.source = StepsModel(learner, self)
        self.setModel(self.source)
        self.setAccessibleName(self.tr("Steps of learning"))
        self.setToolTip(self.tr("Click a step to go back to it, or on to it"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setFont(look.figures(PIXELS))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.verticalHeader().setMinimumSectionSize(ROW - 2)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setMinimumSectionSize(20)
        head.setFixedHeight(HEAD)
        self.setStyleSheet(
            f"QTableView, QHeaderView {{ border: none; font-size: {int(PIXELS)}px; }}"
            " QTableView::item { padding: 0; }"
            " QHeaderView::section { padding: 0; font-size: 10px; }"
        )
        self.clicked.connect(lambda index: learner.playback.go(index.row() + 1))
        self._needed: list[int] = []
        self.source.modelReset.connect(self._measure)
        self._measure()

    @Slot()
    def _measure(self) -> None:
        """What every column needs to hold its longest text whole."""
        metrics = QFontMetrics(look.figures(PIXELS))
        columns = range(self.source.columnCount())
        self._needed = [PADDING + max(map(metrics.horizontalAdvance, self.source.widest(column))) for column in columns]
        for column in columns:
            self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        self.setMinimumWidth(sum(self._needed) + bar + 2)
        self._spread()

    def _spread(self) -> None:
        """Outputs and weights share what is left."""
        last = len(self._needed) - 1
        more = max(0, self.viewport().width() - sum(self._needed)) // (last - FIRST_NUMBER)
        for column, width in enumerate(self._needed):
            grows = FIRST_NUMBER <= column < last
            self.horizontalHeader().resizeSection(column, width + (min(more, MOST_ROOM) if grows else 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spread()
