"""The files that the recommenders open."""

from __future__ import annotations

from app.kit.translation import QT_TRANSLATE_NOOP
from app.workspaces.workspace import FileKind

PLAN = "plan.json"
CHECKPOINTS = FileKind(QT_TRANSLATE_NOOP("Files", "Trained recommender"), (".safetensors",))
