"""The inputs that each reached something new, and what is made of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from random import Random

from checks.fuzz.mutators.havoc import havoc
from checks.fuzz.target import Target

_LOOKED_AT = 6


@dataclass(slots=True)
class Entry:
    """An input, and how often others were made of it."""

    content: bytes
    chosen: int = 0


class Pool:
    """Kept in a folder, so that a child that takes another's place goes on with it."""

    def __init__(self, target: Target, folder: Path, rng: Random) -> None:
        self._target, self._folder, self._rng = target, folder, rng
        self.entries: list[Entry] = []

    def kept(self) -> list[bytes]:
        """What others before have put into the folder."""
        return [path.read_bytes() for path in sorted(self._folder.glob("*"))]

    def add(self, content: bytes, *, keep: bool) -> None:
        """Take an input in; ``keep``: it is new."""
        self.entries.append(Entry(content))
        if keep:
            (self._folder / f"{len(list(self._folder.iterdir())):06d}").write_bytes(content)

    def made(self) -> bytes:
        """A new input, from one of those from which the fewest were made."""
        rng = self._rng
        looked_at = [rng.choice(self.entries) for _ in range(_LOOKED_AT)]
        entry = min(looked_at, key=lambda one: one.chosen) if rng.random() < 0.7 else looked_at[0]
        entry.chosen += 1
        content = entry.content
        for _ in range(rng.choice((1, 1, 1, 2, 4))):
            content = self._changed(content)[: self._target.largest]
        return content

    def _changed(self, content: bytes) -> bytes:
        rng = self._rng
        others = [entry.content for entry in rng.sample(self.entries, min(3, len(self.entries)))]
        try:
            return rng.choice(self._target.mutators)(content, rng, others)
        except (RecursionError, MemoryError):  # of what other changes have made too deep or too large
            return havoc(content, rng, others)
