"""Transform: numbers brought to their place in the distribution, and powers of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from engine.graph.kinds.base import BlockParams, Context, ParameterSpec, TargetSpec, register
from engine.graph.kinds.on_torch import TorchKind

if TYPE_CHECKING:
    from torch import Tensor

Power = Literal["x", "x^2", "sqrt(x)"]


class TransformParams(BlockParams):
    """``quantiles``: steps of the distribution that x is first mapped through, 0 for none. ``powers``: what comes out
    for each x, in order."""

    quantiles: int = Field(default=100, ge=0, le=10_000)
    powers: tuple[Power, ...] = Field(default=("x",), min_length=1)


class Transform(TorchKind[TransformParams]):
    """Covington et al. 2016, §4.1: x̃ = ∫_{−∞}^{x} df in [0, 1), by linear interpolation between quantiles, and with it
    x̃² and √x̃, by which the network easily forms super- and sub-linear functions. Cheng et al. 2016, §4.2: the same
    normalisation of continuous features, without powers."""

    key = "transform"
    label = "Transform"
    summary = "Maps each number to its quantile, then adds powers of it."
    icon = "transform"
    params_type = TransformParams

    def width(self, params: TransformParams, in_widths: Sequence[int], target: TargetSpec) -> int:
        return in_widths[0] * len(params.powers)

    def formula(self, params: TransformParams) -> str:
        names = {"x": r"\tilde x", "x^2": r"\tilde x^2", "sqrt(x)": r"\sqrt{\tilde x}"}
        return "a = [" + r",\ ".join(names[power] for power in params.powers) + "]"

    def parameters(self, params: TransformParams, in_widths: Sequence[int], width: int) -> tuple[ParameterSpec, ...]:
        """``borders`` (in, quantiles + 1): the quantiles of each column, from the smallest value to the largest."""
        if not params.quantiles:
            return ()
        return (ParameterSpec("borders", (in_widths[0], params.quantiles + 1), trainable=False),)

    def torch(
        self,
        params: TransformParams,
        inputs: Sequence[Tensor],
        weights: Mapping[str, Tensor],
        context: Context,
    ) -> tuple[Tensor, Tensor]:
        import torch

        x = inputs[0]
        if params.quantiles:
            x = _place_in_distribution(x, weights["borders"].to(x.dtype))
        functions = {"x": lambda: x, "x^2": lambda: x * x, "sqrt(x)": lambda: torch.sqrt(torch.clamp(x, min=0.0))}
        out = torch.cat([functions[power]() for power in params.powers], dim=1)
        return out, out


def _place_in_distribution(x: Tensor, borders: Tensor) -> Tensor:
    """x (rows, n) between the quantiles (n, q + 1), linearly; 0 and 1 beyond the ends."""
    import torch

    columns, count = x.T.contiguous(), borders.shape[1] - 1
    above = torch.searchsorted(borders, columns, right=True).clamp(1, count)
    low, high = borders.gather(1, above - 1), borders.gather(1, above)
    step = ((columns - low) / (high - low).clamp(min=torch.finfo(x.dtype).tiny)).clamp(0.0, 1.0)
    return ((above - 1 + step) / count).T


register(Transform())
