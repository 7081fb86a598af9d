"""The gallery at work: cards to choose a ready network from."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.kit.actions import ActionSet
from app.workspaces.gallery.examples import EXAMPLES, Example
from app.workspaces.gallery.thumbnail import Thumbnail
from app.workspaces.workspace import Host, Page

CARD_WIDTH = 232
GAP = 16


class GalleryPage(Page):
    """Opens the example that is chosen where networks are read; it has no document of its own."""

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.widget = self.cards = Cards()
        self.actions = ActionSet(self.widget)
        self.heading = (self.tr("Gallery"), self.tr("{count} networks").format(count=len(EXAMPLES)))
        self.cards.chosen.connect(self.open_example)

    def enter(self) -> None:
        """The keyboard is the first card's."""
        self.cards.cards[0].setFocus()

    @Slot(object)
    def open_example(self, example: Example) -> None:
        """Put an example in place of the open network; unsaved work is asked about first."""
        self.host.open_copy(example.path)


class Cards(QScrollArea):
    """Cards in as many columns as fit; choosing one says so."""

    chosen = Signal(object)
    """An :class:`app.workspaces.gallery.examples.Example`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Gallery of ready networks"))
        self._inner = inner = QWidget()
        self.setWidget(inner)
        column = QVBoxLayout(inner)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(4)
        heading = QLabel(self.tr("Gallery"))
        heading.setProperty("role", "page")
        column.addWidget(heading)
        about = QLabel(self.tr("Ready networks, each of which shows one idea. Open one, press Play, change things."))
        about.setProperty("role", "muted")
        column.addWidget(about)
        column.addSpacing(14)
        self._grid = QGridLayout()
        self._grid.setSpacing(GAP)
        column.addLayout(self._grid)
        column.addStretch()
        self.cards = [GalleryCard(example, inner) for example in EXAMPLES]
        for card in self.cards:
            card.clicked.connect(lambda _checked=False, card=card: self.chosen.emit(card.example))
        self._columns = 0
        self._pending: list[GalleryCard] = []
        self._drawing = QTimer(self)
        self._drawing.setInterval(0)
        self._drawing.timeout.connect(self._draw_next)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the cards out anew."""
        super().resizeEvent(event)
        columns = max(1, (self.viewport().width() - 56 + GAP) // (CARD_WIDTH + GAP))
        if columns == self._columns:
            return
        for column in range(self._columns + 1):
            self._grid.setColumnStretch(column, 0)
        self._columns = columns
        for index, card in enumerate(self.cards):
            self._grid.addWidget(card, index // columns, index % columns)
        self._grid.setColumnStretch(columns, 1)
        self._inner.adjustSize()  # there are more rows now, or fewer

    def showEvent(self, event: QShowEvent) -> None:
        """Read the networks one by one, a few milliseconds each, the first time they are seen."""
        super().showEvent(event)
        self._pending = [card for card in self.cards if card.thumbnail.graph is None]
        if self._pending:
            self._drawing.start()

    @Slot()
    def _draw_next(self) -> None:
        if self._pending:
            self._pending.pop(0).draw()
        else:
            self._drawing.stop()


class GalleryCard(QPushButton):
    """One example: thumbnail, title, one sentence."""

    def __init__(self, example: Example, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("choiceCard")
        self.setAutoDefault(True)  # Enter chooses, as Space does
        self.example = example
        title = QCoreApplication.translate("Gallery", example.title)
        summary = QCoreApplication.translate("Gallery", example.summary)
        self.setToolTip(self.tr("Open “{title}” in place of the present network").format(title=title))
        self.setAccessibleName(title)
        self.setAccessibleDescription(summary)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(4)
        self.thumbnail = Thumbnail()
        column.addWidget(self.thumbnail, 1)
        heading = QLabel(title)
        heading.setProperty("role", "title")
        column.addWidget(heading)
        text = QLabel(summary)
        text.setProperty("role", "muted")
        text.setWordWrap(True)
        text.setFixedHeight(48)
        text.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(text)
        for label in (self.thumbnail, heading, text):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def draw(self) -> None:
        """Read the network and show its thumbnail."""
        self.thumbnail.show_graph(self.example.content.graph)
