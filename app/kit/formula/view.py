"""A formula in the window: its parts can be pointed at, walked by keys, clicked and lit."""

from __future__ import annotations

from collections.abc import Collection, Hashable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kit import theme
from app.kit.announce import announce
from app.kit.formula.boxes import Box, LaidOut, Row, lay_out
from app.kit.widgets.painted import KeyFocus, Painted

MARGIN = 4.0
"""What is kept free round a formula, in pixels, for the ground of a lit part."""


class FormulaView(KeyFocus, Painted):
    """One formula; where there is too little room for it, it shrinks, and nothing is cut.

    ``hovered(key)``: the innermost part under the pointer or at the keyboard's place, None where there is none.
    ``clicked(key)``: by the mouse, Return or Space. With ``walkable`` the keyboard walks from part to part.
    """

    hovered = Signal(object)
    clicked = Signal(object)

    def __init__(
        self,
        box: Box | None = None,
        size_px: float = 18.0,
        parent: QWidget | None = None,
        *,
        alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        colour: str = "text",
        walkable: bool = False,
    ) -> None:
        super().__init__(parent)
        self._size, self._alignment, self._colour = size_px, alignment, colour
        self._box: Box = Row(())
        self._laid = lay_out(self._box, size_px)
        self._lit: frozenset[Hashable] = frozenset()
        self._under: Hashable | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self._walkable = walkable
        if box is not None:
            self.set_box(box)

    # What is shown ------------------------------------------------------------------------------------------------

    @property
    def laid_out(self) -> LaidOut:
        """The formula in its full size."""
        return self._laid

    def set_box(self, box: Box, laid: LaidOut | None = None) -> None:
        """Show another formula. What is lit stays lit where the keys are still there. ``laid``: the same laid out in
        this view's size, by whoever had to know how large it is."""
        if box is self._box:
            return
        before, self._box = self._laid, box
        self._laid = laid if laid is not None else lay_out(box, self._size)
        if self._laid.plain != before.plain:
            self.setAccessibleName(self._laid.plain.strip())
        if self._walkable:  # the keyboard has no business where there is nothing to walk through
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus if self._laid.keyed else Qt.FocusPolicy.NoFocus)
        if (self._laid.width, self._laid.height) != (before.width, before.height):
            self.updateGeometry()
        if self._under is not None and not self._laid.boxes_of(self._under):
            self._point_at(None)
        self.update()

    def set_size(self, size_px: float) -> None:
        """Show it in another size, the height of an em in pixels."""
        if size_px != self._size:
            self._size = size_px
            self._laid = lay_out(self._box, size_px)
            self.updateGeometry()
            self.update()

    def light(self, keys: Collection[Hashable]) -> None:
        """Give the parts of these keys a soft ground, and take it from all others."""
        lit = frozenset(keys)
        if lit != self._lit:
            changed = lit ^ self._lit
            self._lit = lit
            reach = 2.0 + 0.2 * self._size
            for key in changed:
                for box in self.boxes_of(key):
                    self.update(box.adjusted(-reach, -reach, reach, reach).toAlignedRect())

    @property
    def lit(self) -> frozenset[Hashable]:
        """The keys whose parts are lit."""
        return self._lit

    # Places -------------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        laid = self._laid
        height = max(laid.height, self._size) + 2 * MARGIN
        return QSize(round(laid.width + 2 * MARGIN + 0.5), round(height + 0.5))

    def minimumSizeHint(self) -> QSize:
        return QSize(24, self.sizeHint().height())

    def _place(self) -> tuple[float, float, float]:
        """(x, baseline, scale) of the formula in the widget."""
        laid, room = self._laid, QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        wide = room.width() / laid.width if laid.width > 0 else 1.0
        high = room.height() / laid.height if laid.height > 0 else 1.0
        scale = max(1e-3, min(1.0, wide, high))
        spare = room.width() - scale * laid.width
        left, centre = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter
        share = 0.0 if self._alignment & left else 0.5 if self._alignment & centre else 1.0
        baseline = room.center().y() + scale * (laid.ascent - laid.descent) / 2
        return room.left() + share * spare, baseline, scale

    def boxes_of(self, key: Hashable) -> list[QRectF]:
        """Where the parts of a key are in the widget, so that a drawing can lead a line to them."""
        x, baseline, scale = self._place()
        return [
            QRectF(x + scale * box.x(), baseline + scale * box.y(), scale * box.width(), scale * box.height())
            for box in self._laid.boxes_of(key)
        ]

    def key_at(self, point: QPointF) -> Hashable | None:
        """The key of the innermost part at a point of the widget."""
        x, baseline, scale = self._place()
        return self._laid.key_at(QPointF((point.x() - x) / scale, (point.y() - baseline) / scale))

    def paint(self, painter: QPainter) -> None:
        x, baseline, scale = self._place()
        painter.translate(x, baseline)
        painter.scale(scale, scale)
        self._laid.paint(painter, 0.0, 0.0, self._lit, self._colour)
        if self.focused_by_key and self._under is not None:
            painter.setPen(QPen(theme.colour("accent"), 1.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for box in self._laid.boxes_of(self._under):
                painter.drawRoundedRect(box.adjusted(-3, -2, 3, 2), 3, 3)

    # Hands --------------------------------------------------------------------------------------------------------

    def _point_at(self, key: Hashable | None) -> None:
        if key != self._under:
            self._under = key
            self.setCursor(self.cursor_for(key))
            self.hovered.emit(key)
            self.update()

    @property
    def pointed(self) -> Hashable | None:
        """The key that the pointer or the keyboard is at."""
        return self._under

    def cursor_for(self, key: Hashable | None) -> Qt.CursorShape:
        """What the pointer looks like over a part."""
        return Qt.CursorShape.ArrowCursor if key is None else Qt.CursorShape.PointingHandCursor

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self.key_at(event.position()))
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        key = self.key_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and key is not None:
            self.clicked.emit(key)
        else:
            super().mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None)
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._point_at(None)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right walk through the parts, Return and Space click the one they have come to."""
        step = {Qt.Key.Key_Right.value: 1, Qt.Key.Key_Left.value: -1}.get(event.key())
        if step is not None and self._laid.keyed:
            self._walk(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._under is not None:
            self.clicked.emit(self._under)
        else:
            super().keyPressEvent(event)

    def _walk(self, step: int) -> None:
        keys = list(dict.fromkeys(part.key for part in self._laid.keyed))
        here = keys.index(self._under) if self._under in keys else (-1 if step > 0 else 0)
        key = keys[(here + step) % len(keys)]
        self._point_at(key)
        announce(self, next(part.plain.strip() for part in self._laid.keyed if part.key == key))
