"""All settings of a grid at once: a map over two parameters, and how many settings do how many rows."""

from __future__ import annotations

from collections.abc import Iterator
from math import hypot

import numpy as np
from PySide6.QtCore import QCoreApplication, QSize, Qt, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from app.kit import inks
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import (
    Disc,
    Formula,
    Mark,
    Picture,
    Point,
    Polyline,
    Rect,
    Rectangle,
    Text,
    call,
    wrapped_height,
)
from app.kit.drawing.view import DrawingView
from app.kit.export import ExportTable
from app.kit.numbers import grouped, typed
from app.kit.widgets.in_sight import FollowsInSight
from app.kit.widgets.merging import new_gesture
from app.workspaces.neuron.model import NeuronModel
from engine.neuron.settings import grid_for, search, slice_at, slice_of
from engine.neuron.sheet import NeuronContent
from engine.neuron.tables import Targets

MAP, EDGE, GAP = 176.0, 24.0, 44.0
BAR, LEAST_ROW, TALLEST_ROW = 15.0, 14.0, 26.0
ARROW = 9.0
"""Length of the arrow's head that stands for a setting beyond the map."""
AREA = "map"
"""The key of the map."""


class SettingsTab(FollowsInSight, DrawingView):
    """A click or a drag on the map puts a setting in."""

    def __init__(self, model: NeuronModel, parent: QWidget | None = None) -> None:
        self._model, self._gesture = model, ""
        self._unit = model.content.unit  # as it was when the map was taken hold of
        super().__init__(
            draw_settings, model.content, hint=QSize(600, 200), least=QSize(380, 120), ground="surface", parent=parent,
            name=counted_words(model.content),
        )  # fmt: skip
        self.chosen.connect(self._pick)
        self.grabbed.connect(self._begin)
        self.dragged.connect(self._drag)
        self.taken_back.connect(self._restore)
        self.settled.connect(model.sheet.settle)
        model.changed.connect(self.follow)

    def write(self) -> None:
        """Draw what there is now."""
        self.setAccessibleName(counted_words(self._model.content))
        self.set_data(self._model.content)

    @Slot()
    def _begin(self) -> None:
        self._gesture, self._unit = new_gesture("map"), self._model.content.unit

    @Slot()
    def _drag(self) -> None:
        self._take_setting(self._gesture)

    @Slot()
    def _restore(self) -> None:
        self._model.set_parameters(self._unit.weights, self._unit.bias, self._gesture)

    @Slot()
    def _pick(self) -> None:
        self._take_setting(None)

    def _take_setting(self, gesture: str | None) -> None:
        """Take the setting under the pointer; ``gesture``: the drag that it is a moment of."""
        if self.pointer is None:
            return
        content = self._model.content
        grid = grid_for(len(content.weights))
        left, top, side, _ = map_area(self.height())
        shares = (self.pointer.x() - left) / side, (top + side - self.pointer.y()) / side
        cells = (min(grid.side - 1, max(0, int(share * grid.side))) for share in shares)
        first, second = (float(grid.values()[cell]) for cell in cells)
        if len(content.weights) == 1:
            self._model.set_parameters((first,), second, gesture)
        else:
            weights = (first, second, *content.weights[2:])
            self._model.set_parameters(weights, content.bias, gesture)


def map_area(height: float) -> Rect:
    """Return where the map is."""
    side = max(20.0, min(MAP, height - EDGE))
    return EDGE, 2.0, side, side


def draw_settings(content: NeuronContent, frame: Frame) -> Drawing:
    """Draw the map of two parameters, the others as they are, beside a bar for each number of rows."""
    area = map_area(frame.height)
    counts = search(content.targets)
    left = EDGE + MAP + GAP
    return Drawing(
        (*_map(content, area), *_bars(content, left, max(120.0, frame.width - left), frame.height)),
        description=grid_words(content),
        numbers=call(ExportTable, ("rows_right", "settings"), tuple(enumerate(counts.by_rows))),
    )


def _map(content: NeuronContent, area: Rect) -> Iterator[Mark]:
    left, top, side, _ = area
    grid = grid_for(len(content.weights))

    def along(value: float) -> float:
        high = grid.high
        return (max(-high, min(high, value)) + high + grid.step / 2) / (2 * high + grid.step) * side

    yield Picture(area, call(_image, content.targets, len(content.weights), slice_of(content.weights, content.bias)))
    tip = _tr("Each cell is a setting; click one to use it")
    yield Rectangle(area, "", "border", key=AREA, tip=tip, drag=True, cursor=Qt.CursorShape.CrossCursor)
    for value in (-grid.high, 0.0, grid.high):
        text, way = typed(value), along(value)
        yield Text(text, (left + way - 16, top + side + 2, 32, 13), 10, "text_muted")
        yield Text(text, (0, top + side - way - 7, left - 4, 14), 10, "text_muted", "right middle")
    second = content.bias if len(content.weights) == 1 else content.weights[1]
    yield Formula("w_1", left + side / 2 + 26, top + side + 14, 14)
    yield Formula("b" if len(content.weights) == 1 else "w_2", 2, top + side / 2 - 14, 14)
    place = left + along(content.weights[0]), top + side - along(second)
    across, up = (_way_out(value, grid.high) for value in (content.weights[0], second))
    if across or up:
        yield Polyline(points=_arrow_head(place, across, -up), closed=True, fill="text", stroke="surface")
    else:
        yield Disc(*place, 6, "", "text", 2.0)


def _way_out(value: float, high: float) -> int:
    """Return −1 or 1 for a value that lies beyond that end of the map, else 0."""
    return (value > high) - (value < -high)


def _arrow_head(place: Point, across: int, down: int) -> tuple[Point, ...]:
    """Return the corners of an arrow at the map's edge that points to a setting beyond it."""
    (x, y), length = place, hypot(across, down)
    dx, dy = ARROW * across / length, ARROW * down / length
    return (x + dx / 2, y + dy / 2), (x - dx - dy * 0.7, y - dy + dx * 0.7), (x - dx + dy * 0.7, y - dy - dx * 0.7)


def _image(targets: Targets, inputs: int, held: tuple[float, ...]) -> QImage:
    """Return rows right over the first axis (to the right) and the second (upwards), a pixel a setting; ``held``: the
    other parameters."""
    weights, bias = ((0.0,), 0.0) if inputs == 1 else ((0.0, 0.0, *held[:-1]), held[-1])
    counts, total = slice_at(targets, weights, bias), len(targets)
    colours = np.array([inks.colour(_shade(count, total)).rgb() for count in range(total + 1)], np.uint32)
    pixels = np.ascontiguousarray(colours[counts.T[::-1]])
    height, width = pixels.shape
    return QImage(pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_RGB32).copy()


def _shade(count: int, total: int) -> str:
    """Return the ink of settings that do so many rows: good for the whole table, else greyer the fewer."""
    return "good" if count == total else f"text_muted {round(6 + 50 * count / total)}% on surface"


def _bars(content: NeuronContent, left: float, width: float, height: float) -> Iterator[Mark]:
    by_rows = search(content.targets).by_rows
    total, y = len(by_rows) - 1, 1.0
    for words, size, bold, gap in ((counted_words(content), 13.5, True, 3.0), (grid_words(content), 11.5, False, 6.0)):
        high = wrapped_height(words, width, size, bold)
        yield Text(words, (left, y, width, high), size, "text" if bold else "text_muted", "left top", bold, wrap=True)
        y += high + gap
    slice_text = " ".join(filter(None, (slice_words(content), beyond_words(content))))
    foot = wrapped_height(slice_text, width, 11.5) + 4
    if height - y - foot < LEAST_ROW * (total + 1):
        foot = 0.0  # the numbers matter more
    row = min(TALLEST_ROW, (height - y - foot) / (total + 1))
    thick, room = max(2.0, min(BAR, row - 4)), width - 64 - 70
    for number, count in enumerate(reversed(by_rows)):
        top, right, rows = y + number * row, left + 64, total - number
        words = _tr("{rows} of {total}").format(rows=rows, total=total)
        yield Text(words, (left, top, 60, row), 12, align="left middle")
        if count:
            bar = (right, top + (row - thick) / 2, max(2.0, count / max(by_rows) * room), thick)
            yield Rectangle(bar, _shade(rows, total), "border", corner=3.0)
            right += bar[2] + 8
        yield Text(grouped(count), (right, top, 90, row), 12, "text" if count else "text_muted", "left middle")
    if foot:
        box = (left, y + 4 + (total + 1) * row, width, foot)
        yield Text(slice_text, box, 11.5, "text_muted", "left top", wrap=True)


def counted_words(content: NeuronContent) -> str:
    """Return how many settings do the whole table."""
    counts = search(content.targets)
    words = _tr("{solved} of {count} settings get the whole table right")
    return words.format(solved=grouped(counts.solved), count=grouped(counts.settings))


def grid_words(content: NeuronContent) -> str:
    """Return which settings were looked at."""
    grid = grid_for(len(content.weights))
    words = _tr("Every combination of weights and bias from −{high} to {high} in steps of {step}.")
    return words.format(high=typed(grid.high), step=typed(grid.step))


def slice_words(content: NeuronContent) -> str:
    """Return at which of the grid's values the map is, which may not be the parameters' own."""
    match [typed(value) for value in slice_of(content.weights, content.bias)]:
        case [bias]:
            words = _tr("The map is the slice at b = {bias}: move b to leaf through them.")
            return words.format(bias=bias)
        case [weight, bias]:
            words = _tr("The map is the slice at w₃ = {weight}, b = {bias}: move them to leaf through.")
            return words.format(weight=weight, bias=bias)
    return _tr("The map shows all of them.")


def beyond_words(content: NeuronContent) -> str:
    """Return that an arrow stands for the setting where the map ends before it; empty where it lies on the map."""
    shown, high = (*content.weights, content.bias)[:2], grid_for(len(content.weights)).high
    is_beyond = any(_way_out(value, high) for value in shown)
    return _tr("The arrow points to your setting, which lies beyond the map.") if is_beyond else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("SettingsBars", text)
