"""How a row of the outline is painted, its name at the left and its numbers at the right, and how it is typed over."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionViewItem, QWidget

from app.builder.outline.model import ROW
from app.builder.outline.words import Row
from app.kit import theme
from app.kit.widgets.painted import guarded
from app.kit.widgets.typing_over import Index, TypingOver, number_box

ROW_HEIGHT = 26
GAP = 8
MARGIN = 6
LONGEST_TITLE = 80
NUMBER_WIDTH = 84


class OutlineDelegate(TypingOver):
    """The alarm keeps its room, then the name; the detail is cut first."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), ROW_HEIGHT)

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view: QWidget = option.widget  # type: ignore[attr-defined]  # the stubs leave the option's fields out
        row = index.data(ROW)
        if not isinstance(row, Row):
            return
        ground = QStyleOptionViewItem(option)
        view.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, view)
        painter.save()
        painter.setFont(option.font)  # type: ignore[attr-defined]
        room: QRect = option.rect.adjusted(MARGIN, 0, -MARGIN, 0)  # type: ignore[attr-defined]
        room = _at_the_right(painter, room, row.alarm, theme.colour(row.tone))
        metrics = painter.fontMetrics()
        room_for_detail = room.adjusted(min(metrics.horizontalAdvance(row.name) + GAP, room.width()), 0, 0, 0)
        _at_the_right(painter, room_for_detail, row.detail, theme.colour("text_muted"))
        painter.setPen(theme.colour("text"))
        painter.drawText(room, _MIDDLE | Qt.AlignmentFlag.AlignLeft, _cut(metrics, row.name, room.width()))
        painter.restore()

    # Typing -------------------------------------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setMaxLength(LONGEST_TITLE)
        editor.setAccessibleName(index.data(Qt.ItemDataRole.AccessibleTextRole))
        editor.setToolTip(self.tr("Enter takes it, Escape leaves it as it was; undo brings it back."))
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """A name is typed over the whole row, a number where it stands."""
        box: QRect = option.rect  # type: ignore[attr-defined]
        row = index.data(ROW)
        if isinstance(row, Row) and row.titled:
            editor.setGeometry(box)
            return
        editor.setGeometry(number_box(box, NUMBER_WIDTH))


_MIDDLE = Qt.AlignmentFlag.AlignVCenter


def _at_the_right(painter: QPainter, room: QRect, text: str, colour: QColor) -> QRect:
    """Write a text at the room's right end, as much of it as fits; the room that is left."""
    if not text or room.width() < 3 * GAP:
        return room
    metrics = painter.fontMetrics()
    shown = _cut(metrics, text, room.width())
    painter.setPen(colour)
    painter.drawText(room, _MIDDLE | Qt.AlignmentFlag.AlignRight, shown)
    return room.adjusted(0, 0, -metrics.horizontalAdvance(shown) - GAP, 0)


def _cut(metrics: QFontMetrics, text: str, width: int) -> str:
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, width))
