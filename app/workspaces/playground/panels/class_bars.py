"""A bar for every class, as long as the network finds it likely."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kit import theme
from app.kit.export import Table
from app.kit.numbers import probability
from app.kit.widgets.painted import Painted, draw_elided, set_pixels

LINE = 21
VALUE_WIDTH = 54
STRONG = 0.05
"""From this share on a bar's number is written strongly."""


class ClassBars(Painted):
    """Names, bars and shares, one line a class; the likeliest stands out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._shares: tuple[float, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Probability of every class"))

    @property
    def shares(self) -> tuple[float, ...]:
        """What is shown, 0 … 1 each; empty while there is no answer."""
        return self._shares

    def set_shares(self, names: tuple[str, ...], shares: Sequence[float]) -> None:
        """Show other shares (0 … 1), or only the names."""
        if len(names) != len(self._names):
            self.updateGeometry()
        self._names, self._shares = names, tuple(shares)
        spoken = ", ".join(f"{n}: {probability(s)}" for n, s in zip(names, self._shares, strict=False))
        self.setAccessibleDescription(spoken)
        self.update()

    def table(self) -> Table:
        """One row a class."""
        return Table((self.tr("class"), self.tr("probability")), list(zip(self._names, self._shares, strict=False)))

    def sizeHint(self) -> QSize:
        return QSize(200, LINE * max(len(self._names), 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, LINE * max(len(self._names), 1))

    def paint(self, painter: QPainter) -> None:
        set_pixels(painter, 12)
        best = max(range(len(self._shares)), key=self._shares.__getitem__, default=-1)
        widest = max((painter.fontMetrics().horizontalAdvance(name) for name in self._names), default=0)
        room = min(float(widest) + 10.0, 0.35 * self.width())
        for line, name in enumerate(self._names):
            share = self._shares[line] if self._shares else 0.0
            box = QRectF(0, line * LINE, self.width(), LINE)
            likely = line == best
            set_pixels(painter, 12, QFont.Weight.DemiBold if likely or share >= STRONG else QFont.Weight.Normal)
            painter.setPen(theme.colour("accent" if likely else "text"))
            left = QRectF(0, box.top(), room, LINE)
            draw_elided(painter, left, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
            track = QRectF(room, box.center().y() - 5, self.width() - room - VALUE_WIDTH, 10)
            self._paint_bar(painter, track, share, likely=likely)
            if self._shares:
                value = QRectF(self.width() - VALUE_WIDTH, box.top(), VALUE_WIDTH, LINE)
                painter.setPen(theme.colour("text" if share >= STRONG else "text_muted"))
                flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
                painter.drawText(value, flags, probability(share))

    @staticmethod
    def _paint_bar(painter: QPainter, track: QRectF, share: float, *, likely: bool) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("track"))
        painter.drawRoundedRect(track, 5, 5)
        bar = QRectF(track.left(), track.top(), track.width() * share, track.height())
        if bar.width() >= 0.8:
            painter.setBrush(theme.colour("accent" if likely else "text_muted"))
            radius = min(5.0, bar.width() / 2)
            painter.drawRoundedRect(bar, radius, radius)
