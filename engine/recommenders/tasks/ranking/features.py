"""What each sort of feature of ranking is (Covington et al. 2016, §4), for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FEATURES: Final[Mapping[str, str]] = {
    "video": "The video that is shown: a vector of its own.",
    "history": "What somebody has watched: the mean of one vector for each of the latest watches.",
    "category": "Something that is known of the user or of the video: a vector for each value.",
    "number": "A number of the impression, such as the hours since the topic was last watched.",
}
