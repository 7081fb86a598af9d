"""The generated video site's catalogue: what every video is, and drawing one by its popularity at some time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from engine.recommenders.data.worlds.generated import by_weight, hashed
from engine.recommenders.data.worlds.video_site.words import LANGUAGES, TOPICS

DAY = 86_400
DAYS = 90
"""Days that are watched."""
BACKLOG = 90
"""Days before the first of them from which there are videos."""
STYLES = 8
LANGUAGE_WEIGHTS = np.cumsum([0.5, 0.2, 0.15, 0.15])
_RISE, _DECAY, _EVERGREEN = 1.5, 9.0, 0.04
_UPLOAD_DAYS = BACKLOG + DAYS


def freshness(age: NDArray[np.float64]) -> NDArray[np.float64]:
    """How sought after a video is by its age in days: a steep rise after the upload, then a decay to a low constant.

    None before the day after the upload (compare Covington et al. 2016, figure 4).
    """
    rise_and_decay = (1.0 - np.exp(-age / _RISE)) * np.exp(-age / _DECAY)
    return np.where(age >= 1.0, rise_and_decay + _EVERGREEN, 0.0)


def topic_count(items: int) -> int:
    """Topics of a site with so many videos: enough videos for every topic in every language."""
    return int(np.clip(items // (80 * len(LANGUAGES)), 3, len(TOPICS)))


@dataclass(frozen=True, slots=True)
class VideoCatalogue:
    """The videos. ``creators``, ``uploaded`` (items,): seconds since the first watched day began, or before it.

    ``shelves`` (creators,): topic * languages + language, which all videos of a creator share; ``styles`` (creators,).
    ``order`` (items,): the videos by shelf and day of upload; ``begins`` (shelves * days of upload + 1,): where each
    such shelf-day begins; ``appeal`` (items + 1,): the running sum of the videos' own weights in that order.
    ``seek`` (shelves * days watched * days of upload,): for each shelf and day watched the running share of views
    by the day of upload, plus the row's number, so that one binary search over all of it draws a day of upload.
    """

    seed: int
    topics: int
    creators: NDArray[np.int32]
    uploaded: NDArray[np.int32]
    shelves: NDArray[np.int16]
    styles: NDArray[np.int8]
    order: NDArray[np.int32]
    begins: NDArray[np.int64]
    appeal: NDArray[np.float64]
    seek: NDArray[np.float64]

    @property
    def count(self) -> int:
        """Number of videos."""
        return len(self.creators)

    def topic(self, items: NDArray[np.int64]) -> NDArray[np.int64]:
        """The topics of videos."""
        return self.shelves[self.creators[items]].astype(np.int64) // len(LANGUAGES)

    def language(self, items: NDArray[np.int64]) -> NDArray[np.int64]:
        """The languages of videos."""
        return self.shelves[self.creators[items]].astype(np.int64) % len(LANGUAGES)

    def style(self, items: NDArray[np.int64]) -> NDArray[np.int64]:
        """The styles of videos' creators."""
        return self.styles[self.creators[items]].astype(np.int64)

    def duration(self, items: NDArray[np.int64]) -> NDArray[np.float64]:
        """Seconds that videos last: a topic has its usual length, a video varies by a third round it."""
        usual = 330.0 * np.exp(0.8 * ndtri(hashed(self.seed, "usual duration", self.topic(items))))
        return np.asarray(np.clip(usual * np.exp(0.33 * ndtri(hashed(self.seed, "duration", items))), 20.0, 7200.0))

    def quality(self, items: NDArray[np.int64]) -> NDArray[np.float64]:
        """How good videos are, standard normal; their popularity grows with it."""
        return np.asarray(ndtri(hashed(self.seed, "quality", items)), np.float64)

    def pick(
        self, shelves: NDArray[np.int64], days: NDArray[np.int64], uniform: NDArray[np.float64]
    ) -> NDArray[np.int64]:
        """A video of each shelf by its popularity on a day, at uniform numbers (2, n).

        The probability of a video is its weight times its :func:`freshness`, over the sum of these on the shelf.
        """
        rows = shelves * DAYS + days
        # Rows are told apart by their whole numbers, so a fraction must not round up to the next.
        place = np.searchsorted(self.seek, rows + np.minimum(uniform[0], 1.0 - 1e-10), side="right")
        shelf_days = shelves * _UPLOAD_DAYS + place % _UPLOAD_DAYS
        begin, end = self.begins[shelf_days], self.begins[shelf_days + 1]
        low, high = self.appeal[begin], self.appeal[end]
        found = np.searchsorted(self.appeal, low + uniform[1] * (high - low), side="right") - 1
        return np.asarray(self.order[np.clip(found, begin, end - 1)], np.int64)

    def share(self, item: int, day: int) -> float:
        """The exact probability with which :meth:`pick` draws a video on its shelf on a day."""
        shelf = int(self.shelves[self.creators[item]])
        begins = self.begins[shelf * _UPLOAD_DAYS : (shelf + 1) * _UPLOAD_DAYS + 1]
        weights = np.diff(self.appeal[begins]) * freshness(day - np.arange(-BACKLOG, DAYS, dtype=np.float64))
        place = int(np.flatnonzero(self.order[begins[0] : begins[-1]] == item)[0]) + int(begins[0])
        own = self.appeal[place + 1] - self.appeal[place]
        age = np.array([day - self.uploaded[item] // DAY], np.float64)
        return float(own * freshness(age)[0] / weights.sum())


def make_catalogue(items: int, seed: int) -> VideoCatalogue:
    """Draw the catalogue; about 30 bytes a video stay in memory."""
    topics = topic_count(items)
    shelf_count = topics * len(LANGUAGES)
    shelves, styles = _creators(max(shelf_count, items // 10), topics, seed)
    ids = np.arange(items)
    # Some creators upload much more than others; the first videos see to it that no shelf is ever empty.
    creators = (len(shelves) * hashed(seed, "creator", ids) ** 2).astype(np.int32)
    creators[:shelf_count] = ids[:shelf_count]
    uploaded = (DAY * (_UPLOAD_DAYS * hashed(seed, "uploaded", ids) - BACKLOG)).astype(np.int32)
    uploaded[:shelf_count] = -DAY - uploaded[:shelf_count] % ((BACKLOG - 1) * DAY)
    shelf_days = shelves[creators].astype(np.int32) * _UPLOAD_DAYS + uploaded // DAY + BACKLOG
    order = np.argsort(shelf_days, kind="stable").astype(np.int32)
    begins = np.searchsorted(shelf_days[order], np.arange(shelf_count * _UPLOAD_DAYS + 1))
    appeal = np.zeros(items + 1)
    np.cumsum(np.exp(1.2 * ndtri(hashed(seed, "quality", ids)))[order], out=appeal[1:])
    seek = _seek(np.diff(appeal[begins]).reshape(shelf_count, _UPLOAD_DAYS))
    return VideoCatalogue(seed, topics, creators, uploaded, shelves, styles, order, begins, appeal, seek)


def _creators(count: int, topics: int, seed: int) -> tuple[NDArray[np.int16], NDArray[np.int8]]:
    """Shelf and style of every creator; the first ones have one shelf each."""
    ids = np.arange(count)
    topic = by_weight(np.cumsum(1.0 / np.arange(3, topics + 3)), hashed(seed, "creator topic", ids))
    language = by_weight(LANGUAGE_WEIGHTS, hashed(seed, "creator language", ids))
    shelves = topic * len(LANGUAGES) + language
    shelves[: topics * len(LANGUAGES)] = np.arange(topics * len(LANGUAGES))
    return shelves.astype(np.int16), (STYLES * hashed(seed, "style", ids)).astype(np.int8)


def _seek(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """The search table of a catalogue from the weight of each shelf (shelves, days of upload)."""
    ages = np.arange(DAYS)[:, None] - np.arange(-BACKLOG, DAYS, dtype=np.float64)
    table = np.cumsum(weights[:, None, :] * freshness(ages), axis=2)
    table /= table[:, :, -1:]
    table += np.arange(table.shape[0] * DAYS).reshape(-1, DAYS, 1)
    return np.asarray(table.reshape(-1), np.float64)
