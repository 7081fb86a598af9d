"""The note beside an open example: what it shows, what to watch, why, and what to change next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.examples import GROUPS, Change, Example, examples, neighbours
from app.examples.example import worded_example
from app.kit.capitals import in_capitals
from app.kit.formula.view import MathLabel
from app.kit.numbers import epoch_text, grouped
from app.kit.widgets.column import MARGIN, PanelColumn
from app.kit.widgets.labels import Label, wrapped
from app.kit.widgets.tone import mark
from app.kit.words import letters, plain_tip
from app.workspaces.playground.example import OpenExample

TICK = 20
FORMULA_PX = 15.0


class ExampleNote(QWidget):
    """Shows the open example. ``wanted(Example)``: its neighbour is to be opened."""

    wanted = Signal(object)

    def __init__(self, opened: OpenExample, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self.ticks: list[WatchRow] = []
        self.buttons: list[QPushButton] = []
        self._column: PanelColumn | None = None
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self._foot = self._build_foot()
        self._outer.addWidget(self._foot)
        opened.changed.connect(self.refill)
        opened.noted.connect(self._note)
        self.refill()

    def _build_foot(self) -> QWidget:
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(MARGIN - 6, 6, MARGIN - 6, 8)
        self.before, self.after = QPushButton("‹"), QPushButton("›")
        self.place = Label()
        self.place.setProperty("role", "muted")
        for button, name in ((self.before, self.tr("Example before")), (self.after, self.tr("Example after"))):
            button.setProperty("role", "link")
            button.setAccessibleName(name)
            button.setToolTip(plain_tip(name))
        row.addWidget(self.before)
        row.addStretch()
        row.addWidget(self.place)
        row.addStretch()
        row.addWidget(self.after)
        self.before.clicked.connect(lambda: self._go(0))
        self.after.clicked.connect(lambda: self._go(1))
        return foot

    def _go(self, side: int) -> None:
        example = self._opened.example
        neighbour = neighbours(example)[side] if example is not None else None
        if neighbour is not None:
            self.wanted.emit(neighbour)

    # Filling ------------------------------------------------------------------------------------------------------

    @Slot()
    def refill(self) -> None:
        """Show the example that is open now."""
        if self._column is not None:
            self._column.hide()
            self._column.deleteLater()
            self._column = None
        self.ticks, self.buttons = [], []
        example = self._opened.example
        if example is None:
            return
        self._column = column = PanelColumn()
        column.rows.setSpacing(8)
        self._fill(column.rows, example)
        self._outer.insertWidget(0, column, 1)
        self._fill_foot(example)
        self._note()

    def _fill(self, rows: QVBoxLayout, example: Example) -> None:
        title = wrapped(worded_example(example.title), "title")
        rows.addWidget(title)
        rows.addWidget(wrapped(worded_example(example.note), None))
        rows.addWidget(_heading(self.tr("What to watch")))
        for number, watch in enumerate(example.watch, 1):
            row = WatchRow(number, worded_example(watch.text))
            self.ticks.append(row)
            rows.addWidget(row)
        rows.addWidget(_heading(self.tr("Why")))
        rows.addWidget(wrapped(worded_example(example.why), None))
        rows.addWidget(MathLabel(example.formula, FORMULA_PX))
        rows.addWidget(_heading(self.tr("What to change next")))
        for change in example.changes:
            rows.addWidget(self._button(change))
        self.state = wrapped()
        rows.addWidget(self.state)
        rows.addStretch(1)

    def _button(self, change: Change) -> QPushButton:
        tip = worded_example(change.tip)
        button = QPushButton(letters(f"{worded_example(change.text)} ›"))
        button.setProperty("role", "proposal")
        button.setProperty("strong", not self.buttons)
        button.setToolTip(plain_tip(tip))
        button.setAccessibleDescription(tip)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda: self._opened.apply(change))
        self.buttons.append(button)
        return button

    def _fill_foot(self, example: Example) -> None:
        for button, neighbour in zip((self.before, self.after), neighbours(example), strict=True):
            button.setEnabled(neighbour is not None)
            if neighbour is not None:
                tip = self.tr("Open “{title}”").format(title=worded_example(neighbour.title))
                button.setAccessibleName(tip)
                button.setToolTip(plain_tip(tip))
        members = [one for one in examples() if one.group == example.group]
        group = next(worded_example(one.title) for one in GROUPS if one.key == example.group)
        place = self.tr("{group} · {place} of {count}")
        self.place.setText(place.format(group=group, place=members.index(example) + 1, count=len(members)))

    @Slot()
    def _note(self) -> None:
        for index, row in enumerate(self.ticks):
            row.set_seen(self._opened.seen_at(index))
        if self._column is not None:
            altered = self.tr("You have changed the example, and the note stays. Undo brings it back.")
            unaltered = self.tr("The note stays when you change the network. Undo brings the example back.")
            self.state.setText(altered if self._opened.altered else unaltered)


def _heading(text: str) -> QLabel:
    label = Label(in_capitals(text))
    label.setProperty("role", "heading")
    label.setAccessibleName(text)
    label.setContentsMargins(0, 6, 0, 0)
    return label


class WatchRow(QWidget):
    """One thing to watch for: its number, or a tick and the epoch once it was seen."""

    def __init__(self, number: int, text: str) -> None:
        super().__init__()
        self._text = text
        self.tick = Label(grouped(number))
        self.tick.setProperty("role", "tick")
        self.tick.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.tick.setFixedSize(TICK, TICK)
        self.when = Label()
        self.when.setProperty("role", "muted")
        self.when.hide()
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(wrapped(text, None))
        words.addWidget(self.when)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.tick, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self._number, self.seen = number, False
        self.set_seen(None)

    def set_seen(self, epoch: float | None) -> None:
        """Tick it, with the epoch at which it was seen."""
        said = self.tr("not seen yet")
        if epoch is not None:
            said = self.tr("seen at epoch {epoch}").format(epoch=epoch_text(epoch))
            self.when.setText(said)
        self.when.setVisible(epoch is not None)
        self.seen = epoch is not None
        self.tick.setText("✓" if self.seen else grouped(self._number))
        mark(self.tick, "seen", self.seen)
        self.setAccessibleName(f"{self._text} {said}")
