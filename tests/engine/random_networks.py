"""Random networks, data and settings for tests that hold the backends to each other (hypothesis strategies)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from engine.activations import ACTIVATIONS
from engine.graph.kinds import TargetSpec
from engine.graph.kinds.base import Array, BlockParams
from engine.graph.kinds.input import InputParams
from engine.graph.kinds.output import OutputParams
from engine.graph.model import Block, NetworkGraph, Wire
from engine.hyperparameters import Hyperparameters, OptimizerKey
from engine.losses import LOSSES
from engine.network.contract import Table, TrainJob
from engine.network.plan import Plan, compile_graph
from engine.network.state import NetworkState, initial_state
from engine.training.orders import batches

ROWS, BATCH, STEPS = 13, 4, 7
"""Two epochs of three batches, and a step into the third."""


@dataclass(frozen=True)
class Case:
    """A network with random parameters, and a job of seven steps."""

    plan: Plan
    start: NetworkState
    job: TrainJob

    @property
    def table(self) -> Table:
        """All rows."""
        return self.job.table


class _Sketch:
    """A graph that is being drawn: blocks, wires, and each block's width."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.wires: list[Wire] = []
        self.widths: dict[str, int] = {}

    def add(self, kind: str, params: dict[str, object] | BlockParams, width: int, *sources: str) -> str:
        """Append a block; returns its id."""
        block_id = f"{kind.replace('_', '-')}-{len(self.blocks)}"
        self.blocks.append(Block(id=block_id, kind=kind, params=params))
        self.wires += [Wire(source=source, target=block_id, slot=slot) for slot, source in enumerate(sources)]
        self.widths[block_id] = width
        return block_id

    def loose_ends(self) -> list[str]:
        """Blocks that feed nothing yet."""
        return [block.id for block in self.blocks if all(wire.source != block.id for wire in self.wires)]


alphas = st.sampled_from([None, 0.0, 0.3, 1.5])
activations = st.sampled_from(sorted(ACTIVATIONS))


@st.composite
def dense(draw: st.DrawFn, units: int | None = None) -> dict[str, object]:
    """Parameters of a dense block."""
    return {
        "units": draw(st.integers(1, 5)) if units is None else units,
        "activation": draw(activations),
        "alpha": draw(alphas),
        "bias": draw(st.booleans()),
    }


def _input(draw: st.DrawFn, sketch: _Sketch) -> str:
    width = draw(st.integers(1, 3))
    return sketch.add("input", InputParams(features=tuple(f"x{k}" for k in range(1, width + 1))), width)


def _extend(draw: st.DrawFn, sketch: _Sketch) -> None:
    """Append one random block of any kind but input and output."""
    source = draw(st.sampled_from(sorted(sketch.widths)))
    width = sketch.widths[source]
    kind = draw(
        st.sampled_from(["dense", "dense", "activation", "add", "concatenate", "dropout", "batch_norm", "layer_norm"])
    )
    if kind == "dense":
        params = draw(dense())
        sketch.add("dense", params, int(str(params["units"])), source)
    elif kind == "activation":
        sketch.add("activation", {"activation": draw(activations), "alpha": draw(alphas)}, width, source)
    elif kind == "add":
        twin = sketch.add("dense", draw(dense(width)), width, draw(st.sampled_from(sorted(sketch.widths))))
        sketch.add("add", {}, width, source, twin)
    elif kind == "concatenate":
        other = draw(st.sampled_from(sorted(sketch.widths)))
        sketch.add("concatenate", {}, width + sketch.widths[other], source, other)
    elif kind == "dropout":
        sketch.add("dropout", {"rate": draw(st.sampled_from([0.0, 0.2, 0.5]))}, width, source)
    else:
        sketch.add(kind, {}, width, source)


@st.composite
def graphs(draw: st.DrawFn, chain: bool) -> tuple[NetworkGraph, TargetSpec]:
    """A graph that compiles, with what it is to predict; ``chain``: one input, dense blocks, the output."""
    sketch = _Sketch()
    end = _input(draw, sketch)
    if chain:
        for _ in range(draw(st.integers(0, 3))):
            params = draw(dense())
            end = sketch.add("dense", params, int(str(params["units"])), end)
    else:
        if draw(st.booleans()):
            _input(draw, sketch)
        for _ in range(draw(st.integers(1, 6))):
            _extend(draw, sketch)
        ends = sketch.loose_ends()
        if len(ends) > 1:
            sketch.add("concatenate", {}, sum(sketch.widths[e] for e in ends), *ends)
        end = sketch.blocks[-1].id
    loss = draw(st.sampled_from(sorted(LOSSES)))
    target = TargetSpec(draw(st.sampled_from([0, 2, 3] if loss == "squared_error" else [2, 3])))
    params = OutputParams(loss=loss, activation=draw(activations), alpha=draw(alphas), bias=draw(st.booleans()))
    sketch.add("output", params, 0, end)
    return NetworkGraph(blocks=tuple(sketch.blocks), wires=tuple(sketch.wires)), target


@st.composite
def hyperparameters(draw: st.DrawFn, optimizer: OptimizerKey) -> Hyperparameters:
    """With and without penalties and clipping; an L1 that sticks is also so strong that weights come to 0.

    ε is larger than usual: noise of 1e-17 in a gradient that is zero would be blown up by 1e8.
    """
    l1_at_zero = draw(st.sampled_from(["crosses", "sticks"]))
    return Hyperparameters(
        optimizer=optimizer,
        l1_at_zero=l1_at_zero,
        learning_rate=draw(st.sampled_from([0.001, 0.03])),
        batch_size=BATCH,
        l1=draw(st.sampled_from([0.0, 0.01] if l1_at_zero == "crosses" else [0.0, 0.01, 3.0])),
        l2=draw(st.sampled_from([0.0, 0.03])),
        clip_norm=draw(st.sampled_from([None, 0.1, 5.0])),
        weight_decay=draw(st.sampled_from([0.0, 0.1])),
        epsilon=1e-5,
    )


def targets_for(loss: str, width: int, random: np.random.Generator) -> Array:
    """Targets (ROWS, width) such as the loss is made for."""
    if loss == "squared_error":
        return random.normal(size=(ROWS, width))
    if loss == "binary_cross_entropy":
        return random.integers(0, 2, (ROWS, width)).astype(np.float64)
    return np.eye(width)[random.integers(0, width, ROWS)]


def parameters(plan: Plan, optimizer: str, random: np.random.Generator) -> NetworkState:
    """A state with every parameter drawn at random: none is zero, no variance too small."""
    state = initial_state(plan, 0, optimizer)
    for slot in plan.slots():
        slot.view(state.theta)[...] = random.normal(size=slot.spec.shape) * 0.7
    for slot in plan.buffers():
        slot.view(state.buffers)[...] = random.uniform(0.5, 1.5, slot.spec.shape)
    return state


@st.composite
def cases(draw: st.DrawFn, chain: bool, optimizer: OptimizerKey) -> Case:
    """A network, its random start and seven steps on random rows, with or without sample weights."""
    plan = compile_graph(*draw(graphs(chain)))
    hyper = draw(hyperparameters(optimizer))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    inputs = {node.id: random.normal(size=(ROWS, node.width)) for node in plan.inputs}
    weights = random.uniform(0.2, 2.0, ROWS) if draw(st.booleans()) else None
    if weights is not None:
        weights[0] = 0.0
    table = Table(inputs, targets_for(plan.output.params.loss, plan.output.width, random), weights)
    chosen = batches(ROWS, BATCH, 3, True, 0, STEPS)
    rates = np.full(STEPS, hyper.learning_rate)
    return Case(
        plan,
        parameters(plan, optimizer, random),
        TrainJob(table, chosen.order, chosen.offsets, rates, hyper, seed=3),
    )
