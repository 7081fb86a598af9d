"""The conditions that the table sets the unit, with live ticks; why they contradict each other, or between which sums
the threshold may lie."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Disc, Formula, Line, Mark, Rect, Rectangle, Text, call, text_width
from app.kit.drawing.view import DrawingView
from app.kit.export import ExportTable
from app.kit.formula.boxes import typeset
from app.kit.listing import joined
from app.kit.numbers import grouped
from app.kit.theme import colour_names
from app.kit.widgets.in_sight import FollowsInSight
from app.workspaces.neuron.model import ALL, NeuronModel, SignalStage, UnitPart
from app.workspaces.neuron.words import bracketed, named, parameter_text, row_name, z_text
from engine.neuron.parting import Contradiction
from engine.neuron.reading import NeuronReading
from engine.neuron.settings import search
from engine.neuron.tables import rows
from engine.neuron.wishes import SharedSum, Wish

LEFT = "left middle"
COLUMNS = (0.0, 0.115, 0.215, 0.955)
"""Where the columns begin, as shares of the width: row, wish, inequality, tick."""
HEAD, FOOT, TALLEST, LEAST_LINE = 24.0, 62.0, 30.0, 23.5
GAP = 8.0
RADIUS, CROWDED = 7.0, 10.0
"""Pixels: of a dot on the line of sums; and sums that lie closer than this stand beside each other, so that none hides
another."""

Dot = tuple[float, bool, int]
"""Where it stands, whether its rows are to fire, and how many they are."""


@dataclass(frozen=True, slots=True)
class ConditionsData:
    """A reading, of which rows the output is known, and whether some row is still to be guessed."""

    reading: NeuronReading
    known: tuple[bool, ...]
    secret: bool


class ConditionsView(FollowsInSight, DrawingView):
    """A click on a row puts its inputs on, and ``asked(key)`` where its sum comes from."""

    asked = Signal(object)

    def __init__(self, model: NeuronModel, parent: QWidget | None = None) -> None:
        self._model = model
        super().__init__(
            draw_why, self._shown(), hint=QSize(560, 220), least=QSize(280, 180), ground="surface", parent=parent,
            name=_title(model.reading),
        )  # fmt: skip
        model.changed.connect(self.follow)
        self.chosen.connect(self._choose)

    def _shown(self) -> ConditionsData:
        model = self._model
        known = tuple(model.stage_of(row) is SignalStage.OUTPUT for row in range(len(model.content.targets)))
        return ConditionsData(model.reading, known, model.secret)

    def write(self) -> None:
        """Draw what there is now."""
        self.setAccessibleName(_title(self._model.reading))
        self.set_data(self._shown())

    @Slot(object)
    def _choose(self, row: int) -> None:
        self._model.look_at(row)
        self.asked.emit((UnitPart.SUM, ALL))


def draw_why(data: ConditionsData, frame: Frame) -> Drawing:
    """Draw a line for each row over two sums, or over the room that the threshold has. Keys are the rows."""
    reading, width = data.reading, float(frame.width)
    size = 11.5 if (frame.height - HEAD - FOOT) / len(reading.wishes) < 24 else 13.0
    columns = _columns(data, width, size)
    lines = [1 if _fits_beside(data, wish, columns, size) else 2 for wish in reading.wishes]
    height = min(TALLEST, max(LEAST_LINE, (frame.height - HEAD - FOOT) / sum(lines)))
    marks: list[Mark] = [Text(_title(reading), (0, 0, width, HEAD), 13.5, align=LEFT, bold=True)]
    foot = HEAD
    for wish, count in zip(reading.wishes, lines, strict=True):
        marks += _row(data, wish, (0, foot, width, count * height), columns, size, count)
        foot += count * height
    foot += 4
    if reading.why_none is not None:
        marks += _sums(reading, reading.why_none, foot, width)
    elif not data.secret:
        marks += _line_of_sums(reading, COLUMNS[2] * width, foot, width - 12)
    spoken = [_tr("{row}: {kept}").format(row=row_name(wish.x), kept=_kept(data, wish)) for wish in reading.wishes]
    return Drawing(
        tuple(marks),
        description=joined(spoken),
        tip=_tr("Click a row to apply its inputs and see where its sum comes from"),
        numbers=call(_table, data),
        least=HEAD + FOOT + sum(lines) * LEAST_LINE,
    )


def _title(reading: NeuronReading) -> str:
    if reading.why_none is None:
        return _tr("What the table requires, row by row")
    if len(reading.rows) == 4:
        return _tr("Four conditions that contradict each other")
    return _tr("Conditions that contradict")


def _kept(data: ConditionsData, wish: Wish) -> str:
    if not data.known[wish.row]:
        return _tr("not yet")
    return _tr("kept") if wish.kept else _tr("not kept")


def _columns(data: ConditionsData, width: float, size: float) -> list[float]:
    """Return where the columns begin, in pixels, with the numbers before the tick: they follow upon the longest
    inequality that has room beside its own."""
    x = [share * width for share in COLUMNS]
    x[2] = max(x[2], x[1] + max(text_width(words, size) for words in (_tr("fires"), _tr("silent"))) + GAP)
    widths = [_widths(data, wish, size) for wish in data.reading.wishes]
    longest = max((first for first, second in widths if first + second <= x[3] - x[2]), default=0.0)
    return [*x[:3], x[2] + longest, x[3]]


def _numbers(data: ConditionsData, wish: Wish) -> str:
    return numbers_text(data.reading, wish) if data.known[wish.row] else _tr("not yet")


def _widths(data: ConditionsData, wish: Wish, size: float) -> tuple[float, float]:
    """Return what a row's inequality takes, and its numbers."""
    is_bold = data.known[wish.row] and not wish.kept
    inequality = typeset(_inequality(wish), size + 3.5).width
    return inequality + GAP, text_width(_numbers(data, wish), size, is_bold) + 4


def _fits_beside(data: ConditionsData, wish: Wish, x: list[float], size: float) -> bool:
    """Whether a row's numbers have room beside its inequality; else they stand beneath it."""
    inequality, numbers = _widths(data, wish, size)
    return inequality <= x[3] - x[2] and numbers <= x[4] - x[3]


def _row(data: ConditionsData, wish: Wish, box: Rect, x: list[float], size: float, lines: int) -> list[Mark]:
    _left, top, width, whole = box
    height, numbers_left = whole / lines, x[3] if lines == 1 else x[2]
    why, known = data.reading.why_none, data.known[wish.row]
    aside = why is not None and all(share.row != wish.row for share in (*why.fires, *why.silent))
    bottom, middle, tick = top + whole, top + height / 2, "good" if wish.kept else "danger"
    words, sign = (_tr("fires"), "positive_text") if wish.fires else (_tr("silent"), "negative_text")
    ink, sign, tick = ("text_muted",) * 3 if aside else ("text", sign, tick)
    marks: list[Mark] = [
        Rectangle(
            box, key=wish.row, tip=f"{row_name(wish.x)}: {_kept(data, wish)}", cursor=Qt.CursorShape.PointingHandCursor
        ),
        Line((0, bottom), (width, bottom), "border"),
        Text(row_name(wish.x), (x[0], top, x[1] - x[0], height), size, ink, LEFT, bold=True),
        Text(words, (x[1], top, x[2] - x[1], height), size, sign, LEFT),
        Formula(_inequality(wish), x[2], middle + 4.5, size + 3.5, ink, widest=x[4] - x[2] - GAP),
        Text(
            _numbers(data, wish), (numbers_left, bottom - height, x[4] - numbers_left - 4, height), size,
            "text_muted" if wish.kept or not known else tick, LEFT, bold=known and not wish.kept, shrink=True,
        ),
    ]  # fmt: skip
    if known:
        marks.append(
            Text("✓" if wish.kept else "✗", (x[4], top, width - x[4], height), size + 1, tick, LEFT, bold=True)
        )
    return marks


def numbers_text(reading: NeuronReading, wish: Wish) -> str:
    """``1.00 + 1.00 + (−0.50) = 1.50, not < 0``"""
    terms = [parameter_text(reading.content.weights[index], reading) for index in wish.active]
    terms = [*terms, parameter_text(reading.content.bias, reading)]
    written = " + ".join([terms[0], *(bracketed(term) for term in terms[1:])])
    total = f" = {z_text(wish.z, reading)}" if len(terms) > 1 else ""
    sign = "≥" if wish.fires else "<"
    if wish.kept:
        return f"{written}{total} {sign} 0"
    return _tr("{sum}, not {sign} 0").format(sum=written + total, sign=sign)


def _inequality(wish: Wish) -> str:
    terms = [*(f"w_{index + 1}" for index in wish.active), "b"]
    sign = r"\geq" if wish.fires else "<"
    return f"{' + '.join(terms)} {sign} 0"


def _table(data: ConditionsData) -> ExportTable:
    """Return the conditions as numbers; what is not known yet stays empty."""
    names = [f"x{number}" for number in range(1, len(data.reading.content.weights) + 1)]
    lines = [
        (*wish.x, wish.z if known else None, int(wish.fires), int(wish.kept) if known else None)
        for wish, known in zip(data.reading.wishes, data.known, strict=True)
    ]
    return ExportTable((*names, "z", "to_fire", "kept"), lines)


# Sums that contradict each other --------------------------------------------------------------------------------------


def _sums(reading: NeuronReading, why: Contradiction, top: float, width: float) -> Iterator[Mark]:
    points = rows(len(reading.content.weights))
    searched = search(reading.content.targets)
    counts = {"solved": grouped(searched.solved), "count": grouped(searched.settings)}
    conclusions = (
        (_tr("Both cannot hold: no setting exists."), _tr("Both cannot hold."), 13.0, "danger", True),
        (
            _tr("searched as well: {solved} of {count} settings").format(**counts),
            _tr("by search: {solved} of {count}").format(**counts), 11.5, "text_muted", False,
        ),
    )  # fmt: skip
    sides = zip((why.fires, why.silent), (r"\geq 0", "< 0"), conclusions, strict=True)
    for number, (shares, sign, (whole, brief, size, ink, bold)) in enumerate(sides):
        y = top + 5 + number * 25
        words = _tr("add {rows}").format(rows=named(shares, points))
        yield Text(words, (0, y, width, 22), 12, "text_muted", LEFT)
        left = max(COLUMNS[2] * width, text_width(words, 12) + 12.0)
        sum_of_rows = f"{_sum_markup(why)} {sign}"
        yield Formula(sum_of_rows, left, y + 16, 17)
        right = left + typeset(sum_of_rows, 17).width + 22
        fits = text_width(whole, size, bold) <= width - right
        yield Text(
            whole if fits else brief, (right, y, max(0.0, width - right), 22), size, ink, LEFT, bold=bold, shrink=True
        )


def _sum_markup(why: Contradiction) -> str:
    factors = [(factor, f"w_{index + 1}") for index, factor in enumerate(why.weights)] + [(why.bias, "b")]
    return " + ".join(("" if factor == 1 else str(factor)) + name for factor, name in factors if factor)


# Sums that a threshold may part ---------------------------------------------------------------------------------------


def _line_of_sums(reading: NeuronReading, left: float, top: float, right: float) -> list[Mark]:
    """Draw the weighted sums of all rows on one axis: the threshold has to separate those that fire from the others."""
    sums = [place.weighted for place in reading.places]
    theta, room = reading.unit.threshold, reading.room
    low, high = min(*sums, theta) - 0.4, max(*sums, theta) + 0.4
    scale, y = (right - left) / (high - low), top + 29

    def at(value: float) -> float:
        return left + (value - low) * scale

    marks: list[Mark] = [Text(_tr("weighted sums"), (0, y - 12, left - 8, 24), 12, "text_muted", LEFT, shrink=True)]
    if room.open and room.above is not None and room.up_to is not None:
        marks.append(Rectangle((at(room.above), y - 9, at(room.up_to) - at(room.above), 18), "good 18%"))
    marks += [
        Line((left, y), (right, y), "text_muted", 1.2),
        Line((at(theta), y - 12), (at(theta), y + 12), "text", 2.2, cap="round"),
    ]
    for x, crowd in dots(reading.places, scale):
        for number, (_, fires, count) in enumerate(crowd):
            centre = left - low * scale + x + (number - (len(crowd) - 1) / 2) * 2 * RADIUS
            fill = "positive" if fires else "negative"
            marks.append(Disc(centre, y, RADIUS, fill, "surface", 1.5))
            if count > 1:
                side = (centre - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS)
                marks.append(Text(str(count), side, 10.5, f"readable {fill}", bold=True))
    words = Text(room_words(reading), (left, y + 12, right - left, 21), 11.5, "text_muted", shrink=True)
    return [*marks, Formula(r"\theta", at(theta), y - 15, 15, align="across"), words]


def dots(places: tuple[SharedSum, ...], scale: float) -> list[tuple[float, tuple[Dot, ...]]]:
    """Return the dots on an axis of ``scale`` pixels a unit, as (pixels, dots from left to right): one for all rows of
    a colour that share a sum, and those that would cover each other side by side."""
    crowds: list[list[Dot]] = []
    for place in places:
        x = place.weighted * scale
        here = [(x, fires, count) for fires, count in ((False, place.silent), (True, place.fires)) if count]
        if crowds and x - crowds[-1][-1][0] < CROWDED:
            crowds[-1] += here
        else:
            crowds.append(here)
    return [(sum(dot[0] for dot in crowd) / len(crowd), tuple(crowd)) for crowd in crowds]


def room_words(reading: NeuronReading) -> str:
    """Return which thresholds do it, or why none does."""
    room = reading.room
    if not room.open:
        shared = next((place for place in reading.places if place.fires and place.silent), None)
        if shared is None:
            words = _tr("No threshold separates {positive} from {negative}: change the weights.")
            return words.format(**colour_names())
        words = _tr("A row in {positive} and one in {negative} both sum to {sum}, so no threshold separates them.")
        return words.format(sum=parameter_text(shared.weighted, reading), **colour_names())
    if room.above is None or room.up_to is None:
        return _tr("All rows have the same target: any threshold beyond all sums works.")
    words = _tr("With these weights every θ above {low} and up to {high} works.")
    return words.format(low=parameter_text(room.above, reading), high=parameter_text(room.up_to, reading))


def _tr(text: str) -> str:
    return QCoreApplication.translate("WhyView", text)
