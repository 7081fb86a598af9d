"""How a row of an outline is painted: its text and its note at the left, its number at the right, where it is typed."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.kit import look, theme
from app.kit.widgets.outline_tree.items import ITEM, OutlineItem, OutlineModel
from app.kit.widgets.painted import guarded

ROW_HEIGHT, GAP, MARGIN, NUMBER_WIDTH = 26, 8, 6, 88
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight

Index = QModelIndex | QPersistentModelIndex


class TypingOver(QStyledItemDelegate):
    """The editor is a line of text, with what the model gives as ``EditRole``."""

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(index.data(Qt.ItemDataRole.EditRole) or "")
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QLineEdit) and editor.isModified():
            model.setData(index, editor.text())


def number_box(row: QRect, width: int) -> QRect:
    """Where the number of a row stands: at its right end."""
    width = min(width, row.width())
    return QRect(row.right() - width + 1, row.top(), width, row.height())


class OutlineDelegate(TypingOver):
    """The number keeps its room, then the text; the note is cut first. ``lit``: the keys of rows with a soft ground."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lit: frozenset[Hashable] = frozenset()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), ROW_HEIGHT)

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view: QWidget = option.widget  # type: ignore[attr-defined]  # the stubs leave the option's fields out
        item, model = index.data(ITEM), index.model()
        if not isinstance(item, OutlineItem) or not isinstance(model, OutlineModel):
            return
        painter.save()
        rect: QRect = option.rect  # type: ignore[attr-defined]
        if item.key in self.lit:
            painter.fillRect(rect, look.faded("accent", 0.12))
        ground = QStyleOptionViewItem(option)
        view.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, view)
        painter.setFont(option.font)  # type: ignore[attr-defined]
        room = rect.adjusted(MARGIN, 0, -MARGIN, 0)
        if item.number is not None:
            room = _paint_number(painter, room, item.number, model.written(item.number))
        metrics = painter.fontMetrics()
        painter.setPen(theme.colour("text"))
        painter.drawText(room, _LEFT, _cut(metrics, item.text, room.width()))
        room.setLeft(room.left() + metrics.horizontalAdvance(item.text) + GAP)
        if item.note and room.width() > 2 * GAP:
            painter.setPen(theme.colour("text_muted"))
            painter.drawText(room, _LEFT, _cut(metrics, item.note, room.width()))
        painter.restore()

    # Typing -------------------------------------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAlignment(_RIGHT)
        editor.setAccessibleName(index.data(Qt.ItemDataRole.AccessibleTextRole))
        editor.setToolTip(self.tr("Enter accepts the number, Escape cancels."))
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """The field stands where the number does."""
        box: QRect = option.rect  # type: ignore[attr-defined]
        editor.setGeometry(number_box(box, NUMBER_WIDTH))


def _paint_number(painter: QPainter, room: QRect, number: float, text: str) -> QRect:
    """Write the number at the room's right end, with the dotted line of what can be changed; the room that is left."""
    plain = painter.font()
    bold = look.tabular(plain)
    bold.setWeight(QFont.Weight.DemiBold)
    painter.setFont(bold)
    metrics = painter.fontMetrics()
    painter.setPen(look.signed_text(number) if number else theme.colour("text"))
    painter.drawText(room, _RIGHT, text)
    width = metrics.horizontalAdvance(text)
    pen = QPen(theme.colour("text_muted"), 1.0, Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([1.5, 2.0])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    under = room.center().y() + metrics.capHeight() // 2 + 4.5
    painter.drawLine(QPointF(room.right() + 1 - width, under), QPointF(room.right() + 1, under))
    painter.setFont(plain)
    return room.adjusted(0, 0, -width - GAP, 0)


def _cut(metrics: QFontMetrics, text: str, width: int) -> str:
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, width))
