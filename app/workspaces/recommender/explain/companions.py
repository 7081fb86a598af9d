"""The halves that were trained beside a joint model."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from app.workspaces.recommender.explain.content import DEEP, WIDE
from engine.recommenders.running.run_folder import RunFolder


def companions_of(checkpoint: Path) -> Mapping[str, Path]:
    """Checkpoints of the halves in the run's own folder, by part; what is not there yet is absent."""
    folder = RunFolder(checkpoint.parent).companions
    places = {part: folder / f"{part}.safetensors" for part in (WIDE, DEEP)}
    return {part: path for part, path in places.items() if path.exists()}
