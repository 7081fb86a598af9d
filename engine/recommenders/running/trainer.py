"""One step of training: a batch forward and back, then every parameter that took part brought up to date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.graph.kinds.base import MaskSource, kind_of
from engine.graph.kinds.on_torch import EndKind
from engine.graph.kinds.sampled_softmax import SampledSoftmaxParams
from engine.graph.kinds.sparse_linear import SparseLinear
from engine.network.plan import WeightKey
from engine.recommenders.model.network import Looked, RecommenderNetwork
from engine.recommenders.model.prepared_rows import PreparedRows
from engine.recommenders.running.item_softmax import ItemSoftmax
from engine.recommenders.running.row_optimisers import Coalescer, RowAdaGrad, RowFtrl, RowGradients, RowOptimiser
from engine.recommenders.running.settings import Training

if TYPE_CHECKING:
    from torch import Tensor


@dataclass(frozen=True, slots=True)
class StepReport:
    """``loss``: the batch's mean. ``gradient``: ∂loss/∂θ. ``rows``: of every table the gradients of its rows."""

    loss: float
    gradient: Tensor
    rows: dict[WeightKey, RowGradients]


class RecommenderTrainer:
    """Owns a network's optimiser state; ``step`` counts updates, of which ``planned`` are to be done, 0 if unknown.

    ``best``: while a run looks for its best epoch, a copy of what the best one so far has left, by the names of
    :func:`engine.recommenders.running.checkpoints.learned_tensors_of`.
    """

    def __init__(
        self, network: RecommenderNetwork, training: Training, counts: NDArray[np.int64] | None = None
    ) -> None:
        """``counts`` (items,): how often each item is a target, where the graph ends in a softmax over items."""
        import torch

        end = network.plan.output
        self._softmax: ItemSoftmax | None = None
        if isinstance(end.params, SampledSoftmaxParams):
            given = np.zeros(0, np.int64) if counts is None else counts
            self._softmax = ItemSoftmax(end.params, given, training.seed, network.device)
        self.network, self.training, self.step, self.planned = network, training, 0, 0
        self.best: dict[str, Tensor] = {}
        self.squares = torch.full_like(network.theta, training.deep.initial)
        self.optimisers = {key: self._optimiser(key, table) for key, table in network.tables.items()}
        self._coalescers = {key: Coalescer(len(table), network.device) for key, table in network.tables.items()}

    def _optimiser(self, key: WeightKey, table: Tensor) -> RowOptimiser:
        if isinstance(kind_of(self.network.graph.block(key[0]).kind), SparseLinear):
            return RowFtrl(table, self.training.wide)
        return RowAdaGrad(table, self.training.deep)

    def train(self, batch: PreparedRows) -> StepReport:
        """One step on a batch."""
        report = self.gradients(batch)
        self.update(report)
        return report

    def gradients(self, batch: PreparedRows, masks: MaskSource | None = None) -> StepReport:
        """The batch's mean loss and its gradients; nothing is changed. ``masks``: other ones than this step's own."""
        import torch

        network = self.network
        theta = network.theta.detach().requires_grad_()
        looked = network.look_up(batch)
        for one in looked.values():
            one.vectors.requires_grad_()
        with torch.autocast(network.theta.device.type, torch.bfloat16, enabled=self.training.precision == "bf16"):
            z = network.forward(batch, looked, theta, masks or self.masks())[0]
        leaves = {(network.plan.nodes[at].id, "W"): one for at, one in looked.items()}
        loss = self.mean_loss(batch, self.row_losses(batch, z[len(network.plan.nodes) - 1].float(), leaves))
        wanted = [theta, *(leaf.vectors for leaf in leaves.values())]
        gradient, *grads = torch.autograd.grad(loss, wanted, materialize_grads=True, allow_unused=True)
        found = zip(leaves.items(), grads, strict=True)
        rows = {key: self.row_gradients(key, leaf, grad) for (key, leaf), grad in found}
        return StepReport(float(loss.detach()), gradient, rows)

    def masks(self) -> MaskSource:
        """Where this step's dropout masks are drawn from."""
        return MaskSource(self.training.seed, self.step)

    def row_gradients(self, key: WeightKey, looked: Looked, grad: Tensor) -> RowGradients:
        """The gradient of a table's rows, from that of what has been looked up."""
        return self._coalescers[key].gradients(looked.lookups, grad.reshape(-1, self.network.tables[key].shape[1]))

    def row_losses(self, batch: PreparedRows, z: Tensor, leaves: dict[WeightKey, Looked]) -> Tensor:
        """Each row's loss, (rows,); what a softmax over items looks up for it joins the leaves."""
        import torch

        end = self.network.plan.output
        assert isinstance(end.kind, EndKind)
        if self._softmax is not None:
            losses, leaves[end.id, "V"] = self._softmax.losses(
                self.network.tables[end.id, "V"], z, batch.targets, self.step
            )
            return losses
        return end.kind.losses(end.params, z, torch.from_numpy(batch.targets).to(self.network.device))

    def mean_loss(self, batch: PreparedRows, losses: Tensor) -> Tensor:
        """The rows' losses by their weights."""
        import torch

        if batch.weights is None:
            return losses.mean()
        weights = torch.from_numpy(batch.weights).to(self.network.device)
        return (losses * weights).sum() / weights.sum()

    def rate_share(self) -> float:
        """Of the deep part's rate, how much holds for this step."""
        if not self.training.decay or not self.planned:
            return 1.0
        return max(1.0 - self.step / self.planned, 0.0)

    def update(self, report: StepReport) -> None:
        """Bring everything that has a gradient up to date."""
        settings, share = self.training.deep, self.rate_share()
        self.squares.addcmul_(report.gradient, report.gradient)
        roots = self.squares.sqrt().add_(settings.guard)
        self.network.theta.addcdiv_(report.gradient, roots, value=-share * settings.rate)
        for key, gradients in report.rows.items():
            self.optimisers[key].update(self.network.tables[key], gradients, share)
        self.step += 1
