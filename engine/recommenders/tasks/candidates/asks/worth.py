"""What the network is worth on held-out watches, and how fast its items are found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Annotated

import numpy as np
from pydantic import Field

from engine.problems import EngineError, declare
from engine.recommenders.judging.next_watch import (
    NextWatchEvaluation,
    Split,
    differences_of,
    hold_out_last,
    hold_out_random,
    metrics_of,
)
from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.serving.retrieval import EXACT_BELOW, ExactIndex, Found, Vectors, recall_at
from engine.recommenders.tasks.base import NETWORK
from engine.recommenders.tasks.candidates.answers import (
    Evaluated,
    FigureDifferences,
    HeldOut,
    RecommenderFigures,
    Retrieval,
    SearchTime,
    SplitFigures,
    SplitStudy,
)
from engine.recommenders.tasks.candidates.opened import OpenedCandidates
from engine.recommenders.tasks.candidates.task import CandidateTask, compared


def judged(who: str, evaluation: NextWatchEvaluation, at: Sequence[int]) -> RecommenderFigures:
    """Hit rate, NDCG and average precision at each of ``at``."""
    ranks = evaluation.ranks
    missed = float(np.isinf(ranks).mean()) if len(ranks) else float("nan")
    middle = float(np.median(ranks)) if len(ranks) else float("nan")
    return RecommenderFigures(who, metrics_of(ranks, at), missed, middle)


def difference(
    who: str, one: NextWatchEvaluation, minus: str, other: NextWatchEvaluation, at: Sequence[int]
) -> FigureDifferences:
    """Hit rate, NDCG and average precision at each of ``at``, of the very same users in both."""
    return FigureDifferences(who, minus, differences_of(one.ranks, other.ranks, at))


Places = Annotated[tuple[Annotated[int, Field(ge=1)], ...], Field(min_length=1, max_length=20)]


class EvaluateParameters(Parameters):
    """``at``: lengths of the list of recommendations that are judged."""

    at: Places | None = Field(default=None, description="lengths of the list, the run's unless given")


def evaluate(opened: OpenedCandidates, parameters: EvaluateParameters) -> Evaluated:
    """All of them on the very same users; fitting the simpler models takes seconds, the first time."""
    found, at = opened.evaluations, parameters.at or opened.task.lengths
    (name, network), *others = found.items()
    return Evaluated(
        len(network.users),
        network.catalogue,
        opened.task.split.tied,
        opened.task.split.repeated,
        tuple(judged(who, evaluation, at) for who, evaluation in found.items()),
        tuple(difference(name, network, who, other, at) for who, other in others),
    )


EVALUATE = Ask("evaluate", "the network and simpler models on the held-out last watches", EvaluateParameters, evaluate)


OTHER_LOG = declare(
    "recommender.other-log",
    "“{path}” was trained on other watches than this network, so the two cannot be compared; train both on one log.",
)


class SplitStudyParameters(Parameters):
    """``other``: a second checkpoint, of the same log, that was trained with the other watch held out: a network is
    judged on no watch that it has been trained on."""

    at: Places | None = Field(default=None, description="lengths of the list, the run's unless given")
    seed: int = Field(default=0, ge=0, description="of the random watches")
    other: str | None = Field(default=None, description="path of a second checkpoint")


def study_splits(opened: OpenedCandidates, parameters: SplitStudyParameters) -> SplitStudy:
    """Both ways. A network's random watches have the seed that it was trained with, and others are then judged on the
    same. Raises EngineError for a second checkpoint of another log."""
    tasks = {NETWORK: opened.task}
    if parameters.other is not None:
        other = opened.other(parameters.other)
        _check_log(opened, parameters.other, other)
        tasks["the other network"] = other
    drawn = next((task.seed for task in tasks.values() if _held(task) == "random"), parameters.seed)
    log, at = opened.log, parameters.at or opened.task.lengths
    last, random = hold_out_last(log), hold_out_random(log, drawn)
    splits = (
        _figures("last", None, last, tasks, at, opened),
        _figures("random", drawn, random, tasks, at, opened),
    )
    return SplitStudy(splits, {who: _held(task) for who, task in tasks.items()})


def _check_log(opened: OpenedCandidates, path: str, other: CandidateTask) -> None:
    opened.model.check_items(other.log)
    same = np.array_equal(other.log.items, opened.log.items) and np.array_equal(other.log.users, opened.log.users)
    if not same:
        raise EngineError(OTHER_LOG(path=Path(path).name))


def _held(task: CandidateTask) -> HeldOut:
    return task.model.columns.spec.held_out


def _figures(
    held: HeldOut,
    seed: int | None,
    split: Split,
    tasks: dict[str, CandidateTask],
    at: Sequence[int],
    opened: OpenedCandidates,
) -> SplitFigures:
    own = {who: task for who, task in tasks.items() if _held(task) == held and (seed is None or task.seed == seed)}
    found: dict[str, NextWatchEvaluation] = {
        who: task.model.evaluation(task.network, task.split, task.asked) for who, task in own.items()
    }
    found |= dict(compared(split))
    later = _later(opened, split)
    return SplitFigures(
        held, seed, len(split.users), split.tied, split.repeated, later,
        tuple(judged(who, of, at) for who, of in found.items()),
    )  # fmt: skip


def _later(opened: OpenedCandidates, split: Split) -> float:
    """The mean share of a user's other watches that come after the held-out one."""
    offsets = opened.log.offsets()
    ends, counts = offsets[split.users + 1], offsets[split.users + 1] - offsets[split.users]
    return float(((ends - 1 - split.rows) / (counts - 1)).mean()) if len(split.users) else float("nan")


SPLIT_STUDY = Ask("split_study", "the last watch held out beside a random one", SplitStudyParameters, study_splits)


class RetrievalParameters(Parameters):
    """Of how many ``users``, from all over the log, the ``k`` best items are looked for."""

    users: int = Field(default=64, ge=1, le=1000, description="users to ask for")
    k: int = Field(default=200, ge=1, le=10_000, description="best items to find")


def measure_retrieval(opened: OpenedCandidates, parameters: RetrievalParameters) -> Retrieval:
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


RETRIEVAL = Ask(
    "retrieval", "the exact scan beside inverted lists: recall and milliseconds", RetrievalParameters, measure_retrieval
)
