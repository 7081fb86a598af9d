"""Where a number comes from: its parents and paths give it back, and PyTorch comes to the same one."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest

from engine.data import DataChoice, load
from engine.graph import NetworkGraph, Wire
from engine.graph.build import feed_forward
from engine.graph.edit import add_block, connect, set_params, splice
from engine.graph.kinds.output import OutputParams
from engine.hyperparameters import Hyperparameters
from engine.training.lines.by_torch import value_by_torch
from engine.training.lines.expression import Source, evaluate, numbers_of
from engine.training.lines.origin import origin_of
from engine.training.lines.working import work_out
from engine.training.session import Setup, TrainingSession
from engine.training.trace import PassTrace

CIRCLE = load(DataChoice(name="circle", samples=40))


def trace_of(graph: NetworkGraph, rows: tuple[int, ...]) -> PassTrace:
    session = TrainingSession(Setup(graph, CIRCLE, Hyperparameters(seed=2), "numpy"))
    session.run_steps(4)
    return session.trace(rows)


def mixed() -> NetworkGraph:
    """Dropout, both norms and a skip connection, so that every kind of path is there."""
    graph = set_params(
        feed_forward((4, 4), output=OutputParams(loss="binary_cross_entropy")), "dense-2", activation="elu"
    )
    graph, drop = add_block(graph, "dropout", 0, 0)
    graph = splice(graph, drop, Wire(source="dense-1", target="dense-2"))
    graph, norm = add_block(graph, "batch_norm", 0, 0)
    graph = splice(graph, norm, Wire(source="dense-2", target="output-1"))
    graph, total = add_block(graph, "add", 0, 0)
    return connect(splice(graph, total, Wire(source=norm, target="output-1")), "dense-1", total)


def sources(trace: PassTrace) -> Iterator[Source]:
    """Every number with a source that the player can show of two units."""
    found: dict[Source, None] = {}
    for stage in trace.stages:
        for unit in (0, 1) if stage.block_id != "output-1" else (0,):
            working = work_out(trace, stage, unit)
            for line in (*working.lines, *working.gradients):
                for step in line.steps:
                    found |= {number.source: None for number in numbers_of(step) if number.source is not None}
                if line.result.source is not None:
                    found[line.result.source] = None
    return iter(found)


@pytest.mark.parametrize("graph", [feed_forward((3, 2)), mixed()], ids=["plain", "mixed"])
@pytest.mark.parametrize("rows", [(5,), (1, 2, 3, 4)], ids=["one", "batch"])
def test_torch_comes_to_every_number(graph: NetworkGraph, rows: tuple[int, ...]) -> None:
    trace = trace_of(graph, rows)
    checked = set()
    for source in sources(trace):
        origin = origin_of(trace, source)
        if source.symbol == "slope":
            assert origin is None
            continue
        theirs = value_by_torch(trace, source)
        if theirs is not None:
            assert origin.value == pytest.approx(theirs, rel=1e-9, abs=1e-14), source
            checked.add(source.symbol)
    assert {"z", "a", "delta", "dW", "db"} <= checked


def test_paths_add_up_to_the_number_and_parents_can_be_followed() -> None:
    trace = trace_of(feed_forward((3, 2)), (5,))
    delta = origin_of(trace, Source("delta", "dense-1", (1,)))
    assert math.fsum(path.value for path in delta.paths) == pytest.approx(delta.value, rel=1e-12)
    assert [path.through.symbol for path in delta.paths] == ["delta", "delta"]
    assert [p.source.symbol for p in delta.parents] == ["W", "delta", "W", "delta", "a"]
    assert all(origin_of(trace, parent.source).value == parent.value for parent in delta.parents)
    z = origin_of(trace, Source("z", "dense-2", (0,)))
    assert math.fsum(path.value for path in z.paths) == pytest.approx(z.value, rel=1e-12)
    assert evaluate(z.line.steps[0]) == pytest.approx(z.value, rel=1e-12)


def test_weights_and_data_are_where_it_begins() -> None:
    trace = trace_of(feed_forward((3, 2)), (5,))
    weight = origin_of(trace, Source("W", "dense-1", (0, 1)))
    assert (weight.line, weight.parents, weight.name) == (None, (), "w_{12}^{(1)}")
    assert origin_of(trace, Source("a", "input-1", (0,))).value == CIRCLE.x[5, 0]
    assert value_by_torch(trace, weight.source) is None


def test_what_is_no_longer_there_has_no_origin() -> None:
    trace = trace_of(feed_forward((3, 2)), (5,))
    for gone in (Source("z", "dense-9", (0,)), Source("z", "dense-1", (7,)), Source("W", "dense-1", (0, 9))):
        assert origin_of(trace, gone) is None
    assert np.isfinite(trace.loss)
