"""The document's data choice: everything that decides which numbers a network is trained on."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat

from engine.data.dataset import Task

Share = Annotated[float, Field(ge=0.1, le=0.9)]


class DrawnPoint(BaseModel):
    """A point that a person has drawn; ``label`` is a class index, or the value in a regression."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    x1: FiniteFloat
    x2: FiniteFloat
    label: FiniteFloat


class DataChoice(BaseModel):
    """Which data, and what is done with it.

    ``noise`` (per cent, in the sense of TensorFlow Playground) and ``samples`` concern the named toy sets;
    ``path`` to ``header`` concern files, where ``None`` means "decide from the file"; ``task`` overrides what
    is inferred from a file's target or from drawn points. ``standardise`` concerns real sets and files:
    numeric inputs, and the target of a regression, get mean 0 and deviation 1 over the training rows.
    ``missing`` says what happens to missing inputs: ``mean`` puts the training rows' mean for a number and a
    level of its own for a text, ``drop`` drops the row. ``dates`` says what becomes of a file's dates: numbers of days
    (``day-first`` and ``month-first`` settle what 03/04/2024 means where the file leaves it open), nothing, or
    categories as their texts; ``decimal`` is the decimal sign of its numbers (``plain``: they are as programs write
    them, thousands never set apart).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: Literal["named", "file", "points"] = "named"
    name: str = "two-spirals"
    noise: Annotated[float, Field(ge=0, le=50)] = 0.0
    samples: Annotated[int, Field(ge=10, le=100_000)] = 500
    train_share: Share = 0.5
    seed: Annotated[int, Field(ge=0, lt=2**32)] = 0
    path: str | None = None
    target: str | None = None
    features: tuple[str, ...] | None = None
    header: bool | None = None
    missing: Literal["mean", "drop"] = "mean"
    dates: Literal["days", "day-first", "month-first", "leave-out", "texts"] = "days"
    decimal: Literal["point", "comma", "plain"] | None = None
    standardise: bool = True
    task: Task | None = None
    points: tuple[DrawnPoint, ...] = ()
