"""What an example is: a network, the thought that it shows, and the note that stays beside it while it is open.

Every text is a source string of the context ``Gallery``, translated where it is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

import assets
from app.kit.translation import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from engine.formats.base import NetworkFile
    from engine.graph.model import NetworkGraph
    from engine.training.watching import Condition


@dataclass(frozen=True, slots=True)
class ExampleGroup:
    """Some examples under one heading, with a line that says what they have in common."""

    key: str
    title: str
    line: str


GROUPS = (
    ExampleGroup(
        "first", QT_TRANSLATE_NOOP("Gallery", "First steps"), QT_TRANSLATE_NOOP("Gallery", "from one line to a spiral")
    ),
    ExampleGroup(
        "trouble",
        QT_TRANSLATE_NOOP("Gallery", "Trouble and cures"),
        QT_TRANSLATE_NOOP("Gallery", "open the pair, compare, cure"),
    ),
    ExampleGroup(
        "value", QT_TRANSLATE_NOOP("Gallery", "A number, not a class"), QT_TRANSLATE_NOOP("Gallery", "regression")
    ),
    ExampleGroup(
        "real", QT_TRANSLATE_NOOP("Gallery", "Real data"), QT_TRANSLATE_NOOP("Gallery", "measured, not made up")
    ),
)


@dataclass(frozen=True, slots=True)
class ExampleWatch:
    """One thing to watch for; ``condition`` makes what decides whether a snapshot shows it. ``changed``: it counts on a
    network that the person has changed as well."""

    text: str
    condition: Callable[[], Condition]
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One thing to change next: an edit of the graph, of settings or of the data, or another example to open."""

    text: str
    tip: str
    graph: Callable[[NetworkGraph], NetworkGraph] | None = None
    hyper: Mapping[str, object] = field(default_factory=dict)
    data: Mapping[str, object] = field(default_factory=dict)
    opens: str = ""


def worded_example(text: str) -> str:
    """A text of an example in the window's language."""
    return QCoreApplication.translate("Gallery", text) if text else ""


@dataclass(frozen=True)
class Example:
    """One example. ``idea`` is its card's one thought; ``note`` two sentences; ``formula`` mathtext; ``words`` more to
    find it by. ``fresh``: it opens at epoch 0, without the weights of its file, which only its card shows: where
    watching is the lesson."""

    key: str
    group: str
    title: str
    idea: str
    note: str
    watch: tuple[ExampleWatch, ...]
    why: str
    formula: str
    changes: tuple[Change, ...]
    words: str = ""
    fresh: bool = True

    @property
    def path(self) -> Path:
        """Its file."""
        return assets.path(f"networks/{self.key}.loom")

    @cached_property
    def content(self) -> NetworkFile:
        """What its file holds, trained. Raises EngineError."""
        from engine.formats.loom import read_network_file

        return read_network_file(self.path)

    @property
    def opening(self) -> NetworkFile:
        """What opening it puts on the canvas. Raises EngineError."""
        return replace(self.content, weights={}, progress=None) if self.fresh else self.content
