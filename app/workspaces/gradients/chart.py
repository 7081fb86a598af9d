"""A bar for every layer on a logarithmic axis, black ticks where theory has it, and columns of numbers beneath."""

from __future__ import annotations

from math import ceil, isfinite, log10

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from app.kit import look, theme
from app.kit.announce import announce
from app.kit.export import Table
from app.kit.numbers import decade
from app.kit.widgets.painted import KeyFocus, Painted, set_pixels
from app.workspaces.gradients.shown import NumberRow, Shown
from app.workspaces.gradients.words import ratio_text

LABELS = 68
"""Pixels at the left for the axis' and the rows' names."""
ROW, LAYER_LINE, TOP, PAD = 20, 20, 8, 6
LEAST_NUMBER, BESIDE = 28, 3
"""What a number takes at least, and the air beside it, in pixels."""
SIZES = (11.0, 10.0)
"""Of the numbers, the first that lets all of them stand."""
TICK_GAP = 20
FLOOR = 9.0
"""Height of what lies under the lowest decade: the room in which 0 is drawn."""
BAR_SHARE, WIDEST_BAR = 0.62, 30.0
LEAST_PLOT = 80


class SignalChart(KeyFocus, Painted):
    """``pointed(layer)``: the layer under the mouse or at the keyboard's place, from 1, None where there is none.
    ``asked(row, layer)``: where does this number come from?"""

    pointed = Signal(object)
    asked = Signal(str, int)

    def __init__(self, name: str, number: int) -> None:
        """``number``: of the network, from 0, which has its colour."""
        super().__init__()
        self._shown: Shown | None = None
        self._number = number
        self._decades = (-2, 0)
        self._number_width, self._pixels = float(LEAST_NUMBER), SIZES[0]
        self._layer: int | None = None
        self._row: int | None = None
        self._lit: frozenset[int] = frozenset()
        self._hidden = False
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_values(self, shown: Shown, decades: tuple[int, int]) -> None:
        """Show these, on an axis over these powers of ten."""
        self._shown, self._decades = shown, decades
        self._hidden = False
        self._fit_numbers()
        if self._layer is not None and self._layer > shown.depth:
            self._layer = None
        if self._row is not None and self._row >= len(shown.rows):
            self._row = None
        self.setAccessibleDescription(self._spoken())
        self.update()

    def hide_values(self) -> None:
        """Show nothing until it has been guessed."""
        self._shown = None
        self._hidden = True
        self.setAccessibleDescription(self.tr("hidden until you guess"))
        self.update()

    @property
    def shown(self) -> Shown | None:
        """What is shown; None before anything is known."""
        return self._shown

    def light(self, layers: frozenset[int]) -> None:
        """Give the columns of these layers a soft ground."""
        if layers != self._lit:
            self._lit = layers
            self.update()

    def _spoken(self) -> str:
        shown = self._shown
        if shown is None:
            return ""
        first, last = shown.bars[0], shown.bars[-1]
        return self.tr("Layer 1: {first}, layer {depth}: {last}").format(
            first=ratio_text(float(first)), depth=shown.depth, last=ratio_text(float(last))
        )

    # Places -------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_numbers()

    def sizeHint(self) -> QSize:
        return QSize(420, self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(240, TOP + LEAST_PLOT + LAYER_LINE + 4 * ROW + 2 * PAD)

    @property
    def _rows(self) -> tuple[NumberRow, ...]:
        return self._shown.rows if self._shown is not None else ()

    def _plot(self) -> QRectF:
        beneath = LAYER_LINE + (2 * PAD + ROW * len(self._rows) if self._rows else 0)
        return QRectF(LABELS, TOP, self.width() - LABELS - 6, max(self.height() - TOP - beneath, 10))

    def _pitch(self) -> float:
        depth = self._shown.depth if self._shown is not None else 1
        return self._plot().width() / depth

    def x_of(self, layer: int) -> float:
        """The middle of a layer's column, from 1."""
        return self._plot().left() + (layer - 0.5) * self._pitch()

    def y_of(self, value: float) -> float:
        """Where a value stands; 0 on the floor, what is beyond the ends at them."""
        plot, (low, high) = self._plot(), self._decades
        if value <= 0.0:
            return plot.bottom()
        if value == float("inf"):
            return plot.top()
        share = (log10(value) - low) / (high - low)
        return plot.bottom() - FLOOR - min(max(share, 0.0), 1.0) * (plot.height() - FLOOR)

    def written_layers(self) -> list[int]:
        """The layers whose numbers there is room for: the first, the last, and evenly those between."""
        if self._shown is None:
            return []
        depth, stride = self._shown.depth, max(1, ceil(self._number_width / max(self._pitch(), 1e-9)))
        if stride == 1:
            return list(range(1, depth + 1))
        kept = [layer for layer in range(1, depth + 1 - stride + 1, stride) if depth - layer >= stride]
        return [*kept, depth]

    def _fit_numbers(self) -> None:
        """The larger print where every layer's numbers have room in it, else the smaller."""
        for pixels in SIZES:
            self._pixels, self._number_width = pixels, self._width_of_numbers(pixels)
            if self._number_width <= self._pitch():
                return

    def _width_of_numbers(self, pixels: float) -> float:
        """What the widest number needs."""
        widths = []
        for row in self._rows:
            metrics = QFontMetricsF(_numbers_font(pixels, main=row.main))
            widths += [metrics.horizontalAdvance(ratio_text(float(value))) for value in row.values]
        return max([float(LEAST_NUMBER), *(width + BESIDE for width in widths)])

    def layer_at(self, point: QPointF) -> int | None:
        """The layer whose column a point is in."""
        if self._shown is None or not LABELS <= point.x() < self.width() - 6:
            return None
        return min(int((point.x() - LABELS) / self._pitch()) + 1, self._shown.depth)

    def row_at(self, point: QPointF) -> int | None:
        """The row of numbers that a point is in."""
        number = int((point.y() - self._rows_top()) // ROW)
        return number if point.y() >= self._rows_top() and 0 <= number < len(self._rows) else None

    def _rows_top(self) -> float:
        return self._plot().bottom() + LAYER_LINE + PAD

    def number_box(self, row: int, layer: int) -> QRectF:
        """Where a number stands."""
        width = self._number_width
        left = min(max(self.x_of(layer) - width / 2, LABELS - 2), self.width() - width - 1)  # clear of the row's name
        return QRectF(left, self._rows_top() + row * ROW, width, ROW)

    # Painting -----------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        if self._shown is None:
            painter.setPen(theme.colour("text_muted"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._nothing())
            return
        self._paint_grounds(painter)
        self._paint_axis(painter)
        for layer in range(1, self._shown.depth + 1):
            self._paint_bar(painter, layer)
        self._paint_layers(painter)
        for number, row in enumerate(self._rows):
            self._paint_row(painter, number, row)

    def _nothing(self) -> str:
        return self.tr("?\nhidden until you guess") if self._hidden else self.tr("not yet")

    def _paint_grounds(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        if self._rows:
            painter.setBrush(theme.colour("raised"))
            top = self._rows_top() - PAD / 2
            painter.drawRoundedRect(QRectF(0, top, self.width(), ROW * len(self._rows) + PAD), 8, 8)
        painter.setBrush(theme.colour("accent_soft"))
        lit = self._lit | ({self._layer} if self._layer is not None else set())
        for layer in lit:
            if self._shown is not None and layer <= self._shown.depth:
                width = max(self._pitch(), 2.0)
                painter.drawRoundedRect(QRectF(self.x_of(layer) - width / 2, TOP - 4, width, self.height() - TOP), 5, 5)

    def _paint_axis(self, painter: QPainter) -> None:
        plot, (low, high) = self._plot(), self._decades
        set_pixels(painter, 10)
        stride = max(1, ceil((high - low) * TICK_GAP / max(plot.height() - FLOOR, 1.0)))
        for exponent in range(high, low - 1, -stride):
            y = self.y_of(10.0**exponent) if exponent > -300 else plot.bottom() - FLOOR
            painter.setPen(QPen(theme.colour("border"), 1.0))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(theme.colour("text_muted"))
            box = QRectF(0, y - 8, LABELS - 8, 16)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, decade(exponent))
        painter.setPen(QPen(theme.colour("text_muted"), 1.0))
        painter.drawLine(QPointF(plot.left(), plot.bottom()), QPointF(plot.right(), plot.bottom()))

    def _bar_width(self) -> float:
        return min(max(BAR_SHARE * self._pitch(), 2.0), WIDEST_BAR)

    def _paint_bar(self, painter: QPainter, layer: int) -> None:
        assert self._shown is not None
        value, plot, width = float(self._shown.bars[layer - 1]), self._plot(), self._bar_width()
        x = self.x_of(layer)
        if value != value:
            self._say_at(painter, x, plot.bottom() - 16, "NaN", "danger")
            return
        if value == 0.0:
            painter.setPen(QPen(theme.colour("danger"), 1.5))
            painter.drawLine(QPointF(x - width / 2, plot.bottom()), QPointF(x + width / 2, plot.bottom()))
            self._say_at(painter, x, plot.bottom() - 15, "0", "danger")
            return
        top = self.y_of(value)
        box = QRectF(x - width / 2, top, width, plot.bottom() - top)
        painter.setPen(Qt.PenStyle.NoPen)
        colour = QColor(theme.colour("danger") if not isfinite(value) else QColor(self._bar_colour()))
        painter.setBrush(colour if isfinite(value) else Qt.BrushStyle.BDiagPattern)
        colour.setAlphaF(0.86)
        painter.drawRoundedRect(box, min(2.5, width / 3), min(2.5, width / 3))
        if not isfinite(value):
            self._say_at(painter, x, plot.top() - 2, "∞", "danger")
        self._paint_tick(painter, layer, x, width)

    def _bar_colour(self) -> QColor:
        return theme.series_colour(self._number, 9)

    def _paint_tick(self, painter: QPainter, layer: int, x: float, width: float) -> None:
        ticks = self._shown.ticks if self._shown is not None else None
        if ticks is None or not float(ticks[layer - 1]) > 0.0:
            return
        y, reach = self.y_of(float(ticks[layer - 1])), min(width / 2 + 3.0, self._pitch() / 2 - 0.5)
        painter.setPen(QPen(theme.colour("text"), 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawLine(QPointF(x - reach, y), QPointF(x + reach, y))

    def _say_at(self, painter: QPainter, x: float, y: float, text: str, colour: str) -> None:
        set_pixels(painter, 10, QFont.Weight.DemiBold)
        painter.setPen(theme.colour(colour))
        painter.drawText(QRectF(x - 20, y, 40, 14), Qt.AlignmentFlag.AlignCenter, text)

    def _paint_layers(self, painter: QPainter) -> None:
        top = self._plot().bottom() + 2
        set_pixels(painter, 11, QFont.Weight.Normal)
        painter.setPen(theme.colour("text_muted"))
        painter.drawText(QRectF(8, top, LABELS, LAYER_LINE - 2), Qt.AlignmentFlag.AlignVCenter, self.tr("layer"))
        written = self.written_layers()
        for layer in written:
            chosen = layer == self._layer
            set_pixels(painter, 11, QFont.Weight.DemiBold if chosen else QFont.Weight.Normal)
            painter.setPen(theme.colour("accent" if chosen else "text_muted"))
            box = QRectF(self.x_of(layer) - 20, top, 40, LAYER_LINE - 2)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(layer))

    def _paint_row(self, painter: QPainter, number: int, row: NumberRow) -> None:
        top = self._rows_top() + number * ROW
        weight = QFont.Weight.DemiBold if row.main else QFont.Weight.Normal
        set_pixels(painter, 11, weight)
        painter.setPen(theme.colour("text" if row.main else "text_muted"))
        painter.drawText(QRectF(8, top, LABELS - 8, ROW), Qt.AlignmentFlag.AlignVCenter, row.label)
        painter.setFont(_numbers_font(self._pixels, main=row.main))
        for layer in self._columns_of_numbers():
            value = float(row.values[layer - 1])
            if value != value and layer == len(row.values):
                continue  # nothing lies behind the last layer
            box = self.number_box(number, layer)
            if number == self._row and layer == self._layer:
                self._paint_place(painter, box)
            painter.setPen(theme.colour("text" if row.main else "text_muted"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "–" if value != value else ratio_text(value))

    def _columns_of_numbers(self) -> list[int]:
        """Those that are written anyway; the one that is pointed at stands in for those beside it."""
        written = self.written_layers()
        if self._layer is None or self._layer in written:
            return written
        near = self._number_width / max(self._pitch(), 1e-9)
        return [*(one for one in written if abs(one - self._layer) >= near), self._layer]

    def _paint_place(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(QPen(theme.colour("accent"), 1.0))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)

    # Hands --------------------------------------------------------------------------------------------------------

    def _point_at(self, layer: int | None, row: int | None) -> None:
        if (layer, row) == (self._layer, self._row):
            return
        moved = layer != self._layer
        self._layer, self._row = layer, row
        self.setCursor(Qt.CursorShape.PointingHandCursor if layer is not None else Qt.CursorShape.ArrowCursor)
        if moved:
            self.pointed.emit(layer)
        self.setToolTip(self._rows[row].tip if row is not None and row < len(self._rows) else "")
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self.layer_at(event.position()), self.row_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        layer, row = self.layer_at(event.position()), self.row_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and layer is not None and self._shown is not None:
            self.asked.emit(self._shown.measure if row is None else self._rows[row].key, layer)
        super().mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None, None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right go from layer to layer, Up and Down from row to row, Return asks where the number is from."""
        if self._shown is None:
            super().keyPressEvent(event)
            return
        across = {Qt.Key.Key_Left.value: -1, Qt.Key.Key_Right.value: 1}.get(event.key(), 0)
        down = {Qt.Key.Key_Up.value: -1, Qt.Key.Key_Down.value: 1}.get(event.key(), 0)
        layer, row = self._layer or 1, self._row if self._row is not None else len(self._rows) - 1
        if across or down:
            layer = min(max(layer + (across if self._layer is not None else 0), 1), self._shown.depth)
            self._point_at(layer, min(max(row + down, 0), len(self._rows) - 1))
            self._say_place()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._layer is not None:
            self.asked.emit(self._rows[row].key, self._layer)
        else:
            super().keyPressEvent(event)

    def _say_place(self) -> None:
        if self._layer is None or self._row is None:
            return
        row = self._rows[self._row]
        value = ratio_text(float(row.values[self._layer - 1]))
        announce(self, self.tr("Layer {layer}, {row}: {value}").format(layer=self._layer, row=row.label, value=value))

    # Numbers ------------------------------------------------------------------------------------------------------

    def table(self) -> Table:
        """Every number shown: the bar, its prediction and the rows beneath, layer by layer."""
        shown = self._shown
        if shown is None:
            return Table((), ())
        header = ("layer", shown.measure, "predicted", *(row.key for row in shown.rows))
        rows = []
        for at in range(shown.depth):
            tick = "" if shown.ticks is None else float(shown.ticks[at])
            numbers = [float(row.values[at]) for row in shown.rows]
            rows.append([at + 1, float(shown.bars[at]), tick, *numbers])
        return Table(header, rows)


def _numbers_font(pixels: float, *, main: bool) -> QFont:
    """Small print with figures of one width."""
    return look.tabular(look.font(pixels, QFont.Weight.DemiBold if main else QFont.Weight.Normal))
