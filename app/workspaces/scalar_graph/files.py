"""The files of the workspace: expressions with their inputs."""

from __future__ import annotations

from app.kit.translation import QT_TRANSLATE_NOOP
from app.workspaces.workspace import FileKind
from engine.formats.kind import holds

EXPRESSIONS = FileKind(QT_TRANSLATE_NOOP("Files", "Expression"), (".loom",))
reads = holds("neuroloom-expression")
