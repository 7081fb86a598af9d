"""φ of a cross, factor by factor, and the strongest crosses of the whole model."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Final

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Mark, Rectangle, Text, call, text_width
from app.kit.drawing.view import DrawingView
from app.kit.export import ExportTable
from app.kit.inks import sign_ink, sign_text_ink
from app.kit.numbers import counted, grouped, plain, signed
from app.kit.widgets.choice import Choice
from app.kit.widgets.frame import column_layout, fill, row_layout, scrolled
from app.kit.widgets.labels import Label, wrapped
from app.kit.words import plain_tip
from app.workspaces.recommender.explain.explainer import CrossName, Phi
from engine.recommenders.tasks.wide_deep.answers import Heaviest

EXAMPLE = (0.3, 0.2, 0.6, 0.5)
"""The row of the textbook's example: four features of any real values, of which the first and the third are crossed."""
CROSSED = (True, False, True, False)
LINE = 22.0


class Textbook(QWidget):
    """x = [0.3, 0.2, 0.6, 0.5]: tick which features a cross has, and go through φ = Π xᵢ^cᵢ a factor at a time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ticks: list[QCheckBox] = []
        self._done = len(EXAMPLE)
        self.product = Label()
        self.product.setWordWrap(True)
        self.back = QPushButton(self.tr("Back"))
        self.step = QPushButton(self.tr("Next factor"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(3)
        for line, text in enumerate((self.tr("feature"), self.tr("its value x"), self.tr("in the cross, c"))):
            label = Label(text, role="muted")
            grid.addWidget(label, line, 0)
        for at, value in enumerate(EXAMPLE):
            tick = QCheckBox()
            tick.setChecked(CROSSED[at])
            tick.setAccessibleName(self.tr("Feature {number} is in the cross").format(number=at + 1))
            tick.setToolTip(self.tr("Whether this feature is in the cross: c = 1, else c = 0 and the factor is 1"))
            tick.toggled.connect(self._restart)
            self.ticks.append(tick)
            for line, widget in enumerate((Label(str(at + 1)), Label(plain(value)), tick)):
                grid.addWidget(widget, line, at + 1, Qt.AlignmentFlag.AlignHCenter)
        grid.setColumnStretch(len(EXAMPLE) + 1, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        for button, tip, slot in (
            (self.back, self.tr("Remove the last factor"), self._go_back),
            (self.step, self.tr("Multiply by the next factor"), self._go_on),
        ):
            button.setProperty("role", "pill")
            button.setToolTip(plain_tip(tip))
            button.clicked.connect(slot)
            buttons.addWidget(button)
        buttons.addStretch(1)
        rows = column_layout(self, spacing=8)
        title = Label(self.tr("The textbook's example"), role="title")
        fill(rows, title, grid, self.product, buttons, 1)
        self._say()

    @property
    def value(self) -> float:
        """φ as far as it is multiplied."""
        return prod(self._factors()[: self._done])

    def _factors(self) -> list[float]:
        return [value if tick.isChecked() else 1.0 for value, tick in zip(EXAMPLE, self.ticks, strict=True)]

    @Slot()
    def _restart(self) -> None:
        self._done = len(EXAMPLE)
        self._say()

    @Slot()
    def _go_on(self) -> None:
        """The next factor; after the last one, from the start again."""
        self._done = 0 if self._done == len(EXAMPLE) else self._done + 1
        self._say()

    @Slot()
    def _go_back(self) -> None:
        self._done = max(0, self._done - 1)
        self._say()

    def _say(self) -> None:
        powers = [
            f"{plain(value)}{'¹' if tick.isChecked() else '⁰'}" for value, tick in zip(EXAMPLE, self.ticks, strict=True)
        ]
        factors = [plain(factor) for factor in self._factors()]
        shown = " · ".join([*powers[: self._done], *(["…"] if self._done < len(EXAMPLE) else [])])
        worked = " · ".join(factors[: self._done]) or "1"
        text = f"φ = {shown}\n   = {worked} = {plain(self.value)}"
        self.product.setText(text)
        self.product.setStyleSheet("font-size: 13px; font-weight: 600;")
        self.step.setText(self.tr("From the start") if self._done == len(EXAMPLE) else self.tr("Next factor"))
        self.back.setEnabled(self._done > 0)


class PhiView(QWidget):
    """``cross_chosen(key)``: by hand only."""

    cross_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.textbook = Textbook()
        self.chooser = Choice(self.tr("Cross"), (), self.tr("A cross of this model: φ of it on the chosen row"))
        self.chooser.setMinimumWidth(230)
        self.counts = wrapped("")
        name = self.tr("Factors of the cross")
        self.factors = DrawingView(draw_phi, (), hint=QSize(260, 48), least=QSize(160, 48), name=name)
        self.nothing = wrapped(self.tr("This model has no crosses."))
        left, right = QVBoxLayout(), QVBoxLayout()
        title = Label(self.tr("On the chosen row"), role="title")
        right.setSpacing(8)
        for widget in (title, self.chooser, self.counts, self.factors, self.nothing):
            right.addWidget(widget, 0)
        right.addStretch(1)
        left.addWidget(self.textbook)
        fill(row_layout(self, spacing=12), (left, 1), (right, 2))
        self.chooser.picked.connect(self.cross_chosen)
        self.show_crosses((), "")

    def show_crosses(self, crosses: Sequence[CrossName], chosen: str) -> None:
        """Offer the model's crosses."""
        self.chooser.set_entries([(cross.key, cross.title) for cross in crosses])
        self.chooser.choose(chosen)
        for widget in (self.chooser, self.counts, self.factors):
            widget.setVisible(bool(crosses))
        self.nothing.setVisible(not crosses)

    def show_phi(self, cross: CrossName, products: Sequence[Phi]) -> None:
        """Show the features of a cross that matter here: those that are 1 on the row, and some that are 0."""
        self.factors.set_data(tuple(products))
        on = sum(phi.value == 1.0 for phi in products)
        features = counted(cross.features, self.tr("{count} {count:feature|features}"))
        ones = counted(on, self.tr("{count} of them {count:is|are} 1 on this row"))
        self.counts.setText(
            self.tr("{features}, one for each combination of values: {ones}, the others are 0.").format(
                features=features, ones=ones
            )
        )


def draw_phi(products: tuple[Phi, ...], frame: Frame) -> Drawing:
    """Draw two lines for each product: its factors, then its value and the weight that it switches on."""
    marks: list[Mark] = []
    for row, phi in enumerate(products):
        full, words, worked = _phi_lines(phi)
        top, width = 2 * LINE * row, float(frame.width)
        first = full if text_width(full, 12, True) <= width else words
        ink = "text" if phi.value else "text_muted"
        marks += [
            Rectangle((0, top, width, 2 * LINE), key=row, tip=f"{full}\n{worked}"),
            Text(first, (0, top, width, LINE), 12, align="left middle", bold=True, elide=True),
            Text(worked, (0, top + LINE - 3, width, LINE), 12, ink, "left middle", elide=True),
        ]
    said = "; ".join(" ".join(_phi_lines(phi)[::2]) for phi in products)
    return Drawing(tuple(marks), description=said, height=2 * LINE * max(1, len(products)) + 4)


def _phi_lines(phi: Phi) -> tuple[str, str, str]:
    """Return the product with its conditions at length, in words, and with its numbers."""
    named = " · ".join(f"[{feature.name}]" for feature in phi.features)
    words = " · ".join(f"[{feature.word}]" for feature in phi.features)
    numbers = " · ".join(plain(feature.value) for feature in phi.features)
    weight = _tr("weight {weight}").format(weight=signed(phi.weight, 3))
    if phi.on is None:
        seen = _tr("others may share it (hashed)")
    else:
        seen = counted(phi.on, _tr("{count} training {count:row|rows}"))
    return f"φ = {named}", f"φ = {words}", f"= {numbers} = {plain(phi.value)}   {weight}, {seen}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("_Factors", text)


WANTED: Final[Mapping[str, object]] = {"kind": "cross", "top": 40}
ROW, HEAD = 22.0, 22.0
WEIGHT, ROWS, BAR = 62.0, 92.0, 110.0


@dataclass(frozen=True, slots=True)
class Heavy:
    """A cross's weight: ``name`` with its columns, ``title`` by its values alone; ``rows``: training rows that have it;
    ``sharing``: how many further combinations share the weight, in a hashed cross."""

    name: str
    title: str
    weight: float
    rows: int
    sharing: int


def heavy_of(answer: Heaviest, word: Callable[[str, str], str]) -> tuple[Heavy, ...]:
    """What ``heaviest`` says, the largest first; ``word(column, value)``: a value as it is said alone."""
    return tuple(
        Heavy(
            heavy.name,
            " × ".join(word(condition.column, condition.value) for condition in heavy.conditions),
            heavy.weight,
            heavy.rows,
            heavy.sharing,
        )
        for heavy in answer.weights
    )


def draw_heavy(weights: tuple[Heavy, ...], frame: Frame) -> Drawing:
    """Draw a line each: the pair, its training rows, its weight as a bar and a number. Keys are the lines."""
    width = float(frame.width)
    names = max(80.0, width - WEIGHT - BAR - ROWS - 16.0)
    most = max((abs(heavy.weight) for heavy in weights), default=1.0)
    head: list[Mark] = [
        Text(_tr("cross, in any row"), (0, 0, names, HEAD), 11, "text_muted", "left middle"),
        Text(_tr("training rows"), (names, 0, ROWS, HEAD), 11, "text_muted", "right middle"),
        Text(_tr("weight"), (width - WEIGHT, 0, WEIGHT - 4.0, HEAD), 11, "text_muted", "right middle"),
    ]
    lines = [mark for row, heavy in enumerate(weights) for mark in _line(row, heavy, most or 1.0, names, width)]
    return Drawing(
        (*head, *lines),
        description="; ".join(line_of(heavy) for heavy in weights),
        numbers=call(_table, weights),
        height=HEAD + ROW * len(weights),
    )


def _line(row: int, heavy: Heavy, most: float, names: float, width: float) -> list[Mark]:
    top, zero = HEAD + row * ROW, names + ROWS + 16.0 + BAR / 2
    title = _tr("{pair} (hashed)").format(pair=heavy.title) if heavy.sharing else heavy.title
    reach = heavy.weight / most * BAR / 2
    return [
        Rectangle((0, top, width, ROW), key=row, tip=line_of(heavy)),
        Text(title, (0, top, names, ROW), 12, align="left middle", elide=True),
        Text(grouped(heavy.rows), (names, top, ROWS, ROW), 12, "text_muted", "right middle"),
        Rectangle((min(zero, zero + reach), top + 6.0, max(1.5, abs(reach)), ROW - 12.0), sign_ink(reach), corner=2.0),
        Text(
            signed(heavy.weight, 3), (width - WEIGHT, top, WEIGHT - 4.0, ROW), 12, sign_text_ink(heavy.weight),
            "right middle", bold=True,
        ),
    ]  # fmt: skip


def line_of(heavy: Heavy) -> str:
    """Return a weight in words."""
    rows = counted(heavy.rows, _tr("{count} training {count:row|rows}"))
    words = _tr("{pair}: weight {weight}; {rows}")
    if heavy.sharing:
        words = _tr("{pair} and {others} others that share its weight (hashed): {weight}; {rows}")
    return words.format(pair=heavy.name, weight=signed(heavy.weight, 3), rows=rows, others=grouped(heavy.sharing))


def _table(weights: tuple[Heavy, ...]) -> ExportTable:
    return ExportTable(
        ("cross", "weight", "training_rows"), [(heavy.name, heavy.weight, heavy.rows) for heavy in weights]
    )


class HeavyView(QStackedWidget):
    """``wanted``: it is looked at and knows nothing yet."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = wrapped(self.tr("Looking through the weights …"))
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        name = self.tr("Strongest crosses")
        self.list = DrawingView(draw_heavy, (), hint=QSize(420, 22), least=QSize(200, 22), name=name)
        holder = QWidget()
        fill(column_layout(holder, (0, 0, 6, 0)), self.list, 1)
        self.addWidget(self.words)
        self.addWidget(scrolled(holder))
        self._known = False

    def forget(self) -> None:
        """The network is another, or opened anew."""
        self._known = False
        self.setCurrentIndex(0)
        if self.isVisible():
            self.wanted.emit()

    def take(self, heavy: Sequence[Heavy]) -> None:
        """Show what was found."""
        self._known = True
        self.list.set_data(tuple(heavy))
        self.words.setText(self.tr("No cross has a weight backed by five or more training rows."))
        self.setCurrentIndex(1 if heavy else 0)

    def showEvent(self, event: QShowEvent) -> None:
        """It takes a second or so, and is asked for when it is looked at."""
        super().showEvent(event)
        if not self._known:
            self.wanted.emit()
