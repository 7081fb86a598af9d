"""A picture of a part of the drawing, kept for as long as nothing that it goes by is another."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QWidget


class Layer:
    """As large as a widget, in the pixels of its screen."""

    def __init__(self, of: QWidget) -> None:
        self._of = of
        self._key: tuple[object, ...] = ()
        self._picture = QPixmap()

    def picture(self, key: tuple[object, ...], paint: Callable[[QPainter], None]) -> QPixmap:
        """The picture, painted anew only where ``key`` (what it goes by) or the widget's size is another. ``paint``
        covers all of it."""
        size, ratio = self._of.size(), self._of.devicePixelRatioF()
        whole = (*key, size.width(), size.height(), ratio)
        if whole != self._key:
            self._key = whole
            self._picture = QPixmap(size * ratio)
            self._picture.setDevicePixelRatio(ratio)
            painter = QPainter(self._picture)
            try:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                paint(painter)
            finally:
                painter.end()
        return self._picture
