"""What a run can be begun with: a recommender and data for it, as its presets have them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from app.kit.listing import joined
from app.workspaces.recommender.words import data_name, model_name
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.sources import data_source
from engine.recommenders.running.plan import LONGEST_NAME, RunPlan
from engine.recommenders.running.run_state import RunState
from engine.recommenders.running.runs import BadRun
from engine.recommenders.tasks.known import task_kind, task_kinds


@dataclass(frozen=True, slots=True)
class Start:
    """``model``: key of a task kind; ``data``: what it is to learn from."""

    model: str
    data: RecommenderData

    @classmethod
    def usual(cls, model: str) -> Start:
        """A recommender on the data that it is trained on unless others are named."""
        return cls(model, RecommenderData(source=task_kind(model).default_source))

    @property
    def epochs(self) -> int | None:
        """How often all rows are learned from; None where that is found out on the way."""
        epochs = task_kind(self.model).preset(self.data.source).training.epochs
        return None if epochs == "auto" else epochs


def starts_on(source: str) -> tuple[Start, ...]:
    """What can be trained on a source of data."""
    gives = data_source(source).gives
    return tuple(Start(kind.key, RecommenderData(source=source)) for kind in task_kinds() if kind.needs in gives)


def start_with(data: RecommenderData) -> Start:
    """What learns from a file of one's own: a table has a label, all else is a log of watches."""
    return Start("candidates" if data.table is None else "wide-deep", data)


def plan_of(start: Start, device: str) -> RunPlan:
    """The plan of such a run; parts that can be trained by themselves are trained beside it. Raises EngineError."""
    kind = task_kind(start.model)
    preset = kind.preset(start.data.source)
    name = joined((model_name(start.model), data_name(start.data)))
    return RunPlan(
        name=name[:LONGEST_NAME], model=start.model, data=start.data, spec=preset.spec.model_dump(mode="json"),
        training=preset.training, device=device, companions=kind.in_parts,
    )  # fmt: skip


def free_name(name: str, taken: Collection[str]) -> str:
    """A name that no other run has, by a number behind it."""
    tried, number = name[:LONGEST_NAME], 2
    while tried in taken:
        ending = f" {number}"
        tried, number = name[: LONGEST_NAME - len(ending)] + ending, number + 1
    return tried


def seconds_before(start: Start, runs: Iterable[RunState | BadRun]) -> float | None:
    """How long the latest such run took that has come to its end; None where there has been none."""
    alike: Sequence[RunState] = [
        run
        for run in runs
        if isinstance(run, RunState)
        and run.status == "finished"
        and (run.plan.model, run.plan.data) == (start.model, start.data)
        and start.epochs in (None, run.epochs)
    ]
    return max(alike, key=lambda run: run.plan.created).seconds if alike else None
