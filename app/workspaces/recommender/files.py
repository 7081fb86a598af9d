"""The files that the recommenders open."""

from __future__ import annotations

from pathlib import Path

from app.kit.translation import QT_TRANSLATE_NOOP
from app.workspaces.workspace import FileKind

PLAN = "plan.json"
RUNS = "recommenders"
"""The program's own folder in which runs are kept."""
CHECKPOINTS = FileKind(QT_TRANSLATE_NOOP("Files", "Trained recommender"), (".safetensors",))


def written_at(path: Path) -> int | None:
    """When a file was written, in nanoseconds since 1970; None where there is none."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return None
