"""The decision view: what the network answers over a plane of two features, with the data's points on top."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainterPath
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kit import theme
from app.kit.colourmap import LEVELS, ramp
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Call, Disc, Group, Mark, Path, Picture, Rectangle, Text, call, text_width
from app.kit.drawing.view import DrawingView
from app.kit.export import ExportTable
from app.kit.listing import listed
from app.kit.numbers import grouped
from app.kit.words import plain_tip
from app.network.document import Document
from app.workspaces.playground.panels.points import drawn_points, point_marks, to_pixels, to_plane
from app.workspaces.playground.panels.readings import OutputReading, column_label, in_units, reading_of
from engine.data import Dataset
from engine.data.choice import DrawnPoint
from engine.training.plane import Plane, plane_of
from engine.training.snapshot import DecisionGrid, Snapshot

RADIUS = 8.0
_PLATE = 16.0
"""Height of the plate that an axis' name stands on."""


@dataclass(frozen=True, slots=True)
class PlaneShown:
    """``answers`` makes the picture of the network's. ``pending``: points that are drawn and no data set yet.
    ``ratio``: pixels of the screen in one of ours."""

    dataset: Dataset
    plane: Plane
    ratio: float
    answers: Call | None = None
    has_train: bool = True
    has_test: bool = False
    can_pick: bool = True
    picked: int | None = None
    pending: tuple[DrawnPoint, ...] | None = None


def draw_plane(data: PlaneShown, frame: Frame) -> Drawing:
    """Draw the answers, the points, the rings of those that are looked at, and the names of the axes."""
    box, size = (0.0, 0.0, frame.width, frame.height), QSize(round(frame.width), round(frame.height))
    marks: list[Mark] = [Rectangle(box, "neutral")]
    if data.answers is not None:
        marks.append(Picture(box, data.answers, smooth=True))
    if data.pending is not None:
        marks.append(Picture(box, call(drawn_points, data.pending, data.plane, size, data.ratio)))
    else:
        shown = data.has_train, data.has_test, data.can_pick
        marks.append(Group(call(point_marks, data.dataset, data.plane, shown, size, data.ratio)))
        for row in {frame.pointed, data.picked}:
            if isinstance(row, int) and row < len(data.dataset.y):
                marks += _ring(data.dataset, data.plane, row, size)
    if data.dataset.view is None:  # its axes are not simply x₁ and x₂
        across, up = (column_label(data.dataset, column) for column in data.plane.columns)
        marks += _plate(f"→ {across}", frame, is_at_right=True) + _plate(f"↑ {up}", frame, is_at_right=False)
    corners, inner = QPainterPath(), QRectF(*box).adjusted(0.5, 0.5, -0.5, -0.5)
    corners.addRect(QRectF(*box))
    corners.addRoundedRect(inner, RADIUS, RADIUS)
    marks.append(Path(corners, fill="surface"))
    marks.append(Rectangle((0.5, 0.5, frame.width - 1, frame.height - 1), stroke="border", corner=RADIUS))
    return Drawing(tuple(marks))


def _ring(dataset: Dataset, plane: Plane, row: int, size: QSize) -> list[Mark]:
    x, y = map(float, to_pixels(dataset.x[[row]][:, list(plane.columns)], plane, size)[0])
    return [Disc(x, y, 7.5, stroke="surface", width=4.0), Disc(x, y, 7.5, stroke="text", width=2.0)]


def _plate(name: str, frame: Frame, *, is_at_right: bool) -> list[Mark]:
    """The name of an axis at its end."""
    width = min(text_width(name, 11) + 10, frame.width - 8)
    left, top = (frame.width - width - 4, frame.height - _PLATE - 4) if is_at_right else (4.0, 4.0)
    text = Text(name, (left + 5, top, width - 10, _PLATE), 11, elide=True)
    return [Rectangle((left, top, width, _PLATE), "surface 80%", corner=4), text]


class DecisionView(DrawingView):
    """``chosen(row)``: a point was clicked; ``opened(row)``: twice. ``hovered(x, y)``: the place on the plane, NaN when
    left; ``under`` is the point there.

    While ``drawing``: ``stroked(x, y, erase)`` for every place of a stroke and ``stroke_ended``.
    """

    hovered = Signal(float, float)
    stroked = Signal(float, float, bool)
    stroke_ended = Signal()

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        size = QSize(300, 280)
        shown = PlaneShown(document.dataset, plane_of(document.dataset, (0, 1)), 1.0)
        super().__init__(draw_plane, shown, hint=size, least=QSize(0, 0), parent=parent)
        self._document, self._shown = document, shown
        self._columns = (0, 1)
        self._discrete = self._drawing = self._covered = False
        self._snapshot: Snapshot | None = None
        self._erasing: bool | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Decision boundary"))
        self.tell_slice("")
        document.dataset_loaded.connect(self._new_data)

    # What is shown ------------------------------------------------------------------------------------------------

    @property
    def plane(self) -> Plane:
        """The plane in view."""
        return plane_of(self._document.dataset, self._columns)

    @property
    def reading(self) -> OutputReading | None:
        """How the latest snapshot's outputs are read; None where it does not fit the data."""
        if self._snapshot is None:
            return None
        return reading_of(self._snapshot.plan, self._document.dataset, discrete=self._discrete)

    def set_snapshot(self, snapshot: Snapshot) -> None:
        """Show the latest state."""
        self._snapshot = snapshot
        self._show()

    def forget_snapshot(self) -> None:
        """Show the points alone."""
        self._snapshot = None
        self._show()

    def cover(self, covered: bool) -> None:
        """Show the points alone while an answer is to be guessed, or what the network answers as well."""
        self._covered = covered
        self._show()

    @property
    def _grid(self) -> DecisionGrid | None:
        """The network's answers, as far as they may be told."""
        return None if self._snapshot is None or self._covered else self._snapshot.decision

    def set_columns(self, columns: tuple[int, int]) -> None:
        """Show the points over two other columns."""
        self._columns = columns
        self._show()

    def set_discrete(self, on: bool) -> None:
        """Show only what is decided."""
        self._discrete = on
        self._show()

    def set_show_train(self, on: bool) -> None:
        """Show the training rows' points."""
        self._show(has_train=on)

    def tell_slice(self, words: str) -> None:
        """Say in the tooltip what a slice leaves out; empty for a plane that shows all."""
        tip = self.tr(
            "The network's output over the plane. Click a point to see its loss; double-click to play its pass"
        )
        faint = self.tr("Points further from the slice are fainter.")
        self.setToolTip(plain_tip(f"{tip}\n{words}. {faint}" if words else tip))
        self.setAccessibleDescription(words)

    def set_show_test(self, on: bool) -> None:
        """Show the test rows' points too."""
        self._show(has_test=on)

    @property
    def picked(self) -> int | None:
        """The row whose point is ringed."""
        return self._shown.picked

    @property
    def under(self) -> int | None:
        """The row whose point lies under the pointer."""
        key = self._pointed_key
        return key if isinstance(key, int) else None

    def set_picked(self, row: int | None) -> None:
        """Ring one row's point, or none."""
        self._show(picked=row)

    def set_drawing(self, on: bool) -> None:
        """Return whether the mouse draws points rather than picks them."""
        self._drawing = on
        self._show(can_pick=not on, pending=None)
        self.setCursor(Qt.CursorShape.CrossCursor if on else Qt.CursorShape.ArrowCursor)
        policy = Qt.ContextMenuPolicy.PreventContextMenu if on else Qt.ContextMenuPolicy.CustomContextMenu
        self.setContextMenuPolicy(policy)  # while drawing, the right button erases

    def set_pending(self, points: tuple[DrawnPoint, ...] | None) -> None:
        """Show drawn points in place of the data set's until they are one; None shows the data set's."""
        self._show(pending=points)

    def point_at(self, x: float, y: float) -> tuple[float, ...]:
        """Return the row (columns) at a place of the plane; other columns are at their mean, as in the picture."""
        point = self._document.dataset.column_means.copy()
        point[self.plane.columns[1]] = y
        point[self.plane.columns[0]] = x
        return tuple(map(float, point))

    def table(self) -> ExportTable:
        """One row per place of the grid, from its upper left corner: the two features in their units, the outputs."""
        dataset, columns = self._document.dataset, self.plane.columns
        names = tuple(column_label(dataset, column) for column in columns)
        grid = self._grid
        if grid is None or self.reading is None or grid.columns != columns:
            return ExportTable(names, [])
        height, width = grid.outputs.shape[1:]
        across = [in_units(dataset, columns[0], x) for x in np.linspace(grid.low[0], grid.high[0], width).tolist()]
        up = [in_units(dataset, columns[1], y) for y in np.linspace(grid.high[1], grid.low[1], height).tolist()]
        places = np.stack([np.tile(across, height), np.repeat(up, width)])
        rows = np.concatenate([places, grid.outputs.reshape(len(grid.outputs), -1)]).T
        outputs = dataset.classes if len(grid.outputs) > 1 else (self.tr("output"),)
        return ExportTable((*names, *outputs), rows.tolist())

    def _new_data(self) -> None:
        self._show(picked=None)

    def _show(self, **changes: object) -> None:
        grid, reading = self._grid, self.reading
        answers = None
        if grid is not None and reading is not None and len(grid.outputs) == reading.outputs:
            answers = call(decision_image, grid.outputs, reading)
        ratio = self.devicePixelRatioF()
        known = {"dataset": self._document.dataset, "plane": self.plane, "ratio": ratio, "answers": answers}
        self._shown = replace(self._shown, **known | changes)  # type: ignore[arg-type]
        self.set_data(self._shown)

    # Mouse --------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._drawing and event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            self._erasing = event.button() == Qt.MouseButton.RightButton
            self._stroke(event)
        else:
            super().mousePressEvent(event)
            event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._erasing is not None:
            self._stroke(event)
        elif not self._drawing:
            super().mouseMoveEvent(event)
        self.hovered.emit(*to_plane(event.position(), self.plane, self.size()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._erasing is not None:
            self._erasing = None
            self.stroke_ended.emit()
        else:
            super().mouseReleaseEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.hovered.emit(float("nan"), float("nan"))

    def _stroke(self, event: QMouseEvent) -> None:
        x, y = to_plane(event.position(), self.plane, self.size())
        self.stroked.emit(x, y, bool(self._erasing))


PALENESS = 0.28
"""How far the picture steps back behind the points."""


def decision_image(outputs: NDArray[np.floating], reading: OutputReading) -> QImage:
    """A grid of outputs in the theme's colours."""
    if reading.signed:
        return _share_image(reading.shares(outputs), discrete=reading.discrete)
    return _image(_class_pixels(np.nan_to_num(outputs), discrete=reading.discrete))


def _share_image(shares: NDArray[np.float64], *, discrete: bool) -> QImage:
    """(h, w) of shares −1 … 1 in the diverging map's colours, or in those of its two ends."""
    if discrete:
        shares = np.where(shares >= 0.0, 1.0, -1.0)
    levels = ((shares + 1.0) / 2.0 * (LEVELS - 1)).round().astype(np.intp)
    return _image(_ramp(theme.current().name)[levels])


def _class_pixels(outputs: NDArray[np.floating], *, discrete: bool) -> NDArray[np.float64]:
    """(classes, h, w) to (h, w, 3): the winner's colour, stronger the further it is ahead of the second."""
    winner = outputs.argmax(axis=0)
    ranked = np.partition(outputs, -2, axis=0)
    lead = np.ones(winner.shape) if discrete else np.clip(ranked[-1] - ranked[-2], 0.0, 1.0)
    colours = np.array([_rgb(_paled(theme.class_colour(index))) for index in range(len(outputs))])
    neutral = np.array(_rgb(theme.colour("neutral")))
    pixels: NDArray[np.float64] = neutral + lead[..., None] * (colours[winner] - neutral)
    return pixels


def scale_image(discrete: bool = False) -> QImage:
    """The whole of that map in one row, from −1 to 1."""
    return _share_image(np.linspace(-1.0, 1.0, LEVELS)[None], discrete=discrete)


@lru_cache(maxsize=4)
def _ramp(_theme: str) -> NDArray[np.float64]:
    return ramp([_paled(theme.colour("negative")), theme.colour("neutral"), _paled(theme.colour("positive"))])


def _paled(colour: QColor) -> QColor:
    ground = theme.colour("surface")
    mixed = ((1 - PALENESS) * np.array(_rgb(colour)) + PALENESS * np.array(_rgb(ground))).round().astype(int)
    return QColor(*(int(channel) for channel in mixed))


def _rgb(colour: QColor) -> tuple[float, float, float]:
    return colour.red(), colour.green(), colour.blue()


def _image(pixels: NDArray[np.float64]) -> QImage:
    height, width = pixels.shape[:2]
    packed = np.full((height, width, 4), 255, dtype=np.uint8)
    packed[..., :3] = pixels.round()[..., ::-1]  # blue, green, red in memory
    return QImage(packed.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()


HEIGHT = 18.0
LINES, LINE = 3, 17.0
"""So many classes stand below one another, so that their names can be read; more of them take further columns."""
MOST_COLUMNS = 2


def draw_legend(reading: OutputReading | None, frame: Frame) -> Drawing:
    """Draw a line for a scale, a few lines for classes."""
    if reading is None:
        return Drawing(height=HEIGHT)
    if reading.signed:
        tip = _tr("A low output is {negative}, a high one {positive}; pale is undecided").format(**theme.colour_names())
        return Drawing(tuple(_scale(reading, frame.width)), tip=tip, height=HEIGHT)
    classes = reading.dataset.classes
    tip = _tr("The colour is the class, its strength how far it is ahead of the second") + "\n" + listed(classes)
    return Drawing(tuple(_classes(classes, frame.width)), tip=tip, height=LINE * min(len(classes), LINES))


def _scale(reading: OutputReading, width: float) -> list[Mark]:
    low, _, high = reading.ends
    left, right = text_width(low, 11) + 6, text_width(high, 11) + 6
    bar = (left, HEIGHT / 2 - 3, max(width - left - right, 10.0), 6.0)
    return [
        Text(low, (0, 0, left, HEIGHT), 11, "text_muted", "left middle"),
        Text(high, (width - right, 0, right, HEIGHT), 11, "text_muted", "right middle"),
        Picture(bar, call(scale_image, reading.discrete), smooth=True),
    ]


def _classes(classes: tuple[str, ...], width: float) -> list[Mark]:
    """Below one another, in as many columns as they need; what does not fit is in the tooltip."""
    columns = min(-(-len(classes) // LINES), MOST_COLUMNS)
    marks: list[Mark] = []
    for index, name in enumerate(classes[: columns * LINES]):
        column, line = divmod(index, LINES)
        left, room = column * width / columns, width / columns
        has_more = index == columns * LINES - 1 and len(classes) > columns * LINES
        if not has_more:
            marks.append(Disc(left + 4, (line + 0.5) * LINE, 4, f"class {index}"))
        text = f"+ {grouped(len(classes) - index)}" if has_more else name
        marks.append(Text(text, (left + 12, line * LINE, room - 14, LINE), 11, "text_muted", "left middle", elide=True))
    return marks


def _tr(text: str) -> str:
    return QCoreApplication.translate("Legend", text)
