"""The decision view: what the network answers over a plane of two features, with the data's points on top."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kit import theme
from app.kit.export import Table
from app.kit.widgets.painted import Painted, set_pixels
from app.kit.words import plain_tip
from app.network.document import Document
from app.workspaces.playground.panels.decision_image import decision_image
from app.workspaces.playground.panels.point_layer import PointLayer, dot_radius, paint_dot, to_pixels, to_plane
from app.workspaces.playground.panels.readings import Reading, column_label, in_units, reading_of
from engine.data.choice import DrawnPoint
from engine.training.plane import Plane, plane_of
from engine.training.snapshot import DecisionGrid, Snapshot

REACH = 12.0
"""How near, in pixels, a click must be to a point to pick it."""
RADIUS = 8.0
_CORNER = 44
"""Pixels of an axis that its name leaves to the corner and to the plate around it."""


class DecisionView(Painted):
    """``sample_picked(row)``: a point was clicked; ``sample_opened(row)``: twice. ``hovered(x, y)``: the place on the
    plane, NaN when left; ``under`` is the point there.

    While ``drawing``: ``stroked(x, y, erase)`` for every place of a stroke and ``stroke_ended``.
    """

    sample_picked = Signal(int)
    sample_opened = Signal(int)
    hovered = Signal(float, float)
    stroked = Signal(float, float, bool)
    stroke_ended = Signal()

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._columns = (0, 1)
        self._discrete = self._show_test = self._drawing = False
        self._show_train, self._covered = True, False
        self._snapshot: Snapshot | None = None
        self._image: QImage | None = None
        self._layer = PointLayer()
        self._picked: int | None = None
        self._pending: tuple[DrawnPoint, ...] | None = None
        self._under: int | None = None
        self._erasing: bool | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Decision boundary"))
        self.setToolTip(
            self.tr("What the network answers over the plane; click a point to see its loss, twice to play its pass")
        )
        document.dataset_loaded.connect(self._new_data)
        theme.notifier().changed.connect(self._redraw)

    # What is shown ------------------------------------------------------------------------------------------------

    @property
    def plane(self) -> Plane:
        """The plane in view."""
        return plane_of(self._document.dataset, self._columns)

    @property
    def reading(self) -> Reading | None:
        """How the latest snapshot's outputs are read; None where it does not fit the data."""
        return reading_of(self._snapshot.plan, self._document.dataset) if self._snapshot is not None else None

    def set_snapshot(self, snapshot: Snapshot) -> None:
        """Show the latest state; the picture is drawn again only when its grid is another."""
        before, self._snapshot = self._snapshot, snapshot
        if before is None or before.decision is not snapshot.decision:
            self._redraw()

    def forget_snapshot(self) -> None:
        """Show the points alone."""
        self._snapshot = None
        self._redraw()

    def cover(self, covered: bool) -> None:
        """Show the points alone while an answer is to be guessed, or what the network answers as well."""
        if covered != self._covered:
            self._covered = covered
            self._redraw()

    @property
    def _grid(self) -> DecisionGrid | None:
        """What may be told of the network's answers."""
        return None if self._snapshot is None or self._covered else self._snapshot.decision

    def set_columns(self, columns: tuple[int, int]) -> None:
        """Show the points over two other columns."""
        self._columns = columns
        self._redraw()

    def set_discrete(self, on: bool) -> None:
        """Show only what is decided."""
        self._discrete = on
        self._redraw()

    def set_show_train(self, on: bool) -> None:
        """Show the training rows' points."""
        self._show_train = on
        self.update()

    def tell_slice(self, words: str) -> None:
        """Say in the tooltip what a slice leaves out; empty for a plane that shows all."""
        tip = self.tr("What the network answers over the plane; click a point to see its loss, twice to play its pass")
        faint = self.tr("Points are the fainter the further they are off the slice.")
        self.setToolTip(plain_tip(f"{tip}\n{words}. {faint}" if words else tip))
        self.setAccessibleDescription(words)

    def set_show_test(self, on: bool) -> None:
        """Show the test rows' points too."""
        self._show_test = on
        self.update()

    @property
    def picked(self) -> int | None:
        """The row whose point is ringed."""
        return self._picked

    @property
    def under(self) -> int | None:
        """The row whose point lies under the pointer."""
        return self._under

    def set_picked(self, row: int | None) -> None:
        """Ring one row's point, or none."""
        if row != self._picked:
            self._picked = row
            self.update()

    def set_drawing(self, on: bool) -> None:
        """Whether the mouse draws points rather than picks them."""
        self._drawing, self._under = on, None
        self.setCursor(Qt.CursorShape.CrossCursor if on else Qt.CursorShape.ArrowCursor)
        policy = Qt.ContextMenuPolicy.PreventContextMenu if on else Qt.ContextMenuPolicy.CustomContextMenu
        self.setContextMenuPolicy(policy)  # while drawing, the right button erases
        self.set_pending(None)

    def set_pending(self, points: tuple[DrawnPoint, ...] | None) -> None:
        """Show drawn points in place of the data set's until they are one; None shows the data set's."""
        self._pending = points
        self.update()

    def point_at(self, x: float, y: float) -> tuple[float, ...]:
        """Return the row (columns) at a place of the plane; other columns are at their mean, as in the picture."""
        point = self._document.dataset.column_means.copy()
        point[self.plane.columns[1]] = y
        point[self.plane.columns[0]] = x
        return tuple(map(float, point))

    def table(self) -> Table:
        """One row per place of the grid, from its upper left corner: the two features in their units, the outputs."""
        dataset, columns = self._document.dataset, self.plane.columns
        names = tuple(column_label(dataset, column) for column in columns)
        grid = self._grid
        if grid is None or self.reading is None or grid.columns != columns:
            return Table(names, [])
        height, width = grid.outputs.shape[1:]
        across = [in_units(dataset, columns[0], x) for x in np.linspace(grid.low[0], grid.high[0], width).tolist()]
        up = [in_units(dataset, columns[1], y) for y in np.linspace(grid.high[1], grid.low[1], height).tolist()]
        places = np.stack([np.tile(across, height), np.repeat(up, width)])
        rows = np.concatenate([places, grid.outputs.reshape(len(grid.outputs), -1)]).T
        outputs = dataset.classes if len(grid.outputs) > 1 else (self.tr("output"),)
        return Table((*names, *outputs), rows.tolist())

    def _new_data(self) -> None:
        self._picked = self._under = None
        self._redraw()

    def _redraw(self) -> None:
        grid, reading = self._grid, self.reading
        self._image = None
        if grid is not None and reading is not None and len(grid.outputs) == reading.outputs:
            self._image = decision_image(grid, reading, discrete=self._discrete)
        self.update()

    # Painting -----------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(300, 280)

    def paint(self, painter: QPainter) -> None:
        box = QRectF(self.rect())
        path = QPainterPath()
        path.addRoundedRect(box, RADIUS, RADIUS)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillPath(path, theme.colour("neutral"))
        painter.setClipPath(path)
        if self._image is not None:
            painter.drawImage(box, self._image, QRectF(self._image.rect()))
        if self._pending is not None:
            self._paint_pending(painter)
        else:
            dataset = self._document.dataset
            sets = ((self._show_train, dataset.train), (self._show_test, dataset.test))
            shown = tuple(rows for wanted, rows in sets if wanted)
            picture = self._layer.refresh(dataset, shown, self.plane, self.size(), self.devicePixelRatioF())
            painter.drawPixmap(0, 0, picture)
            for row in {self._under, self._picked}:
                if row is not None and row < len(self._document.dataset.y):
                    self._paint_ring(painter, row)
        self._paint_axes(painter, box)
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("border"), 1.0))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)

    def _paint_pending(self, painter: QPainter) -> None:
        points = self._pending or ()
        places = to_pixels(np.array([(p.x1, p.x2) for p in points]).reshape(-1, 2), self.plane, self.size())
        radius = dot_radius(len(points))
        for place, point in zip(places, points, strict=True):
            paint_dot(painter, QPointF(*place), radius, theme.class_colour(int(point.label)), "surface", test=False)

    def _paint_ring(self, painter: QPainter, row: int) -> None:
        dataset = self._document.dataset
        place = to_pixels(dataset.x[[row]][:, list(self.plane.columns)], self.plane, self.size())[0]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("surface"), 4.0))
        painter.drawEllipse(QPointF(*place), 7.5, 7.5)
        painter.setPen(QPen(theme.colour("text"), 2.0))
        painter.drawEllipse(QPointF(*place), 7.5, 7.5)

    def _paint_axes(self, painter: QPainter, box: QRectF) -> None:
        """The columns' names at the ends of their axes, for data whose axes are not simply x₁ and x₂."""
        dataset = self._document.dataset
        if dataset.view is not None:
            return
        set_pixels(painter, 11)
        metrics = painter.fontMetrics()
        elide = Qt.TextElideMode.ElideRight
        across = metrics.elidedText(column_label(dataset, self.plane.columns[0]), elide, int(box.width()) - _CORNER)
        up = metrics.elidedText(column_label(dataset, self.plane.columns[1]), elide, int(box.height()) - _CORNER)
        self._paint_plate(painter, across, box.right() - metrics.horizontalAdvance(across) - 14, box.bottom() - 20)
        painter.translate(box.left() + 4, box.top() + metrics.horizontalAdvance(up) + 14)
        painter.rotate(-90)
        self._paint_plate(painter, up, 0, 0)
        painter.resetTransform()

    @staticmethod
    def _paint_plate(painter: QPainter, text: str, x: float, y: float) -> None:
        plate = QRectF(x, y, painter.fontMetrics().horizontalAdvance(text) + 10, 16)
        ground = theme.colour("surface")
        ground.setAlphaF(0.8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(plate, 4, 4)
        painter.setPen(theme.colour("text"))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)

    # Mouse --------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._drawing and event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            self._erasing = event.button() == Qt.MouseButton.RightButton
            self._stroke(event)
        elif event.button() == Qt.MouseButton.LeftButton:
            row = self._layer.row_near(event.position(), REACH)
            if row is not None:
                self.set_picked(row)
                self.sample_picked.emit(row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._drawing or event.button() != Qt.MouseButton.LeftButton:
            self.mousePressEvent(event)
        elif (row := self._layer.row_near(event.position(), REACH)) is not None:
            self.sample_opened.emit(row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._erasing is not None:
            self._stroke(event)
        elif not self._drawing:
            under = self._layer.row_near(event.position(), REACH)
            if under != self._under:
                self._under = under
                self.setCursor(Qt.CursorShape.ArrowCursor if under is None else Qt.CursorShape.PointingHandCursor)
                self.update()
        self.hovered.emit(*to_plane(event.position(), self.plane, self.size()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._erasing is not None:
            self._erasing = None
            self.stroke_ended.emit()

    def leaveEvent(self, event: QEvent) -> None:
        self._under = None
        self.hovered.emit(float("nan"), float("nan"))
        self.update()

    def _stroke(self, event: QMouseEvent) -> None:
        x, y = to_plane(event.position(), self.plane, self.size())
        self.stroked.emit(x, y, bool(self._erasing))
