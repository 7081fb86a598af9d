"""From a choice of data to a task, and from a checkpoint back to one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from engine.data.problems import FILE_MISSING
from engine.graph.model import NetworkGraph
from engine.problems import EngineError, Word, declare
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.fingerprint import check_found, fingerprint_in, missing_file
from engine.recommenders.data.sources import Gives, Origin, data_source, data_sources
from engine.recommenders.running.checkpoints import Checkpoint, load, read
from engine.recommenders.running.plan import DAMAGED_PLAN, RunPlan
from engine.recommenders.running.run_folder import RunFolder
from engine.recommenders.running.settings import Training
from engine.recommenders.running.tensor_file import Stamp
from engine.recommenders.serving.asking import Askable
from engine.recommenders.tasks.base import Carried, RecommenderTask, Spec, TaskKind
from engine.recommenders.tasks.data_change import is_unchanged
from engine.recommenders.tasks.known import task_kind, task_kinds
from engine.validation import sentence_of

NOT_FOR_THIS = declare(
    "recommender.not-for-this", "{task} learns from {needs}, which “{source}” can't give; choose {choices}."
)
NEEDS: Mapping[Gives, Word] = {
    Gives.EXAMPLES: Word("rows with an outcome"),
    Gives.WATCHES: Word("who watched what and when"),
    Gives.IMPRESSIONS: Word("what was shown to whom and for how long it was watched"),
}
NOT_MOVED = declare("recommender.data-not-moved", "“{source}” isn't a file of yours, so there is nothing to locate.")
NEEDS_FILE = declare(
    "recommender.needs-file",
    "“{checkpoint}” doesn't carry its rows, and “{path}” as it was in training isn't there. Find that file.",
)
DRAFT_OF_TRAINING = declare(
    "recommender.draft-of-training",
    "Sizes and counts are those of the rows that this network was trained and tested on, as its checkpoint carries"
    " them.",
)
DRAFT_OF_FILE = declare(
    "recommender.draft-of-file",
    "Sizes and counts are those of “{path}” as it is now; this network was trained on what it held then, which its"
    " checkpoint doesn't carry.",
)
MOST_SPLIT = 2**63 - 1
"""Seeds of splits are whole numbers from 0 to this."""
NO_TASK = declare(
    "recommender.no-task", "“{path}” was not written by a training run of this program ({reason}); choose another."
)


def opened(
    kind: TaskKind[Any], data: RecommenderData, spec: Spec, training: Training, device: str = "cpu", split: int = 0,
    progress: Callable[[float], None] | None = None, graph: NetworkGraph | None = None,
) -> RecommenderTask:  # fmt: skip
    """A new task of a kind. ``progress`` is told the share of the data that is read, in the calling thread; ``graph``:
    trained in place of the template.

    Raises EngineError where the data cannot be read, or are not what the model learns from, or the graph does not fit.
    """
    _check_gives(kind, data)
    try:
        return kind.open(data, spec, training, device, split, progress, graph)
    except EngineError as error:
        if error.problem.code == FILE_MISSING.code:
            check_found(data)
        raise


def opened_as_planned(plan: RunPlan, device: str, progress: Callable[[float], None] | None = None) -> RecommenderTask:
    """A new task, as a run's plan has it, on a device that is there. Raises EngineError as :func:`opened` does, and for
    a plan whose spec is none of its model."""
    kind = task_kind(plan.model)
    spec = _spec_of(kind, plan)
    return opened(kind, plan.data, spec, plan.training, device, plan.data.seed, progress, plan.graph)


def drafted(
    plan: RunPlan, progress: Callable[[float], None] | None = None, trained: Checkpoint | None = None
) -> Askable[Any]:
    """What a plan would train, open to questions before it does. ``trained``: a checkpoint of the same plan, whose
    rows are read where the file of the data isn't there or has changed since; the draft's ``notice`` then says so.

    Raises EngineError as :func:`opened_as_planned` does, but for a graph that does not fit.
    """
    kind = task_kind(plan.model)
    spec = _spec_of(kind, plan)
    _check_gives(kind, plan.data)
    carried = None if trained is None else carried_by(trained)
    if carried is None:
        check_found(plan.data)
    found = kind.draft(plan.data, spec, plan.data.seed, progress, plan.graph, carried)
    if trained is not None and not is_unchanged(kind, trained, plan.data):
        assert plan.data.path is not None
        found.opened.notice = DRAFT_OF_FILE(path=plan.data.path.name) if carried is None else DRAFT_OF_TRAINING()
    return found


def carried_by(checkpoint: Checkpoint) -> Carried | None:
    """The data of the training that wrote a checkpoint; None where it doesn't carry their rows."""
    rows = checkpoint.rows()
    return None if rows is None else Carried(checkpoint.model, rows)


def _spec_of(kind: TaskKind[Any], plan: RunPlan) -> Spec:
    try:
        spec: Spec = kind.spec_type.model_validate(plan.spec)
    except ValidationError as error:
        reason = sentence_of(error).sentence.rstrip(".")
        raise EngineError(DAMAGED_PLAN(path=plan.name, reason=reason)) from None
    return spec


def kind_of(checkpoint: Checkpoint) -> TaskKind[Any]:
    """The kind of the task that wrote a checkpoint. Raises EngineError where there is none."""
    try:
        key = checkpoint.model["task"]
    except (KeyError, TypeError):
        raise EngineError(NO_TASK(path=checkpoint.path.name, reason="it names no recommender")) from None
    known = [kind for kind in task_kinds() if kind.key == key]
    if not known:
        raise EngineError(NO_TASK(path=checkpoint.path.name, reason=f"“{key}” is unknown"))
    return known[0]


def choice_in(checkpoint: Checkpoint, paths: Sequence[Path] = ()) -> RecommenderData:
    """The data that a checkpoint was trained on, where the plan of its run says that they are; ``paths``: where their
    files are by now, see :func:`moved`.

    Raises EngineError where it names none, and for a path where they were no file.
    """
    try:
        data = RecommenderData.model_validate(checkpoint.model.get("data"))
    except ValidationError as error:
        raise EngineError(NO_TASK(path=checkpoint.path.name, reason=sentence_of(error).sentence.rstrip("."))) from None
    planned = None if data.path is None else _planned_data(checkpoint.path)
    if planned is not None and planned.path is not None:
        data = _placed(data, planned.path, planned.items_file or planned.path)
    for path in paths:
        data = moved(data, path)
    return data


def _planned_data(checkpoint: Path) -> RecommenderData | None:
    """The data of the run that a checkpoint or a companion's lies in; None where there is no such run."""
    for folder in (RunFolder(checkpoint.parent), RunFolder(checkpoint.parent.parent)):
        if checkpoint in (folder.checkpoint, folder.companions / checkpoint.name):
            with suppress(EngineError):
                return folder.read_plan().data
    return None


def moved(data: RecommenderData, path: Path) -> RecommenderData:
    """The same choice, one file of which lies at another path: the table of items where it alone is missing, else the
    data themselves. A table of items that is missing too is looked for beside them. Raises EngineError where the choice
    is no file's."""
    if data.path is None:
        raise EngineError(NOT_MOVED(source=data_source(data.source).label))
    items = data.items_file
    if items is None:
        return _placed(data, path, path)
    if path in (data.path, items):
        return data
    if missing_file(data) == items:
        return _placed(data, data.path, path)
    found, beside = _placed(data, path, items), _placed(data, path, path.with_name(items.name))
    return beside if missing_file(found) == items and missing_file(beside) is None else found


def _placed(data: RecommenderData, path: Path, items: Path) -> RecommenderData:
    table = None if data.item_table is None else data.item_table.model_copy(update={"path": items})
    return data.model_copy(update={"path": path, "item_table": table})


def reopened(
    checkpoint: Checkpoint, training: Training | None = None, device: str = "cpu", data: RecommenderData | None = None
) -> RecommenderTask:
    """The task that wrote a checkpoint, its network as it began, on the rows that the checkpoint carries; ``data``: the
    choice of data, where another one than the checkpoint's says by now where the file is.

    Raises EngineError for a checkpoint without a task, as :func:`opened` does, and where the rows have to be read from
    a file that is not the one of its training.
    """
    kind, kept = kind_of(checkpoint), checkpoint.model
    if "model" not in kept:
        raise EngineError(NO_TASK(path=checkpoint.path.name, reason="it holds no model"))
    split = kept.get("split", 0)
    if type(split) is not int or not 0 <= split <= MOST_SPLIT:
        raise EngineError(NO_TASK(path=checkpoint.path.name, reason="its split is not the number of one"))
    data = data or choice_in(checkpoint)
    _check_gives(kind, data)
    rows = checkpoint.rows()
    if rows is None:
        _check_file(checkpoint, data)
    return kind.reopen(kept, data, training or checkpoint.training, device, rows)


def _check_file(checkpoint: Checkpoint, data: RecommenderData) -> None:
    """Raise EngineError where rows that a checkpoint does not carry are not in the file of a choice."""
    if data.path is None:
        return
    check_found(data)
    fingerprint = fingerprint_in(checkpoint.model)
    if fingerprint is None or fingerprint.fits(data):
        return
    needed = fingerprint.changed_file(data) or data.path
    raise EngineError(NEEDS_FILE(path=needed.name, checkpoint=checkpoint.path.name))


class OpenedOthers:
    """See :class:`engine.recommenders.tasks.base.Others`; what was written anew since is opened anew."""

    def __init__(self, device: str = "cpu") -> None:
        self._device = device
        self._tasks: dict[Path, tuple[Stamp, RecommenderTask]] = {}

    def __call__(self, path: Path) -> RecommenderTask:
        """The trained task of a checkpoint. Raises EngineError."""
        checkpoint = read(path)
        known = self._tasks.get(path)
        if known is None or known[0] != checkpoint.stamp:
            task = reopened(checkpoint, device=self._device)
            known = self._tasks[path] = (load(checkpoint, task.network).stamp, task)
        return known[1]


def askable(checkpoint: Checkpoint, device: str = "cpu", data: RecommenderData | None = None) -> Askable[Any]:
    """A trained checkpoint, open to questions. Raises EngineError as :func:`reopened` does."""
    task = reopened(checkpoint, device=device, data=data)
    loaded = load(checkpoint, task.network)
    return kind_of(loaded).askable(task, loaded, OpenedOthers(device))


def _check_gives(kind: TaskKind[Any], data: RecommenderData) -> None:
    if kind.needs in data_source(data.source).gives:
        return
    fit = [source for source in data_sources() if kind.needs in source.gives]
    choices = ", ".join("a file of your own" if source.origin is Origin.OWN else source.key for source in fit)
    source = data_source(data.source).key if data.path is None else data.path.name
    raise EngineError(NOT_FOR_THIS(source=source, task=kind.label, needs=NEEDS[kind.needs], choices=choices))
