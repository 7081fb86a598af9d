"""The table of a graph as a model: a node each row, and in its columns what we and others make of it."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from app.kit import look, theme
from app.kit.export import Table
from app.kit.formula.boxes import Box
from app.kit.formula.trees import box_of
from app.kit.numbers import NOTHING, to_digits
from app.kit.origin.facts import Comparison
from app.kit.translation import QT_TRANSLATE_NOOP
from app.kit.words import plain_tip
from app.workspaces.scalar_graph.canvas.shown import not_yet
from app.workspaces.scalar_graph.checks import Checked
from app.workspaces.scalar_graph.names import label_box
from app.workspaces.scalar_graph.sight import Sight, gradient_text, marked_gradient, value_text
from app.workspaces.scalar_graph.words import MARK, kink_sentence
from app.workspaces.scalar_graph.worked import Worked
from engine.autodiff import Kink
from engine.autodiff.graph import in_labels
from engine.value_check import Oracle

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
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


A_GAP = "1.1·10⁻¹⁶"
"""A usual difference, for the width of its column."""


def side_of(column: Column) -> Qt.AlignmentFlag:
    """Numbers stand at the right, all else at the left."""
    side = Qt.AlignmentFlag.AlignLeft if column <= Column.OPERATION else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter


class NodeRows(QAbstractTableModel):
    """Shows what is known at one moment of what is worked out."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worked: Worked | None = None
        self._sight = Sight()
        self._checked: Checked | None = None

    @property
    def worked(self) -> Worked | None:
        """What the rows are of."""
        return self._worked

    def show(self, worked: Worked | None, sight: Sight, checked: Checked | None) -> None:
        """Show other rows, or others' numbers."""
        rows = self._rows_of(worked)
        if rows != self._rows_of(self._worked) or (worked is None) is not (self._worked is None):
            self.beginResetModel()
            self._worked, self._sight, self._checked = worked, sight, checked
            self.endResetModel()
            return
        self._worked, self._sight, self._checked = worked, sight, checked
        if rows:
            self.dataChanged.emit(self.index(0, 0), self.index(rows - 1, len(Column) - 1))

    @staticmethod
    def _rows_of(worked: Worked | None) -> int:
        return len(worked.graph.nodes) if worked is not None else 0

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._rows_of(self._worked)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.heading(Column(section))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return side_of(Column(section))
        return None

    @staticmethod
    def heading(column: Column) -> str:
        """What stands over a column."""
        return QCoreApplication.translate("GraphTable", HEADINGS[column])

    def words(self, column: Column) -> tuple[str, ...]:
        """Words that may stand in a column in place of a number, and are to be read whole."""
        match column:
            case Column.OPERATION:
                return self.tr("constant"), self.tr("leaf")
            case Column.VALUE:
                return (not_yet(),)
            case Column.GRADIENT:
                return self.tr("not needed"), not_yet()
            case Column.DIFFERENCE:
                return self.tr("asking …"), not_yet()
            case Column.CHECK:
                return self.tr("asking …"), self.tr("not checked"), self.tr("✓ diff {gap}").format(gap=A_GAP)
        return ()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        worked = self._worked
        if worked is None or not index.isValid() or index.row() >= len(worked.graph.nodes):
            return None
        row, column = index.row(), Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return side_of(column)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self.colour(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._tip(row, column)) or None
        return None

    def _tip(self, row: int, column: Column) -> str:
        """Why a number means nothing, or less than it seems to."""
        if column > Column.VALUE:
            kink = self._kink(row)
            said = kink_sentence(kink, self._sight.gradients[row]) if kink is not None else ""
            return self._sight.hollow.get(row, "") or said
        if self._worked is None or self._sight.values[row] is None:
            return ""
        return self._worked.faults.get(row, "")

    def box(self, row: int, column: Column) -> Box | None:
        """The formula that a cell is; None for one of text."""
        worked = self._worked
        if worked is None:
            return None
        if column is Column.NODE:
            return label_box(worked.graph, row)
        node = worked.graph.nodes[row]
        return box_of(in_labels(worked.graph, row, node.rule.formula)) if node.rule is not None else None

    # Cells --------------------------------------------------------------------------------------------------------

    def text(self, row: int, column: Column) -> str:
        """What a cell says; of formulas, for the ear."""
        worked = self._worked
        if worked is None:
            return ""
        if column is Column.NODE:
            return worked.graph.labels[row]
        if column is Column.OPERATION:
            node = worked.graph.nodes[row]
            if node.rule is not None:
                return node.rule.symbol
            return self.tr("constant") if node.is_constant else self.tr("leaf")
        if column is not Column.VALUE and not worked.graph.live[row]:
            return self.tr("not needed") if column is Column.GRADIENT else ""
        number = self.number(row, column)
        if column is Column.VALUE:
            return not_yet() if number is None else value_text(number)
        if column is Column.GRADIENT:
            return not_yet() if number is None else marked_gradient(number, hollow=row in self._sight.hollow)
        if self._sight.gradients[row] is None:
            return not_yet()
        if column is Column.DIFFERENCE:
            return self.tr("asking …") if self._checked is None else self._measured_text(row, number)
        return self._check_text(row)

    def _measured_text(self, row: int, number: float | None) -> str:
        """The slope that was measured, with a mark where that was done across a kink."""
        text = NOTHING if number is None else gradient_text(number)
        return f"{MARK} {text}" if self._kink(row) is not None else text

    def _kink(self, row: int) -> Kink | None:
        """The kink along a node whose gradient is in sight."""
        known = self._checked is not None and self._sight.gradients[row] is not None
        return self._checked.kinks.get(row) if self._checked is not None and known else None

    def _check_text(self, row: int) -> str:
        checked = self._checked
        if checked is None:
            return self.tr("asking …")
        if checked.others is None:
            return self.tr("not checked")
        worst, ours = self.worst(row), self._sight.gradients[row]
        if worst is None or ours is None:
            return NOTHING
        if worst.agrees and row in self._sight.hollow:
            return self.tr("both {number}").format(number=gradient_text(ours))
        gap = "0" if worst.difference == 0.0 else to_digits(worst.difference, 2)
        words = self.tr("✓ diff {gap}") if worst.agrees else self.tr("✗ diff {gap}")
        return words.format(gap=gap)

    def worst(self, row: int) -> Comparison | None:
        """Value or gradient of a node, whichever is further from the check's."""
        if self._checked is None or self._checked.worked is not self._worked:
            return None
        found = [one for one in (self._checked.value(row), self._checked.gradient(row)) if one is not None]
        return max(found, key=lambda one: (not one.agrees, one.difference), default=None)

    def number(self, row: int, column: Column) -> float | None:
        """The number that a cell says."""
        if column is Column.VALUE:
            return self._sight.values[row]
        if column is Column.GRADIENT:
            return self._sight.gradients[row]
        known = self._sight.gradients[row] is not None and row not in self._sight.hollow  # there nothing is measured
        if column is Column.DIFFERENCE and self._checked is not None and known:
            return self._checked.differences[row]
        return None

    def colour(self, row: int, column: Column) -> QColor:
        """The colour of a cell's text."""
        number = self.number(row, column)
        if column is Column.GRADIENT and row in self._sight.hollow:
            return theme.colour("danger")
        if column is Column.VALUE and self._tip(row, column):
            return theme.colour("danger")
        if column is Column.CHECK:
            worst = self.worst(row)
            known = worst is not None and self._sight.gradients[row] is not None
            fine = worst is not None and worst.agrees and row not in self._sight.hollow
            return theme.colour(("good" if fine else "danger") if known else "text_muted")
        if column is Column.DIFFERENCE and number is not None:
            return theme.colour("warning" if self._kink(row) is not None else "text")
        return look.signed_text(number) if number is not None else theme.colour("text_muted")

    def table(self) -> Table:
        """What the rows say, with all their digits; nothing where nothing is known."""
        worked, checked = self._worked, self._checked
        if worked is None:
            return Table((), ())
        rows = []
        for index, node in enumerate(worked.graph.nodes):
            known = self._sight.gradients[index] is not None
            others = checked.others if checked is not None else None
            numbers = (
                self._sight.values[index],
                self._sight.gradients[index],
                checked.differences[index] if checked and known else None,
                others.gradients[index] if others is not None and known else None,
            )
            operation = node.rule.symbol if node.rule is not None else ""
            rows.append((worked.graph.labels[index], operation, *map(_cell, numbers)))
        by_torch = checked is not None and checked.others is not None and checked.others.gradients_by is Oracle.TORCH
        last = "PyTorch gradient" if by_torch else "checked gradient"
        return Table(("node", "operation", "value", "gradient", "finite difference", last), rows)


def _cell(value: float | None) -> object:
    return "" if value is None else value
