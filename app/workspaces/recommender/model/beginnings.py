"""What a draft begins from: the plan of the run that is looked at, and where a child can read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.kit.background import Job, Work
from app.workspaces.recommender.model.keeping import draft_path
from app.workspaces.recommender.open_run import OpenRun
from engine.problems import EngineError, Problem
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.running.checkpoints import read
from engine.recommenders.running.plan import LONGEST_NAME, RunPlan, read_plan, write_plan
from engine.recommenders.tasks import task_kind


@dataclass(frozen=True, slots=True)
class Beginning:
    """``plan``: of the run; ``path``: a file that holds it; ``kept``: a draft of the next one that was left here;
    ``problem``: why one that was left cannot be read."""

    plan: RunPlan
    path: Path
    kept: RunPlan | None = None
    problem: Problem | None = None


def beginning_of(run: OpenRun, room: Path) -> Work:
    """Finds it, in another thread. ``room``: a folder for the plan of what has none of its own: of a checkpoint by
    itself."""
    plan, folder, checkpoint = run.plan, run.run_folder, run.checkpoint
    model, data, draft = run.model, run.data, draft_path(run)

    def find(_job: Job) -> Beginning:
        kept, problem = _left(draft)
        if plan is not None and folder is not None:
            return Beginning(plan, folder.plan, kept, problem)
        made, path = _plan_of(checkpoint, model, data), room / "plan.json"
        write_plan(path, made)
        return Beginning(made, path, kept, problem)

    return find


def _left(path: Path) -> tuple[RunPlan | None, Problem | None]:
    """A draft that lies at a path, and what is wrong with it."""
    if not path.exists():
        return None, None
    try:
        return read_plan(path), None
    except EngineError as error:
        return None, error.problem


def _plan_of(path: Path, model: str, data: RecommenderData) -> RunPlan:
    """The plan that would train such a checkpoint. Raises EngineError."""
    checkpoint = read(path)
    kept = checkpoint.model.get("model")
    return RunPlan(
        name=path.stem[:LONGEST_NAME], model=model, data=data, spec=_spec_in(kept), training=checkpoint.training,
        companions=task_kind(model).in_parts, graph=checkpoint.graph,
    )  # fmt: skip


def _spec_in(kept: object) -> Mapping[str, Any]:
    """What a checkpoint keeps of its model's spec: by itself, or with the columns that it made."""
    if not isinstance(kept, dict):
        return {}
    spec = kept.get("spec")
    return spec if isinstance(spec, dict) else _spec_in(kept.get("columns"))
