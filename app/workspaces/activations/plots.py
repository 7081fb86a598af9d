"""f over f′ over a layer's live z, on one x axis with one cursor: the middle of the page."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import hypot, isfinite

import numpy as np
from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QColor, QPainterPath, QPolygonF
from PySide6.QtWidgets import QWidget

from app.kit.charts.marks import CurveEnding, apart
from app.kit.charts.polyline import FURTHEST, polyline, within
from app.kit.copying import copy_in_corner
from app.kit.drawing.axes import Axes, AxisScale
from app.kit.drawing.cursor import CursorInput, CursorMark
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import (
    Disc,
    Formula,
    Group,
    Line,
    Mark,
    Path,
    Point,
    Rectangle,
    Text,
    call,
    fitting_text,
    text_width,
)
from app.kit.drawing.view import DrawingView
from app.kit.export import ExportTable
from app.kit.formula.boxes import typeset
from app.kit.listing import set_apart
from app.kit.numbers import fixed, typed
from app.workspaces.activations.functions import ComparedFunction, slot_ink, still_words, value_text
from app.workspaces.activations.keys import CURSOR, SLOPE, X, Y
from app.workspaces.activations.layer_plot import HEAD, draw_layer, layer_words, tick_lines
from app.workspaces.activations.layer_watch import LayerView
from app.workspaces.activations.words import kink_sentence, slope_spoken
from engine.activations.comparison import Comparison, decimals_of
from engine.activations.sampling import Sampled, height_of, sampled
from engine.activations.scalar import ScalarFunction

LEFT, RIGHT = 50.0, 92.0
"""Pixels beside every plot: the numbers of its own axis, and the names at the ends of its curves."""
SHARES, HEADS, FEET = (27, 24, 29), (34.0, 50.0, HEAD), (6.0, 14.0, 48.0)
"""Of f, f′ and z: parts of the height, and the pixels above and beneath the plot."""
PILL_HEIGHT, PILL_SIDE, PILL_TOP = 24.0, 13.0, 1.0
VALUE_APART = 34.0
POINTS_PER_PIXEL = 0.5
TANGENT = 54.0
"""Half the length of a tangent's stroke, in pixels."""
DOT, NEAR, JUMP = 4.5, 4.0, 3.2
EDGE = 1.0
LEAST = 300
"""Pixels of a window in which the curves can still be told apart."""
CORNER = 40.0
"""Pixels at the right end of the heading that are the button's for copies."""
NAME_ROOM = 79.0


@dataclass(frozen=True, eq=False)
class Plots:
    """The data of the three plots. ``lit``: keys that stand out; ``hidden``: slopes are yet to be guessed, by
    a question that is ``asked_in_sight`` or behind a switch; ``view``: the layer, and ``why`` there is none."""

    shown: tuple[ComparedFunction, ...] = ()
    low: float = -6.0
    high: float = 6.0
    cursor: float = 0.0
    lit: frozenset[Hashable] = frozenset()
    hidden: bool = False
    asked_in_sight: bool = True
    view: LayerView | None = None
    why: str = ""

    @property
    def text(self) -> str:
        """The cursor's x as it is written."""
        return cursor_text(self)


def cursor_text(axis: Plots | Comparison) -> str:
    """Return the cursor's x with as many decimals as a pixel is worth; one that was typed finer, with all of them."""
    decimals = decimals_of(axis.low, axis.high)
    return fixed(axis.cursor, decimals) if round(axis.cursor, decimals) == axis.cursor else typed(axis.cursor)


def draw_plots(data: Plots, frame: Frame) -> Drawing:
    """Draw the three plots. Keys are those of :mod:`app.workspaces.activations.keys`."""
    f, slope, layer = axes_of(data, frame.width, frame.height)
    cursor, pill = _cursor(data, f.across, slope.box[1] - HEADS[1], frame)
    about = (_tr("its slope: what backpropagation multiplies by"),)
    marks: list[Mark] = [
        cursor,
        _ground(f, "f(x)", _about(data), data.shown, Y, frame.width),
        _ground(slope, "f'(x)", about, () if data.hidden else data.shown, SLOPE, frame.width),
    ]
    own = next(
        (function for function in data.shown if data.view and function.in_layer == data.view.layer.function.key), None
    )
    ink = own.ink if own is not None else "text_muted"
    marks += draw_layer(layer, data.view, data.why, ink, data.cursor, frame.pointed, frame.width)
    marks += _cursor_lines(data, (f, slope, layer), pill)
    if not data.hidden:
        left, top, width, height = f.box
        tangents = call(_tangents, data.shown, f, data.cursor, data.lit)
        marks.append(Group(tangents, clip=(left - 1, top - 2, width + 2, height + 4)))
    marks += [_curve(function, Y, f, data.lit) for function in data.shown]
    marks += _points(data, Y, f, frame.pointed)
    if data.hidden:
        marks += _veil(slope, asked_in_sight=data.asked_in_sight)
    else:
        marks += [_curve(function, SLOPE, slope, data.lit) for function in data.shown]
        marks += _points(data, SLOPE, slope, frame.pointed)
    words = set_apart([values_spoken(data), layer_words(data.view, data.why)])
    return Drawing(tuple(marks), description=words, numbers=call(table_of, data.shown, f, slope, data.hidden))


# Places ---------------------------------------------------------------------------------------------------------------


def axes_of(data: Plots, width: float, height: float) -> tuple[Axes, Axes, Axes]:
    """Return the axes of f, f′ and the layer's z; the last have no values upwards."""
    across = AxisScale(data.low, data.high, LEFT, LEFT + max(10.0, width - LEFT - RIGHT))
    axes, top = [], 0.0
    for place, share in enumerate(SHARES):
        part = height * share / sum(SHARES)
        start = top + HEADS[place]
        end = max(start + 10.0, top + part - FEET[place])
        top += part
        ends = (0.0, 1.0)
        if place < 2:
            ends = _heights(tuple(_Bounded.of(function, (Y, SLOPE)[place]) for function in data.shown), across)
        axes.append(Axes(across, AxisScale(*ends, end, start)))
    return axes[0], axes[1], axes[2]


@dataclass(frozen=True, slots=True)
class _Bounded:
    """A curve, and whether it has an upper and a lower end."""

    scalar: ScalarFunction
    kind: str
    is_bounded: bool | None

    @staticmethod
    def of(function: ComparedFunction, kind: str) -> _Bounded:
        """Return what is known of a function; None where its curve must say."""
        profile = function.scalar.profile
        ends = profile.slope if kind == SLOPE else profile.output
        known = None if profile.measured is not None else all(isfinite(end) for end in ends)
        return _Bounded(function.scalar, kind, known)


@lru_cache(maxsize=16)
def _heights(curves: tuple[_Bounded, ...], across: AxisScale) -> tuple[float, float]:
    pairs = []
    for curve in curves:
        points = _sampled(curve.scalar, curve.kind, across)
        pairs.append((points, points.levels_off if curve.is_bounded is None else curve.is_bounded))
    return height_of(pairs, across.low, across.high)


@lru_cache(maxsize=32)
def _sampled(scalar: ScalarFunction, kind: str, across: AxisScale) -> Sampled:
    points = max(64, int((across.end - across.start) * POINTS_PER_PIXEL))
    if kind == SLOPE:
        return sampled(scalar.slope, scalar.slope_jumps, (), across.low, across.high, points)
    return sampled(scalar.value, scalar.jumps, scalar.slope_jumps, across.low, across.high, points)


@lru_cache(maxsize=32)
def lines_of(scalar: ScalarFunction, kind: str, axes: Axes) -> tuple[QPolygonF, ...]:
    """Return the unbroken pieces of a curve, in pixels."""
    across, up = axes.across, axes.up
    wide, high = (across.end - across.start) / (across.high - across.low), (up.end - up.start) / (up.high - up.low)
    lines: list[QPolygonF] = []
    for xs, ys in _sampled(scalar, kind, across).pieces:
        px = across.start + (xs - across.low) * wide
        py = up.start + (np.clip(ys, -FURTHEST, FURTHEST) - up.low) * high
        lines += [polyline(*part) for part in within(px, py, up.end - EDGE, up.start + EDGE)]
    return tuple(lines)


def _value(function: ComparedFunction, kind: str, x: float) -> float:
    return function.scalar.at(x)[1 if kind == SLOPE else 0]


def _place(axes: Axes, x: float, y: float, air: float = 4.0) -> Point | None:
    """Return where a point of a curve stands; None outside of the plot."""
    up = axes.up
    if not isfinite(y):
        return None
    place = up.start + (y - up.low) / (up.high - up.low) * (up.end - up.start)
    inside = up.end - air <= place <= up.start + air and axes.across.low <= x <= axes.across.high
    return (axes.across.place(x), place) if inside else None


# What stays while the cursor moves ------------------------------------------------------------------------------------


def _ground(
    axes: Axes, markup: str, about: tuple[str, ...], curves: tuple[ComparedFunction, ...], kind: str, width: float
) -> Mark:
    """Draw heading, lines and names, which are painted once."""
    return Group(call(_ground_marks, axes, markup, about, _ends(curves, kind, axes), width), cached=True)


def _ends(curves: tuple[ComparedFunction, ...], kind: str, axes: Axes) -> tuple[tuple[str, str, float], ...]:
    """Return every curve's name, its colour and the height at which it leaves the plot."""
    _, top, _, high = axes.box
    ends = []
    for function in curves:
        lines = lines_of(function.scalar, kind, axes)
        if lines and lines[-1].count():
            ends.append((function.name, function.ink, min(max(lines[-1].last().y(), top), top + high)))
    return tuple(ends)


def _ground_marks(
    axes: Axes, markup: str, about: Sequence[str], ends: Sequence[tuple[str, str, float]], width: float
) -> list[Mark]:
    left, top, wide, high = axes.box
    right, bottom = left + wide, top + high
    begin = 18.0 + typeset(markup, 15.0).width + 12.0
    room = (begin, top - 23.0, width - begin - CORNER, 16.0)
    marks: list[Mark] = [
        Formula(markup, 18.0, top - 11.0, 15.0),
        Text(fitting_text(about, room[2], 12), room, 12, "text_muted", "left middle", elide=True),
        *tick_lines(axes, numbers=False),
    ]
    for value, text in axes.up.ticks(VALUE_APART):
        y = round(axes.up.place(value)) + 0.5
        marks.append(Line((left, y), (right, y), "text_muted" if value == 0.0 else "border"))
        marks.append(Text(text, (0, y - 8, LEFT - 8, 16), 11, "text_muted", "right middle", shrink=True))
    inks = {name: ink for name, ink, _ in ends}
    endings = [CurveEnding(y, name, QColor()) for name, _, y in ends]
    for y, ending in apart(endings, top - 6, bottom + 6):
        place = (right + 9, y - 9, NAME_ROOM, 18.0)
        marks.append(Text(ending.text, place, 13, inks[ending.text], "left middle", bold=True, elide=True))
    return marks


def _curve(function: ComparedFunction, kind: str, axes: Axes, lit: Collection[Hashable]) -> Mark:
    """Draw a curve, as a picture of its own: a parameter is dragged without the others being painted again."""
    is_lit = (kind, function.key) in lit or (kind == Y and (SLOPE, function.key) in lit)
    return Group(call(_curve_marks, function.scalar, kind, axes, function.ink, function.stale, is_lit), cached=True)


def _curve_marks(scalar: ScalarFunction, kind: str, axes: Axes, ink: str, stale: bool, lit: bool) -> list[Mark]:
    path = QPainterPath()
    for line in lines_of(scalar, kind, axes):
        path.addPolygon(line)
    marks: list[Mark] = [Path(path, ink, 3.0 if lit else 2.0, dashed=stale, cap="square")]
    for jump in _sampled(scalar, kind, axes.across).jumps:
        missed = [end for end in (jump.left, jump.right) if not abs(end - jump.at) <= 1e-6]
        for value, is_hollow in [*((end, True) for end in missed), (jump.at, False)]:
            place = _place(axes, jump.x, value, 1.0)
            if place is not None:  # empty where the curve does not come to, filled where the function is
                marks.append(Disc(*place, JUMP, "surface" if is_hollow else ink, ink, 1.8))
    return marks


def _veil(axes: Axes, *, asked_in_sight: bool) -> list[Mark]:
    words = _tr("f′ appears once you've answered, on the right")
    if not asked_in_sight:
        words = _tr("f′ appears once you've answered, under “Facts”")
    left, top, width, height = axes.box
    wide = text_width(words, 13) + 28.0
    room = (left + (width - wide) / 2, top + height / 2 - 15.0, wide, 30.0)
    return [Rectangle(room, "raised", "border", corner=15.0), Text(words, room, 13, "text_muted")]


def _about(data: Plots) -> tuple[str, ...]:
    """Say what to look at, of what is in sight, the fullest first."""
    if still := still_words(data.shown):
        return (still,)
    if not all(function.by_itself for function in data.shown):
        whole = _tr("softmax is that of two units, (x, 0): then it is the logistic function")
        return whole, _tr("softmax is that of two units, (x, 0)")
    if data.hidden:
        return ("",)
    whole = _tr("thick strokes: tangents at the cursor, with the slope plotted below")
    return whole, _tr("thick strokes: tangents at the cursor")


# The cursor -----------------------------------------------------------------------------------------------------------


def _cursor(data: Plots, across: AxisScale, top: float, frame: Frame) -> tuple[CursorMark, list[Mark]]:
    """Return the cursor and its pill, in which x can be typed."""
    words = f"↔  x = {data.text}"
    wide = round(text_width(words, 13, bold=True)) + 2 * PILL_SIDE
    x = across.place(data.cursor)
    left = min(max(round(x - wide / 2), 4.0), max(frame.width - wide - 4.0, 4.0))
    pill = (left, top + PILL_TOP, wide, PILL_HEIGHT)
    step = 10.0 ** (1 - decimals_of(data.low, data.high))
    how = CursorInput(step, (data.low, data.high), zooms=True, home=0.0)
    cursor = CursorMark(
        across, data.cursor, f"{data.text}. {values_spoken(data, slopes=True)}", how, pill, key=CURSOR,
        tip=_tr("Cursor x"), target=(across.start - 6.0, 0.0, across.end - across.start + 12.0, frame.height),
    )  # fmt: skip
    return cursor, [Rectangle(pill, "accent", corner=PILL_HEIGHT / 2), Text(words, pill, 13, "on_accent", bold=True)]


def _cursor_lines(data: Plots, plots: Sequence[Axes], pill: list[Mark]) -> list[Mark]:
    """Draw the cursor through every plot, but through no heading."""
    width = 3.0 if any(isinstance(key, tuple) and key[0] == X for key in data.lit) else 1.5
    lines = []
    for axes in plots:
        (_, top, _, height), x = axes.box, axes.across.place(data.cursor)
        lines.append(Line((x, top - 4.0), (x, top + height), "accent", width))
    return [*lines, *pill]


def _tangents(shown: Sequence[ComparedFunction], axes: Axes, x: float, lit: Collection[Hashable]) -> list[Mark]:
    """Draw pale strokes through the points at the cursor, with the slopes that are plotted beneath; none where there is
    no derivative, as at a kink."""
    across, up = axes.across, axes.up
    wide, high = (across.end - across.start) / (across.high - across.low), (up.start - up.end) / (up.high - up.low)
    marks: list[Mark] = []
    for function in shown:
        y, slope = function.scalar.at(x)
        if kink_sentence(function, x) or not (isfinite(y) and isfinite(slope)):
            continue
        left, top = across.place(x), up.start - (y - up.low) * high
        length = hypot(wide, slope * high)
        dx, dy = TANGENT * wide / length, -TANGENT * slope * high / length
        is_lit = (Y, function.key) in lit or (SLOPE, function.key) in lit
        ink = f"{slot_ink(function.slot)} {50 if is_lit else 28}%"
        marks.append(Line((left - dx, top - dy), (left + dx, top + dy), ink, 7.0, cap="round"))
    return marks


def _points(data: Plots, kind: str, axes: Axes, pointed: Hashable) -> list[Mark]:
    """Draw the point of every function at the cursor; a click asks where the number comes from."""
    marks: list[Mark] = []
    for function in data.shown:
        key, place = (kind, function.key), _place(axes, data.cursor, _value(function, kind, data.cursor))
        if place is not None:
            is_lit = key in data.lit or pointed == key or (kind == Y and (SLOPE, function.key) in data.lit)
            tip = call(_point_tip, function, kind, data.cursor)
            marks.append(
                Disc(
                    *place, DOT + 2.0 if is_lit else DOT, "surface", function.ink, 1.8, key=key, tip=tip, reach=NEAR,
                    cursor=Qt.CursorShape.PointingHandCursor,
                )
            )  # fmt: skip
    return marks


def _point_tip(function: ComparedFunction, kind: str, x: float) -> str:
    name, value = (
        (f"{function.name}′", slope_spoken(function, x))
        if kind == SLOPE
        else (function.name, value_text(_value(function, Y, x), 5))
    )
    return f"{name}(x) = {value}\n{_tr('Where does this number come from?')}"


def values_spoken(data: Plots, *, slopes: bool = False) -> str:
    """Return every function at the cursor in words, with or without its slope."""
    parts = []
    for function in data.shown:
        f = value_text(function.scalar.at(data.cursor)[0], 4)
        slope = _tr("not shown yet") if data.hidden else slope_spoken(function, data.cursor)
        both = _tr("{name} {f}, slope {slope}").format(name=function.name, f=f, slope=slope)
        parts.append(both if slopes else f"{function.name} {f}")
    return set_apart(parts)


def table_of(shown: Sequence[ComparedFunction], f: Axes, slope: Axes, hidden: bool) -> ExportTable:
    """Return x, every f and every f′; empty where a function has no value."""
    columns = [(function, Y, f, "f") for function in shown] + [
        (function, SLOPE, slope, "f′") for function in shown if not hidden
    ]
    rows: dict[float, dict[int, float]] = {}
    for place, (function, kind, axes, _) in enumerate(columns):
        for xs, ys in _sampled(function.scalar, kind, axes.across).pieces:
            for x, y in zip(xs.tolist(), ys.tolist(), strict=True):
                rows.setdefault(x, {})[place] = y
    header = ("x", *(f"{function.name} {word}" for function, _, _, word in columns))
    return ExportTable(header, [[x, *(rows[x].get(place, "") for place in range(len(columns)))] for x in sorted(rows)])


def _tr(text: str) -> str:
    return QCoreApplication.translate("ActivationPlots", text)


class ActivationPlots(DrawingView):
    """Its keys: :data:`CURSOR`, (Y or SLOPE, function), (MEAN,) and (DEVIATION,)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        name = self.tr("f, f′ and a layer's z")
        super().__init__(
            draw_plots, Plots(), hint=QSize(640, 560), least=QSize(LEAST, 260), name=name, ground="surface",
            parent=parent,
        )  # fmt: skip
        self.copier = copy_in_corner(self, self, title=self.tr("Activations"), name="activations")

    @property
    def plots(self) -> Plots:
        """Return what is drawn."""
        assert isinstance(self.data, Plots)
        return self.data

    def show_comparison(self, value: Comparison, shown: Sequence[ComparedFunction]) -> None:
        """Draw these over this axis."""
        self.set_data(replace(self.plots, shown=tuple(shown), low=value.low, high=value.high, cursor=value.cursor))

    def show_layer(self, view: LayerView | None, why: str) -> None:
        """Draw a layer's z; ``why``: what is said where there is none."""
        if (view, why) != (self.plots.view, self.plots.why):
            self.set_data(replace(self.plots, view=view, why=why))

    def hide_slopes(self, hidden: bool, *, asked_in_sight: bool) -> None:
        """Hide f′ and the tangents, which say the same, while the slope is to be guessed; or show them again."""
        if (hidden, asked_in_sight) != (self.plots.hidden, self.plots.asked_in_sight):
            self.set_data(replace(self.plots, hidden=hidden, asked_in_sight=asked_in_sight))

    def light(self, keys: Collection[Hashable]) -> None:
        """Make what these keys stand for stand out: points of curves, tangents, the cursor's line."""
        if frozenset(keys) != self.plots.lit:
            self.set_data(replace(self.plots, lit=frozenset(keys)))
