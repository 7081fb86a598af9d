"""The table of earlier runs, each beside the best simple model: sorted, opened, renamed, deleted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from math import ceil
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
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
from app.kit.drawing.marks import text_width
from app.kit.icons import set_icon
from app.kit.listing import set_apart
from app.kit.look import pen
from app.kit.numbers import NOTHING, duration, grouped
from app.kit.translation import sentence_of
from app.kit.widgets.frame import dress_table
from app.kit.widgets.painted import guarded
from app.kit.words import plain_tip
from app.workspaces.recommender.words import (
    Measure,
    about_errors,
    about_rows,
    data_name,
    difference_words,
    disagreement_words,
    doing_words,
    measures_of,
    model_name,
    part_words,
    simple_name,
    standing_colour,
)
from engine.problems import EngineError, Problem
from engine.recommenders.judging.standing import SURE, Rival, rival_of
from engine.recommenders.running.run_folder import RunFolder
from engine.recommenders.running.run_state import RunState
from engine.recommenders.running.runs import BadRun, delete, rename
from engine.recommenders.tasks.base import NETWORK, figures_of


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run: ``value`` by its ``measure``, and the ``rival``, each None where it is not known yet; ``problem`` where
    the run cannot be read. ``judged``: whether its figures are of the test rows.
    ``seconds``: that it has been worked on. ``order``: when it was planned, in Unix seconds.
    ``doubts``: why its figure is to be read with care, a sentence each: columns that decide the label alone,
    measures that disagree (``mixed``), and a half that is no worse. ``colour``: how it stands to the rival."""

    folder: RunFolder
    name: str
    model: str = ""
    data: str = ""
    state: str = ""
    running: bool = False
    over: bool = False
    measure: Measure | None = None
    value: float | None = None
    rival: Rival | None = None
    seconds: float = 0.0
    order: float = 0.0
    problem: Problem | None = None
    judged: bool = False
    doubts: tuple[str, ...] = ()
    mixed: bool = False
    colour: str = "text_muted"

    @property
    def shown(self) -> str:
        """Its figure in words."""
        return NOTHING if self.measure is None else self.measure.text(self.value)


def row_of(run: RunState | BadRun) -> RunRow:
    """A run as a row."""
    if isinstance(run, BadRun):
        return RunRow(run.folder, run.folder.path.name, problem=run.problem)
    measures = measures_of(run.plan.model, run.chosen_by)
    own, others = figures_of(run)
    measure = next((known for known in measures if own.get(known.key) is not None), measures[0] if measures else None)
    value = None if measure is None else own.get(measure.key)
    rival = None if measure is None else rival_of(own, others, measure.key, higher=measure.higher)
    disagree = disagreement_words(run)
    return RunRow(
        run.folder, run.plan.name, model_name(run.plan.model), data_name(run.plan.data), _state(run),
        run.status == "running", run.status == "finished", measure, value, rival, run.seconds,
        run.plan.created.timestamp(), judged=NETWORK in run.judged, mixed=bool(disagree),
        doubts=tuple(filter(None, (*map(sentence_of, run.leaks), disagree, part_words(run)))),
        colour=standing_colour(rival, run),
    )  # fmt: skip


def _state(run: RunState) -> str:
    words = QCoreApplication.translate("Runs", "out of time") if run.ended_early else doing_words(run.status)
    over = (run.status == "finished" and not run.ended_early) or (
        run.status in ("failed", "diverged") and not run.epochs
    )
    if over or not run.planned:
        return words
    done = grouped(run.epochs)
    return f"{words} · {done}" if run.auto else f"{words} · {done}/{grouped(run.planned)}"


def rows_of(runs: Sequence[RunState | BadRun]) -> tuple[RunRow, ...]:
    """The runs as rows, the latest first."""
    return tuple(sorted(map(row_of, runs), key=lambda row: -row.order))


Index = QModelIndex | QPersistentModelIndex
ROW, SORT = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
"""Roles: the whole :class:`RunRow`, and what a column is sorted by."""


class RunColumn(IntEnum):
    """From left to right, each with its width; that of the name, 0, is what the others leave.

    ``least``: the width to which it first gives way in a narrow table. ``can_go``: it is left out of a narrower one,
    from left to right. Which data a run is of stays.
    """

    width: int
    least: int
    can_go: bool

    def __new__(cls, width: int, least: int | None = None, can_go: bool = False) -> RunColumn:
        column = int.__new__(cls, len(cls.__members__))
        column._value_ = len(cls.__members__)
        column.width, column.least, column.can_go = width, width if least is None else least, can_go
        return column

    NAME = 0
    DATA = 150
    MEASURE = 92, None, True
    OWN = 146, 106
    RIVAL = 196, 150
    GAIN = 196, 148
    TIME = 84, None, True
    STATE = 108, 0
    OPEN = 58


class _ColumnContent(NamedTuple):
    """What a column says of a run, and what it is sorted by."""

    heading: str
    tip: str
    text: Callable[[RunRow], str]
    order: Callable[[RunRow], str | float]


class RunsModel(QAbstractTableModel):
    """``rename(row, name)``: is asked to give a run another name, and says whether it has."""

    def __init__(self, rename: Callable[[RunRow, str], bool]) -> None:
        super().__init__()
        self._rename = rename
        self.rows: tuple[RunRow, ...] = ()
        self._content = {
            RunColumn.NAME: _ColumnContent(
                self.tr("run"), self.tr("F2 renames it"),
                lambda row: row.name, lambda row: row.name.casefold(),
            ),
            RunColumn.DATA: _ColumnContent(self.tr("data"), "", lambda row: row.data, lambda row: row.data.casefold()),
            RunColumn.MEASURE: _ColumnContent(
                self.tr("measure"), about_rows(),
                lambda row: "" if row.measure is None else row.measure.name,
                lambda row: "" if row.measure is None else row.measure.key.casefold(),
            ),
            RunColumn.OWN: _ColumnContent(
                self.tr("this run"), self.tr("On the test rows; on the validation rows until it's done"),
                self._own,
                lambda row: -1.0 if row.value is None else row.value,
            ),
            RunColumn.RIVAL: _ColumnContent(
                self.tr("best simple model"), self.tr("The best of the compared models, on the same rows"),
                self._rival, lambda row: -1.0 if row.rival is None else row.rival.value,
            ),
            RunColumn.GAIN: _ColumnContent(
                self.tr("worse → better"),
                self.tr("The ring is the simple model, the dot this run; the ends are 20 % worse and 20 % better."
                        " Level: the difference is within two standard errors, which the pale band shows."),
                self._standing, lambda row: -9.0 if row.rival is None else row.rival.gain,
            ),
            RunColumn.TIME: _ColumnContent(
                self.tr("time"), self.tr("Time spent, without pauses"),
                lambda row: duration(row.seconds) if row.seconds else NOTHING if row.problem is None else "",
                lambda row: row.seconds,
            ),
            RunColumn.STATE: _ColumnContent(
                self.tr("state"), "",
                lambda row: row.state if row.problem is None else self.tr("damaged"),
                lambda row: row.state.casefold(),
            ),
            RunColumn.OPEN: _ColumnContent(
                "", "",
                lambda row: self.tr("Open") if row.problem is None else "",
                lambda row: row.order,
            ),
        }  # fmt: skip

    def set_rows(self, rows: tuple[RunRow, ...]) -> None:
        """Show other rows; where only values have changed, what is chosen stays so."""
        if rows == self.rows:
            return
        if [row.folder for row in rows] == [row.folder for row in self.rows]:
            self.rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(RunColumn) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(RunColumn)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        text, tip, *_ = self._content[RunColumn(section)]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(tip)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return text if role == Qt.ItemDataRole.DisplayRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.column() == RunColumn.NAME and self.rows[index.row()].problem is None:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self.rows[index.row()], RunColumn(index.column())
        if role == ROW:
            return row
        if role == SORT:
            return self._content[column].order(row)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._content[column].text(row)
        if role == Qt.ItemDataRole.EditRole:
            return row.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._tip(row, column))
        if role == Qt.ItemDataRole.AccessibleTextRole and column == RunColumn.GAIN:
            return set_apart([self._standing(row), *row.doubts])
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        name = str(value).strip()
        row = self.rows[index.row()]
        return bool(name) and name != row.name and self._rename(row, name)

    def _own(self, row: RunRow) -> str:
        """Its figure, and which rows that is of."""
        if row.value is None:
            return "" if row.problem is not None else NOTHING
        rows = self.tr("{figure} · test") if row.judged else self.tr("{figure} · validation")
        return rows.format(figure=row.shown)

    def _rival(self, row: RunRow) -> str:
        if row.rival is None or row.measure is None:
            if row.problem is not None:
                return ""
            return self.tr("not compared") if row.over else self.tr("not yet compared")
        return f"{row.measure.text(row.rival.value)} {simple_name(row.rival.name)}"

    def _standing(self, row: RunRow) -> str:
        if row.mixed:
            return self.tr("mixed")
        words = {"better": self.tr("better"), "level": self.tr("level"), "worse": self.tr("worse"), None: ""}
        return words[None if row.rival is None else row.rival.standing]

    def _tip(self, row: RunRow, column: RunColumn) -> str:
        if row.problem is not None:
            return sentence_of(row.problem)
        if column == RunColumn.NAME:
            return f"{row.model} · {row.folder.path}"
        if (
            column == RunColumn.GAIN
            and row.rival is not None
            and row.rival.error is not None
            and row.measure is not None
        ):
            apart = difference_words(row.value or 0.0, row.rival.value, row.rival.error, row.measure)
            said = [apart, about_errors(row.rival)]
            return "\n".join([*said, *row.doubts])
        if column in (RunColumn.OWN, RunColumn.RIVAL) and row.value is not None:
            rows = self.tr("On the test rows") if row.judged else self.tr("On the validation rows, so far")
            return f"{self._content[column].text(row)}\n{rows}"
        return self._content[column].text(row)


LINE, HEAD, HEADING = 37, 32, 11
ARROW = 24
"""Pixels that a heading gives to the arrow of the sorted column."""
MOST_LINES = 12
FULL_GAIN = 0.2
"""What the ends of a dumbbell's line stand for."""
DUMBBELL = 116
LEAST_DUMBBELL = DUMBBELL - (RunColumn.GAIN.width - RunColumn.GAIN.least)
LEAST_NAME = 220
NARROWEST = {RunColumn.GAIN: 84, RunColumn.DATA: 96}
"""What these columns have where even then the name has too little: a comparison in its word, without its line. None is
narrower than its heading."""
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
        head.setSectionResizeMode(RunColumn.NAME, QHeaderView.ResizeMode.Stretch)
        for column in RunColumn:
            if column.width:
                self.setColumnWidth(column, column.width)
        head.setSortIndicatorShown(True)
        head.setSortIndicatorClearable(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        head.sortIndicatorChanged.connect(self._share_width)
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
            f" border-bottom: 1px solid {colours.border}; padding: 0 {CELL_LEFT}px; font-size: {HEADING}px;"
            " font-weight: 600; }"
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
        least = self._least_widths()
        widths = {column: max(column.width, width) for column, width in least.items()}
        room = self.viewport().width() - LEAST_NAME - sum(widths.values())
        for column in reversed(widths):  # the line of a dumbbell first
            width = max(least[column], min(widths[column], widths[column] + room))
            room += widths[column] - width
            widths[column] = width
        for column in widths:
            if column.can_go:
                self.setColumnHidden(column, room < 0)
                room += widths[column] if room < 0 else 0
        if room < 0:
            widths |= {column: max(width, self._heading_width(column)) for column, width in NARROWEST.items()}
            others = sum(width for column, width in widths.items() if not self.isColumnHidden(column))
            spare = self.viewport().width() - LEAST_NAME - others
            widths[RunColumn.DATA] = max(
                widths[RunColumn.DATA], min(widths[RunColumn.DATA] + spare, RunColumn.DATA.width)
            )
        for column, width in widths.items():
            self.setColumnWidth(column, width)

    def _least_widths(self) -> dict[RunColumn, int]:
        """Return the width to which each column but the name's gives way: its heading, and states, are never cut."""
        metrics = QFontMetrics(cell_font(self.font(), strong=False))
        states = (metrics.horizontalAdvance(row.state) for row in self.runs.rows)
        least: dict[RunColumn, int] = {
            column: max(column.least, self._heading_width(column))
            for column in RunColumn
            if column is not RunColumn.NAME
        }
        least[RunColumn.STATE] = max(least[RunColumn.STATE], CELL_MARGINS + 1 + max(states, default=0))
        return least

    def _heading_width(self, column: RunColumn) -> int:
        """Return what a heading needs, with the arrow of the column that the runs are sorted by."""
        text = str(self.runs.headerData(column, Qt.Orientation.Horizontal))
        arrow = ARROW if column == self.horizontalHeader().sortIndicatorSection() else 0
        return ceil(text_width(text, HEADING, True)) + 2 * CELL_LEFT + arrow

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
        link = index.isValid() and index.column() == RunColumn.OPEN
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor)

    def _open_by_link(self, index: QModelIndex) -> None:
        if index.column() == RunColumn.OPEN:
            self._open(index)

    def _open(self, index: QModelIndex) -> None:
        row = self.row_at(index)
        if row is not None and row.problem is not None:
            self.problem_found.emit(row.problem)
        elif row is not None:
            self.open_wanted.emit(Path(row.folder.path))

    def _edit(self) -> None:
        if self.currentIndex().isValid():
            self.edit(self.currentIndex().siblingAtColumn(RunColumn.NAME))

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
        box.setInformativeText(self.tr("Its checkpoint and curves are deleted too. This can't be undone."))
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
            stays = delete(row.folder)
            if stays is not None:
                self.problem_found.emit(stays)
        except EngineError as error:
            self.problem_found.emit(error.problem)
        self.edited.emit()


class _Painter(QStyledItemDelegate):
    """Paints a line's cells: names strong, what can be clicked in the accent, a difference as a dumbbell."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(RunColumn(index.column()).width or LEAST_NAME, LINE)

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        try:
            self._paint(painter, option, index)
        finally:
            painter.restore()

    def _paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box, column = QRectF(option.rect), RunColumn(index.column())  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.colour("accent_soft"))
        if index.row() > 0:
            painter.setPen(theme.colour("border"))
            painter.drawLine(box.topLeft(), box.topRight())
        row: RunRow = index.data(ROW)
        inner = box.adjusted(CELL_LEFT, 0, CELL_LEFT - CELL_MARGINS, 0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if column == RunColumn.GAIN and row.rival is not None:
            width = DUMBBELL - (RunColumn.GAIN.width - box.width())
            if width >= LEAST_DUMBBELL:
                self._paint_dumbbell(painter, QRectF(inner.left(), inner.top(), width, inner.height()), row.rival)
                inner.setLeft(inner.left() + width + 10)
        painter.setFont(cell_font(option.font, strong=column in (RunColumn.NAME, RunColumn.OWN)))  # type: ignore[attr-defined]
        painter.setPen(theme.colour(_colour_of(row, column)))
        mode = Qt.TextElideMode.ElideMiddle if column == RunColumn.NAME else Qt.TextElideMode.ElideRight
        text = painter.fontMetrics().elidedText(str(index.data()), mode, max(int(inner.width()), 0))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, text)

    @staticmethod
    def _paint_dumbbell(painter: QPainter, box: QRectF, rival: Rival) -> None:
        """From the simple model in the middle to the run: to the right is better, whatever the measure. A pale band
        reaches as far as the run may be off."""
        y, middle, half = box.center().y(), box.center().x(), box.width() / 2 - 6
        low, end, high = (middle + half * share for share in gain_span(rival))
        painter.setPen(pen(theme.colour("track"), 2.0))
        painter.drawLine(QPointF(middle - half, y), QPointF(middle + half, y))
        painter.setPen(Qt.PenStyle.NoPen)
        band = theme.colour("accent")
        band.setAlphaF(0.25)
        painter.setBrush(band)
        painter.drawRoundedRect(QRectF(low, y - 4.0, high - low, 8.0), 4.0, 4.0)
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


def gain_span(rival: Rival) -> tuple[float, float, float]:
    """Where a run may lie at least, lies, and may lie at most, from −1 to 1: around 0, the rival, where they are
    level."""
    either = SURE * (rival.error or 0.0) / abs(rival.value) if rival.value else 0.0
    low, gain, high = (
        max(-1.0, min(1.0, gain / FULL_GAIN)) for gain in (rival.gain - either, rival.gain, rival.gain + either)
    )
    return low, gain, high


def cell_font(base: QFont, *, strong: bool) -> QFont:
    """The font of a cell."""
    font = QFont(base)
    font.setPixelSize(12)
    font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return font


def _colour_of(row: RunRow, column: RunColumn) -> str:
    if row.problem is not None:
        return "danger" if column == RunColumn.STATE else "text_muted"
    if column == RunColumn.OPEN:
        return "accent"
    if column == RunColumn.GAIN and row.rival is not None:
        return row.colour
    if column == RunColumn.STATE and row.running:
        return "accent"
    return "text" if column in (RunColumn.NAME, RunColumn.OWN, RunColumn.DATA) else "text_muted"
