"""A generated video site: who watched and searched for what, and what was shown with which expected watch time.

Interests, styles, languages and drifting popularity make the watches (``watches``); impressions for ranking
(``impressions``) have a known truth (``truth``). The catalogue lies in memory at some 30 bytes a video, the
users at 16 bytes each; everything else is drawn block by block, so that any number of events streams.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.graph.columns import Columns
from engine.recommenders.data.logs.log import Log
from engine.recommenders.data.worlds.generated import Named, check_range, in_chunks, joined, stream
from engine.recommenders.data.worlds.video_site.catalogue import make_catalogue
from engine.recommenders.data.worlds.video_site.impressions import RankingChunk, impressions_of
from engine.recommenders.data.worlds.video_site.people import People, people_of, shares
from engine.recommenders.data.worlds.video_site.truth import Truth, truth_of
from engine.recommenders.data.worlds.video_site.watches import OPENING, WatchChunk, watches_of
from engine.recommenders.data.worlds.video_site.words import (
    AGE_GROUPS,
    COUNTRIES,
    DEVICES,
    GENDERS,
    LANGUAGES,
    TOPICS,
    title_of,
    token_count,
    token_of,
)

BLOCK = 32_768
"""Watches, or impressions, that a block of users has on average."""
BUSIEST = 100_000
"""Watches, or impressions, per user at most, on average: a user's are drawn together."""


@dataclass(frozen=True, slots=True)
class VideoSiteSpec:
    """The site's size and seed: 10^3 to 10^8 watches (``events``), 10^2 to 10^7 videos (``items``).

    ``impressions``: how many there are for ranking; as many as watches where None.
    """

    users: int = 5_000
    items: int = 5_000
    events: int = 200_000
    seed: int = 0
    impressions: int | None = None

    @property
    def shown(self) -> int:
        """Number of impressions."""
        return self.events if self.impressions is None else self.impressions

    def check(self) -> None:
        """Raise :class:`engine.problems.EngineError` where a value is out of its range."""
        check_range("The number of users", self.users, 1, 10**7)
        check_range("The number of videos", self.items, 100, 10**7)
        check_range("The number of watches", self.events, 1, min(10**9, BUSIEST * self.users))
        check_range("The number of impressions", self.shown, 0, min(10**9, BUSIEST * self.users))
        check_range("The seed", self.seed, 0, 2**63 - 1)


class VideoSite:
    """The site. What a chunk holds does not depend on it being read in chunks of another size."""

    def __init__(self, spec: VideoSiteSpec) -> None:
        spec.check()
        self.spec = spec
        self.catalogue = make_catalogue(spec.items, spec.seed)
        self._watches = shares(spec.seed, spec.users, spec.events)
        self._impressions = shares(spec.seed, spec.users, spec.shown)
        # So many users that neither their watches nor their impressions exceed a block by much.
        self._together = max(1, BLOCK * spec.users // max(spec.events, spec.shown))

    def chunks(self, size: int) -> Iterator[WatchChunk]:
        """All watches, by user, then by time, ``size`` at a time; raises EngineError where size < 1."""
        return in_chunks((self._watched(block)[1] for block in self._blocks()), size)

    def impressions(self, size: int) -> Iterator[RankingChunk]:
        """All impressions, by user, then by time, ``size`` at a time; raises EngineError where size < 1."""
        return in_chunks((self._shown(block) for block in self._blocks()), size)

    def watches(self) -> WatchChunk:
        """All watches at once, with the searches before each of them."""
        return joined([self._watched(block)[1] for block in self._blocks()])

    def log(self) -> Log:
        """All watches as a log; ``as_log(watches())`` where the searches are wanted beside it."""
        return self.as_log(self.watches())

    def names(self, column: str) -> Sequence[str]:
        """The names of a categorical column's ids, in the order of the ids; the unknown one is first.

        ``column`` is one of ``video``, ``history``, ``searches``, ``topic``, ``user_language``, ``video_language``,
        ``country``, ``device``, ``gender``, ``age_group``; raises KeyError otherwise.
        """
        topics = self.catalogue.topics
        if column in ("video", "history"):
            return Named(self.spec.items + 1, lambda video: self.title(video - 1) if video else "(unknown)")
        if column == "searches":
            return Named(token_count(topics), lambda token: token_of(token, topics))
        named: dict[str, Sequence[str]] = {
            "topic": [words[0] for words in TOPICS[:topics]],
            "user_language": LANGUAGES,
            "video_language": LANGUAGES,
            "country": [country for country, _ in COUNTRIES],
            "device": DEVICES,
            "gender": GENDERS,
            "age_group": AGE_GROUPS,
        }
        return ("(unknown)", *named[column])

    def title(self, item: int) -> str:
        """The title of a video by its index."""
        shelf = int(self.catalogue.shelves[self.catalogue.creators[item]])
        return title_of(item, shelf // len(LANGUAGES))

    def truth(self, columns: Columns) -> Truth:
        """Click rate and expected watch time for any rows with the columns of a :class:`RankingChunk`."""
        return truth_of(self.catalogue, columns)

    def as_log(self, watches: WatchChunk) -> Log:
        """Watches of this site as a log.

        ``extras``: ``watch_seconds``. ``user_features``: country, language, device, gender, age (years).
        ``item_features``: title, topic, language, creator, uploaded (Unix seconds).
        """
        return Log(
            watches.users,
            watches.items,
            watches.times,
            Named(self.spec.users, lambda user: f"user {user}"),
            Named(self.spec.items, lambda item: f"video {item}"),
            {"watch_seconds": watches.watch_seconds},
            self._user_features(),
            self._item_features(),
        )

    def _user_features(self) -> dict[str, Sequence[str] | NDArray[np.float64]]:
        people = people_of(self.spec.seed, np.arange(self.spec.users), self.catalogue.topics)
        return {
            "country": _looked_up([country for country, _ in COUNTRIES], people.country),
            "language": _looked_up(LANGUAGES, people.language),
            "device": _looked_up(DEVICES, people.device),
            "gender": _looked_up(GENDERS, people.gender),
            "age": people.ages.astype(np.float64),
        }

    def _item_features(self) -> dict[str, Sequence[str] | NDArray[np.float64]]:
        items, catalogue = np.arange(self.spec.items), self.catalogue
        return {
            "title": Named(self.spec.items, self.title),
            "topic": _looked_up([words[0] for words in TOPICS], catalogue.topic(items)),
            "language": _looked_up(LANGUAGES, catalogue.language(items)),
            "creator": Named(self.spec.items, lambda item: f"creator {catalogue.creators[item]}"),
            "uploaded": OPENING + catalogue.uploaded.astype(np.float64),
        }

    def _blocks(self) -> range:
        return range(-(-self.spec.users // self._together))

    def _watched(self, block: int) -> tuple[People, WatchChunk]:
        """The users of a block and what they watched."""
        first = block * self._together
        users = np.arange(first, min(first + self._together, self.spec.users))
        people = people_of(self.spec.seed, users, self.catalogue.topics)
        owners = np.repeat(users - first, np.diff(self._watches[first : users[-1] + 2]))
        return people, watches_of(stream(self.spec.seed, "watches", block), self.catalogue, people, owners, first)

    def _shown(self, block: int) -> RankingChunk:
        """What the users of a block were shown."""
        people, watches = self._watched(block)
        first = block * self._together
        counts = np.diff(self._impressions[first : first + len(people.ages) + 1])
        owners = np.repeat(np.arange(len(people.ages)), counts)
        draw = stream(self.spec.seed, "impressions", block)
        return impressions_of(draw, self.catalogue, people, owners, first, watches)


def _looked_up(names: Sequence[str], codes: NDArray[np.int64]) -> list[str]:
    """The names of codes."""
    found: list[str] = np.array(names, object)[codes].tolist()
    return found
