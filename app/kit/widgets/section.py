"""A titled part of a column that folds away: under a heading, or behind one line that says how it stands."""

from __future__ import annotations

import re

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.kit import look, theme
from app.kit.capitals import in_capitals
from app.kit.icons import pixmap
from app.kit.widgets.frame import rule
from app.kit.widgets.painted import PaintedButton, draw_elided
from app.kit.words import plain_tip

CHEVRON, GAP = 12, 8
HEADING_HEIGHT, LINE_HEIGHT, STATE_HEIGHT = 20, 26, 18
PHRASE_ENDS = re.compile("(?<= · )|(?<=, )|(?<=[，、])")
"""Where the words of a heading go on in the next row: a number keeps its unit."""
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class SectionHeading(PaintedButton):
    """Folds and unfolds what is under it. The title in small capitals, a few words at the right end, under it where
    that is too narrow, and a chevron while folded, hovered or focused."""

    antialiased = False
    line_height, hint_size = HEADING_HEIGHT, 11.0

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

    def heightForWidth(self, width: int) -> int:
        return self.line_height + (0 if self._fits_beside(width) else len(self._rows(width)) * STATE_HEIGHT)

    @property
    def title(self) -> str:
        """The title as it is written."""
        return in_capitals(self.text())

    @property
    def title_font(self) -> QFont:
        """The font of the title."""
        return look.font(11.0, QFont.Weight.DemiBold)

    @property
    def shows_hint(self) -> bool:
        """Whether the words are written."""
        return bool(self._hint)

    @property
    def shows_chevron(self) -> bool:
        """Whether the chevron is drawn."""
        return self.underMouse() or not self.isChecked() or self.hasFocus()

    @property
    def title_ink(self) -> str:
        """The colour of the title, by name."""
        return "text" if self.hasFocus() else "text_muted"

    def _rows(self, width: int) -> list[str]:
        """The words in as few rows as hold them, parted between phrases."""
        measure, rows = QFontMetricsF(look.font(self.hint_size)), [""]
        for phrase in PHRASE_ENDS.split(self._hint):
            if rows[-1] and measure.horizontalAdvance((rows[-1] + phrase).rstrip(" ·")) > width - CHEVRON - GAP:
                rows.append("")
            rows[-1] += phrase
        return [row.rstrip(" ·") for row in rows]

    def _fits_beside(self, width: int) -> bool:
        title = QFontMetricsF(self.title_font).horizontalAdvance(self.title)
        hint = QFontMetricsF(look.font(self.hint_size)).horizontalAdvance(self._hint)
        return not self.shows_hint or title + hint + 2 * GAP + CHEVRON <= width

    def paint(self, painter: QPainter) -> None:
        box = QRectF(self.rect())
        top = QRectF(box.x(), box.y(), box.width(), self.line_height)
        room = top.adjusted(0, 0, -CHEVRON - GAP if self.shows_chevron else 0, 0)
        if self.shows_chevron:
            self.draw_chevron(painter, box)
        painter.setFont(self.title_font)
        painter.setPen(theme.colour(self.title_ink))
        draw_elided(painter, room, Qt.AlignmentFlag.AlignVCenter, self.title)
        if not self.shows_hint:
            return
        painter.setFont(look.font(self.hint_size))
        painter.setPen(theme.colour("text_muted"))
        if self._fits_beside(self.width()):
            draw_elided(painter, room, _RIGHT, self._hint)
        else:
            under = QRectF(room.x(), top.bottom() - 4, room.width(), STATE_HEIGHT)
            for row in self._rows(self.width()):
                draw_elided(painter, under, Qt.AlignmentFlag.AlignVCenter, row)
                under.translate(0, STATE_HEIGHT)

    def draw_chevron(self, painter: QPainter, box: QRectF) -> None:
        """A chevron at the right end: down while unfolded, to the right while folded."""
        painter.translate(box.right() - CHEVRON / 2, box.center().y())
        painter.rotate(0 if self.isChecked() else -90)
        chevron = pixmap(f"chevron-{theme.current().name}", CHEVRON, ratio=self.devicePixelRatioF())
        painter.drawPixmap(-CHEVRON // 2, -CHEVRON // 2, chevron)
        painter.resetTransform()


class FoldingLine(SectionHeading):
    """The title at reading size, and how things stand only while folded."""

    line_height, hint_size = LINE_HEIGHT, 12.0

    @property
    def title(self) -> str:
        return self.text()

    @property
    def title_font(self) -> QFont:
        return look.font(13.0, QFont.Weight.DemiBold)

    @property
    def shows_hint(self) -> bool:
        return not self.isChecked()

    @property
    def shows_chevron(self) -> bool:
        return True

    @property
    def title_ink(self) -> str:
        return "accent" if self.isChecked() or self.hasFocus() or self.underMouse() else "text"


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
