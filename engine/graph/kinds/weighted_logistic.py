"""Weighted logistic: logistic regression whose odds come to be an expected watch time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from engine.graph.kinds.affine import affine_parameters, torch_affine
from engine.graph.kinds.base import BlockParams, Context, ParameterSpec, TargetSpec, register
from engine.graph.kinds.joint_logit import logistic_losses
from engine.graph.kinds.on_torch import EndKind

if TYPE_CHECKING:
    from torch import Tensor

LARGEST_LOGIT = 30.0
"""e³⁰ seconds are 340,000 years: what comes out stays finite."""


class WeightedLogisticParams(BlockParams):
    """Weighted logistic has nothing to set; the weights come with the data."""


class WeightedLogistic(EndKind[WeightedLogisticParams]):
    """Covington et al. 2016, §4.2: positives weighted by their watch time, negatives by 1. The odds learned are
    Σ T / (N − k) over k clicks among N impressions, that is E[T] / (1 − p) at click rate p; one more negative of
    weight 1 per click makes the denominator N and the odds e^z = E[T] exactly."""

    key = "weighted_logistic"
    label = "Weighted logistic"
    summary = "Learns odds proportional to watch time: eᶻ is the expected time."
    icon = "weighted_logistic"
    params_type = WeightedLogisticParams

    def width(self, params: WeightedLogisticParams, in_widths: Sequence[int], target: TargetSpec) -> int:
        return 1

    def formula(self, params: WeightedLogisticParams) -> str:
        return r"z = W a + b,\quad E[T] \approx e^{z}"

    def parameters(
        self, params: WeightedLogisticParams, in_widths: Sequence[int], width: int
    ) -> tuple[ParameterSpec, ...]:
        return affine_parameters(in_widths[0], 1, bias=True, initializer="xavier_uniform", scale=None)

    def torch(
        self, params: WeightedLogisticParams, inputs: Sequence[Tensor], weights: Mapping[str, Tensor], context: Context
    ) -> tuple[Tensor, Tensor]:
        z = torch_affine(inputs, weights)
        return z, z.clamp(max=LARGEST_LOGIT).exp()

    def losses(self, params: WeightedLogisticParams, z: Tensor, targets: Tensor) -> Tensor:
        return logistic_losses(z, targets)


register(WeightedLogistic())
