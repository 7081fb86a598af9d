"""The runs of a network as its file keeps them, and as they are taken up from there: each as far as it went."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from engine.data.choice import DataChoice
from engine.data.dataset import Dataset
from engine.formats.base import NetworkFile, SavedRun
from engine.formats.progress import Progress, RunBranch
from engine.graph.weights import check_weights
from engine.network.plan import compile_graph
from engine.problems import EngineError
from engine.training.checkpoints import RUN_NUMBERS, Checkpoints
from engine.training.history import BATCH_LOSS, MEASURED
from engine.training.progress import past_run
from engine.training.runs import StoredRun
from engine.training.session import Setup, TrainingSession
from engine.training.snapshot import Timeline
from engine.training.tables import target_of

POINTS = 128
"""So many points has a curve, before its run was last changed and since."""
MOST_CURVES = 2_000
"""So many curves of all runs lie in a file, some 16 MB. Beyond that the older runs have those of their losses alone."""


def saved_runs(runs: Iterable[StoredRun], timeline: Timeline) -> tuple[SavedRun, ...]:
    """What a file keeps of a network's ``runs`` and the present one, which has this ``timeline``: nothing where it is
    the only one, and stands at its end."""
    ends = {run.number: run for run in runs if run.number != timeline.number or timeline.later is not None}
    if not ends and timeline.branch is None:
        return ()
    saved, curves = list[SavedRun](), 0
    for number in sorted({timeline.number, *ends} - {-1}, reverse=True):
        run, is_present = ends.get(number), number == timeline.number
        end = _end(run, curves) if run is not None else None
        curves += len(end.progress.curves) if end is not None and end.progress is not None else 0
        saved.append(SavedRun(number, is_present, timeline.branch if is_present or run is None else run.branch, end))
    return tuple(reversed(saved))


def _end(run: StoredRun, curves: int) -> NetworkFile:
    """The network as far as a run went; so many ``curves`` lie in the file already."""
    end, setup = run.end, run.end.setup
    plan = compile_graph(setup.graph, target_of(setup.dataset))
    past = past_run(plan, end, setup.hyper.optimizer, end.steps_per_epoch, end.updates, run.history, POINTS)
    progress = past.progress
    if progress is not None:
        progress = replace(progress, norms=end.norms, signal=end.signal, change=end.change)
        if curves + len(progress.curves) > MOST_CURVES:
            progress = _with_losses_alone(progress)
    return NetworkFile(setup.graph, setup.hyper, setup.data or DataChoice(), past.weights, progress=progress)


def _with_losses_alone(progress: Progress) -> Progress:
    names = (*MEASURED, BATCH_LOSS)
    return replace(progress, curves={name: curve for name, curve in progress.curves.items() if name in names})


@dataclass(frozen=True, slots=True)
class RestoredRuns:
    """``present``: where the present run can be taken, and what it is a branch of; None where the file doesn't say.
    ``stored``: all that were left. ``lost``: how many can't be taken up any more, as where their data are gone."""

    present: Checkpoints | None
    stored: tuple[StoredRun, ...]
    lost: int


def restored_runs(file: NetworkFile, dataset: Dataset, load: Callable[[DataChoice], Dataset]) -> RestoredRuns:
    """The runs of a file whose own data are this ``dataset``; the others ``load`` theirs."""
    numbers = {run.number: next(RUN_NUMBERS) for run in file.runs}
    datasets = {file.data: dataset}
    present, stored, lost = None, list[StoredRun](), 0
    for saved in file.runs:
        checkpoints = Checkpoints(numbers[saved.number], _renumbered(saved.branch, numbers))
        if saved.is_present:
            present = checkpoints
        if saved.end is None:
            continue
        try:
            if saved.end.data not in datasets:
                datasets[saved.end.data] = load(saved.end.data)
            run = _stored(saved.end, datasets[saved.end.data], checkpoints)
        except EngineError:
            lost += 1
            continue
        stored.append(run)
        if saved.is_present:
            present = checkpoints.copy()
            present.turn_back(run.curves, run.end.updates)
    return RestoredRuns(present, tuple(stored), lost)


def _renumbered(branch: RunBranch | None, numbers: dict[int, int]) -> RunBranch | None:
    """The branch of a run of this process; what it has left may be in no file."""
    if branch is None:
        return None
    number = numbers.get(branch.number)
    return replace(branch, number=next(RUN_NUMBERS) if number is None else number)


def _stored(end: NetworkFile, dataset: Dataset, checkpoints: Checkpoints) -> StoredRun:
    """A run that ends so. Raises EngineError where it can't be trained on."""
    check_weights(end.graph, target_of(dataset), end.weights)
    setup = Setup(end.graph, dataset, end.hyper, compiled=False, data=end.data)
    session = TrainingSession(setup, end.weights, progress=end.progress, checkpoints=checkpoints)
    session.keep_end()
    session.judge()  # the last point of its curves
    return StoredRun(checkpoints, session.curves_put_by())
