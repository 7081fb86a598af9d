"""Getting a device ready for a run: threads on the CPU, precision on CUDA."""

from __future__ import annotations

import os

from engine.problems import EngineError, declare
from engine.recommenders.running.settings import Training

NO_BF16 = declare(
    "recommender.no-bf16", "bf16 needs a CUDA device that computes in it, and this run is on {device}; choose fp32."
)


def ready(training: Training, device: str) -> None:
    """Say what torch is to do on this device, before the first step.

    Several threads on a machine with few free processors can be a hundred times slower than one, so the CPU gets one
    unless ``OMP_NUM_THREADS`` asks for more. Raises EngineError for bf16 where there is none.
    """
    import torch

    if device == "cpu" and "OMP_NUM_THREADS" not in os.environ:
        torch.set_num_threads(1)
    if training.precision == "bf16" and not (device.startswith("cuda") and torch.cuda.is_bf16_supported()):
        raise EngineError(NO_BF16(device=device))
