"""Names of catalogue entries as parameters: checked where they enter, listed in the published schema."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints, WithJsonSchema

from engine.activations import ACTIVATIONS, activation
from engine.initializers import INITIALIZERS, initializer
from engine.losses import LOSSES, loss
from engine.problems import EngineError, declare

TYPED_OUTPUT = declare(
    "graph.typed-output",
    "An output takes an activation from the list, not “{text}”. Use your own in a layer before it.",
)


def _of_the_catalogue(key: str) -> str:
    if activation(key).is_typed:
        raise EngineError(TYPED_OUTPUT(text=key))
    return key


# The look-ups raise EngineError naming the choices, so a file with another name gets that one sentence.
_CATALOGUE = {"type": "string", "enum": list(ACTIVATIONS)}
ActivationName = Annotated[
    str,
    AfterValidator(lambda key: activation(key).key),
    WithJsonSchema(
        {"anyOf": [_CATALOGUE, {"type": "string", "description": "An expression in x, such as x*tanh(x)."}]}
    ),
]
"""One of the catalogue, or an expression in x."""
OutputActivationName = Annotated[str, AfterValidator(_of_the_catalogue), WithJsonSchema(_CATALOGUE)]
InitializerName = Annotated[
    str,
    AfterValidator(lambda key: initializer(key).key),
    WithJsonSchema({"type": "string", "enum": list(INITIALIZERS)}),
]
LossName = Annotated[
    str, AfterValidator(lambda key: loss(key).key), WithJsonSchema({"type": "string", "enum": list(LOSSES)})
]

ColumnName = Annotated[str, StringConstraints(min_length=1, max_length=200)]
VocabularySize = Annotated[int, Field(ge=1, le=2**31 - 1)]
