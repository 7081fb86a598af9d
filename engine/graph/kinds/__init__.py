"""The block kinds, one module each. Importing this package registers them in palette order."""

from engine.graph.kinds import (  # isort: skip - palette order
    input as input,
    dense as dense,
    activation as activation,
    add as add,
    concatenate as concatenate,
    dropout as dropout,
    layer_norm as layer_norm,
    batch_norm as batch_norm,
    output as output,
)
from engine.graph.kinds.base import Arity, BlockKind, BlockParams, ParameterSpec, TargetSpec, kind_of, kinds

__all__ = ["Arity", "BlockKind", "BlockParams", "ParameterSpec", "TargetSpec", "kind_of", "kinds"]
