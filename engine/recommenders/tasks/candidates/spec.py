"""What can be chosen of YoutubeDNN's candidate generation (Covington et al. 2016, §3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, Literal

from pydantic import Field

from engine.flags import Flag
from engine.recommenders.tasks.base import Hidden, Spec


class CandidateChoice(Spec):
    """Each feature can be switched off, to see what it is worth (figure 6 of the paper). What
    is None is left to the rules (:mod:`engine.recommenders.tasks.candidates.rules`).

    ``watched``: whether the mean of what was watched is read. ``history``: longest bag of watches. ``latest``: of how
    many of the latest watches there is a mean of its own, 0 for none. ``per_user``: examples of each user. ``repeats``:
    whether a watch of what the user had watched before is an example: nobody is recommended what they know.
    ``categories``: features of the user. ``hidden``: the ReLU tower, whose last layer is the user's vector.
    ``negatives``: 0 for the full softmax. ``held_out``: which watch of each user is kept to judge on; a random one
    flatters, as what came after it is known, and is there to see by how much (§3.4 of the paper).
    """

    dimensions: int = Field(default=64, ge=1, le=1024, description="of an embedding")
    hidden: Hidden = Field(default=(64,), description="units of the hidden layers")
    watched: Annotated[bool, Flag("watch-history")] = Field(
        default=True, description="the mean of what was watched, as a feature"
    )
    history: Annotated[int, Flag("longest")] = Field(default=50, ge=1, le=10_000, description="longest history")
    latest: int | None = Field(
        default=None, ge=0, le=10_000, description="latest watches with a mean of their own; 0: none"
    )
    per_user: int | None = Field(default=None, ge=1, le=10**9, description="training examples of each user")
    repeats: bool = Field(
        default=False, description="watches of what was watched before are examples too, though never recommended"
    )
    searches: bool = Field(default=True, description="what was searched for, as a feature")
    categories: Annotated[tuple[str, ...], Flag("user-categories")] = Field(
        default=(), description="user features to use"
    )
    example_age: bool | None = Field(default=None, description="how long ago an example is, as a feature")
    negatives: int | None = Field(
        default=None, ge=0, le=1_000_000, description="drawn for each step; 0: the full softmax"
    )
    drawn_by: Literal["frequency", "uniform"] = Field(default="frequency", description="how negatives are drawn")
    log_q: bool = Field(default=True, description="the sampling correction")
    held_out: Literal["last", "random"] = Field(
        default="last", description="the watch of each user to judge on; a random one flatters"
    )
    scale: float = Field(default=0.05, ge=0.0, le=10.0, description="deviation of a table's first numbers")


class CandidateSpec(CandidateChoice):
    """A choice that leaves nothing open; what a graph is drawn up from."""

    latest: int = Field(default=0, ge=0, le=10_000)
    per_user: int = Field(default=5, ge=1)
    example_age: bool = True
    negatives: int = Field(default=200, ge=0, le=1_000_000)


FEATURES: Final[Mapping[str, str]] = {
    "history": "What the user has watched: the mean of one vector for each of the latest watches.",
    "latest": "Only the last watches, with their own vectors: where one watch leads to the next.",
    "searches": "What was searched for, in words and pairs of words: the mean of one vector for each.",
    "category": "A fact about the user, such as country, device or gender: a vector for each value.",
    "example_age": "How long ago the example was: new items are watched more. Set to 0 when serving.",
}
"""What each sort of feature of candidate generation is (Covington et al. 2016, §3), for people."""
