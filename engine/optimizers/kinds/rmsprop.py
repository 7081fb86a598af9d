"""RMSProp (Tieleman & Hinton, 2012): the gradient over the root of its running mean square."""

from __future__ import annotations

from engine.activations.arithmetic import root
from engine.optimizers.kinds.adagrad import SCALED
from engine.optimizers.spec import OptimizerSpec, RuleLine, TorchOptimizer, UpdateNumbers, Vector, register


def rule(theta: Vector, g: Vector, v: Vector, numbers: UpdateNumbers) -> tuple[Vector, Vector]:
    v *= numbers.rho
    v += (1.0 - numbers.rho) * g * g
    theta -= numbers.eta * g / (root(v) + numbers.epsilon)
    return theta, v


register(
    OptimizerSpec(
        key="rmsprop",
        label="RMSProp",
        formula=r"v \leftarrow \rho v + (1 - \rho)\,g^2,\quad "
        r"\theta \leftarrow \theta - \eta\,\frac{g}{\sqrt{v} + \epsilon}",
        rule=rule,
        lines=(RuleLine("v", r"\rho v + (1 - \rho)\,g^2", "rho*v + (1 - rho)*g^2"), SCALED),
        twin=TorchOptimizer("RMSprop", lambda numbers: {"alpha": numbers.rho, "eps": numbers.epsilon}, ("square_avg",)),
        memory=("v",),
        settings=("rho", "epsilon"),
        source="Tieleman & Hinton 2012",
        is_adaptive=True,
    )
)
