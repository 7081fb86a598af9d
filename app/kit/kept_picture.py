"""What is painted again unchanged, kept as a picture: it is painted anew only where what it goes by is another."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Protocol

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QPaintEngine, QPainter, QPixmap

from app.kit import theme

CLEAR = QColor(Qt.GlobalColor.transparent)

Paint = Callable[[QPainter], None]


class Surface(Protocol):
    """What of a widget a picture of it has to know."""

    def size(self) -> QSize: ...
    def font(self) -> QFont: ...
    def devicePixelRatioF(self) -> float: ...


def is_raster(painter: QPainter) -> bool:
    """Whether pixels are painted; a drawing in lines keeps its lines."""
    engine = painter.paintEngine()
    return engine is not None and engine.type() == QPaintEngine.Type.Raster


def look_of(widget: Surface) -> Hashable:
    """What every picture of a widget depends on."""
    size = widget.size()
    return size.width(), size.height(), widget.devicePixelRatioF(), theme.current().name, widget.font().key()


def picture_of(widget: Surface, colour: QColor, paint: Paint) -> QPixmap:
    """What is painted, as large as a widget and in the pixels of its screen, on a colour."""
    ratio = widget.devicePixelRatioF()
    picture = QPixmap(widget.size() * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(colour)
    painter = QPainter(picture)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(widget.font())
        paint(painter)
    finally:
        painter.end()
    return picture


class KeptPicture:
    """The picture of a part of a widget."""

    def __init__(self, of: Surface) -> None:
        self._of = of
        self._kept: tuple[Hashable, QPixmap] | None = None

    def picture(self, key: Hashable, paint: Paint, colour: QColor = CLEAR) -> QPixmap:
        """It, on a colour of the theme; ``key``: what it goes by, besides the widget's own look."""
        whole = (key, look_of(self._of))
        if self._kept is None or self._kept[0] != whole:
            self._kept = (whole, picture_of(self._of, colour, paint))
        return self._kept[1]
