"""AdaGrad (Duchi et al., 2011): each parameter's rate shrinks with the squares of its gradients so far."""

from __future__ import annotations

from engine.activations.arithmetic import root
from engine.optimizers.spec import OptimizerSpec, RuleLine, TorchOptimizer, UpdateNumbers, Vector, register

SCALED = RuleLine("step", r"-\eta\,g / (\sqrt{v} + \varepsilon)", "-(eta*g/(sqrt(v) + epsilon))")


def rule(theta: Vector, g: Vector, v: Vector, numbers: UpdateNumbers) -> tuple[Vector, Vector]:
    v += g * g
    theta -= numbers.eta * g / (root(v) + numbers.epsilon)
    return theta, v


register(
    OptimizerSpec(
        key="adagrad",
        label="AdaGrad",
        formula=r"v \leftarrow v + g^2,\quad \theta \leftarrow \theta - \eta\,\frac{g}{\sqrt{v} + \epsilon}",
        rule=rule,
        lines=(RuleLine("v", "v + g^2", "v + g^2"), SCALED),
        twin=TorchOptimizer("Adagrad", lambda numbers: {"eps": numbers.epsilon}, ("sum",)),
        memory=("v",),
        settings=("epsilon",),
        source="Duchi et al. 2011",
    )
)
