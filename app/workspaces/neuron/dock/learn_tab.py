"""Learning: the perceptron rule row by row, each step with its arithmetic, played on the same picture."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.formula.boxes import Box, Keyed, Maths, Row, Words, operator, relation
from app.kit.formula.inks import sign_ink
from app.kit.formula.rows import Grid
from app.kit.formula.view import FormulaView
from app.kit.numbers import dragged, fixed, plain
from app.kit.playback.bar import PlaybackBar
from app.kit.widgets.drag_number import ValueSlider
from app.kit.widgets.labels import wrapped
from app.kit.widgets.merging import new_gesture
from app.workspaces.neuron.learner import Learner
from app.workspaces.neuron.model import NeuronModel
from app.workspaces.neuron.origins import CHANGE
from app.workspaces.neuron.words import bracketed, row_name
from engine.neuron.learning import LearningStep
from engine.neuron.unit import REACH

Index = QModelIndex | QPersistentModelIndex
NUMBER = 0.84
LEAST_RATE, MOST_RATE, RATE_STEP = 0.05, 2.0, 0.05
"""The slider's; it goes further where a rate that was opened does."""


def rate_text(rate: float) -> str:
    """A learning rate: up to four decimals where that is all of it, so that the line which it stands in checks by hand,
    else four digits."""
    return dragged(rate) if round(rate, 4) == rate else plain(rate)


def digits_of(step: LearningStep) -> int:
    """Decimals of what a step shows: two where they are whole, else four."""
    values = (*step.before.weights, step.before.bias, *step.after.weights, step.after.bias)
    return 2 if all(round(value, 2) == value for value in values) else 4


class StepsModel(QAbstractTableModel):
    """The steps of a run: number, row, output, target, the weights after it."""

    def __init__(self, learner: Learner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._learner = learner
        self._shown = learner.learning

    def follow(self) -> None:
        """Another run."""
        if self._learner.learning is not self._shown:
            self.beginResetModel()
            self._shown = self._learner.learning
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() or self._shown is None else len(self._shown.steps)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else 6 + (len(self._shown.start.weights) if self._shown is not None else 0)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        weights = len(self._shown.start.weights) if self._shown is not None else 0
        names = [self.tr("step"), "x", "y", "t", *(f"w{'₁₂₃'[i]}" for i in range(weights)), "b", self.tr("right")]
        return names[section] if section < len(names) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self._shown is None:
            return None
        step = self._shown.steps[index.row()]
        if role == Qt.ItemDataRole.ForegroundRole:
            return theme.colour("text" if step.moved else "text_muted")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        places = digits_of(step)
        output = fixed(step.output, 0 if step.before.output == "step" else 3)
        parameters = [fixed(value, places) for value in (*step.after.weights, step.after.bias)]
        cells = [str(index.row() + 1), row_name(step.x), output, fixed(step.target, 0), *parameters, str(step.right)]
        return cells[index.column()] if index.column() < len(cells) else None


class LearnTab(QWidget):
    """``asked(key)``: where does a number come from?"""

    asked = Signal(object)

    def __init__(self, model: NeuronModel, learner: Learner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._learner = model, learner
        self._gesture = new_gesture("rate")
        self.bar = PlaybackBar(learner.playback)
        self.rate = ValueSlider(
            r"$\eta$", model.content.rate, LEAST_RATE, MOST_RATE, RATE_STEP, one_line=True, shown=rate_text,
            name=self.tr("Learning rate η"), tip=self.tr("How much one wrong row changes the weights"),
        )  # fmt: skip
        self.rate.setFixedWidth(170)
        self.rate.moved.connect(lambda value: model.set_rate(value, self._gesture))
        self.rate.settled.connect(self._settle)
        self.formula = FormulaView(None, 16.0, walkable=True)
        self.formula.clicked.connect(self.asked)
        self.words = wrapped("", None)
        self.steps = QTableView()
        self.source = StepsModel(learner, self)
        self._set_up_table()
        self._lay_out()
        learner.changed.connect(self._follow)
        model.changed.connect(self._follow)
        self._follow()

    def _set_up_table(self) -> None:
        table = self.steps
        table.setModel(self.source)
        table.setAccessibleName(self.tr("Steps of learning"))
        table.setToolTip(self.tr("Click a step to go back to it, or on to it"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setFrameShape(QTableView.Shape.NoFrame)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(20)
        table.verticalHeader().setMinimumSectionSize(18)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setMinimumSectionSize(20)
        self.source.modelReset.connect(self._size_columns)
        table.horizontalHeader().setFixedHeight(22)
        table.setStyleSheet(
            "QTableView, QHeaderView { border: none; font-size: 11px; } QTableView::item { padding: 0; }"
            " QHeaderView::section { padding: 0; font-size: 10px; }"
        )
        table.clicked.connect(lambda index: self._learner.playback.go(index.row() + 1))

    @Slot()
    def _size_columns(self) -> None:
        """Weights share what the other columns leave."""
        header, columns = self.steps.horizontalHeader(), self.source.columnCount()
        widths = {0: 26, 1: 42, 2: 26, 3: 20, columns - 1: 30}
        for column in range(columns):
            narrow = column in widths
            header.setSectionResizeMode(
                column, QHeaderView.ResizeMode.Fixed if narrow else QHeaderView.ResizeMode.Stretch
            )
            if narrow:
                header.resizeSection(column, widths[column])

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addWidget(self.words)
        left.addWidget(self.formula)
        left.addStretch(1)
        left.addWidget(self.rate, 0, Qt.AlignmentFlag.AlignLeft)
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addLayout(left, 9)
        below.addWidget(self.steps, 11)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.bar)
        column.addLayout(below, 1)

    def _settle(self) -> None:
        self._gesture = new_gesture("rate")
        self._model.sheet.settle()

    def prepare(self) -> None:
        """The tab has come into sight: have a run ready."""
        self._learner.prepare()

    # Showing ---------------------------------------------------------------------------------------------------------

    @Slot()
    def _follow(self) -> None:
        self._show_rate(self._model.content.rate)
        if self.isVisible() and self._learner.learning is None:
            self._learner.prepare()  # an edit has ended the run before
        learning, step = self._learner.learning, self._learner.step
        self.source.follow()
        marks: list[int] = []
        if learning is not None and learning.start.output == "step":  # a soft unit moves a little at every row
            marks = [number for number, one in enumerate(learning.steps, 1) if one.moved]
        self.bar.set_marks(marks)
        if learning is not None and step is not None:
            self.steps.selectRow(self._learner.playback.at - 1)
        else:
            self.steps.clearSelection()
        self.formula.set_box(self._arithmetic(step) if step is not None else Row(()))
        self.formula.setVisible(step is not None)
        self.words.setText(self._sentence(step))

    def _show_rate(self, rate: float) -> None:
        bounds = min(LEAST_RATE, rate), max(MOST_RATE, rate)
        if bounds != (self.rate.number.minimum, self.rate.number.maximum):
            self.rate.set_range(*bounds)
        self.rate.set_value(rate)

    def _arithmetic(self, step: LearningStep) -> Box:
        """``w₁ ← w₁ + η (t − y) x₁`` of every parameter with its numbers in, in columns."""
        places = digits_of(step)
        names = [f"w_{index + 1}" for index in range(len(step.x))] + ["b"]
        befores = (*step.before.weights, step.before.bias)
        changes, afters = (*step.change, step.bias_change), (*step.after.weights, step.after.bias)
        head = (
            Maths("w"), relation(r"\leftarrow"), Maths("w"), operator("+"), Maths(r"\eta\,(t - y)\,x"), relation("="),
            Words(""),
        )  # fmt: skip
        rows: list[tuple[Box, ...]] = [head]
        learning = self._learner.learning
        rate = rate_text(learning.rate if learning is not None else self._model.content.rate)
        error = bracketed(fixed(step.error, 0 if places == 2 else 4))
        for index, name in enumerate(names):
            bit = f" · {step.x[index]}" if index < len(step.x) else ""
            ink = sign_ink(changes[index], "text_muted")
            change = Words(f"{rate} · {error}{bit}", ink, bool(changes[index]), NUMBER)
            before, after = fixed(befores[index], places), fixed(afters[index], places)
            rows.append(
                (
                    Maths(name), relation(r"\leftarrow"), Words(before, None, False, NUMBER), operator("+"),
                    Keyed((CHANGE, index), change), relation("="),
                    Words(after, sign_ink(afters[index]), True, NUMBER),
                )
            )  # fmt: skip
        return Grid(tuple(rows), gap=0.22, row_gap=0.22)

    def _sentence(self, step: LearningStep | None) -> str:
        learning = self._learner.learning
        if learning is None:
            return self.tr("One moment …") if self._learner.busy else self.tr("Play shows the rows in turn.")
        if not learning.steps:
            return self.tr("There is nothing to learn: every row is right already. Change a weight, then play.")
        if step is None:
            return self.tr("Play shows the rows in turn; a row that is wrong moves the line, by η (t − y) x.")
        if self._learner.playback.at_end:
            return self._ending()
        if step.moved:
            words = self.tr("Row {row}: y = {y}, but t = {t}, so the weights move.")
        else:
            words = self.tr("Row {row}: y = {y} = t, so nothing changes.")
        output = fixed(step.output, 0 if step.before.output == "step" else 3)
        return words.format(row=row_name(step.x), y=output, t=fixed(step.target, 0))

    def _ending(self) -> str:
        learning = self._learner.learning
        assert learning is not None
        count = len(learning.steps)
        if learning.end == "learnt":
            return self.tr("Learnt after {count} steps: every row is right.").format(count=count)
        if learning.end == "cycles":
            words = self.tr(
                "It goes round for ever: after {count} steps all is as it was after {since}. No line does it."
            )
            return words.format(count=count, since=learning.since)
        if learning.end == "beyond":
            words = self.tr(
                "Stopped after {count} steps: the next would go beyond ±{reach}. Begin with smaller weights or rate."
            )
            return words.format(count=count, reach=plain(REACH))
        return self.tr("Not learnt in {count} steps.").format(count=count)
