"""The recommenders there are: importing this registers them, in the order in which they are offered."""

from engine.recommenders.tasks.base import register, task_kind, task_kinds
from engine.recommenders.tasks.candidates.kind import CandidateKind
from engine.recommenders.tasks.ranking.kind import Ranking
from engine.recommenders.tasks.wide_deep.kind import WideDeep

__all__ = ["task_kind", "task_kinds"]

register(WideDeep())
register(CandidateKind())
register(Ranking())
