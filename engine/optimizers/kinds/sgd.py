"""Gradient descent: a step against the gradient."""

from __future__ import annotations

from engine.optimizers.spec import OptimizerSpec, RuleLine, TorchOptimizer, UpdateNumbers, Vector, register


def rule(theta: Vector, g: Vector, numbers: UpdateNumbers) -> tuple[Vector]:
    theta -= numbers.eta * g
    return (theta,)


register(
    OptimizerSpec(
        key="sgd",
        label="SGD",
        formula=r"\theta \leftarrow \theta - \eta\,g",
        rule=rule,
        lines=(RuleLine("step", r"-\eta\,g", "-(eta*g)"),),
        twin=TorchOptimizer("SGD"),
    )
)
