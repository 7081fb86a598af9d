"""The whole of the network in a corner, with the part in view to drag about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, QSizeF, Qt, Slot
from PySide6.QtWidgets import QWidget

from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Mark, Rect, Rectangle, rect_of
from app.kit.drawing.view import DrawingView
from app.kit.scene.viewport import Viewport

SIZE = QSize(112, 64)
MARGIN = 8.0
HAND = Qt.CursorShape.PointingHandCursor


@dataclass(frozen=True, slots=True)
class MinimapData:
    """Bars, each with whether it is chosen, and the part in view, in pixels of the map."""

    bars: tuple[tuple[Rect, bool], ...] = ()
    view: Rect = (0.0, 0.0, 0.0, 0.0)


def draw_minimap(data: MinimapData, frame: Frame) -> Drawing:
    """Draw the bars, and the part in view as a frame; both it and the ground can be dragged."""
    ground = QRectF(0.0, 0.0, frame.width, frame.height)
    box, room = rect_of(ground.adjusted(0.5, 0.5, -0.5, -0.5)), ground.adjusted(2, 2, -2, -2)
    ground_tip = _tr("The whole network. Click to look there")
    view_tip = _tr("The part in view. Drag to look elsewhere")
    marks: list[Mark] = [
        Rectangle(box, "surface 94%", "border", 1.0, 9.0, key="ground", tip=ground_tip, drag=True, cursor=HAND)
    ]
    for (left, top, width, height), chosen in data.bars:
        grow = max(0.0, 3.0 - width) / 2
        bar = left - grow, top - grow, width + 2 * grow, height + 2 * grow
        marks.append(Rectangle(bar, "accent" if chosen else "accent 60%", corner=1.5))
    view = rect_of(QRectF(*data.view).intersected(room))
    marks.append(Rectangle(view, "accent 6%", "accent 70%", 1.2, 3.0, key="view", tip=view_tip, drag=True, cursor=HAND))
    return Drawing(tuple(marks))


def _tr(text: str) -> str:
    return QCoreApplication.translate("MiniMap", text)


class MiniMap(DrawingView):
    """Click or drag to look elsewhere through the viewport. ``bars()``: where things lie, in scene units,
    and whether they are chosen."""

    def __init__(self, viewport: Viewport, bars: Callable[[], Iterable[tuple[QRectF, bool]]], parent: QWidget) -> None:
        self._viewport, self._bars = viewport, bars
        self._held: QRectF | None = None
        self._place = QPointF()
        super().__init__(draw_minimap, MinimapData(), hint=SIZE, least=SIZE, parent=parent)
        self.setAccessibleName(self.tr("Mini-map"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedSize(SIZE)
        self.chosen.connect(self._look)
        self.grabbed.connect(self._hold)
        self.dragged.connect(self._drag)
        self.settled.connect(self._let_go)

    @Slot()
    def follow(self) -> None:
        """Show the picture and the part in view as they are."""
        bars = tuple((rect_of(self._to_map(rect)), chosen) for rect, chosen in self._bars())
        self.set_data(MinimapData(bars, rect_of(self._to_map(self._viewport.visible))))

    def _shown(self) -> QRectF:
        """Return what the map shows: the picture and the part in view; during a drag what it showed at its start."""
        return self._held or self._viewport.bounds.united(self._viewport.visible)

    def _scale(self) -> float:
        shown = self._shown()
        room = QSizeF(self.width() - 2 * MARGIN, self.height() - 2 * MARGIN)
        return min(room.width() / max(shown.width(), 1.0), room.height() / max(shown.height(), 1.0))

    def _to_map(self, rect: QRectF) -> QRectF:
        scale = self._scale()
        corner = (rect.topLeft() - self._shown().center()) * scale + QRectF(self.rect()).center()
        return QRectF(corner, rect.size() * scale)

    @Slot(object)
    def _look(self, key: object) -> None:
        """Look where the ground was clicked."""
        if key == "ground" and self.pointer is not None:
            middle = QRectF(self.rect()).center()
            self._viewport.centre_on((self.pointer - middle) / self._scale() + self._shown().center())

    @Slot(object)
    def _hold(self, key: str) -> None:
        part = self.drawing.part(key)
        if part is not None:
            self._held, self._place = self._shown(), QRectF(*part.rect).center()

    @Slot(object, QPointF)
    def _drag(self, _key: str, place: QPointF) -> None:
        """Drag the part in view."""
        by, self._place = self._place - place, place
        self._viewport.pan(by / self._scale() * self._viewport.camera.scale)

    @Slot(object)
    def _let_go(self, _key: str) -> None:
        """Show all again."""
        self._held = None
        self.follow()
