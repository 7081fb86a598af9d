"""What there is to say of one network at the moment that is shown."""

from __future__ import annotations

from dataclasses import dataclass

from app.kit.verdict_words import tone_of
from engine.gradients.figures import Figures
from engine.gradients.other_draws import OtherDraws
from engine.gradients.training import DeadUnits
from engine.gradients.verdict import Judgement
from engine.graph.kinds.base import Array


@dataclass(frozen=True, slots=True)
class Moment:
    """``figures`` are those of the start; ``judgement``, ``delta`` (depth,), the ‖δ‖ of its layers, and ``dead``, their
    dead units, are as they are after ``step`` steps. ``draws``: what other draws of the weights give at the start, None
    where that is not known, or where ``drawn`` not known yet. ``dragged``: a number is being dragged, or was a moment
    ago: nothing that takes long is worked out meanwhile."""

    figures: Figures
    judgement: Judgement
    step: int
    delta: Array
    dead: DeadUnits
    draws: OtherDraws | None
    drawn: bool
    dragged: bool = False

    @property
    def tone(self) -> str:
        """The colour of the verdict. A signal that arrives is no good news for units that are dead."""
        tone = tone_of(self.judgement.trouble, is_alarm=self.judgement.is_alarm)
        return "warning" if tone == "good" and any(self.dead) else tone

    @property
    def depth(self) -> int:
        """Number of hidden layers."""
        return self.figures.configuration.depth
