"""A drawing in parts: where a number is dragged, only what looks other than before is painted again."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QRegion


@dataclass(frozen=True, slots=True)
class PaintedPart:
    """All that ``paint`` does lies in ``box``, and goes by nothing but ``goes_by`` and what paints the whole anew."""

    box: QRectF
    goes_by: Hashable
    paint: Callable[[QPainter], None]


def changed_region(before: Sequence[PaintedPart], now: Sequence[PaintedPart]) -> QRegion | None:
    """Where two states of the same parts look different, in pixels of the widget; None where the parts are others."""
    if len(before) != len(now):
        return None
    region = QRegion()
    for was, is_now in zip(before, now, strict=True):
        if was.goes_by != is_now.goes_by or was.box != is_now.box:
            region += QRegion(was.box.toAlignedRect())
            region += QRegion(is_now.box.toAlignedRect())
    return region


def paint_parts(painter: QPainter, parts: Sequence[PaintedPart], exposed: QRegion | None = None) -> None:
    """Paint parts from the back to the front: all of them, or those that reach into what is ``exposed``."""
    for part in parts:
        if exposed is None or exposed.intersects(part.box.toAlignedRect()):
            part.paint(painter)
