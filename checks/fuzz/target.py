"""What a target declares: how it reads an input, and how inputs like it are changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from random import Random

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
"""Where children start: wherever whoever asks for them stands, they find this package."""
CORPUS = HERE / "corpus"
REGRESSIONS = HERE / "regressions"
FOUND = HERE / "found"

NAMES = ("network", "snapshot", "csv", "parquet", "checkpoint", "log", "link", "expression", "sheet")
"""Every target, a module of ``checks/fuzz/targets`` each."""

ENDED = ("abort-", "hang-", "memory-", "slow-")
"""What regressions are called that once ended the process, or did not let it go on: they are tried in a child."""

Mutator = Callable[[bytes, Random, Sequence[bytes]], bytes]
"""From an input, with what else is in the corpus, to a changed one."""


@dataclass(frozen=True, slots=True)
class Target:
    """``run`` reads an input as the program would, in a folder that is its own: EngineError is its only way to refuse.

    ``suffix``: of the file that an input is put into, empty for one that is a text and no file. ``largest``: bytes that
    mutations may come to. ``start``: what is done once, before any input. ``again``: what is run in place of ``run``
    where inputs are few: all that ``run`` would do with one input or another.
    """

    run: Callable[[bytes, Path], None]
    mutators: Sequence[Mutator]
    suffix: str = ""
    largest: int = 1 << 17
    start: Callable[[], None] | None = None
    again: Callable[[bytes, Path], None] | None = None


def target_of(name: str) -> Target:
    """The target of this name."""
    found: Target = import_module(f"checks.fuzz.targets.{name}").TARGET
    return found


def seeds_of(name: str) -> list[bytes]:
    """The corpus of a target, and all that was once found in it, but for what would take the time of all others."""
    return [path.read_bytes() for path in inputs_of(name) if not path.name.startswith(ENDED)]


def inputs_of(name: str) -> list[Path]:
    """Where these are."""
    return [path for folder in (CORPUS, REGRESSIONS) for path in sorted((folder / name).glob("*")) if path.is_file()]
