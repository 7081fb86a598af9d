"""What each path brings to a number, as bars."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from app.kit import look, theme
from app.kit.numbers import to_digits
from app.kit.widgets.painted import Painted, draw_shrunk, set_pixels

PATH_ROW, PATH_NAME, PATH_VALUE = 19, 92, 66


class PathBars(Painted):
    """A bar for each path, from the middle: blue to the right, orange to the left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paths: tuple[tuple[str, float], ...] = ()

    def show_paths(self, paths: tuple[tuple[str, float], ...]) -> None:
        """(name, value) of each."""
        self._paths = paths
        self.setFixedHeight(PATH_ROW * len(paths))
        self.setAccessibleDescription(", ".join(f"{name} {to_digits(value, 3)}" for name, value in paths))
        self.update()

    def paint(self, painter: QPainter) -> None:
        set_pixels(painter, 11)
        most = max((abs(value) for _, value in self._paths), default=0.0)
        room = self.width() - PATH_NAME - PATH_VALUE
        middle = PATH_NAME + room / 2
        for row, (name, value) in enumerate(self._paths):
            top = row * PATH_ROW
            painter.setPen(theme.colour("text_muted"))
            draw_shrunk(painter, QRectF(0, top, PATH_NAME - 6, PATH_ROW), Qt.AlignmentFlag.AlignVCenter, name)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.signed(value))
            length = room / 2 * abs(value) / most if most > 0 else 0.0
            left = middle if value >= 0 else middle - length
            painter.drawRoundedRect(QRectF(left, top + 5, max(length, 1.0), PATH_ROW - 10), 2, 2)
            painter.setPen(look.signed_text(value))
            box = QRectF(self.width() - PATH_VALUE, top, PATH_VALUE, PATH_ROW)
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            draw_shrunk(painter, box, right, to_digits(value, 3))
