"""The slope of the result along what is looked at: a product of factors along a path, and measured by a nudge."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.kit import theme
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Formula, Mark, Rect, Rectangle, Text, text_width
from app.kit.drawing.view import DrawingView
from app.kit.formula.boxes import Box, typeset
from app.kit.formula.trees import markup_of_name
from app.kit.inks import sign_ink, sign_text_ink
from app.kit.numbers import grouped, signed, significant
from app.kit.plain_maths import plain_text
from app.kit.widgets.drag_number.slider import ValueSlider
from app.kit.widgets.in_sight import FollowsInSight
from app.kit.widgets.labels import wrapped
from app.kit.widgets.tone import restyle
from app.workspaces.scalar_graph.computation import Computation, GradientOf, MeasuredOf, PassState, ValueOf
from app.workspaces.scalar_graph.model import FIRST_NUDGE, GraphModel
from app.workspaces.scalar_graph.names import (
    bracketed,
    change_text,
    kink_sentence,
    laid_out,
    marked_gradient,
    name_text,
    not_measurable,
    not_yet,
    passed_sentence,
    short_name,
    slope_box,
    value_text,
)
from engine.autodiff.graph import ScalarGraph
from engine.autodiff.nudge import FiniteNudges, Nudge, finite_nudges
from engine.autodiff.paths import MOST_PATHS

# The chain rule -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ChainFactor:
    """``name``: ``∂y/∂v₃``; ``factor``: the local derivative, ``product``: of all so far; None: not yet. ``key``: of
    the node that it leads to, which goes by ``label``."""

    name: Box
    label: str
    factor: float | None
    product: float | None
    key: str
    current: bool
    hollow: bool = False


def count_to(worked: Computation, target: int) -> int:
    """How many links there are to a node."""
    return len(worked.path_to(target)) + 1 if worked.graph.live[target] else 0


def links_to(worked: Computation, state: PassState, target: int, most: int) -> tuple[ChainFactor, ...]:
    """From the seed at the result down to a node, as far as the pass has come, the first ``most`` of them; empty where
    it needs no gradient."""
    graph = worked.graph
    if not graph.live[target]:
        return ()
    seed, end = state.gradients[graph.output], graph.output
    turning = state.step == worked.middle + 1
    label, key = graph.labels[end], graph.nodes[end].key
    rows = [ChainFactor(slope_box(graph, end, end), label, seed, seed, key, turning, end in state.hollow)]
    for step in worked.path_to(target)[: most - 1]:
        known = (step.child, step.slot) in state.handed
        rows.append(
            ChainFactor(
                slope_box(graph, step.child, step.parent),
                graph.labels[step.parent],
                step.local if known else None,
                step.product if known else None,
                graph.nodes[step.parent].key,
                known and state.current == step.child,
                known and step.parent in state.hollow,
            )
        )
    return tuple(rows)


ROW, MOST_ROWS = 29.0, 40
EDGE, APART, RIGHT = 6.0, 10.0, 8.0
NAME, NUMBER = 15.0, 12.0
NAME_SHARE, FACTOR_SHARE, BAR_SHARES = 0.34, 0.24, (0.56, 0.75)
"""Of the width: what a name may take, and where factors begin and bars lie unless what stands before needs more."""
LEAST_BAR = 16.0
"""Pixels: where less is left for the bars there are none."""


def draw_chain(links: tuple[ChainFactor, ...], frame: Frame) -> Drawing:
    """Draw a row for each factor, with the product so far as a bar and a number."""
    width = float(frame.width)
    texts = [_texts(link, first=not number) for number, link in enumerate(links)]
    name = min(max((laid_out(link.name, NAME).width for link in links), default=0.0), NAME_SHARE * width)
    factor = max(FACTOR_SHARE * width, EDGE + name + APART)
    widest, product = (max((text_width(text[part], NUMBER, True) for text in texts), default=0.0) for part in (0, 1))
    left = max(BAR_SHARES[0] * width, factor + widest + APART)
    right = min(BAR_SHARES[1] * width, width - RIGHT - product - APART)
    largest = max(map(abs, filter(None, map(_size, links))), default=1.0)
    tip = _tr("Each row multiplies by one more local derivative; click it to see where it comes from")
    marks: list[Mark] = []
    for number, (link, (times, total)) in enumerate(zip(links, texts, strict=True)):
        top, line = number * ROW, laid_out(link.name, NAME)
        ground = "accent_soft" if link.current else ""
        marks += [
            Rectangle((0, top, width, ROW), ground, corner=6, key=link.key, tip=f"{link.label}: {total}\n{tip}"),
            Formula(link.name, EDGE, top + ROW / 2 + (line.ascent - line.descent) / 2, NAME, widest=name),
            Text(times, (factor, top, width, ROW), NUMBER, _ink(link.factor), "left middle", bold=True),
            Text(
                total, (0, top, width - RIGHT, ROW), NUMBER, _ink(link.product, link.hollow), "right middle", bold=True
            ),
        ]
        if right - left >= LEAST_BAR:
            marks += _bar((left, top + ROW / 2 - 4, right - left, 8), _size(link), largest)
    said = "; ".join(f"{link.label}: {total}" for link, (_, total) in zip(links, texts, strict=True))
    return Drawing(tuple(marks), description=said, height=ROW * len(links))


def _texts(link: ChainFactor, *, first: bool) -> tuple[str, str]:
    """Return the factor and the product in words; the first factor multiplies nothing."""
    factor = not_yet()
    if link.factor is not None:
        factor = value_text(link.factor) if first else f"× {bracketed(value_text(link.factor))}"
    return factor, not_yet() if link.product is None else marked_gradient(link.product, hollow=link.hollow)


def _bar(box: Rect, value: float | None, largest: float) -> list[Mark]:
    """Return the bar of a product, to both sides of a line that stands for 0."""
    left, top, width, height = box
    middle = left + width / 2
    marks: list[Mark] = [Rectangle((middle - 0.5, top - 2, 1, height + 4), "text_muted")]
    if value is not None:
        length = max(1.5, width / 2 * abs(value) / largest)
        marks.append(Rectangle((middle if value >= 0 else middle - length, top, length, height), sign_ink(value)))
    return marks


def _size(link: ChainFactor) -> float | None:
    """Return the product that a bar is drawn of; none where that means nothing."""
    meant = link.product is not None and math.isfinite(link.product) and not link.hollow
    return link.product if meant else None


def _ink(value: float | None, hollow: bool = False) -> str:
    return "text_muted" if value is None else "danger" if hollow else sign_text_ink(value)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ChainRows", text)


class ChainCard(FollowsInSight, QWidget):
    """The rows for the chosen node, else for the first input; and how many paths there are besides. ``asked(key)``: a
    row was clicked."""

    asked = Signal(object)

    def __init__(self, model: GraphModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.links: tuple[ChainFactor, ...] = ()
        name = self.tr("Chain rule so far")
        self.rows = DrawingView(draw_chain, (), hint=QSize(260, 0), least=QSize(0, 0), name=name, ground="surface")
        self.note = wrapped()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.rows)
        column.addWidget(self.note)
        self.rows.pointed.connect(model.point)
        self.rows.chosen.connect(lambda key: self.asked.emit(GradientOf(str(key))))
        for signal in (model.state_changed, model.chosen_changed):
            signal.connect(self.follow)
        model.refused.connect(self.follow)
        self.follow()

    def write(self) -> None:
        """Show the path as far as the pass has come."""
        worked, target = self._model.worked, self._model.looked_at
        if (
            worked is None
            or target is None
            or self._model.stale
            or len(self._model.state.values) != len(worked.graph.nodes)
        ):
            self.links = ()
            self.rows.set_data(self.links)
            nothing = worked is not None and target is None and not self._model.stale
            self.note.setText(self.tr("There is no input that the result depends on.") if nothing else "")
            return
        self.links = links_to(worked, self._model.state, target, MOST_ROWS)
        self.rows.set_data(self.links)
        self.note.setText(self._note(worked.paths_to(target), count_to(worked, target)))

    def _note(self, paths: int, rows: int) -> str:
        if rows == 0:
            return self.tr("This node needs no gradient.")
        if rows > MOST_ROWS:
            return self.tr("The first {shown} of {count} factors.").format(shown=MOST_ROWS, count=grouped(rows))
        if paths <= 1:
            return ""
        count = grouped(paths) if paths < MOST_PATHS else self.tr("more than a million")
        return self.tr("The strongest of {count} paths; the contributions of all of them are added.").format(
            count=count
        )


# The nudge ------------------------------------------------------------------------------------------------------------


WORDS, CAPTION, SLOPE = 11.0, 15.0, 18.0
"""Sizes in pixels in the boxes: of words, maths and slopes."""
LEFT, GAP, LINE, BELOW = 6.0, 8.0, 22.0, 18.0
"""Before a name, between the columns; the height of a line, and of a change that stands below its own."""
LEAST_NAME = 24.0
"""Pixels that a name is left at least; its tooltip tells the whole of it."""
BETWEEN, HIGH, MARGIN = 10.0, 76.0, 10.0
"""Of the two boxes."""


@dataclass(frozen=True, slots=True)
class MovedNumber:
    """A number before and after the nudge; ``after`` and ``change`` are empty while that is not known. ``key``: of its
    value."""

    key: ValueOf
    name: str
    before: str
    after: str = ""
    change: str = ""
    ink: str = "text"


@dataclass(frozen=True, slots=True)
class SlopeBox:
    """A slope with what it is over it, in words and as maths; ``known``: it is a number, not words in its place."""

    key: GradientOf | MeasuredOf
    words: str
    markup: str
    text: str
    ink: str
    known: bool


@dataclass(frozen=True, slots=True)
class NudgeNumbers:
    """The changes that a nudge made to an input and to the result, and both slopes."""

    moves: tuple[MovedNumber, ...] = ()
    slopes: tuple[SlopeBox, ...] = ()


def draw_nudge(numbers: NudgeNumbers, frame: Frame) -> Drawing:
    """Draw a line for each number that moved, and the slopes in boxes under them."""
    width, moves = float(frame.width), numbers.moves
    names = [f"${markup_of_name(short_name(move.name))}$" for move in moves]
    before, after, change = (
        max((text_width(text, NUMBER, bold) for text in column), default=0.0)
        for column, bold in (([move.before for move in moves], False), ([move.after for move in moves], False),
                             ([move.change for move in moves], True))
    )  # fmt: skip
    room = width - LEFT - before - after - 3 * GAP
    below = room - change < LEAST_NAME
    room -= 0.0 if below else change
    name = max(LEAST_NAME, min(max((typeset(text, NAME).width for text in names), default=0.0), room))
    first = LEFT + name + GAP
    second = first + max(before + GAP, (width - first - (0.0 if below else change + GAP)) / 2)
    marks: list[Mark] = []
    top = 0.0
    for text, move in zip(names, moves, strict=True):
        tip = f"{name_text(move.name)}: {move.before} {move.after} {move.change}\n{_click_words()}"
        marks += [
            Rectangle((0, top, width, LINE), key=move.key, tip=tip, cursor=Qt.CursorShape.PointingHandCursor),
            Formula(text, LEFT, top + 15, NAME, widest=name),
            Text(move.before, (first, top, width, LINE), NUMBER, align="left middle"),
            Text(move.after, (second, top, width, LINE), NUMBER, align="left middle"),
        ]
        if below and move.change:
            marks.append(Text(move.change, (second, top + BELOW, width, LINE), NUMBER, move.ink, "left middle", True))
            top += BELOW
        elif move.change:
            marks.append(Text(move.change, (0, top, width, LINE), NUMBER, move.ink, "right middle", True))
        top += LINE
    top += GAP if moves else 0.0
    wide = (width - BETWEEN) / 2
    for number, slope in enumerate(numbers.slopes):
        marks += _slope_marks(slope, number * (wide + BETWEEN), top, wide)
    said = "; ".join(f"{slope.words} {plain_text(slope.markup)}: {slope.text}" for slope in numbers.slopes)
    return Drawing(tuple(marks), description=said, height=top + HIGH if numbers.slopes else top)


def _slope_marks(slope: SlopeBox, left: float, top: float, width: float) -> list[Mark]:
    inner, wide = left + MARGIN, width - 2 * MARGIN
    asks = slope.known or isinstance(slope.key, GradientOf)
    tip = f"{slope.words} {plain_text(slope.markup)}: {slope.text}"
    tip += "\n" + _click_words() if asks else ""
    return [
        Rectangle((left + 0.5, top + 0.5, width - 1, HIGH - 1), "raised", "border", 1.0, 7.0, dashed=not slope.known,
                  key=slope.key, tip=tip, cursor=Qt.CursorShape.PointingHandCursor if asks else None),
        Text(slope.words, (inner, top + 6, wide, 15), WORDS, "text_muted", "left middle", elide=True),
        Formula(f"${slope.markup}$", inner, top + 36, CAPTION, widest=wide),
        Text(slope.text, (inner, top + 46, wide, 24), SLOPE if slope.known else 14.0, slope.ink, "left middle",
             bold=True, shrink=True),
    ]  # fmt: skip


def _click_words() -> str:
    return QCoreApplication.translate("NudgeCard", "Click to see where this number comes from")


MOST = 0.1


def _shown(value: float) -> str:
    """A nudge with four decimals; one that they don't hold, with four digits."""
    if round(value, 4) == value:
        return signed(value, 4)
    return f"+{significant(value, 4)}" if value > 0 else significant(value, 4)


def _moved(key: ValueOf, name: str, before: float, after: float, change: float) -> MovedNumber:
    plus = "+" if change > 0 else ""
    shown = f"{plus}{change_text(change)}"
    return MovedNumber(key, name, value_text(before), f"→ {value_text(after)}", shown, sign_text_ink(change))


class NudgeCard(FollowsInSight, QWidget):
    """The chosen input, moved by a little; the result before and after, and the two slopes side by side.
    ``asked(key)``: the gradient was clicked."""

    asked = Signal(object)

    def __init__(self, model: GraphModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        tip = self.tr("How far the input is moved. The smaller it is, the closer the measured slope is to the gradient")
        self.by = ValueSlider(self.tr("Nudge $\\Delta$"), FIRST_NUDGE, -MOST, MOST, 0.001, shown=_shown, tip=tip)
        self.by.moved.connect(model.set_nudge)
        self.numbers = NudgeNumbers()
        name = self.tr("Nudge and slopes")
        self.view = DrawingView(
            draw_nudge, self.numbers, hint=QSize(260, 0), least=QSize(0, 0), name=name, ground="surface"
        )
        self.view.chosen.connect(self.asked)
        self.note = wrapped("", None)
        self.note.hide()
        self.nothing = wrapped(self.tr("There is no input to nudge: everything is a constant."))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addWidget(self.by)
        rows.addWidget(self.view)
        rows.addWidget(self.note)
        rows.addWidget(self.nothing)
        for signal in (model.state_changed, model.chosen_changed, model.nudge_changed):
            signal.connect(self.follow)
        model.refused.connect(self.follow)
        theme.notifier().changed.connect(self.follow)
        self.follow()

    def set_nudge(self, by: float) -> None:
        """Nudge by so much, within the slider's ends."""
        self.by.set_value(by)
        self._model.set_nudge(self.by.value)

    def write(self) -> None:
        """Measure, and set beside it what the pass has found so far."""
        model, leaf = self._model, self._model.leaf
        found = model.nudge_of(leaf) if leaf is not None else None
        worked = model.worked
        self.by.setVisible(found is not None)
        self.nothing.setVisible(leaf is None and worked is not None and not model.stale)
        if found is None or leaf is None or worked is None:
            self._show(NudgeNumbers())
            self._say("", "text_muted")
            return
        graph = worked.graph
        result = graph.labels[graph.output]
        over, under = (markup_of_name(short_name(name)) for name in (result, leaf))
        index, state = graph.index[leaf], model.state
        gradient = state.gradients[index] if len(state.gradients) == len(graph.nodes) else None
        hollow = index in state.hollow
        text = marked_gradient(gradient, hollow=hollow) if gradient is not None else not_yet()
        ink = "text_muted" if gradient is None else "danger" if hollow else sign_text_ink(gradient)
        measured = self._measured(leaf, found, rf"\Delta {over}/\Delta {under}")
        slope = SlopeBox(
            GradientOf(leaf), self.tr("gradient"), rf"\partial {over}/\partial {under}", text, ink, gradient is not None
        )
        self._show(NudgeNumbers(() if model.waits(leaf) else self._moves(worked.graph, leaf, found), (measured, slope)))
        self._say(*self._remark(worked, leaf, gradient, found))

    def _show(self, numbers: NudgeNumbers) -> None:
        self.numbers = numbers
        self.view.set_data(numbers)

    def _moves(self, graph: ScalarGraph, leaf: str, found: Nudge) -> tuple[MovedNumber, ...]:
        """Return how the nudge moved the input, and the result once that is reached."""
        result, key = graph.labels[graph.output], ValueOf(graph.nodes[graph.output].key)
        moved = _moved(ValueOf(leaf), leaf, found.input_before, found.input_after, found.input_change)
        if not self._model.reached:
            return moved, MovedNumber(key, result, not_yet())
        return moved, _moved(key, result, found.output_before, found.output_after, found.output_change)

    def _measured(self, leaf: str, found: Nudge, markup: str) -> SlopeBox:
        """The slope of the nudge; where there is none, why."""
        slope, nothing = self._model.measured(leaf), self.tr("not moved")
        if self._model.waits(leaf):
            nothing = self.tr("after your guess")
        elif not self._model.reached:
            nothing = not_yet()
        if slope is not None and not (math.isfinite(found.output_before) and math.isfinite(found.output_after)):
            slope, nothing = None, not_measurable()
        text, ink = (significant(slope, 4), sign_text_ink(slope)) if slope is not None else (nothing, "text_muted")
        return SlopeBox(
            MeasuredOf(leaf, self._model.nudge_by), self.tr("measured"), markup, text, ink, slope is not None
        )

    def _remark(self, worked: Computation, leaf: str, gradient: float | None, found: Nudge) -> tuple[str, str]:
        """Return why the two slopes differ, and its colour; nothing while they are not shown."""
        if not self._model.reached or self._model.waits(leaf):
            return "", "text_muted"
        index = worked.graph.index[leaf]
        fault = worked.faults.get(worked.graph.output, "")
        if fault:
            return fault, "danger"
        kink, leads_nowhere = worked.kink_at(index), not math.isfinite(found.output_after)
        if kink is not None and not (kink.has_no_slope and leads_nowhere):
            return kink_sentence(kink, gradient), "warning"
        if leads_nowhere:
            return self._way_out(finite_nudges(worked.graph, worked.inputs, leaf, found.input_change)), "danger"
        if found.passed:
            return passed_sentence(found.passed, jumps=found.jumps), "warning"
        return self._model.state.hollow.get(index, ""), "danger"

    def _way_out(self, found: FiniteNudges) -> str:
        """Which nudge leads to a finite number, where this one doesn't."""
        if found.other_way and found.less:
            return self.tr("Moved this far, the result isn't a finite number. Nudge the other way, or less.")
        if found.other_way:
            return self.tr("Moved this far, the result isn't a finite number. Nudge the other way.")
        if found.less:
            return self.tr("Moved this far, the result isn't a finite number. Nudge less.")
        if found.less_the_other_way:
            return self.tr("Moved this far, the result isn't a finite number. Nudge the other way, and less.")
        return self.tr(
            "However little you nudge it, either way, the result isn't a finite number, so nothing is measured."
        )

    def _say(self, text: str, colour: str) -> None:
        """A line under the two slopes, or none."""
        self.note.setText(text)
        self.note.setVisible(bool(text))
        restyle(self.note, f"color: {getattr(theme.current(), colour)}; font-size: 12px;")
