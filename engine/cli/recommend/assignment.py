"""What a call of ``recommend train`` is to do: which run, from where on, and where it is kept."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from engine.cli.flags import given, listed
from engine.cli.outcome import UsageError
from engine.cli.recommend.choices import plan_of, run_choices, training_of
from engine.problems import EngineError, declare
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.running.checkpoints import Cursor, check_place_for, read, restore
from engine.recommenders.running.plan import RunPlan, read_plan
from engine.recommenders.running.run_folder import RunFolder
from engine.recommenders.running.settings import Training
from engine.recommenders.tasks.base import RecommenderTask, TaskKind
from engine.recommenders.tasks.data_change import DataChange, change_of_data
from engine.recommenders.tasks.known import task_kind, task_kinds
from engine.recommenders.tasks.opening import choice_in, kind_of, opened_as_planned, reopened

OTHER_KIND = declare(
    "recommend.other-kind-there",
    "“{path}” is a checkpoint of {found}. Choose another name for this one of {kind} so that it isn't overwritten.",
)


@dataclass(frozen=True, slots=True)
class Assignment:
    """``plan``: what is asked for, None where only a checkpoint is there to go on from. ``checkpoint``: to go on from,
    once it is there. ``folder``: the run's, if it has one, ``new`` if it is yet to be made. ``out``: where checkpoints
    are written."""

    kind: TaskKind[Any]
    training: Training
    device: str = "auto"
    every: int | None = None
    time_limit: float | None = None
    companions: bool = False
    plan: RunPlan | None = None
    checkpoint: Path | None = None
    folder: RunFolder | None = None
    new: bool = False
    out: Path | None = None

    def task(self, device: str) -> tuple[RecommenderTask, Cursor]:
        """The task on a device, brought to where it goes on. Raises EngineError."""
        if self.checkpoint is None or not self.checkpoint.exists():
            assert self.plan is not None
            return opened_as_planned(self.plan, device), Cursor()
        checkpoint = read(self.checkpoint)
        task = reopened(checkpoint, self.training, device, choice_in(checkpoint))
        return task, restore(checkpoint, task.trainer)

    def change(self) -> DataChange | None:
        """How the data differ from those that the checkpoint was trained on. Raises EngineError."""
        if self.checkpoint is None or not self.checkpoint.exists():
            return None
        checkpoint = read(self.checkpoint)
        return change_of_data(self.kind, checkpoint, choice_in(checkpoint))


def assigned(arguments: Namespace) -> Assignment:
    """What the arguments ask for.

    Raises UsageError for arguments that do not go together, and EngineError for files that cannot be read or written.
    """
    ways = [way for way in (arguments.model, arguments.plan, arguments.resume) if way is not None]
    if len(ways) != 1:
        known = listed([kind.key for kind in task_kinds()])
        raise UsageError(f"name a model ({known}), give all by --plan FILE, or go on with --resume FILE or FOLDER")
    _check_together(arguments)
    if arguments.out is not None:
        check_place_for(arguments.out)
    if arguments.resume is None:
        found = _of_new(arguments)
    else:
        folder = _resumed(arguments)
        found = _of_checkpoint(arguments) if folder is None else _of_folder(arguments, folder)
    if arguments.out is not None:
        _check_replaced(arguments.out, found.kind)
    return found


def _check_replaced(out: Path, kind: TaskKind[Any]) -> None:
    """Raise EngineError where a checkpoint of another kind lies that would be replaced."""
    try:
        there = kind_of(read(out))
    except EngineError:  # none is there, or one that nothing can be done with
        return
    if there is not kind:
        raise EngineError(OTHER_KIND(path=out.name, found=there.label, kind=kind.label))


def _resumed(arguments: Namespace) -> RunFolder | None:
    """The folder of the run that is to go on. Its own checkpoint stands for it, unless what comes of that is to be
    written elsewhere: the log is to have all of the run."""
    if arguments.resume is None or arguments.resume.is_dir():
        return None if arguments.resume is None else RunFolder(arguments.resume)
    folder = RunFolder(arguments.resume.parent)
    own = arguments.out is None and arguments.resume == folder.checkpoint and folder.plan.exists()
    return folder if own else None


def _check_together(arguments: Namespace) -> None:
    in_folder = arguments.run is not None or _resumed(arguments) is not None
    if arguments.resume is not None and arguments.run is not None:
        raise UsageError("--run is for a new run; --resume FOLDER goes on with one that is there")
    if in_folder and arguments.out is not None:
        raise UsageError("a run's folder keeps its checkpoint; leave --out away")
    if arguments.name is not None and (arguments.run is None or arguments.plan is not None):
        raise UsageError("--name is for a new run that flags ask for; give --run FOLDER, or rename one by “runs”")
    if arguments.companions and not in_folder and arguments.resume is not None:
        raise UsageError("companions are kept in a run's folder; leave --companions away")
    if arguments.resume is not None and arguments.graph is not None:
        raise UsageError("a run goes on with the network that it has; leave --graph away")
    if arguments.plan is not None and any(_said(arguments)):
        raise UsageError("--plan says all that is asked for; leave the other choices away")


def _said(arguments: Namespace) -> Iterator[bool]:
    """Whether something is chosen of data, model, training and run."""
    yield arguments.data is not None or arguments.graph is not None
    yield bool(run_choices(arguments))
    models: list[type[BaseModel]] = [RecommenderData, Training, *(kind.spec_type for kind in task_kinds())]
    yield from (bool(given(arguments, model)) for model in models)


def _of_new(arguments: Namespace) -> Assignment:
    plan = plan_of(arguments) if arguments.plan is None else read_plan(arguments.plan)
    if plan.companions and arguments.run is None:
        raise UsageError("companions are kept in a run's folder; give --run FOLDER")
    folder = None if arguments.run is None else RunFolder(arguments.run)
    out = arguments.out if folder is None else folder.checkpoint
    return Assignment(**_of_plan(plan), folder=folder, new=True, out=out)


def _of_folder(arguments: Namespace, folder: RunFolder) -> Assignment:
    """A run that is there, with what is given laid over its plan; from its checkpoint on, or from the beginning."""
    plan = folder.read_plan()
    plan = plan.model_copy(update={"training": training_of(arguments, plan.training), **run_choices(arguments)})
    return Assignment(**_of_plan(plan), checkpoint=folder.checkpoint, folder=folder, out=folder.checkpoint)


def _of_plan(plan: RunPlan) -> dict[str, Any]:
    shared = {name: getattr(plan, name) for name in ("training", "device", "every", "time_limit", "companions")}
    return {"plan": plan, "kind": task_kind(plan.model), **shared}


def _of_checkpoint(arguments: Namespace) -> Assignment:
    checkpoint = read(arguments.resume)
    training = training_of(arguments, checkpoint.training)
    out = arguments.out or arguments.resume
    kind = kind_of(checkpoint)
    return Assignment(kind, training, checkpoint=arguments.resume, out=out, **run_choices(arguments))
