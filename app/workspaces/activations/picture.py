"""f over f' over the live z, on one x axis with one cursor: the middle of the page."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.kit import theme
from app.kit.announce import announce
from app.kit.copy_corner import copy_in_corner
from app.kit.export import Table
from app.kit.listing import set_apart
from app.kit.numbers import fixed, typed
from app.kit.widgets.drag_number import DragNumber
from app.workspaces.activations.function_plot import FunctionPlot
from app.workspaces.activations.histogram_plot import HistogramPlot
from app.workspaces.activations.keys import SLOPE, X, Y
from app.workspaces.activations.shown import Shown, still_words
from app.workspaces.activations.words import slope_spoken
from engine.activations.comparison import Comparison, decimals_of

HEIGHT, SIDE = 24, 13
CLICK_PIXELS = 3.0


def cursor_text(x: float, low: float, high: float) -> str:
    """The cursor's x with as many decimals as a pixel is worth; one that was typed finer, with all it was given."""
    decimals = decimals_of(low, high)
    return fixed(x, decimals) if round(x, decimals) == x else typed(x)


class CursorPill(DragNumber):
    """It goes where the pointer goes. ``x_at``: the x at a pixel of the parent."""

    def __init__(self, x_at: Callable[[float], float], parent: QWidget) -> None:
        self._low, self._high = -6.0, 6.0
        super().__init__(0.0, -6.0, 6.0, 0.1, shown=self._written, parent=parent)
        self._x_at = x_at
        self._held: QPointF | None = None
        self.set_name(self.tr("Cursor x"), self.tr("Where f and f′ are read, and where the tangents touch"))

    def _written(self, x: float) -> str:
        return cursor_text(x, self._low, self._high)

    def show_range(self, low: float, high: float, x: float) -> None:
        """Another axis or place; nothing is emitted."""
        if (low, high) != (self._low, self._high):
            self._low, self._high = low, high
            self.set_range(low, high, 10.0 ** (1 - decimals_of(low, high)))
        self.set_value(x)

    def sizeHint(self) -> QSize:
        return QSize(round(QFontMetricsF(self._font).horizontalAdvance(self._words)) + 2 * SIDE, HEIGHT)

    @property
    def _words(self) -> str:
        return f"↔  x = {self.text}"

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = self.mapToParent(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is None:
            return
        x = self.mapToParent(event.position()).x()
        if self._dragging or abs(x - self._held.x()) >= CLICK_PIXELS:
            self._dragging = True
            self.slide(round(self._x_at(x), decimals_of(self._low, self._high)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._held is None:
            return
        dragged, self._dragging, self._held = self._dragging, False, None
        if dragged:
            self.let_go()
        else:
            self.edit()
        self.update()

    def paint(self, painter: QPainter) -> None:
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.colour("text"), 2.0) if self.focused_by_key else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(box, HEIGHT / 2, HEIGHT / 2)
        painter.setFont(self._font)
        painter.setPen(theme.colour("on_accent"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._words)


SHARES = (27, 24, 29)
HEADS, PILL_TOP = (34, 50), 1


class Picture(QWidget):
    """``cursor_moved(x)``, ``axis_moved(low, high)``: by hand, until ``settled``; ``cursor_set(x)``: to just this x.
    ``nudged(old, new)``: the cursor, by a key. ``pointed(key or None)``: a point at the cursor, (Y or SLOPE, function);
    ``asked(key)``: it was clicked."""

    cursor_moved = Signal(float)
    cursor_set = Signal(float)
    axis_moved = Signal(float, float)
    settled = Signal()
    nudged = Signal(float, float)
    reset_wanted = Signal()
    pointed = Signal(object)
    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.values = FunctionPlot(slope=False, head=HEADS[0], foot=6)
        self.slopes = FunctionPlot(slope=True, head=HEADS[1], foot=14)
        self.layer = HistogramPlot()
        self.slopes.say_about(self.tr("its slope: what backpropagation multiplies by"))
        self.values.setAccessibleName(self.tr("f of every compared activation"))
        self.slopes.setAccessibleName(self.tr("f′ of every compared activation"))
        self.layer.setAccessibleName(self.tr("z of a layer, live"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for band, share in zip((self.values, self.slopes, self.layer), SHARES, strict=True):
            column.addWidget(band, share)
            band.cursor_moved.connect(self.cursor_moved)
            band.axis_moved.connect(self.axis_moved)
            band.settled.connect(self.settled)
            band.reset_wanted.connect(self.reset_wanted)
            band.nudged.connect(self.nudged)
        for plot, kind in ((self.values, Y), (self.slopes, SLOPE)):
            plot.pointed.connect(lambda key, kind=kind: self.pointed.emit(None if key is None else (kind, key)))
            plot.picked.connect(lambda key, kind=kind: self.asked.emit((kind, key)))
        self._shown: tuple[Shown, ...] = ()
        self.pill = CursorPill(self.slopes.x_at, self.slopes)
        self.pill.moved.connect(self.cursor_set)
        self.pill.settled.connect(self.settled)
        self.pill.nudged.connect(self.nudged)
        self.copier = copy_in_corner(self, self, title=self.tr("Activations"), name="activations")
        for band in (self.values, self.slopes, self.layer):
            self.copier.serve(band)

    def show_comparison(self, value: Comparison, shown: Sequence[Shown]) -> None:
        """Draw these over this axis."""
        for plot in (self.values, self.slopes):
            plot.set_axis(value.low, value.high, value.cursor)
            if [a.look for a in shown] != [b.look for b in self._shown] or any(
                a.scalar is not b.scalar for a, b in zip(shown, self._shown, strict=False)
            ):
                plot.show_functions(shown)
        self._shown = tuple(shown)
        self._say_about()
        self.layer.set_axis(value.low, value.high, value.cursor)
        self.pill.show_range(value.low, value.high, value.cursor)
        self._place_pill()
        self.values.setAccessibleDescription(self._words(0))
        self.slopes.setAccessibleDescription(self._words(1))

    def _say_about(self) -> None:
        """Say what to look at, of what is in sight."""
        usual = self.tr("softmax is that of two units, (x, 0): then it is the logistic function")
        if all(one.by_itself for one in self._shown):
            tangents = self.tr("thick strokes: tangents at the cursor, with the slope plotted below")
            usual = "" if self.slopes.veil else tangents
        self.values.say_about(still_words(self._shown) or usual)

    def hide_slopes(self, hidden: bool) -> None:
        """Hide f' and the tangents, which say the same, while the slope is to be guessed; or show them again."""
        veil = self.tr("f′ comes into sight with your guess") if hidden else ""
        if veil == self.slopes.veil:
            return
        self.values.hide_tangents(hidden)
        self.slopes.set_veil(veil)
        self._say_about()
        self.slopes.setAccessibleDescription(self._words(1))

    def light(self, keys: Collection[Hashable]) -> None:
        """Make what these keys stand for stand out: points of curves, tangents, the cursor's line."""
        names = [key for key in keys if isinstance(key, tuple)]
        self.values.light({key for kind, key in names if kind in (Y, SLOPE)})
        self.slopes.light({key for kind, key in names if kind == SLOPE})
        for band in (self.values, self.slopes, self.layer):
            band.light_line(any(kind == X for kind, _ in names))

    def announce_cursor(self) -> None:
        """Tell those who hear the window what the functions are at the cursor."""
        announce(self.values, self.tr("x = {x}. {values}").format(x=self.pill.text, values=self._words(None)))

    def _words(self, which: int | None) -> str:
        """Every function at the cursor: f (0), f' (1), or both."""
        parts = []
        hidden = bool(self.slopes.veil)
        for one in self._shown:
            x = self.values.at_x
            f = fixed(one.scalar.at(x)[0], 4)
            slope = self.tr("not shown yet") if hidden else slope_spoken(one, x)
            both = self.tr("{name} {f}, slope {slope}").format(name=one.name, f=f, slope=slope)
            parts.append(both if which is None else f"{one.name} {(f, slope)[which]}")
        return set_apart(parts)

    def table(self) -> Table:
        """x, every f and every f'."""
        values, slopes = self.values.table(), self.slopes.table()
        found: dict[object, list[object]] = {}
        for row in values.rows:
            found[row[0]] = [*row, *[""] * (len(slopes.header) - 1)]
        for row in slopes.rows:
            line = found.setdefault(row[0], [row[0], *[""] * (len(values.header) - 1 + len(slopes.header) - 1)])
            line[len(values.header) :] = row[1:]
        return Table((*values.header, *slopes.header[1:]), [found[x] for x in sorted(found, key=float)])  # type: ignore[arg-type]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_pill()

    def _place_pill(self) -> None:
        self.pill.adjustSize()
        x = round(self.slopes.px(self.slopes.at_x) - self.pill.width() / 2)
        self.pill.move(QPoint(min(max(x, 4), max(self.width() - self.pill.width() - 4, 4)), PILL_TOP))
