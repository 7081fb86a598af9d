"""The halves that were trained beside a joint model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.workspaces.recommender.explain.content import DEEP, WIDE
from app.workspaces.recommender.files import written_at
from engine.recommenders.running.run_folder import RunFolder


def companions_of(checkpoint: Path) -> Mapping[str, Path]:
    """Checkpoints of the halves in the run's own folder, by part; what is not there yet is absent."""
    folder = RunFolder(checkpoint.parent).companions
    places = {part: folder / f"{part}.safetensors" for part in (WIDE, DEEP)}
    return {part: path for part, path in places.items() if path.exists()}


@dataclass(frozen=True, slots=True)
class Halves:
    """Checkpoints beside a joint model, by part, as they were written when it was opened: what has been trained on
    since is not of the same age, and stands beside it no more."""

    paths: Mapping[str, Path] = field(default_factory=dict)
    written: Mapping[str, int | None] = field(default_factory=dict)

    @classmethod
    def of(cls, paths: Mapping[str, Path]) -> Halves:
        """These, as they are now."""
        return cls(paths, {part: written_at(path) for part, path in paths.items()})

    @property
    def same(self) -> Mapping[str, str]:
        """The paths of those that are as they were."""
        return {part: str(path) for part, path in self.paths.items() if written_at(path) == self.written[part]}

    @property
    def trained_on(self) -> bool:
        """Whether any has been written anew."""
        return len(self.same) < len(self.paths)
