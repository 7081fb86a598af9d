"""AdamW (Loshchilov & Hutter, 2019): Adam, with weight decay apart from the gradient."""

from __future__ import annotations

from dataclasses import replace

from engine.optimizers.kinds.adam import ADAM, MEANS, STEP
from engine.optimizers.spec import TorchOptimizer, register

assert ADAM.twin is not None

register(
    replace(
        ADAM,
        key="adamw",
        label="AdamW",
        formula=rf"{MEANS},\quad \theta \leftarrow (1 - \eta\lambda)\,\theta - {STEP}",
        twin=TorchOptimizer("AdamW", ADAM.twin.settings, ADAM.twin.state),
        settings=(*ADAM.settings, "weight_decay"),
        source="Loshchilov & Hutter 2019",
        shrinks_weights=True,
    )
)
