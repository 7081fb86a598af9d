"""A batch that memory does not hold is worked through in parts, with the result of the whole.

Losses are means, so each part counts by its share of the batch's weight: Σ shareₚ · ∂lossₚ is the whole's gradient.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.graph.kinds.base import Array, MaskSource
from engine.problems import EngineError, Problem, declare
from engine.recommenders.model.prepared_rows import PreparedRows
from engine.recommenders.running.row_optimisers import RowGradients
from engine.recommenders.running.trainer import RecommenderTrainer, StepReport

if TYPE_CHECKING:
    from torch import Tensor

    from engine.network.plan import WeightKey

IN_PARTS = declare(
    "recommender.in-parts",
    "The device has too little memory for {rows} rows at once, so each batch is processed in {parts} parts, "
    "with the same results. A smaller batch_size would be faster.",
)
OUT_OF_MEMORY = declare(
    "recommender.out-of-memory",
    "The device's memory is full, and splitting the batch wouldn't help. Choose a smaller network or the CPU.",
)
NEEDS_THE_WHOLE = declare(
    "recommender.needs-the-whole-batch",
    "The device has too little memory for {rows} rows at once, and “{block}” needs the statistics of all of "
    "them. Choose a smaller batch_size or remove the batch normalisation.",
)


@dataclass(frozen=True)
class MicroBatchMasks(MaskSource):
    """The masks of rows ``begin`` and after of a batch of ``rows``, as the whole batch would draw them."""

    begin: int
    rows: int

    def keep(self, block_id: str, shape: tuple[int, int], rate: float) -> Array:
        """Those rows of the whole batch's mask."""
        whole = super().keep(block_id, (self.rows, shape[1]), rate)
        return whole[self.begin : self.begin + shape[0]]


def weight_of(batch: PreparedRows) -> float:
    """What the sum of a batch's losses is divided by to get their mean."""
    return float(batch.rows if batch.weights is None else batch.weights.sum(dtype=np.float64))


def gradients_in_parts(trainer: RecommenderTrainer, batch: PreparedRows, parts: int) -> StepReport:
    """What ``trainer.gradients`` says of the whole batch, but for the order of a table's rows and for rounding.

    Raises EngineError where batch normalisation makes a row's result depend on the others.
    """
    for node in trainer.network.plan.nodes:
        if node.kind.mixes_rows:
            raise EngineError(NEEDS_THE_WHOLE(rows=batch.rows, block=node.name))
    loss, gradient = 0.0, None
    rows: dict[WeightKey, RowGradients] = {}
    for some in np.array_split(np.arange(batch.rows), min(parts, batch.rows)):
        share, report = part_of_batch(trainer, batch, some)
        loss += share * report.loss
        gradient = report.gradient * share if gradient is None else gradient.add_(report.gradient, alpha=share)
        for key, found in report.rows.items():
            scaled = RowGradients(found.rows, found.values * share)
            rows[key] = merged([rows[key], scaled]) if key in rows else scaled
    assert gradient is not None
    return StepReport(loss, gradient, rows)


def part_of_batch(
    trainer: RecommenderTrainer, batch: PreparedRows, some: NDArray[np.int64]
) -> tuple[float, StepReport]:
    """A part's share of the batch's weight, and what the trainer says of it; ``some`` (n,): rows in rising order."""
    part = batch.take(some)
    share = weight_of(part) / weight_of(batch)
    if share == 0.0:  # its own mean would be 0 ÷ 0; its rows of tables are to be there all the same
        part = replace(part, weights=None)
    masks = trainer.masks()
    return share, trainer.gradients(part, MicroBatchMasks(masks.seed, masks.step, int(some[0]), batch.rows))


def merged(several: Iterable[RowGradients]) -> RowGradients:
    """The gradients of rows that several have: added up, each row once, in rising order."""
    import torch

    found = list(several)
    values = torch.cat([one.values for one in found])
    rows, places = torch.unique(torch.cat([one.rows for one in found]), return_inverse=True)
    sums: Tensor = torch.zeros(len(rows), values.shape[1], dtype=values.dtype, device=values.device)
    return RowGradients(rows, sums.index_add_(0, places, values))


class MicroBatching:
    """Gradients of whole batches, in twice as many parts each time that the device's memory has not been enough."""

    def __init__(self, trainer: RecommenderTrainer, notice: Callable[[Problem], None]) -> None:
        """``notice`` is told when batches begin to be worked through in (more) parts."""
        self._trainer, self._notice, self.parts = trainer, notice, 1

    def gradients(self, batch: PreparedRows) -> StepReport:
        """See :meth:`Trainer.gradients`. Raises EngineError when a single row is too much."""
        before = self.parts
        report = self._tried(batch)
        while report is None:
            if self.parts >= batch.rows:
                raise EngineError(OUT_OF_MEMORY())
            self.parts *= 2
            _give_back(self._trainer.network.device)
            report = self._tried(batch)
        if self.parts > before:
            self._notice(IN_PARTS(rows=batch.rows, parts=self.parts))
        return report

    def _tried(self, batch: PreparedRows) -> StepReport | None:
        """None when memory was not enough. The error is let go of here: it holds on to what fills the memory."""
        import torch

        try:
            if self.parts == 1:
                return self._trainer.gradients(batch)
            return gradients_in_parts(self._trainer, batch, self.parts)
        except torch.OutOfMemoryError:
            return None


def _give_back(device: str) -> None:
    import torch

    gc.collect()
    if device.startswith("cuda"):
        torch.cuda.empty_cache()
