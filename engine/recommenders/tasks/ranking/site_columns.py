"""A visitor and some candidates as the generated site's impressions would have them: what is not known of a visitor
goes to the bucket for unknown values, or is what it usually is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engine.graph.columns import Bags, Column, Columns, Ids
from engine.recommenders.data.worlds.video_site.impressions import HISTORY
from engine.recommenders.data.worlds.video_site.site import VideoSite
from engine.recommenders.data.worlds.video_site.truth import NEVER
from engine.recommenders.data.worlds.video_site.words import AGE_BORDERS, AGE_GROUPS
from engine.recommenders.serving.two_stage import Indices, Visitor
from engine.recommenders.tasks.ranking.answers import Assumed

FEATURES: Mapping[str, str] = {
    "language": "user_language", "country": "country", "device": "device", "gender": "gender", "age": "age_group"
}  # fmt: skip
"""The column of an impression by the user feature of the log that it is made of."""
UNKNOWN = 0


class SiteColumns:
    """Makes a ranking model's columns. Item i of the log is id i + 1 of ``video`` and of ``history``."""

    def __init__(self, site: VideoSite, usual_hours: Mapping[str, float]) -> None:
        """``usual_hours``: by column what stands for a time that is not known."""
        self.site, self._usual = site, usual_hours

    def __call__(self, visitor: Visitor, candidates: Indices) -> Columns:
        """One row for each candidate, (n,)."""
        catalogue, count = self.site.catalogue, len(candidates)
        history = np.array([self._item(item) for item in visitor.history], np.int64)
        creators = catalogue.creators.astype(np.int64)
        made: dict[str, Column] = {
            "video": candidates + 1,
            "history": _repeated(history[-HISTORY:] + 1, count),
            "video_language": catalogue.language(candidates) + 1,
            "topic": catalogue.topic(candidates) + 1,
            "since_topic": self._since(
                "since_topic", visitor, history, catalogue.topic(np.arange(catalogue.count)), candidates
            ),
            "since_creator": self._since("since_creator", visitor, history, creators, candidates),
            "previous_impressions": np.zeros(count, np.float32),
        }
        made |= {column: np.full(count, id_, np.int64) for column, id_ in self._user(visitor).items()}
        return Columns(made, count)

    def assumed(self, visitor: Visitor) -> Assumed:
        """What was not known."""
        unknown = [column for column, id_ in self._user(visitor).items() if id_ == UNKNOWN]
        timed = len(visitor.times) == len(visitor.history) and None not in visitor.times and visitor.now is not None
        return Assumed(tuple(unknown), {} if timed or not visitor.history else dict(self._usual))

    def _item(self, item: str | int) -> int:
        """An item's index, −1 for what the site does not have."""
        at = self._places.get(item, -1) if isinstance(item, str) else item
        return at if 0 <= at < self.site.spec.items else -1

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {f"video {item}": item for item in range(self.site.spec.items)}

    def _user(self, visitor: Visitor) -> dict[str, int]:
        """The visitor's own ids, by column."""
        found = {}
        for feature, column in FEATURES.items():
            value = visitor.categories.get(feature, visitor.categories.get(column, ""))
            if column == "age_group":
                value = _age_group(value)
            names = list(self.site.names(column))
            found[column] = names.index(value) if value in names[1:] else UNKNOWN
        return found

    def _since(
        self, column: str, visitor: Visitor, history: Ids, keys: NDArray[np.int64], candidates: Indices
    ) -> NDArray[np.float32]:
        """Hours since the visitor last watched something with each candidate's key, such as its topic."""
        times = visitor.times if len(visitor.times) == len(history) else (None,) * len(history)
        known: dict[int, float] = {}
        watched: set[int] = set()
        for item, time in zip(history.tolist(), times, strict=True):
            if item < 0:
                continue
            key = int(keys[item])
            watched.add(key)
            if time is not None and visitor.now is not None:
                known[key] = min(known.get(key, NEVER), max(visitor.now - time, 0) / 3600.0)
        usual = dict.fromkeys(watched, self._usual[column])
        hours = {**usual, **known}
        return np.array([hours.get(key, NEVER) for key in keys[candidates].tolist()], np.float32)


def _repeated(ids: Ids, count: int) -> Bags:
    """The same bag for each of so many rows."""
    return Bags(np.tile(ids, count), np.arange(count + 1, dtype=np.int64) * len(ids))


def _age_group(value: str) -> str:
    """The group of an age in years, or the group as it is."""
    try:
        return AGE_GROUPS[int(np.searchsorted(np.array(AGE_BORDERS), float(value), side="right"))]
    except ValueError:
        return value
