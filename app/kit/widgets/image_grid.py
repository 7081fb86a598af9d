"""Small images in a grid: with a caption each, to be clicked, or gone through by the keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QHelpEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.kit import theme
from app.kit.colourmap import ink_image
from app.kit.widgets.painted import KeyFocus, Painted, set_pixels
from app.kit.words import plain_tip

CAPTION_HEIGHT = 16


@dataclass(frozen=True, slots=True)
class ImageItem:
    """One image: ``pixels`` (height, width) of 0 … 1. ``caption`` and, in the colour of errors, ``wrong`` go below it;
    ``words`` say it to those who point at it or hear it."""

    row: int
    pixels: NDArray[np.float64] = field(repr=False, compare=False)
    caption: str = ""
    wrong: str = ""
    words: str = ""


class ImageGrid(KeyFocus, Painted):
    """``picked(row)``: an image was clicked, or Enter was pressed on it. As many columns as fit, ``lines`` lines."""

    picked = Signal(int)

    def __init__(
        self, side: int, *, lines: int = 0, captions: bool = True, gap: int = 6, parent: QWidget | None = None
    ) -> None:
        """``side`` of an image in pixels; ``lines``: as many at most, 0 for as many as there is height for."""
        super().__init__(parent)
        self._side, self._lines, self._gap = side, lines, gap
        self._foot = CAPTION_HEIGHT if captions else 0
        self._items: tuple[ImageItem, ...] = ()
        self._images: list[QImage] = []
        self._inked = ""
        self._current = 0
        self._chosen: int | None = None
        self._under: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(
            QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed if lines else QSizePolicy.Policy.Expanding
        )
        self.setMinimumSize(side, side + self._foot)

    # What is shown ------------------------------------------------------------------------------------------------

    @property
    def items(self) -> tuple[ImageItem, ...]:
        """All images, those that do not fit too."""
        return self._items

    @property
    def shown(self) -> int:
        """How many images fit, of those there are."""
        return min(len(self._items), self.columns * self.lines)

    @property
    def columns(self) -> int:
        """How many images stand side by side."""
        return max(1, (self.width() + self._gap) // (self._side + self._gap))

    @property
    def lines(self) -> int:
        """How many lines of images there is room for."""
        return self._lines or max(1, (self.height() + self._gap) // (self._side + self._foot + self._gap))

    def set_items(self, items: Sequence[ImageItem]) -> None:
        """Show other images."""
        if tuple(items) != self._items or any(
            not np.array_equal(one.pixels, other.pixels) for one, other in zip(items, self._items, strict=True)
        ):
            self._items, self._images = tuple(items), []
            self._current, self._under = min(self._current, max(len(items) - 1, 0)), None
            self._describe()
            self.update()

    def sizeHint(self) -> QSize:
        lines = self._lines or 2
        return QSize(5 * (self._side + self._gap), lines * (self._side + self._foot + self._gap) - self._gap)

    # Painting -----------------------------------------------------------------------------------------------------

    def box_of(self, index: int) -> QRectF:
        """Where an image lies, in pixels."""
        line, column = divmod(index, self.columns)
        across = self.columns * (self._side + self._gap) - self._gap
        spread = (self.width() - across) / max(self.columns - 1, 1) if self.columns > 1 and self._lines else 0.0
        spread = min(spread, 0.5 * self._gap)
        x = column * (self._side + self._gap + spread)
        return QRectF(x, line * (self._side + self._foot + self._gap), self._side, self._side)

    def paint(self, painter: QPainter) -> None:
        if not self._images or self._inked != theme.current().name:
            self._images, self._inked = [ink_image(item.pixels) for item in self._items], theme.current().name
        set_pixels(painter, 11)
        for index in range(self.shown):
            self._paint_item(painter, index)

    def _paint_item(self, painter: QPainter, index: int) -> None:
        item, box = self._items[index], self.box_of(index)
        painter.drawImage(box, self._images[index])
        marked = item.row == self._chosen or (self.focused_by_key and index == self._current)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(
            QPen(theme.colour("accent" if marked or index == self._under else "border"), 2.0 if marked else 1.0)
        )
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        if self._foot:
            self._paint_caption(painter, item, box)

    def _paint_caption(self, painter: QPainter, item: ImageItem, box: QRectF) -> None:
        metrics = painter.fontMetrics()
        plain, wrong = metrics.horizontalAdvance(item.caption), metrics.horizontalAdvance(item.wrong)
        left = box.center().x() - (plain + wrong) / 2
        foot = QRectF(left, box.bottom() + 1, plain + 2, self._foot)
        painter.setPen(theme.colour("text_muted"))
        painter.drawText(foot, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, item.caption)
        if item.wrong:
            painter.save()
            set_pixels(painter, 11, QFont.Weight.Bold)
            painter.setPen(theme.colour("negative"))
            rest = QRectF(left + plain, foot.top(), wrong + 8, self._foot)
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, item.wrong)
            painter.restore()

    # Hands --------------------------------------------------------------------------------------------------------

    def index_at(self, point: QPointF) -> int | None:
        """The image under a place; None beside them."""
        return next((index for index in range(self.shown) if self.box_of(index).contains(point)), None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        under = self.index_at(event.position())
        if under != self._under:
            self._under = under
            self.setCursor(Qt.CursorShape.ArrowCursor if under is None else Qt.CursorShape.PointingHandCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._under = None
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.index_at(event.position())
        if index is not None and event.button() == Qt.MouseButton.LeftButton:
            self._go_to(index)
            self.picked.emit(self._items[index].row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow keys go from image to image, Enter picks one."""
        steps = {
            Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -self.columns, Qt.Key.Key_Down: self.columns,
        }  # fmt: skip
        key = Qt.Key(event.key())
        if key in steps and self.shown:
            self._go_to(min(max(self._current + steps[key], 0), self.shown - 1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current < self.shown:
            self.picked.emit(self._items[self._current].row)
        else:
            super().keyPressEvent(event)

    def _go_to(self, index: int) -> None:
        self._current = index
        self._describe()
        self.update()

    def _describe(self) -> None:
        current = self._items[self._current] if self._current < len(self._items) else None
        self.setAccessibleDescription(current.words if current is not None else "")

    def event(self, event: QEvent) -> bool:
        """The tooltip tells the image under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.index_at(QPointF(event.pos()))
            words = self._items[index].words if index is not None else ""
            QToolTip.showText(event.globalPos(), plain_tip(words), self)
            return True
        return super().event(event)
