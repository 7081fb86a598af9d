"""Whether the shown items are in the order of a ranking network."""

from __future__ import annotations

from app.workspaces.recommender.follow.content import Recommendation


def is_ranked(found: Recommendation) -> bool:
    """Whether the score that they are in the order of is expected seconds: else it is v·u itself."""
    return any(one.score != one.inner for one in found.shown)
