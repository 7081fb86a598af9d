"""The chain rule so far, factor by factor along one path from the result to the node that is looked at."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Formula, Mark, Rect, Rectangle, Text, text_width
from app.kit.drawing.view import DrawingView
from app.kit.formula.boxes import Box
from app.kit.inks import sign_ink, sign_text_ink
from app.kit.numbers import grouped
from app.kit.widgets.in_sight import FollowsInSight
from app.kit.widgets.labels import wrapped
from app.workspaces.scalar_graph.canvas.state import laid_out, not_yet
from app.workspaces.scalar_graph.computation import Computation
from app.workspaces.scalar_graph.model import GraphModel
from app.workspaces.scalar_graph.names import slope_box
from app.workspaces.scalar_graph.pass_state import GradientOf, PassState, bracketed, marked_gradient, value_text
from engine.autodiff.paths import MOST_PATHS


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
EDGE, GAP, RIGHT = 6.0, 10.0, 8.0
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
    factor = max(FACTOR_SHARE * width, EDGE + name + GAP)
    widest, product = (max((text_width(text[part], NUMBER, True) for text in texts), default=0.0) for part in (0, 1))
    left = max(BAR_SHARES[0] * width, factor + widest + GAP)
    right = min(BAR_SHARES[1] * width, width - RIGHT - product - GAP)
    largest = max(map(abs, filter(None, map(_size, links))), default=1.0)
    tip = _tr("Each row multiplies by one more local derivative; click: where does it come from?")
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
        return self.tr("The strongest of {count} paths; what comes along all of them is added.").format(count=count)
