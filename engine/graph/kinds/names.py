"""Names of catalogue entries as parameters: checked where they enter, listed in the published schema."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints, WithJsonSchema

from engine.activations import ACTIVATIONS, activation
from engine.initializers import INITIALIZERS, initializer
from engine.losses import LOSSES, loss

# The look-ups raise EngineError naming the choices, so a file with another name gets that one sentence.
ActivationName = Annotated[
    str,
    AfterValidator(lambda key: activation(key).key),
    WithJsonSchema({"type": "string", "enum": list(ACTIVATIONS)}),
]
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
