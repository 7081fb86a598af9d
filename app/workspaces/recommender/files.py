"""The files that the recommenders open."""

from __future__ import annotations

from app.kit.translation import QT_TRANSLATE_NOOP
from app.workspaces.workspace import FileKind

PLAN = "plan.json"
RUNS = "recommenders"
"""The program's own folder in which runs are kept."""
CHECKPOINTS = FileKind(QT_TRANSLATE_NOOP("Files", "Trained recommender"), (".safetensors",))
