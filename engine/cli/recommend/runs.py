"""``recommend runs``: the runs that are kept in the folders of a folder."""

from __future__ import annotations

import shlex
from argparse import Namespace
from collections.abc import Mapping
from datetime import timedelta

from engine.cli.outcome import Outcome, number, text_table
from engine.recommenders.running.run_state import RunState
from engine.recommenders.running.runs import BadRun, delete, list_runs, rename, run_in
from engine.recommenders.tasks.base import NETWORK, figures_of
from engine.recommenders.tasks.known import task_kinds

HEAD = ("folder", "name", "model", "state", "epochs", "train loss", "figures", "time")


def runs(arguments: Namespace) -> Outcome:
    """List them; or rename, or delete, one."""
    if arguments.rename is not None:
        folder, name = arguments.rename
        plan = rename(run_in(arguments.root, folder), name)
        return Outcome({"folder": folder, "name": plan.name}, [f"The run in {folder} is called “{plan.name}” now."])
    if arguments.delete is not None:
        stays = delete(run_in(arguments.root, arguments.delete))
        notices = [] if stays is None else [stays.sentence]
        document = {"deleted": arguments.delete, "notices": notices}
        return Outcome(document, [f"The run in {arguments.delete} is deleted.", *notices])
    found = list_runs(arguments.root)
    lines = text_table([HEAD, *map(_row, found)]) if found else [f"There are no runs in {arguments.root.resolve()}."]
    early = [run.folder.path for run in found if isinstance(run, RunState) and run.ended_early]
    lines += [f"To go on: recommend train --resume {shlex.quote(str(path))}" for path in early]
    return Outcome({"runs": [_document(one) for one in found]}, lines)


def _row(run: RunState | BadRun) -> tuple[str, ...]:
    folder = run.folder.path.name
    if isinstance(run, BadRun):
        return folder, "", "", "damaged", "", "", run.problem.sentence, ""
    figures = _figures(run)
    loss = "" if run.loss is None else f"{run.loss:.4f}"
    time = str(timedelta(seconds=round(run.seconds)))
    return (
        folder,
        run.plan.name,
        run.plan.model,
        "stopped by its time limit" if run.ended_early else run.status,
        _epochs(run),
        loss,
        figures or (run.problem if run.status in ("diverged", "failed") else ""),
        time,
    )


def _figures(run: RunState) -> str:
    """The figures that the window lists, and which rows they are of."""
    own, rows = figures_of(run)[0], "test rows" if NETWORK in run.judged else "validation rows"
    names = next((kind.compared_by(run.chosen_by) for kind in task_kinds() if kind.key == run.plan.model), ())
    figures = [f"{name} {number(value)}" for name in names if (value := own.get(name)) is not None]
    return f"{' · '.join(figures)} ({rows})" if figures else ""


def _epochs(run: RunState) -> str:
    """Epochs that are done, of those planned; of a run that looks for its best one, of those that there may be, and
    which it has gone back to, whose figures are told."""
    if run.kept is not None and run.kept.epochs != run.epochs:
        return f"best {run.kept.epochs} of {run.epochs}"
    if not run.auto:
        return f"{run.epochs} of {run.planned}"
    return f"{run.epochs}" if run.status == "finished" else f"{run.epochs} of ≤ {run.planned}"


def _document(run: RunState | BadRun) -> Mapping[str, object]:
    folder = str(run.folder.path)
    if isinstance(run, BadRun):
        return {"folder": folder, "state": "damaged", "problem": run.problem.sentence}
    return {
        "folder": folder,
        "state": run.status,
        "ended_early": run.ended_early,
        "plan": run.plan.model_dump(mode="json"),
        "epochs": run.epochs,
        "planned_epochs": run.planned,
        "best_epoch": None if run.kept is None else run.kept.epochs,
        "loss": run.loss,
        "figures": run.figures,
        "compared": run.compared,
        "companions": run.companions,
        "judged": run.judged,
        "seconds": run.seconds,
        "problem": run.problem,
    }
