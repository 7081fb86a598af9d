"""Which files are runs of recommenders, and which recommender each is of. Nothing here loads torch."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from app.workspaces.recommender.files import PLAN
from engine.problems import EngineError
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.running.checkpoints import FORMAT, read
from engine.recommenders.running.plan import RunPlan
from engine.recommenders.running.run_folder import RunFolder
from engine.recommenders.running.tensor_file import read_header
from engine.recommenders.tasks.opening import NO_TASK, kind_of
from engine.validation import sentence_of


@dataclass(frozen=True, slots=True)
class Opening:
    """What is to be opened: a run in its folder, or a checkpoint that has none. ``model``: key of the task kind."""

    checkpoint: Path
    model: str
    data: RecommenderData
    folder: RunFolder | None = None
    plan: RunPlan | None = None


def is_run(path: Path) -> bool:
    """Whether a file is a checkpoint of a recommender, or the plan of a run; a quick look that never raises."""
    try:
        if path.name == PLAN:
            RunFolder(path.parent).read_plan()
            return True
        metadata = read_header(path).get("__metadata__")
        return isinstance(metadata, dict) and metadata.get("format") == FORMAT
    except EngineError:
        return False


def opening_of(path: Path) -> Opening:
    """A run's folder, a file in one, or a checkpoint by itself. Raises EngineError."""
    folder = RunFolder(path if path.is_dir() else path.parent)
    if path.is_dir() or (folder.plan.exists() and path in (folder.plan, folder.checkpoint)):
        plan = folder.read_plan()
        return Opening(folder.checkpoint, plan.model, plan.data, folder, plan)
    checkpoint = read(path)
    kind = kind_of(checkpoint)
    try:
        data = RecommenderData.model_validate(checkpoint.model.get("data"))
    except ValidationError as error:
        raise EngineError(NO_TASK(path=path.name, reason=sentence_of(error).sentence.rstrip("."))) from None
    return Opening(path, kind.key, data)
