"""Ratios on a log axis with 1 in its middle: what vanishes lies to the left of it, what explodes to the right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, inf, isnan, log10

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Line, Mark, Rectangle, Text, text_width
from app.kit.drawing.view import Draw, DrawingView
from app.kit.numbers import power_of_ten
from app.kit.widgets.labels import Label
from app.workspaces.gradients.words import ratio_text
from engine.gradients.verdict import decades
from engine.training.verdicts import STEADY_RATIOS

LEAST = 2
"""Powers of ten on either side at least: the band round 1 is one of them."""
REACH, EDGE = 0.46, 0.02
"""The share of the width from the middle to the last power of ten; and where 0 and ∞ stand, beyond it."""
GAP, WIDTH, SIZE = 5.0, 72, 10.0
"""Pixels between two numbers of the axis, that it takes at least, for those of two figures, and of their print."""


def span_of(before: float, others: Iterable[float]) -> int:
    """The powers of ten that the axis has on either side of 1: as many as the ratio ``before`` is off; where that is no
    positive number, as many as the farthest of the others is."""
    known = [off for one in ([before] if decades(before) < inf else others) if (off := decades(one)) < inf]
    return max(LEAST, ceil(max(known, default=0.0)))


def share_of(ratio: float, span: int) -> float | None:
    """Where a ratio lies, as a share of the width: 1 in the middle, what is beyond an end at it, 0 and ∞ outside of
    both. None for what is no number."""
    if isnan(ratio):
        return None
    if ratio == 0.0 or ratio == inf:
        return EDGE if ratio == 0.0 else 1.0 - EDGE
    return 0.5 + REACH * min(max(log10(ratio) / span, -1.0), 1.0)


@dataclass(frozen=True, slots=True)
class RatioChange:
    """From the ratio of the untreated network to that of a cure, in the ``tone`` of what it is worth, on an axis of
    ``span`` powers of ten to both sides of 1."""

    before: float = 1.0
    after: float = 1.0
    tone: str = "text_muted"
    span: int = LEAST


def draw_change(change: RatioChange, frame: Frame) -> Drawing:
    """Draw a tick where the ratio was, a bar from it to where it is, and a band within a decade of 1."""
    middle, width = frame.height / 2, frame.width
    shares = [share_of(ratio, change.span) for ratio in (*STEADY_RATIOS, change.before, change.after)]
    low, high, start, end = (None if share is None else share * width for share in shares)
    assert low is not None and high is not None
    marks: list[Mark] = [
        Rectangle((0, middle - 2.5, width, 5), "track", corner=2.5),
        Rectangle((low, middle - 6, high - low, 12), "good 22%", corner=3.0),
    ]
    if end is not None:
        begun = end if start is None else start
        marks.append(Rectangle((min(begun, end), middle - 2.5, max(abs(end - begun), 3.0), 5), change.tone, corner=2.5))
    marks.append(Line((width / 2, middle - 7), (width / 2, middle + 7), "text_muted", cap="flat"))
    if start is not None:
        marks.append(Line((start, middle - 7), (start, middle + 7), "danger", 2.0, cap="flat"))
    return Drawing(tuple(marks), description=_tr("Ratio {ratio}").format(ratio=ratio_text(change.after)))


def draw_axis(span: int, frame: Frame) -> Drawing:
    """Draw the numbers over the bars: 1, and the power of ten at either end where there is room for it."""
    boxes: list[tuple[float, float, str]] = []
    for share, text in ((0.5, "1"), (0.5 - REACH, power_of_ten(-span)), (0.5 + REACH, power_of_ten(span))):
        wide = text_width(text, SIZE)
        boxes.append((min(max(share * frame.width - wide / 2, 0.0), frame.width - wide), wide, text))
    (left, wide, _), *ends = boxes
    if any(left - GAP < x + other and x < left + wide + GAP for x, other, _ in ends):
        boxes = boxes[:1]
    texts = tuple(Text(text, (x, 0, wide, frame.height), SIZE, "text_muted") for x, wide, text in boxes)
    return Drawing(texts, description=", ".join(text for _, _, text in boxes))


def ratio_view(draw: Draw, data: object, least: QSize, parent: QWidget) -> DrawingView:
    """Make a view of one of these that takes no keyboard: the numbers beside it say the same."""
    view = DrawingView(draw, data, hint=QSize(110, least.height()), least=least, parent=parent)
    view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return view


class RatioHead(QWidget):
    """What the column of bars is of, over its axis."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        label = Label(text, self)
        label.setProperty("role", "readout")
        self.axis = ratio_view(draw_axis, LEAST, QSize(WIDTH, 13), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(label)
        column.addWidget(self.axis)


def _tr(text: str) -> str:
    return QCoreApplication.translate("RatioBar", text)
