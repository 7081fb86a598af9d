"""An interpreter in which some packages are not installed, as far as anybody can tell.

``python -m tests.hidden [ARGUMENT …]`` is the engine's command line without the packages of ``neuroloom[torch]``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from engine.extras import PACKAGES


class HidingFinder:
    """Finds what another finder finds, but for the hidden packages."""

    def __init__(self, finder: Any, hidden: frozenset[str]) -> None:
        self._finder, self._hidden = finder, hidden

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """As the other finder has it; None for a hidden package."""
        if name.partition(".")[0] in self._hidden:
            return None
        found: ModuleSpec | None = self._finder.find_spec(name, path, target)
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._finder, name)


def hide(names: Iterable[str] = PACKAGES) -> None:
    """From now on these packages cannot be found. To be called before any of them is imported."""
    hidden = frozenset(names)
    assert not hidden & set(sys.modules), "imported already"
    sys.meta_path[:] = [HidingFinder(finder, hidden) for finder in sys.meta_path]


if __name__ == "__main__":
    hide()
    from engine.cli.main import run

    sys.exit(run(sys.argv[1:]))
