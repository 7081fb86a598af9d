"""Sampled softmax: which item comes next, among all of them, learned against a sample of the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from engine.graph.kinds.base import BlockParams, Context, ParameterSpec, TargetSpec, register
from engine.graph.kinds.embedding import table
from engine.graph.kinds.names import VocabularySize
from engine.graph.kinds.on_torch import EndKind

if TYPE_CHECKING:
    from torch import Tensor


class SampledSoftmaxParams(BlockParams):
    """``items``: ids that can come next. ``negatives``: how many others each step is learned against, all rows sharing
    them; 0 for every item. ``drawn_by``: how they are drawn. ``log_q``: correct for how often each one is drawn."""

    items: VocabularySize = 2
    negatives: int = Field(default=200, ge=0, le=1_000_000)
    drawn_by: Literal["frequency", "uniform"] = "frequency"
    log_q: bool = True
    scale: float = Field(default=0.01, ge=0.0, le=10.0)


class SampledSoftmax(EndKind[SampledSoftmaxParams]):
    """Covington et al. 2016, §3.1: P(w_t = i | U, C) = e^{v_i·u} / Σ_j e^{v_j·u}, trained by candidate sampling with
    importance weights (Jean et al. 2015; Bengio and Senécal 2008): log Q(j), the logarithm of how often j is expected
    in the sample, is subtracted from v_j·u. ``V`` (items, dimensions) is a table of its own, not that of the history.
    """

    key = "sampled_softmax"
    label = "Softmax over items"
    summary = "Scores every item against the user's vector; the next one should win."
    icon = "sampled_softmax"
    params_type = SampledSoftmaxParams

    def width(self, params: SampledSoftmaxParams, in_widths: Sequence[int], target: TargetSpec) -> int:
        return in_widths[0]

    def formula(self, params: SampledSoftmaxParams) -> str:
        return r"P(w_t = i \mid u) = e^{v_i \cdot u} / \Sigma_j\, e^{v_j \cdot u}"

    def parameters(
        self, params: SampledSoftmaxParams, in_widths: Sequence[int], width: int
    ) -> tuple[ParameterSpec, ...]:
        items = table(params.items, in_widths[0], params.scale)
        return (ParameterSpec("V", items.shape, items.initializer, items.scale, by_row=True),)

    def torch(
        self, params: SampledSoftmaxParams, inputs: Sequence[Tensor], weights: Mapping[str, Tensor], context: Context
    ) -> tuple[Tensor, Tensor]:
        """The user's vector u as it comes in: it meets the items' vectors in the loss and in retrieval."""
        return inputs[0], inputs[0]

    def losses(self, params: SampledSoftmaxParams, z: Tensor, targets: Tensor) -> Tensor:
        """Cross-entropy of logits (rows, candidates) with the targets' places (rows,) among the candidates."""
        import torch

        return torch.nn.functional.cross_entropy(z, targets, reduction="none")


register(SampledSoftmax())
