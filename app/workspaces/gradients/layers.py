"""A network's layers as bars on a log axis with one number each, and as the table of numbers that lead to these.

Both are drawings in which a layer has the same column.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil, inf

import numpy as np
from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.kit.drawing.axes import LOG, AxisScale
from app.kit.drawing.columns import Lines, Rectangles
from app.kit.drawing.drawing import Drawing, Frame, remembered
from app.kit.drawing.marks import Line, Mark, Rect, Rectangle, Text, call, computed, text_width
from app.kit.drawing.view import DrawingView
from app.kit.export import ExportTable
from app.kit.formula.view import MathLabel
from app.kit.numbers import NOTHING, decade
from app.kit.translation import QT_TRANSLATE_NOOP
from app.kit.verdict_words import thresholds
from app.kit.widgets.labels import wrapped
from app.workspaces.gradients.formulas import NOTATION
from app.workspaces.gradients.moment import DELTA, MEANINGS, SYMBOLS, NetworkMoment, NumberRow, ShownLayers, reason_text
from app.workspaces.gradients.words import LETTERS, SERIES, ratio_text, said
from engine.training.verdicts import EXPLODING_RATIO, STEADY_RATIOS, VANISHING_RATIO

LABELS, RIGHT, TOP, ROW, FLOOR = 64.0, 8.0, 6.0, 19.0, 9.0
"""Pixels for names at the left, air at the right and above, a row of numbers, and the room under the lowest decade,
in which 0 is drawn."""
SIZE, HIGH, BESIDE, TICK_GAP = 11.0, 14.0, 4.0, 20.0
BAR_SHARE, WIDEST_BAR, ROUND = 0.62, 32.0, 8.0
"""Of a column; the pixels of a bar at most; of fewer pixels bars have square corners, and are painted in one go."""
LEAST_PLOT = 66
BAND = "good 11%"


@dataclass(frozen=True, slots=True, eq=False)
class LayerNumbers:
    """The numbers to draw of network ``number`` (from 0). ``shown``: None while nothing is known, or while it is
    ``hidden`` until it is guessed. ``decades``: of the axis, from and to. ``lit``: layers with a soft ground.
    ``alarm``: whether a lost signal is trouble."""

    number: int
    shown: ShownLayers | None = None
    decades: tuple[int, int] = (-2, 0)
    lit: frozenset[int] = frozenset()
    hidden: bool = False
    alarm: bool = True


@dataclass(frozen=True)
class LayerColumns:
    """Where the columns of ``depth`` layers stand in a ``width`` in pixels, and which have room for numbers that are so
    ``wide``: the first, the last, evenly those between, and the one that is pointed at in place of those beside it."""

    depth: int
    width: float
    wide: float
    pointed: int | None = None

    @computed
    def pitch(self) -> float:
        """Return the pixels from one column to the next."""
        return max(self.width - LABELS - RIGHT, 10.0) / self.depth

    def middle(self, layer: int) -> float:
        """Return the middle of a layer's column, from 1."""
        return LABELS + (layer - 0.5) * self.pitch

    def left(self, layer: int) -> float:
        """Return where a layer's number begins: clear of the row's name."""
        return min(max(self.middle(layer) - self.wide / 2, LABELS - 4.0), self.width - self.wide)

    def written(self) -> list[int]:
        """Return the layers that are written."""
        stride = max(1, ceil(self.wide / self.pitch))
        if stride == 1:
            return list(range(1, self.depth + 1))
        free = self.left(1) + self.wide, self.left(self.depth) - self.wide
        between = [n for n in range(1 + stride, self.depth, stride) if free[0] <= self.left(n) <= free[1]]
        layers = sorted({1, *between, self.depth})
        if self.pointed is None or self.pointed in layers:
            return layers
        here = self.left(self.pointed)
        return sorted([*(n for n in layers if abs(self.left(n) - here) >= self.wide), self.pointed])


class LayerChart(DrawingView):
    """The bars of a network. Its keys are layers, from 1."""

    def __init__(self, number: int) -> None:
        name = _tr("Layers of network {letter}").format(letter=LETTERS[number])
        least = QSize(240, int(TOP + LEAST_PLOT + 2 * ROW))
        super().__init__(draw_layers, LayerNumbers(number), hint=QSize(420, least.height()), least=least, name=name)

    @property
    def numbers(self) -> LayerNumbers:
        """Return what is drawn."""
        assert isinstance(self.data, LayerNumbers)
        return self.data

    def light(self, layers: frozenset[int]) -> None:
        """Give the columns of these layers a soft ground."""
        if layers != self.numbers.lit:
            self.set_data(replace(self.numbers, lit=layers))


# Bars -----------------------------------------------------------------------------------------------------------------


def draw_layers(data: LayerNumbers, frame: Frame) -> Drawing:
    """Draw a bar for every layer, what is predicted of it, and its number. Keys are the layers, from 1."""
    shown = data.shown
    if shown is None:
        return _draw_nothing(data, frame)
    pointed = frame.pointed if isinstance(frame.pointed, int) and frame.pointed <= shown.depth else None
    columns = _columns_of(shown, (shown.main,), frame, pointed)
    bottom = max(frame.height - 2 * ROW - 2.0, TOP + 20.0)
    scale = _scale(data.decades, bottom)
    marks = [*_grounds(data.lit | ({pointed} if pointed else set()), columns, (TOP - 2.0, frame.height))]
    if shown.measure == DELTA and shown.relative:
        marks += _band(scale, shown, columns)
    marks += [*_axis(data.decades, scale, bottom, frame.width), *_bars(shown, scale, columns, bottom, data.number)]
    marks += _layer_line(columns, bottom + 2.0, pointed)
    label = SYMBOLS[shown.measure]
    marks += _number_line(shown.main, label, columns, bottom + 2.0 + ROW, alarm=data.alarm and shown.measure == DELTA)
    keys = tuple(_layers(shown))
    targets = _columns(shown.depth, columns.pitch, frame.height)
    marks.append(Rectangles(targets, ("",) * len(keys), keys=keys, tips=call(_layer_tip, shown)))
    first, last = (ratio_text(float(value)) for value in (shown.bars[0], shown.bars[-1]))
    words = _tr("Layer 1: {first}, layer {depth}: {last}").format(first=first, depth=shown.depth, last=last)
    return Drawing(tuple(marks), description=words, order=keys, numbers=call(_table, shown))


@remembered(most=8)
def _columns(depth: int, pitch: float, height: float) -> tuple[Rect, ...]:
    """Return where each layer is meant."""
    return tuple((LABELS + index * pitch, 0.0, pitch, height) for index in range(depth))


def _layers(shown: ShownLayers) -> range:
    return range(1, shown.depth + 1)


def _scale(decades: tuple[int, int], bottom: float) -> AxisScale:
    low, high = decades
    return AxisScale(10.0**low, 10.0**high, bottom - FLOOR, TOP, LOG)


def _draw_nothing(data: LayerNumbers, frame: Frame) -> Drawing:
    words = _tr("hidden until you guess") if data.hidden else _tr("measuring …")
    text = f"?\n{words}" if data.hidden else words
    return Drawing((Text(text, (0, 0, frame.width, frame.height), 12, "text_muted"),), description=words)


def _columns_of(shown: ShownLayers, rows: Sequence[NumberRow], frame: Frame, pointed: int | None) -> LayerColumns:
    widest = max(text_width(_widest(row), SIZE, row.main) for row in rows)
    return LayerColumns(shown.depth, frame.width, widest + BESIDE, pointed)


def _widest(row: NumberRow) -> str:
    """Return the number of a row with the most signs: one with the longest exponent, or a plain one."""
    sizes = np.abs(row.values[np.isfinite(row.values) & (row.values != 0.0)])
    ends = [ratio_text(float(sizes.min())), ratio_text(float(sizes.max()))] if sizes.size else []
    return max(["0.000", *ends], key=len)


def _grounds(layers: frozenset[int], columns: LayerColumns, reach: tuple[float, float]) -> list[Mark]:
    width, (top, bottom) = max(columns.pitch, 2.0), reach
    return [
        Rectangle((columns.middle(layer) - width / 2, top, width, bottom - top), "accent_soft", corner=5.0)
        for layer in sorted(layers)
        if layer <= columns.depth
    ]


def _band(scale: AxisScale, shown: ShownLayers, columns: LayerColumns) -> list[Mark]:
    """Draw within which bounds a signal counts as kept, and say so where no bar hides it."""
    (low, high), width = scale.places(STEADY_RATIOS), columns.width - LABELS - RIGHT
    marks: list[Mark] = [Rectangle((LABELS, high, width, low - high), BAND)]
    words, place = _tr("{low} to {high}: steady").format(**thresholds()), low + 1.0
    under = max(1, ceil((text_width(words, SIZE) + 12.0) / columns.pitch))
    if scale.start - place > HIGH and min(scale.places(shown.bars[:under].tolist())) > place + HIGH:
        marks.append(Text(words, (LABELS + 6.0, place, width, HIGH), SIZE, "good", "left middle"))
    return marks


def _axis(decades: tuple[int, int], scale: AxisScale, bottom: float, width: float) -> list[Mark]:
    low, high = decades
    stride = max(1, ceil((high - low) * TICK_GAP / max(scale.start - scale.end, 1.0)))
    ticks = [(scale.place(10.0**exponent), decade(exponent)) for exponent in range(high, low - 1, -stride)]
    grid = tuple((LABELS, y, width - RIGHT, y) for y, _ in ticks)
    texts = [Text(text, (0, y - 8, LABELS - 8, 16), 10, "text_muted", "right middle") for y, text in ticks]
    return [Lines(grid, "border"), *texts, Line((LABELS, bottom), (width - RIGHT, bottom), "text_muted")]


def _bars(shown: ShownLayers, scale: AxisScale, columns: LayerColumns, bottom: float, number: int) -> list[Mark]:
    width = min(max(BAR_SHARE * columns.pitch, 2.0), WIDEST_BAR)
    boxes, odd, ink = list[Rect](), list[Mark](), f"series {number} of {SERIES}"
    for layer, (value, top) in enumerate(zip(shown.bars.tolist(), scale.places(shown.bars.tolist()), strict=True), 1):
        x = columns.middle(layer)
        if 0.0 < value < inf:
            boxes.append((x - width / 2, top, width, bottom - top))
        else:
            odd += _odd(value, x, width, bottom)
    if width < ROUND:
        marks: list[Mark] = [Rectangles(tuple(boxes), (ink,) * len(boxes)), *odd]
    else:
        marks = [*(Rectangle(box, ink, corner=2.5) for box in boxes), *odd]
    if shown.ticks is not None:
        reach = min(width / 2 + 4.0, columns.pitch / 2 - 0.5)
        heights = enumerate(zip(shown.ticks.tolist(), scale.places(shown.ticks.tolist()), strict=True), 1)
        ends = [
            (columns.middle(n) - reach, y, columns.middle(n) + reach, y) for n, (value, y) in heights if value > 0.0
        ]
        marks.append(Lines(tuple(ends), "text", 1.8))
    return marks


def _odd(value: float, x: float, width: float, bottom: float) -> list[Mark]:
    """Draw what has no place on a log axis as what it is: 0 on the floor, ∞ up to the top, and what is no number."""
    if value == 0.0:
        floor = Line((x - width / 2, bottom), (x + width / 2, bottom), "danger", 1.5)
        return [floor, Text("0", (x - 20, bottom - 15, 40, 14), 10, "danger", bold=True)]
    if value != value:
        return [Text("NaN", (x - 20, bottom - 15, 40, 14), 10, "danger", bold=True)]
    box = Rectangle((x - width / 2, TOP, width, bottom - TOP), "danger 15%", "danger")
    return [box, Text("∞", (x - 20, TOP - 2, 40, 14), 10, "danger", bold=True)]


# Numbers --------------------------------------------------------------------------------------------------------------


def _layer_line(columns: LayerColumns, top: float, pointed: int | None) -> list[Mark]:
    name = Text(_tr("layer"), (0, top, LABELS - 8, ROW), SIZE, "text_muted", "right middle")
    numbers = [
        Text(str(n), (columns.middle(n) - 20, top, 40, ROW), SIZE, "accent" if n == pointed else "text_muted")
        for n in columns.written()
    ]
    return [name, *numbers]


def _gaps(columns: LayerColumns) -> list[Mark]:
    """Draw a sign where layers find no room between two that are written: to point there writes one of them."""
    places = [
        (columns.middle(before) + columns.middle(after)) / 2
        for before, after in pairwise(columns.written())
        if after - before > 1
    ]
    return [Text("…", (place - 8.0, 0.0, 16.0, ROW), SIZE, "text_muted") for place in places]


def _number_line(
    row: NumberRow, label: str, columns: LayerColumns, top: float, *, alarm: bool = False, current: int | None = None
) -> list[Mark]:
    """Draw a row of numbers; ``alarm``: a lost signal has the colour of danger. ``current``: the layer pointed at in
    this row."""
    ink = "text" if row.main else "text_muted"
    marks: list[Mark] = [
        Text(label, (0, top, LABELS - 8, ROW), SIZE, "text_muted", "right middle", bold=row.main, shrink=True)
    ]
    for layer in columns.written():
        box, value = (columns.left(layer), top, columns.wide, ROW), float(row.values[layer - 1])
        lost = alarm and not VANISHING_RATIO <= value <= EXPLODING_RATIO
        if layer == current:
            marks.append(Rectangle(box, "surface", "accent", corner=4.0))
        marks.append(Text(_written(row, layer), box, SIZE, "danger" if lost else ink, bold=row.main))
    return marks


def _written(row: NumberRow, layer: int) -> str:
    """Return a number as it is written; nothing for what lies behind the last layer."""
    value = float(row.values[layer - 1])
    if value == value:
        return ratio_text(value)
    return "" if layer == len(row.values) and row.to_next else NOTHING


def draw_numbers(data: LayerNumbers, frame: Frame) -> Drawing:
    """Draw the table of a network's numbers, a row each. Keys are ``(row, layer)``."""
    shown = data.shown
    if shown is None:
        return _draw_nothing(data, frame)
    row_key, layer = frame.pointed if isinstance(frame.pointed, tuple) else ("", None)
    pointed = layer if layer is not None and layer <= shown.depth else None
    columns = _columns_of(shown, shown.rows, frame, pointed)
    height = ROW * (len(shown.rows) + 1)
    marks = [*_grounds(data.lit | ({pointed} if pointed else set()), columns, (0.0, height))]
    marks += [*_layer_line(columns, 0.0, pointed), *_gaps(columns)]
    marks.append(Text(LETTERS[data.number], (0, 0, 16, ROW), SIZE, f"series {data.number} of {SERIES}", bold=True))
    cells: list[Rect] = []
    for place, row in enumerate(shown.rows, 1):
        current = pointed if row.key == row_key else None
        marks += _number_line(row, row.label, columns, place * ROW, current=current)
        cells += [(columns.middle(n) - columns.pitch / 2, place * ROW, columns.pitch, ROW) for n in _layers(shown)]
    keys = tuple((row.key, layer) for row in shown.rows for layer in _layers(shown))
    marks.append(Rectangles(tuple(cells), ("",) * len(cells), keys=keys, tips=call(_number_tip, shown)))
    return Drawing(tuple(marks), numbers=call(_table, shown), height=height + 2.0)


def _layer_tip(shown: ShownLayers, index: int) -> str:
    value, tick = float(shown.bars[index]), None if shown.ticks is None else float(shown.ticks[index])
    words = _tr("Layer {layer}, {row}: {value}").format(
        layer=index + 1, row=SYMBOLS[shown.measure], value=ratio_text(value)
    )
    return words if tick is None else _tr("{told}; predicted {value}").format(told=words, value=ratio_text(tick))


def _number_tip(shown: ShownLayers, index: int) -> str:
    row, layer = shown.rows[index // shown.depth], index % shown.depth + 1
    words = _tr("Layer {layer}, {row}: {value}").format(layer=layer, row=row.label, value=_written(row, layer))
    return f"{words}\n{row.tip}"


def _table(shown: ShownLayers) -> ExportTable:
    """List every number shown, layer by layer; ``tick`` is what is predicted of the bar."""
    header = ("layer", *(row.key for row in shown.rows), "tick")
    ticks = [""] * shown.depth if shown.ticks is None else shown.ticks.tolist()
    numbers = [row.values.tolist() for row in shown.rows]
    return ExportTable(header, [list(line) for line in zip(_layers(shown), *numbers, ticks, strict=True)])


LEAST_TABLE, GAP, SIDES = 240, 28, 14
"""Pixels of the width of a table at least, between two of them, and beside them."""
NUMBERS_OF = QT_TRANSLATE_NOOP("Gradients", "Numbers of network {letter}")


class LayerTables(QWidget):
    """``asked(number, row, layer)``: where does this number come from?"""

    asked = Signal(int, str, int)

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[DrawingView] = []
        self.reasons: list[QLabel] = []
        self._columns: list[QWidget] = []
        self.notation = MathLabel(NOTATION[DELTA], 14.0)
        self.meaning = wrapped()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(GAP)
        foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addWidget(self.notation)
        foot.addWidget(self.meaning, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(SIDES, 4, SIDES, 4)
        rows.addLayout(self._row)
        rows.addLayout(foot)
        rows.addStretch(1)
        self.show_measure(DELTA)

    def provide(self, count: int) -> None:
        """As many tables as there are networks."""
        while len(self.tables) < count:
            number = len(self.tables)
            name = said(NUMBERS_OF).format(letter=LETTERS[number])
            least = QSize(LEAST_TABLE, 40)
            table = DrawingView(draw_numbers, LayerNumbers(number), hint=QSize(420, 100), least=least, name=name)
            table.chosen.connect(lambda key, number=number: self.asked.emit(number, *key))
            why, holder = wrapped(), QWidget()
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            for part in (table, why):
                column.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
            column.addStretch(1)
            self._row.addWidget(holder, 1)
            self.tables.append(table)
            self.reasons.append(why)
            self._columns.append(holder)
        for number, holder in enumerate(self._columns):
            holder.setVisible(number < count)
        self._stack()

    def minimumSizeHint(self) -> QSize:
        """Return the room of one table: where there is no more, they stand below one another."""
        return QSize(LEAST_TABLE + 2 * SIDES, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stack()

    def _stack(self) -> None:
        """Set the tables side by side where all find room so, else below one another."""
        count = sum(not holder.isHidden() for holder in self._columns)
        beside = count * (LEAST_TABLE + GAP) - GAP + 2 * SIDES <= self.width()
        directions = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._row.setDirection(directions[beside])

    def show_numbers(
        self, moments: Sequence[NetworkMoment], shown: Sequence[ShownLayers], hidden: Collection[int]
    ) -> None:
        """Show what there is to say of each network, but for those ``hidden`` until they are guessed."""
        self.provide(len(moments))
        for number, (moment, rows) in enumerate(zip(moments, shown, strict=True)):
            is_hidden = number in hidden
            self.tables[number].set_data(LayerNumbers(number, None if is_hidden else rows, hidden=is_hidden))
            self.reasons[number].setText("" if is_hidden else reason_text(moment))

    def show_measure(self, measure: str) -> None:
        """Say what the numbers of a measure are about."""
        self.notation.set_text(NOTATION[measure])
        self.meaning.setText(said(MEANINGS[measure]))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Gradients", text)
