"""What each sort of feature of candidate generation is (Covington et al. 2016, §3), for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FEATURES: Final[Mapping[str, str]] = {
    "history": "What somebody has watched: the mean of one vector for each of the latest watches.",
    "latest": "The last watches alone, with vectors of their own: where one watch leads to the next.",
    "searches": "What was searched for, in words and pairs of words: the mean of one vector for each.",
    "category": "Something that is known of the user, such as country, device or gender: a vector for each value.",
    "example_age": "How long ago an example is: what is new is watched more; at serving it is set to 0.",
}
