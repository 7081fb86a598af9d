"""The numba backend on blocks without weight matrices and on several inputs: as the reference, masks and all."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from engine.graph.kinds import TargetSpec
from engine.graph.kinds.base import MaskSource, mask_key
from engine.graph.kinds.layer_norm import LayerNorm
from engine.graph.model import Block, NetworkGraph, Wire
from engine.network.choice import choose_backend
from engine.network.kernels import masks
from engine.network.numba_backend import NumbaBackend
from engine.network.numpy_backend import NumpyBackend
from engine.network.plan import Plan, compile_graph
from engine.network.state import initial_state
from engine.problems import EngineError
from tests.engine.test_numba_backend import job, start


def of_every_block() -> Plan:
    """Two inputs joined, then dense layers with a norm, dropout and a sum between them."""
    kinds = ("concatenate", "dense", "batch_norm", "activation", "dropout", "dense", "layer_norm", "add", "output")
    blocks = [Block(id="p", kind="input", params={"features": ("x1", "x2")})]
    blocks += [Block(id="q", kind="input", params={"features": ("x1^2",)})]
    blocks += [Block(id=f"{kind}-{k}", kind=kind) for k, kind in enumerate(kinds)]
    wires = [Wire(source=a.id, target=b.id) for a, b in pairwise(blocks[1:])]
    wires += [Wire(source="p", target="concatenate-0", slot=1), Wire(source="dropout-4", target="add-7", slot=1)]
    return compile_graph(NetworkGraph(blocks=tuple(blocks), wires=tuple(wires)), TargetSpec(2))


@pytest.mark.parametrize("batch_size", [1, 10])
def test_the_probes_of_every_block_are_those_of_the_reference(batch_size: int) -> None:
    plan = of_every_block()
    work = job(plan, batch_size=batch_size)
    ours, theirs = start(plan, work), start(plan, work)
    found, wanted = NumbaBackend().train(plan, ours, work), NumpyBackend().train(plan, theirs, work)
    for name in ("losses", "weight_gradients", "bias_gradients", "deltas", "updates"):
        assert_allclose(getattr(found, name), getattr(wanted, name), rtol=1e-8, atol=1e-12, err_msg=name)
    assert_allclose(ours.theta, theirs.theta, rtol=1e-9, atol=1e-10)
    assert_allclose(ours.buffers, theirs.buffers, rtol=1e-11, atol=1e-13)


def test_the_masks_are_those_that_numpy_draws() -> None:
    for units, rows, rate, step in ((3, 5, 0.2, 0), (1, 1, 0.5, 7), (8, 10, 0.95, 2**40), (7, 13, 0.0, 1)):
        space = np.full(units * rows + 4, -1.0)
        key = mask_key("dropout-1", 5)
        args = (np.uint64(k) for k in (0, units, rows))
        masks.draw_mask(space, *args, rate, key[0], key[1], np.uint64(step))
        wanted = MaskSource(5, step).keep("dropout-1", (rows, units), rate)
        assert_array_equal(space[: units * rows].reshape(units, rows).T, wanted)
        assert (space[units * rows :] == -1.0).all()


def test_every_block_in_pieces_ends_in_the_same_bits_as_in_one() -> None:
    plan = of_every_block()
    work = job(plan)
    whole, pieces = start(plan, work), start(plan, work)
    NumbaBackend().train(plan, whole, work)
    for step in range(work.steps):
        borders = work.offsets[step : step + 2]
        part = replace(
            work, offsets=borders - borders[0], order=work.order[borders[0] :], rates=work.rates[step : step + 1]
        )
        NumbaBackend().train(plan, pieces, part)
    for name in ("theta", "slots", "buffers"):
        assert_array_equal(getattr(pieces, name), getattr(whole, name))


@pytest.mark.parametrize("block_id", ["q", "batch_norm-2", "layer_norm-6"])
def test_what_is_not_finite_in_a_block_without_weights_is_found_there(block_id: str) -> None:
    plan = of_every_block()
    work = job(plan)
    state = start(plan, work)
    if block_id == "q":
        work.table.inputs["q"][work.order[13]] = np.inf
    else:
        next(slot for slot in plan.slots() if slot.key == (block_id, "gamma")).view(state.theta)[...] = np.inf
    other = state.copy()
    found, wanted = NumbaBackend().train(plan, state, work), NumpyBackend().train(plan, other, work)
    assert found.failure == wanted.failure
    assert found.failure is not None
    assert found.failure.block_id == block_id
    assert_allclose(state.buffers, other.buffers, rtol=1e-12)


def test_a_block_that_no_kernel_knows_is_left_to_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = of_every_block()
    assert choose_backend(plan).name == "numba"
    monkeypatch.setattr(LayerNorm, "compiled", None)
    assert not NumbaBackend().supports(plan)
    assert choose_backend(plan, device="cpu").name == "numpy"
    with pytest.raises(EngineError, match="numba backend can't train"):
        choose_backend(plan, "numba")


def test_maps_of_any_plan_are_worked_out_in_parts() -> None:
    plan = of_every_block()
    state = initial_state(plan, 3, "sgd")
    random = np.random.default_rng(6)
    inputs = {node.id: random.normal(size=(1031, node.width)) for node in plan.inputs}
    found, wanted = NumbaBackend().maps(plan, state, inputs), NumpyBackend().maps(plan, state, inputs)
    for ours, theirs in zip(found, wanted, strict=True):
        assert ours.dtype == np.float32
        assert_allclose(ours, theirs, rtol=1e-6, atol=1e-7)
    (output,) = NumbaBackend().maps(plan, state, inputs, output_only=True)
    assert_array_equal(output, found[-1])
