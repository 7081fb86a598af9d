"""What some users of the generated video site watch and search for, over time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.graph.columns import Bags
from engine.recommenders.data.worlds.generated import Chunk, by_weight, offsets_of
from engine.recommenders.data.worlds.video_site.catalogue import DAY, LANGUAGE_WEIGHTS, VideoCatalogue
from engine.recommenders.data.worlds.video_site.people import SPAN, People
from engine.recommenders.data.worlds.video_site.words import LANGUAGES, STEMS, WORDS

OPENING = 1_704_067_200
"""The first watched second, 2024-01-01 00:00:00 UTC, in Unix time."""
CONCENTRATION = 4.0
"""Of the Beta distribution of the share watched: the sum of its parameters."""
_NEW_SESSION, _CHANCE_TOPIC, _FOREIGN, _SEARCHED, _REDRAWN = 0.3, 0.1, 0.12, 0.25, 4


@dataclass(frozen=True, slots=True)
class WatchChunk(Chunk):
    """Some watches, by user, then by time, all arrays (rows,).

    ``users``, ``items``: indices from 0. ``times``: Unix seconds. ``watch_seconds``: how long it was watched.
    ``searches``: ids, from 1, of the unigrams and bigrams that the user searched for just before; mostly none.
    """

    users: NDArray[np.int64]
    items: NDArray[np.int64]
    times: NDArray[np.int64]
    watch_seconds: NDArray[np.float64]
    searches: Bags


def times_of(
    draw: np.random.Generator, people: People, owners: NDArray[np.int64], span: int = SPAN
) -> NDArray[np.int64]:
    """Ordered seconds since the opening, between each user's joining and the end, for ascending owners (n,)."""
    # Sorting owner + fraction puts the fractions of every owner in order at once.
    fraction = np.sort(owners + draw.random(len(owners))) - owners
    joined_at = people.joined_at[owners]
    return np.minimum(joined_at + ((span - joined_at) * fraction).astype(np.int64), span - 1)


def watches_of(
    draw: np.random.Generator, catalogue: VideoCatalogue, people: People, owners: NDArray[np.int64], first_user: int
) -> WatchChunk:
    """Watches of some users, ``owners`` (n,) being their ascending rows in ``people``.

    A watch belongs to a session, which has one topic in one language. Of two videos that are drawn by popularity the
    one whose style suits the user better is watched, and what was watched already is, if possible, drawn anew.
    """
    times = times_of(draw, people, owners)
    begins = (np.diff(owners, prepend=-1) > 0) | (draw.random(len(owners)) < _NEW_SESSION)
    sessions = np.cumsum(begins) - 1
    starts = np.flatnonzero(begins)
    topics, shelves = shelves_of(draw, catalogue, people, owners[starts], times[starts], _CHANCE_TOPIC, _FOREIGN)
    shelves, days = shelves[sessions], times // DAY
    items = _suiting(draw, catalogue, people, owners, shelves, days)
    for round_ in range(_REDRAWN):
        again = _watched_before(owners, items, catalogue.count)
        if round_ >= 2:  # who has seen what there is turns elsewhere
            _, shelves[again] = shelves_of(draw, catalogue, people, owners[again], times[again], 0.5, _FOREIGN)
        items[again] = _suiting(draw, catalogue, people, owners[again], shelves[again], days[again])
    share = share_watched(catalogue, people, owners, items)
    seconds = seconds_watched(draw, catalogue.duration(items), share)
    searches = _searches(draw, catalogue.topics, people, owners, topics[sessions], times)
    return WatchChunk(first_user + owners, items, OPENING + times, seconds, searches)


def shelves_of(
    draw: np.random.Generator,
    catalogue: VideoCatalogue,
    people: People,
    owners: NDArray[np.int64],
    times: NDArray[np.int64],
    chance: float,
    foreign: float,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The topics and the shelves that users turn to; with some chance any topic, and any language, at random."""
    uniform = draw.random((5, len(owners)))
    topics = people.topic_at(owners, times, uniform[0])
    topics = np.where(uniform[1] < chance, (uniform[2] * catalogue.topics).astype(np.int64), topics)
    language = people.language[owners]
    language = np.where(uniform[3] < foreign, by_weight(LANGUAGE_WEIGHTS, uniform[4]), language)
    return topics, topics * len(LANGUAGES) + language


def share_watched(
    catalogue: VideoCatalogue, people: People, owners: NDArray[np.int64], items: NDArray[np.int64]
) -> NDArray[np.float64]:
    """The mean share of a video that is watched: more in one's own language and a style that one likes."""
    own = catalogue.language(items) == people.language[owners]
    return np.asarray(0.25 + 0.2 * own + 0.15 * _liking(catalogue, people, owners, items), np.float64)


def seconds_watched(
    draw: np.random.Generator, duration: NDArray[np.float64], share: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Seconds watched of videos of some duration: a Beta-distributed share with the given mean, (n,)."""
    return duration * draw.beta(CONCENTRATION * share, CONCENTRATION * (1.0 - share))


def _suiting(
    draw: np.random.Generator,
    catalogue: VideoCatalogue,
    people: People,
    owners: NDArray[np.int64],
    shelves: NDArray[np.int64],
    days: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Of two videos drawn by popularity, the one whose style suits better, (n,)."""
    uniform = draw.random((4, len(owners)))
    first, second = (catalogue.pick(shelves, days, uniform[half : half + 2]) for half in (0, 2))
    better = _liking(catalogue, people, owners, second) > _liking(catalogue, people, owners, first)
    return np.where(better, second, first)


def _liking(
    catalogue: VideoCatalogue, people: People, owners: NDArray[np.int64], items: NDArray[np.int64]
) -> NDArray[np.int64]:
    """2 for the style that a user likes best, 1 for the second best, else 0."""
    style = catalogue.style(items)
    best, second = people.styles[owners, 0] == style, people.styles[owners, 1] == style
    return np.asarray(np.where(best, 2, second), np.int64)


def _watched_before(owners: NDArray[np.int64], items: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """The rows whose video the same user has in an earlier row."""
    keys = owners * count + items
    order = np.argsort(keys, kind="stable")
    return np.sort(order[1:][np.diff(keys[order]) == 0])


def _searches(
    draw: np.random.Generator,
    topics: int,
    people: People,
    owners: NDArray[np.int64],
    session_topics: NDArray[np.int64],
    times: NDArray[np.int64],
) -> Bags:
    """Search tokens before each watch: a topic's word alone, or with a word of any topic and the bigram of both.

    The topic is mostly the session's, else another one that the user is interested in at the time.
    """
    searched = draw.random(len(owners)) < _SEARCHED
    rows = np.flatnonzero(searched)
    uniform = draw.random((5, len(rows)))
    other = people.topic_at(owners[rows], times[rows], uniform[0])
    topic = np.where(uniform[1] < 0.6, session_topics[rows], other)
    stem = topic * STEMS + (STEMS * uniform[2] ** 1.5).astype(np.int64)
    word = (len(WORDS) * uniform[3] ** 1.5).astype(np.int64)
    stems = topics * STEMS
    tokens = np.stack([1 + stem, 1 + stems + word, 1 + stems + len(WORDS) + stem * len(WORDS) + word], axis=1)
    lengths = np.zeros(len(owners), np.int64)
    lengths[rows] = np.where(uniform[4] < 0.25, 1, 3)
    return Bags(tokens[np.arange(3) < lengths[rows, None]], offsets_of(lengths))
