"""Activation functions: their values, derivatives and the facts a learner is shown about them."""

from __future__ import annotations

from engine.activations.catalogue import ACTIVATIONS
from engine.activations.lookup import UNKNOWN_ACTIVATION, activation
from engine.activations.saturation import Saturation
from engine.activations.spec import Activation, ActivationParameter, FloatArray

__all__ = [
    "ACTIVATIONS",
    "UNKNOWN_ACTIVATION",
    "Activation",
    "ActivationParameter",
    "FloatArray",
    "Saturation",
    "activation",
]
