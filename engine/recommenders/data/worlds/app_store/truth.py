"""The generated app store's catalogue and its truth: how probable an install is, as a function of the columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.special import expit, logit

from engine.graph.columns import Bags, Columns, Ids
from engine.recommenders.data.worlds.app_store.names import GENRES
from engine.recommenders.data.worlds.generated import stream

NETFLIX, PANDORA = 1, 2
"""The ids of the planted pair's apps. Netflix is only ever installed, Pandora only ever shown."""
PAIR_RATE = 0.10
"""The rate at which Pandora is installed where Netflix is (Cheng et al. 2016, section 3.1)."""
DEVICES = ("phone", "budget phone", "foldable", "tablet", "television", "watch")
WIDTH = 8
LIFT = float(logit(0.10) - logit(0.01))
"""Log-odds by which an exceptional pair's rate is raised or lowered: from 1 % to 10 %, or to 0.09 %."""

_AFFINITY, _AGE, _DEVICE, _APPEAL = 2.5, 1.0, 0.4, 0.4


@dataclass(frozen=True, slots=True)
class AppCatalogue:
    """The apps. ``genres`` (apps + 1,) and the rows of ``latents`` (apps + 1, 8), ``appeal`` (apps + 1,) by id.

    Id 0 is the unknown app, which like Netflix and Pandora has no latents and no appeal. ``by_genre`` lists the ids
    that people install by choice genre by genre, ``popularity`` (their number + 1,) is the running sum of their
    weights from 0 and ``borders`` (genres + 1,) says where each genre begins.
    """

    genres: NDArray[np.int64]
    latents: NDArray[np.float32]
    appeal: NDArray[np.float32]
    by_genre: NDArray[np.int64]
    popularity: NDArray[np.float64]
    borders: NDArray[np.int64]
    preferred_age: NDArray[np.float64]
    device_taste: NDArray[np.float64]

    @property
    def count(self) -> int:
        """Number of apps, the unknown one not counted."""
        return len(self.genres) - 1

    def pick(self, genres: NDArray[np.int64], uniform: NDArray[np.float64]) -> Ids:
        """An app of each genre, by popularity (Zipf's law within the genre), at uniform numbers."""
        sums = self.popularity[self.borders]
        low, span = sums[genres], np.diff(sums)[genres]
        found = np.searchsorted(self.popularity, low + uniform * span, side="right") - 1
        apps: Ids = self.by_genre[np.clip(found, self.borders[genres], self.borders[genres + 1] - 1)]
        return apps

    def best_known(self, count: int) -> Ids:
        """The ids of the most popular apps, as many from every genre."""
        places = np.arange(-(-count // len(GENRES)))[:, None] + self.borders[:-1]
        ids: Ids = self.by_genre[places[places < self.borders[1:]]][:count]
        return ids


def make_catalogue(apps: int, seed: int) -> AppCatalogue:
    """Draw the catalogue: an app's latents scatter round its genre's, so that genres generalise to apps."""
    ids = np.arange(apps + 1)
    genres = (ids - 1) % len(GENRES)
    draw = stream(seed, "catalogue")
    centres = np.linalg.qr(draw.standard_normal((len(GENRES), WIDTH)))[0]
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    preferred_age, device_taste = draw.uniform(18, 65, len(GENRES)), draw.standard_normal((len(DEVICES), len(GENRES)))
    latents = draw.standard_normal((apps + 1, WIDTH), np.float32) * np.float32(0.2)
    latents += centres[genres].astype(np.float32)
    appeal = draw.standard_normal(apps + 1, np.float32) * np.float32(_APPEAL)
    latents[: PANDORA + 1], appeal[: PANDORA + 1] = 0, 0
    chosen = ids[PANDORA + 1 :]
    by_genre = chosen[np.argsort(genres[chosen], kind="stable")]
    borders = np.searchsorted(genres[by_genre], np.arange(len(GENRES) + 1))
    ranks = np.arange(len(by_genre)) - borders[genres[by_genre]]
    popularity = np.concatenate([[0.0], np.cumsum(1.0 / (ranks + 3.0))])
    return AppCatalogue(genres, latents, appeal, by_genre, popularity, borders, preferred_age, device_taste)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of an installed and a shown app by their sorted ``keys`` installed * (apps + 1) + shown, with ``lifts``."""

    keys: NDArray[np.int64]
    lifts: NDArray[np.float64]
    apps: int

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def installed(self) -> Ids:
        """The installed app of each pair."""
        return self.keys // (self.apps + 1)

    @property
    def shown(self) -> Ids:
        """The shown app of each pair."""
        return self.keys % (self.apps + 1)

    def count_and_lift(self, installed: Bags, shown: Ids) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """How many of the pairs each row holds, and the sum of their lifts."""
        lengths = installed.lengths
        ours = np.zeros(self.apps + 1, bool)
        ours[self.shown] = True
        rows = np.repeat(np.arange(installed.rows), lengths * ours[shown])
        ids = installed.ids[np.repeat(ours[shown], lengths)]
        keys = ids * (self.apps + 1) + shown[rows]
        places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        hit = self.keys[places] == keys
        lift = np.bincount(rows[hit], self.lifts[places[hit]], minlength=installed.rows)
        return np.bincount(rows[hit], minlength=installed.rows), lift.astype(np.float64)


def make_pairs(lifts: dict[tuple[int, int], float], apps: int) -> Pairs:
    """Pairs (installed, shown) with the log-odds that each adds."""
    keys = np.array([installed * (apps + 1) + shown for installed, shown in lifts], np.int64)
    order = np.argsort(keys)
    return Pairs(keys[order], np.array(list(lifts.values()), np.float64)[order], apps)


def smooth_score(catalogue: AppCatalogue, columns: Columns) -> NDArray[np.float64]:
    """The generalising part of the log-odds, intercept left out, (rows,): what a pair never seen is judged by.

    It is affinity between the mean latents of the installed apps and those of the shown one, squashed; the shown
    genre's preferred age and device class; and the shown app's own appeal.
    """
    installed, shown = columns["installed_apps"], np.asarray(columns["impression_app"])
    assert isinstance(installed, Bags)
    membership = csr_matrix(
        (np.ones(len(installed.ids), np.float32), installed.ids, installed.offsets),
        shape=(installed.rows, catalogue.count + 1),
    )
    taste = (membership @ catalogue.latents) / np.maximum(installed.lengths, 1)[:, None]
    affinity = np.tanh(2.0 * np.einsum("rk,rk->r", taste, catalogue.latents[shown]))
    genres = catalogue.genres[shown]
    age = np.asarray(columns["age"], np.float64)
    age_match = np.exp(-(((age - catalogue.preferred_age[genres]) / 12.0) ** 2))
    device = catalogue.device_taste[np.asarray(columns["device_class"]) - 1, genres]
    collector = 0.3 * np.log(np.maximum(np.asarray(columns["installs"], np.float64), 1.0) / 15.0)
    score = _AFFINITY * affinity + _AGE * age_match + _DEVICE * device + collector + catalogue.appeal[shown]
    return np.where(shown == PANDORA, 0.0, score)


def true_rate(
    catalogue: AppCatalogue, exceptions: Pairs, columns: Columns, intercept: float, base_rate: float
) -> NDArray[np.float64]:
    """Probability of an install per row: the smooth part and the exceptions' lifts add up in log-odds.

    Pandora has no smooth part: its rate is ``base_rate``, and exactly 10 % where Netflix is installed.
    """
    shown = np.asarray(columns["impression_app"])
    installed = columns["installed_apps"]
    assert isinstance(installed, Bags)
    score = smooth_score(catalogue, columns) + np.where(shown == PANDORA, logit(base_rate), intercept)
    return np.asarray(expit(score + exceptions.count_and_lift(installed, shown)[1]), np.float64)
