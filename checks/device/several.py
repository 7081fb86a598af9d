"""Several processes under torchrun, by NCCL on GPUs and by gloo on the CPU: they learn what one process does."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from checks.device.absent import away
from checks.device.findings import Finding, at_most, failed, is_so, left_out
from checks.device.numbers import farthest
from checks.device.place import Place
from checks.device.rows_by_torch import as_there
from checks.device.runs import learned, settings
from checks.device.training import CALM, EACH
from checks.device.worker import LONGEST as LONGEST_OF_ONE
from checks.device.worlds import WORLDS

LONGEST = LONGEST_OF_ONE + 20.0
"""Seconds after which the launcher is taken to hang."""
ROOT = Path(__file__).resolve().parents[2]


def check(place: Place) -> Iterator[Finding]:
    """Wide & Deep by two processes, or by one where there is but one GPU: NCCL gives a GPU to one process alone."""
    import torch

    if place.kind == "mps":
        yield left_out("torchrun", "torch.distributed has no backend for MPS.")
        return
    processes = min(2, torch.cuda.device_count()) if place.kind == "cuda" else 2
    backend = "NCCL" if place.kind == "cuda" else "gloo"
    if processes < 2:
        yield left_out("two processes by NCCL", "There is one GPU; what follows is NCCL's calls within one process.")
    found = _trained(place, processes)
    if isinstance(found, str):
        yield failed(f"{processes} by {backend}", found)
        return
    with as_there(place.device):
        training = settings(place.batch).model_copy(update={"deep": CALM})
        alone = learned(WORLDS["wide-deep"](place.size), place.device, training)
    what = f"{processes} by {backend}"
    yield is_so(f"{what}: all took part", found["processes"] == processes)
    yield at_most(f"{what}: each loss, against one process", farthest(np.array(found["losses"]), alone.losses),
                  EACH["fp32"], note=f"{len(alone.losses)} steps")  # fmt: skip
    yield is_so(f"{what}: what the first has found, all know", found["agreed"] == {"rank of the first": 0.0})


def _trained(place: Place, processes: int) -> dict[str, Any] | str:
    """What the last process has written, or why there is nothing."""
    name = "cuda" if place.kind == "cuda" else "cpu"
    with TemporaryDirectory(prefix="neuroloom-device-") as folder:
        out = Path(folder, "found.json")
        command = [
            sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", str(processes),
            "-m", "checks.device.worker", str(out), name, str(place.batch), json.dumps(asdict(place.size)),
            json.dumps(away()),
        ]  # fmt: skip
        try:
            done = subprocess.run(
                command, cwd=ROOT, capture_output=True, text=True, timeout=min(LONGEST, max(5.0, place.seconds_left))
            )
        except subprocess.TimeoutExpired as error:
            return f"The processes had not ended after {error.timeout:.0f} s."
        if done.returncode or not out.exists():
            return f"torchrun ended with {done.returncode}: {done.stderr.strip()[-1500:]}"
        document: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
        return document
