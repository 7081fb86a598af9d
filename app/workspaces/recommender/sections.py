"""The sections of an open run, in the order of the switch."""

from __future__ import annotations

from app.workspaces.recommender.data.section import DataSection
from app.workspaces.recommender.explain.section import ExplainSection
from app.workspaces.recommender.follow.section import FollowSection
from app.workspaces.recommender.rank.section import RankSection
from app.workspaces.recommender.section import Section
from app.workspaces.recommender.train.section import TrainSection

SECTIONS: tuple[type[Section], ...] = (
    TrainSection,
    ExplainSection,
    FollowSection,
    RankSection,
    DataSection,
)


def sections_of(model: str) -> tuple[type[Section], ...]:
    """Those for a model, by its task kind's key."""
    return tuple(section for section in SECTIONS if model in section.models)
