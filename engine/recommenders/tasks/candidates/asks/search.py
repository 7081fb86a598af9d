"""``search``: items whose title or name has some text in it, the most watched first."""

from __future__ import annotations

import numpy as np
from pydantic import Field

from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.candidates.answers import FoundItems
from engine.recommenders.tasks.candidates.opened import OpenedCandidates


class SearchParameters(Parameters):
    """``text`` in any case, anywhere in title or name; without one, the most watched items of all."""

    text: str = Field(default="", max_length=1000, description="part of a title or a name")
    limit: int = Field(default=20, ge=1, le=1000, description="items at most")


def answer(opened: OpenedCandidates, parameters: SearchParameters) -> FoundItems:
    """An item of exactly this name comes first: it was written by somebody who knows it."""
    text = parameters.text.strip().lower()
    if not text:
        found = opened.by_popularity
    else:
        has = opened.searchable.str.contains(text, literal=True).to_numpy()
        found = opened.by_popularity[has[opened.by_popularity]]
    exact = opened.item_places.get(parameters.text.strip())
    if exact is not None:
        found = np.concatenate([[exact], found[found != exact]])
    return FoundItems(len(found), tuple(opened.shown(item) for item in found[: parameters.limit].tolist()))


ASK = Ask("search", "items by title or name, the most watched first", SearchParameters, answer)
