"""Where candidate generation starts from on a log that nobody has tuned it for: rules from the log's shape.

Each was found on generated logs whose laws differ (``checks/bench/rec_laws.py``) and holds on others of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.recommenders.data.logs.log import Log
from engine.recommenders.tasks.candidates.spec import CandidateChoice, CandidateSpec

EVERY_WATCH = 1_000_000
"""As ``per_user``: no user has so many."""
WORK = 300_000_000
"""Watches times items of an epoch of the full softmax: with as many it takes some five seconds on one core."""
SAMPLE = 1000
"""Negatives where it would take longer."""
MANY_WATCHES = 2_000_000
"""Watches that are each an example. Of more, a user's latest hundred say what is still to be learned."""
LATEST_HUNDRED = 100
DAY = 86_400


@dataclass(frozen=True, slots=True)
class LogShape:
    """What the rules go by. ``ties``: of the watches that have one of the same user before them, the share at the very
    same time. ``days``: from the first to the last watch of a user who has two, the median."""

    items: int
    watches: int
    ties: float
    days: float

    @classmethod
    def of(cls, log: Log) -> LogShape:
        """The shape of a log."""
        next_to = np.diff(log.users) == 0
        ties = float(np.mean(np.diff(log.times)[next_to] == 0)) if next_to.any() else 0.0
        offsets = log.offsets()
        several = np.diff(offsets) > 1
        spans = log.times[offsets[1:][several] - 1] - log.times[offsets[:-1][several]]
        return cls(log.item_count, len(log), ties, float(np.median(spans)) / DAY if len(spans) else 0.0)


def settled(choice: CandidateChoice, shape: LogShape) -> CandidateSpec:
    """What is chosen, and the rules for all that is left open."""
    found = {
        "negatives": negatives(shape),
        "per_user": per_user(shape),
        "latest": latest(shape),
        "example_age": example_age(shape),
    }
    chosen = {name: value for name, value in choice.model_dump().items() if value is not None}
    return CandidateSpec.model_validate(found | chosen)


def negatives(shape: LogShape) -> int:
    """The full softmax as far as it is quick, else a sample, which learns the same: on MovieLens a thousand of nine
    thousand films give the same hit rate, within its error, in a fifth of the time."""
    return 0 if shape.items * shape.watches <= WORK else min(SAMPLE, shape.items)


def per_user(shape: LogShape) -> int:
    """Every watch as an example: five of each user, as for a site where users have thousands, leave out most of what a
    small log can teach."""
    return EVERY_WATCH if shape.watches <= MANY_WATCHES else LATEST_HUNDRED


def latest(shape: LogShape) -> int:
    """The last watch beside the mean of all: where one watch leads to the next, the mean of fifty hides it. Not where
    many watches are at the same time: what comes last among them is the file's order, not a person's."""
    return 1 if shape.ties < 0.05 else 0


def example_age(shape: LogShape) -> bool:
    """How long ago an example is, where a user's watches spread over time: then what is popular changes while they
    watch. Where all of them are of one evening, the age tells users apart and would be learned by heart."""
    return shape.days >= 1.0
