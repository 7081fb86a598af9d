"""Marks as data: what they cover, what is meant by a place, what they say. No window."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath
from PySide6.QtWidgets import QApplication

from app.kit import inks
from app.kit.drawing.columns import Cells, Dots, Lines, Rectangles
from app.kit.drawing.drawing import Drawing
from app.kit.drawing.marks import (
    Disc,
    Formula,
    Group,
    Line,
    Mark,
    NumberInput,
    Path,
    Polyline,
    Rect,
    Rectangle,
    Text,
    call,
    hit,
    text_width,
)
from app.kit.drawing.number import NumberMark
from app.kit.formula.boxes import Keyed as KeyedBox
from app.kit.formula.boxes import Maths, Row
from app.kit.theme import LIGHT

pytestmark = pytest.mark.usefixtures("qapp")


def two_discs(x: float) -> list[Mark]:
    return [Disc(x, 10, 5, "accent", key="left", tip="left one"), Disc(x + 40, 10, 5, "accent", key="right")]


def group(marks: list[Mark], clip: Rect) -> Group:
    return Group(call(tuple, tuple(marks)), clip=clip)


def test_equal_marks_are_equal_and_others_are_not() -> None:
    assert Disc(1, 2, 3, "accent") == Disc(1, 2, 3, "accent") != Disc(1, 2, 3, "text")
    assert call(two_discs, 3.0) == call(two_discs, 3.0) != call(two_discs, 4.0)
    assert len({Line((0, 0), (1, 1)), Line((0, 0), (1, 1))}) == 1


@pytest.mark.parametrize(
    ("mark", "inside", "outside"),
    [
        (Disc(10, 10, 5, "accent", key=1), (13, 13), (14, 14)),
        (Line((0, 0), (100, 100), key=1, reach=3), (52, 49), (55, 45)),
        (Polyline(points=((0, 0), (50, 0), (50, 50)), stroke="text", key=1, reach=2), (51, 30), (20, 20)),
        (Rectangle((10, 10, 20, 20), "accent", key=1), (30, 30), (31, 31)),
        (Rectangle((10, 10, 20, 20), key=1), (11, 29), (9, 20)),
        (Disc(10, 10, 2, "accent", key=1, target=(0, 0, 40, 20)), (39, 19), (41, 10)),
    ],
)
def test_a_mark_is_meant_by_its_shape_its_reach_and_its_target(
    mark: Mark, inside: tuple[float, float], outside: tuple[float, float]
) -> None:
    assert mark.hit(*inside) is not None and mark.hit(*outside) is None


def test_a_filled_path_is_meant_inside_and_a_stroked_one_only_at_its_line() -> None:
    outline = QPainterPath()
    outline.addEllipse(0, 0, 100, 100)
    assert Path(outline, fill="accent", key=1).hit(50, 50) is not None
    assert Path(outline, "accent", key=1, reach=4).hit(50, 50) is None
    assert Path(outline, "accent", key=1, reach=4).hit(50, 2) is not None


def test_the_topmost_mark_is_meant_and_one_without_a_key_never_is() -> None:
    below, above, blind = (
        Rectangle((0, 0, 9, 9), key="below"),
        Rectangle((0, 0, 5, 5), key="above"),
        Text("x", (0, 0, 9, 9)),
    )
    found = hit((below, above, blind), 3, 3)
    assert found is not None and found.key == "above"


def test_the_nearest_dot_is_meant_and_said_when_it_is_asked_for() -> None:
    asked = []

    def tip(index: int) -> str:
        asked.append(index)
        return f"dot {index}"

    dots = Dots(((0, 0), (10, 0), (20, 0)), 2, "accent", keys=("a", "b", "c"), tips=call(tip), reach=6)
    part = dots.hit(12, 3)
    assert part is not None and part.key == "b" and not asked
    assert part.spoken == "dot 1" and asked == [1]
    assert dots.hit(5, 6) is None
    assert [part.key for part in dots.keyed()] == ["a", "b", "c"]


def test_a_column_is_meant_over_its_whole_height() -> None:
    rects = (0.0, 50.0, 10.0, 50.0), (10.0, 90.0, 10.0, 10.0)
    bars = Rectangles(rects, ("accent", "accent"), keys=(1, 2), columns=True)
    assert [bars.hit(x, 3).key for x in (5, 15)] == [1, 2]  # type: ignore[union-attr]
    assert Rectangles((), ()).bounds.isEmpty() and Lines(()).bounds.isEmpty()


def test_between_the_lines_of_a_pattern_is_what_lies_beneath() -> None:
    image = QImage(16, 16, QImage.Format.Format_RGB32)
    image.fill(inks.colour("surface"))
    painter = QPainter(image)
    Rectangles(((0, 0, 16, 16),), ("danger",), pattern=Qt.BrushStyle.BDiagPattern).paint(painter)
    painter.end()
    colours = {image.pixelColor(x, y).name() for x in range(16) for y in range(16)}
    assert colours == {inks.colour("surface").name(), inks.colour("danger").name()}


def test_a_group_is_drawn_once_and_its_parts_stand_where_it_stands() -> None:
    drawn = []

    def draw(x: float) -> list[Mark]:
        drawn.append(x)
        return two_discs(x)

    whole = Group(call(draw, 10.0), shift=(100, 50), scale=2.0)
    assert whole.bounds.getRect() == (110, 60, 100, 20)
    found = whole.hit(122, 72)
    assert found is not None and found.key == "left" and found.rect == (110, 60, 20, 20)
    assert [part.rect[0] for part in whole.keyed()] == [110, 190]
    assert drawn == [10.0]


def frames() -> list[Mark]:
    return [Rectangle((-7.0, 3.0, 40.0, 30.0), "", "text", 1.5, 4.0), Disc(30.0, 20.0, 8.0, "accent")]


@pytest.mark.parametrize("scale", [1.0, 0.7, 1.3, 2.5])
def test_a_cached_group_looks_as_if_it_were_painted_anew(qapp: QApplication, scale: float) -> None:
    images = []
    for cached in (True, False):
        image = QImage(160, 120, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0xFFFFFFFF)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        group = Group(call(frames), cached=cached, shift=(20.0, 9.0), scale=scale)
        group.paint(painter)
        image.fill(0xFFFFFFFF)
        group.paint(painter)  # a pixmap is kept from the second painting on
        painter.end()
        images.append(np.frombuffer(image.constBits(), np.uint8).astype(int))
    assert np.abs(images[0] - images[1]).max() <= 8  # of 255: antialiasing rounds places to parts of a pixel


def test_arrays_are_compared_by_identity_and_a_dot_that_is_nowhere_hides_none() -> None:
    values = np.zeros(3)
    assert call(np.sum, values) == call(np.sum, values) != call(np.sum, values.copy())
    dots = Dots(((math.nan, 0), (10, 0)), 3, "accent", keys=("nowhere", "there"))
    found = dots.hit(10, 1)
    assert found is not None and found.key == "there"


def test_what_a_group_clips_is_not_meant() -> None:
    assert [part.key for part in group(two_discs(10), clip=(0, 0, 30, 30)).keyed()] == ["left"]
    assert group(two_discs(10), clip=(0, 0, 30, 30)).hit(10, 10) is not None
    assert group(two_discs(10), clip=(0, 0, 30, 30)).hit(50, 10) is None
    assert group(two_discs(10), clip=(0, 0, 30, 30)).bounds.right() <= 30


def test_a_number_says_its_name_and_its_value_but_not_while_it_is_hidden() -> None:
    number = NumberMark("0.33", (0, 0, 60, 20), value=0.3251, key="w", tip="weight 1", input=NumberInput(0.01))
    (part,) = number.keyed()
    assert part.spoken == "weight 1: 0.33" and part.value == 0.3251 and "type" in part.full_tip
    hidden = NumberMark("0.33", (0, 0, 60, 20), value=0.3251, key="w", tip="weight 1", input=NumberInput(), hidden=True)
    (part,) = hidden.keyed()
    assert hidden.printed == "?" and part.input is None and part.value is None
    assert part.spoken == "weight 1: hidden until you predict it"


@pytest.mark.parametrize(("align", "left"), [("left middle", 0), ("right middle", 100), ("centre", 50)])
def test_the_place_of_a_line_is_that_of_its_letters(align: str, left: float) -> None:
    width = text_width("0.33", 12.0)
    x, _, wide, _ = Text("0.33", (0, 0, 100 + width, 20), align=align).ink_rect
    assert wide == width and x == pytest.approx(left)


def test_parts_of_a_formula_are_meant_and_said() -> None:
    boxes = Row((KeyedBox("w", Maths("w")), Maths("+"), KeyedBox("b", Maths("b"))))
    line = Formula(boxes, 20, 40, 20.0)
    first, last = line.keyed()
    assert (first.key, last.key) == ("w", "b") and first.rect[0] < last.rect[0]
    left, top, width, height = last.rect
    found = line.hit(left + width / 2, top + height / 2)
    assert found is not None and found.key == "b"
    weight, bias = Formula(boxes, 20, 40, 20.0, inputs=(("b", 0.5, NumberInput(0.1)),)).keyed()
    assert weight.input is None and bias.value == 0.5 and bias.input == NumberInput(0.1)
    half = Formula(boxes, 20, 40, 20.0, widest=line.bounds.width() / 2)
    assert half.bounds.width() < line.bounds.width() and half.keyed()[1].rect[0] < last.rect[0]


@pytest.mark.parametrize(
    ("ink", "name"),
    [
        ("accent", LIGHT.accent),
        ("accent 50%", LIGHT.accent),
        ("series 0 of 3", LIGHT.series[0]),
        ("class 0", LIGHT.classes[0]),
        ("sequential 100%", LIGHT.positive),
        ("#010203", "#010203"),
    ],
)
def test_an_ink_is_a_colour_of_the_theme(ink: str, name: str) -> None:
    assert inks.colour(ink).name() == name


def test_cells_are_found_by_place_and_by_key_however_many_they_are() -> None:
    cells = Cells((10, 0, 200, 100), call(str), rows=100, columns=50, tips=call("{} {}".format), key="map")
    assert cells.keyed() == []
    part = cells.hit(15, 0.5)
    assert part is not None and (part.key, part.spoken) == (("map", 0, 1), "0 1")
    assert part.rect == (14, 0, 4, 1)
    assert Drawing((cells,)).part(("map", 0, 1)) == part
    assert cells.hit(9, 0) is None and cells.find(("map", 100, 0)) is None and cells.find("map") is None
    few = Cells((0, 0, 10, 10), call(str), rows=2, columns=2, tips=call("{} {}".format), key="map")
    assert [part.key for part in few.keyed()] == [("map", row, column) for row in (0, 1) for column in (0, 1)]


def test_a_colour_of_a_layer_may_have_an_opacity() -> None:
    assert inks.colour("series 1 of 3 75%").alpha() == 191
    assert inks.colour("series 1 of 3 75%").rgb() == inks.colour("series 1 of 3").rgb()


def test_a_line_through_a_point_that_is_no_number_has_a_gap_there() -> None:
    nan = float("nan")
    line = Polyline(points=((0, 0), (10, 0), (20, nan), (30, 5), (nan, 5), (50, 9), (60, 9)), stroke="text")
    path = line.path
    assert path.boundingRect().right() == 60
    assert [path.elementAt(at).isMoveTo() for at in range(path.elementCount())] == [True, False, True, False]
