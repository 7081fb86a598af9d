"""What the tabs share: cards side by side, and parts that are redrawn in turn so that no tick is long."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.kit.charts.card import PlotCard
from app.kit.widgets.choice import ComboBox
from app.kit.words import plain_tip
from engine.training.snapshot import Snapshot

Redraw = Callable[[Snapshot], None]


class Tab(QWidget):
    """A row of plot cards. ``parts`` are called one by one with the latest snapshot."""

    failed = Signal(object)
    redraw_wanted = Signal()  # a control of the tab has changed what is to be shown

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setStyleSheet(
            "QComboBox#plotChoice { padding: 0 2px 0 8px; min-height: 18px; font-size: 12px; font-weight: 600; }"
            'QPushButton[role="chip"] { padding: 0 9px; min-height: 20px; border-radius: 10px; font-size: 11px; }'
        )
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(14)
        self._cards: list[PlotCard] = []
        self._chosen = ""

    @property
    def cards(self) -> tuple[PlotCard, ...]:
        """The cards, from left to right."""
        return tuple(self._cards)

    @property
    def chosen(self) -> str:
        """Id of the block that is shown apart from the others, empty for none."""
        return self._chosen

    def choose(self, block_id: str) -> None:
        """Show this block apart from the others, as far as the tab can, or none."""
        if block_id != self._chosen:
            self._chosen = block_id
            if self.isVisible():
                self.redraw_wanted.emit()

    def glance(self, snapshot: Snapshot) -> None:
        """What cannot wait for its turn; next to nothing."""

    def parts(self) -> Sequence[Redraw]:
        """The redraws of one round."""
        raise NotImplementedError

    def adopt(self, card: PlotCard) -> PlotCard:
        """Listen to a card that the tab lays out itself."""
        card.copier.failed.connect(self.failed)
        self._cards.append(card)
        return card

    def add_card(self, card: PlotCard, stretch: int) -> PlotCard:
        """Put a card at the right end of the row."""
        self._row.addWidget(self.adopt(card), stretch)
        return card

    def choice(self, entries: Mapping[str, str], tip: str, name: str) -> ComboBox:
        """A small list to choose from; ``entries`` are key and label. Choosing asks for a redraw."""
        box = ComboBox()
        for key, label in entries.items():
            box.addItem(label, key)
        box.setToolTip(plain_tip(tip))
        box.setAccessibleName(name)
        box.setObjectName("plotChoice")
        box.setFixedHeight(22)
        box.currentIndexChanged.connect(lambda _index: self._fit(box))
        self._fit(box)
        box.currentIndexChanged.connect(lambda _index: self.redraw_wanted.emit())
        return box

    def _fit(self, box: ComboBox) -> None:
        """Give a list no more room than what is chosen needs: the rest of the line says what the plot shows."""
        font = QFont(box.font())
        font.setPixelSize(12)
        font.setWeight(QFont.Weight.DemiBold)
        box.setFixedWidth(QFontMetrics(font).horizontalAdvance(box.currentText()) + 38)

    def switch(self, label: str, tip: str, checked: bool) -> QPushButton:
        """A small button that is on or off. Switching asks for a redraw."""
        button = QPushButton(label)
        button.setCheckable(True)
        button.setChecked(checked)
        button.setProperty("role", "chip")
        button.setToolTip(plain_tip(tip))
        button.setAccessibleName(tip)
        button.setFixedHeight(22)
        button.toggled.connect(lambda _on: self.redraw_wanted.emit())
        return button
