"""A drawing in parts: what is told to be painted again holds all that looks other, and no more is painted there."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QImage, QPainter, QRegion

from app.kit.widgets.changed_parts import PaintedPart, changed_region, paint_parts


def part(left: float, by: object, painted: list[float]) -> PaintedPart:
    return PaintedPart(QRectF(left, 0.0, 10.0, 10.0), by, lambda _painter: painted.append(left))


def test_only_where_a_part_goes_by_something_else_or_was_elsewhere_is_it_painted_again() -> None:
    painted: list[float] = []
    before = [part(0.0, 1, painted), part(20.0, 1, painted), part(40.0, 1, painted)]
    assert changed_region(before, list(before)) == QRegion()
    other = changed_region(before, [before[0], part(20.0, 2, painted), before[2]])
    assert other == QRegion(QRect(20, 0, 10, 10))
    moved = changed_region(before, [part(60.0, 1, painted), *before[1:]])
    assert moved is not None and moved.contains(QPoint(5, 5)) and moved.contains(QPoint(65, 5))
    assert not moved.contains(QPoint(25, 5))


def test_of_another_number_of_parts_nothing_is_known() -> None:
    painted: list[float] = []
    assert changed_region([], [part(0.0, 1, painted)]) is None


def test_parts_are_painted_in_their_order_where_they_reach_into_what_is_exposed(qapp: object) -> None:
    painted: list[float] = []
    parts = [part(left, 1, painted) for left in (40.0, 0.0, 20.0)]
    image = QImage(64, 16, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    try:
        paint_parts(painter, parts, QRegion(QRect(5, 0, 20, 10)))
        assert painted == [0.0, 20.0]
        painted.clear()
        paint_parts(painter, parts)
        assert painted == [40.0, 0.0, 20.0]
    finally:
        painter.end()
