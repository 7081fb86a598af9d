"""The table of earlier runs: opened, renamed, deleted, sorted."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QPointF, QRectF, QSize, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QAction, QFont, QFontMetrics, QKeyEvent, QKeySequence, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QMessageBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.kit import theme
from app.kit.icons import set_icon
from app.kit.look import pen
from app.kit.widgets.frame import dress_table
from app.kit.widgets.painted import guarded
from app.workspaces.recommender.home.runs_model import ROW, SORT, Column, Index, RunRow, RunsModel
from app.workspaces.recommender.run_figures import standing_colour
from engine.problems import EngineError
from engine.recommenders.running.runs import delete, rename

LINE, HEAD = 37, 32
MOST_LINES = 12
FULL_GAIN = 0.2
"""What the ends of a dumbbell's line stand for."""
DUMBBELL = 116
LEAST_NAME = 220
CELL_LEFT, CELL_MARGINS = 12, 20
"""Empty pixels left of a cell's text, and on both sides together."""


class RunsView(QTableView):
    """``open_wanted(Path)``: of a run's folder; ``problem_found(Problem)``; ``edited``: a run has another name, or is
    gone."""

    open_wanted = Signal(object)
    problem_found = Signal(object)
    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.runs = RunsModel(self._rename)
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self.runs)
        self._sorted.setSortRole(SORT)
        self.setModel(self._sorted)
        self.setItemDelegate(_Painter(self))
        dress_table(self, LINE, self.tr("Earlier runs"))
        self.setProperty("role", "card")
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head = self.horizontalHeader()
        head.setFixedHeight(HEAD)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        for column in Column:
            if column.width:
                self.setColumnWidth(column, column.width)
        head.setSortIndicatorShown(True)
        head.setSortIndicatorClearable(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self._add_actions()
        self.clicked.connect(self._open_by_link)
        self.doubleClicked.connect(self._open)
        self.customContextMenuRequested.connect(self._show_menu)
        theme.follow(self.restyle)

    def _add_actions(self) -> None:
        self.open = self._action(self.tr("Open"), "open", "")
        self.open.triggered.connect(lambda: self._open(self.currentIndex()))
        self.rename = self._action(self.tr("Rename"), "pencil", "F2")
        self.rename.triggered.connect(self._edit)
        self.remove = self._action(self.tr("Delete…"), "trash", "Del")
        self.remove.triggered.connect(self._ask_to_delete)

    def _action(self, text: str, icon: str, key: str) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        set_icon(action, icon)
        self.addAction(action)
        return action

    def restyle(self) -> None:
        """Take on the colours of the theme in force."""
        colours = theme.current()
        self.setStyleSheet(
            f"QTableView {{ background: {colours.surface}; border: 1px solid {colours.border}; border-radius: 10px; }}"
            "QHeaderView { background: transparent; border: none; }"
            f"QHeaderView::section {{ background: transparent; border: none; color: {colours.text_muted};"
            f" border-bottom: 1px solid {colours.border}; padding: 0 12px; font-size: 11px; font-weight: 600; }}"
        )

    # What is shown ------------------------------------------------------------------------------------------------

    def set_rows(self, rows: tuple[RunRow, ...]) -> None:
        """Show these runs; the table is as high as it needs."""
        self.runs.set_rows(rows)
        self.setFixedHeight(HEAD + LINE * min(max(len(rows), 1), MOST_LINES) + 3)
        self._share_width()

    def row_at(self, index: Index) -> RunRow | None:
        """The run of a line."""
        found = index.data(ROW) if index.isValid() else None
        return found if isinstance(found, RunRow) else None

    def resizeEvent(self, event: object) -> None:
        """A narrow table leaves out what can be missed."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._share_width()

    def _share_width(self) -> None:
        font = cell_font(self.font(), strong=False)
        states = (QFontMetrics(font).horizontalAdvance(row.state) for row in self.runs.rows)
        state = max(Column.STATE.width, CELL_MARGINS + 1 + max(states, default=0))
        self.setColumnWidth(Column.STATE, state)
        room = (
            self.viewport().width() - LEAST_NAME - sum(column.width for column in Column) - (state - Column.STATE.width)
        )
        for column in reversed(Column):  # the line of a dumbbell first
            if column.least < column.width:
                width = max(column.least, min(column.width, column.width + room))
                self.setColumnWidth(column, width)
                room += column.width - width
        for column in Column:
            if column.can_go:
                self.setColumnHidden(column, room < 0)
                room += column.width if room < 0 else 0

    # What a person does -------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        editing = self.state() == QAbstractItemView.State.EditingState
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not editing:
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        link = index.isValid() and index.column() == Column.OPEN
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor)

    def _open_by_link(self, index: QModelIndex) -> None:
        if index.column() == Column.OPEN:
            self._open(index)

    def _open(self, index: QModelIndex) -> None:
        row = self.row_at(index)
        if row is not None and row.problem is not None:
            self.problem_found.emit(row.problem)
        elif row is not None:
            self.open_wanted.emit(Path(row.folder.path))

    def _edit(self) -> None:
        if self.currentIndex().isValid():
            self.edit(self.currentIndex().siblingAtColumn(Column.NAME))

    def _rename(self, row: RunRow, name: str) -> bool:
        try:
            rename(row.folder, name)
        except EngineError as error:
            self.problem_found.emit(error.problem)
            return False
        self.edited.emit()
        return True

    def _show_menu(self, at: QPoint) -> None:
        if self.row_at(self.indexAt(at)) is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([self.open, self.rename, self.remove])
        menu.popup(self.viewport().mapToGlobal(at))

    def _ask_to_delete(self) -> None:
        row = self.row_at(self.currentIndex())
        if row is None:
            return
        box = QMessageBox(self.window())
        box.setObjectName("deleteQuestion")
        box.setIcon(QMessageBox.Icon.Question)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(self.tr("Delete the run “{name}”?").format(name=row.name))
        box.setInformativeText(self.tr("Its checkpoint and its curves go with it; nothing brings them back."))
        gone = box.addButton(self.tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))

        def answered(_result: int) -> None:
            box.deleteLater()
            if box.clickedButton() is gone:
                self._delete(row)

        box.finished.connect(answered)
        box.open()

    def _delete(self, row: RunRow) -> None:
        try:
            delete(row.folder)
        except EngineError as error:
            self.problem_found.emit(error.problem)
        self.edited.emit()


class _Painter(QStyledItemDelegate):
    """Paints a line's cells: names strong, what can be clicked in the accent, a difference as a dumbbell."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(Column(index.column()).width or LEAST_NAME, LINE)

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        try:
            self._paint(painter, option, index)
        finally:
            painter.restore()

    def _paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box, column = QRectF(option.rect), Column(index.column())  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.colour("accent_soft"))
        if index.row() > 0:
            painter.setPen(theme.colour("border"))
            painter.drawLine(box.topLeft(), box.topRight())
        row: RunRow = index.data(ROW)
        inner = box.adjusted(CELL_LEFT, 0, CELL_LEFT - CELL_MARGINS, 0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if column == Column.GAIN and row.rival is not None:
            width = DUMBBELL - (Column.GAIN.width - box.width())
            self._paint_dumbbell(painter, QRectF(inner.left(), inner.top(), width, inner.height()), row.rival.gain)
            inner.setLeft(inner.left() + width + 10)
        painter.setFont(cell_font(option.font, strong=column in (Column.NAME, Column.OWN)))  # type: ignore[attr-defined]
        painter.setPen(theme.colour(_colour_of(row, column)))
        text = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, max(int(inner.width()), 0)
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, text)

    @staticmethod
    def _paint_dumbbell(painter: QPainter, box: QRectF, gain: float) -> None:
        """From the simple model in the middle to the run: to the right is better, whatever the measure."""
        y, middle, half = box.center().y(), box.center().x(), box.width() / 2 - 6
        held = max(-1.0, min(1.0, gain / FULL_GAIN))
        end = middle + half * held
        painter.setPen(pen(theme.colour("track"), 2.0))
        painter.drawLine(QPointF(middle - half, y), QPointF(middle + half, y))
        painter.setPen(pen(theme.colour("accent"), 3.0))
        painter.drawLine(QPointF(middle, y), QPointF(end, y))
        painter.setPen(pen(theme.colour("text_muted"), 1.8))
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(QPointF(middle, y), 4.2, 4.2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawEllipse(QPointF(end, y), 5.0, 5.0)

    def editorEvent(self, event: QEvent, model: object, option: QStyleOptionViewItem, index: Index) -> bool:
        return False


def cell_font(base: QFont, *, strong: bool) -> QFont:
    """The font of a cell."""
    font = QFont(base)
    font.setPixelSize(12)
    font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return font


def _colour_of(row: RunRow, column: Column) -> str:
    if row.problem is not None:
        return "danger" if column == Column.STATE else "text_muted"
    if column == Column.OPEN:
        return "accent"
    if column == Column.GAIN and row.rival is not None:
        return standing_colour(row.rival, bool(row.leaks))
    if column == Column.STATE and row.running:
        return "accent"
    return "text" if column in (Column.NAME, Column.OWN, Column.DATA) else "text_muted"
