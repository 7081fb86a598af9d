"""How a recommender is trained: immutable settings that a file, a command line or a window can give."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Positive = Annotated[float, Field(gt=0.0, lt=1e6)]
NotNegative = Annotated[float, Field(ge=0.0, lt=1e6)]


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class AdaGrad(_Settings):
    """AdaGrad (Duchi, Hazan and Singer 2011): n += g², w −= ``rate`` · g ÷ (√n + ``guard``).

    ``initial``: what every n begins with. The loss is a mean over the batch, so gradients of a row that few examples
    use are small; an n that begins large against their squares would keep such rows from ever learning.
    """

    rate: Positive = 0.05
    initial: NotNegative = 1e-6
    guard: NotNegative = 1e-8


class Ftrl(_Settings):
    """FTRL-proximal (McMahan et al. 2013): per-coordinate rates ``alpha`` ÷ (``beta`` + √Σg²), and penalties
    ``l1``, which makes weights exactly zero, and ``l2``."""

    alpha: Positive = 0.1
    beta: NotNegative = 0.01
    l1: NotNegative = 0.0
    l2: NotNegative = 0.0


class Training(_Settings):
    """A run: how long, in which portions, how the wide and the deep parts learn. ``shuffle``: rows in another order
    each epoch. ``decay``: the deep part's rate falls in a straight line to nothing at the run's end, so that what the
    last batches happen to hold does not stay. ``precision``: ``bf16`` computes dense layers in bfloat16, on CUDA alone.
    """

    epochs: Annotated[int, Field(ge=1, le=100_000)] = 5
    batch_size: Annotated[int, Field(ge=1, le=10_000_000)] = 1024
    deep: AdaGrad = AdaGrad()
    wide: Ftrl = Ftrl()
    seed: Annotated[int, Field(ge=0, lt=2**32)] = 0
    shuffle: bool = True
    decay: bool = False
    precision: Literal["fp32", "bf16"] = "fp32"
