"""Two units and what a third makes of them, as three miniature planes; or one line that does it by itself."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kit import look, theme
from app.kit.widgets.painted import Painted
from app.kit.widgets.per_frame import FRAME_MS
from app.workspaces.neuron.presets import boundary_in, in_miniature, paint_miniature
from app.workspaces.neuron.words import combined_text, table_name
from engine.neuron.boundary import half_space
from engine.neuron.hidden import HiddenLayer, combination, pattern
from engine.neuron.tables import Row, Targets, inputs_of, right_count, rows
from engine.neuron.unit import Unit

LOW, HIGH = -0.42, 1.42
ROOMY = 300
"""Pixels from which on the units' tables have their names over them."""
LARGEST = 130.0
CENTRE = Qt.AlignmentFlag.AlignCenter


class LayerPicture(Painted):
    """h₁ and h₂ make y; or one line that does it by itself."""

    ground = "surface"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._own = Unit((0.0,), 0.0)
        self._targets: Targets = (False, True)
        self._layer: HiddenLayer | None = None
        self._answer: Unit | None = None
        self.counted = True
        """Whether it says how many rows one's own unit does right."""
        self._next = QTimer(self)
        """A unit that begins to fire changes all of the page: this is painted in the frame after."""
        self._next.setSingleShot(True)
        self._next.setInterval(FRAME_MS)
        self._next.timeout.connect(self.update)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(420, 120)

    def minimumSizeHint(self) -> QSize:
        return QSize(150, 70)

    def show_layer(
        self, own: Unit, targets: Targets, layer: HiddenLayer | None, answer: Unit | None, *, counted: bool
    ) -> None:
        """Show a layer of two and what it makes; or ``answer`` beside one's own unit, where one unit does, with how
        many rows that does right where it may be ``counted``."""
        before = self._drawn()
        self.counted = counted
        self._own, self._targets, self._layer, self._answer = own, targets, layer, answer
        if self._drawn() != before:
            self._next.start()

    def _drawn(self) -> tuple[object, ...]:
        """What the picture goes by: one's own unit and its count only where that is in it."""
        own = (self._own, self.counted) if self._answer is not None else ()
        return self._targets, self._layer, self._answer, own

    @property
    def _gaps(self) -> tuple[float, float]:
        """Pixels between the pictures of the two units, and between them and what they make."""
        return (46.0, 58.0) if self.width() >= ROOMY else (10.0, 26.0)

    def paint(self, painter: QPainter) -> None:
        between, before = self._gaps
        spare = between if self.width() >= ROOMY else 0.0
        side, top = min(self.height() - 20.0, (self.width() - between - before - spare) / 3, LARGEST), 20.0
        first, arrow = QRectF(0, top, side, side), QPointF(before / 2, top + side / 2)
        if self._answer is not None:
            side = min(self.height() - 20.0, (self.width() - before) / 2 - spare, LARGEST)  # there are but two
            self._paint_answer(painter, QRectF(0, top, side, side), self._answer, before)
            self._paint_arrow(painter, QPointF(side + before / 2, top + side / 2))
            return
        if self._layer is None:
            self._paint_plane(painter, first, (), self._targets, self.tr("the table"))
            return
        layer, names = self._layer, self._layer.names
        second, third = first.translated(side + between, 0), first.translated(2 * side + between + before, 0)
        self._paint_plane(painter, first, (layer.first,), pattern(layer.first), self._caption("h₁", names[0]))
        self._paint_plane(painter, second, (layer.second,), pattern(layer.second), self._caption("h₂", names[1]))
        words = combined_text(combination(pattern(layer.last))) if self.width() >= ROOMY else "y"
        self._paint_plane(painter, third, (layer.first, layer.second), self._targets, words)
        self._paint_arrow(painter, arrow + QPointF(2 * side + between, 0))

    def _paint_answer(self, painter: QPainter, first: QRectF, answer: Unit, before: float) -> None:
        words = self.tr("yours")
        if self.counted:
            right = right_count(self._own, self._targets)
            words = self.tr("yours: {right} of {total}").format(right=right, total=len(self._targets))
        seen = (pattern(self._own), self._targets) if len(self._targets) == 8 else (self._targets, self._targets)
        self._paint_plane(painter, first, (self._own,), seen[0], words)
        box = first.translated(first.width() + before, 0)
        self._paint_plane(painter, box, (answer,), seen[1], self.tr("one that does it"))

    def _caption(self, symbol: str, name: str | None) -> str:
        return symbol if name is None or self.width() < ROOMY else f"{symbol} = {table_name(name)}"

    @staticmethod
    def _paint_arrow(painter: QPainter, middle: QPointF) -> None:
        painter.setPen(look.pen(theme.colour("accent"), 2.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        arrow = QPainterPath(middle + QPointF(-4, -7))
        arrow.lineTo(middle + QPointF(4, 0))
        arrow.lineTo(middle + QPointF(-4, 7))
        painter.drawPath(arrow)

    def _paint_plane(
        self, painter: QPainter, box: QRectF, units: tuple[Unit, ...], done: Targets, caption: str
    ) -> None:
        painter.setFont(look.font(11.5, QFont.Weight.DemiBold))
        painter.setPen(theme.colour("text"))
        wide = painter.fontMetrics().horizontalAdvance(caption) + 2.0
        left = max(0.0, min(box.center().x() - wide / 2, self.width() - wide))  # a long one keeps within the edges
        painter.drawText(QRectF(left, 0, wide, 18), CENTRE, caption)
        painter.save()
        painter.setClipRect(box)
        inputs = inputs_of(done)
        if inputs == 3:
            painter.fillRect(box, look.mixed("text_muted", 0.06, self.ground))
        else:
            self._paint_halves(painter, box, units)
        painter.fillPath(_corners(box), theme.colour(self.ground))  # a clip that is round takes ten times as long
        painter.restore()
        if inputs == 3:
            paint_miniature(painter, box, done, min(4.5, box.width() / 16))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            radius = min(5.0, box.width() / 16)
            for x, fires in zip(rows(inputs), done, strict=True):
                painter.setBrush(look.signed(1 if fires else -1))
                painter.drawEllipse(in_miniature(x, box), radius, radius)
        painter.setPen(QPen(theme.colour("border"), 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 6, 6)

    def _paint_halves(self, painter: QPainter, box: QRectF, units: tuple[Unit, ...]) -> None:
        """Blue where it fires: for the last unit the cells that the two lines cut."""
        painter.fillRect(box, look.mixed("negative", 0.2, self.ground))
        halves, blue = [self._half(unit, box) for unit in units], look.mixed("positive", 0.22, self.ground)
        combinations = [(True,)] if len(units) == 1 else [bits for bits in rows(2) if self._last_fires(bits)]
        for bits in combinations:
            sides = [half if inside else _outside(half, box) for half, inside in zip(halves, bits, strict=True)]
            painter.save()
            for side in sides[:-1]:
                painter.setClipPath(side, Qt.ClipOperation.IntersectClip)
            for side in sides[-1:]:
                painter.fillPath(side, blue)
            painter.restore()
        painter.setPen(look.pen(theme.colour("text"), 1.6))
        for unit in units:
            ends = boundary_in(unit, box)
            if ends is not None:
                painter.drawLine(*ends)

    def _last_fires(self, bits: Row) -> bool:
        return self._layer is not None and self._layer.last.fires(bits)

    @staticmethod
    def _half(unit: Unit, box: QRectF) -> QPainterPath:
        path = QPainterPath()
        flat = Unit((*unit.weights, 0.0)[:2], unit.bias)  # one input: the same at every height
        corners = half_space(flat, LOW, HIGH)
        if corners:
            path.addPolygon(QPolygonF([in_miniature(corner, box) for corner in corners]))
            path.closeSubpath()
        return path


def _corners(box: QRectF) -> QPainterPath:
    """What round corners leave of a box."""
    rest = QPainterPath()
    rest.setFillRule(Qt.FillRule.OddEvenFill)
    rest.addRect(box.adjusted(-1, -1, 1, 1))
    rest.addRoundedRect(box, 6, 6)
    return rest


def _outside(half: QPainterPath, box: QRectF) -> QPainterPath:
    """The rest of a box."""
    rest = QPainterPath()
    rest.setFillRule(Qt.FillRule.OddEvenFill)
    rest.addRect(box)
    rest.addPath(half)
    return rest
