"""The named data sets, and loading whatever the document's data choice says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from engine.data.choice import DataChoice
from engine.data.dataset import Dataset, Task
from engine.data.points import load_points
from engine.data.problems import SET_UNKNOWN
from engine.data.real import REAL_SETS, load_real
from engine.data.sampling import Limits, Watch
from engine.data.toys import TOY_SETS, load_toy
from engine.problems import EngineError

if TYPE_CHECKING:
    from engine.data.files import FileSummary

_TOYS = {toy.key: toy for toy in TOY_SETS}
_REALS = {real.key: real for real in REAL_SETS}


@dataclass(frozen=True, slots=True)
class DatasetEntry:
    """A named data set as the catalogue lists it; ``samples`` is the default for toy sets, the size for real
    ones.
    """

    key: str
    title: str
    task: Task
    kind: Literal["toy", "real"]
    description: str
    samples: int
    source: str
    is_first: bool = False
    """Among those that are shown before one asks for more."""


def catalogue() -> tuple[DatasetEntry, ...]:
    """Every named data set, toy sets first."""
    toy_samples = DataChoice().samples
    return (
        *(
            DatasetEntry(t.key, t.title, t.task, "toy", t.description, toy_samples, t.source, t.is_first)
            for t in TOY_SETS
        ),
        *(DatasetEntry(r.key, r.title, r.task, "real", r.description, r.rows, r.source) for r in REAL_SETS),
    )


def load(
    choice: DataChoice,
    *,
    limits: Limits | None = None,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Dataset:
    """The data set of ``choice``; the same choice (and file) gives the same numbers.

    ``progress`` is told the share done, ``cancelled`` asked whether to stop, while a file is read (in the
    calling thread). Raises EngineError where there is nothing to learn from, or the loading was cancelled.
    """
    if choice.source == "points":
        return load_points(choice)
    if choice.source == "file":
        from engine.data.files import load_file  # polars is imported only for files

        return load_file(choice, limits or Limits(), Watch(choice.path or "", progress, cancelled))
    if choice.name in _TOYS:
        return load_toy(_TOYS[choice.name], choice)
    if choice.name in _REALS:
        return load_real(_REALS[choice.name], choice)
    raise EngineError(SET_UNKNOWN(name=choice.name, known=", ".join([*_TOYS, *_REALS])))


def inspect(
    choice: DataChoice,
    *,
    limits: Limits | None = None,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> FileSummary:
    """What the columns of the choice's file hold, for choosing target and inputs. Raises EngineError like
    load.
    """
    from engine.data.files import inspect_file

    return inspect_file(choice, limits or Limits(), Watch(choice.path or "", progress, cancelled))
