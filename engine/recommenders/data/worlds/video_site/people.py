"""The generated video site's users: what anybody is like and looks for, from nothing but their number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from engine.recommenders.data.worlds.generated import by_weight, hashed
from engine.recommenders.data.worlds.video_site.catalogue import DAY, DAYS, STYLES
from engine.recommenders.data.worlds.video_site.words import AGE_BORDERS, COUNTRIES

SPAN = DAY * DAYS
"""Seconds that are watched."""
INTERESTS = 4
_INTEREST_WEIGHTS = np.array([0.4, 0.3, 0.2, 0.1])
_COUNTRY_WEIGHTS = np.cumsum(1.0 / np.arange(2, len(COUNTRIES) + 2))
_DEVICE_WEIGHTS = np.cumsum([0.55, 0.2, 0.15, 0.1])
_GENDER_WEIGHTS = np.cumsum([0.46, 0.46, 0.08])
_SPOKEN = np.array([language for _, language in COUNTRIES])


@dataclass(frozen=True, slots=True)
class People:
    """Some users, arrays (users,): codes from 0, ``ages`` in whole years, ``joined_at`` in seconds.

    ``interests`` (users, 4): topics; ``phases`` (users, 4): when in the span each is at its height, in [0, 1).
    ``styles`` (users, 2): what they like best and second best.
    """

    country: NDArray[np.int64]
    language: NDArray[np.int64]
    device: NDArray[np.int64]
    gender: NDArray[np.int64]
    ages: NDArray[np.int64]
    age_group: NDArray[np.int64]
    joined_at: NDArray[np.int64]
    interests: NDArray[np.int64]
    phases: NDArray[np.float64]
    styles: NDArray[np.int64]

    def topic_at(
        self, users: NDArray[np.int64], times: NDArray[np.int64], uniform: NDArray[np.float64]
    ) -> NDArray[np.int64]:
        """A topic that each user (a row here) is after at a time in seconds, at uniform numbers.

        Interests wax and wane, so that the future is not quite like the past.
        """
        swing = np.cos(2.0 * np.pi * (times[:, None] / SPAN - self.phases[users]))
        running = np.cumsum(_INTEREST_WEIGHTS * (1.05 + swing), axis=1)
        which = (running < uniform[:, None] * running[:, -1:]).sum(axis=1)
        topics: NDArray[np.int64] = self.interests[users, np.minimum(which, INTERESTS - 1)]
        return topics


def people_of(seed: int, users: NDArray[np.int64], topics: int) -> People:
    """What some users are like. Half of their interests go with their age group and gender, the others with nobody."""
    country = by_weight(_COUNTRY_WEIGHTS, hashed(seed, "country", users))
    gender = by_weight(_GENDER_WEIGHTS, hashed(seed, "gender", users))
    ages = np.clip(np.round(31.0 + 13.0 * ndtri(hashed(seed, "age", users))), 13, 80).astype(np.int64)
    age_group = np.searchsorted(np.array(AGE_BORDERS), ages, side="right")
    slots = np.arange(INTERESTS)
    drawn = hashed(seed, "interest", users[:, None], slots)
    favourite = by_weight(np.cumsum(1.0 / np.arange(2, topics + 2)), 2.0 * drawn % 1.0)
    # An age group and gender has a ranking of the topics of its own: everybody's, begun elsewhere.
    shift = (5 * age_group + 7 * gender)[:, None] * (drawn < 0.5)
    return People(
        country=country,
        language=_SPOKEN[country],
        device=by_weight(_DEVICE_WEIGHTS, hashed(seed, "device", users)),
        gender=gender,
        ages=ages,
        age_group=age_group,
        joined_at=(0.6 * SPAN * hashed(seed, "joined", users) ** 2).astype(np.int64),
        interests=(favourite + shift) % topics,
        phases=hashed(seed, "phase", users[:, None], slots),
        styles=(STYLES * hashed(seed, "liked style", users[:, None], np.arange(2))).astype(np.int64),
    )


def shares(seed: int, users: int, total: int) -> NDArray[np.int64]:
    """Where each user's rows begin among ``total`` rows, and the end, (users + 1,): some are far busier than others."""
    busy = np.exp(np.minimum(0.9 * ndtri(hashed(seed, "busy", np.arange(users))), 2.0))
    running = np.concatenate([[0.0], np.cumsum(busy)])
    return np.asarray(np.round(running / running[-1] * total), np.int64)
