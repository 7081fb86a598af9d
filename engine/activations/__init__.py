"""Activation functions: their values, derivatives and the facts a learner is shown about them.

:mod:`engine.activations.kinds` has a module for each; :mod:`engine.activations.typed` makes one of an expression.
"""

from __future__ import annotations

import re

from engine.activations.arithmetic import FloatArray
from engine.activations.kinds import ACTIVATIONS
from engine.activations.saturation import Saturation
from engine.activations.spec import Activation, ActivationParameter
from engine.problems import EngineError, declare

__all__ = [
    "ACTIVATIONS",
    "UNKNOWN_ACTIVATION",
    "Activation",
    "ActivationParameter",
    "FloatArray",
    "Saturation",
    "activation",
]

UNKNOWN_ACTIVATION = declare("activation.unknown", "There is no activation called '{key}'; choose one of {known}.")
_VARIABLE = re.compile(r"(?<![A-Za-z_])[xz](?![A-Za-z_0-9])")


def activation(key: str) -> Activation:
    """The activation that a block calls ``key``: one of the catalogue, or an expression in x. Raises EngineError:
    ``activation.unknown`` naming those there are, or what is wrong with the expression."""
    if key in ACTIVATIONS:
        return ACTIVATIONS[key]
    if _VARIABLE.search(key):
        from engine.activations.typed import typed_activation  # parsing is loaded where it is needed

        return typed_activation(key)
    raise EngineError(UNKNOWN_ACTIVATION(key=key, known=", ".join(ACTIVATIONS)))
