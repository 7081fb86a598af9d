"""Marks of units in trouble: the picture that is kept is the one that painting them anew gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter

from app.builder.canvas.badges import unit_mark_groups, unit_marks
from app.builder.canvas.geometry import TileGrid
from app.kit import theme
from app.kit.drawing.marks import Group, paint_marks
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


class Frames:
    """Draws frame after frame, as the canvas does."""

    groups: Sequence[Group] = ()

    def image(self, camera: Camera, marks=MARKS) -> QImage:
        shapes = {"dense-1": SimpleNamespace(tiles=TILES)}
        for _ in range(2):  # a picture is kept from the second painting on
            self.groups = unit_mark_groups({"dense-1": marks}, shapes, camera, 1.0, self.groups)
            image = painted(lambda painter: paint_marks(painter, self.groups))
        return image


def anew(camera: Camera, marks=MARKS) -> QImage:
    def paint(painter: QPainter) -> None:
        place = camera.snapped(QPointF(TILES.left, TILES.top), 1.0)  # whole pixels, as the tiles themselves
        painter.translate(place)
        painter.scale(camera.scale, camera.scale)
        paint_marks(painter, unit_marks(replace(TILES, left=0.0, top=0.0), marks))

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
    assert furthest(Frames().image(camera), anew(camera)) <= ROUNDING


def test_whatever_changes_is_seen_at_once() -> None:
    frames, camera = Frames(), seen_from(1.0, 0.0, 0.0)
    before = frames.image(camera)
    camera.zoom(1.4, QPointF(10.0, 10.0))
    assert furthest(frames.image(camera), anew(camera)) <= ROUNDING
    camera.pan(QPointF(5.3, 0.0))
    assert furthest(frames.image(camera), anew(camera)) <= ROUNDING
    fewer = {1: (Trouble.SATURATED, "warning")}
    assert furthest(frames.image(camera, fewer), anew(camera, fewer)) <= ROUNDING
    theme.set_theme("dark")
    assert furthest(frames.image(camera, fewer), anew(camera, fewer)) <= ROUNDING
    assert furthest(before, anew(camera)) > ROUNDING


def test_a_picture_is_painted_again_only_where_something_changed() -> None:
    frames, camera = Frames(), seen_from(1.0, 0.0, 0.0)
    frames.image(camera)
    picture = frames.groups[0].__dict__["_picture"]
    assert picture[1] is not None
    camera.pan(QPointF(7.0, 3.0))
    frames.image(camera)
    assert frames.groups[0].__dict__["_picture"] is picture
    camera.zoom(1.2, QPointF(0.0, 0.0))
    frames.image(camera)
    assert frames.groups[0].__dict__["_picture"] is not picture
