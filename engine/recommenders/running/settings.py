"""How a recommender is trained: immutable settings that a file, a command line or a window can give."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from engine.flags import Flag


def _form_of(number: object) -> str:
    return "_auto" if isinstance(number, str) else "_number"


_AUTO = Annotated[Literal["auto"], Tag("_auto")]
Epochs = Annotated[Annotated[int, Field(ge=1, le=100_000), Tag("_number")] | _AUTO, Discriminator(_form_of)]
"""A number, or as many as make the network better on rows that it does not learn from."""
BatchSize = Annotated[Annotated[int, Field(ge=1, le=10_000_000), Tag("_number")] | _AUTO, Discriminator(_form_of)]
"""A number, or what gives an epoch of few rows some steps."""
LARGEST, SMALLEST, STEPS = 1024, 16, 64
"""Of batches whose size is ``auto``: rows at most and at least, and the steps that an epoch is to have."""


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class AdaGrad(_Settings):
    """AdaGrad (Duchi, Hazan and Singer 2011): n += g², w −= ``rate`` · g ÷ (√n + ``guard``).

    ``initial``: what every n begins with. The loss is a mean over the batch, so gradients of a row that few examples
    use are small; an n that begins large against their squares would keep such rows from ever learning.
    """

    rate: Annotated[float, Flag("lr", "ETA")] = Field(
        default=0.05, gt=0.0, lt=1e6, description="AdaGrad's rate, of all but the wide part"
    )
    initial: Annotated[float, Flag("adagrad-initial")] = Field(
        default=1e-6, ge=0.0, lt=1e6, description="what AdaGrad's sums of squares begin with"
    )
    guard: Annotated[float, Flag("adagrad-guard")] = Field(
        default=1e-8, ge=0.0, lt=1e6, description="what AdaGrad adds to their roots"
    )


class Ftrl(_Settings):
    """FTRL-proximal (McMahan et al. 2013): per-coordinate rates ``alpha`` ÷ (``beta`` + √Σg²), and penalties
    ``l1``, which makes weights exactly zero, and ``l2``."""

    alpha: float = Field(default=0.1, gt=0.0, lt=1e6, description="FTRL's rate, of the wide part")
    beta: float = Field(default=0.01, ge=0.0, lt=1e6, description="FTRL's, keeps the first steps small")
    l1: Annotated[float, Flag(metavar="LAMBDA")] = Field(default=0.0, ge=0.0, lt=1e6, description="FTRL's")
    l2: Annotated[float, Flag(metavar="LAMBDA")] = Field(default=0.0, ge=0.0, lt=1e6, description="FTRL's")


class Training(_Settings):
    """A run: how long, in batches of what size, how the wide and the deep parts learn.

    ``epochs``: a number, or ``auto``: until ``patience`` epochs in a row were no better than the best one before, of
    ``most_epochs`` at most; the best one is kept. ``shuffle``: rows in another order each epoch. ``decay``: the deep
    part's rate falls in a straight line to nothing at the run's end, at ``most_epochs`` where that is not known, so
    that what the last batches happen to hold does not stay. ``precision``: ``bf16`` computes dense layers in bfloat16,
    on CUDA alone.
    """

    epochs: Epochs = Field(
        default="auto", description="how often all rows are learned from; auto: until it no longer gets better"
    )
    patience: int = Field(default=2, ge=1, le=1000, description="epochs without a better one before auto ends")
    most_epochs: int = Field(default=50, ge=1, le=100_000, description="epochs of auto, at most")
    batch_size: BatchSize = Field(default=1024, description="rows of a step; auto: fewer where there are few in all")
    deep: AdaGrad = AdaGrad()
    wide: Ftrl = Ftrl()
    seed: int = Field(default=0, ge=0, lt=2**32, description="seeds weights, batches, dropout and negatives")
    shuffle: bool = Field(default=True, description="the rows in another order each epoch")
    decay: bool = Field(default=False, description="let the rate fall to nothing by the end")
    precision: Literal["fp32", "bf16"] = Field(default="fp32", description="bf16 on CUDA alone")

    @property
    def limit(self) -> int:
        """Epochs, at most."""
        return self.most_epochs if self.epochs == "auto" else self.epochs

    def rows_of_step(self, rows: int) -> int:
        """Rows of a step, where an epoch has so many. ``auto``: a power of two that gives it about :data:`STEPS` steps:
        a table of five hundred rows would else be one step, and fifty epochs as many."""
        if self.batch_size != "auto":
            return self.batch_size
        return min(LARGEST, max(SMALLEST, 1 << max(rows // STEPS, 1).bit_length() - 1))
