"""A bar for every layer on a logarithmic axis, black ticks where theory has it, and columns of numbers beneath."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from app.kit import theme
from app.kit.announce import announce
from app.kit.export import Table
from app.kit.kept_picture import KeptPicture, is_raster
from app.kit.widgets.painted import KeyFocus, Painted
from app.kit.words import plain_tip
from app.workspaces.gradients.chart_paint import Pointed, backdrop_key, paint_backdrop, paint_chart
from app.workspaces.gradients.places import LAYER_LINE, PAD, ROW, TOP, Places
from app.workspaces.gradients.shown import NumberRow, Shown
from app.workspaces.gradients.words import ratio_text

LEAST_PLOT, MOST_ROWS = 96, 4


class SignalChart(KeyFocus, Painted):
    """``pointed(layer)``: the layer under the mouse or at the keyboard's place, from 1, None where there is none.
    ``asked(row, layer)``: where does this number come from?"""

    pointed = Signal(object)
    asked = Signal(str, int)
    ground = "surface"

    def __init__(self, name: str, number: int) -> None:
        """``number``: of the network, from 0, which has its colour."""
        super().__init__()
        self._number = number
        self._places: Places | None = None
        self._layer: int | None = None
        self._row: int | None = None
        self._lit: frozenset[int] = frozenset()
        self._hidden = False
        self._backdrop = KeptPicture(self)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    # What is shown ------------------------------------------------------------------------------------------------

    def show_values(self, shown: Shown, decades: tuple[int, int]) -> None:
        """Show these, on an axis over these powers of ten."""
        self._places = Places(shown, self.width(), self.height(), decades)
        self._hidden = False
        if self._layer is not None and self._layer > shown.depth:
            self._layer = None
        if self._row is not None and self._row >= len(shown.rows):
            self._row = None
        self.setAccessibleDescription(self._spoken(shown))
        self.update()

    def hide_values(self) -> None:
        """Show nothing until it has been guessed."""
        self._places, self._hidden = None, True
        self.setAccessibleDescription(self.tr("hidden until you guess"))
        self.update()

    @property
    def shown(self) -> Shown | None:
        """What is shown; None before anything is known, and while it is hidden."""
        return self._places.shown if self._places is not None else None

    @property
    def places(self) -> Places | None:
        """Where it is shown."""
        return self._places

    @property
    def lit(self) -> frozenset[int]:
        """The layers whose columns have a soft ground."""
        return self._lit

    def light(self, layers: frozenset[int]) -> None:
        """Give the columns of these layers a soft ground."""
        if layers != self._lit:
            self._lit = layers
            self.update()

    def _spoken(self, shown: Shown) -> str:
        first, last = ratio_text(float(shown.bars[0])), ratio_text(float(shown.bars[-1]))
        words = self.tr("Layer 1: {first}, layer {depth}: {last}")
        return words.format(first=first, depth=shown.depth, last=last)

    @property
    def _rows(self) -> tuple[NumberRow, ...]:
        return self._places.shown.rows if self._places is not None else ()

    def sizeHint(self) -> QSize:
        return QSize(420, self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(240, TOP + LEAST_PLOT + LAYER_LINE + MOST_ROWS * ROW + 2 * PAD)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._places is not None:
            before = self._places
            self._places = Places(before.shown, self.width(), self.height(), before.decades)

    def paint(self, painter: QPainter) -> None:
        if self._places is not None:
            pointed = Pointed(self._layer, self._row, self._lit)
            self._paint_backdrop(painter, self._places, pointed)
            paint_chart(painter, self._places, pointed, self._number)
            return
        painter.setPen(theme.colour("text_muted"))
        text = self.tr("?\nhidden until you guess") if self._hidden else self.tr("measuring …")
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)

    def _paint_backdrop(self, painter: QPainter, places: Places, pointed: Pointed) -> None:
        """What lies beneath the numbers, kept while they alone are others; a drawing in lines keeps its lines."""
        if not is_raster(painter):
            paint_backdrop(painter, places, pointed)
            return
        paint, key = partial(paint_backdrop, places=places, pointed=pointed), backdrop_key(places, pointed)
        painter.drawPixmap(0, 0, self._backdrop.picture(key, paint, theme.colour("surface")))

    # Hands --------------------------------------------------------------------------------------------------------

    def _point_at(self, layer: int | None, row: int | None) -> None:
        if (layer, row) == (self._layer, self._row):
            return
        moved = layer != self._layer
        self._layer, self._row = layer, row
        self.setCursor(Qt.CursorShape.PointingHandCursor if layer is not None else Qt.CursorShape.ArrowCursor)
        if moved:
            self.pointed.emit(layer)
        self.setToolTip(plain_tip(self._rows[row].tip if row is not None else ""))
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._places is not None:
            self._point_at(self._places.layer_at(event.position()), self._places.row_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._places is not None:
            layer, row = self._places.layer_at(event.position()), self._places.row_at(event.position())
            if layer is not None:
                self.asked.emit(self._places.shown.measure if row is None else self._rows[row].key, layer)
        super().mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None, None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right go from layer to layer, Up and Down from row to row, Return asks where the number is from."""
        across = {Qt.Key.Key_Left.value: -1, Qt.Key.Key_Right.value: 1}.get(event.key(), 0)
        down = {Qt.Key.Key_Up.value: -1, Qt.Key.Key_Down.value: 1}.get(event.key(), 0)
        if self._places is not None and (across or down):
            self._walk(self._places.shown, across, down)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._layer is not None and self._row is not None:
            self.asked.emit(self._rows[self._row].key, self._layer)
        else:
            super().keyPressEvent(event)

    def _walk(self, shown: Shown, across: int, down: int) -> None:
        """From number to number; the first key press goes to the last row's first."""
        if self._layer is None or self._row is None:
            self._point_at(self._layer or 1, len(shown.rows) - 1)
        else:
            layer = min(max(self._layer + across, 1), shown.depth)
            self._point_at(layer, min(max(self._row + down, 0), len(shown.rows) - 1))
        assert self._layer is not None and self._row is not None
        row = shown.rows[self._row]
        value = ratio_text(float(row.values[self._layer - 1]))
        announce(self, self.tr("Layer {layer}, {row}: {value}").format(layer=self._layer, row=row.label, value=value))

    # Numbers ------------------------------------------------------------------------------------------------------

    def table(self) -> Table:
        """Every number shown: the bar, its prediction and the rows beneath, layer by layer."""
        shown = self.shown
        if shown is None:
            return Table((), ())
        header = ("layer", shown.measure, "predicted", *(row.key for row in shown.rows))
        rows = []
        for at in range(shown.depth):
            tick = "" if shown.ticks is None else float(shown.ticks[at])
            rows.append([at + 1, float(shown.bars[at]), tick, *(float(row.values[at]) for row in shown.rows)])
        return Table(header, rows)
