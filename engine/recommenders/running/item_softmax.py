"""What a step of softmax over items is learned against: a sample of the others, or all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.graph.kinds.sampled_softmax import SampledSoftmax, SampledSoftmaxParams
from engine.problems import EngineError, declare
from engine.recommenders.model.lookups import Lookups
from engine.recommenders.model.network import Looked
from engine.recommenders.running.whole_softmax import whole_losses

if TYPE_CHECKING:
    from torch import Tensor

NO_FREQUENCIES = declare(
    "recommender.no-frequencies",
    "Negatives drawn by frequency need to know how often each of the {items} items was watched; give {items} counts.",
)

_KIND = SampledSoftmax()


@dataclass(frozen=True, slots=True)
class Candidates:
    """``logits`` (rows, candidates), ``places`` (rows,) of the true ones among them, and what has been looked up of the
    items' table: ``vectors`` (keys, dimensions), a leaf of the pass."""

    logits: Tensor
    places: Tensor
    lookups: Lookups
    vectors: Tensor


class ItemSoftmax:
    """Draws negatives by counter: those of a step depend on the seed and the step's number alone, on any machine."""

    def __init__(self, params: SampledSoftmaxParams, counts: NDArray[np.int64], seed: int, device: str) -> None:
        """``counts`` (items,): how often each item is a target in training. Raises EngineError for another number."""
        if len(counts) != params.items:
            raise EngineError(NO_FREQUENCIES(items=params.items))
        self._params, self._seed, self._device = params, seed, device
        weights = np.asarray(counts, float) if params.drawn_by == "frequency" else np.ones(params.items)
        shares = weights / (weights.sum() or 1.0)
        self._ladder = np.cumsum(shares)
        expected = np.maximum(params.negatives * shares, np.finfo(np.float32).tiny)
        self._log_q = np.log(expected).astype(np.float32) if params.log_q else np.zeros(params.items, np.float32)

    def losses(self, table: Tensor, u: Tensor, targets: NDArray[np.int64], step: int) -> tuple[Tensor, Looked]:
        """Each row's loss, (rows,), and what has been looked up of the items' table for it: a leaf of the pass.

        ``u`` (rows, dimensions): users' vectors, whose next items are ``targets`` (rows,).
        """
        if self._params.negatives == 0:
            return self._over_all(table, u, targets)
        found = self.candidates(table, u, targets, step)
        return _KIND.losses(self._params, found.logits, found.places), Looked(found.lookups, found.vectors)

    def negatives(self, step: int) -> NDArray[np.int64]:
        """The items drawn for a step, with replacement, (negatives,)."""
        stream = np.random.Generator(np.random.Philox(key=self._seed, counter=[0, 0, 1, step]))
        drawn = np.searchsorted(self._ladder, stream.random(self._params.negatives), side="right")
        return np.minimum(drawn, self._params.items - 1)

    def _over_all(self, table: Tensor, u: Tensor, targets: NDArray[np.int64]) -> tuple[Tensor, Looked]:
        import torch

        vectors = table.detach().requires_grad_()
        keys = torch.arange(len(table), device=self._device)
        losses = whole_losses(u, vectors, torch.from_numpy(targets).to(self._device))
        return losses, Looked(Lookups(keys), vectors)

    def candidates(self, table: Tensor, u: Tensor, targets: NDArray[np.int64], step: int) -> Candidates:
        """The logits of the true items and of those that are drawn for the step."""
        import torch

        negatives = self.negatives(step)
        rows = len(targets)
        keys = np.concatenate([targets, negatives])
        on_device = torch.from_numpy(keys).to(self._device)
        vectors = torch.nn.functional.embedding(on_device, table).detach().requires_grad_()
        log_q = torch.from_numpy(self._log_q[keys]).to(self._device)
        true = (u * vectors[:rows]).sum(dim=1, keepdim=True) - log_q[:rows, None]
        others = u @ vectors[rows:].T - log_q[rows:]
        hits = torch.from_numpy(targets[:, None] == negatives).to(self._device)  # by accident the true one was drawn
        logits = torch.cat([true, others.masked_fill(hits, -torch.inf)], dim=1)
        first = torch.zeros(rows, dtype=torch.int64, device=self._device)
        return Candidates(logits, first, Lookups(on_device), vectors)
