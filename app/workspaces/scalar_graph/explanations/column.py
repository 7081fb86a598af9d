"""The right column: one explanation at a time, and the question about the next node while one predicts."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from app.kit.guessing.card import GuessCard
from app.kit.origin.card import OriginCard
from app.kit.origin.facts import Fact
from app.kit.widgets.column import PanelColumn
from app.kit.widgets.segments import Segments
from app.workspaces.scalar_graph.explanations.chain import ChainCard
from app.workspaces.scalar_graph.explanations.nudge import NudgeCard
from app.workspaces.scalar_graph.explanations.origin import fact_of
from app.workspaces.scalar_graph.explanations.prediction import GradientQuestions
from app.workspaces.scalar_graph.explanations.rule import CollapsedCard, RuleCard
from app.workspaces.scalar_graph.model import GraphModel
from app.workspaces.scalar_graph.pass_state import SlopeOf


class ExplanationColumn(PanelColumn):
    """Rule, collapsed form, chain or nudge under tabs; the origin of a number takes their place until it is closed.
    ``asked(key)``: a number was clicked."""

    asked = Signal(object)

    def __init__(self, model: GraphModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setAccessibleName(self.tr("Explanation"))
        self.guess = GuessCard(self.body)
        self.guess.set_compact(True)
        self.guess.hide()
        self.asking = GradientQuestions(model, self.guess, self)
        self.rows.addWidget(self.guess)
        self.tabs = Segments(
            [
                ("rule", self.tr("Rule"), self.tr("What the node at work does with the numbers that arrive")),
                ("collapsed", self.tr("Collapsed"), self.tr("What a group of nodes reads as when it is one")),
                ("chain", self.tr("Chain"), self.tr("Factor by factor from the result to the chosen node")),
                ("nudge", self.tr("Nudge"), self.tr("Move an input a little, and see how far the result moves")),
            ]
        )
        self.rows.addWidget(self.tabs)
        self.rule, self.collapsed = RuleCard(model, self.body), CollapsedCard(model, self.body)
        self.chain, self.nudge = ChainCard(model, self.body), NudgeCard(model, self.body)
        self.origin = OriginCard(self._fact, self.body)
        cards = self.rule, self.collapsed, self.chain, self.nudge
        self.cards: dict[str, QWidget] = dict(zip(self.tabs.buttons, cards, strict=True))
        for key, button in self.tabs.buttons.items():
            button.clicked.connect(lambda _checked=False, key=key: self.show_card(key))
        for card in cards:
            self.rows.addWidget(card)
            card.asked.connect(self.asked)
        self.rows.addWidget(self.origin)
        self.rows.addStretch(1)
        self.origin.closed.connect(self._show_chosen)
        model.state_changed.connect(self._refresh)
        model.refused.connect(self.origin.put_away)
        self.show_card(self.tabs.key)

    def show_card(self, key: str) -> None:
        """Put one of the four cards in front."""
        self.tabs.choose(key)
        if not self.origin.isHidden():
            self.origin.put_away()
        self._show_chosen()

    @Slot()
    def _show_chosen(self) -> None:
        for key, card in self.cards.items():
            card.setVisible(key == self.tabs.key)

    def explain(self, key: Hashable) -> None:
        """Say where a number comes from."""
        self.origin.show(key)
        for card in self.cards.values():
            card.setVisible(self.origin.isHidden() and card is self.cards[self.tabs.key])
        self.verticalScrollBar().setValue(0)

    def _fact(self, key: Hashable) -> Fact | None:
        worked, state = self._model.worked, self._model.state
        if worked is None or self._model.stale or len(state.values) != len(worked.graph.nodes):
            return None
        if isinstance(key, SlopeOf) and self._model.withholds_slopes:
            return None
        return fact_of(worked, state, key)

    @Slot()
    def _refresh(self) -> None:
        if self.origin.isVisible():
            self.origin.refresh()

    @Slot(bool)
    def set_asking(self, on: bool) -> None:
        """Ask for each gradient before it is shown, or stop."""
        self.guess.setVisible(on)
        self.asking.set_on(on)
