"""The generated app store's users: anybody's age, device class and installed apps, from nothing but their number."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from engine.graph.columns import Bags, Ids
from engine.recommenders.data.different import different
from engine.recommenders.data.worlds.app_store.names import GENRES
from engine.recommenders.data.worlds.app_store.truth import NETFLIX, AppCatalogue
from engine.recommenders.data.worlds.generated import by_weight, hashed, hashed_within, offsets_of, places_within

NETFLIX_EVERY = 4
"""Every fourth user has Netflix installed, whatever else is true of them."""
GENRE_WEIGHTS = np.cumsum(1.0 / np.arange(2, len(GENRES) + 2))
TASTE_WEIGHTS = np.cumsum([0.5, 0.3, 0.2])
_DEVICE_WEIGHTS = np.cumsum([0.45, 0.25, 0.03, 0.15, 0.08, 0.04])
_OWN_TASTE = 0.85
"""Share of the installed apps that come from the user's own three genres."""


def tastes(seed: int, users: NDArray[np.int64], which: NDArray[np.int64]) -> NDArray[np.int64]:
    """A user's first, second or third genre."""
    return by_weight(GENRE_WEIGHTS, hashed(seed, "taste", users, which))


def people_of(seed: int, users: NDArray[np.int64]) -> tuple[NDArray[np.float64], Ids]:
    """Whole years of age, 13 to 80, and the device class of users."""
    ages = np.clip(np.round(34.0 + 14.0 * ndtri(hashed(seed, "age", users))), 13, 80)
    return ages, by_weight(_DEVICE_WEIGHTS, hashed(seed, "device", users)) + 1


def installed_apps(seed: int, users: NDArray[np.int64], catalogue: AppCatalogue) -> Bags:
    """The different apps that users have, ascending: about fifteen of their genres, and Netflix by its own rule."""
    wanted = np.clip(np.exp(2.7 + 0.5 * ndtri(hashed(seed, "installs", users))), 4, 60).astype(np.int64)
    rows, slots = np.repeat(np.arange(len(users)), wanted), places_within(wanted)
    which = by_weight(TASTE_WEIGHTS, hashed_within(seed, "which taste", users, rows, slots))
    genres = tastes(seed, users[:, None], np.arange(len(TASTE_WEIGHTS)))[rows, which]
    any_genre = hashed_within(seed, "any genre", users, rows, slots) / (1.0 - _OWN_TASTE)
    others = np.flatnonzero(any_genre < 1.0)
    genres[others] = by_weight(GENRE_WEIGHTS, any_genre[others])
    apps = catalogue.pick(genres, hashed_within(seed, "app", users, rows, slots))
    streaming = np.flatnonzero(users % NETFLIX_EVERY == 0)
    rows, apps = np.concatenate([rows, streaming]), np.concatenate([apps, np.full(len(streaming), NETFLIX)])
    keys = different(rows * (catalogue.count + 1) + apps)
    offsets = np.searchsorted(keys, np.arange(len(users) + 1) * (catalogue.count + 1))
    return Bags(keys % (catalogue.count + 1), offsets)


def without(bags: Bags, shown: Ids) -> Bags:
    """Bags less the shown app: what is shown was not installed yet."""
    rows = np.repeat(np.arange(bags.rows), bags.lengths)
    kept = bags.ids != shown[rows]
    return Bags(bags.ids[kept], offsets_of(np.bincount(rows[kept], minlength=bags.rows)))
