"""Examples as cards: the formula set in type, and what it shows in a few words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.kit import look, theme
from app.kit.icons import pixmap
from app.kit.typeset import paint_line, typeset
from app.kit.widgets.cards import paint_card
from app.kit.widgets.painted import PaintedButton, draw_elided, set_pixels
from app.kit.words import plain_tip
from app.workspaces.scalar_graph.examples import EXAMPLES, ExpressionExample

HEIGHT, SHORT, TWO_LINES = 58, 34, 46
WORDS_PIXELS, WORDS_ROOM = 12.0, 128.0
"""Of the playground's cards: the words' size, and the room that they have in the narrowest column."""
FORMULA_PIXELS = 18.0
MARGIN = 10


class FormulaCard(PaintedButton):
    """One example; ``chosen`` while its expression is the one that is open."""

    def __init__(self, example: ExpressionExample, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.example = example
        self.chosen = False
        self.setText(QCoreApplication.translate("Expressions", example.caption))
        self.setAccessibleName(self.text())
        tip = QCoreApplication.translate("Expressions", example.tip)
        self.setToolTip(plain_tip(tip))
        self.setAccessibleDescription(tip)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(150, HEIGHT)

    def show_chosen(self, chosen: bool) -> None:
        """Mark it as the one that is open, or no longer."""
        if chosen is not self.chosen:
            self.chosen = chosen
            self.update()

    def paint(self, painter: QPainter) -> None:
        box = paint_card(painter, self, chosen=self.chosen)
        line = typeset(self.example.markup, FORMULA_PIXELS)
        room = box.width() - 2 * MARGIN, HEIGHT - 22.0
        scale = min(1.0, room[0] / max(line.width, 1.0), room[1] / max(line.height, 1.0))
        painter.save()
        painter.translate(box.center().x() - scale * line.width / 2, 0)
        middle = 3 + room[1] / 2
        painter.translate(0, middle + scale * (line.ascent - line.descent) / 2)
        painter.scale(scale, scale)
        paint_line(painter, line, 0.0, 0.0)
        painter.restore()
        set_pixels(painter, 11, QFont.Weight.DemiBold if self.chosen else QFont.Weight.Normal)
        painter.setPen(theme.colour("accent" if self.chosen else "text_muted"))
        words = QRectF(box.left() + 6, box.bottom() - 19, box.width() - 12, 16)
        draw_elided(painter, words, Qt.AlignmentFlag.AlignCenter, self.text())


class PlaygroundCard(PaintedButton):
    """What the playground has, as a start: its icon and a few words."""

    def __init__(self, text: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setToolTip(plain_tip(tip))
        self.setAccessibleName(text)
        self.setAccessibleDescription(tip)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """High enough for words that take two lines in a column as wide as it usually is."""
        words = QFontMetricsF(look.font(WORDS_PIXELS)).horizontalAdvance(self.text())
        return QSize(150, SHORT if words <= WORDS_ROOM else TWO_LINES)

    def paint(self, painter: QPainter) -> None:
        box = paint_card(painter, self)
        ratio = self.devicePixelRatioF()
        painter.drawPixmap(
            round(box.left() + 9),
            round(box.center().y() - 8),
            pixmap("playground", 16, "accent" if self.isEnabled() else "text_muted", ratio),
        )
        painter.setFont(look.font(WORDS_PIXELS))
        painter.setPen(theme.colour("text" if self.isEnabled() else "text_muted"))
        words = box.adjusted(32, 0, -6, 0)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        painter.drawText(words, int(flags), self.text())


class ExampleCards(QWidget):
    """``chosen(example)``; ``neuron_wanted``, ``network_wanted``: of the playground."""

    chosen = Signal(object)
    neuron_wanted = Signal()
    network_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.cards = {example.key: FormulaCard(example) for example in EXAMPLES}
        for card in self.cards.values():
            card.clicked.connect(lambda _checked=False, card=card: self.chosen.emit(card.example))
            column.addWidget(card)
        self.neuron = PlaygroundCard(
            self.tr("A neuron of the playground"),
            self.tr("The unit that is chosen in the playground, with its weights and one sample, as a graph"),
        )
        self._network_tip = self.tr("The whole network with one sample and its loss, up to 400 nodes")
        self.network = PlaygroundCard(self.tr("The playground's network"), self._network_tip)
        self.neuron.clicked.connect(self.neuron_wanted)
        self.network.clicked.connect(self.network_wanted)
        column.addWidget(self.neuron)
        column.addWidget(self.network)

    def refuse_network(self, reason: str) -> None:
        """The whole network cannot be opened, for a reason; empty: it can."""
        self.network.setEnabled(not reason)
        self.network.setToolTip(plain_tip(reason or self._network_tip))
        self.network.setAccessibleDescription(reason or self._network_tip)

    def mark(self, text: str) -> None:
        """Mark the example whose text is open."""
        for card in self.cards.values():
            card.show_chosen(card.example.text == text)
