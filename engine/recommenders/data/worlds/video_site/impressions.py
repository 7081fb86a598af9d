"""What the generated video site showed to some users, and what came of it (Covington et al. 2016, section 4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.graph.columns import Bags, Column, Columns, Ids, Numbers
from engine.recommenders.data.worlds.generated import Chunk, offsets_of, places_within
from engine.recommenders.data.worlds.video_site.catalogue import DAY, VideoCatalogue
from engine.recommenders.data.worlds.video_site.people import SPAN, People
from engine.recommenders.data.worlds.video_site.truth import NEVER, truth_of
from engine.recommenders.data.worlds.video_site.watches import (
    OPENING,
    WatchChunk,
    seconds_watched,
    shelves_of,
    times_of,
)

HISTORY = 20
"""Videos of a history: the last ones before the impression."""
_AGAIN, _CHANCE_TOPIC, _FOREIGN = 0.35, 0.3, 0.25


@dataclass(frozen=True, slots=True)
class RankingChunk(Chunk):
    """Some impressions, by user, then by time, all arrays (rows,).

    ``columns``, ids from 1 (video v of the log is id v + 1): ``video``; ``history``, bags of up to 20 videos watched
    before, oldest first; ``user_language``, ``video_language``; ``topic``; ``since_topic``, ``since_creator``, hours
    since the user last watched the topic or the creator, 2160 where never; ``previous_impressions`` of the same video
    to the same user; ``country``, ``device``, ``gender``, ``age_group``.
    ``clicked`` and ``watch_seconds`` (0 without a click) are what happened. ``click_rates`` and
    ``seconds_if_clicked`` = E[watch time | click] are the truth, a function of the columns, and
    ``expected_seconds`` their product. ``users`` from 0, ``times`` in Unix seconds.
    """

    columns: Columns
    clicked: NDArray[np.bool_]
    watch_seconds: NDArray[np.float64]
    click_rates: NDArray[np.float64]
    seconds_if_clicked: NDArray[np.float64]
    expected_seconds: NDArray[np.float64]
    users: NDArray[np.int64]
    times: NDArray[np.int64]


def impressions_of(
    draw: np.random.Generator,
    catalogue: VideoCatalogue,
    people: People,
    owners: NDArray[np.int64],
    first_user: int,
    watches: WatchChunk,
) -> RankingChunk:
    """Impressions of some users, ``owners`` (n,) being their ascending rows in ``people``, beside their watches."""
    times = times_of(draw, people, owners)
    items = _shown(draw, catalogue, people, owners, times)
    columns = Columns(_columns(catalogue, people, owners, times, items, first_user, watches), len(owners))
    truth = truth_of(catalogue, columns)
    clicked = draw.random(len(owners)) < truth.click_rates
    seconds = np.where(clicked, seconds_watched(draw, truth.durations, truth.shares), 0.0)
    return RankingChunk(
        columns,
        clicked,
        seconds,
        truth.click_rates,
        truth.seconds_if_clicked,
        truth.expected_seconds,
        first_user + owners,
        OPENING + times,
    )


def _shown(
    draw: np.random.Generator,
    catalogue: VideoCatalogue,
    people: People,
    owners: NDArray[np.int64],
    times: NDArray[np.int64],
) -> NDArray[np.int64]:
    """The videos shown: some of them for another time, the others drawn by popularity."""
    _, shelves = shelves_of(draw, catalogue, people, owners, times, _CHANCE_TOPIC, _FOREIGN)
    items = catalogue.pick(shelves, times // DAY, draw.random((2, len(owners))))
    rows = np.arange(len(owners))
    back = np.minimum(draw.geometric(0.3, len(owners)), rows - np.searchsorted(owners, owners))
    source = np.where(draw.random(len(owners)) < _AGAIN, rows - back, rows)
    while np.any(source[source] != source):  # a repetition of a repetition shows what the first one showed
        source = source[source]
    return items[source]


def _columns(
    catalogue: VideoCatalogue,
    people: People,
    owners: NDArray[np.int64],
    times: NDArray[np.int64],
    items: NDArray[np.int64],
    first_user: int,
    watches: WatchChunk,
) -> dict[str, Column]:
    """Every column of a :class:`RankingChunk`."""
    watchers, watched_at = watches.users - first_user, watches.times - OPENING
    topics, creators = catalogue.topics, len(catalogue.shelves)
    topic, creator = catalogue.topic(items), catalogue.creators[items].astype(np.int64)
    watched_topic = watchers * topics + catalogue.topic(watches.items)
    watched_creator = watchers * creators + catalogue.creators[watches.items]
    return {
        "video": items + 1,
        "history": _history(watchers, watched_at, watches.items, owners, times),
        "user_language": people.language[owners] + 1,
        "video_language": catalogue.language(items) + 1,
        "topic": topic + 1,
        "since_topic": _hours_since(watched_topic, watched_at, owners * topics + topic, times),
        "since_creator": _hours_since(watched_creator, watched_at, owners * creators + creator, times),
        "previous_impressions": _occurrences_before(owners * catalogue.count + items),
        "country": people.country[owners] + 1,
        "device": people.device[owners] + 1,
        "gender": people.gender[owners] + 1,
        "age_group": people.age_group[owners] + 1,
    }


def _history(
    watchers: NDArray[np.int64],
    watched_at: NDArray[np.int64],
    watched: NDArray[np.int64],
    owners: NDArray[np.int64],
    times: NDArray[np.int64],
) -> Bags:
    """The last videos that each impression's user watched before it."""
    end = np.searchsorted(watchers * SPAN + watched_at, owners * SPAN + times)
    begin = np.maximum(np.searchsorted(watchers, owners), end - HISTORY)
    lengths = end - begin
    ids: Ids = watched[np.repeat(begin, lengths) + places_within(lengths)] + 1
    return Bags(ids, offsets_of(lengths))


def _hours_since(
    keys: NDArray[np.int64], watched_at: NDArray[np.int64], wanted: NDArray[np.int64], times: NDArray[np.int64]
) -> Numbers:
    """Hours since the last watch with a key before a time; :data:`NEVER` where there was none."""
    if len(keys) == 0:
        return np.full(len(wanted), NEVER, np.float32)
    moments = np.sort(keys * SPAN + watched_at)
    last = moments[np.maximum(np.searchsorted(moments, wanted * SPAN + times) - 1, 0)]
    seconds = wanted * SPAN + times - last
    known = (last // SPAN == wanted) & (seconds > 0)
    return np.where(known, seconds / 3600.0, NEVER).astype(np.float32)


def _occurrences_before(keys: NDArray[np.int64]) -> Numbers:
    """How many earlier rows have a row's key, (n,)."""
    order = np.argsort(keys, kind="stable")
    lengths = np.diff(np.flatnonzero(np.diff(keys[order], prepend=-1, append=-1)))
    before = np.empty(len(keys), np.float32)
    before[order] = places_within(lengths)
    return before
