"""The document's data choice: everything that decides which numbers a network is trained on."""

from __future__ import annotations

import hashlib
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, FiniteFloat, Tag

from engine.data.dataset import Task

Share = Annotated[float, Field(ge=0.1, le=0.9)]

LONGEST_SEED = 1000
_SEEDS = 2**32


def _form_of(seed: object) -> str:
    return "_text" if isinstance(seed, str) else "_number"


Seed = Annotated[
    Annotated[int, Field(ge=0, lt=_SEEDS), Tag("_number")]
    | Annotated[str, Field(min_length=1, max_length=LONGEST_SEED), Tag("_text")],
    Discriminator(_form_of),
]


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
    level of its own for a text, ``drop`` drops the row; ``outliers`` whether rows with numbers far from
    all others (:mod:`engine.data.outliers`) stay. ``dates`` says what becomes of a file's dates: numbers of days
    (``day-first`` and ``month-first`` settle what 03/04/2024 means where the file leaves it open), nothing, or
    categories as their texts; ``decimal`` is the decimal sign of its numbers (``plain``: they are as programs write
    them, thousands never set apart).

    A ``seed`` that is a text draws the sets that TensorFlow Playground has as that page draws them from it
    (:mod:`engine.data.text_seeded`), whose noise may be up to 80; for all else it stands for a number.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: Literal["named", "file", "points"] = "named"
    name: str = "two-spirals"
    noise: Annotated[float, Field(ge=0, le=80)] = 0.0
    samples: Annotated[int, Field(ge=10, le=100_000)] = 500
    train_share: Share = 0.5
    seed: Seed = 0
    path: str | None = None
    target: str | None = None
    features: tuple[str, ...] | None = None
    header: bool | None = None
    missing: Literal["mean", "drop"] = "mean"
    outliers: Literal["keep", "drop"] = "keep"
    dates: Literal["days", "day-first", "month-first", "leave-out", "texts"] = "days"
    decimal: Literal["point", "comma", "plain"] | None = None
    standardise: bool = True
    task: Task | None = None
    points: tuple[DrawnPoint, ...] = ()

    def draws_rows_of(self, former: DataChoice) -> bool:
        """Whether each row is the draw that it is in a former choice, moved by more or less noise."""
        return self.source == "named" and self.model_copy(update={"noise": former.noise}) == former

    @property
    def seed_number(self) -> int:
        """The seed as a number below 2³²; a text has one of its own."""
        if isinstance(self.seed, int):
            return self.seed
        return int.from_bytes(hashlib.blake2b(self.seed.encode("utf-8", "surrogatepass"), digest_size=4).digest())

    @property
    def next_seed(self) -> int:
        """Another seed."""
        return (self.seed_number + 1) % _SEEDS
