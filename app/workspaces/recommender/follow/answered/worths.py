"""What ``evaluate`` and ``split_study`` say: the network beside simpler models."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.workspaces.recommender.follow.answered.documents import Document
from engine.recommenders.tasks.base import NETWORK


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over all users and its standard error, each None where it is not known."""

    value: float | None
    error: float | None


@dataclass(frozen=True, slots=True)
class Judged:
    """A recommender's hit rate at one length of the list."""

    who: str
    hit_rate: Estimate


@dataclass(frozen=True, slots=True)
class Worth:
    """The network first, then simpler models, the best first; ``differences``: the network minus each, by its name.
    ``repeated``: share of the held-out watches of what was watched before."""

    users: int
    catalogue: int
    tied: float
    repeated: float
    judged: tuple[Judged, ...]
    differences: Mapping[str, Estimate]


@dataclass(frozen=True, slots=True)
class Split:
    """One way to hold a watch out; ``later``: share of a user's other watches that come after it; ``repeated``: as
    :class:`Worth` has it."""

    held_out: str
    users: int
    repeated: float
    later: float
    judged: tuple[Judged, ...]


def worth_of(found: Document, figure: str) -> Worth:
    """What ``evaluate`` says of one figure, such as ``HR@50``."""
    differences = {str(one["minus"]): _estimate_of(one["figures"][figure]) for one in found["differences"]}
    tied, repeated = found["tied"], found["repeated"]
    return Worth(
        int(found["users"]),
        int(found["catalogue"]),
        float(tied) if tied is not None else 0.0,
        float(repeated) if repeated is not None else 0.0,
        _judged_of(found["recommenders"], figure),
        differences,
    )


def splits_of(found: Document, figure: str) -> tuple[Split, ...]:
    """What ``split_study`` says of one figure."""
    return tuple(
        Split(
            str(one["held_out"]),
            int(one["users"]),
            float(one["repeated"] or 0.0),
            float(one["later"] or 0.0),
            _judged_of(one["recommenders"], figure),
        )
        for one in found["splits"]
    )


def _judged_of(found: Sequence[Document], figure: str) -> tuple[Judged, ...]:
    judged = [Judged(str(one["who"]), _estimate_of(one["figures"][figure])) for one in found]
    return tuple(sorted(judged, key=lambda one: (one.who != NETWORK, -(one.hit_rate.value or 0.0))))


def _estimate_of(found: Document) -> Estimate:
    value, error = found["value"], found["error"]
    return Estimate(None if value is None else float(value), None if error is None else float(error))
