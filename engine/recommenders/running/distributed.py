"""Several processes, on one machine or more, train one network: each works through its part of every batch.

All of them hold the same parameters and draw the same batches, masks and negatives, for these depend on the seed and
the step's number alone. After its part each one sends what it found: the gradient of θ and the loss are summed, and of
the tables the rows that were looked up are exchanged as (row, value) pairs, since NCCL reduces no sparse tensors. Sums
are taken before AdaGrad squares them, and every loss is divided by the whole batch's weight, so that the update is the
one which a single process would have made of the whole batch, but for the order in which floats are added.

θ is one vector, so one ``all_reduce`` is all that torch's DistributedDataParallel would do, without its wrapper.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING

import numpy as np

from engine.problems import EngineError, declare
from engine.recommenders.model.prepared_rows import PreparedRows
from engine.recommenders.running.micro_batches import merged, part_of_batch
from engine.recommenders.running.row_optimisers import RowGradients
from engine.recommenders.running.run import StopFlag
from engine.recommenders.running.trainer import RecommenderTrainer, StepReport

if TYPE_CHECKING:
    from torch import Tensor

NOT_APART = declare(
    "recommender.not-apart",
    "“{block}” needs the statistics of the whole batch, which no single one of several processes has. Remove "
    "it, or train in one process.",
)
TOO_MANY_PROCESSES = declare(
    "recommender.too-many-processes",
    "A batch of {rows} rows cannot be shared by {processes} processes; choose a larger batch size or fewer processes.",
)


class Fleet:
    """The processes that ``torchrun`` has started; a context manager. ``rank`` 0 is the one that writes and tells."""

    def __init__(self, device: str) -> None:
        self.device, self.rank, self.size = device, int(os.environ["RANK"]), int(os.environ["WORLD_SIZE"])

    def __enter__(self) -> Fleet:
        import torch
        import torch.distributed as dist

        on_cuda = self.device.startswith("cuda")
        if on_cuda:
            torch.cuda.set_device(self.device)  # else each process also takes memory of the first GPU
        dist.init_process_group("nccl" if on_cuda else "gloo")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        import torch.distributed as dist

        dist.destroy_process_group()

    def agreed(self, stop: StopFlag) -> StopFlag:
        """The same wish to stop for all processes: what one of them wants, all do after the same step."""
        return _Agreed(stop, self.device)

    def figures(self, evaluate: Callable[[], Mapping[str, float]]) -> dict[str, float]:
        """What the first process has found, for all: they stop by it, and must not differ in a last digit."""
        import torch
        import torch.distributed as dist

        found = evaluate()
        values = torch.tensor(list(found.values()), dtype=torch.float64, device=self.device)
        dist.broadcast(values, 0)
        return dict(zip(found, values.tolist(), strict=True))

    def gradients(self, trainer: RecommenderTrainer, batch: PreparedRows) -> StepReport:
        """What ``trainer.gradients`` would say of the whole batch, each process having done a part of it."""
        if batch.rows < self.size:
            raise EngineError(TOO_MANY_PROCESSES(rows=batch.rows, processes=self.size))
        mine = np.array_split(np.arange(batch.rows), self.size)[self.rank]
        share, report = part_of_batch(trainer, batch, mine)
        loss, gradient = self._summed(report.loss * share, report.gradient * share)
        rows = {key: self._exchanged(found, share) for key, found in sorted(report.rows.items())}
        return StepReport(loss, gradient, rows)

    def _summed(self, loss: float, gradient: Tensor) -> tuple[float, Tensor]:
        import torch
        import torch.distributed as dist

        both = torch.cat([gradient, gradient.new_tensor([loss])])
        dist.all_reduce(both)
        return float(both[-1]), both[:-1]

    def _exchanged(self, found: RowGradients, share: float) -> RowGradients:
        """Everybody's rows and values, added up; shorter lists are filled up for the exchange."""
        import torch

        counts = self._gathered(torch.tensor([len(found.rows)], device=found.rows.device))
        longest = int(max(int(count) for count in counts))
        rows = self._gathered(_filled(found.rows, longest))
        values = self._gathered(_filled(found.values * share, longest))
        return merged(
            RowGradients(some[: int(count)], numbers[: int(count)])
            for some, numbers, count in zip(rows, values, counts, strict=True)
        )

    def _gathered(self, tensor: Tensor) -> list[Tensor]:
        import torch
        import torch.distributed as dist

        found = [torch.empty_like(tensor) for _ in range(self.size)]
        dist.all_gather(found, tensor.contiguous())
        return found


class _Agreed:
    """See :meth:`Fleet.agreed`. Every process has to ask equally often."""

    def __init__(self, stop: StopFlag, device: str) -> None:
        self._stop, self._device = stop, device

    def is_set(self) -> bool:
        """Whether any process's own flag is set."""
        import torch
        import torch.distributed as dist

        wish = torch.tensor([int(self._stop.is_set())], device=self._device)
        dist.all_reduce(wish, op=dist.ReduceOp.MAX)
        return bool(wish.item())


def started_by_torchrun() -> bool:
    """Whether this process is one of several."""
    return int(os.environ.get("WORLD_SIZE", "1")) > 1


def device_of_rank(device: str) -> str:
    """The process's own GPU where the run is on CUDA."""
    return f"cuda:{os.environ.get('LOCAL_RANK', '0')}" if device == "cuda" else device


def check_apart(trainer: RecommenderTrainer) -> None:
    """Raises EngineError for a network whose rows cannot be worked through in different processes."""
    for node in trainer.network.plan.nodes:
        if node.kind.mixes_rows:
            raise EngineError(NOT_APART(block=node.name))


def _filled(tensor: Tensor, length: int) -> Tensor:
    """The tensor with zeros behind it, up to a length."""
    import torch

    return torch.cat([tensor, tensor.new_zeros((length - len(tensor), *tensor.shape[1:]))])
