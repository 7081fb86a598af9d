"""A pass as far as it is known: what comes later cannot be read out of it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from engine.data import DataChoice, load
from engine.graph.build import feed_forward
from engine.hyperparameters import Hyperparameters
from engine.training.lines.expression import Source
from engine.training.lines.origin import is_known
from engine.training.session import Setup, TrainingSession
from engine.training.trace import PassTrace, Phase, unit_in_sight
from engine.training.withheld import so_far


@pytest.fixture(scope="module")
def trace() -> PassTrace:
    dataset = load(DataChoice(name="two-gaussians"))
    session = TrainingSession(Setup(feed_forward([3, 2]), dataset, Hyperparameters(), backend="numpy"))
    return session.trace((7, 9))


def numbers(trace: PassTrace) -> Iterator[float]:
    """Every number that can be found in a pass."""
    yield trace.loss
    yield from trace.output.ravel().tolist()
    for stage in trace.stages:
        for array in (*stage.values.values(), *stage.kept.values()):
            yield from np.ravel(array).tolist()
    if trace.update is not None:
        yield from trace.update.gradient.tolist()
        yield from (trace.update.after - trace.update.before).tolist()


def test_nothing_of_a_later_stage_is_left(trace: PassTrace) -> None:
    for known in range(len(trace.stages)):
        left = set(numbers(so_far(trace, known)))
        earlier = {x for stage in trace.stages[:known] for array in stage.values.values() for x in np.ravel(array)}
        for stage in trace.stages[known:]:
            hidden = {x for name, array in stage.values.items() if name != "target" for x in np.ravel(array).tolist()}
            assert not (hidden - earlier - {0.0}) & left
        phases = {stage.phase for stage in trace.stages[:known]}
        assert (trace.loss in left) is (Phase.LOSS in phases)


def test_what_there_is_to_come_is_still_told(trace: PassTrace) -> None:
    for known in range(len(trace.stages)):
        hidden = so_far(trace, known)
        assert [(s.phase, s.block_id, s.formula) for s in hidden.stages] == [
            (s.phase, s.block_id, s.formula) for s in trace.stages
        ]
        assert hidden.output.shape == trace.output.shape and hidden.rows == trace.rows
        for ours, whole in zip(hidden.stages, trace.stages, strict=True):
            if whole.phase is Phase.BACKWARD:
                assert ours.works_out("delta") is whole.works_out("delta")
            assert unit_in_sight(ours, None) == unit_in_sight(whole, None)
            assert unit_in_sight(ours, (whole.block_id, 1)) == unit_in_sight(whole, (whole.block_id, 1))
            assert ("target" in ours.values) is ("target" in whole.values)


def test_the_whole_pass_is_the_pass_itself(trace: PassTrace) -> None:
    assert so_far(trace, len(trace.stages)) is trace


def test_a_number_is_known_from_its_stage_on(trace: PassTrace) -> None:
    places = {(stage.phase, stage.block_id): place for place, stage in enumerate(trace.stages)}
    for source, stage in (
        (Source("z", "dense-2", (1,)), (Phase.FORWARD, "dense-2")),
        (Source("delta", "dense-1", (0,)), (Phase.BACKWARD, "dense-1")),
        (Source("dW", "dense-1", (0, 1)), (Phase.BACKWARD, "dense-1")),
    ):
        known = [is_known(so_far(trace, count), source) for count in range(len(trace.stages) + 1)]
        assert known == [count > places[stage] for count in range(len(trace.stages) + 1)]
    assert is_known(so_far(trace, 0), Source("W", "dense-1", (0, 1)))
    assert not is_known(trace, Source("z", "nowhere", (0,)))
