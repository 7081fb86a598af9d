"""Gradient descent with momentum (Polyak, 1964)."""

from __future__ import annotations

from engine.optimizers.spec import OptimizerSpec, RuleLine, TorchOptimizer, UpdateNumbers, Vector, register

VELOCITY = RuleLine("v", r"\mu\,v + g", "momentum*v + g")


def rule(theta: Vector, g: Vector, v: Vector, numbers: UpdateNumbers) -> tuple[Vector, Vector]:
    v *= numbers.momentum
    v += g
    theta -= numbers.eta * v
    return theta, v


register(
    OptimizerSpec(
        key="momentum",
        label="momentum",
        formula=r"v \leftarrow \mu v + g,\quad \theta \leftarrow \theta - \eta\,v",
        rule=rule,
        lines=(VELOCITY, RuleLine("step", r"-\eta\,v", "-(eta*v)")),
        twin=TorchOptimizer("SGD", lambda numbers: {"momentum": numbers.momentum}, ("momentum_buffer",)),
        memory=("v",),
        settings=("momentum",),
        source="Polyak 1964",
    )
)
