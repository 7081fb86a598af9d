"""What candidate generation can be asked; a further ask is an ``Ask`` in a module of its subject, and its name here."""

from __future__ import annotations

from typing import Any

from engine.recommenders.serving.asking import Ask
from engine.recommenders.tasks.candidates.asks import catalogue, item_map, lists, worth
from engine.recommenders.tasks.candidates.opened import OpenedCandidates

ASKS: tuple[Ask[OpenedCandidates, Any], ...] = (
    catalogue.ABOUT,
    catalogue.SEARCH,
    catalogue.USERS,
    catalogue.USER,
    catalogue.TOKENS,
    lists.RECOMMEND,
    lists.WHAT_IF,
    lists.WHY,
    catalogue.NEIGHBOURS,
    catalogue.TABLES,
    item_map.ITEM_MAP,
    item_map.PLACE,
    worth.RETRIEVAL,
    worth.EVALUATE,
    worth.SPLIT_STUDY,
)
"""In the order in which they are listed."""
