"""Getting a device ready for a run: threads on the CPU, precision on CUDA."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from importlib import metadata

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


ASKING_SECONDS = 5.0


def gpu_name() -> str | None:
    """The GPU that a run on ``auto`` would take, as its driver calls it, found without loading torch; None where there
    is none that this build of torch can use. May take seconds."""
    if sys.platform == "darwin":
        return "Apple GPU" if platform.machine() == "arm64" else None
    asked = shutil.which("nvidia-smi")
    if asked is None or "+cpu" in metadata.version("torch"):
        return None
    try:
        found = subprocess.run(
            [asked, "--query-gpu=name", "--format=csv,noheader"],
            capture_output=True, text=True, check=True, timeout=ASKING_SECONDS,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return None
    return next((line.strip() for line in found.stdout.splitlines() if line.strip()), None)
