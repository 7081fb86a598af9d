"""The first two stages of the funnel, painted: all scores of the catalogue, and the candidates cut from their top."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from app.kit import theme
from app.kit.export import Table
from app.kit.look import faded, font, tabular
from app.kit.numbers import fixed, grouped, plain, short
from app.kit.widgets.painted import Painted
from app.kit.words import plain_tip
from app.workspaces.recommender.follow.content import Recommendation
from app.workspaces.recommender.follow.held_words import held_mark
from app.workspaces.recommender.follow.ranked import is_ranked

HEAD = 46.0
AXIS = 34.0
LEAST_BARS = 56.0
"""Narrower bars have no room for the words over them."""
AIR, PILL_AIR = 20.0, 16.0
"""Beside what stands between two stages, and within a pill."""
CANDIDATE_BINS = 44
TICK_STEPS = (1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Column:
    """A stage's place: ``left`` to ``right`` are its bars', ``low`` and ``high`` the ends of its score axis."""

    box: QRectF
    low: float
    high: float

    def y(self, score: float) -> float:
        """Where a score stands; those beyond the ends at the ends."""
        share = (score - self.low) / (self.high - self.low) if self.high > self.low else 1.0
        return self.box.bottom() - min(1.0, max(0.0, share)) * self.box.height()


class StagesView(Painted):
    """Score upwards, items to the right. What comes through is tinted, and its range is what the next stage shows: its
    axis is the top of the one before, magnified."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: Recommendation | None = None
        self.setMinimumSize(240, 160)
        self.setAccessibleName(self.tr("The funnel: catalogue and candidates by score"))

    def show_found(self, found: Recommendation | None) -> None:
        """Show these stages; none while there are none."""
        self._found = found
        self.setAccessibleDescription(self._spoken())
        self.setToolTip(plain_tip(self._spoken()))
        self.update()

    def _spoken(self) -> str:
        if self._found is None or not self._found.candidates:
            return ""
        stages = self._found.stages
        text = self.tr(
            "Of {catalogue} items those that score {least} or more, {candidates} of them, are candidates; "
            "{shown} are shown."
        )
        return text.format(
            catalogue=grouped(stages.catalogue),
            least=fixed(self._found.candidates[-1]),
            candidates=grouped(stages.candidates),
            shown=stages.shown,
        )

    def table(self) -> Table:
        """The catalogue's scores as counts between two edges."""
        found = self._found
        if found is None:
            return Table((), ())
        rows = zip(found.edges, found.edges[1:], found.counts, strict=False)
        return Table(("from", "to", "items"), list(rows))

    def paint(self, painter: QPainter) -> None:
        found = self._found
        if found is None or not found.candidates or len(found.edges) < 2:
            return
        least, best = found.candidates[-1], found.candidates[0]
        ranked = is_ranked(found)  # a ranking network shows candidates from anywhere among them: there is no cut
        cut = least if ranked else found.shown[-1].inner if found.shown else best
        width, height = float(self.width()), float(self.height())
        plot_height = height - HEAD - 8
        gap = max(0.16 * width, self._widest_step(painter, found) + AIR)
        bars = (width - AXIS - 2 * gap) / 2
        roomy = bars >= LEAST_BARS  # else what leads from stage to stage gives way to the stages
        if not roomy:
            gap = 0.12 * width
            bars = (width - AXIS - 2 * gap) / 2
        first = Column(QRectF(AXIS, HEAD, bars, plot_height), found.edges[0], max(found.edges[-1], best))
        second = Column(QRectF(AXIS + bars + gap, HEAD, bars, plot_height), least, best)
        self._paint_flow(painter, first, least, second.box)
        self._paint_flow(painter, second, cut, QRectF(width, HEAD, 0, plot_height))
        self._paint_bars(painter, first, found.edges, found.counts, least)
        edges, counts = histogram(found.candidates, CANDIDATE_BINS)
        self._paint_bars(painter, second, edges, counts, cut)
        self._paint_ticks(painter, first)
        self._paint_ticks(painter, second)
        self._paint_cut(painter, first, self.tr("v·u ≥ {score}").format(score=fixed(least)), least)
        if ranked:
            self._paint_shown(painter, second, found)
        else:
            self._paint_cut(painter, second, self.tr("≥ {score}").format(score=fixed(cut)), cut)
        self._paint_next(painter, first, second, found)
        self._paint_heads(painter, first, second, found)
        if roomy:
            self._paint_steps(painter, first, second, found)

    def _paint_flow(self, painter: QPainter, column: Column, cut: float, to: QRectF) -> None:
        """What is above the cut widens to the height of the next stage."""
        box, y = column.box, column.y(cut)
        middle = (box.right() + to.left()) / 2
        path = QPainterPath(box.topLeft())
        path.lineTo(to.topLeft())
        path.lineTo(to.left(), to.bottom())
        path.cubicTo(middle, to.bottom(), middle, y, box.right(), y)
        path.lineTo(box.left(), y)
        path.closeSubpath()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent_soft"))
        painter.drawPath(path)

    def _paint_bars(
        self, painter: QPainter, column: Column, edges: Sequence[float], counts: Sequence[int], cut: float
    ) -> None:
        """A bar for each bin: as long as it has items, drawn by the root so that single ones are seen."""
        most = math.sqrt(max(max(counts), 1))
        painter.setPen(Qt.PenStyle.NoPen)
        for low, high, number in zip(edges, edges[1:], counts, strict=False):
            if number:
                top, bottom = column.y(high), column.y(low)
                thick = max(1.0, bottom - top - (1.0 if bottom - top > 2.5 else 0.0))
                through = (low + high) / 2 >= cut
                painter.setBrush(theme.colour("accent") if through else theme.colour("track"))
                length = max(2.0, column.box.width() * math.sqrt(number) / most)
                painter.drawRect(QRectF(column.box.left(), top, length, thick))

    def _paint_ticks(self, painter: QPainter, column: Column) -> None:
        painter.setFont(tabular(font(10.5)))
        painter.setPen(theme.colour("text_muted"))
        for value in ticks(column.low, column.high, max(2, int(column.box.height() // 50))):
            place = QRectF(column.box.left() - AXIS, column.y(value) - 8, AXIS - 6, 16)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, plain(value))

    def _paint_cut(self, painter: QPainter, column: Column, text: str, cut: float) -> None:
        """The line at which a stage cuts, and what it asks for."""
        y = column.y(cut)
        painter.setPen(QPen(theme.colour("accent"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(column.box.left(), y), QPointF(column.box.right(), y))
        painter.setFont(font(11, QFont.Weight.Medium))
        painter.setPen(theme.colour("text"))
        width = painter.fontMetrics().horizontalAdvance(text) + 4
        top = max(column.box.top() + 1, y - 18)
        place = QRectF(column.box.right() - width, top, width, 16)
        painter.fillRect(place.adjusted(-2, 1, 1, -1), faded("accent_soft", 0.85))  # bars may lie below it
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)

    @staticmethod
    def _paint_shown(painter: QPainter, column: Column, found: Recommendation) -> None:
        """Where those stand by v·u that the ranking network shows."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("text"))
        for one in found.shown:
            painter.drawEllipse(QPointF(column.box.right(), column.y(one.inner)), 2.6, 2.6)

    def _paint_next(self, painter: QPainter, first: Column, second: Column, found: Recommendation) -> None:
        """A green mark at the score of the item that was watched next: in the last stage that it has reached."""
        if found.held_out is None:
            return
        score = found.held_out.score
        column = second if score >= second.low else first
        y = column.y(score)
        painter.setPen(QPen(theme.colour("good"), 2))
        painter.drawLine(QPointF(column.box.left() - 5, y), QPointF(column.box.right(), y))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("good"))
        painter.drawEllipse(QPointF(column.box.right(), y), 4, 4)
        if column is first or score < (found.shown[-1].inner if found.shown else score):
            self._paint_next_words(painter, column, y, held_mark(drawn=found.drawn))

    def _paint_next_words(self, painter: QPainter, column: Column, y: float, words: str) -> None:
        painter.setFont(font(10.5, QFont.Weight.DemiBold))
        painter.setPen(theme.colour("good"))
        below = y + 16 <= column.box.bottom()
        width = painter.fontMetrics().horizontalAdvance(words) + 1.0
        place = QRectF(column.box.right() - 6 - width, y + 1 if below else y - 17, width, 15)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words)

    def _paint_heads(self, painter: QPainter, first: Column, second: Column, found: Recommendation) -> None:
        stages = found.stages
        self._paint_head(painter, first.box.left(), stages.catalogue, self.tr("items by v·u"))
        self._paint_head(painter, second.box.left(), stages.candidates, self.tr("candidates"))

    def _paint_steps(self, painter: QPainter, first: Column, second: Column, found: Recommendation) -> None:
        retrieve, rank = _steps(found)
        self._paint_pill(painter, (first.box.right() + second.box.left()) / 2, *retrieve)
        self._paint_pill(painter, (second.box.right() + self.width()) / 2, *rank)

    def _widest_step(self, painter: QPainter, found: Recommendation) -> float:
        """Of what stands between two stages: pixels that they leave to it."""
        widths = []
        for milliseconds, words in _steps(found):
            painter.setFont(font(10.5, QFont.Weight.Bold))
            widths.append(painter.fontMetrics().horizontalAdvance(milliseconds) + PILL_AIR)
            painter.setFont(font(10.5))
            widths.append(painter.fontMetrics().horizontalAdvance(words))
        return max(widths)

    def _paint_head(self, painter: QPainter, left: float, number: int, words: str) -> None:
        painter.setFont(font(17, QFont.Weight.Bold))
        painter.setPen(theme.colour("text"))
        painter.drawText(QRectF(left, 0, 200, 22), Qt.AlignmentFlag.AlignVCenter, grouped(number))
        painter.setFont(font(11.5))
        painter.setPen(theme.colour("text_muted"))
        painter.drawText(QRectF(left, 21, 200, 16), Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_pill(self, painter: QPainter, middle: float, text: str, words: str) -> None:
        painter.setFont(font(10.5, QFont.Weight.Bold))
        width = painter.fontMetrics().horizontalAdvance(text) + PILL_AIR
        middle = min(middle, self.width() - width / 2 - 1)
        pill = QRectF(middle - width / 2, 2, width, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(faded("track", 0.9))
        painter.drawRoundedRect(pill, 9, 9)
        painter.setPen(theme.colour("text"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
        painter.setFont(font(10.5))
        painter.setPen(theme.colour("text_muted"))
        below = QRectF(middle - 40, 21, 80, 16)
        if below.right() > self.width():
            below.moveRight(self.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, words)


def _steps(found: Recommendation) -> tuple[tuple[str, str], tuple[str, str]]:
    """What leads from each stage to the next: how long it takes, and what is done."""
    stages, took = found.stages, _tr("{ms} ms")
    retrieved, ranked = (short(ms, 2) for ms in (stages.vector_ms + stages.retrieval_ms, stages.ranking_ms))
    return (took.format(ms=retrieved), _tr("retrieve")), (took.format(ms=ranked), _tr("in order"))


def _tr(text: str) -> str:
    return QCoreApplication.translate("StagesView", text)


def histogram(values: Sequence[float], bins: int) -> tuple[list[float], list[int]]:
    """Counts (bins,) of values between edges (bins + 1,) that go from the least to the greatest of them."""
    low, high = min(values), max(values)
    size = (high - low) / bins
    edges = [low + size * number for number in range(bins)] + [high]
    counts = [0] * bins
    for value in values:
        counts[min(int((value - low) / size), bins - 1) if size > 0 else 0] += 1
    return edges, counts


def ticks(low: float, high: float, wanted: int) -> list[float]:
    """Some round values between two, no more than so many."""
    if not high > low:
        return [low]
    size = 10.0 ** math.floor(math.log10((high - low) / wanted))
    step = next(size * factor for factor in TICK_STEPS if (high - low) / (size * factor) <= wanted)
    return [number * step for number in range(math.ceil(low / step), math.floor(high / step) + 1)]
