"""The two GELUs: their formulas, their difference on an axis of its own, and how far apart they are."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.kit.drawing.axes import Axes, AxisScale
from app.kit.drawing.cursor import CursorInput, CursorMark
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Disc, Group, Line, Mark, Polyline, Text, call, text_width
from app.kit.drawing.view import DrawingView
from app.kit.formula.boxes import Box, Fenced, Fraction, Keyed, Maths, Root, Row, Script, operator, relation
from app.kit.formula.view import FormulaView
from app.kit.numbers import fixed, plain, scientific
from app.kit.widgets.labels import wrapped
from app.kit.widgets.segments import chip
from app.workspaces.activations.functions import ComparedFunction, slot_ink
from app.workspaces.activations.keys import CURSOR, GAP, X, Y, asked_number
from engine.activations import activation
from engine.activations.comparison import Comparison, decimals_of
from engine.activations.scalar import gelu_difference


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


HEIGHT, POINTS = 92.0, 161
LEFT, RIGHT, TOP, BOTTOM, LINE = 56.0, 6.0, 8.0, 18.0, 18.0


@dataclass(frozen=True)
class GeluDifference:
    """Exact GELU minus its tanh form over an axis, in an ink."""

    low: float = -6.0
    high: float = 6.0
    cursor: float = 0.0
    ink: str = "text_muted"


def draw_difference(data: GeluDifference, frame: Frame) -> Drawing:
    """Draw the curve with its largest values marked, and these in words beneath."""
    (farthest, most), width = gelu_difference(), frame.width
    axes = difference_axes(data, width)
    left, top, wide, high = axes.box
    decimals = decimals_of(data.low, data.high)
    how = CursorInput(10.0 ** (1 - decimals), (data.low, data.high), home=0.0)
    x, bottom = axes.across.place(data.cursor), top + high
    marks: list[Mark] = [
        CursorMark(
            axes.across, data.cursor, fixed(data.cursor, decimals), how, key=CURSOR, tip=_tr("Cursor x"),
            target=(left - 6.0, 0.0, wide + 12.0, HEIGHT),
        )
    ]  # fmt: skip
    for value in (abs(most), 0.0, -abs(most)):
        y = axes.up.place(value)
        marks.append(Line((left, y), (left + wide, y), "text_muted" if value == 0.0 else "border"))
        marks.append(Text(scientific(value), (0, y - 7, LEFT - 4, 14), 10, "text_muted", "right middle"))
    foot = (left - 10, bottom + 3, wide + 12, 14.0)
    for end, side in ((data.low, "left"), (data.high, "right")):
        marks.append(Text(plain(end), foot, 10, "text_muted", side))
    marks += [Line((x, top), (x, bottom), "accent"), Group(call(_curve, axes, data.ink))]
    places = [place for place in (-abs(farthest), abs(farthest)) if data.low <= place <= data.high]
    marks += [Disc(*axes.at(place, most), 3.0, "surface", data.ink, 1.8) for place in places]
    marks += _words(farthest, most, frame)
    return Drawing(tuple(marks), description=_tr("not visible in the plot of f"), height=HEIGHT + LINE)


def difference_axes(data: GeluDifference, width: float) -> Axes:
    """Return the axes of the difference."""
    top = abs(gelu_difference()[1]) * 1.15
    across = AxisScale(data.low, data.high, LEFT, max(width - RIGHT, LEFT + 10.0))
    return Axes(across, AxisScale(-top, top, HEIGHT - BOTTOM, TOP))


def _curve(axes: Axes, ink: str) -> list[Mark]:
    x = np.linspace(axes.across.low, axes.across.high, POINTS)
    gap = activation("gelu").value(x) - activation("gelu_tanh").value(x)
    return [Polyline(stroke=ink, width=1.8, points=axes.points(x.tolist(), gap.tolist()))]


def _words(farthest: float, most: float, frame: Frame) -> list[Mark]:
    begin, number = _tr("at most"), scientific(abs(most))
    wide, long = text_width(begin, 12) + 4.0, text_width(number, 12, bold=True)
    rest = _tr("at |x| = {x}").format(x=fixed(abs(farthest)))
    left = wide + long + 5.0
    place = (wide, HEIGHT, long, LINE)
    return [
        Text(begin, (0, HEIGHT, wide, LINE), 12, "text_muted", "left middle"),
        *asked_number(number, abs(most), (GAP,), _tr("largest difference"), place, 12, pointed=frame.pointed),
        Text(rest, (left, HEIGHT, max(frame.width - left, 0.0), LINE), 12, "text_muted", "left middle", elide=True),
    ]


def _tr(text: str) -> str:
    return QCoreApplication.translate("GeluPart", text)


FORMULA_PIXELS = 14.0


class GeluPart(QWidget):
    """``wanted(exact, tanh)``: which of the two are to be compared. ``pointed(key or None)``: at a symbol of the
    formulas."""

    pointed = Signal(object)
    wanted = Signal(bool, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chips = {
            "exact": chip(self.tr("exact"), self.tr("Compare only the exact GELU, which uses the error function")),
            "tanh": chip(self.tr("tanh"), self.tr("Compare only the tanh form, which many models use")),
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
        self._difference = GeluDifference()
        self.plot = DrawingView(
            draw_difference, self._difference, hint=QSize(180, round(HEIGHT + LINE)), least=QSize(120, 1),
            name=self.tr("Exact GELU minus its tanh form"), parent=self,
        )  # fmt: skip
        title = wrapped(self.tr("exact − tanh: not visible in the plot of f"), "small")
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

    def light(self, keys: Collection[Hashable]) -> None:
        """Make the symbols of these keys stand out."""
        for formula in self.formulas:
            formula.light(keys)

    def _want(self, key: str) -> None:
        self.wanted.emit(key in ("exact", "both"), key in ("tanh", "both"))

    def show_comparison(self, shown: Sequence[ComparedFunction]) -> None:
        """Mark which are compared."""
        slots = {function.key: function.slot for function in shown}
        exact, approximate = "gelu" in slots, "gelu_tanh" in slots
        marked = {(True, True): "both", (True, False): "exact", (False, True): "tanh"}.get((exact, approximate))
        for key, button in self.chips.items():
            button.setChecked(key == marked)
        self.state = self.chips[marked].text() if marked is not None else ""
        slot = slots.get("gelu", slots.get("gelu_tanh"))
        self._show(replace(self._difference, ink="text_muted" if slot is None else slot_ink(slot)))

    def show_axis(self, value: Comparison) -> None:
        """Show the difference over this axis, with the cursor."""
        self._show(replace(self._difference, low=value.low, high=value.high, cursor=value.cursor))

    def _show(self, difference: GeluDifference) -> None:
        """Draw what is in sight."""
        self._difference = difference
        if self.isVisible():
            self.plot.set_data(difference)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.plot.set_data(self._difference)
