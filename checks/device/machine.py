"""What there is to compute on, and how torch is set: facts for the head of the table."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping


def accelerator() -> str | None:
    """The device that a run on ``auto`` takes, by torch's name; None where that is the CPU."""
    from engine.network.torch_backend import resolve_device

    found = resolve_device("auto")
    return None if found == "cpu" else found


def facts(device: str | None) -> dict[str, object]:
    """Versions and settings, by their names."""
    import numpy
    import torch

    found: dict[str, object] = {
        "device": device or "none",
        "python": platform.python_version(),
        "numpy": numpy.__version__,
        "torch": torch.__version__,
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "torch's threads on the CPU": torch.get_num_threads(),
        "float32 products": f"{torch.get_float32_matmul_precision()} ({_TF32[torch.get_float32_matmul_precision()]})",
        "deterministic algorithms": torch.are_deterministic_algorithms_enabled(),
    }
    return found | (_of_cuda(device) if device is not None and device.startswith("cuda") else {}) | _of_mps(device)


_TF32: Mapping[str, str] = {"highest": "no TF32", "high": "TF32", "medium": "bf16"}


def _of_cuda(device: str) -> dict[str, object]:
    import torch
    import torch.distributed as dist

    card = torch.cuda.get_device_properties(device)
    nccl = dist.is_available() and dist.is_nccl_available()
    return {
        "GPU": card.name,
        "GPUs": torch.cuda.device_count(),
        "compute capability": f"{card.major}.{card.minor}",
        "GPU memory": f"{card.total_memory / 2**30:.1f} GiB",
        "CUDA of torch": torch.version.cuda or f"none; HIP {torch.version.hip}",
        "NCCL": ".".join(str(number) for number in torch.cuda.nccl.version()) if nccl else "none",
        "CUBLAS_WORKSPACE_CONFIG": os.environ.get("CUBLAS_WORKSPACE_CONFIG", "not set"),
    }


def _of_mps(device: str | None) -> dict[str, object]:
    if device != "mps":
        return {}
    return {"GPU": "Apple, by MPS: no float64, no bf16 in the program, no processes of several"}
