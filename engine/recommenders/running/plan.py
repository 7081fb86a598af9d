"""What is asked for of a run: the document that a run's folder keeps, and that a window writes to have one."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from engine.atomic import write_atomically
from engine.graph.model import NetworkGraph
from engine.opening import read_file
from engine.problems import UNREADABLE, UNWRITABLE, EngineError, declare
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.running.settings import Training
from engine.validation import sentence_of

MOST_BYTES = 16 << 20
"""Of a plan, with the largest graph that a person draws."""
LONGEST_NAME = 200
"""Characters of a run's name."""

DAMAGED_PLAN = declare(
    "recommender.damaged-plan", "“{path}” isn't the plan of a run ({reason}). Correct it, or start a new run."
)


class RunPlan(BaseModel):
    """A run as it was asked for: immutable, and unknown fields are refused.

    ``model``: the key of a :class:`engine.recommenders.tasks.TaskKind`, whose own spec ``spec`` is. ``created``: when
    the plan was made. ``time_limit``: seconds after which the run ends well, counted anew when it goes on. ``every``:
    updates from one checkpoint to the next, beside those after each epoch. ``companions``: whether the models that say
    what the parts of this one are worth are trained beside it. ``graph``: the one that is trained, where a person has
    edited it; None for the template that model and spec draw up. What the spec says besides, it overrules.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    name: str = Field(min_length=1, max_length=LONGEST_NAME)
    created: datetime = Field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))
    model: str
    data: RecommenderData
    spec: Mapping[str, Any] = Field(default_factory=dict)
    training: Training
    device: str = "auto"
    time_limit: float | None = Field(default=None, gt=0.0)
    every: int | None = Field(default=None, ge=1)
    companions: bool = False
    graph: NetworkGraph | None = None

    @field_validator("created")
    @classmethod
    def _check_clock(cls, created: datetime) -> datetime:
        """At the ends of the calendar, a moment has no name in other time zones."""
        if not 1970 < created.year < 9999:
            raise ValueError("no clock says so")
        return created


def read_plan(path: Path) -> RunPlan:
    """The plan in a file. Raises EngineError where there is none, or what is there is something else."""
    try:
        return RunPlan.model_validate_json(read_file(path, MOST_BYTES))
    except OSError as error:
        raise EngineError(UNREADABLE(path=path.name, reason=error.strerror or "error")) from error
    except ValidationError as error:
        reason = sentence_of(error).sentence.rstrip(".")
        raise EngineError(DAMAGED_PLAN(path=path.name, reason=reason)) from None


def write_plan(path: Path, plan: RunPlan) -> None:
    """Write a plan, whole or not at all; never through a link, which leads out of the run's folder. Raises
    EngineError."""
    try:
        if path.is_symlink():
            raise OSError(errno.ELOOP, "it is a link")
        write_atomically(path, plan.model_dump_json(indent=2).encode(), private=True)
    except OSError as error:
        raise EngineError(UNWRITABLE(path=path.name, reason=error.strerror or "error")) from error
