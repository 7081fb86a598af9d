"""Learning: the perceptron rule row by row, each step with its arithmetic, played on the same picture."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QAction, QFontMetrics, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QStyle, QTableView, QVBoxLayout, QWidget

from app.kit import look, theme
from app.kit.formula.boxes import Box, Keyed, Maths, Row, Words, operator, relation
from app.kit.formula.rows import Grid
from app.kit.formula.view import FormulaView
from app.kit.inks import number_ink
from app.kit.numbers import dragged, fixed, plain
from app.kit.playback.bar import PlaybackBar
from app.kit.widgets.action_button import ActionButton
from app.kit.widgets.drag_number.slider import ValueSlider
from app.kit.widgets.frame import WholeRows, column_layout, scrolled
from app.kit.widgets.labels import wrapped
from app.kit.widgets.merging import new_gesture
from app.workspaces.neuron.model import NeuronModel
from app.workspaces.neuron.origins import CHANGE
from app.workspaces.neuron.players import NOTHING, Hidden, Learner
from app.workspaces.neuron.stage import NUMBER_EM
from app.workspaces.neuron.words import bracketed, row_name, weight_name, with_whole_formulas
from engine.neuron.learning import Learning, LearningStep
from engine.neuron.unit import LARGEST_PARAMETER, OutputKey

Index = QModelIndex | QPersistentModelIndex
ROW, HEAD, PIXELS, SPACING = 20, 22, 11.0, 4
PADDING = 14
"""Pixels of a column beside its widest text."""
FIRST_NUMBER, MOST_ROOM = 3, 48
"""The column of outputs, the first that may be wider than it needs, and by how many pixels at most."""
LEAST_LINE = 48
"""Pixels of the line of steps at least."""
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
        """Return what a column has to hold: its head and the longest of its texts."""
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
        self.setToolTip(self.tr("Click a step to go to it"))
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
        WholeRows(self)
        self.clicked.connect(lambda index: learner.playback.go(index.row() + 1))
        self._needed: list[int] = []
        self.source.modelReset.connect(self._measure)
        self._measure()

    @Slot()
    def _measure(self) -> None:
        """Measure what every column needs to hold its longest text whole."""
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


MOST_PLACES = 6
LEAST_RATE, MOST_RATE, RATE_STEP = 0.05, 2.0, 0.05
"""The slider's; it goes further where a rate that was opened does."""


def rate_text(rate: float) -> str:
    """A learning rate: up to four decimals where that is all of it, so that the line which it stands in checks by hand,
    else four digits."""
    return dragged(rate) if round(rate, 4) == rate else plain(rate)


def adds_up(step: LearningStep, rate: float, terms: int, places: int) -> bool:
    """Return whether the numbers that are printed, with ``terms`` decimals, come to the weights that are printed."""
    error = round(step.error, terms)
    pairs = zip(
        (*step.before.weights, step.before.bias), (*step.x, 1), (*step.after.weights, step.after.bias), strict=True
    )
    return all(fixed(round(old, terms) + rate * error * bit, places) == fixed(new, places) for old, bit, new in pairs)


class LearnTab(QWidget):
    """``asked(key)``: where does a number come from?"""

    asked = Signal(object)

    def __init__(self, model: NeuronModel, learner: Learner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._learner = model, learner
        self._gesture = new_gesture("rate")
        self.bar = PlaybackBar(learner.playback)
        self.bar.scrubber.setMinimumWidth(LEAST_LINE)  # beside a question it gives way, the speed does not
        self.rate = ValueSlider(
            r"$\eta$", model.content.rate, LEAST_RATE, MOST_RATE, RATE_STEP, one_line=True, shown=rate_text,
            name=self.tr("Learning rate η"), tip=self.tr("How much one wrong row changes the weights"),
        )  # fmt: skip
        self.rate.setFixedWidth(170)
        self.rate.moved.connect(lambda value: model.set_rate(value, self._gesture))
        self.rate.settled.connect(self._settle)
        self.formula = FormulaView(None, 16.0, walkable=True)
        self.formula.chosen.connect(self.asked)
        self.words = wrapped("", None)
        self.way_out = ActionButton()
        self.way_out.setProperty("role", "pill")
        self.way_out.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.steps = StepsTable(learner)
        self._lay_out()
        learner.changed.connect(self._follow)
        model.changed.connect(self._follow)
        self._follow()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self.rate)
        foot.addStretch(1)
        foot.addWidget(self.way_out)
        body = QWidget()
        left = column_layout(body, spacing=6)
        left.addWidget(self.words)
        left.addWidget(self.formula)
        left.addStretch(1)
        left.addLayout(foot)
        below = QHBoxLayout()
        below.setSpacing(24)
        below.addWidget(scrolled(body), 5)
        below.addWidget(self.steps, 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addWidget(self.bar)
        column.addLayout(below, 1)

    def set_way_out(self, action: QAction) -> None:
        """Propose this where no unit can learn the table."""
        self.way_out.setDefaultAction(action)
        self._follow()

    def _settle(self) -> None:
        self._gesture = new_gesture("rate")
        self._model.sheet.settle()

    # Showing ---------------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Show what has changed meanwhile."""
        super().showEvent(event)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        self._show_rate(self._model.content.rate)
        if not self.isVisible():
            return
        if self._learner.learning is None:
            self._learner.prepare()  # an edit has ended the run before
        learning, step = self._learner.learning, self._learner.step
        self.steps.source.follow()
        self.steps.setVisible(not self._model.guessing)  # it tells how far steps go
        marks: list[int] = []
        if learning is not None and learning.start.output == "step":  # a soft unit moves a little at every row
            marks = [number for number, known in enumerate(self._learner.known, 1) if known.moved]
        self.bar.set_marks(marks)
        if learning is not None and step is not None:
            self.steps.selectRow(self._learner.playback.at - 1)
        else:
            self.steps.clearSelection()
        shown = self._learner.shown_step
        is_told = shown is not None and not self._learner.hides(shown).before
        self.formula.set_box(self._arithmetic(shown) if shown is not None and is_told else Row(()))
        self.formula.setVisible(is_told)
        self.words.setText(with_whole_formulas(self._sentence(shown)))
        stuck = learning is not None and learning.end == "cycles" and step is not None
        self.way_out.setVisible(stuck and self._learner.ended and not self._model.secret)

    def _show_rate(self, rate: float) -> None:
        bounds = min(LEAST_RATE, rate), max(MOST_RATE, rate)
        if bounds != (self.rate.number.minimum, self.rate.number.maximum):
            self.rate.set_range(*bounds)
        self.rate.set_value(rate)

    def _arithmetic(self, step: LearningStep) -> Box:
        """``w₁ ← w₁ + η (t − y) x₁`` of every parameter with its numbers in, in columns."""
        learning = self._learner.learning
        assert learning is not None
        places = places_of(learning)
        terms = self._term_places(step, places)
        names = [f"w_{index + 1}" for index in range(len(step.x))] + ["b"]
        befores = (*step.before.weights, step.before.bias)
        changes, afters = (*step.change, step.bias_change), (*step.after.weights, step.after.bias)
        head = (
            Maths("w"), relation(r"\leftarrow"), Maths("w"), operator("+"), Maths(r"\eta\,(t - y)\,x"), relation("="),
            Words(""),
        )  # fmt: skip
        rows: list[tuple[Box, ...]] = [head]
        rate, error = rate_text(learning.rate), bracketed(self._error(step, terms))
        for index, name in enumerate(names):
            bit = f" · {step.x[index]}" if index < len(step.x) else ""
            ink = number_ink(changes[index], "text_muted")
            change = Words(f"{rate} · {error}{bit}", ink, bool(changes[index]), NUMBER_EM)
            before, after = fixed(befores[index], terms), fixed(afters[index], places)
            rows.append(
                (
                    Maths(name), relation(r"\leftarrow"), Words(before, None, False, NUMBER_EM), operator("+"),
                    Keyed((CHANGE, index), change), relation("="),
                    Words(after, number_ink(afters[index]), True, NUMBER_EM),
                )
            )  # fmt: skip
        return Grid(tuple(rows), gap=0.22, row_gap=0.22)

    @staticmethod
    def _error(step: LearningStep, places: int) -> str:
        return fixed(step.error, 0 if step.before.output == "step" else places)

    def _term_places(self, step: LearningStep, places: int) -> int:
        """Decimals of what is added up, so that each line comes to the sum that is printed."""
        return next(
            (more for more in range(places, MOST_PLACES) if adds_up(step, self._rate, more, places)), MOST_PLACES
        )

    @property
    def _rate(self) -> float:
        learning = self._learner.learning
        return learning.rate if learning is not None else self._model.content.rate

    def _sentence(self, step: LearningStep | None) -> str:
        learning = self._learner.learning
        if learning is None:
            return self.tr("One moment …") if self._learner.busy else self.tr("Play shows the rows in turn.")
        if self._learner.ended and self._model.secret:
            return self.tr("The run ends here. Guess the rows to find out whether it learnt them.")
        if not learning.steps:
            return self.tr("There is nothing to learn: every row is already right. Change a weight, then play.")
        if step is None:
            return self._rule(learning.start.output, len(self._model.content.weights))
        if self._learner.ended:
            return self._ending()
        fields = {"row": row_name(step.x), "t": fixed(step.target, 0), "y": output_of(step, step.output)}
        hidden, is_done = self._learner.hides(step), step is self._learner.step
        if hidden.before and not is_done:
            return self.tr("Row {row}, target {t}: guess what this step changes.").format(**fields)
        if hidden.before:
            return self.tr("Row {row}, target {t}: guess its sum to find out what this step did.").format(**fields)
        if not step.moved:
            return self.tr("Row {row}, target {t}: y = {y}, so nothing changes.").format(**fields)
        if not is_done:
            return self.tr("Row {row}, target {t}: y = {y}, so the weights move.").format(**fields)
        if hidden.after:
            return self.tr("Row {row}, target {t}: y was {y}, so the weights moved.").format(**fields)
        after = output_of(step, step.output_after)
        if after == fields["y"]:
            words = self.tr("Row {row}, target {t}: y = {y}, so the weights moved; y is still {y}.")
            return words.format(**fields)
        words = self.tr("Row {row}, target {t}: y was {y}, so the weights moved; now y = {after}.")
        return words.format(**fields, after=after)

    def _rule(self, output: OutputKey, inputs: int) -> str:
        """Return what the rule does with this output function, and why; what it moves is a plane where there are three
        inputs."""
        boundary = {1: self.tr("boundary"), 2: self.tr("line"), 3: self.tr("plane")}[inputs]
        words = {
            "step": self.tr(
                "A wrong row changes the weights by η (t − y) x, which moves the {boundary} (Rosenblatt, 1958); that "
                "needs no slope of the step."
            ),
            "logistic": self.tr(
                "Each row changes the weights by η (t − y) x, which moves the {boundary}: down the gradient of the "
                "cross-entropy, in which the slope y (1 − y) cancels."
            ),
            "tanh": self.tr(
                "Each row changes the weights by η (t − y) x, which moves the {boundary}: down the gradient of the "
                "cross-entropy of (1 + y)/2, in which the slope 1 − y² cancels."
            ),
        }
        return words[output].format(boundary=boundary)

    def _ending(self) -> str:
        learning = self._learner.learning
        assert learning is not None
        count = len(learning.steps)
        if learning.end == "learnt":
            return self.tr("Learnt after {count} steps: every row is right.").format(count=count)
        if learning.end == "cycles":
            words = self.tr(
                "It goes round in circles: after {count} steps everything is as it was after {since}. No line "
                "can do it."
            )
            return words.format(count=count, since=learning.since)
        if learning.end == "beyond":
            words = self.tr(
                "Stopped after {count} steps: the next would exceed ±{reach}. Start with smaller weights or a "
                "smaller rate."
            )
            return words.format(count=count, reach=plain(LARGEST_PARAMETER))
        return self.tr("Not learnt in {count} steps.").format(count=count)
