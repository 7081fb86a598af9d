"""What a block's parameters say, whatever its kind."""

from __future__ import annotations

from engine.activations import Activation, activation
from engine.graph import Block
from engine.graph.kinds.activation import ActivationParams
from engine.graph.kinds.dense import DenseParams
from engine.graph.kinds.input import InputParams
from engine.graph.kinds.output import OutputParams
from engine.losses import loss


def units_of(block: Block) -> int | None:
    """The units that a dense block is set to; None for any other kind."""
    return block.params.units if isinstance(block.params, DenseParams) else None


def features_of(block: Block) -> tuple[str, ...]:
    """The features of an input block; none for any other kind."""
    return block.params.features if isinstance(block.params, InputParams) else ()


def function_of(block: Block) -> Activation | None:
    """The f of the block's a = f(z), as its loss has it in an output; None for a block without one."""
    params = block.params
    if isinstance(params, OutputParams):
        return loss(params.loss).output_activation(activation(params.activation))
    return activation(params.activation) if isinstance(params, DenseParams | ActivationParams) else None


def alpha_of(block: Block) -> float | None:
    """The activation's own parameter, if the block sets one."""
    params = block.params
    return params.alpha if isinstance(params, DenseParams | ActivationParams | OutputParams) else None
