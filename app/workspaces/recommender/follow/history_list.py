"""The list of a history: every row can be taken out, put back and moved, by mouse and by keys."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.kit import theme
from app.kit.look import font
from app.kit.widgets.painted import draw_elided, guarded
from app.workspaces.recommender.follow.history_rows import HistoryRows, Row
from app.workspaces.recommender.follow.hues import Hues
from app.workspaces.recommender.follow.item_rows import ROW

LEFT, RIGHT, HEIGHT, STRUCK = 22, 12, 40, 38
SLACK = 4
PIP_WIDTH, PIP_HEIGHT, PIP_GAP = 5.0, 7.0, 2.0
CLOSE = 9.0
Index = QModelIndex | QPersistentModelIndex


class HistoryDelegate(QStyledItemDelegate):
    """Paints a row: dot and title, what it does in pips and words, and for the chosen one what comes instead."""

    def __init__(self, view: HistoryList) -> None:
        super().__init__(view)
        self.hues = Hues()
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: Row = index.data(ROW)
        height = STRUCK if row.removed else HEIGHT
        if row.detail and self._view.currentIndex() == index:
            height += self._detail_height(row.detail) + 6
        return QSize(100, height)

    def _detail_height(self, detail: str) -> int:
        """With a little less room than there is: painting breaks lines at other fractions of a pixel."""
        room = QRectF(0.0, 0.0, max(self._view.viewport().width() - LEFT - RIGHT - SLACK, 60), 1000.0)
        metrics = QFontMetricsF(font(11), self._view)
        return ceil(metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, detail).height())

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row: Row = index.data(ROW)
        box = QRectF(option.rect)  # type: ignore[attr-defined]  # the stubs lack it
        chosen = self._view.currentIndex() == index
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)  # type: ignore[attr-defined]
        if chosen or hovered:
            painter.fillRect(box, theme.colour("accent_soft" if chosen else "raised"))
        if chosen and self._view.hasFocus():
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), theme.colour("accent"))
        self._paint_title(painter, box, row)
        self._paint_effect(painter, box, row)
        if chosen and row.detail:
            painter.setFont(font(11))
            painter.setPen(theme.colour("text"))
            place = box.adjusted(LEFT, HEIGHT - 1, -RIGHT, 0)
            painter.drawText(place, Qt.TextFlag.TextWordWrap, row.detail)
        painter.restore()

    def _paint_title(self, painter: QPainter, box: QRectF, row: Row) -> None:
        self.hues.dot(painter, row.item, QPointF(box.left() + 11, box.top() + 14), hollow=row.removed)
        line = QRectF(box.left() + LEFT, box.top() + 5, box.width() - LEFT - RIGHT - 18, 18)
        if row.removed:
            line.setRight(self.button(box, row).left() - 6)
        elif row.added:
            line.setRight(self._paint_badge(painter, line) - 6)
        painted = QFont(font(12, QFont.Weight.Normal if row.removed else QFont.Weight.DemiBold))
        painted.setStrikeOut(row.removed)
        painter.setFont(painted)
        painter.setPen(theme.colour("text_muted" if row.removed else "text"))
        draw_elided(painter, line, Qt.AlignmentFlag.AlignVCenter, row.item.title)
        self._paint_button(painter, self.button(box, row), row)

    def _paint_badge(self, painter: QPainter, line: QRectF) -> float:
        """Its left edge."""
        text = self._view.tr("added")
        painter.setFont(font(9.5, QFont.Weight.Bold))
        width = painter.fontMetrics().horizontalAdvance(text) + 12
        badge = QRectF(line.right() - width, line.top() + 2, width, 14)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(badge, 7, 7)
        painter.setPen(theme.colour("on_accent"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)
        return badge.left()

    def _paint_button(self, painter: QPainter, place: QRectF, row: Row) -> None:
        if row.removed:
            painter.setFont(font(11, QFont.Weight.DemiBold))
            painter.setPen(theme.colour("accent"))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._view.tr("put back"))
            return
        painter.setPen(QPen(theme.colour("text_muted"), 1.3))
        middle, reach = place.center(), CLOSE / 2
        painter.drawLine(middle + QPointF(-reach, -reach), middle + QPointF(reach, reach))
        painter.drawLine(middle + QPointF(-reach, reach), middle + QPointF(reach, -reach))

    def _paint_effect(self, painter: QPainter, box: QRectF, row: Row) -> None:
        left, middle = box.left() + LEFT, box.top() + 30
        if row.changed is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            for pip in range(row.top):
                painter.setBrush(theme.colour("accent" if pip < row.changed else "track"))
                place = QRectF(left, middle - PIP_HEIGHT / 2, PIP_WIDTH, PIP_HEIGHT)
                painter.drawRoundedRect(place, 1.5, 1.5)
                left += PIP_WIDTH + PIP_GAP
            left += 6
        painter.setFont(font(11))
        painter.setPen(theme.colour("text_muted"))
        line = QRectF(left, middle - 8, box.right() - RIGHT - left, 16)
        draw_elided(painter, line, Qt.AlignmentFlag.AlignVCenter, row.effect)

    def button(self, box: QRectF, row: Row) -> QRectF:
        """Where a row is taken out or put back."""
        width = 22.0
        if row.removed:
            width = QFontMetricsF(font(11, QFont.Weight.DemiBold)).horizontalAdvance(self._view.tr("put back")) + 8.0
        return QRectF(box.right() - RIGHT + 5 - width, box.top() + 3, width, 22)


class HistoryList(QListView):
    """``remove_wanted(int)``, ``remove_all_wanted(int)``, ``put_back_wanted(int)``, ``move_wanted(int, int)``: rows, by
    hand."""

    remove_wanted = Signal(int)
    remove_all_wanted = Signal(int)
    put_back_wanted = Signal(int)
    move_wanted = Signal(int, int)

    def __init__(self, rows: HistoryRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self.delegate = HistoryDelegate(self)
        self.setModel(rows)
        self.setItemDelegate(self.delegate)
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setStyleSheet("QListView { border: none; background: transparent; } QListView::item { padding: 0; }")
        self.setAccessibleName(self.tr("History, the latest first"))
        self.setToolTip(
            self.tr(
                "Each row says how many of the first places change without any watch of its item. "
                "Delete takes this watch out or puts it back, Shift+Delete takes out every watch of its item; "
                "Alt with the arrows, or the mouse, moves it in time."
            )
        )
        self._pressed = self._target = -1
        self._pressed_at = QPointF()
        self.selectionModel().currentChanged.connect(self._fit_rows)
        rows.dataChanged.connect(self._fit_rows)

    def _fit_rows(self) -> None:
        """The chosen row is taller than the others, by as much as there is to say of it."""
        self.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def choose(self, row: int) -> None:
        """Choose a row, as far as there are so many."""
        if self._rows.rows:
            self.setCurrentIndex(self._rows.index(min(max(row, 0), len(self._rows.rows) - 1)))

    def toggle(self, row: int) -> None:
        """Take a row out, or put it back."""
        if 0 <= row < len(self._rows.rows):
            (self.put_back_wanted if self._rows.rows[row].removed else self.remove_wanted).emit(row)

    def _offer_both(self, row: int, at: QPoint) -> None:
        """What a row tells is of all watches of its item: this one, or all of them?"""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        this = menu.addAction(self.tr("Take out this watch"))
        this.setShortcut(QKeySequence(Qt.Key.Key_Delete))
        this.triggered.connect(lambda: self.remove_wanted.emit(row))
        count = self._rows.rows[row].watches
        every = menu.addAction(self.tr("Take out all {count} watches of it").format(count=count))
        every.setShortcut(QKeySequence("Shift+Del"))
        every.triggered.connect(lambda: self.remove_all_wanted.emit(row))
        menu.popup(self.viewport().mapToGlobal(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, key = self.currentIndex().row(), event.key()
        moving = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if row >= 0 and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.remove_all_wanted.emit(row)
            else:
                self.toggle(row)
        elif row >= 0 and moving and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._move(row, row + (1 if key == Qt.Key.Key_Down else -1))
        else:
            super().keyPressEvent(event)

    def _move(self, row: int, to: int) -> None:
        if 0 <= to < len(self._rows.rows) and to != row:
            self.move_wanted.emit(row, to)
            self.choose(to)

    # Drag by hand: a drag of Qt's own would be of no use without a window manager, as under a test ------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            row = self._rows.rows[index.row()]
            button = self.delegate.button(QRectF(self.visualRect(index)), row)
            if button.contains(event.position()):
                if row.watches > 1 and not row.removed:
                    self._offer_both(index.row(), button.bottomLeft().toPoint())
                else:
                    self.toggle(index.row())
                return
            self._pressed, self._pressed_at = index.row(), event.position()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        moved = (event.position() - self._pressed_at).manhattanLength()
        if self._pressed >= 0 and (self._target >= 0 or moved >= QApplication.startDragDistance()):
            self._target = self._gap_at(event.position().y())
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.viewport().update()
            return
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        row, gap = self._pressed, self._target
        self._pressed = self._target = -1
        self.unsetCursor()
        self.viewport().update()
        if row >= 0 and gap >= 0:
            self._move(row, gap - 1 if gap > row else gap)
            return
        super().mouseReleaseEvent(event)

    def _gap_at(self, y: float) -> int:
        """The gap between two rows that is nearest to a height: 0 above the first."""
        for row in range(len(self._rows.rows)):
            if y < self.visualRect(self._rows.index(row)).center().y():
                return row
        return len(self._rows.rows)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._target < 0:
            return
        last = self._target >= len(self._rows.rows)
        beside = self.visualRect(self._rows.index(self._target - 1 if last else self._target))
        painter = QPainter(self.viewport())
        try:
            y = beside.bottom() if last else beside.top()
            painter.fillRect(QRect(8, y - 1, self.viewport().width() - 16, 3), theme.colour("accent"))
        finally:
            painter.end()
