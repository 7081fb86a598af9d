"""How fast the machine is just now: a fixed piece of what a window does, painting and Python, in the thread's own time.

A machine that many share gives the same frame 10 ms and, an hour later, 23. A bar of so many milliseconds says nothing
there, unless the machine's pace is measured beside each frame. What is compared with the bar is therefore the frame's
cost as a multiple of the piece's, times what the piece takes on an undisturbed machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import fmean, median
from time import thread_time

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPen

from checks.bench.measure import Row

PIECE_MS = 1.75
"""What the piece takes where the bars hold, in a window with its own font: a core of a server of 2023, with nothing
beside it."""
WIDTH, HEIGHT = 640, 180
ROWS, CURVES = 6, 2
TRIES = 3


def piece() -> None:
    """The fixed piece of work: a small picture of rounded boxes, numbers and smooth curves, worked out anew."""
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(24, 28, 36))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _boxes(painter)
    _curves(painter)
    painter.end()


def _boxes(painter: QPainter) -> None:
    font = QFont()
    font.setPixelSize(13)
    painter.setFont(font)
    for row in range(ROWS):
        for column in range(4):
            box = QRectF(8.0 + 158.0 * column, 6.0 + 28.0 * row, 146.0, 22.0)
            painter.setPen(QPen(QColor(90, 140, 220), 1.5))
            painter.setBrush(QColor.fromHsv((row * 25 + column * 7) % 360, 90, 60))
            painter.drawRoundedRect(box, 5.0, 5.0)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"w{row}{column} = {(row - column) / 7:.4f}")


def _curves(painter: QPainter) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(240, 160, 60, 160), 2.0))
    for curve in range(CURVES):
        path = QPainterPath(QPointF(0.0, 16.0 * curve))
        points = {step: (step * 7 + curve * 31) % HEIGHT for step in range(1, 9)}
        for step, y in sorted(points.items()):
            x = step * WIDTH / 8.0
            path.cubicTo(QPointF(x - 50.0, float(y)), QPointF(x - 20.0, 200.0), QPointF(x, float(HEIGHT - y)))
        painter.drawPath(path)


def piece_ms() -> float:
    """What the piece takes just now, in milliseconds of the thread's own time: the least of :data:`TRIES`, since what
    was done before it has left other things in the processor's caches."""
    return min(_once_ms() for _ in range(TRIES))


def _once_ms() -> float:
    start = thread_time()
    piece()
    return 1e3 * (thread_time() - start)


def pace_row() -> Row:
    """What the piece takes here and now: how far the figures above it are from this machine's own milliseconds."""
    return Row(f"this machine: the piece that takes {PIECE_MS:g} ms", median(piece_ms() for _ in range(50)), "ms")


@dataclass(slots=True)
class Pace:
    """How slow the machine was while something was measured."""

    found: list[float] = field(default_factory=list)

    @property
    def slowness(self) -> float:
        """How many times as long as on an undisturbed machine the piece took, before and after."""
        return fmean(self.found) / PIECE_MS


@contextmanager
def paced() -> Iterator[Pace]:
    """Measure the piece before what is done within, and after it."""
    pace = Pace([piece_ms()])
    yield pace
    pace.found.append(piece_ms())
