"""``split_study``: the last watch held out beside a random one: by how much the random one flatters (Covington et al.
2016, §3.4)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from pydantic import Field

from engine.problems import EngineError, declare
from engine.recommenders.judging.next_watch import Evaluation, Split, hold_out_last, hold_out_random
from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.base import NETWORK
from engine.recommenders.tasks.candidates.answers import HeldOut, SplitFigures, SplitStudy
from engine.recommenders.tasks.candidates.asks.evaluate import Places
from engine.recommenders.tasks.candidates.opened import OpenedCandidates
from engine.recommenders.tasks.candidates.task import CandidateTask, compared
from engine.recommenders.tasks.candidates.worth import judged

OTHER_LOG = declare(
    "recommender.other-log",
    "“{path}” was trained on other watches than this network, so the two cannot be compared; train both on one log.",
)


class SplitStudyParameters(Parameters):
    """``other``: a second checkpoint, of the same log, that was trained with the other watch held out: a network is
    judged on no watch that it has been trained on."""

    at: Places = Field(default=(10, 50), description="lengths of the list")
    seed: int = Field(default=0, ge=0, description="of the random watches")
    other: str | None = Field(default=None, description="path of a second checkpoint")


def answer(opened: OpenedCandidates, parameters: SplitStudyParameters) -> SplitStudy:
    """Both ways. A network's random watches have the seed that it was trained with, and others are then judged on the
    same. Raises EngineError for a second checkpoint of another log."""
    tasks = {NETWORK: opened.task}
    if parameters.other is not None:
        other = opened.other(parameters.other)
        _check_log(opened, parameters.other, other)
        tasks["the other network"] = other
    drawn = next((task.seed for task in tasks.values() if _held(task) == "random"), parameters.seed)
    log = opened.log
    last, random = hold_out_last(log), hold_out_random(log, drawn)
    splits = (
        _figures("last", None, last, tasks, parameters.at, opened),
        _figures("random", drawn, random, tasks, parameters.at, opened),
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
    found: dict[str, Evaluation] = {
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


ASK = Ask("split_study", "the last watch held out beside a random one", SplitStudyParameters, answer)
