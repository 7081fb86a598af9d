"""What a draft begins from: the plan of the run that is looked at, and where a child can read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.kit.background import Job, Work
from app.workspaces.recommender.open_run import OpenRun
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.running.checkpoints import read
from engine.recommenders.running.plan import LONGEST_NAME, RunPlan, write_plan
from engine.recommenders.tasks import task_kind


@dataclass(frozen=True, slots=True)
class Beginning:
    """``plan``: of the run; ``path``: a file that holds it."""

    plan: RunPlan
    path: Path


def beginning_of(run: OpenRun, room: Path) -> Work:
    """Finds it, in another thread. ``room``: a folder for the plan of what has none of its own: of a checkpoint by
    itself."""
    plan, folder, checkpoint = run.plan, run.run_folder, run.checkpoint
    model, data = run.model, run.data

    def find(_job: Job) -> Beginning:
        if plan is not None and folder is not None:
            return Beginning(plan, folder.plan)
        made, path = _plan_of(checkpoint, model, data), room / "plan.json"
        write_plan(path, made)
        return Beginning(made, path)

    return find


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
