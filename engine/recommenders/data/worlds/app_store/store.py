"""A generated app store with the columns of Google Play (Cheng et al. 2016) and a truth that is known.

Every impression has a true rate of installs, a function of its columns alone (``truth``): a smooth part that
generalises, and exceptions to it that can only be remembered. Some pairs of apps never occur in the training part.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import expit, logit

from engine.graph.columns import Bags, Column, Columns, Ids
from engine.recommenders.data.worlds.app_store.names import invented_name
from engine.recommenders.data.worlds.app_store.people import (
    GENRE_WEIGHTS,
    NETFLIX_EVERY,
    TASTE_WEIGHTS,
    installed_apps,
    people_of,
    tastes,
    without,
)
from engine.recommenders.data.worlds.app_store.truth import (
    DEVICES,
    LIFT,
    NETFLIX,
    PAIR_RATE,
    PANDORA,
    AppCatalogue,
    Pairs,
    make_catalogue,
    make_pairs,
    smooth_score,
    true_rate,
)
from engine.recommenders.data.worlds.generated import (
    Chunk,
    Named,
    by_weight,
    check_range,
    in_chunks,
    stream,
)

BLOCK = 16_384
"""Impressions drawn together; what a chunk holds does not depend on it being read in chunks of another size."""


@dataclass(frozen=True, slots=True)
class AppStoreSpec:
    """The store's size and seed: 10^3 to 10^8 impressions, 10^2 to 10^6 apps.

    ``base_rate``: the mean rate, and Pandora's own. ``pair_share``: share of the impressions that show Pandora to
    somebody who has Netflix; the default gives 3,000 of 200,000. ``exceptions``: further pairs of an installed and a
    shown app whose rate the smooth part misses, half of them raised and half lowered. ``never_seen``: pairs kept out
    of the training part. ``test_share``: share of the other impressions that the test part gets.
    """

    impressions: int = 200_000
    users: int = 20_000
    apps: int = 500
    seed: int = 0
    base_rate: float = 0.01
    pair_share: float = 0.015
    exceptions: int = 120
    never_seen: int = 40
    test_share: float = 0.2

    def check(self) -> None:
        """Raise :class:`engine.problems.EngineError` where a value is out of its range."""
        check_range("The number of impressions", self.impressions, 1, 10**9)
        check_range("The number of users", self.users, NETFLIX_EVERY, 10**8)
        check_range("The number of apps", self.apps, 100, 10**6)
        check_range("The seed", self.seed, 0, 2**63 - 1)
        check_range("The base rate", self.base_rate, 0.0001, 0.05)
        check_range("The planted pair's share", self.pair_share, 0.0, 0.2)
        check_range("The number of exceptional pairs", self.exceptions, 0, 300)
        check_range("The number of pairs never seen in training", self.never_seen, 0, 300)
        check_range("The test part's share", self.test_share, 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class ImpressionChunk(Chunk):
    """Some impressions, all arrays (rows,).

    ``columns``: ``age`` in years and ``installs`` (how many apps the user has) as numbers; ``device_class`` and
    ``impression_app`` as ids, ``installed_apps`` as bags of ids, all from 1 (see :meth:`AppStore.names`).
    ``installed``: the label, whether the shown app was installed. ``rates``: the probability that it was drawn with.
    ``index``: the impression's number in the whole store; ``users``: whose it was. ``withheld``: it holds a pair that
    the training part never shows; ``test``: it belongs to the test part, as all withheld ones do.
    """

    columns: Columns
    installed: NDArray[np.bool_]
    rates: NDArray[np.float64]
    index: NDArray[np.int64]
    users: NDArray[np.int64]
    withheld: NDArray[np.bool_]
    test: NDArray[np.bool_]


class AppStore:
    """The store: draws any impression from its number, so that memory is bounded by the apps and the chunk size.

    ``exceptions`` and ``never_seen`` are the planted pairs, Netflix and Pandora among the former.
    """

    def __init__(self, spec: AppStoreSpec) -> None:
        spec.check()
        self.spec = spec
        self.catalogue, self.exceptions, self.never_seen = _planted(spec)
        self._intercept = self._calibrated()

    def names(self, column: str) -> Sequence[str]:
        """The names of a categorical column's ids, in the order of the ids; the unknown one is first.

        Raises KeyError where ``column`` is none of ``device_class``, ``installed_apps``, ``impression_app``.
        """
        apps = Named(self.spec.apps + 1, app_name)
        devices = ("(unknown)", *DEVICES)
        return {"device_class": devices, "installed_apps": apps, "impression_app": apps}[column]

    def rate(self, columns: Columns) -> NDArray[np.float64]:
        """The true probability of an install for any rows with the store's columns, (rows,)."""
        return true_rate(self.catalogue, self.exceptions, columns, self._intercept, self.spec.base_rate)

    def chunks(self, size: int, part: Literal["train", "test"] | None = None) -> Iterator[ImpressionChunk]:
        """All impressions, or those of the part ``train`` or ``test``, in order, ``size`` at a time.

        Raises :class:`engine.problems.EngineError` where size < 1, KeyError where there is no such part.
        """
        wanted = None if part is None else {"train": False, "test": True}[part]
        return in_chunks(self._blocks(wanted), size)

    def _blocks(self, test: bool | None) -> Iterator[ImpressionChunk]:
        for block in range(-(-self.spec.impressions // BLOCK)):
            chunk = self._block(block)
            yield chunk if test is None else chunk.take(np.flatnonzero(chunk.test == test))

    def _block(self, block: int) -> ImpressionChunk:
        """Impressions ``block * BLOCK`` on. Numbers are drawn for a whole block, and of the last one so many are used
        as it has rows."""
        rows = min(BLOCK, self.spec.impressions - block * BLOCK)
        draw = stream(self.spec.seed, "impressions", block)
        users, columns = self._shown(draw, rows)
        rates = self.rate(columns)
        installed = draw.random(BLOCK)[:rows] < rates
        pairs, _ = self.never_seen.count_and_lift(_bags(columns), _ids(columns))
        withheld = pairs > 0
        test = withheld | (draw.random(BLOCK)[:rows] < self.spec.test_share)
        index = block * BLOCK + np.arange(rows)
        return ImpressionChunk(columns, installed, rates, index, users, withheld, test)

    def _shown(self, draw: np.random.Generator, rows: int = BLOCK) -> tuple[NDArray[np.int64], Columns]:
        """Whom the first ``rows`` impressions of a block were shown to, and their columns."""
        users = draw.integers(self.spec.users, size=BLOCK)[:rows]
        uniform = draw.random((4, BLOCK))[:, :rows]
        preferred = tastes(self.spec.seed, users, by_weight(TASTE_WEIGHTS, uniform[0]))
        # Half of the rows show what is popular with everybody, half what should please the user.
        genres = np.where(uniform[1] < 0.5, by_weight(GENRE_WEIGHTS, 2.0 * uniform[1] % 1.0), preferred)
        shown = self.catalogue.pick(genres, uniform[2])
        shown[uniform[3] < self.spec.pair_share * NETFLIX_EVERY] = PANDORA
        people, places = np.unique(users, return_inverse=True)
        installed = without(installed_apps(self.spec.seed, people, self.catalogue).take(places), shown)
        ages, devices = people_of(self.spec.seed, people)
        columns: dict[str, Column] = {
            "age": ages[places].astype(np.float32),
            "installs": installed.lengths.astype(np.float32),
            "device_class": devices[places],
            "installed_apps": installed,
            "impression_app": shown,
        }
        return users, Columns(columns, rows)

    def _calibrated(self) -> float:
        """The intercept that gives impressions of other apps than Pandora the base rate, over a block of their own."""
        _, columns = self._shown(stream(self.spec.seed, "calibration"))
        others = columns.take(np.flatnonzero(_ids(columns) != PANDORA))
        score = smooth_score(self.catalogue, others)
        score += self.exceptions.count_and_lift(_bags(others), _ids(others))[1]
        return float(brentq(lambda intercept: expit(score + intercept).mean() - self.spec.base_rate, -40.0, 10.0))


def app_name(app: int) -> str:
    """The name of an app by its id."""
    return {0: "(unknown)", NETFLIX: "netflix", PANDORA: "pandora"}.get(app) or invented_name(app - 1)


def _planted(spec: AppStoreSpec) -> tuple[AppCatalogue, Pairs, Pairs]:
    """The catalogue, its exceptional pairs and its pairs never seen in training.

    Exceptions and pairs never seen show different apps, so that on the latter the smooth part tells the whole truth.
    """
    catalogue = make_catalogue(spec.apps, spec.seed)
    installed = catalogue.best_known(min(spec.apps // 3, 48))
    hosts = stream(spec.seed, "pairs").permutation(catalogue.best_known(min(spec.apps // 2, 60)))
    half = len(hosts) // 2
    raised = _some_pairs(spec.seed, "raised", installed, hosts[: half // 2], (spec.exceptions + 1) // 2)
    lowered = _some_pairs(spec.seed, "lowered", installed, hosts[half // 2 : half], spec.exceptions // 2)
    unseen = _unseen_pairs(catalogue, spec, installed, hosts[half:])
    # What is lowered must first be worth noticing.
    appeal = catalogue.appeal.copy()
    appeal[hosts[half // 2 : half]] += 1.5
    lifts = dict.fromkeys(raised, LIFT) | dict.fromkeys(lowered, -LIFT)
    lifts[(NETFLIX, PANDORA)] = float(logit(PAIR_RATE) - logit(spec.base_rate))
    unseen_pairs = make_pairs(dict.fromkeys(unseen, 0.0), spec.apps)
    return replace(catalogue, appeal=appeal), make_pairs(lifts, spec.apps), unseen_pairs


def _unseen_pairs(catalogue: AppCatalogue, spec: AppStoreSpec, installed: Ids, shown: Ids) -> list[tuple[int, int]]:
    """Half of them of one genre, whose rates are high, so that to say the base rate of them all is plainly wrong."""
    pairs = _some_pairs(spec.seed, "never seen", installed, shown, len(installed) * len(shown))
    alike = [pair for pair in pairs if catalogue.genres[pair[0]] == catalogue.genres[pair[1]]][: spec.never_seen // 2]
    return alike + [pair for pair in pairs if pair not in alike][: spec.never_seen - len(alike)]


def _some_pairs(seed: int, purpose: str, installed: Ids, shown: Ids, count: int) -> list[tuple[int, int]]:
    """Different pairs of different apps, at random."""
    pairs = [(a, b) for a in installed.tolist() for b in shown.tolist() if a != b]
    return [pairs[place] for place in stream(seed, purpose).permutation(len(pairs))[:count]]


def _bags(columns: Columns) -> Bags:
    """The installed apps."""
    bags = columns["installed_apps"]
    assert isinstance(bags, Bags)
    return bags


def _ids(columns: Columns) -> Ids:
    """The shown app."""
    return np.asarray(columns["impression_app"], np.int64)
