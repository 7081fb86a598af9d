"""The list that is shown in the end: place, title, score, and the item that was watched next, wherever it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from PySide6.QtCore import (
    QCoreApplication,
    QModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFont, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.kit import theme
from app.kit.listing import joined
from app.kit.look import font, tabular
from app.kit.numbers import NOTHING, fixed, short
from app.kit.widgets.painted import draw_elided, guarded
from app.kit.words import plain_tip
from app.workspaces.recommender.follow.content import Item, Recommendation
from app.workspaces.recommender.follow.held_words import held_mark, short_mark
from app.workspaces.recommender.follow.history_rows import rank_text
from app.workspaces.recommender.follow.hues import Hues
from app.workspaces.recommender.follow.item_rows import ROW, Index, ItemRows
from app.workspaces.recommender.follow.ranked import is_ranked

NARROW = 340
"""Pixels of a row in which titles come first."""
LEAST_ROWS = 10
"""So many are to be seen without scrolling, however small the window."""
LEAST_HEIGHT, MOST_HEIGHT = 15, 30
BAR_SHARE, MOST_BAR, SCORE_WIDTH, PLACE_WIDTH = 0.17, 76.0, 42.0, 26.0


@dataclass(frozen=True, slots=True)
class Row:
    """``place``: in words. ``share``: of the bar, 0 at the last candidate's score and 1 at the best one's. ``next``:
    this was watched next, or a watch of it was ``drawn`` to be held out. ``missed``: it is not in the list, and stands
    below it with the place that it has. ``seconds``: the score is expected seconds, 0 of which its bar begins at, and
    not v·u; None where nobody has worked the score out."""

    item: Item
    place: str
    score: float | None
    share: float
    next: bool
    missed: bool = False
    seconds: bool = False
    drawn: bool = False

    @property
    def score_text(self) -> str:
        """The score as it is written."""
        if self.score is None:
            return NOTHING
        return _tr("{seconds} s").format(seconds=short(self.score)) if self.seconds else fixed(self.score)

    @property
    def spoken(self) -> str:
        """All of it, for those who hear it."""
        text = _tr("{place}. {title}, score {score}").format(
            place=self.place, title=self.item.title, score=self.score_text
        )
        if not self.next:
            return text
        mark = held_mark(drawn=self.drawn)
        return joined((text, _tr("{mark}, missed").format(mark=mark) if self.missed else mark))


class ShownRows(ItemRows[Row]):
    """The places from the first on, and last the item that was missed, if it was."""

    def show(self, found: Recommendation | None) -> None:
        """Show a list; none while there is none."""
        self.set_rows(() if found is None else (replace(row, drawn=found.drawn) for row in _rows(found)))

    def place_of(self, name: str) -> int:
        """The row of an item; −1 where it has none."""
        return next((at for at, row in enumerate(self.rows) if row.item.name == name), -1)


def _rows(found: Recommendation) -> Iterator[Row]:
    next_name = "" if found.held_out is None else found.held_out.item.name
    least, best = (found.candidates[-1], found.candidates[0]) if found.candidates else (0.0, 1.0)

    def share(score: float) -> float:
        return min(1.0, max(0.0, (score - least) / (best - least))) if best > least else 1.0

    if is_ranked(found):
        yield from _ranked_rows(found, next_name)
        return
    for one in found.shown:
        yield Row(one.item, str(one.place), one.score, share(one.inner), one.item.name == next_name)
    missed = found.held_out
    if missed is not None and missed.place is None:
        yield Row(missed.item, rank_text(missed.rank), missed.score, share(missed.score), True, True)


def _ranked_rows(found: Recommendation, next_name: str) -> Iterator[Row]:
    """By expected seconds, which of one that is missed is not known: it has not been shown, or not ranked."""
    most = max((one.score for one in found.shown), default=0.0) or 1.0
    for one in found.shown:
        yield Row(one.item, str(one.place), one.score, one.score / most, one.item.name == next_name, seconds=True)
    missed = found.held_out
    if missed is not None and missed.place is None:
        place = _tr("{rank} by v·u").format(rank=rank_text(missed.rank))
        yield Row(missed.item, place, None, 0.0, True, True)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ShownRows", text)


class ShownDelegate(QStyledItemDelegate):
    """Paints a row."""

    def __init__(self, view: ShownList) -> None:
        super().__init__(view)
        self.hues = Hues()
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self._view.row_height)

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row: Row = index.data(ROW)
        box = QRectF(option.rect)  # type: ignore[attr-defined]  # the stubs lack it
        if self._view.currentIndex() == index:
            painter.setPen(QPen(theme.colour("accent"), 1.6))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 5, 5)
        if row.missed:
            painter.setPen(QPen(theme.colour("border"), 1, Qt.PenStyle.DashLine))
            painter.drawLine(box.topLeft(), box.topRight())
        right = self._paint_score(painter, box, row)
        self._paint_words(painter, box, row, right)
        painter.restore()

    def _paint_score(self, painter: QPainter, box: QRectF, row: Row) -> float:
        """Score and bar at the right end; their left edge."""
        weight = QFont.Weight.DemiBold
        painter.setFont(tabular(font(12, weight)))
        painter.setPen(theme.colour("text"))
        score = QRectF(box.right() - SCORE_WIDTH - 6, box.top(), SCORE_WIDTH, box.height())
        painter.drawText(score, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, row.score_text)
        wide = min(MOST_BAR, BAR_SHARE * box.width())
        track = QRectF(score.left() - wide, box.center().y() - 3, wide, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("track"))
        painter.drawRoundedRect(track, 3, 3)
        if row.share > 0.0:
            track.setWidth(max(6.0, row.share * wide))
            painter.setBrush(theme.colour("good" if row.next else "accent"))
            painter.drawRoundedRect(track, 3, 3)
        return score.left() - wide

    def _paint_words(self, painter: QPainter, box: QRectF, row: Row, right: float) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(tabular(font(12)))
        painter.setPen(theme.colour("text_muted"))
        place = QRectF(box.left(), box.top(), PLACE_WIDTH, box.height())
        if row.missed:
            place.setWidth(max(PLACE_WIDTH, painter.fontMetrics().horizontalAdvance(row.place) + 4.0))
        painter.drawText(place, middle | Qt.AlignmentFlag.AlignRight, row.place)
        left = place.right() + 8
        if self.hues:
            self.hues.dot(painter, row.item, QPointF(left + 4, box.center().y()))
            left += 15
        mark = self._paint_mark(painter, box, row, right - 10) if row.next else right - 10
        painter.setFont(font(12.5, QFont.Weight.DemiBold if row.next else QFont.Weight.Normal))
        painter.setPen(theme.colour("text"))
        draw_elided(painter, QRectF(left, box.top(), mark - left, box.height()), middle, row.item.title)

    def _paint_mark(self, painter: QPainter, box: QRectF, row: Row, right: float) -> float:
        """``watched next``, as an outline where it was missed; its left edge."""
        text = held_mark(drawn=row.drawn) if box.width() > NARROW else short_mark(drawn=row.drawn)
        painter.setFont(font(10, QFont.Weight.Bold))
        width = painter.fontMetrics().horizontalAdvance(text) + 16
        pill = QRectF(right - width, box.center().y() - 7.5, width, 15)
        good = theme.colour("good")
        painter.setPen(QPen(good, 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush if row.missed else good)
        painter.drawRoundedRect(pill, 7.5, 7.5)
        painter.setPen(good if row.missed else theme.colour("on_accent"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
        return pill.left() - 6


class ShownList(QListView):
    """``chosen(str)``: an item, by hand."""

    chosen = Signal(str)

    def __init__(self, rows: ShownRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self.row_height = LEAST_HEIGHT
        self.delegate = ShownDelegate(self)
        self.setModel(rows)
        self.setItemDelegate(self.delegate)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMinimumHeight(LEAST_HEIGHT * LEAST_ROWS)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet("QListView { border: none; background: transparent; } QListView::item { padding: 0; }")
        self.setAccessibleName(self.tr("What is shown, the best first"))
        self.selectionModel().currentChanged.connect(self._tell)
        rows.modelReset.connect(self.fit_rows)
        self._telling = True

    def mark(self, name: str) -> None:
        """Frame an item's row, without telling anybody; none where it has no row."""
        self._telling = False
        try:
            self.setCurrentIndex(self._rows.index(self._rows.place_of(name)))
        finally:
            self._telling = True

    @Slot(QModelIndex)
    def _tell(self, index: QModelIndex) -> None:
        if self._telling and index.isValid():
            self.chosen.emit(self._rows.rows[index.row()].item.name)

    @Slot()
    def fit_rows(self) -> None:
        """Rows share the height there is, within reason."""
        timed = any(row.seconds for row in self._rows.rows)
        scores = self.tr("Choose one to see why it stands there; bars begin at the last candidate's score")
        times = self.tr("Expected seconds, from which bars take their lengths; choose one to see why it is a candidate")
        self.setToolTip(plain_tip(times if timed else scores))
        count = max(1, len(self._rows.rows))
        self.row_height = min(MOST_HEIGHT, max(LEAST_HEIGHT, self.viewport().height() // count))
        self.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_rows()
