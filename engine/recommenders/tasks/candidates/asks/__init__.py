"""What candidate generation can be asked, one file each; a further ask is a file and its name here."""

from __future__ import annotations

from typing import Any

from engine.recommenders.serving.asking import Ask, asks_in
from engine.recommenders.tasks.candidates.opened import OpenedCandidates

ASKS: tuple[Ask[OpenedCandidates, Any], ...] = asks_in(
    __name__,
    "about",
    "search",
    "users",
    "user",
    "tokens",
    "recommend",
    "what_if",
    "why",
    "neighbours",
    "tables",
    "item_map",
    "place",
    "retrieval",
    "evaluate",
    "split_study",
)
"""In the order in which they are listed."""
