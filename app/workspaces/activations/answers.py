"""What the check list answers of a fact."""

from __future__ import annotations

from enum import Enum, auto

from engine.activations.profile import Tail


class Answer(Enum):
    """What a cell says of a fact, in whatever words."""

    FINE = auto()
    NO = auto()
    YES = auto()
    KINK = auto()
    FLAT = auto()
    UNDEFINED = auto()


TAILS = {
    Tail.STEEP: Answer.NO,
    Tail.SATURATES: Answer.YES,
    Tail.FLAT: Answer.FLAT,
    Tail.UNDEFINED: Answer.UNDEFINED,
}
