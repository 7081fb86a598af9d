"""Joint logit: the wide and the deep part's logits and a bias make one, and one loss trains both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from engine.graph.kinds.base import Arity, BlockParams, Context, ParameterSpec, TargetSpec, register
from engine.graph.kinds.on_torch import EndKind
from engine.problems import EngineError, declare

if TYPE_CHECKING:
    from torch import Tensor

NOT_LOGITS = declare(
    "graph.not-logits",
    "The joint logit adds logits, one number each, but input {slot} has {width}; end it in a Dense 1.",
)


class JointLogitParams(BlockParams):
    """Joint logit has nothing to set."""


class JointLogit(EndKind[JointLogitParams]):
    """Cheng et al. 2016, equation 3: P(Y = 1 | x) = σ(w_wideᵀ[x, φ(x)] + w_deepᵀ a^{(l_f)} + b)."""

    key = "joint_logit"
    label = "Joint logit"
    summary = "Adds the wide and the deep logit; the logistic of their sum is the probability."
    icon = "joint_logit"
    arity = Arity.MANY
    params_type = JointLogitParams

    def width(self, params: JointLogitParams, in_widths: Sequence[int], target: TargetSpec) -> int:
        for slot, width in enumerate(in_widths):
            if width != 1:
                raise EngineError(NOT_LOGITS(slot=slot + 1, width=width))
        return 1

    def formula(self, params: JointLogitParams) -> str:
        return r"z = z_{\mathrm{wide}} + z_{\mathrm{deep}} + b,\quad p = \sigma(z)"

    def parameters(self, params: JointLogitParams, in_widths: Sequence[int], width: int) -> tuple[ParameterSpec, ...]:
        return (ParameterSpec("b", (1,)),)

    def torch(
        self, params: JointLogitParams, inputs: Sequence[Tensor], weights: Mapping[str, Tensor], context: Context
    ) -> tuple[Tensor, Tensor]:
        z = weights["b"].expand(len(inputs[0]), 1)
        for logit in inputs:
            z = z + logit
        return z, z.sigmoid()

    def losses(self, params: JointLogitParams, z: Tensor, targets: Tensor) -> Tensor:
        return logistic_losses(z, targets)


def logistic_losses(z: Tensor, targets: Tensor) -> Tensor:
    """Cross-entropy of the logistic of z (rows, 1) with targets (rows,) in 0 … 1, each row's."""
    import torch

    return torch.nn.functional.binary_cross_entropy_with_logits(z[:, 0], targets, reduction="none")


register(JointLogit())
