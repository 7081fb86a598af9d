"""The candidates that a step of softmax over items is learned against: all of them, or a sample of the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.graph.kinds.sampled_softmax import SampledSoftmaxParams
from engine.problems import EngineError, declare
from engine.recommenders.model.lookups import Lookups

if TYPE_CHECKING:
    from torch import Tensor

NO_FREQUENCIES = declare(
    "recommender.no-frequencies",
    "Negatives drawn by frequency need to know how often each of the {items} items was watched; give {items} counts.",
)


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

    def candidates(self, table: Tensor, u: Tensor, targets: NDArray[np.int64], step: int) -> Candidates:
        """The logits of users' vectors ``u`` (rows, dimensions) whose next items are ``targets`` (rows,)."""
        if self._params.negatives == 0:
            return self._all(table, u, targets)
        return self._sampled(table, u, targets, self.negatives(step))

    def negatives(self, step: int) -> NDArray[np.int64]:
        """The items drawn for a step, with replacement, (negatives,)."""
        stream = np.random.Generator(np.random.Philox(key=self._seed, counter=[0, 0, 1, step]))
        drawn = np.searchsorted(self._ladder, stream.random(self._params.negatives), side="right")
        return np.minimum(drawn, self._params.items - 1)

    def _all(self, table: Tensor, u: Tensor, targets: NDArray[np.int64]) -> Candidates:
        import torch

        vectors = table.detach().requires_grad_()
        keys = torch.arange(len(table), device=self._device)
        return Candidates(u @ vectors.T, torch.from_numpy(targets).to(self._device), Lookups(keys), vectors)

    def _sampled(
        self, table: Tensor, u: Tensor, targets: NDArray[np.int64], negatives: NDArray[np.int64]
    ) -> Candidates:
        import torch

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
