"""What a block's parameters say, whatever its kind."""

from __future__ import annotations

from engine.activations import Activation
from engine.graph import Block


def units_of(block: Block) -> int | None:
    """The units that a block is set to; None where they follow from something else."""
    return block.declaration.units(block.params)


def features_of(block: Block) -> tuple[str, ...]:
    """The features that a block feeds in; none for any but an input."""
    return block.declaration.features(block.params) or ()


def function_of(block: Block) -> Activation | None:
    """The f of the block's a = f(z), as its loss has it in an output; None for a block without one."""
    return block.declaration.function(block.params)


def alpha_of(block: Block) -> float | None:
    """The activation's own parameter, if the block sets one."""
    alpha: float | None = getattr(block.params, "alpha", None)
    return alpha
