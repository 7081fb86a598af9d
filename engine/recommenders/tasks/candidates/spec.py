"""What can be chosen of YoutubeDNN's candidate generation (Covington et al. 2016, §3)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from engine.flags import Flag
from engine.recommenders.tasks.base import Spec


class CandidateSpec(Spec):
    """Each feature can be switched off, to see what it is worth (§7.2 of the curriculum, figure 6 of the paper).

    ``history``: longest bag of watches. ``per_user``: examples of each user. ``categories``: features of the user.
    ``hidden``: the ReLU tower, whose last layer is the user's vector. ``negatives``: 0 for the full softmax.
    ``held_out``: which watch of each user is kept to judge on; a random one flatters, as what came after it is known,
    and is there to see by how much (§3.4 of the paper).
    """

    dimensions: int = Field(default=64, ge=1, le=1024, description="of an embedding")
    hidden: tuple[int, ...] = Field(default=(64,), description="units of the hidden layers")
    history: Annotated[int, Flag("longest")] = Field(default=50, ge=1, le=10_000, description="longest history")
    per_user: int = Field(default=5, ge=1, description="training examples of each user")
    searches: bool = Field(default=True, description="what was searched for, as a feature")
    categories: Annotated[tuple[str, ...], Flag("user-categories")] = Field(
        default=(), description="user features to use"
    )
    example_age: bool = Field(default=True, description="how long ago an example is, as a feature")
    negatives: int = Field(default=200, ge=0, description="drawn for each step; 0: the full softmax")
    drawn_by: Literal["frequency", "uniform"] = Field(default="frequency", description="how negatives are drawn")
    log_q: bool = Field(default=True, description="the sampling correction")
    held_out: Literal["last", "random"] = Field(
        default="last", description="the watch of each user to judge on; a random one flatters"
    )
    scale: float = Field(default=0.05, ge=0.0, description="deviation of a table's first numbers")
