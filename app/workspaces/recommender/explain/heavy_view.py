"""The strongest crosses of the whole model: what it has memorised best, whatever row is looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Mark, Rectangle, Text, call
from app.kit.drawing.view import DrawingView
from app.kit.export import Table
from app.kit.inks import sign_ink, sign_text_ink
from app.kit.numbers import counted, grouped, signed
from app.kit.widgets.labels import wrapped

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


def draw_heavy(weights: tuple[Heavy, ...], frame: Frame) -> Drawing:
    """Draw a line each: the pair, its training rows, its weight as a bar and a number. Keys are the lines."""
    width = float(frame.width)
    names, most = max(80.0, width - WEIGHT - BAR - ROWS - 16.0), max((abs(one.weight) for one in weights), default=1.0)
    head: list[Mark] = [
        Text(_tr("cross, in any row"), (0, 0, names, HEAD), 11, "text_muted", "left middle"),
        Text(_tr("training rows"), (names, 0, ROWS, HEAD), 11, "text_muted", "right middle"),
        Text(_tr("weight"), (width - WEIGHT, 0, WEIGHT - 4.0, HEAD), 11, "text_muted", "right middle"),
    ]
    lines = [mark for row, heavy in enumerate(weights) for mark in _line(row, heavy, most or 1.0, names, width)]
    return Drawing(
        (*head, *lines),
        description="; ".join(line_of(heavy) for heavy in weights),
        numbers=call(_table, weights),
        height=HEAD + ROW * len(weights),
    )


def _line(row: int, heavy: Heavy, most: float, names: float, width: float) -> list[Mark]:
    top, zero = HEAD + row * ROW, names + ROWS + 16.0 + BAR / 2
    title = _tr("{pair} (hashed)").format(pair=heavy.title) if heavy.sharing else heavy.title
    reach = heavy.weight / most * BAR / 2
    return [
        Rectangle((0, top, width, ROW), key=row, tip=line_of(heavy)),
        Text(title, (0, top, names, ROW), 12, align="left middle", elide=True),
        Text(grouped(heavy.rows), (names, top, ROWS, ROW), 12, "text_muted", "right middle"),
        Rectangle((min(zero, zero + reach), top + 6.0, max(1.5, abs(reach)), ROW - 12.0), sign_ink(reach), corner=2.0),
        Text(
            signed(heavy.weight, 3), (width - WEIGHT, top, WEIGHT - 4.0, ROW), 12, sign_text_ink(heavy.weight),
            "right middle", bold=True,
        ),
    ]  # fmt: skip


def line_of(heavy: Heavy) -> str:
    """Return a weight in words."""
    rows = counted(heavy.rows, _tr("1 training row"), _tr("{count} training rows"))
    words = _tr("{pair}: weight {weight}; {rows}")
    if heavy.sharing:
        words = _tr("{pair} and {others} others that share its weight (hashed): {weight}; {rows}")
    return words.format(pair=heavy.name, weight=signed(heavy.weight, 3), rows=rows, others=grouped(heavy.sharing))


def _table(weights: tuple[Heavy, ...]) -> Table:
    return Table(("cross", "weight", "training_rows"), [(heavy.name, heavy.weight, heavy.rows) for heavy in weights])


def _tr(text: str) -> str:
    return QCoreApplication.translate("HeavyList", text)


class HeavyView(QStackedWidget):
    """``wanted``: it is looked at and knows nothing yet."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = wrapped(self.tr("Looking through the weights …"))
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        name = self.tr("Strongest crosses")
        self.list = DrawingView(draw_heavy, (), hint=QSize(420, 22), least=QSize(200, 22), name=name)
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
        self.list.set_data(tuple(heavy))
        self.words.setText(self.tr("No cross has a weight that five training rows or more stand behind."))
        self.setCurrentIndex(1 if heavy else 0)

    def showEvent(self, event: QShowEvent) -> None:
        """It takes a second or so, and is asked for when it is looked at."""
        super().showEvent(event)
        if not self._known:
            self.wanted.emit()
