"""The gallery at work: cards to begin from, whose pictures are made one after another."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.examples import GROUPS, Example, examples
from app.kit.actions import ActionSet, ActionSpec
from app.kit.background import Background, Job
from app.kit.icons import set_icon
from app.kit.numbers import grouped
from app.kit.translation import QT_TRANSLATE_NOOP
from app.kit.widgets.frame import scroll_in
from app.kit.widgets.labels import Label, wrapped
from app.kit.widgets.search import let_clear, mark_as_search
from app.kit.words import letters
from app.workspaces.gallery.board import Board, words_of
from app.workspaces.gallery.cards import Card, ExampleCard, TableCard
from app.workspaces.workspace import FileKind, Host, Page
from engine.data.suffixes import DATA_SUFFIXES
from engine.problems import Problem
from engine.training.portrait import Portrait, portrait

LOOK_MS, IDLE_LOOK_MS = 250, 1_000
WIDEST = 420


class GalleryBar(QWidget):
    """Looks at what is open elsewhere while it is in sight: training goes on behind the gallery."""

    def __init__(self, host: Host) -> None:
        super().__init__()
        self._host = host
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 6, 0)
        self.back = QPushButton()
        self.back.setProperty("role", "pill")
        self.back.setMaximumWidth(WIDEST)
        self.back.clicked.connect(host.go_back)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.refresh)
        row.addWidget(self.back)
        row.addStretch(1)
        self.open = QPushButton(self.tr("Open a file"))
        self.open.setProperty("role", "pill")
        self.open.setToolTip(self.tr("Open a file of your own (Ctrl+O)"))
        set_icon(self.open, "open")
        self.open.clicked.connect(lambda: host.choose_file())
        row.addWidget(self.open)
        self._shown: tuple[str, bool] | None = None

    def showEvent(self, event: QShowEvent) -> None:
        """Look, and go on looking."""
        super().showEvent(event)
        self._timer.start()
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody sees it: look no more."""
        super().hideEvent(event)
        self._timer.stop()

    @Slot()
    def refresh(self) -> None:
        """Say what is open elsewhere, how far it is, and whether it is at work."""
        document = self._host.elsewhere()
        self.back.setVisible(document is not None)
        self._timer.setInterval(LOOK_MS if document is not None and document.changing else IDLE_LOOK_MS)
        if document is None:
            return
        state = self.tr("running") if document.changing else self.tr("paused")
        words = self.tr("Back to {title} · {progress}, {state}") if document.progress else self.tr("Back to {title}")
        text = words.format(title=document.title, progress=document.progress, state=state)
        if (text, document.changing) == self._shown:
            return
        self._shown = (text, document.changing)
        set_icon(self.back, "play" if document.changing else "pause" if document.progress else "back", "accent")
        shown = self.back.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, WIDEST - 60)
        self.back.setText(letters(shown))
        self.back.setAccessibleName(text)
        self.back.setToolTip(self.tr("Go back to what is open (Esc)"))


class PortraitMaker(QObject):
    """``made(Example, Portrait)`` for each that is asked for, in turn."""

    made = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[Example] = deque()
        self._current: Example | None = None
        self._background = Background("gallery-portraits", latest_only=False, parent=self)
        self._background.done.connect(self._take)
        self._background.failed.connect(self._fail)

    def request(self, wanted: Iterable[Example]) -> None:
        """Work these out."""
        self._waiting.extend(wanted)
        if self._current is None:
            self._next()

    def close(self) -> None:
        """Work nothing more out."""
        self._waiting.clear()
        self._background.close()

    def _next(self) -> None:
        self._current = self._waiting.popleft() if self._waiting else None
        if self._current is not None:
            self._background.request(partial(_look, self._current))

    @Slot(object)
    def _take(self, found: Portrait) -> None:
        if self._current is not None:
            self.made.emit(self._current, found)
        self._next()

    @Slot(object)
    def _fail(self, _problem: Problem) -> None:
        self._next()


def _look(example: Example, _job: Job) -> Portrait:
    """In the background thread."""
    return portrait(example.content)


MARGIN = 24
FIND_WIDTH = 240
TABLES = FileKind(QT_TRANSLATE_NOOP("Files", "Data"), DATA_SUFFIXES)

ACTIONS = (
    ActionSpec("gallery_find", "edit", 1, QT_TRANSLATE_NOOP("Actions", "Find an example"),
               QT_TRANSLATE_NOOP("Actions", "Find a card by its idea or its name"), ("Ctrl+F", "/"), "search"),
    ActionSpec("gallery_back", "view", 0, QT_TRANSLATE_NOOP("Actions", "Back to the network"),
               QT_TRANSLATE_NOOP("Actions", "Go back to what was open before the gallery"), ("Esc",), "back"),
)  # fmt: skip


class GalleryPage(Page):
    """Opens the example that is chosen where networks are read; it has no document of its own."""

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.widget, self.cards = QWidget(), Cards()
        place = QVBoxLayout(self.widget)
        place.setContentsMargins(0, 0, 0, 0)
        place.addWidget(self.cards)
        self.bar = GalleryBar(host)
        self.actions = ActionSet(self.widget, ACTIONS)
        self.actions.bind({"gallery_find": self.cards.finder.setFocus, "gallery_back": host.go_back})
        count = grouped(len(examples()) + 1)
        self.heading = (self.tr("Gallery"), self.tr("{count} starting points").format(count=count))
        self.cards.chosen.connect(self.open_example)
        self.cards.table_wanted.connect(self._choose_table)

    def enter(self) -> None:
        """Give the first card the keyboard; nothing is framed until it is used."""
        shown = self.cards.board.shown
        (shown[0] if shown else self.widget).setFocus()

    @Slot(object)
    def open_example(self, example: Example) -> None:
        """Put an example in place of the open network; unsaved work is asked about first."""
        self.host.open_copy(example.path)

    @Slot()
    def _choose_table(self) -> None:
        self.host.choose_file(TABLES)

    def close(self) -> None:
        """Work nothing more out."""
        self.cards.portraits.close()


class Cards(QScrollArea):
    """The page: a heading, a search, and the board. ``chosen(Example)``; ``table_wanted``: a table of one's own."""

    chosen = Signal(object)
    table_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(MARGIN, 14, MARGIN, 10)
        column.setSpacing(6)
        column.addLayout(self._head())
        self.board = Board()
        self.board.walked.connect(self.ensureWidgetVisible)
        column.addWidget(self.board)
        self.nothing = wrapped(self.tr("No card has these words. Search for a single one, such as “gradient”."))
        self.nothing.hide()
        column.addWidget(self.nothing)
        column.addStretch(1)
        scroll_in(self, inner)
        self.board.fill([(example.group, self._card_of(example)) for example in examples()] + [self._table_card()])
        self.finder.textChanged.connect(self._narrow)
        self.portraits = PortraitMaker(self)
        self.portraits.made.connect(self._show_portrait)
        self._asked = False

    def _head(self) -> QHBoxLayout:
        title = Label(self.tr("Gallery"))
        title.setProperty("role", "page")
        about = wrapped(
            self.tr("Each card shows what a real network learnt. Open one, press Play, then change one thing.")
        )
        self.finder = FindField()
        self.finder.setPlaceholderText(self.tr("Find by idea or by name"))
        self.finder.setAccessibleName(self.tr("Find by idea or by name"))
        self.finder.setToolTip(self.tr("Find a card by its idea or its name, in any language of the program (Ctrl+F)"))
        self.finder.setProperty("role", "search")
        let_clear(self.finder)
        mark_as_search(self.finder)
        self.finder.setFixedWidth(FIND_WIDTH)
        self.finder.left.connect(self._enter_board)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(title)
        row.addWidget(about, 1)
        row.addWidget(self.finder)
        return row

    def _card_of(self, example: Example) -> Card:
        card = ExampleCard(example)
        card.words = f"{words_of(example)} {card.text()} {card.idea}".casefold()
        card.clicked.connect(lambda _checked=False: self.chosen.emit(example))
        return card

    def _table_card(self) -> tuple[str, Card]:
        """The way to a table of one's own, in the last group."""
        table = TableCard()
        table.words = f"{table.words} {table.text()} {table.idea}".casefold()
        table.clicked.connect(self.table_wanted)
        return GROUPS[-1].key, table

    def showEvent(self, event: QShowEvent) -> None:
        """Work the pictures out, the first time they are seen."""
        super().showEvent(event)
        if not self._asked:
            self._asked = True
            self.portraits.request(examples())

    @Slot(object, object)
    def _show_portrait(self, example: Example, portrait: Portrait) -> None:
        for card in self.board.cards:
            if isinstance(card, ExampleCard) and card.example is example:
                card.show_portrait(portrait)

    @Slot(str)
    def _narrow(self, wanted: str) -> None:
        self.board.narrow(wanted)
        self.nothing.setVisible(not self.board.shown)

    @Slot()
    def _enter_board(self) -> None:
        if self.board.shown:
            self.board.focus(self.board.shown[0])


class FindField(QLineEdit):
    """``left``: Enter or the arrow down leads to what was found."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape empties the field first; it leads back from an empty one."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Escape is the field's own while there is something in it, and a slash is a letter."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            own = (Qt.Key.Key_Escape, Qt.Key.Key_Slash) if self.text() else (Qt.Key.Key_Slash,)
            if event.key() in own:
                event.accept()
                return True
        return super().event(event)
