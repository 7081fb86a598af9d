"""The right column: predicting, nudging, the chain rule so far; over them, when asked, where a number comes from."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.kit.guessing.card import GuessCard
from app.kit.origin.card import OriginCard
from app.kit.origin.facts import Fact
from app.kit.widgets.column import PanelColumn
from app.kit.widgets.per_frame import FRAME_MS
from app.kit.widgets.section import Section
from app.kit.widgets.still import Still
from app.workspaces.scalar_graph.asking import Asking
from app.workspaces.scalar_graph.collapsed_card import CollapsedCard
from app.workspaces.scalar_graph.desk import Desk
from app.workspaces.scalar_graph.facts import fact_of
from app.workspaces.scalar_graph.number_keys import SlopeOf
from app.workspaces.scalar_graph.right.chain_card import ChainCard
from app.workspaces.scalar_graph.right.nudge_card import NudgeCard
from app.workspaces.scalar_graph.rule_card import RuleCard
from app.workspaces.scalar_graph.worked_card import WorkedCard


class RightColumn(PanelColumn):
    """Sections one under another, the origin card first while it is there. ``asked(key)``: a number was clicked."""

    asked = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setAccessibleName(self.tr("Predicting, nudging, the chain rule so far"))
        self._rule_wanted = False
        self._places: dict[WorkedCard, Still] = {}
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(FRAME_MS)
        self._settling.timeout.connect(self._settle)

    def parts(self) -> tuple[Callable[[], None], ...]:
        """Its sections, built one by one before it comes into sight."""
        return self._add_origin, self._add_cards, self._add_predicting, self._add_nudge, self._add_chain, self._connect

    def _add_origin(self) -> None:
        self.origin = OriginCard(self._fact)
        self.rows.addWidget(self.origin)

    def _add_cards(self) -> None:
        self.rule = RuleCard(self._desk, stacked=True)
        self.collapsed = CollapsedCard(self._desk, stacked=True)
        self._places = {card: Still(card) for card in (self.rule, self.collapsed)}
        for card, place in self._places.items():
            self.rows.addWidget(place)
            card.hide()
            place.hide()

    def _add_predicting(self) -> None:
        self.guess = GuessCard()
        self.guess.set_compact(True)
        self.guess.hide()
        self.asking = Asking(self._desk, self.guess, self)
        self.switch = QCheckBox(self.tr("Predict first"))
        self.switch.setToolTip(self.tr("Guess sign, size or value before it is shown; Reveal shows it without a guess"))
        self.switch.toggled.connect(self._switch)
        predicting = QWidget()
        column = QVBoxLayout(predicting)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.switch)
        column.addWidget(self.guess)
        self.rows.addWidget(Section(self.tr("Predict, then reveal"), predicting))

    def _add_nudge(self) -> None:
        self.nudge = NudgeCard(self._desk)
        self.rows.addWidget(Section(self.tr("Nudge and measure"), self.nudge, self.tr("no calculus needed")))

    def _add_chain(self) -> None:
        self.chain = ChainCard(self._desk)
        self.rows.addWidget(Section(self.tr("Chain rule so far"), self.chain, self.tr("product")))
        self.rows.addStretch(1)

    def _connect(self) -> None:
        desk = self._desk
        for signal in (desk.sight_changed, desk.refused):
            signal.connect(self._show_rule)
        self.rule.reading.changed.connect(self._show_rule)
        for part in (self.rule, self.collapsed, self.chain.rows, self.nudge):
            part.asked.connect(self.asked)
        desk.sight_changed.connect(self._refresh)
        desk.refused.connect(self.origin.put_away)

    def explain(self, key: Hashable) -> None:
        """Say where a number comes from."""
        self.origin.show(key)
        self.ensureWidgetVisible(self.origin)

    def _fact(self, key: Hashable) -> Fact | None:
        worked, sight = self._desk.worked, self._desk.sight
        if worked is None or self._desk.stale or len(sight.values) != len(worked.graph.nodes):
            return None
        if isinstance(key, SlopeOf) and self._desk.withholds_slopes:
            return None
        return fact_of(worked, sight, key)

    @Slot(bool)
    def take_rule(self, wanted: bool) -> None:
        """Whether the rule of the node at work is to stand here, for want of room on the canvas."""
        self._rule_wanted = wanted
        self._settle()

    @Slot()
    def _show_rule(self) -> None:
        if any(shown is card.isHidden() for card, shown in self._wanted_cards().items()):
            self._settling.start()

    def _wanted_cards(self) -> dict[WorkedCard, bool]:
        """Which of the cards are to stand here."""
        wanted, stale = self._rule_wanted, self._desk.stale
        return {
            self.rule: wanted and self.rule.has_something and not stale,
            self.collapsed: wanted and self.collapsed.has_something,
        }

    @Slot()
    def _settle(self) -> None:
        """A card that comes or goes moves all that is under it, which is painted again: in a frame of its own. One that
        is written while it is being shown has been laid out empty: it is laid out again."""
        for card, shown in self._wanted_cards().items():
            if shown is card.isHidden():
                card.setVisible(shown)
                self._places[card].setVisible(shown)
        for layout in (self.rule.layout(), self.collapsed.layout(), self.rows):
            if layout is not None:
                layout.invalidate()
        self.rows.activate()

    @Slot()
    def _refresh(self) -> None:
        if self.origin.isVisible():
            self.origin.refresh()

    @Slot(bool)
    def _switch(self, on: bool) -> None:
        self.guess.setVisible(on)
        self.asking.set_on(on)
