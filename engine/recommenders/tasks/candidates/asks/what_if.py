"""``what_if``: what would be recommended without one of the watched items, worked out again for each of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from pydantic import Field

from engine.recommenders.serving.asking import Ask
from engine.recommenders.serving.retrieval import Vectors
from engine.recommenders.tasks.candidates.answers import LeftOut, WhatIf
from engine.recommenders.tasks.candidates.opened import Indices, OpenedCandidates
from engine.recommenders.tasks.candidates.ranks import Standing
from engine.recommenders.tasks.candidates.visitors import UNKNOWN, Somebody, Whom, somebody

SCORES = 1 << 25
"""Scores that are in memory at a time: 128 MiB."""


class WhatIfParameters(Whom):
    """``item``: one more item to follow, besides the ``top`` ones."""

    item: str | None = Field(default=None, description="an item to follow")
    top: int = Field(default=10, ge=1, le=100, description="items of the first places to follow")


def answer(opened: OpenedCandidates, parameters: WhatIfParameters) -> WhatIf:
    """Leave out each watched item that the network reads. Raises EngineError for an unknown user or item."""
    found = somebody(opened, parameters)
    asked = [] if parameters.item is None else [opened.item(parameters.item)]
    read = list(dict.fromkeys(found.names[-opened.model.columns.spec.history :]))
    cases = [found, *(found.without(name) for name in read)]
    vectors = opened.service.vectors_of([case.visitor for case in cases])
    moved = np.linalg.norm(vectors - vectors[0], axis=1)
    orders = _orders(opened, cases, vectors)
    scores, now = next(orders)
    top = now.best(parameters.top)
    items = np.array(list(dict.fromkeys([*asked, *top.tolist()])), np.int64)
    left_out = tuple(
        _left_out(opened, name, items, top, parameters.top, order, float(distance))
        for name, order, distance in zip(read, orders, moved[1:], strict=True)
    )
    unread = tuple(name for name in dict.fromkeys(found.names) if name not in read)
    shown, ranks = tuple(map(opened.shown, items.tolist())), tuple(now.ranks(items).tolist())
    return WhatIf(shown, tuple(opened.names(top)), tuple(scores[items].tolist()), ranks, left_out, unread)


def _orders(
    opened: OpenedCandidates, cases: Sequence[Somebody], vectors: Vectors
) -> Iterator[tuple[Vectors, Standing]]:
    """The scores of the catalogue, and its order, in each case."""
    together = max(1, SCORES // len(opened.items))
    for begin in range(0, len(cases), together):
        scores = vectors[begin : begin + together] @ opened.items.T
        for case, row in zip(cases[begin : begin + together], scores, strict=True):
            yield row, Standing(row, case.watched)


def _left_out(
    opened: OpenedCandidates,
    name: str,
    items: Indices,
    top: Indices,
    count: int,
    order: tuple[Vectors, Standing],
    moved: float,
) -> LeftOut:
    scores, standing = order
    item = opened.item_places.get(name, UNKNOWN)
    now = standing.best(count, top)  # none of which becomes seen by leaving something out
    return LeftOut(
        item=name,
        title=None if item == UNKNOWN else opened.title(item),
        known=item != UNKNOWN,
        scores=tuple(scores[items].tolist()),
        ranks=tuple(standing.ranks(items).tolist()),
        entered=tuple(opened.shown(item) for item in now.tolist() if item not in top),
        dropped=tuple(opened.shown(item) for item in top.tolist() if item not in now),
        moved=moved,
    )


ASK = Ask("what_if", "each watched item left out: what would be recommended without it", WhatIfParameters, answer)
