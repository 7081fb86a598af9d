"""The left column: what the network is built of, and beside it the note of an example while one is open."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.builder.inspector.features import FeaturesPanel
from app.builder.palette import PalettePanel
from app.examples import GROUPS, Change, Example, examples, neighbours
from app.examples.example import worded_example
from app.kit.capitals import in_capitals
from app.kit.formula.view import MathLabel
from app.kit.numbers import epoch_text, grouped
from app.kit.widgets.column import MARGIN, PanelColumn
from app.kit.widgets.frame import rule
from app.kit.widgets.labels import Label, wrapped
from app.kit.widgets.section import Section
from app.kit.widgets.switch import Switch
from app.kit.widgets.tone import mark
from app.kit.words import letters, plain_tip
from app.network.document import Document
from app.workspaces.playground.example import OpenExample
from app.workspaces.playground.panels.data import DataPanel
from app.workspaces.playground.panels.optimiser import OptimiserPanel
from app.workspaces.workspace import Memory

FIRST_BLOCKS = ("dense", "dropout", "layer_norm")
"""The kinds that most networks are built of; the others are one click away."""


class LeftColumn(QWidget):
    """Two tabs, Example and Build, while an example is open; else what builds alone."""

    def __init__(self, document: Document, opened: OpenExample, memory: Memory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._document, self._memory = opened, document, memory
        self._stack_up()
        body = self.build.body
        self.data = DataPanel(document, body)
        self.palette_panel = PalettePanel(document, body, first=FIRST_BLOCKS)
        self.features = FeaturesPanel(document, body)
        self.optimiser = OptimiserPanel(document, body)
        self.palette_panel.set_open(memory.shown("blocks", False))
        self.palette_panel.opened.connect(partial(memory.set_shown, "blocks"))
        blocks = Section(self.tr("Blocks"), self.palette_panel, self.tr("drag to the canvas"), body)
        self.sections = {
            "data": self._folding("data", self.tr("Data"), self.data.settings, above=self.data),
            "blocks": blocks,
            "features": self._folding("features", self.tr("Features"), self.features),
            "optimiser": self._folding("optimiser", self.tr("Optimiser"), self.optimiser),
        }
        for section in self.sections.values():
            self.build.rows.addWidget(section)
        self.build.rows.addWidget(rule())
        self.build.rows.addStretch(1)
        for signal in (document.data_changed, document.dataset_loaded, document.graph_changed, document.hyper_changed):
            signal.connect(self._tell_states)
        self._tell_states()
        opened.changed.connect(self._follow)
        self._follow()
        document.dataset_loaded.connect(self._choose_sections)
        self._choose_sections()

    def _folding(self, name: str, title: str, content: QWidget, *, above: QWidget | None = None) -> Section:
        """A section that is folded at first, and then as it was left."""
        section = Section(
            title,
            content,
            "",
            self.build.body,
            is_line=above is None,
            is_open=self._memory.shown(name, False),
            above=above,
        )
        section.opened.connect(partial(self._memory.set_shown, name))
        return section

    @Slot()
    def _tell_states(self) -> None:
        for name, panel in (("data", self.data), ("features", self.features), ("optimiser", self.optimiser)):
            self.sections[name].set_hint(panel.state)

    def _stack_up(self) -> None:
        self.switch = Switch(
            self.tr("What the left panel shows"),
            (
                (self.tr("Example"), self.tr("What this example shows, what to watch and what to change next")),
                (self.tr("Build"), self.tr("Data, blocks, features and optimiser")),
            ),
        )
        self.stack = QStackedWidget(self)
        self.note = ExampleNote(self._opened, self.stack)
        self.build = PanelColumn(self.stack)
        self.build.setAccessibleName(self.tr("Data, blocks, features and optimiser"))
        self.stack.addWidget(self.note)
        self.stack.addWidget(self.build)
        self.switch.currentChanged.connect(self.stack.setCurrentIndex)
        self._head = QWidget()
        head = QVBoxLayout(self._head)
        head.setContentsMargins(MARGIN, 12, MARGIN, 0)
        head.addWidget(self.switch)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._head)
        rows.addWidget(self.stack, 1)

    @Slot()
    def _follow(self) -> None:
        """An example that has just been opened shows its note; without one there is nothing to switch."""
        shown = self._opened.example is not None
        self._head.setVisible(shown)
        self.switch.setCurrentIndex(0 if shown else 1)
        self.stack.setCurrentIndex(0 if shown else 1)

    @Slot()
    def _choose_sections(self) -> None:
        """A list of pixels helps nobody; whoever wants some of them only finds it with the input block."""
        self.sections["features"].setVisible(self._document.dataset.image is None)

    def set_selection(self, ids: tuple[str, ...]) -> None:
        """Follow the canvas' selection."""
        self.features.set_selection(ids)
        self._tell_states()


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
        if change.graph is not None:
            tip = "\n".join((tip, self.tr("Training starts anew.")))
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
        members = [other for other in examples() if other.group == example.group]
        group = next(worded_example(group.title) for group in GROUPS if group.key == example.group)
        place = self.tr("{group} · {place} of {count}")
        self.place.setText(place.format(group=group, place=members.index(example) + 1, count=len(members)))

    @Slot()
    def _note(self) -> None:
        for index, row in enumerate(self.ticks):
            row.set_seen(self._opened.seen_at(index))
        if self._column is not None:
            altered = self.tr("You've changed the example; the note stays. Undo restores the example.")
            unaltered = self.tr("The note stays when you change the network. Undo restores the example.")
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
