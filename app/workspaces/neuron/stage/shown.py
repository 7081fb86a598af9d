"""What the drawing shows at a moment, as plain data."""

from __future__ import annotations

from dataclasses import dataclass

from app.workspaces.neuron.model import NeuronModel, Stage
from app.workspaces.neuron.parts import Key, is_lit
from engine.neuron.reading import Reading


@dataclass(frozen=True, slots=True)
class Shown:
    """A reading, how far its row has come, what is pointed at, and how far the signals of the next stage are on their
    way (0 to 1)."""

    reading: Reading
    stage: Stage
    pointed: Key | None
    advance: float = 0.0

    def lit(self, key: Key) -> bool:
        """Whether a part is to light up."""
        return is_lit(key, self.pointed)

    @property
    def fires(self) -> bool | None:
        """Whether it fires; None while that is not known."""
        return self.reading.now.fires if self.stage is Stage.OUTPUT else None

    @property
    def z(self) -> float | None:
        """The weighted sum; None while it is not known."""
        return self.reading.now.z if self.stage >= Stage.SUM else None

    def signal(self, index: int) -> bool | None:
        """Whether an input carries a signal; None while it is not known."""
        return bool(self.reading.content.x[index]) if self.stage >= Stage.INPUTS else None


def shown(model: NeuronModel) -> Shown:
    """What the model shows now."""
    return Shown(model.reading, model.stage, model.key, model.advance)
