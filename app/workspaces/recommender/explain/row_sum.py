"""Why a row has its probability: its sum in one line, and under it the waterfall of its parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, exp, floor, log10
from typing import Literal

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QPainterPath, QTransform
from PySide6.QtWidgets import QFrame, QWidget

from app.kit.copying import CopyButton
from app.kit.drawing.axes import AxisScale
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Line, Mark, Path, Polyline, Rectangle, Text, call, text_width
from app.kit.drawing.view import DrawingView
from app.kit.export import ExportTable
from app.kit.inks import sign_ink, sign_text_ink
from app.kit.look import font
from app.kit.numbers import counted, grouped, probability, signed
from app.kit.widgets.frame import column_layout, fill, row_layout
from app.kit.widgets.labels import ElidedLabel, Label
from app.workspaces.recommender.explain.explainer import Explained, RowTerm

LEAST_DECIMALS, MOST_DECIMALS = 3, 6
Kind = Literal["bias", "cross", "further", "single", "deep", "logit"]
NAMED: Kind = "cross"
WIDE_KINDS: tuple[Kind, ...] = ("cross", "further", "single")


@dataclass(frozen=True, slots=True)
class SumStep:
    """One bar of the waterfall, from ``begin`` to ``end`` on the axis of the logit; ``exact`` is what it was rounded
    from, ``terms`` what it stands for."""

    kind: Kind
    terms: tuple[RowTerm, ...]
    weight: float
    begin: float
    exact: float

    @property
    def named(self) -> bool:
        """Return whether it is one cross, which is told by its name."""
        return self.kind == NAMED

    @property
    def end(self) -> float:
        """Return the sum up to this bar, itself included."""
        return self.begin + self.weight


@dataclass(frozen=True, slots=True)
class Written:
    """A row's sum as it is printed: every number is one of so many ``decimals``."""

    decimals: int
    steps: tuple[SumStep, ...]
    wide: float
    deep: float
    bias: float
    logit: float


@dataclass(frozen=True, slots=True)
class _Part:
    """A line of the sum before it is rounded. ``gives``: it may take up what the other lines' rounding leaves over."""

    kind: Kind
    terms: tuple[RowTerm, ...]
    exact: float
    gives: bool


def written(row: Explained, most: int) -> Written:
    """The sum with the ``most`` strongest crosses by name."""
    parts = _parts(row, most)
    decimals, printed = _printed(parts, row)
    steps, begin = [], 0.0
    for part, value in zip(parts, printed, strict=True):
        steps.append(SumStep(part.kind, part.terms, value, begin, part.exact))
        begin = round(begin + value, decimals)
    wide = round(sum(step.weight for step in steps if step.kind in WIDE_KINDS), decimals)
    deep = sum(step.weight for step in steps if step.kind == "deep")
    bias, logit = steps[0].weight, begin
    steps.append(SumStep("logit", (), logit, 0.0, row.logit))
    return Written(decimals, tuple(steps), wide, deep, bias, logit)


def _parts(row: Explained, most: int) -> list[_Part]:
    """The lines of the sum, from the bias on, as they are exactly."""
    crosses = sorted((term for term in row.terms if not term.single), key=lambda term: -abs(term.weight))
    named, further = crosses[:most], tuple(crosses[most:])
    singles = tuple(term for term in row.terms if term.single)
    parts = [_Part("bias", (), row.bias, False), *(_Part("cross", (term,), term.weight, False) for term in named)]
    rests: tuple[tuple[Kind, tuple[RowTerm, ...]], ...] = (("further", further), ("single", singles))
    for kind, terms in rests:
        if terms:
            parts.append(_Part(kind, terms, sum(term.weight for term in terms), any(term.weight for term in terms)))
    if row.has_deep:
        parts.append(_Part("deep", (), row.deep, True))
    return parts


def _printed(parts: Sequence[_Part], row: Explained) -> tuple[int, list[float]]:
    """How many decimals there are, and each part with so many: the fewest with which σ of the printed logit is the
    printed probability, and no part has to give more than one of the last digit."""
    for decimals in range(LEAST_DECIMALS, MOST_DECIMALS + 1):
        logit = round(row.logit, decimals)
        kept = sum(round(part.exact, decimals) for part in parts if not part.gives)
        giving = [part.exact for part in parts if part.gives]
        taken = adding_up(giving, logit - kept, decimals)
        moved = sum(abs(a - round(b, decimals)) for a, b in zip(taken, giving, strict=True))
        adds_up = round(kept + sum(taken) - logit, decimals) == 0.0 and moved < (len(giving) + 0.5) * 10**-decimals
        if adds_up and probability(logistic(logit)) == probability(row.probability):
            left = iter(taken)
            return decimals, [next(left) if part.gives else round(part.exact, decimals) for part in parts]
    # All are single weights: what the roundings leave is spread over those that stand nearest to it.
    return MOST_DECIMALS, list(adding_up([part.exact for part in parts], row.logit, MOST_DECIMALS))


def logistic(logit: float) -> float:
    """σ of a printed logit, to check that it leads to the printed probability."""
    return 1.0 / (1.0 + exp(-logit)) if logit > -700.0 else 0.0


def adding_up(parts: Sequence[float], total: float, decimals: int) -> tuple[float, ...]:
    """The parts rounded so that they add up to the rounded total: those that stand nearest to it go the other way.

    >>> adding_up([0.344, 0.344, 0.312], 1.0, 2)
    (0.35, 0.34, 0.31)
    """
    unit = 10**decimals
    units = [round(part * unit) for part in parts]
    left = round(total * unit) - sum(units)
    way = 1 if left > 0 else -1
    order = sorted(range(len(parts)), key=lambda at: way * (units[at] - parts[at] * unit))
    for number in range(abs(left) if parts else 0):
        units[order[number % len(order)]] += way
    return tuple(value / unit for value in units)


# The waterfall --------------------------------------------------------------------------------------------------------


ROW, LEAST_ROW = 23.0, 17.0
AXIS = 20.0
BRACKET = 26.0
VALUE = 66.0
MOST_CROSSES, LEAST_CROSSES = 12, 2
NAMES = 0.4
"""Share of the width for the names."""
TOLD = 12
"""Terms of a rest that its tooltip lists."""


def written_in(row: Explained, height: float) -> Written:
    """Return the sum with as many crosses by name as have room beside bias, rests, deep part and logit."""
    room = int((height - AXIS) // LEAST_ROW) - 5
    return written(row, max(LEAST_CROSSES, min(MOST_CROSSES, room)))


def draw_waterfall(row: Explained | None, frame: Frame) -> Drawing:
    """Draw each weight from where the one before has ended, down to the logit. Keys are the steps."""
    if row is None:
        return Drawing()
    shown = written_in(row, frame.height)
    steps = shown.steps
    high = min(ROW, (frame.height - AXIS) / len(steps))
    left = NAMES * frame.width + BRACKET
    right = left + max(40.0, frame.width - left - VALUE)
    across = AxisScale(*axis_ends([step.end for step in steps]), left, right)
    marks: list[Mark] = [*_axis(across, AXIS + high * len(steps)), *_bracket(shown, high)]
    for number in range(len(steps)):
        marks += _step(row, shown, number, across, high, frame)
    return Drawing(
        tuple(marks),
        "; ".join(line_of(row, shown, step) for step in steps),
        order=tuple(range(len(steps))),
        numbers=call(_table, row),
    )


def axis_ends(values: Sequence[float]) -> tuple[float, float]:
    """Return the ends of an axis with 0 and all values, in whole steps: a changed row moves its bars, seldom the axis.

    >>> axis_ends([-1.14, 0.09]), axis_ends([-1.14, 0.83]), axis_ends([0.0])
    ((-1.5, 0.5), (-1.5, 1.0), (0.0, 1.0))
    """
    low, high = min(0.0, *values), max(0.0, *values)
    if low == high:
        return 0.0, 1.0
    step = 10.0 ** floor(log10(high - low))
    step = step / 2 if high - low < 2 * step else step
    return floor(low / step) * step, ceil(high / step) * step


def _axis(across: AxisScale, bottom: float) -> Iterator[Mark]:
    last = 0.0
    for value, text in across.ticks(48.0):
        x, half = across.place(value), text_width(text, 11) / 2 + 4
        yield Line((x, AXIS), (x, bottom), "text_muted" if value == 0 else "border")
        if x - half >= last:
            yield Text(text, (x - 30, 0, 60, AXIS - 4), 11, "text_muted")
            last = x + half


def _bracket(shown: Written, high: float) -> Iterator[Mark]:
    """Yield a bracket round the steps of the wide part, with their sum."""
    wide = [number for number, step in enumerate(shown.steps) if step.kind in WIDE_KINDS]
    if not wide:
        return
    top, bottom = AXIS + wide[0] * high + 4, AXIS + (wide[-1] + 1) * high - 4
    yield Polyline(points=((25, top), (20, top), (20, bottom), (25, bottom)), stroke="text_muted")
    text, letters = _tr("wide {sum}").format(sum=signed(shown.wide, shown.decimals)), QPainterPath()
    letters.addText(-text_width(text, 11) / 2, 4, font(11), text)
    yield Path(QTransform().translate(9, (top + bottom) / 2).rotate(-90).map(letters), fill="text_muted")


def _step(row: Explained, shown: Written, number: int, across: AxisScale, high: float, frame: Frame) -> Iterator[Mark]:
    step, top = shown.steps[number], AXIS + number * high
    total, strong = step.kind == "logit", step.kind in ("bias", "deep", "logit")
    rest, middle = step.kind in ("further", "single"), top + high / 2
    yield Rectangle(
        (BRACKET + 2, top, frame.width - BRACKET - 3, high), "raised" if frame.pointed == number else "", corner=5,
        key=number, tip=call(_spoken, row, shown, number),
    )  # fmt: skip
    if total:
        yield Line((BRACKET, top), (frame.width, top), "border")
    begin, end, thick = across.place(step.begin), across.place(step.end), min(15.0, high - 6)
    ink = "text" if total else sign_ink(step.weight)
    bar = (min(begin, end), middle - thick / 2, max(1.5, abs(end - begin)), thick)
    yield Rectangle(bar, f"{ink} 55%" if rest else ink, corner=min(3.0, bar[2] / 2))
    if not total:
        yield Line((end, middle + thick / 2), (end, top + 1.5 * high - thick / 2), "text_muted")
    name = (BRACKET, top, across.start - BRACKET - 10, high)
    text = "text_muted" if rest else "text"
    yield Text(name_of(row, step), name, 12, text, "right middle", bold=strong, elide=True)
    value = (across.end, top, frame.width - across.end - 4, high)
    ink = "text" if total else sign_text_ink(step.weight)
    yield Text(signed(step.weight, shown.decimals), value, 12, ink, "right middle", bold=True)


def name_of(row: Explained, step: SumStep) -> str:
    """Return what a step is of."""
    if step.named:
        return step.terms[0].title
    count = len(step.terms)
    layers = " → ".join(str(units) for units in (*row.layers, 1))
    return {
        "bias": _tr("bias: where every row starts"),
        "further": counted(count, _tr("{count} further {count:cross|crosses}")),
        "single": counted(count, _tr("{count} single {count:column|columns}")),
        "deep": _tr("deep part, {layers}").format(layers=layers),
        "logit": _tr("logit"),
    }[step.kind]


def line_of(row: Explained, shown: Written, step: SumStep) -> str:
    """Return a step in words: its name and its number."""
    return f"{name_of(row, step)} {signed(step.weight, shown.decimals)}"


def _spoken(row: Explained, shown: Written, number: int) -> str:
    step = shown.steps[number]
    return f"{line_of(row, shown, step)}\n{tip_of(shown, step)}"


def tip_of(shown: Written, step: SumStep) -> str:
    """Return what stands behind a step."""
    if step.named:
        return _seen(step.terms[0])
    exactly = _tr("more exactly {sum}; the last digit is adjusted so the numbers add up").format(
        sum=signed(step.exact, 6)
    )
    if step.kind in ("further", "single"):
        heaviest = sorted(step.terms, key=lambda term: -abs(term.weight))
        lines = [f"{term.title}  {signed(term.weight, shown.decimals)}" for term in heaviest[:TOLD]]
        return "\n".join([*lines, *(["…"] if len(heaviest) > TOLD else []), exactly])
    if step.kind == "bias":
        return _tr("The bias is the same for every row.")
    if step.kind == "deep":
        return f"{_tr('What the hidden layers make of the embeddings and numbers of this row.')}\n{exactly}"
    return _tr("The sum of everything; its logistic is the probability.")


def _seen(term: RowTerm) -> str:
    """Return in how many training rows a weight is on; of a hashed cross, those of all that share it."""
    pairs = " × ".join(f"{name} = {value}" for name, value in zip(term.columns, term.values, strict=True))
    if term.shared:
        words = (
            _tr(
                "{cross}: others may share its weight (hashed); no training row has any of them, so it has never moved"
            ),
            _tr("{cross}: others may share its weight (hashed); 1 training row has one of them"),
            _tr("{cross}: others may share its weight (hashed); {count} training rows have one of them"),
        )
    else:
        words = (
            _tr("{cross}: no training row has it, so its weight has never moved"),
            _tr("{cross}: 1 training row has it"),
            _tr("{cross}: {count} training rows have it"),
        )
    return words[min(term.count, 2)].format(cross=pairs, count=grouped(term.count))


def _table(row: Explained) -> ExportTable:
    """Every term whole, the crosses that are only summed on screen among them."""
    terms = sorted(row.terms, key=lambda term: -abs(term.weight))
    named = [(" × ".join(f"{c}={v}" for c, v in zip(t.columns, t.values, strict=True)), t.weight) for t in terms]
    parts = [("bias", row.bias), *named, ("deep", row.deep), ("logit", row.logit), ("probability", row.probability)]
    return ExportTable(("term", "weight"), parts)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Waterfall", text)


# The line -------------------------------------------------------------------------------------------------------------


GAP, BETWEEN = 4.0, 9.0
LINE, BELOW = 28.0, 12.0
"""Pixels of the line, and below it those of the names of the parts."""
Words = Literal["beside", "below", "none"]
"""Where the parts of the sum have their names; with ``none``, only its result is written."""


@dataclass(frozen=True, slots=True)
class SumPiece:
    """A word of the line, and the name that stands below it."""

    word: str
    ink: str
    size: float
    bold: bool = False
    below: str = ""

    @property
    def width(self) -> float:
        """Return the pixels that it takes, with the name below it."""
        return max(text_width(self.word, self.size, self.bold), text_width(self.below, 11))


def pieces_of(row: Explained, shown: Written, words: Words) -> list[SumPiece]:
    """Return the line from left to right: ``wide +0.94  deep +0.50  bias −1.16  =  +0.28  σ →  56.9 %``."""
    halves = ((_tr("wide"), shown.wide, row.has_wide), (_tr("deep"), shown.deep, row.has_deep))
    parts = [*((name, value) for name, value, there in halves if there), (_tr("bias"), shown.bias)]
    pieces: list[SumPiece] = []
    for name, value in parts if words != "none" else ():
        if words == "beside":
            pieces.append(SumPiece(name, "text_muted", 12))
        below = name if words == "below" else ""
        pieces.append(SumPiece(signed(value, shown.decimals), sign_text_ink(value), 13, True, below))
    if words != "none":
        pieces.append(SumPiece("=", "text_muted", 13))
    logit = _tr("logit") if words == "below" else ""
    pieces.append(SumPiece(signed(shown.logit, shown.decimals), "text", 13, True, logit))
    return [*pieces, SumPiece("σ →", "text_muted", 12), SumPiece(probability(row.probability), "accent", 20, True)]


def draw_sum(data: tuple[Explained, Written] | None, frame: Frame) -> Drawing:
    """Draw the line at the right. Where there is little room, the names of the parts go below their numbers, and then
    the parts give way, before a number is cut."""
    if data is None:
        return Drawing()
    levels: tuple[Words, ...] = ("beside", "below", "none")
    for level in levels:
        pieces = pieces_of(*data, level)
        gaps = [BETWEEN if piece.size == 13 else GAP for piece in pieces]
        total = sum(piece.width for piece in pieces) + sum(gaps[:-1])
        if total <= frame.width:
            break
    x, top = frame.width - total, (frame.height - LINE - (BELOW if level == "below" else 0)) / 2
    marks: list[Mark] = []
    for piece, gap in zip(pieces, gaps, strict=True):
        marks.append(
            Text(piece.word, (x, top, piece.width + 2, LINE), piece.size, piece.ink, "left middle", piece.bold)
        )
        if piece.below:
            marks.append(Text(piece.below, (x, top + LINE - 6, piece.width, BELOW + 2), 11, "text_muted"))
        x += piece.width + gap
    said = " ".join(piece.word for piece in pieces_of(*data, "beside"))
    tip = _tr("wide + deep + bias is the logit; σ(logit) = 1 / (1 + e^−logit) is the probability")
    return Drawing(tuple(marks), said, tip)


class WhyCard(QFrame):
    """A row's probability taken apart."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._title = Label(role="heading")
        high, least = round(LINE + BELOW - 2), round(AXIS + LEAST_ROW * (LEAST_CROSSES + 5))
        self.sum_line = DrawingView(draw_sum, None, hint=QSize(200, high), least=QSize(60, high))
        self.sum_line.setFixedHeight(high)
        self.sum_line.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        name = self.tr("The sum, step by step")
        self.waterfall = DrawingView(draw_waterfall, None, hint=QSize(420, least), least=QSize(300, least), name=name)
        self._hint = ElidedLabel("", "muted")
        self.copier = CopyButton()
        self.copier.offer(self.waterfall, self.grab, title=self.tr("The sum of this row"), name="row")
        self.copier.serve(self.waterfall)
        head = fill(row_layout(spacing=10), self._title, (self.sum_line, 1), self.copier)
        fill(column_layout(self, (14, 8, 10, 8), spacing=2), head, self._hint, (self.waterfall, 1))
        self.show_row(None)

    def say_unanswered(self) -> None:
        """Say that no answer is on its way."""
        self._hint.set_full_text(self.tr("Not known, as nothing answers at the moment."))

    def show_row(self, row: Explained | None, *, loading: bool = False) -> None:
        """Show a row, or that none is chosen or known yet."""
        self.waterfall.set_data(row)
        self.copier.setEnabled(row is not None)
        self.sum_line.setVisible(row is not None)
        if row is None:
            self._title.setText(self.tr("Why"))
            self._hint.set_full_text(self.tr("Loading …") if loading else self.tr("Choose a row on the left."))
            return
        self._title.setText(self.tr("Why {percent}").format(percent=probability(row.probability)))
        self.sum_line.set_data((row, written_in(row, self.waterfall.height())))
        crosses = sum(not term.single for term in row.terms)
        if not row.has_wide:
            said = self.tr("the deep part alone: it has no weight that can be read by name")
        elif crosses:
            said = self.tr("its one cross, with its learned weight")
            if crosses != 1:
                said = self.tr("strongest of the {count} crosses first, each with its learned weight")
                said = said.format(count=grouped(crosses))
        else:
            said = self.tr("a weight for every single column; no cross adds to this row")
        self._hint.set_full_text(said)
