"""Finished runs as text, so that the file of an experiment keeps its curves."""

from __future__ import annotations

import base64
import json
import zipfile
from collections.abc import Sequence
from io import BytesIO

import numpy as np

from engine.gradients.experiment import Experiment
from engine.gradients.training import GradientRun
from engine.network.contract import NonFinite

LONGEST_RECORD = 1_500_000
"""Characters. Longer runs are not kept: they are trained again."""
MOST_UNPACKED = 64 * 1024 * 1024
ROWS = {"delta": True, "weight_gradient": True, "loss": False, "gradient": False, "moved": False}
"""The arrays of a run, and which of them have a column for each layer."""


def record_of(runs: Sequence[GradientRun | None]) -> str:
    """Return the runs of an experiment's networks, None where one has none; nothing where it would be too long."""
    if not any(runs):
        return ""
    arrays = {f"{n}-{name}": getattr(run, name) for n, run in enumerate(runs) if run is not None for name in ROWS}
    facts = [None if run is None else _facts_of(run) for run in runs]
    buffer = BytesIO()
    np.savez_compressed(buffer, facts=np.frombuffer(json.dumps(facts).encode(), dtype=np.uint8), **arrays)
    text = base64.b64encode(buffer.getvalue()).decode()
    return text if len(text) <= LONGEST_RECORD else ""


def _facts_of(run: GradientRun) -> dict[str, object]:
    dead = {step: layers for step, layers in enumerate(run.dead) if any(layers)}
    failure = run.failure and [run.failure.step, run.failure.block_id, run.failure.what]
    return {"failure": failure, "compiled": run.compiled, "constant": run.constant_loss, "dead": dead}


def runs_of(record: str, experiment: Experiment) -> list[GradientRun | None]:
    """Return the runs that were recorded of an experiment's networks. Raises ValueError where they are not its own."""
    try:
        data = base64.b64decode(record, validate=True)
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
                raise ValueError("too large")
        with np.load(BytesIO(data), allow_pickle=False) as arrays:
            facts = json.loads(arrays["facts"].tobytes())
            return [_run_of(arrays, n, facts[n], c.depth, experiment.steps)
                    for n, c in enumerate(experiment.configurations)]  # fmt: skip
    except Exception as error:  # a damaged archive fails in as many ways as there are readers in it
        raise ValueError("no record of these networks' runs") from error


def _run_of(
    arrays: np.lib.npyio.NpzFile, number: int, facts: dict[str, object], depth: int, steps: int
) -> GradientRun | None:
    if facts is None:
        return None
    values = {name: np.asarray(arrays[f"{number}-{name}"], dtype=np.float64) for name in ROWS}
    rows = len(values["moved"]) + 1
    failure = NonFinite(*facts["failure"]) if facts["failure"] else None  # type: ignore[misc]
    if rows - 1 > steps or (rows - 1 < steps and failure is None):
        raise ValueError("another number of steps")
    for name, is_wide in ROWS.items():
        if values[name].shape != ((rows, depth) if is_wide else (rows - (name == "moved"),)):
            raise ValueError("arrays of another shape")
    known = {int(step): layers for step, layers in dict(facts["dead"]).items()}  # type: ignore[call-overload]
    nothing = ((),) * depth
    dead = [tuple(tuple(int(unit) for unit in units) for units in known.get(step, nothing)) for step in range(rows)]
    if any(len(layers) != depth for layers in dead):
        raise ValueError("dead units of other layers")
    return GradientRun(
        **values,
        failure=failure,
        compiled=bool(facts["compiled"]),
        constant_loss=float(str(facts["constant"])),
        dead=dead,
    )
