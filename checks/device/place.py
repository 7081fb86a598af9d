"""Where a check computes, how large its networks are, and until when it may go on."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic

from checks.device.worlds import Size


@dataclass(frozen=True, slots=True)
class Place:
    """``device``: torch's name of it. ``size``: of the networks that are held to the CPU's, in batches of ``batch``.
    ``until``: the moment (of :func:`time.monotonic`) at which everything has to be done."""

    device: str
    size: Size
    batch: int
    until: float

    @property
    def kind(self) -> str:
        """``cuda``, ``mps`` or ``cpu``."""
        return self.device.partition(":")[0]

    @property
    def seconds_left(self) -> float:
        """Until everything has to be done."""
        return self.until - monotonic()

    def settle(self) -> None:
        """Wait until the device has done everything that it was given."""
        import torch

        if self.kind == "cuda":
            torch.cuda.synchronize(self.device)
        elif self.kind == "mps":
            torch.mps.synchronize()
