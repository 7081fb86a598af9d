"""What the decision view's colours mean: a scale for one value, named dots for classes."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QLinearGradient, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kit import theme
from app.kit.listing import listed
from app.kit.numbers import grouped
from app.kit.widgets.painted import Painted, draw_elided, set_pixels
from app.kit.words import plain_tip
from app.workspaces.playground.panels.decision_image import map_colour
from app.workspaces.playground.panels.readings import Reading

HEIGHT = 18
LINES, LINE = 3, 17
"""So many classes stand below one another, so that their names can be read; more of them take further columns."""
MOST_COLUMNS = 2


class Legend(Painted):
    """A line for a scale, a few lines for classes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading: Reading | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Colour scale"))
        self.setToolTip(self.tr("Orange is the lower end of the output, blue the upper; pale is undecided"))

    def set_reading(self, reading: Reading | None) -> None:
        """Explain other colours."""
        self._reading = reading
        self.setFixedHeight(self.sizeHint().height())
        if reading is not None and not reading.signed:
            self.setToolTip(
                plain_tip(
                    self.tr("The colour is the class, its strength how far it is ahead of the second")
                    + "\n"
                    + listed(reading.dataset.classes)
                )
            )
        self.update()

    def sizeHint(self) -> QSize:
        reading = self._reading
        if reading is None or reading.signed:
            return QSize(120, HEIGHT)
        return QSize(120, LINE * min(len(reading.dataset.classes), LINES))

    def paint(self, painter: QPainter) -> None:
        if self._reading is None:
            return
        set_pixels(painter, 11)
        if self._reading.signed:
            self._paint_scale(painter, self._reading)
        else:
            self._paint_classes(painter, self._reading.dataset.classes)

    def _paint_scale(self, painter: QPainter, reading: Reading) -> None:
        low, _, high = reading.ends
        metrics = painter.fontMetrics()
        left, right = metrics.horizontalAdvance(low) + 6, metrics.horizontalAdvance(high) + 6
        bar = QRectF(left, HEIGHT / 2 - 3, max(self.width() - left - right, 10), 6)
        gradient = QLinearGradient(bar.topLeft(), bar.topRight())
        for share in (-1.0, -0.5, 0.0, 0.5, 1.0):
            gradient.setColorAt((share + 1) / 2, map_colour(share))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(gradient)
        painter.drawRoundedRect(bar, 3, 3)
        painter.setPen(theme.colour("text_muted"))
        box = QRectF(0, 0, self.width(), HEIGHT)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, low)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, high)

    def _paint_classes(self, painter: QPainter, classes: tuple[str, ...]) -> None:
        """Below one another, in as many columns as they need; what does not fit is in the tooltip."""
        columns = min(-(-len(classes) // LINES), MOST_COLUMNS)
        width = self.width() / columns
        for index, name in enumerate(classes[: columns * LINES]):
            column, line = divmod(index, LINES)
            left, middle = column * width, (line + 0.5) * LINE
            more = index == columns * LINES - 1 and len(classes) > columns * LINES
            if not more:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.class_colour(index))
                painter.drawEllipse(QPointF(left + 4, middle), 4, 4)
            painter.setPen(theme.colour("text_muted"))
            text = f"+ {grouped(len(classes) - index)}" if more else name
            box = QRectF(left + 12, line * LINE, width - 14, LINE)
            draw_elided(painter, box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
