"""The chain rule so far, factor by factor along one path from the result to the node that is looked at."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.kit import look, theme
from app.kit.formula.boxes import Box
from app.kit.kept_picture import KeptPicture, is_raster
from app.kit.numbers import grouped
from app.kit.widgets.in_turns import waits
from app.kit.widgets.labels import wrapped
from app.kit.widgets.painted import Painted
from app.workspaces.scalar_graph.canvas.shown import laid_out, not_yet
from app.workspaces.scalar_graph.canvas.writing import face, inks, tone_of, write_line
from app.workspaces.scalar_graph.model import Desk
from app.workspaces.scalar_graph.names import slope_box
from app.workspaces.scalar_graph.sight import GradientOf, Sight, bracketed, marked_gradient, value_text
from app.workspaces.scalar_graph.worked import Worked
from engine.autodiff.paths import MOST_PATHS


@dataclass(frozen=True, slots=True)
class Link:
    """``name``: ``∂y/∂v₃``; ``factor``: the local derivative, ``product``: of all so far; None: not yet. ``key``: of
    the node that it leads to, which goes by ``label``."""

    name: Box
    label: str
    factor: float | None
    product: float | None
    key: str
    current: bool
    hollow: bool = False


def count_to(worked: Worked, target: int) -> int:
    """How many links there are to a node."""
    return len(worked.path_to(target)) + 1 if worked.graph.live[target] else 0


def links_to(worked: Worked, sight: Sight, target: int, most: int) -> list[Link]:
    """From the seed at the result down to a node, as far as the pass has come, the first ``most`` of them; empty where
    it needs no gradient."""
    graph = worked.graph
    if not graph.live[target]:
        return []
    seed, end = sight.gradients[graph.output], graph.output
    turning = sight.step == worked.middle + 1
    label, key = graph.labels[end], graph.nodes[end].key
    rows = [Link(slope_box(graph, end, end), label, seed, seed, key, turning, end in sight.hollow)]
    for step in worked.path_to(target)[: most - 1]:
        known = (step.child, step.slot) in sight.handed
        rows.append(
            Link(
                slope_box(graph, step.child, step.parent),
                graph.labels[step.parent],
                step.local if known else None,
                step.product if known else None,
                graph.nodes[step.parent].key,
                known and sight.current == step.child,
                known and step.parent in sight.hollow,
            )
        )
    return rows


ROW = 29.0
MOST_ROWS = 40

EDGE, GAP, RIGHT = 6.0, 10.0, 8.0
NAME, NUMBER = 15.0, 12.0
NAME_SHARE, FACTOR_SHARE, BAR_SHARES = 0.34, 0.24, (0.56, 0.75)
"""Of the width: what a name may take, and where factors begin and bars lie unless what stands before needs more."""
LEAST_BAR = 16.0
"""Pixels: where less is left for the bars there are none."""


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """A link with its ``factor`` and its ``product`` in words."""

    link: Link
    factor: str
    product: str

    @classmethod
    def of(cls, link: Link, *, first: bool) -> WrittenRow:
        """What stands for the factor and for the product; the first one multiplies nothing."""
        factor = not_yet()
        if link.factor is not None:
            factor = value_text(link.factor) if first else f"× {bracketed(value_text(link.factor))}"
        return cls(
            link, factor, not_yet() if link.product is None else marked_gradient(link.product, hollow=link.hollow)
        )


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the parts of all rows stand: the room of a name, the left ends of factors, both ends of bars."""

    name: float
    factor: float
    bar_left: float
    bar_right: float

    @classmethod
    def of(cls, rows: Sequence[WrittenRow], width: float) -> Columns:
        """As these rows need it: nothing lies upon anything else."""
        font = face(NUMBER, strong=True)
        name = min(max((laid_out(row.link.name, NAME).width for row in rows), default=0.0), NAME_SHARE * width)
        texts = [(row.factor, row.product) for row in rows]
        factor = max(FACTOR_SHARE * width, EDGE + name + GAP)
        widest, product = (max((font.width(text[part]) for text in texts), default=0.0) for part in (0, 1))
        left = max(BAR_SHARES[0] * width, factor + widest + GAP)
        return cls(name, factor, left, min(BAR_SHARES[1] * width, width - RIGHT - product - GAP))


class ChainRows(Painted):
    """The rows. ``pointed(key)``: the node under the pointer; ``asked(key)``: its gradient was clicked."""

    pointed = Signal(object)
    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.links: list[Link] = []
        self._rows: list[WrittenRow] = []
        self._pictures: list[KeptPicture] = []
        self._columns: Columns | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(self.tr("Each row multiplies by one more local derivative; click: where does it come from?"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_links(self, links: list[Link]) -> None:
        """Show other rows; those that are as before are not written again."""
        if links == self.links:
            return
        former, self.links, self._columns = self._rows, links, None
        self._rows = [
            former[number]
            if number < len(former) and former[number].link == link
            else WrittenRow.of(link, first=not number)
            for number, link in enumerate(links)
        ]
        self._pictures += [KeptPicture(_RowOf(self)) for _ in range(len(links) - len(self._pictures))]
        del self._pictures[len(links) :]
        self.setFixedHeight(round(ROW * len(links)))
        self.setAccessibleDescription("; ".join(f"{row.link.label}: {row.product}" for row in self._rows))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._columns = None

    def sizeHint(self) -> QSize:
        return QSize(260, round(ROW * len(self.links)))

    def paint(self, painter: QPainter) -> None:
        largest = max(map(abs, filter(None, map(_size, self.links))), default=1.0)
        columns = self._columns = self._columns or Columns.of(self._rows, self.width())
        seen = self.visibleRegion().boundingRect()
        for number, row in enumerate(self._rows):
            if not seen.top() - ROW <= number * ROW <= seen.bottom():
                continue

            def paint(on: QPainter, row: WrittenRow = row) -> None:
                self._paint_row(on, row, largest, columns)

            if is_raster(painter):
                picture = self._pictures[number].picture((row, largest, columns), paint)
                painter.drawPixmap(QPointF(0, number * ROW), picture)
            else:
                painter.save()
                painter.translate(0, number * ROW)
                paint(painter)
                painter.restore()

    def _paint_row(self, painter: QPainter, row: WrittenRow, largest: float, columns: Columns) -> None:
        link, middle = row.link, ROW / 2
        if link.current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft"))
            painter.drawRoundedRect(QRectF(0, 0, self.width(), ROW), 6, 6)
        name = laid_out(link.name, NAME)
        painter.save()
        painter.translate(EDGE, middle)
        shrunk = min(1.0, columns.name / max(name.width, 1.0))
        painter.scale(shrunk, shrunk)
        name.paint(painter, 0.0, (name.ascent - name.descent) / 2)
        painter.restore()
        font = face(NUMBER, strong=True)
        baseline = middle - font.height / 2 + font.ascent
        write_line(painter, QPointF(columns.factor, baseline), row.factor, font, _ink(link.factor))
        right = self.width() - RIGHT - font.width(row.product)
        write_line(painter, QPointF(right, baseline), row.product, font, _ink(link.product, hollow=link.hollow))
        if columns.bar_right - columns.bar_left >= LEAST_BAR:
            box = QRectF(columns.bar_left, middle - 5, columns.bar_right - columns.bar_left, 10)
            self._bar(painter, box, _size(link), largest)

    @staticmethod
    def _bar(painter: QPainter, box: QRectF, value: float | None, largest: float) -> None:
        middle = box.center().x()
        painter.setPen(Qt.PenStyle.NoPen)
        if value is not None:
            length = max(1.5, box.width() / 2 * abs(value) / largest)
            painter.setBrush(look.signed(value))
            painter.drawRect(QRectF(middle if value >= 0 else middle - length, box.top() + 1, length, box.height() - 2))
        painter.setBrush(theme.colour("text_muted"))
        painter.drawRect(QRectF(middle - 0.5, box.top() - 1, 1, box.height() + 2))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointed.emit(self._key_at(event))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        key = self._key_at(event)
        if key is not None:
            self.asked.emit(GradientOf(key))

    def _key_at(self, event: QMouseEvent) -> str | None:
        number = int(event.position().y() // ROW)
        return self.links[number].key if 0 <= number < len(self.links) else None


class _RowOf:
    """The place of one row of a widget, for the picture of it."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget

    def size(self) -> QSize:
        return QSize(self._widget.width(), round(ROW))

    def font(self) -> QFont:
        return self._widget.font()

    def devicePixelRatioF(self) -> float:
        return self._widget.devicePixelRatioF()


def _size(link: Link) -> float | None:
    """The product that a bar is drawn of; none where that means nothing."""
    meant = link.product is not None and math.isfinite(link.product) and not link.hollow
    return link.product if meant else None


def _ink(value: float | None, *, hollow: bool = False) -> QColor:
    return inks().numbers[tone_of(value, broken=hollow)]


class ChainCard(QWidget):
    """The rows for the chosen node, else for the first input; and how many paths there are besides."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.rows = ChainRows()
        self.rows.setAccessibleName(self.tr("Chain rule so far"))
        self.note = wrapped()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.rows)
        column.addWidget(self.note)
        self.rows.pointed.connect(desk.point)
        for signal in (desk.sight_changed, desk.chosen_changed):
            signal.connect(self.follow)
        desk.refused.connect(self.follow)
        theme.notifier().changed.connect(self.rows.update)
        self.follow()

    @Slot()
    def follow(self) -> None:
        """Show the path as far as the pass has come; where it is painted later, then."""
        if waits(self):
            return
        worked, target = self._desk.worked, self._desk.looked_at
        if (
            worked is None
            or target is None
            or self._desk.stale
            or len(self._desk.sight.values) != len(worked.graph.nodes)
        ):
            self.rows.show_links([])
            nothing = worked is not None and target is None and not self._desk.stale
            self.note.setText(self.tr("There is no input that the result depends on.") if nothing else "")
            return
        self.rows.show_links(links_to(worked, self._desk.sight, target, MOST_ROWS))
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
