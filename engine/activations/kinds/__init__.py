"""The activations, one module each. Importing this package registers them in palette order."""

from __future__ import annotations

from collections.abc import Mapping

from engine.activations.kinds import (  # isort: skip - palette order
    identity as identity,
    step as step,
    logistic as logistic,
    tanh as tanh,
    relu as relu,
    leaky_relu as leaky_relu,
    elu as elu,
    softplus as softplus,
    silu as silu,
    gelu as gelu,
    gelu_tanh as gelu_tanh,
    softmax as softmax,
)
from engine.activations.spec import Activation, registered

ACTIVATIONS: Mapping[str, Activation] = registered()
"""Every activation by key, in palette order."""
