"""A run that is yet to be trained, open to questions: what any recommender can be asked then, a file an ask."""

from __future__ import annotations

from typing import Any, Final

from engine.recommenders.serving.asking import Ask
from engine.recommenders.tasks.drafts.about import ASK as ABOUT
from engine.recommenders.tasks.drafts.check import ASK as CHECK
from engine.recommenders.tasks.drafts.graph import ASK as GRAPH

ASKS: Final[tuple[Ask[Any, Any], ...]] = (ABOUT, GRAPH, CHECK)
