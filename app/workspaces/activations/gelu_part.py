"""The two GELUs: their formulas, their difference on an axis of its own, and how far apart they are."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.charts.polyline import polyline
from app.kit.formula.boxes import Box, Fenced, Fraction, Keyed, Maths, Root, Row, Script, operator, relation
from app.kit.formula.view import FormulaView
from app.kit.numbers import fixed, plain, scientific
from app.kit.widgets.labels import Label, wrapped
from app.kit.widgets.painted import set_pixels
from app.kit.widgets.segments import chip
from app.workspaces.activations.band import Band
from app.workspaces.activations.keys import GAP, X, Y
from app.workspaces.activations.number_link import NumberLink
from app.workspaces.activations.shown import Shown, slot_colour
from engine.activations import activation
from engine.activations.comparison import Comparison
from engine.activations.difference import gelu_difference


def _x(key: str) -> Box:
    return Keyed((X, key), Maths("x"))


def exact() -> Box:
    """By the error function."""
    x = _x("gelu")
    inside = Row((Maths("1"), operator("+"), Maths(r"\mathrm{erf}\,"), Fraction(x, Root(Maths("2")))))
    left = Row((x, Maths(r"\,\Phi("), x, Maths(")")))
    return Keyed((Y, "gelu"), Row((left, relation("="), Fraction(x, Maths("2")), Fenced(inside))))


def approximate() -> Box:
    """By tanh, as many models have it (Hendrycks and Gimpel 2016, section 2)."""
    x = _x("gelu_tanh")
    cubic = Row((Maths("("), x, operator("+"), Maths(r"0.044715\,"), Script(x, above=Maths("3")), Maths(")")))
    root = Root(Fraction(Maths("2"), Maths(r"\pi")))
    inside = Row((Maths("1"), operator("+"), Maths(r"\tanh"), root, Maths(r"\,"), cubic))
    return Keyed((Y, "gelu_tanh"), Row((Fraction(x, Maths("2")), Fenced(inside))))


HEIGHT, POINTS = 92, 161
LEFT, RIGHT = 44, 6


class DifferencePlot(Band):
    """The difference over the shared x axis, with the shared cursor; the largest is marked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(8, 18, parent, beside=(LEFT, RIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Exact GELU minus its tanh form"))
        self.slot: int | None = None

    def sizeHint(self) -> QSize:
        return QSize(180, HEIGHT)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """It is too small to be zoomed by the wheel: the column that it lies in scrolls."""
        event.ignore()

    def paint(self, painter: QPainter) -> None:
        box, (at, most) = self.box(), gelu_difference()
        top = abs(most) * 1.15
        set_pixels(painter, 10)
        for value in (abs(most), 0.0, -abs(most)):
            y = box.center().y() - value / top * box.height() / 2
            painter.setPen(QPen(theme.colour("text_muted" if value == 0.0 else "border"), 1.0))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            painter.setPen(theme.colour("text_muted"))
            room = QRectF(0, y - 7, LEFT - 4, 14)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(room, right, scientific(value))
        self._paint_ends(painter)
        painter.setPen(QPen(theme.colour("accent"), 1.0))
        x = self.px(self.at_x)
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
        self._paint_curve(painter, top)
        for place in (-abs(at), abs(at)):
            if self.low <= place <= self.high:
                y = box.center().y() - most / top * box.height() / 2
                self.paint_dot(painter, QPointF(self.px(place), y), self._ink(), 3.0, hollow=True)

    def _ink(self) -> QColor:
        return slot_colour(self.slot) if self.slot is not None else theme.colour("text_muted")

    def _paint_ends(self, painter: QPainter) -> None:
        box = self.box()
        foot = QRectF(box.left() - 10, box.bottom() + 3, box.width() + 12, 14)
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft, plain(self.low))
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight, plain(self.high))

    def _paint_curve(self, painter: QPainter, top: float) -> None:
        box = self.box()
        x = np.linspace(self.low, self.high, POINTS)
        gap = activation("gelu").value(x) - activation("gelu_tanh").value(x)
        across = box.left() + np.linspace(0.0, 1.0, POINTS) * box.width()
        up = box.center().y() - gap / top * box.height() / 2
        painter.setPen(QPen(self._ink(), 1.8))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(polyline(across, up))


FORMULA_PIXELS = 14.0


class GeluPart(QWidget):
    """``wanted(exact, tanh)``: which of the two are to be compared. ``asked(key)``: where a number comes from.
    ``pointed(key or None)``: at a symbol of the formulas."""

    asked = Signal(object)
    pointed = Signal(object)
    wanted = Signal(bool, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chips = {
            "exact": chip(self.tr("exact"), self.tr("Compare the exact GELU alone, by the error function")),
            "tanh": chip(self.tr("tanh"), self.tr("Compare the tanh form alone, as many models have it")),
            "both": chip(self.tr("both"), self.tr("Compare the exact GELU with its tanh form")),
        }
        self.state = ""
        """Which of the two are compared, in a word; empty where none is."""
        choice = QHBoxLayout()
        choice.setSpacing(4)
        for key, button in self.chips.items():
            button.clicked.connect(lambda _on=False, key=key: self._want(key))
            choice.addWidget(button)
        choice.addStretch(1)
        self.plot = DifferencePlot()
        self.words: QLabel = wrapped()
        self.most = NumberLink(self.tr("largest difference"), self.tr("Where does this number come from?"), pixels=12)
        self.most.clicked.connect(lambda: self.asked.emit((GAP,)))
        title = Label(self.tr("exact − tanh"))
        title.setStyleSheet("font-size: 12px; font-weight: 600;")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(choice)
        self.formulas = tuple(FormulaView(box, FORMULA_PIXELS, walkable=True) for box in (exact(), approximate()))
        for formula in self.formulas:
            formula.pointed.connect(self.pointed)
            column.addWidget(formula)
        column.addWidget(title)
        column.addWidget(self.plot)
        column.addLayout(self._most_row())
        column.addWidget(self.words)

    def _most_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        begin = Label(self.tr("at most"))
        begin.setProperty("role", "muted")
        for widget in (begin, self.most):
            row.addWidget(widget)
        row.addStretch(1)
        return row

    def light(self, keys: Collection[Hashable]) -> None:
        """Make the symbols of these keys stand out."""
        for formula in self.formulas:
            formula.light(keys)

    def _want(self, key: str) -> None:
        self.wanted.emit(key in ("exact", "both"), key in ("tanh", "both"))

    def show_comparison(self, value: Comparison, shown: Sequence[Shown]) -> None:
        """Mark which are compared, over this axis."""
        slots = {one.key: one.slot for one in shown}
        exact, approximate = "gelu" in slots, "gelu_tanh" in slots
        marked = {(True, True): "both", (True, False): "exact", (False, True): "tanh"}.get((exact, approximate))
        for key, button in self.chips.items():
            button.setChecked(key == marked)
        self.state = self.chips[marked].text() if marked is not None else ""
        slot = slots.get("gelu", slots.get("gelu_tanh"))
        if slot != self.plot.slot:
            self.plot.slot = slot
            self.plot.update()
        self.plot.set_axis(value.low, value.high, value.cursor)
        at, most = gelu_difference()
        self.most.say(scientific(abs(most)))
        where = self.tr("at |x| = {x}:").format(x=fixed(abs(at)))
        self.words.setText(f"{where} {self.tr('not visible in the plot of f')}")
