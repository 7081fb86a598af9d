"""φ of a cross: the textbook's example, factor by factor, and every cross of the model on the chosen row."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Mark, Rectangle, Text, text_width
from app.kit.drawing.view import DrawingView
from app.kit.numbers import counted, plain, signed
from app.kit.widgets.choice import Choice
from app.kit.widgets.labels import Label, wrapped
from app.kit.words import plain_tip
from app.workspaces.recommender.explain.content import CrossName, Phi

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
            label = Label(text)
            label.setProperty("role", "muted")
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
            (self.back, self.tr("Take the last factor away"), self._go_back),
            (self.step, self.tr("Multiply by the next factor"), self._go_on),
        ):
            button.setProperty("role", "pill")
            button.setToolTip(plain_tip(tip))
            button.clicked.connect(slot)
            buttons.addWidget(button)
        buttons.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        title = Label(self.tr("The textbook's example"))
        title.setProperty("role", "title")
        rows.addWidget(title)
        rows.addLayout(grid)
        rows.addWidget(self.product)
        rows.addLayout(buttons)
        rows.addStretch(1)
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
        title = Label(self.tr("On the chosen row"))
        title.setProperty("role", "title")
        right.setSpacing(8)
        for widget in (title, self.chooser, self.counts, self.factors, self.nothing):
            right.addWidget(widget, 0)
        right.addStretch(1)
        left.addWidget(self.textbook)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(left, 1)
        row.addLayout(right, 2)
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
        features = counted(cross.features, self.tr("1 feature"), self.tr("{count} features"))
        ones = counted(on, self.tr("one of them is 1 on this row"), self.tr("{count} of them are 1 on this row"))
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
        seen = counted(phi.on, _tr("1 training row"), _tr("{count} training rows"))
    return f"φ = {named}", f"φ = {words}", f"= {numbers} = {plain(phi.value)}   {weight}, {seen}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("_Factors", text)
