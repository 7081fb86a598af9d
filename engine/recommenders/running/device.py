"""Getting a device ready for a run: threads and memory on the CPU, precision on CUDA."""

from __future__ import annotations

import ctypes
import os
import platform
import shutil
import subprocess
import sys
from importlib import metadata

from engine.problems import EngineError, declare
from engine.recommenders.running.settings import Training

NO_BF16 = declare(
    "recommender.no-bf16", "bf16 needs a CUDA device that supports it; this run is on {device}. Choose fp32."
)

KEPT = 1 << 28
"""Bytes up to which a block of memory that is freed is kept for the next step."""
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3  # of mallopt(3)


def ready(training: Training, device: str) -> None:
    """Say what torch is to do on this device, before the first step.

    Several threads on a machine with few free processors can be a hundred times slower than one, so the CPU gets one
    unless ``OMP_NUM_THREADS`` asks for more. Raises EngineError for bf16 where there is none.
    """
    import torch

    if device == "cpu":
        keep_freed_memory()
        if "OMP_NUM_THREADS" not in os.environ:
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


def keep_freed_memory() -> bool:
    """Let the C library keep the large blocks that a step frees, for the next one to take; whether it can.

    glibc gives blocks beyond 32 MiB back at once, and the system clears each page of what it hands out anew: for a
    softmax over the 9,000 films of MovieLens, two fifths of a step's time. What is computed stays the same to the bit.
    """
    if sys.platform != "linux":
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # musl has none
    return mallopt is not None and all(mallopt(what, KEPT) == 1 for what in (_M_MMAP_THRESHOLD, _M_TRIM_THRESHOLD))
