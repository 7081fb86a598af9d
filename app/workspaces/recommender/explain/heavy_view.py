"""The strongest crosses of the whole model: what it has memorised best, whatever row is looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.export import Table
from app.kit.look import signed_text
from app.kit.numbers import counted, grouped, signed
from app.kit.widgets.labels import wrapped
from app.kit.widgets.painted import Painted, draw_elided, set_pixels
from app.kit.words import plain_tip

WANTED: Final[Mapping[str, object]] = {"kind": "cross", "top": 40}
ROW, HEAD = 22.0, 22.0
WEIGHT, ROWS, BAR = 62.0, 92.0, 110.0


@dataclass(frozen=True, slots=True)
class Heavy:
    """A cross's weight: ``name`` with its columns, ``title`` by its values alone; ``rows``: training rows that have it;
    ``sharing``: how many further combinations share the weight, in a hashed cross."""

    name: str
    title: str
    weight: float
    rows: int
    sharing: int


def heavy_of(answer: Mapping[str, Any], word: Callable[[str, str], str]) -> tuple[Heavy, ...]:
    """What ``heaviest`` says, the largest first; ``word(column, value)``: a value as it is said alone."""
    return tuple(
        Heavy(
            str(one["name"]),
            " × ".join(word(condition["column"], condition["value"]) for condition in one["conditions"]),
            float(one["weight"]),
            int(one["rows"]),
            int(one["sharing"]),
        )
        for one in answer["weights"]
    )


class HeavyList(Painted):
    """A line each: the pair, its training rows, its weight as a bar and a number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heavy: tuple[Heavy, ...] = ()
        self.setAccessibleName(self.tr("Strongest crosses"))

    def show_heavy(self, heavy: Sequence[Heavy]) -> None:
        """Show these, in order."""
        self._heavy = tuple(heavy)
        lines = [self.line_of(one) for one in self._heavy]
        self.setAccessibleDescription("; ".join(lines))
        self.setToolTip(plain_tip("\n".join(lines)))
        self.setMinimumHeight(round(HEAD + ROW * len(self._heavy)))
        self.update()

    def line_of(self, one: Heavy) -> str:
        """A weight in words."""
        rows = counted(one.rows, self.tr("1 training row"), self.tr("{count} training rows"))
        words = self.tr("{pair}: weight {weight}; {rows}")
        if one.sharing:
            words = self.tr("{pair} and {others} others that share its weight (hashed): {weight}; {rows}")
        return words.format(pair=one.name, weight=signed(one.weight, 3), rows=rows, others=grouped(one.sharing))

    def table(self) -> Table:
        """Name, weight, training rows."""
        return Table(("cross", "weight", "training_rows"), [(one.name, one.weight, one.rows) for one in self._heavy])

    def sizeHint(self) -> QSize:
        return QSize(420, round(HEAD + ROW * len(self._heavy)))

    def paint(self, painter: QPainter) -> None:
        middle, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
        most = max((abs(one.weight) for one in self._heavy), default=0.0) or 1.0
        end = float(self.width())
        names = max(80.0, end - WEIGHT - BAR - ROWS - 16.0)
        self._paint_head(painter, names, end)
        for number, one in enumerate(self._heavy):
            top = HEAD + number * ROW
            set_pixels(painter, 12, QFont.Weight.Normal)
            painter.setPen(theme.colour("text"))
            shared = self.tr("{pair} (hashed)").format(pair=one.title) if one.sharing else one.title
            draw_elided(painter, QRectF(0, top, names, ROW), middle, shared)
            painter.setPen(theme.colour("text_muted"))
            painter.drawText(QRectF(names, top, ROWS, ROW), middle | right, grouped(one.rows))
            zero = names + ROWS + 16.0 + BAR / 2
            reach = one.weight / most * BAR / 2
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("positive" if one.weight >= 0 else "negative"))
            bar = QRectF(min(zero, zero + reach), top + 6.0, max(1.5, abs(reach)), ROW - 12.0)
            painter.drawRoundedRect(bar, 2.0, 2.0)
            set_pixels(painter, 12, QFont.Weight.DemiBold)
            painter.setPen(signed_text(one.weight))
            painter.drawText(QRectF(end - WEIGHT, top, WEIGHT - 4.0, ROW), middle | right, signed(one.weight, 3))

    def _paint_head(self, painter: QPainter, names: float, end: float) -> None:
        middle, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
        set_pixels(painter, 11, QFont.Weight.Normal)
        painter.setPen(theme.colour("text_muted"))
        painter.drawText(QRectF(0, 0, names, HEAD), middle, self.tr("cross, in any row"))
        painter.drawText(QRectF(names, 0, ROWS, HEAD), middle | right, self.tr("training rows"))
        painter.drawText(QRectF(end - WEIGHT, 0, WEIGHT - 4.0, HEAD), middle | right, self.tr("weight"))


class HeavyView(QStackedWidget):
    """``wanted``: it is looked at and knows nothing yet."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = wrapped(self.tr("Looking through the weights …"))
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.list = HeavyList()
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        holder = QWidget()
        holder.setProperty("role", "panel")
        rows = QVBoxLayout(holder)
        rows.setContentsMargins(0, 0, 6, 0)
        rows.addWidget(self.list)
        rows.addStretch(1)
        scroll.setWidget(holder)
        self.addWidget(self.words)
        self.addWidget(scroll)
        self._known = False

    def forget(self) -> None:
        """The network is another, or opened anew."""
        self._known = False
        self.setCurrentIndex(0)
        if self.isVisible():
            self.wanted.emit()

    def take(self, heavy: Sequence[Heavy]) -> None:
        """Show what was found."""
        self._known = True
        self.list.show_heavy(heavy)
        self.words.setText(self.tr("No cross has a weight that five training rows or more stand behind."))
        self.setCurrentIndex(1 if heavy else 0)

    def showEvent(self, event: QShowEvent) -> None:
        """It takes a second or so, and is asked for when it is looked at."""
        super().showEvent(event)
        if not self._known:
            self.wanted.emit()
