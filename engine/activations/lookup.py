"""An activation by what a block calls it: a key of the catalogue, or an expression in x."""

from __future__ import annotations

import re

from engine.activations.catalogue import ACTIVATIONS
from engine.activations.spec import Activation
from engine.problems import EngineError, declare

UNKNOWN_ACTIVATION = declare("activation.unknown", "There is no activation called '{key}'; choose one of {known}.")
_VARIABLE = re.compile(r"(?<![A-Za-z_])[xz](?![A-Za-z_0-9])")


def activation(key: str) -> Activation:
    """The activation called ``key``, or that of an expression in x. Raises EngineError: ``activation.unknown`` naming
    those there are, or what is wrong with the expression."""
    if key in ACTIVATIONS:
        return ACTIVATIONS[key]
    if _VARIABLE.search(key):
        from engine.activations.typed import typed_activation  # parsing is loaded where it is needed

        return typed_activation(key)
    raise EngineError(UNKNOWN_ACTIVATION(key=key, known=", ".join(ACTIVATIONS)))
