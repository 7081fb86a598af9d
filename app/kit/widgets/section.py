"""A titled part of a column that folds away: under a heading, or behind one line that says how it stands."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.kit import look, theme
from app.kit.capitals import in_capitals
from app.kit.icons import pixmap
from app.kit.widgets.frame import rule
from app.kit.widgets.painted import PaintedButton, draw_elided, set_pixels
from app.kit.words import plain_tip

CHEVRON, GAP = 12, 8
HEADING_HEIGHT, LINE_HEIGHT, STATE_HEIGHT = 20, 26, 18
SEPARATOR = " · "
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class SectionHeading(PaintedButton):
    """Folds and unfolds what is under it. The title in small capitals, a few words at the right end, and a chevron
    while folded, hovered or focused."""

    antialiased = False

    def __init__(self, title: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = ""
        self.setText(title)
        self.setCheckable(True)
        self.setChecked(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_hint(hint)

    @property
    def hint(self) -> str:
        """What stands at the right end."""
        return self._hint

    def set_hint(self, hint: str) -> None:
        """Say something else at the right end."""
        if hint == self._hint and self.accessibleName():
            return
        self._hint = hint
        fold = self.tr("Fold or unfold this section")
        self.setToolTip(plain_tip(f"{hint}\n{fold}" if hint else fold))
        self.setAccessibleName(f"{self.text()}: {hint}" if hint else self.text())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(80, self.heightForWidth(self.width()))

    def heightForWidth(self, _width: int) -> int:
        return HEADING_HEIGHT

    def paint(self, painter: QPainter) -> None:
        set_pixels(painter, 11, QFont.Weight.DemiBold)
        painter.setPen(theme.colour("text" if self.hasFocus() else "text_muted"))
        title = in_capitals(self.text())
        box = QRectF(self.rect())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, title)
        right = box.adjusted(painter.fontMetrics().horizontalAdvance(title) + GAP, 0, 0, 0)
        if self.underMouse() or not self.isChecked() or self.hasFocus():
            self.draw_chevron(painter, box)
            right.adjust(0, 0, -CHEVRON - 6, 0)
        set_pixels(painter, 11, QFont.Weight.Normal)
        painter.setPen(theme.colour("text_muted"))
        draw_elided(painter, right, _RIGHT, self._hint)

    def draw_chevron(self, painter: QPainter, box: QRectF) -> None:
        """A chevron at the right end: down while unfolded, to the right while folded."""
        painter.translate(box.right() - CHEVRON / 2, box.center().y())
        painter.rotate(0 if self.isChecked() else -90)
        chevron = pixmap(f"chevron-{theme.current().name}", CHEVRON, ratio=self.devicePixelRatioF())
        painter.drawPixmap(-CHEVRON // 2, -CHEVRON // 2, chevron)
        painter.resetTransform()


class FoldingLine(SectionHeading):
    """The title at reading size and, while folded, how things stand: beside the title, or under it where that is too
    narrow, its last part in a row of its own where it needs one."""

    def heightForWidth(self, width: int) -> int:
        return LINE_HEIGHT + (0 if self._fits_beside(width) else len(self._rows(width)) * STATE_HEIGHT)

    def _rows(self, width: int) -> list[str]:
        """How things stand, in one row or two."""
        measure, parts = QFontMetricsF(look.font(12.0)), self.hint.split(SEPARATOR)
        for count in range(len(parts), 1, -1):
            if measure.horizontalAdvance(SEPARATOR.join(parts[:count])) <= width - CHEVRON - GAP:
                return [SEPARATOR.join(row) for row in (parts[:count], parts[count:]) if row]
        return [self.hint]

    def _fits_beside(self, width: int) -> bool:
        title = QFontMetricsF(look.font(13.0, QFont.Weight.DemiBold)).horizontalAdvance(self.text())
        hint = QFontMetricsF(look.font(12.0)).horizontalAdvance(self.hint)
        return self.isChecked() or title + hint + 2 * GAP + CHEVRON <= width

    def paint(self, painter: QPainter) -> None:
        box = QRectF(self.rect())
        top = QRectF(box.x(), box.y(), box.width(), LINE_HEIGHT)
        room = top.adjusted(0, 0, -CHEVRON - GAP, 0)
        self.draw_chevron(painter, box)
        painter.setFont(look.font(13.0, QFont.Weight.DemiBold))
        is_lit = self.isChecked() or self.hasFocus() or self.underMouse()
        painter.setPen(theme.colour("accent" if is_lit else "text"))
        draw_elided(painter, room, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.isChecked():
            return
        painter.setFont(look.font(12.0))
        painter.setPen(theme.colour("text_muted"))
        if self._fits_beside(self.width()):
            draw_elided(painter, room, _RIGHT, self.hint)
        else:
            under = QRectF(room.x(), top.bottom() - 4, room.width(), STATE_HEIGHT)
            for row in self._rows(self.width()):
                draw_elided(painter, under, Qt.AlignmentFlag.AlignVCenter, row)
                under.translate(0, STATE_HEIGHT)


class Section(QWidget):
    """A heading over its content. ``opened(on)``: it was unfolded or folded, by hand or from the program."""

    opened = Signal(bool)

    def __init__(
        self,
        title: str,
        content: QWidget,
        hint: str = "",
        parent: QWidget | None = None,
        *,
        is_line: bool = False,
        is_open: bool = True,
        above: QWidget | None = None,
    ) -> None:
        """``is_line``: the heading is a :class:`FoldingLine` under a thin rule, and ``hint`` says how things stand.
        ``above``: what stays in sight between heading and content while that is folded."""
        super().__init__(parent)
        self.heading = (FoldingLine if is_line else SectionHeading)(title, hint, self)
        self.heading.setChecked(is_open)
        self.content = content
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        for part in (rule() if is_line else None, self.heading, above, content):
            if part is not None:
                rows.addWidget(part)
        content.setVisible(is_open)
        self.heading.toggled.connect(self._fold)

    @property
    def is_open(self) -> bool:
        """Whether its content is unfolded."""
        return self.heading.isChecked()

    def set_open(self, on: bool) -> None:
        """Unfold or fold it."""
        self.heading.setChecked(on)

    def set_hint(self, hint: str) -> None:
        """Say something else in the heading."""
        self.heading.set_hint(hint)

    def _fold(self, shown: bool) -> None:
        self.heading.updateGeometry()
        self.content.setVisible(shown)
        self.opened.emit(shown)
