"""What a draft begins from: the plan of the run that is looked at, and where a child can read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from app.kit.background import Job, Work
from app.workspaces.recommender.model.keeping import draft_path
from app.workspaces.recommender.open_run import OpenRun
from engine.problems import EngineError, Problem, declare
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.running.checkpoints import read
from engine.recommenders.running.plan import DAMAGED_PLAN, LONGEST_NAME, RunPlan, read_plan, write_plan
from engine.recommenders.tasks.known import task_kind
from engine.validation import sentence_of

OTHER_DRAFT = declare(
    "app.other-draft",
    "“{path}” was drafted for another model or other data and is not taken up; the network here is the run's own.",
)


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
        if plan is not None and folder is not None:
            return Beginning(plan, folder.plan, *_left(draft, plan))
        made, path = _plan_of(checkpoint, model, data), room / "plan.json"
        write_plan(path, made)
        return Beginning(made, path, *_left(draft, made))

    return find


def _left(path: Path, plan: RunPlan) -> tuple[RunPlan | None, Problem | None]:
    """A draft that lies at a path, of the same model and data as ``plan``, or what is wrong with it."""
    if not path.exists():
        return None, None
    try:
        kept = read_plan(path)
        if (kept.model, kept.data) != (plan.model, plan.data):
            return None, OTHER_DRAFT(path=path.name)
        task_kind(kept.model).spec_type.model_validate(kept.spec)
    except EngineError as error:
        return None, error.problem
    except ValidationError as error:
        return None, DAMAGED_PLAN(path=path.name, reason=sentence_of(error).sentence.rstrip("."))
    return kept, None


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
