"""A titled part of a column that folds away when its heading is clicked."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.capitals import in_capitals
from app.kit.icons import pixmap
from app.kit.widgets.painted import PaintedButton, draw_elided, set_pixels


class SectionHeading(PaintedButton):
    """The title in small capitals' stead, a hint at the right end, and a chevron while folded or hovered."""

    antialiased = False

    def __init__(self, title: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = hint
        self.setText(title)
        self.setCheckable(True)
        self.setChecked(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(self.tr("Fold or unfold this section"))
        self.setAccessibleName(title)

    def set_hint(self, hint: str) -> None:
        """Say something else at the right end."""
        if hint != self._hint:
            self._hint = hint
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(80, 20)

    def paint(self, painter: QPainter) -> None:
        set_pixels(painter, 11, QFont.Weight.DemiBold)
        painter.setPen(theme.colour("text" if self.hasFocus() else "text_muted"))
        title = in_capitals(self.text())
        width = painter.fontMetrics().horizontalAdvance(title)
        box = QRectF(self.rect())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, title)
        right = box.adjusted(width + 8, 0, 0, 0)
        chevron = f"chevron-{theme.current().name}"
        if self.underMouse() or not self.isChecked() or self.hasFocus():
            painter.translate(box.right() - 6, box.center().y())
            painter.rotate(0 if self.isChecked() else -90)
            painter.drawPixmap(-6, -6, pixmap(chevron, 12, ratio=self.devicePixelRatioF()))
            painter.resetTransform()
            right.adjust(0, 0, -18, 0)
        set_pixels(painter, 11, QFont.Weight.Normal)
        painter.setPen(theme.colour("text_muted"))
        draw_elided(painter, right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._hint)


class Section(QWidget):
    """A heading over its content."""

    folded = Signal(bool)

    def __init__(self, title: str, content: QWidget, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = SectionHeading(title, hint, self)
        self.content = content
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(self.heading)
        rows.addWidget(content)
        self.heading.toggled.connect(self._fold)

    def _fold(self, shown: bool) -> None:
        self.content.setVisible(shown)
        self.folded.emit(not shown)
