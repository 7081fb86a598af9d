"""Models trained beside a run's own that say what its parts are worth: on the same rows, epoch by epoch with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from engine.problems import UNWRITABLE, EngineError, declare
from engine.recommenders.running.checkpoints import Checkpoint, Cursor, load, read, restore
from engine.recommenders.running.events import CompanionEpoch, Diverged, EpochEnded, Event, Noticed, noticed
from engine.recommenders.running.run import Run, StopFlag
from engine.recommenders.running.run_folder import PRIVATE, RunFolder
from engine.recommenders.tasks.base import RecommenderTask

COMPANION_ENDED = declare(
    "recommender.companion-ended",
    "“{name}”, trained alongside the run, was stopped ({reason}). The run itself continues.",
)
NO_COMPANIONS = declare(
    "recommender.no-companions",
    "No part of this model can be trained by itself; choose a model of several parts, or no companions.",
)


class Companion:
    """A model beside the run's own, with a checkpoint of its own."""

    def __init__(
        self, name: str, task: RecommenderTask, checkpoint: Path, emit: Callable[[Event], None], choose_by: str,
        stop: StopFlag | None = None,
    ) -> None:  # fmt: skip
        """Goes on from its checkpoint where there is one; raises EngineError where that is damaged or another's.
        ``choose_by``, ``stop``: as :class:`engine.recommenders.running.run.Run` has them."""
        self.name, self.task = name, task
        self._emit = emit
        self._ended = False
        self._run = Run(
            task.trainer, task.batches, task.training, task.document(), task.figures, self._take, checkpoint, stop=stop,
            choose_by=choose_by, withheld=task.withheld, rows=task.snapshot,
        )  # fmt: skip
        self._cursor = restore(read(checkpoint), task.trainer) if checkpoint.exists() else Cursor()

    def is_at(self, epochs: int) -> bool:
        """Whether it has been trained for so many epochs, or for as many as make it better, and can be judged."""
        done = self._cursor.epoch
        return not self._ended and done > 0 and (done >= epochs or self._run.is_over(self._cursor))

    def train_to(self, epochs: int) -> None:
        """Train it to the end of so many epochs, unless it is stopped before. One that diverges, or for which there is
        no room, is left: the run itself goes on."""
        if self._ended or self._cursor.epoch >= epochs:
            return
        try:
            self._cursor = self._run.go(self._cursor, epochs).cursor
        except EngineError as error:
            self._end(error.problem.sentence)

    def settle(self) -> bool:
        """Go back to its best epoch, where that is looked for; whether it can be judged. Raises EngineError."""
        ending = self._run.settle(self._cursor)
        self._cursor = ending.cursor
        return ending.how == "finished"

    def _take(self, event: Event) -> None:
        """What it says of itself, as the run that it stands beside says it."""
        if isinstance(event, EpochEnded):
            self._emit(CompanionEpoch(self.name, event.epoch, event.loss, event.metrics))
        elif isinstance(event, Diverged):
            self._end(event.sentence)
        elif isinstance(event, Noticed):
            self._emit(event)

    def _end(self, sentence: str) -> None:
        self._ended = True
        self._emit(noticed(COMPANION_ENDED(name=self.name, reason=sentence.rstrip("."))))


def companions_of(
    task: RecommenderTask, folder: Path, emit: Callable[[Event], None], choose_by: str, stop: StopFlag | None = None
) -> list[Companion]:
    """A task's companions, with their checkpoints in a folder, which is made where it is not there.

    Raises EngineError, also for a task that has none.
    """
    tasks = task.companions()
    if not tasks:
        raise EngineError(NO_COMPANIONS())
    try:
        folder.mkdir(mode=PRIVATE, exist_ok=True)
    except OSError as error:
        raise EngineError(UNWRITABLE(path=folder.name, reason=error.strerror or "error")) from error
    return [Companion(name, one, folder / f"{name}.safetensors", emit, choose_by, stop) for name, one in tasks.items()]


def trained_companions(checkpoint: Checkpoint, whole: RecommenderTask) -> Mapping[str, RecommenderTask]:
    """The companions in the folder of a run's checkpoint that have come as far as it; none for any other checkpoint.
    ``whole``: the task of the checkpoint, whose rows they are judged on. Raises EngineError for a damaged one."""
    folder = RunFolder(checkpoint.path.parent)
    if checkpoint.path != folder.checkpoint or not folder.companions.exists():
        return {}
    found = {}
    for name, task in whole.companions().items():
        place = folder.companions / f"{name}.safetensors"
        if place.exists() and _is_as_far(kept := read(place), checkpoint):
            load(kept, task.network)
            found[name] = task
    return found


def _is_as_far(companion: Checkpoint, whole: Checkpoint) -> bool:
    """Whether a companion can be judged beside the whole: one that looks for its best epoch, once that is found."""
    cursor = companion.cursor
    return cursor.stage == "done" or (cursor.best is None and cursor.epoch >= whole.cursor.epoch)
