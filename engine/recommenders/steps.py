"""One step of training: a batch forward and back, then every parameter that took part brought up to date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.graph.kinds.base import MaskSource
from engine.graph.kinds.on_torch import EndKind
from engine.network.plan import WeightKey
from engine.recommenders.network import Looked, RecommenderNetwork
from engine.recommenders.prepared import Prepared
from engine.recommenders.rows import Coalescer, RowAdaGrad, RowFtrl, RowGradients, RowOptimiser
from engine.recommenders.settings import Training

if TYPE_CHECKING:
    from torch import Tensor


@dataclass(frozen=True, slots=True)
class StepReport:
    """``loss``: the batch's mean. ``gradient``: ∂loss/∂θ. ``rows``: of every table the gradients of its rows."""

    loss: float
    gradient: Tensor
    rows: dict[WeightKey, RowGradients]


class Trainer:
    """Owns a network's optimiser state; ``step`` counts updates."""

    def __init__(self, network: RecommenderNetwork, training: Training) -> None:
        import torch

        self.network, self.training, self.step = network, training, 0
        self.squares = torch.full_like(network.theta, training.deep.initial)
        self.optimisers = {key: self._optimiser(key, table) for key, table in network.tables.items()}
        self._coalescers = {key: Coalescer(len(table), network.device) for key, table in network.tables.items()}

    def _optimiser(self, key: WeightKey, table: Tensor) -> RowOptimiser:
        if self.network.graph.block(key[0]).kind == "sparse_linear":
            return RowFtrl(table, self.training.wide)
        return RowAdaGrad(table, self.training.deep)

    def train(self, batch: Prepared) -> StepReport:
        """One step on a batch."""
        report = self.gradients(batch)
        self.update(report)
        return report

    def gradients(self, batch: Prepared) -> StepReport:
        """The batch's mean loss and its gradients; nothing is changed."""
        import torch

        network = self.network
        theta = network.theta.detach().requires_grad_()
        looked = network.look_up(batch)
        for one in looked.values():
            one.vectors.requires_grad_()
        z = network.forward(batch, looked, theta, MaskSource(self.training.seed, self.step))[0]
        loss = self._mean_loss(batch, z[len(network.plan.nodes) - 1])
        places = sorted(looked)
        grads = torch.autograd.grad(loss, [theta, *(looked[at].vectors for at in places)], materialize_grads=True,
                                    allow_unused=True)  # fmt: skip
        rows = {
            (network.plan.nodes[at].id, "W"): self._rows(network.plan.nodes[at].id, looked[at], grad)
            for at, grad in zip(places, grads[1:], strict=True)
        }
        return StepReport(float(loss.detach()), grads[0], rows)

    def _rows(self, block_id: str, looked: Looked, grad: Tensor) -> RowGradients:
        key = (block_id, "W")
        return self._coalescers[key].gradients(looked.lookups, grad.reshape(-1, self.network.tables[key].shape[1]))

    def _mean_loss(self, batch: Prepared, z: Tensor) -> Tensor:
        import torch

        end = self.network.plan.output
        assert isinstance(end.kind, EndKind)
        targets = torch.from_numpy(batch.targets).to(self.network.device)
        losses = end.kind.losses(end.params, z, targets)
        if batch.weights is None:
            return losses.mean()
        weights = torch.from_numpy(batch.weights).to(self.network.device)
        return (losses * weights).sum() / weights.sum()

    def update(self, report: StepReport) -> None:
        """Bring everything that has a gradient up to date."""
        settings = self.training.deep
        self.squares.addcmul_(report.gradient, report.gradient)
        self.network.theta.addcdiv_(report.gradient, self.squares.sqrt().add_(settings.guard), value=-settings.rate)
        for key, gradients in report.rows.items():
            self.optimisers[key].update(self.network.tables[key], gradients)
        self.step += 1
