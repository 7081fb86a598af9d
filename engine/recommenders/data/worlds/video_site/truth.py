"""How probable a click is on the generated video site, and how long is then watched: exactly, for any row.

Deliberately not log-linear in the features: it has thresholds (how often the video was shown, how long ago its topic
was watched) and interactions (of the device with the time since the topic and with the duration, of the language with
the kind of foreign language), so that e^(Wx+b) needs hidden layers to follow it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, ndtri

from engine.graph.columns import Bags, Columns
from engine.recommenders.data.worlds.generated import hashed
from engine.recommenders.data.worlds.video_site.catalogue import DAYS, VideoCatalogue
from engine.recommenders.data.worlds.video_site.words import DEVICES

NEVER = 24.0 * DAYS
"""Hours since the last watch where there was none: as long as the site exists."""
TELEVISION, PHONE = DEVICES.index("television"), DEVICES.index("phone")
_LONG = 420.0


@dataclass(frozen=True, slots=True)
class Truth:
    """Per row: ``click_rates``; after a click the mean ``shares`` watched of the ``durations`` in seconds."""

    click_rates: NDArray[np.float64]
    shares: NDArray[np.float64]
    durations: NDArray[np.float64]

    @property
    def seconds_if_clicked(self) -> NDArray[np.float64]:
        """E[watch time | click]: the Beta-distributed share's mean times the duration."""
        return self.shares * self.durations

    @property
    def expected_seconds(self) -> NDArray[np.float64]:
        """E[watch time] = P(click) E[watch time | click], what ranking should order by."""
        return self.click_rates * self.seconds_if_clicked


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the truth looks at, (rows,)."""

    quality: NDArray[np.float64]
    duration: NDArray[np.float64]
    interest: NDArray[np.float64]
    own_language: NDArray[np.bool_]
    since_topic: NDArray[np.float64]
    since_creator: NDArray[np.float64]
    previous: NDArray[np.float64]
    device: NDArray[np.int64]
    demographic: NDArray[np.float64]


def truth_of(catalogue: VideoCatalogue, columns: Columns) -> Truth:
    """The truth of any rows that have the columns of ``impressions``."""
    facts = _facts(catalogue, columns)
    english = np.asarray(columns["video_language"]) == 1
    return Truth(expit(_click_score(facts, english)), expit(_share_score(facts)), facts.duration)


def _facts(catalogue: VideoCatalogue, columns: Columns) -> _Facts:
    items = np.asarray(columns["video"], np.int64) - 1
    topic = catalogue.topic(items)
    group = np.asarray(columns["age_group"], np.int64)
    history = columns["history"]
    assert isinstance(history, Bags)
    return _Facts(
        quality=catalogue.quality(items),
        duration=catalogue.duration(items),
        interest=_interest(catalogue, history, topic),
        own_language=np.asarray(columns["user_language"]) == np.asarray(columns["video_language"]),
        since_topic=np.asarray(columns["since_topic"], np.float64),
        since_creator=np.asarray(columns["since_creator"], np.float64),
        previous=np.asarray(columns["previous_impressions"], np.float64),
        device=np.asarray(columns["device"], np.int64) - 1,
        demographic=np.asarray(ndtri(hashed(catalogue.seed, "demographic", group, topic)), np.float64),
    )


def _interest(catalogue: VideoCatalogue, history: Bags, topic: NDArray[np.int64]) -> NDArray[np.float64]:
    """Share of the watched videos that have the impression's topic; 0 for an empty history. Id 0 has no topic."""
    rows = np.repeat(np.arange(history.rows), history.lengths)
    same = (catalogue.topic(np.maximum(history.ids - 1, 0)) == topic[rows]) & (history.ids > 0)
    return np.bincount(rows[same], minlength=history.rows) / np.maximum(history.lengths, 1)


def _click_score(facts: _Facts, english: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Log-odds of a click."""
    score = -3.7 + 0.35 * facts.quality + 0.3 * facts.demographic
    # A little interest is nearly as good as a lot.
    score += 2.0 * np.minimum(facts.interest, 0.15) / 0.15
    # A foreign language puts off, English less so.
    score += np.where(facts.own_language, 0.0, np.where(english, -0.7, -2.0))
    # Seen once or twice it may be clicked after all; from the third time on it is passed over.
    score += np.where(facts.previous >= 3, -1.5, np.where(facts.previous >= 1, 0.5, 0.0))
    # Right after a video of the topic there is enough of it, except before a television; then comes the appetite.
    just = np.where(facts.device == TELEVISION, 0.9, -1.0)
    score += np.where(facts.since_topic < 2.0, just, np.where(facts.since_topic < 72.0, 0.8, 0.0))
    score += np.where(facts.since_creator < 24.0, np.where(facts.quality > 0.0, 0.9, -0.4), 0.0)
    return np.asarray(score, np.float64)


def _share_score(facts: _Facts) -> NDArray[np.float64]:
    """Log-odds of the mean share watched after a click."""
    score = -0.6 + 0.8 * (facts.interest > 0.3) + np.where(facts.own_language, 0.5, -0.8)
    score += np.where(facts.previous >= 3, -0.8, 0.0)
    # Long videos are for the television, not for the phone.
    far = np.where(facts.device == TELEVISION, 0.9, np.where(facts.device == PHONE, -1.4, 0.0))
    score += np.where(facts.duration > _LONG, far, 0.0)
    return np.asarray(score, np.float64)
