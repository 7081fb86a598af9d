"""What can be chosen of YoutubeDNN's ranking (Covington et al. 2016, §4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import Field

from engine.flags import Flag
from engine.recommenders.tasks.base import Hidden, Spec

CATEGORIES = ("user_language", "video_language", "topic", "country", "device", "gender", "age_group")
NUMBERS = ("since_topic", "since_creator", "previous_impressions")


class RankingSpec(Spec):
    """Each feature can be switched off: ``video``, the impression's own vector; ``history``, the mean of the watched
    videos' vectors; ``categories`` and ``numbers`` by column name; ``powers``, x̃² and √x̃ beside each number x̃.

    ``hidden``: the ReLU tower; without any layer the model is log-linear. ``weighted``: whether clicks weigh as much as
    they were watched, or 1. ``cure``: whether each click also counts as a negative of weight 1, without which the
    expected time comes out 1/(1 − p) too long. ``unit``: seconds that weigh 1; None for the mean of an impression.
    """

    video: bool = Field(default=True, description="the impression's own vector")
    history: Annotated[bool, Flag("watch-history")] = Field(
        default=True, description="the mean of the watched videos' vectors"
    )
    categories: Annotated[tuple[str, ...], Flag("impression-categories")] = Field(
        default=CATEGORIES, description="categories of an impression to use"
    )
    numbers: Annotated[tuple[str, ...], Flag("impression-numbers")] = Field(
        default=NUMBERS, description="numbers of an impression to use"
    )
    powers: bool = Field(default=True, description="x² and √x of each number too")
    quantiles: int = Field(default=100, ge=0, le=10_000, description="that numbers are mapped through; 0: as they are")
    dimensions: int = Field(default=16, ge=1, le=1024, description="of an embedding")
    category_dimensions: int = Field(default=8, ge=1, le=1024, description="of a category's vector")
    hidden: Hidden = Field(default=(128, 64), description="units of the hidden layers")
    scale: float = Field(default=0.05, ge=0.0, le=10.0, description="deviation of a table's first numbers")
    weighted: bool = Field(default=True, description="clicks weigh as much as they were watched")
    cure: bool = Field(default=True, description="exact expectation: each click counts as a negative too")
    unit: Annotated[float | None, Flag(metavar="SECONDS")] = Field(
        default=None,
        gt=0.0,
        description="seconds that weigh as one negative (default: the mean of an impression)",
    )


FEATURES: Final[Mapping[str, str]] = {
    "video": "The video shown, with its own vector.",
    "history": "What the user has watched: the mean of one vector for each of the latest watches.",
    "category": "A fact about the user or the video: a vector for each value.",
    "number": "A number of the impression, such as the hours since the topic was last watched.",
}
"""What each sort of feature of ranking is (Covington et al. 2016, §4), for people."""
