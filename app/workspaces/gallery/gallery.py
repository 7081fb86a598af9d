"""The gallery: ready networks, each of which shows one idea."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

import assets
from app.kit import theme
from app.kit.translation import QT_TRANSLATE_NOOP
from engine.formats.base import NetworkFile
from engine.formats.loom import read_network_file
from engine.graph import NetworkGraph, TargetSpec
from engine.graph.validation import infer_widths

CARD_WIDTH = 232
GAP = 16
MAX_UNITS = 10
"""A thumbnail draws at most so many units of a block."""


@dataclass(frozen=True)
class Example:
    """A network of the gallery. ``title`` and ``summary`` are source strings; ``name`` is the file's."""

    name: str
    title: str
    summary: str

    @cached_property
    def content(self) -> NetworkFile:
        """What its file holds."""
        return read_network_file(assets.path(f"networks/{self.name}.loom"))


EXAMPLES: tuple[Example, ...] = (
    Example("two-spirals", QT_TRANSLATE_NOOP("Gallery", "Two spirals"),
            QT_TRANSLATE_NOOP("Gallery", "Three layers bend the plane until two arms come apart, in seconds.")),
    Example("single-unit", QT_TRANSLATE_NOOP("Gallery", "AND with one unit"),
            QT_TRANSLATE_NOOP("Gallery", "A single unit draws one straight line; for AND that is enough.")),
    Example("xor", QT_TRANSLATE_NOOP("Gallery", "XOR"),
            QT_TRANSLATE_NOOP("Gallery", "No straight line parts these. Two hidden units can, given a good seed.")),
    Example("circle", QT_TRANSLATE_NOOP("Gallery", "Circle"),
            QT_TRANSLATE_NOOP("Gallery", "Four lines make a box, and the next layer rounds it off.")),
    Example("rings", QT_TRANSLATE_NOOP("Gallery", "Three rings"),
            QT_TRANSLATE_NOOP("Gallery", "More than two classes: softmax gives each its probability.")),
    Example("vanishing", QT_TRANSLATE_NOOP("Gallery", "Vanishing gradients"),
            QT_TRANSLATE_NOOP("Gallery", "Ten logistic layers: watch δ shrink layer by layer, until nothing learns.")),
    Example("not-vanishing", QT_TRANSLATE_NOOP("Gallery", "The same with ReLU and He"),
            QT_TRANSLATE_NOOP("Gallery", "Another activation and start, and the gradient reaches the first layer.")),
    Example("residual", QT_TRANSLATE_NOOP("Gallery", "Residual network"),
            QT_TRANSLATE_NOOP("Gallery", "Skip connections carry the gradient past every layer.")),
    Example("dropout", QT_TRANSLATE_NOOP("Gallery", "Too many units"),
            QT_TRANSLATE_NOOP("Gallery", "Few noisy samples learnt by heart: the test loss rises. Add dropout or L2.")),
    Example("iris", QT_TRANSLATE_NOOP("Gallery", "Iris"),
            QT_TRANSLATE_NOOP("Gallery", "Fisher's flowers of 1936: three species from four lengths.")),
    Example("digits", QT_TRANSLATE_NOOP("Gallery", "Handwritten digits"),
            QT_TRANSLATE_NOOP("Gallery", "64 pixels, 32 units, ten classes of real handwriting.")),
    Example("plane", QT_TRANSLATE_NOOP("Gallery", "Linear regression"),
            QT_TRANSLATE_NOOP("Gallery", "One unit without a bend fits a plane: this is linear regression.")),
    Example("multi-gaussian", QT_TRANSLATE_NOOP("Gallery", "Regression with hills"),
            QT_TRANSLATE_NOOP("Gallery", "ReLU units build a landscape out of folded planes.")),
)  # fmt: skip


class GalleryPage(QScrollArea):
    """Cards in as many columns as fit; choosing one says so."""

    chosen = Signal(object)
    """An :class:`Example`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        inner = QWidget()
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
        self.setObjectName("galleryCard")
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


class Thumbnail(QWidget):
    """A graph in miniature: a column of squares for each block, coloured bundles for its wires."""

    def __init__(self) -> None:
        super().__init__()
        self.graph: NetworkGraph | None = None
        self._units: dict[str, int] = {}

    def show_graph(self, graph: NetworkGraph) -> None:
        """Draw this graph."""
        self.graph = graph
        widths = infer_widths(graph, TargetSpec())[0]
        self._units = {block.id: min(widths.get(block.id, 1), MAX_UNITS) for block in graph.blocks}
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Wires first, then the units over them."""
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("raised"))
            painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
            if self.graph is not None and self.graph.blocks:
                self._paint_graph(painter, self.graph)
        finally:
            painter.end()

    def _paint_graph(self, painter: QPainter, graph: NetworkGraph) -> None:
        places = self._places(graph)
        side = min(9.0, 0.66 * self._pitch())
        for wire in graph.wires:
            self._paint_wire(painter, places[wire.source], places[wire.target])
        painter.setPen(QPen(theme.colour("border"), 0.6))
        for block in graph.blocks:
            for number, place in enumerate(places[block.id]):
                painter.setBrush(_tint(number, 235))
                square = QRectF(0, 0, side, side)
                square.moveCenter(place)
                painter.drawRoundedRect(square, 2, 2)

    def _paint_wire(self, painter: QPainter, sources: list[QPointF], targets: list[QPointF]) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for i, start in enumerate(sources):
            for j, end in enumerate(targets):
                painter.setPen(QPen(_tint(i + 2 * j, 90), 0.9))
                path = QPainterPath(start)
                middle = (start.x() + end.x()) / 2
                path.cubicTo(QPointF(middle, start.y()), QPointF(middle, end.y()), end)
                painter.drawPath(path)

    def _pitch(self) -> float:
        """Vertical distance of units."""
        return min(13.0, (self.height() - 14) / max(self._units.values(), default=1))

    def _places(self, graph: NetworkGraph) -> dict[str, list[QPointF]]:
        """Centres of every block's units: the canvas's own columns, squeezed into the thumbnail."""
        left, right = min(b.x for b in graph.blocks), max(b.x for b in graph.blocks)
        low, high = min(b.y for b in graph.blocks), max(b.y for b in graph.blocks)
        across = (self.width() - 36) / max(right - left, 1.0)
        down = min(0.25, (self.height() / 3) / max(high - low, 1.0))
        middle = (low + high) / 2
        pitch = self._pitch()
        places = {}
        for block in graph.blocks:
            x = 18 + (block.x - left) * across
            y = self.height() / 2 + (block.y - middle) * down
            count = self._units[block.id]
            places[block.id] = [QPointF(x, y + (i - (count - 1) / 2) * pitch) for i in range(count)]
        return places


def _tint(number: int, alpha: int) -> QColor:
    """Blue and orange in turn, as on the canvas."""
    colour = theme.colour("positive" if number % 3 else "negative")
    colour.setAlpha(alpha)
    return colour
