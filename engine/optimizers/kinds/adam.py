"""Adam (Kingma & Ba, 2015): the running mean of the gradient over the root of that of its square."""

from __future__ import annotations

from engine.activations.arithmetic import root
from engine.optimizers.spec import OptimizerSpec, RuleLine, TorchOptimizer, UpdateNumbers, Vector, register

MEANS = r"m \leftarrow \beta_1 m + (1 - \beta_1)\,g,\quad v \leftarrow \beta_2 v + (1 - \beta_2)\,g^2"
STEP = r"\eta\,\frac{m / (1 - \beta_1^t)}{\sqrt{v / (1 - \beta_2^t)} + \epsilon}"


def rule(theta: Vector, g: Vector, m: Vector, v: Vector, numbers: UpdateNumbers) -> tuple[Vector, Vector, Vector]:
    m *= numbers.beta1
    m += (1.0 - numbers.beta1) * g
    part = (1.0 - numbers.beta2) * g
    part *= g  # in place, as below: for numpy new arrays cost more than the arithmetic
    v *= numbers.beta2
    v += part
    size = root(v)
    size *= 1.0 / root(1.0 - numbers.beta2_power)
    size += numbers.epsilon
    part = numbers.eta / (1.0 - numbers.beta1_power) * m
    part /= size
    theta -= part
    return theta, m, v


ADAM = register(
    OptimizerSpec(
        key="adam",
        label="Adam",
        formula=rf"{MEANS},\quad \theta \leftarrow \theta - {STEP}",
        rule=rule,
        lines=(
            RuleLine("m", r"\beta_1 m + (1 - \beta_1)\,g", "beta1*m + (1 - beta1)*g"),
            RuleLine("v", r"\beta_2 v + (1 - \beta_2)\,g^2", "beta2*v + (1 - beta2)*g^2"),
            RuleLine("mean", r"m / (1 - \beta_1^{@t})", "m/(1 - beta1^t)", symbol=r"\hat{m}"),
            RuleLine("squares", r"v / (1 - \beta_2^{@t})", "v/(1 - beta2^t)", symbol=r"\hat{v}"),
            RuleLine(
                "step", r"-\eta\,\hat{m} / (\sqrt{\hat{v}} + \varepsilon)", "-(eta*mean/(sqrt(squares) + epsilon))"
            ),
        ),
        twin=TorchOptimizer(
            "Adam",
            lambda numbers: {"betas": (numbers.beta1, numbers.beta2), "eps": numbers.epsilon},
            ("exp_avg", "exp_avg_sq"),
        ),
        memory=("m", "v"),
        settings=("beta1", "beta2", "epsilon"),
        source="Kingma & Ba 2015",
        is_adaptive=True,
    )
)
