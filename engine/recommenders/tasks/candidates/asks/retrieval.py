"""``retrieval``: the exact scan beside inverted lists: how much of the true best is found, and how long it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from statistics import median
from time import perf_counter

import numpy as np
from pydantic import Field

from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.serving.retrieval import EXACT_BELOW, ExactIndex, Found, Vectors, recall_at
from engine.recommenders.tasks.candidates.answers import Retrieval, SearchTime
from engine.recommenders.tasks.candidates.opened import OpenedCandidates


class RetrievalParameters(Parameters):
    """Of how many ``users``, from all over the log, the ``k`` best items are looked for."""

    users: int = Field(default=64, ge=1, le=1000, description="users to ask for")
    k: int = Field(default=200, ge=1, le=10_000, description="best items to find")


def answer(opened: OpenedCandidates, parameters: RetrievalParameters) -> Retrieval:
    """Both, over vectors of real users."""
    queries, k = opened.trials(parameters.users), min(parameters.k, len(opened.items))
    scan, index = ExactIndex(opened.items), opened.lists
    true, exact = _searched(lambda query: scan.search(query, k), queries)
    served, milliseconds = _searched(lambda query: index.search(query, k), queries)
    return Retrieval(
        "lists" if len(opened.items) > EXACT_BELOW else "exact",
        EXACT_BELOW,
        len(opened.items),
        len(queries),
        k,
        exact,
        index.lists,
        SearchTime(index.probes, recall_at(k, true, served), milliseconds),
        tuple(_curve(opened, queries, k, true)),
    )


def _curve(opened: OpenedCandidates, queries: Vectors, k: int, true: Found) -> Iterator[SearchTime]:
    index = opened.lists
    doubled = [1 << power for power in range(index.lists.bit_length()) if 1 << power < index.lists]
    for probes in sorted({*doubled, index.probes, index.lists}):

        def search(query: Vectors, probes: int = probes) -> Found:
            return index.in_lists(query, k, probes)

        found, milliseconds = _searched(search, queries)
        yield SearchTime(probes, recall_at(k, true, found), milliseconds)


def _searched(search: Callable[[Vectors], Found], queries: Vectors) -> tuple[Found, float]:
    """What is found for each query by itself, as a visitor would ask, and the median of the milliseconds."""
    search(queries[:1])  # the first finds nothing in the caches
    found, spent = [], []
    for at in range(len(queries)):
        begin = perf_counter()
        found.append(search(queries[at : at + 1]))
        spent.append(1e3 * (perf_counter() - begin))
    ids, scores = np.concatenate([one.ids for one in found]), np.concatenate([one.scores for one in found])
    return Found(ids, scores), median(spent)


ASK = Ask("retrieval", "the exact scan beside inverted lists: recall and milliseconds", RetrievalParameters, answer)
