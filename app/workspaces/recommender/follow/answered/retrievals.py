"""What ``retrieval`` says: the index beside the scan."""

from __future__ import annotations

from dataclasses import dataclass

from app.workspaces.recommender.follow.answered.documents import Document


@dataclass(frozen=True, slots=True)
class Probed:
    """So many lists looked into: the share of the true best that is found, and the milliseconds of one search."""

    probes: int
    recall: float
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Retrieval:
    """``exact_up_to``: with more items a query outside the window looks into lists. ``exact``: milliseconds of a scan;
    ``lists`` in all; ``served``: as many as the index would look into."""

    exact_up_to: int
    users: int
    k: int
    exact: float
    lists: int
    served: Probed
    curve: tuple[Probed, ...]


def retrieval_of(found: Document) -> Retrieval:
    """What ``retrieval`` says."""
    return Retrieval(
        int(found["exact_up_to"]),
        int(found["users"]),
        int(found["k"]),
        float(found["exact"]),
        int(found["lists"]),
        _probed_of(found["served"]),
        tuple(_probed_of(one) for one in found["curve"]),
    )


def _probed_of(found: Document) -> Probed:
    return Probed(int(found["probes"]), float(found["recall"]), float(found["milliseconds"]))
