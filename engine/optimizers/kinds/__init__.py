"""The optimisers, one module each. Importing this package registers them in the order they are offered."""

from __future__ import annotations

from collections.abc import Mapping

from engine.optimizers.kinds import (  # isort: skip - the order they are offered in
    sgd as sgd,
    momentum as momentum,
    nesterov as nesterov,
    adagrad as adagrad,
    rmsprop as rmsprop,
    adam as adam,
    adamw as adamw,
)
from engine.optimizers.spec import OptimizerSpec, registered

OPTIMIZERS: Mapping[str, OptimizerSpec] = registered()
"""Every optimiser by key, in the order they are offered."""
