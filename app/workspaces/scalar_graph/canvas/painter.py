"""A scalar graph painted from near: nodes with their signs, and edges of two lanes with their numbers."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from app.kit import look, theme
from app.workspaces.scalar_graph.canvas.drawing import Knot, Link, Sort
from app.workspaces.scalar_graph.canvas.labels import Label
from app.workspaces.scalar_graph.canvas.lanes import Lane
from app.workspaces.scalar_graph.canvas.shown import Shown, laid_out, not_yet
from app.workspaces.scalar_graph.canvas.writing import write_number, write_pill, write_sign, write_words
from app.workspaces.scalar_graph.sight import bracketed, gradient_text, value_text

NUMBERS_FROM = 0.54
"""Numbers of edges are drawn from this zoom on."""
WHOLE_FROM = 0.4
"""Below this, nodes have only their signs, as large as there is room."""
SIGN, LARGE_SIGN = 17.0, 27.0
FEW = 12
"""In a drawing of so few nodes a constant says of itself that it needs no gradient."""
NUMBER, WORKING = (12.5, 14.5, 10.5), (10.5, 12.5, 9.0)
"""Sizes of numbers, and of what they are worked out from: in scene units, at most, and on the screen at least."""
SUMMANDS = 3
"""So many gradients that are added are written out; of more, their number."""
THICKEST, THINNEST = 7.0, 1.6
"""The backward lane of the largest gradient in sight, and of one next to nothing."""


class NearPainter:
    """Paints what meets a rectangle of the scene."""

    def __init__(self, shown: Shown) -> None:
        self._shown, self._visible = shown, QRectF()

    def paint(self, painter: QPainter, visible: QRectF, scale: float) -> None:
        """Paint in scene units; ``scale`` says how much of it can be read."""
        shown, self._visible = self._shown, visible
        drawing = shown.drawing
        if shown.stale:
            painter.setOpacity(0.35)
        largest = max((abs(g) for g in shown.sight.gradients if g is not None), default=0.0)
        knots = drawing.knots_in(visible)
        seen = set(knots)
        passing: list[QLineF] = []
        near: list[int] = []
        for index in drawing.links_in(visible):
            link = drawing.links[index]
            if link.source in seen or link.target in seen:
                self._paint_link(painter, link, largest)
                near.append(index)
            else:
                passing.extend(link.line)
        painter.setPen(QPen(look.faded("text_muted", 0.3), 1.2))
        painter.drawLines(passing)  # of edges that only pass by
        self._paint_exit(painter, scale)
        for index in knots:
            self._paint_knot(painter, drawing.knots[index], scale)
        if scale >= NUMBERS_FROM:  # over all lanes, so that none runs through a number
            for index in near:
                self._paint_numbers(painter, drawing.links[index], shown.labels.links[index], scale)
            if shown.with_gradients:
                for index in knots:
                    self._paint_sum(painter, drawing.knots[index], scale)
        painter.setOpacity(1.0)

    # Edges --------------------------------------------------------------------------------------------------------

    def _paint_link(self, painter: QPainter, link: Link, largest: float) -> None:
        sight = self._shown.sight
        value = sight.values[link.source]
        handed = sight.handed.get((link.target, link.slot))
        forward, backward = link.lanes
        self._lane(painter, forward, value, 1.6)
        if backward is not None:
            width = thickness(handed.product, largest) if handed is not None else 1.2
            self._lane(painter, backward, handed.product if handed else None, width)

    def _paint_numbers(self, painter: QPainter, link: Link, label: Label, scale: float) -> None:
        shown = self._shown
        if link.plain:
            return
        value = shown.sight.values[link.source]
        if shown.with_values and value is not None:
            write_number(painter, label.value_at, value_text(value), value, _size(NUMBER, scale))
        if shown.with_gradients:
            self._paint_product(painter, link, label, scale)

    def _paint_product(self, painter: QPainter, link: Link, label: Label, scale: float) -> None:
        handed = self._shown.sight.handed.get((link.target, link.slot))
        at = label.product_at
        if handed is None:
            write_pill(painter, QPointF(at.x(), at.y() + 8.0), not_yet())
            return
        if scale >= 0.6:
            factors = f"{gradient_text(handed.upstream)} × {bracketed(value_text(handed.local))}"
            write_words(
                painter, QPointF(at.x(), at.y() + 5.0), factors, _size(WORKING, scale), theme.colour("text_muted")
            )
        result = f"= {gradient_text(handed.product)}"
        write_number(painter, QPointF(at.x(), at.y() + 20.0), result, handed.product, _size(NUMBER, scale))

    def _lane(self, painter: QPainter, lane: Lane, value: float | None, width: float) -> None:
        """One lane with its arrow head, dashed while nothing is known to go along it."""
        if value is None:
            pen = QPen(look.faded("text_muted", 0.55), width)
            pen.setDashPattern([3.0, 3.0])
        else:
            pen = QPen(look.signed(value), width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for piece in lane.drawn(self._visible):
            painter.drawPath(piece)
        if value is not None:
            painter.fillPath(lane.head(max(width, 2.0)), look.signed(value))

    # Nodes --------------------------------------------------------------------------------------------------------

    def _paint_knot(self, painter: QPainter, knot: Knot, scale: float) -> None:
        shown = self._shown
        current = shown.sight.current == knot.index and not shown.stale
        self._paint_body(painter, knot, current)
        if knot.sort is Sort.LEAF and scale >= WHOLE_FROM:
            self._paint_leaf(painter, knot)
        else:
            size = SIGN if scale >= WHOLE_FROM else LARGE_SIGN
            write_sign(painter, knot.box, shown.faces.signs[knot.index], min(size, 0.5 * knot.box.height()))
        if scale < WHOLE_FROM:
            return
        if shown.with_names and knot.sort in (Sort.OPERATION, Sort.COLLAPSED):
            line = laid_out(shown.faces.names[knot.index], 14.0)
            aside = 24.0 if self._fed_from_above(knot) else line.width / 2
            colour = "accent" if current else "text_muted"
            line.paint(painter, knot.centre.x() - aside, knot.box.top() - 6.0, colour=colour)
        if knot.sort is Sort.CONSTANT and len(shown.drawing.knots) <= FEW and scale >= 0.6:
            self._paint_needless(painter, knot)

    def _fed_from_above(self, knot: Knot) -> bool:
        """Whether a constant's arrow comes down where the name would stand."""
        drawing = self._shown.drawing
        return any(drawing.links[i].plain for i in drawing.into.get(knot.index, ()))

    def _paint_body(self, painter: QPainter, knot: Knot, current: bool) -> None:
        shown, colours = self._shown, theme.current()
        box = knot.box
        faulty = knot.index in shown.sight.faulty
        if knot.key in shown.lit:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.faded("accent", 0.22))
            _shape(painter, knot, box.adjusted(-7, -7, 7, 7))
        edge = colours.danger if faulty else colours.accent if current or knot.sort is Sort.LEAF else colours.text_muted
        width = 2.6 if current or knot.key in shown.chosen else 1.8 if knot.sort is Sort.LEAF else 1.3
        if knot.key in shown.chosen:
            edge = colours.accent
        painter.setBrush(theme.colour("accent_soft" if current or knot.key in shown.chosen else "surface"))
        pen = QPen(QColor(edge), width)
        if knot.sort is Sort.CONSTANT:
            pen = QPen(theme.colour("border"), 1.2)
        painter.setPen(pen)
        _shape(painter, knot, box)
        if knot.sort is Sort.COLLAPSED:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(edge), 1.0, Qt.PenStyle.DashLine))
            painter.drawEllipse(box.adjusted(-4, -4, 4, 4))
        if knot.key == shown.focus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.faded("accent", 0.5), 1.5))
            _shape(painter, knot, box.adjusted(-8, -8, 8, 8))
        if faulty:
            self._paint_fault(painter, box)

    @staticmethod
    def _paint_fault(painter: QPainter, box: QRectF) -> None:
        """A red flag at the node's shoulder; what is wrong is said in words elsewhere."""
        at = QPointF(box.right() - 5.0, box.top() + 5.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("danger"))
        painter.drawEllipse(at, 8.0, 8.0)
        painter.setPen(theme.colour("surface"))
        painter.setFont(look.font(11, QFont.Weight.Bold))
        painter.drawText(QRectF(at.x() - 8, at.y() - 8, 16, 16), Qt.AlignmentFlag.AlignCenter, "!")

    def _paint_leaf(self, painter: QPainter, knot: Knot) -> None:
        shown = self._shown
        value = shown.sight.values[knot.index]
        name = laid_out(shown.faces.signs[knot.index], 16.0)
        number = f" = {value_text(value)}" if value is not None else ""
        painter.setFont(look.tabular(look.font(13.5, QFont.Weight.DemiBold)))
        room = painter.fontMetrics().horizontalAdvance(number)
        left = knot.centre.x() - (name.width + room) / 2
        baseline = knot.centre.y() - 3.0
        name.paint(painter, left, baseline)
        painter.setPen(theme.colour("text"))
        painter.drawText(QPointF(left + name.width, baseline), number)
        colour = theme.colour("accent" if knot.key in (shown.pulled, *shown.chosen) else "text_muted")
        painter.setPen(colour)
        painter.setFont(look.font(14, QFont.Weight.DemiBold))
        foot = QRectF(knot.box.left(), knot.centre.y() + 2, knot.box.width(), 20)
        painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, "↔")

    def _paint_needless(self, painter: QPainter, knot: Knot) -> None:
        painter.setFont(look.font(10.5))
        painter.setPen(theme.colour("text_muted"))
        words = QCoreApplication.translate("ScalarGraph", "constant:\nneeds no gradient")
        painter.drawText(QRectF(knot.box.right() + 6, knot.centre.y() - 14, 120, 30), Qt.AlignmentFlag.AlignLeft, words)

    def _paint_sum(self, painter: QPainter, knot: Knot, scale: float) -> None:
        """Where a node fans out, the gradients that arrive are added."""
        shown = self._shown
        links = [shown.drawing.links[i] for i in shown.drawing.out_of.get(knot.index, ())]
        if len(links) < 2 or knot.sort is Sort.CONSTANT:
            return
        known = [shown.sight.handed.get((link.target, link.slot)) for link in links]
        total = shown.sight.gradients[knot.index]
        box = shown.labels.sums[knot.index]
        at = QPointF(box.center().x(), box.top() + 9.0)
        if not any(known):
            return
        parts = [gradient_text(one.product) if one is not None else "?" for one in known]
        text = " + ".join(bracketed(part) for part in parts)
        if len(parts) > SUMMANDS:
            text = QCoreApplication.translate("ScalarGraph", "sum of {count}").format(count=len(parts))
        write_words(painter, at, text, _size(WORKING, scale), theme.colour("text_muted"))
        at.setY(at.y() + 15.0)
        if total is None:
            write_pill(painter, at, not_yet())
        else:
            write_number(painter, at, f"= {gradient_text(total)}", total, _size(NUMBER, scale))

    def _paint_exit(self, painter: QPainter, scale: float) -> None:
        """The box behind the output: the result forward, and the seed that the way back begins with."""
        shown, drawing = self._shown, self._shown.drawing
        if not drawing.knots:
            return
        value = shown.sight.values[drawing.output]
        seed = shown.sight.gradients[drawing.output]
        forward, backward = drawing.exit_lanes
        self._lane(painter, forward, value, 1.6)
        self._lane(painter, backward, seed, THICKEST - 2 if seed is not None else 1.2)
        painter.setPen(QPen(theme.colour("text_muted"), 1.3))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(drawing.exit, 8, 8)
        if scale < WHOLE_FROM:
            write_sign(painter, drawing.exit, shown.faces.result, LARGE_SIGN)
            return
        name = laid_out(shown.faces.result, 16.0)
        name.paint(painter, drawing.exit.center().x() - name.width / 2, drawing.exit.top() + 20)
        foot = QPointF(drawing.exit.center().x(), drawing.exit.bottom() - 14)
        if value is None:
            write_words(painter, foot, not_yet(), 12.0, theme.colour("text_muted"))
        else:
            write_number(painter, foot, value_text(value), value, 14.0)
        if shown.with_gradients and scale >= NUMBERS_FROM:
            middle = (forward.path.boundingRect().left() + forward.path.boundingRect().right()) / 2
            self._paint_seed(painter, QPointF(middle, drawing.exit.center().y() + 38.0), seed)

    def _paint_seed(self, painter: QPainter, at: QPointF, seed: float | None) -> None:
        if seed is None:
            write_pill(painter, at, not_yet())
            return
        words = QCoreApplication.translate("ScalarGraph", "seed")
        write_words(painter, at, words, 10.5, theme.colour("text_muted"))
        write_number(painter, QPointF(at.x(), at.y() + 16.0), f"E = {gradient_text(seed)}", seed, 12.5)


def _size(size: tuple[float, float, float], scale: float) -> float:
    """A size in scene units at this zoom."""
    usual, most, least = size
    return min(most, max(usual, least / scale))


def thickness(value: float, largest: float) -> float:
    """How wide a backward lane is: by the root of its share of the largest, so that small ones are seen too."""
    if not largest or not math.isfinite(value):
        return THINNEST
    return THINNEST + (THICKEST - THINNEST) * math.sqrt(min(1.0, abs(value) / largest))


def _shape(painter: QPainter, knot: Knot, box: QRectF) -> None:
    if knot.sort is Sort.LEAF:
        painter.drawRoundedRect(box, 10, 10)
    else:
        painter.drawEllipse(box)
