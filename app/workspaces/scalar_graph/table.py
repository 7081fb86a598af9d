"""The table of a graph's nodes, in step with the drawing."""

from __future__ import annotations

from collections.abc import Hashable
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from app.kit import look, theme
from app.kit.export import ExportTable
from app.kit.formula.boxes import Box
from app.kit.formula.trees import box_of
from app.kit.numbers import NOTHING, to_digits
from app.kit.origin.facts import OracleComparison
from app.kit.translation import QT_TRANSLATE_NOOP
from app.kit.widgets.frame import WholeRows
from app.kit.widgets.painted import guarded
from app.kit.words import plain_tip
from app.workspaces.scalar_graph.canvas.writing import face, write_line
from app.workspaces.scalar_graph.checks import CheckResult, Checks
from app.workspaces.scalar_graph.computation import Computation, PassState
from app.workspaces.scalar_graph.model import GraphModel
from app.workspaces.scalar_graph.names import (
    MARK,
    gradient_text,
    kink_sentence,
    label_box,
    laid_out,
    marked_gradient,
    not_yet,
    value_text,
)
from engine.autodiff import Kink
from engine.autodiff.graph import in_labels
from engine.value_check import Oracle

Index = QModelIndex | QPersistentModelIndex


class NodeColumn(IntEnum):
    """The columns, from left to right."""

    NODE = 0
    OPERATION = 1
    VALUE = 2
    GRADIENT = 3
    DIFFERENCE = 4
    CHECK = 5


HEADINGS = (
    QT_TRANSLATE_NOOP("GraphTable", "node"),
    QT_TRANSLATE_NOOP("GraphTable", "operation"),
    QT_TRANSLATE_NOOP("GraphTable", "value"),
    QT_TRANSLATE_NOOP("GraphTable", "gradient"),
    QT_TRANSLATE_NOOP("GraphTable", "finite diff."),
    QT_TRANSLATE_NOOP("GraphTable", "check"),
)


def side_of(column: NodeColumn) -> Qt.AlignmentFlag:
    """Numbers stand at the right, all else at the left."""
    side = Qt.AlignmentFlag.AlignLeft if column <= NodeColumn.OPERATION else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter


class NodeTableModel(QAbstractTableModel):
    """Shows what is known at one moment of what is worked out."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worked: Computation | None = None
        self._state = PassState()
        self._checked: CheckResult | None = None

    @property
    def worked(self) -> Computation | None:
        """The computation whose nodes are the rows."""
        return self._worked

    def show(self, worked: Computation | None, state: PassState, checked: CheckResult | None) -> None:
        """Show other rows, or others' numbers."""
        rows = self._rows_of(worked)
        if rows != self._rows_of(self._worked) or (worked is None) is not (self._worked is None):
            self.beginResetModel()
            self._worked, self._state, self._checked = worked, state, checked
            self.endResetModel()
            return
        self._worked, self._state, self._checked = worked, state, checked
        if rows:
            self.dataChanged.emit(self.index(0, 0), self.index(rows - 1, len(NodeColumn) - 1))

    @staticmethod
    def _rows_of(worked: Computation | None) -> int:
        return len(worked.graph.nodes) if worked is not None else 0

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._rows_of(self._worked)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(NodeColumn)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.heading(NodeColumn(section))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return side_of(NodeColumn(section))
        return None

    @staticmethod
    def heading(column: NodeColumn) -> str:
        """Return the heading of a column."""
        return QCoreApplication.translate("GraphTable", HEADINGS[column])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        worked = self._worked
        if worked is None or not index.isValid() or index.row() >= len(worked.graph.nodes):
            return None
        row, column = index.row(), NodeColumn(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return side_of(column)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self.colour(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._tip(row, column)) or None
        return None

    def _tip(self, row: int, column: NodeColumn) -> str:
        """Why a number means nothing, or less than it seems to."""
        if column > NodeColumn.VALUE:
            kink = self._kink(row)
            said = kink_sentence(kink, self._state.gradients[row]) if kink is not None else ""
            return self._state.hollow.get(row, "") or said
        if self._worked is None or self._state.values[row] is None:
            return ""
        return self._worked.faults.get(row, "")

    def box(self, row: int, column: NodeColumn) -> Box | None:
        """The formula that a cell is; None for one of text."""
        worked = self._worked
        if worked is None:
            return None
        if column is NodeColumn.NODE:
            return label_box(worked.graph, row)
        node = worked.graph.nodes[row]
        return box_of(in_labels(worked.graph, row, node.rule.formula)) if node.rule is not None else None

    # Cells --------------------------------------------------------------------------------------------------------

    def text(self, row: int, column: NodeColumn) -> str:
        """Return the text of a cell; formulas as they are spoken."""
        worked = self._worked
        if worked is None:
            return ""
        if column is NodeColumn.NODE:
            return worked.graph.labels[row]
        if column is NodeColumn.OPERATION:
            node = worked.graph.nodes[row]
            if node.rule is not None:
                return node.rule.symbol
            return self.tr("constant") if node.is_constant else self.tr("leaf")
        if column is not NodeColumn.VALUE and not worked.graph.live[row]:
            return self.tr("not needed") if column is NodeColumn.GRADIENT else ""
        number = self.number(row, column)
        if column is NodeColumn.VALUE:
            return not_yet() if number is None else value_text(number)
        if column is NodeColumn.GRADIENT:
            return not_yet() if number is None else marked_gradient(number, hollow=row in self._state.hollow)
        if self._state.gradients[row] is None:
            return not_yet()
        if column is NodeColumn.DIFFERENCE:
            return self.tr("asking …") if self._checked is None else self._measured_text(row, number)
        return self._check_text(row)

    def _measured_text(self, row: int, number: float | None) -> str:
        """The slope that was measured, with a mark where that was done across a kink."""
        text = NOTHING if number is None else gradient_text(number)
        return f"{MARK} {text}" if self._kink(row) is not None else text

    def _kink(self, row: int) -> Kink | None:
        """The kink along a node whose gradient is in sight."""
        known = self._checked is not None and self._state.gradients[row] is not None
        return self._checked.kinks.get(row) if self._checked is not None and known else None

    def _check_text(self, row: int) -> str:
        checked = self._checked
        if checked is None:
            return self.tr("asking …")
        if checked.others is None:
            return self.tr("not checked")
        worst, ours = self.worst(row), self._state.gradients[row]
        if worst is None or ours is None:
            return NOTHING
        if worst.agrees and row in self._state.hollow:
            return self.tr("both {number}").format(number=gradient_text(ours))
        gap = "0" if worst.difference == 0.0 else to_digits(worst.difference, 2)
        words = self.tr("✓ diff {gap}") if worst.agrees else self.tr("✗ diff {gap}")
        return words.format(gap=gap)

    def worst(self, row: int) -> OracleComparison | None:
        """Value or gradient of a node, whichever is further from the check's."""
        if self._checked is None or self._checked.worked is not self._worked:
            return None
        found = [
            comparison
            for comparison in (self._checked.value(row), self._checked.gradient(row))
            if comparison is not None
        ]
        return max(found, key=lambda comparison: (not comparison.agrees, comparison.difference), default=None)

    def number(self, row: int, column: NodeColumn) -> float | None:
        """The number that a cell says."""
        if column is NodeColumn.VALUE:
            return self._state.values[row]
        if column is NodeColumn.GRADIENT:
            return self._state.gradients[row]
        known = self._state.gradients[row] is not None and row not in self._state.hollow  # there nothing is measured
        if column is NodeColumn.DIFFERENCE and self._checked is not None and known:
            return self._checked.differences[row]
        return None

    def colour(self, row: int, column: NodeColumn) -> QColor:
        """The colour of a cell's text."""
        number = self.number(row, column)
        if column is NodeColumn.GRADIENT and row in self._state.hollow:
            return theme.colour("danger")
        if column is NodeColumn.VALUE and self._tip(row, column):
            return theme.colour("danger")
        if column is NodeColumn.CHECK:
            worst = self.worst(row)
            known = worst is not None and self._state.gradients[row] is not None
            fine = worst is not None and worst.agrees and row not in self._state.hollow
            return theme.colour(("good" if fine else "danger") if known else "text_muted")
        if column is NodeColumn.DIFFERENCE and number is not None:
            return theme.colour("warning" if self._kink(row) is not None else "text")
        return look.signed_text(number) if number is not None else theme.colour("text_muted")

    def table(self) -> ExportTable:
        """Return the rows with all their digits, empty where a number is not known."""
        worked, checked = self._worked, self._checked
        if worked is None:
            return ExportTable((), ())
        rows = []
        for index, node in enumerate(worked.graph.nodes):
            known = self._state.gradients[index] is not None
            others = checked.others if checked is not None else None
            numbers = (
                self._state.values[index],
                self._state.gradients[index],
                checked.differences[index] if checked and known else None,
                others.gradients[index] if others is not None and known else None,
            )
            operation = node.rule.symbol if node.rule is not None else ""
            rows.append((worked.graph.labels[index], operation, *map(_cell, numbers)))
        by_torch = checked is not None and checked.others is not None and checked.others.gradients_by is Oracle.TORCH
        last = "PyTorch gradient" if by_torch else "checked gradient"
        return ExportTable(("node", "operation", "value", "gradient", "finite difference", last), rows)


def _cell(value: float | None) -> object:
    return "" if value is None else value


ROW_HEIGHT = 29
SIZE, LEAST_SCALE, PIXELS = 16.0, 0.6, 12.0
LEAST_NAME = 0.4
"""A name is set in type down to this scale: as plain text it would be smaller still."""
LEFT_PAD, RIGHT_PAD = 8, 6


class _Cell(QStyledItemDelegate):
    """Formulas set in type, numbers in the colour of their sign; the node at work on a soft ground."""

    def __init__(self, table: NodeTable) -> None:
        super().__init__(table)
        self._table = table

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, ROW_HEIGHT)

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area = QRectF(option.rect)  # type: ignore[attr-defined]
        painter.save()
        ground = self._table.ground_of(index.row(), bool(option.state & QStyle.StateFlag.State_Selected))  # type: ignore[attr-defined]
        if ground is not None:
            painter.fillRect(area, ground)
        painter.setPen(theme.colour("border"))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        row, column = index.row(), NodeColumn(index.column())
        box = self._table.rows.box(row, column) if column <= NodeColumn.OPERATION else None
        least = LEAST_NAME if column is NodeColumn.NODE else LEAST_SCALE
        if box is None or not self._paint_box(painter, area, box, least):
            self._paint_text(painter, area, row, column)
        painter.restore()

    @staticmethod
    def _paint_box(painter: QPainter, area: QRectF, box: Box, least: float) -> bool:
        """False for a formula that would be shrunk below the ``least`` scale: it could not be read here."""
        laid = laid_out(box, SIZE)
        room = area.width() - LEFT_PAD - RIGHT_PAD
        scale = min(1.0, room / max(laid.width, 1.0), (area.height() - 3) / max(laid.height, 1.0))
        if scale < least:
            return False
        painter.translate(area.left() + LEFT_PAD, area.center().y() + scale * (laid.ascent - laid.descent) / 2)
        painter.scale(scale, scale)
        laid.paint(painter, 0.0, 0.0)
        return True

    def _paint_text(self, painter: QPainter, area: QRectF, row: int, column: NodeColumn) -> None:
        """Asks the rows themselves: by way of roles a cell takes twice as long, and there are a hundred in a frame."""
        rows = self._table.rows
        number = rows.number(row, column) is not None
        strong = column in (NodeColumn.VALUE, NodeColumn.GRADIENT) and number
        font, text = face(PIXELS, strong=strong), rows.text(row, column)
        left = LEFT_PAD if column <= NodeColumn.OPERATION else RIGHT_PAD
        field = area.adjusted(left, 0, -RIGHT_PAD, 0)
        wide = font.width(text)
        scale = min(1.0, field.width() / (wide + 1.0))  # what is cut is another number, or another word
        left = side_of(column) & Qt.AlignmentFlag.AlignLeft
        painter.translate(field.left() if left else field.right() - scale * wide, field.center().y())
        painter.scale(scale, scale)
        write_line(painter, QPointF(0.0, font.ascent - font.height / 2), text, font, rows.colour(row, column))


class NodeTable(QTableView):
    """A row for each node. ``asked(key, column)``: where does this number come from?"""

    asked = Signal(object, int)

    def __init__(self, model: GraphModel, checks: Checks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._checks = model, checks
        self.rows = NodeTableModel(self)
        self._following = False
        self._alone = True  # pressed without the keys that choose several rows
        self.setModel(self.rows)
        self.setItemDelegate(_Cell(self))
        WholeRows(self)
        self.setAccessibleName(self.tr("Nodes: value, gradient, finite difference, check"))
        self.setToolTip(self.tr("Click a number, or press Enter, to see where it comes from"))
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(40)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet(
            "QTableView { border: none; } QHeaderView { border: none; }"
            "QHeaderView::section { font-size: 11px; padding: 4px 5px; }"
        )
        self._connect()
        self.follow()

    def _connect(self) -> None:
        model = self._model
        model.state_changed.connect(self.follow)
        self._checks.changed.connect(self.follow)
        model.refused.connect(self.follow)
        model.chosen_changed.connect(self._choose)
        model.pointed_changed.connect(self._repaint)
        self.selectionModel().selectionChanged.connect(self._tell_chosen)
        self.clicked.connect(self._ask_number)
        self.doubleClicked.connect(self._ask_named)
        self.activated.connect(self._ask)
        self.entered.connect(lambda index: self._model.point(self.key_of(index.row())))

    @Slot()
    def follow(self) -> None:
        """Show what is known; nothing of an expression that is no longer there."""
        worked = None if self._model.stale else self._model.worked
        self._following = True
        try:
            self.rows.show(worked, self._model.state, self._checks.of(worked))
        finally:
            self._following = False
        self._choose()
        if self._model.playback.playing and self._model.state.current is not None:
            self.scrollTo(self.rows.index(self._model.state.current, 0))

    def key_of(self, row: int) -> Hashable | None:
        """The key of a row's node."""
        worked = self.rows.worked
        return worked.graph.nodes[row].key if worked is not None and 0 <= row < len(worked.graph.nodes) else None

    def ground_of(self, row: int, selected: bool) -> QColor | None:
        """The ground of a row: that of the node at work, a chosen or a pointed one."""
        if self._model.state.current == row:
            return theme.colour("accent_soft")
        if selected:
            return look.faded("accent", 0.10)
        if self._model.pointed is not None and self._model.pointed == self.key_of(row):
            return theme.colour("raised")
        return None

    @Slot()
    def _choose(self) -> None:
        worked, model = self.rows.worked, self.selectionModel()
        if worked is None or self._following:
            return
        rows = {worked.graph.index[str(key)] for key in self._model.chosen if str(key) in worked.graph.index}
        if rows == {index.row() for index in model.selectedRows()}:
            return
        self._following = True
        try:
            model.clearSelection()
            flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
            for row in sorted(rows):
                model.select(self.rows.index(row, 0), flags)
            if rows:
                self.scrollTo(self.rows.index(min(rows), 0))
        finally:
            self._following = False

    @Slot()
    def _tell_chosen(self) -> None:
        if self._following:
            return
        keys = (self.key_of(index.row()) for index in self.selectionModel().selectedRows())
        self._model.choose(frozenset(key for key in keys if key is not None))

    @Slot(QModelIndex)
    def _ask(self, index: QModelIndex) -> None:
        key = self.key_of(index.row())
        if key is not None:
            self.asked.emit(key, index.column())

    @Slot(QModelIndex)
    def _ask_number(self, index: QModelIndex) -> None:
        """One click does for a number; one that chooses several rows asks nothing."""
        if self._alone and self._has_number(index):
            self._ask(index)

    @Slot(QModelIndex)
    def _ask_named(self, index: QModelIndex) -> None:
        """A double click on a name, or where no number is yet; on a number, its first click has asked."""
        if not self._has_number(index):
            self._ask(index)

    def _has_number(self, index: QModelIndex) -> bool:
        row, column = index.row(), NodeColumn(index.column())
        shown = NodeColumn.DIFFERENCE if column is NodeColumn.CHECK else column  # both come with the answer
        return self.key_of(row) is not None and self.rows.number(row, shown) is not None

    @Slot()
    def _repaint(self) -> None:
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._alone = event.modifiers() == Qt.KeyboardModifier.NoModifier
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid():
            self._model.point(None)
        on_number = index.isValid() and self._has_number(index)
        shape = Qt.CursorShape.PointingHandCursor if on_number else Qt.CursorShape.ArrowCursor
        if self.viewport().cursor().shape() is not shape:
            self.viewport().setCursor(shape)

    def table(self) -> ExportTable:
        """Return the rows with all their digits."""
        return self.rows.table()
