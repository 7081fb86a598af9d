"""Momentum with the gradient taken ahead (Nesterov, 1983), in the form of Sutskever et al. (2013)."""

from __future__ import annotations

from engine.optimizers.kinds.momentum import VELOCITY
from engine.optimizers.spec import OptimizerSpec, RuleLine, TorchOptimizer, UpdateNumbers, Vector, register


def rule(theta: Vector, g: Vector, v: Vector, numbers: UpdateNumbers) -> tuple[Vector, Vector]:
    v *= numbers.momentum
    v += g
    theta -= numbers.eta * g
    theta -= (numbers.eta * numbers.momentum) * v
    return theta, v


register(
    OptimizerSpec(
        key="nesterov",
        label="Nesterov momentum",
        formula=r"v \leftarrow \mu v + g,\quad \theta \leftarrow \theta - \eta\,(g + \mu v)",
        rule=rule,
        lines=(VELOCITY, RuleLine("step", r"-\eta\,(g + \mu\,v)", "-(eta*(g + momentum*v))")),
        twin=TorchOptimizer(
            "SGD", lambda numbers: {"momentum": numbers.momentum, "nesterov": True}, ("momentum_buffer",)
        ),
        memory=("v",),
        settings=("momentum",),
        source="Nesterov 1983; Sutskever et al. 2013",
    )
)
