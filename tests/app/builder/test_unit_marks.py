"""Marks of units in trouble: the picture that is kept is the one that painting them anew gives."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter

from app.builder.canvas.badges import MarkLayer, paint_marks
from app.builder.canvas.geometry import TileGrid
from app.kit import theme
from app.kit.scene.viewport import Camera
from engine.training.verdicts import Trouble

TILES = TileGrid(units=4, columns=2, rows=2, size=38.0, pitch=45.0, left=20.0, top=30.0)
ROUNDING = 8
"""Of 255: antialiasing rounds places to parts of a pixel."""
MARKS = {0: (Trouble.DEAD, "danger"), 1: (Trouble.SATURATED, "warning"), 3: (Trouble.OVERGROWN, "danger")}


@pytest.fixture(autouse=True)
def _light(qapp):
    theme.set_theme("light")
    yield
    theme.set_theme("light")


def seen_from(scale: float, x: float, y: float) -> Camera:
    camera = Camera()
    camera.scale, camera.offset = scale, QPointF(x, y)
    return camera


def kept(layer: MarkLayer, camera: Camera, marks=MARKS) -> QImage:
    return painted(lambda painter: layer.paint(painter, TILES, marks, camera, 1.0))


def anew(camera: Camera, marks=MARKS) -> QImage:
    def paint(painter: QPainter) -> None:
        painter.setTransform(camera.transform)
        paint_marks(painter, TILES, marks)

    return painted(paint)


def painted(paint) -> QImage:
    image = QImage(240, 240, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(painter)
    painter.end()
    return image


def furthest(one: QImage, other: QImage) -> int:
    """The largest difference of a channel."""
    first, second = (bytes(image.constBits()) for image in (one, other))
    return max(abs(a - b) for a, b in zip(first, second, strict=True))


@pytest.mark.parametrize(("scale", "x", "y"), [(1.0, 0.0, 0.0), (0.7, 3.4, 8.9), (1.3, 12.25, -6.5)])
def test_the_kept_picture_is_what_painting_anew_gives(scale: float, x: float, y: float) -> None:
    camera = seen_from(scale, x, y)
    assert furthest(kept(MarkLayer(), camera), anew(camera)) <= ROUNDING


def test_whatever_changes_is_seen_at_once() -> None:
    layer, camera = MarkLayer(), seen_from(1.0, 0.0, 0.0)
    before = kept(layer, camera)
    camera.zoom(1.4, QPointF(10.0, 10.0))
    assert furthest(kept(layer, camera), anew(camera)) <= ROUNDING
    camera.pan(QPointF(5.3, 0.0))
    assert furthest(kept(layer, camera), anew(camera)) <= ROUNDING
    fewer = {1: (Trouble.SATURATED, "warning")}
    assert furthest(kept(layer, camera, fewer), anew(camera, fewer)) <= ROUNDING
    theme.set_theme("dark")
    assert furthest(kept(layer, camera, fewer), anew(camera, fewer)) <= ROUNDING
    assert furthest(before, anew(camera)) > ROUNDING
