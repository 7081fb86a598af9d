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
    categorical as categorical,
    bag as bag,
    numbers as numbers,
    transform as transform,
    cross as cross,
    embedding as embedding,
    pooled as pooled,
    sparse_linear as sparse_linear,
    joint_logit as joint_logit,
    sampled_softmax as sampled_softmax,
    weighted_logistic as weighted_logistic,
)
from engine.graph.kinds.base import (
    Arity,
    BlockKind,
    BlockParams,
    Carries,
    ParameterSpec,
    TargetSpec,
    kind_of,
    kinds,
    playground_kinds,
)

__all__ = [
    "Arity",
    "BlockKind",
    "BlockParams",
    "Carries",
    "ParameterSpec",
    "TargetSpec",
    "kind_of",
    "kinds",
    "playground_kinds",
]
