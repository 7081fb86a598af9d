"""What candidate generation can be asked; a further ask is an ``Ask`` in a module of its subject, and its name here."""

from __future__ import annotations

from typing import Any

from engine.recommenders.serving.asking import Ask
from engine.recommenders.tasks.candidates.asks import (
    about,
    evaluate,
    item_map,
    lookups,
    neighbours,
    recommend,
    retrieval,
    tables,
    what_if,
    why,
)
from engine.recommenders.tasks.candidates.opened import OpenedCandidates

ASKS: tuple[Ask[OpenedCandidates, Any], ...] = (
    about.ASK,
    lookups.SEARCH,
    lookups.USERS,
    lookups.USER,
    lookups.TOKENS,
    recommend.ASK,
    what_if.ASK,
    why.ASK,
    neighbours.ASK,
    tables.ASK,
    item_map.ITEM_MAP,
    item_map.PLACE,
    retrieval.ASK,
    evaluate.EVALUATE,
    evaluate.SPLIT_STUDY,
)
"""In the order in which they are listed."""
