"""The lines of an update: torch.optim comes to the same Δw from the same gradient, with the same memory."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
import torch

from engine.data import DataChoice, load
from engine.graph.build import feed_forward
from engine.hyperparameters import Hyperparameters
from engine.optimizers import OPTIMIZERS
from engine.training.lines.expression import Number, WorkedLine, evaluate
from engine.training.lines.functions import written
from engine.training.lines.reading import Reading
from engine.training.lines.update import update_lines
from engine.training.session import Setup, TrainingSession
from engine.training.trace import PassTrace

CIRCLE = load(DataChoice(name="circle", samples=40))
TWINS = {key: spec.twin for key, spec in OPTIMIZERS.items() if spec.twin is not None}


def lines_of(trace: PassTrace, block_id: str, name: str, index: tuple[int, ...]) -> dict[str, WorkedLine]:
    reading = Reading(trace)
    slot = next(slot for slot in reading.node(block_id).slots if slot.spec.name == name)
    return {line.name: line for line in update_lines(reading, slot, index)}


@pytest.mark.parametrize("optimizer", TWINS)
def test_torch_comes_to_the_same_change(optimizer: str) -> None:
    """Three steps on all rows, with an L1 and an L2 penalty, clipped: each line of the third is torch's number."""
    hyper = Hyperparameters(
        optimizer=optimizer, learning_rate=0.05, l1=0.01, l2=0.02, clip_norm=0.1, batch_size=10**6, shuffle=False
    )
    session = TrainingSession(Setup(feed_forward((3,)), CIRCLE, hyper, "numpy"))
    rows = tuple(int(row) for row in CIRCLE.train)
    slots = session.plan.slots()
    tensors = {slot.key: torch.tensor(slot.view(session.state.theta).copy()) for slot in slots}
    decays = [tensors[slot.key] for slot in slots if slot.spec.decays]
    rest = {"params": [tensors[slot.key] for slot in slots if not slot.spec.decays], "weight_decay": 0.0}
    settings = TWINS[optimizer].settings(hyper.update_numbers(0.05, 1))
    twin = getattr(torch.optim, TWINS[optimizer].name)([{"params": decays}, rest], lr=0.05, **settings)
    for _ in range(3):
        trace = session.trace(rows)
        for slot in slots:
            tensor = tensors[slot.key]
            tensor.grad = torch.tensor(slot.view(trace.update.gradient).copy())
            if slot.spec.decays:
                tensor.grad += 0.01 * tensor.sign() + 0.02 * tensor
        norm = torch.nn.utils.clip_grad_norm_(list(tensors.values()), 0.1)
        before = {key: tensor.clone() for key, tensor in tensors.items()}
        twin.step()
        session.run_steps(1)
    for key, index in ((("dense-1", "W"), (2, 1)), (("output-1", "b"), (0,))):
        lines, tensor = lines_of(trace, *key, index), tensors[key]
        symbol = "w" if key[1] == "W" else "b"
        assert lines["c"].result.value == pytest.approx(0.1 / (float(norm) + 1e-6), rel=1e-9)
        assert lines["g"].result.value == pytest.approx(float(tensor.grad[index]), rel=1e-9)
        moved = lines[rf"\Delta {symbol}"].result.value
        assert moved == pytest.approx(float(tensor[index] - before[key][index]), rel=1e-6)
        for name, memory in zip(OPTIMIZERS[optimizer].memory, TWINS[optimizer].state, strict=True):
            assert lines[name].result.value == pytest.approx(float(twin.state[tensor][memory][index]), rel=1e-9)
        *_, last = lines.values()
        assert last.result.value == pytest.approx(float(tensor[index]), rel=1e-9)
        for line in lines.values():
            assert [evaluate(step) for step in line.steps] == [pytest.approx(line.result.value, rel=1e-9)]


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ("max(beta*u, abs(g) + epsilon)", 0.31),
        ("min(u, -g)", 0.2),
        ("sqrt(log(exp(u)))", math.sqrt(0.2)),
        ("tanh(g)*sign(g)", math.tanh(0.3)),
    ],
)
def test_lines_are_written_in_any_function_of_expressions(rule: str, value: float) -> None:
    names = {"beta": Number(0.9, exact=True), "epsilon": Number(0.01, exact=True), "u": Number(0.2), "g": Number(-0.3)}
    assert evaluate(written(rule, names)) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize("optimizer", sorted(OPTIMIZERS))
def test_a_new_value_is_no_equation(optimizer: str) -> None:
    """``w ← w + Δw``: whatever stands on both sides is another number on the left."""
    hyper = Hyperparameters(optimizer=optimizer, l2=0.1, clip_norm=1e-3)
    trace = TrainingSession(Setup(feed_forward((3,)), CIRCLE, hyper, "numpy")).trace((1,))
    lines = lines_of(trace, "dense-1", "W", (0, 1)).values()
    for line in lines:
        again = re.search(rf"(?<![A-Za-z\\{{]){re.escape(line.name)}(?![A-Za-z_}}])", line.symbols)
        assert line.renews is bool(again), line.formula
    *_, last = lines
    assert last.formula == r"w_{12} \leftarrow w_{12} + \Delta w"


def test_what_does_nothing_is_not_written() -> None:
    """No penalty, no clipping and a constant rate: gradient, velocity, change, new weight."""
    hyper = Hyperparameters(optimizer="momentum", clip_norm=1e6)
    trace = TrainingSession(Setup(feed_forward((3,)), CIRCLE, hyper, "numpy")).trace((1,))
    assert list(lines_of(trace, "dense-1", "W", (0, 0))) == ["g", "v", r"\Delta w", "w_{11}"]


def test_an_l1_that_sticks_pulls_after_the_step_and_holds_what_it_takes_to_zero() -> None:
    hyper = Hyperparameters(
        optimizer="sgd", learning_rate=0.1, l1=0.2, l1_at_zero="sticks", batch_size=10**6, shuffle=False
    )
    session = TrainingSession(Setup(feed_forward((3,)), CIRCLE, hyper, "numpy"))
    rows = tuple(int(row) for row in CIRCLE.train)
    slot = session.plan.slots()[0]
    ways = set()
    for _ in range(60):
        trace = session.trace(rows)
        before, after = (slot.view(part) for part in (trace.update.before, trace.update.after))
        session.run_steps(1)
        assert slot.view(session.state.theta) == pytest.approx(after, abs=1e-15)
        for index in np.ndindex(before.shape):
            lines = update_lines(Reading(trace), slot, index)
            ways.add((len(lines), after[index] == 0.0))
            assert lines[-1].result.value == after[index]
            for line in lines:
                assert [evaluate(step) for step in line.steps] == [pytest.approx(line.result.value, abs=1e-12)]
    assert ways == {(4, False), (5, True), (3, True)}  # pulled, taken across 0, held there


def test_a_schedule_says_what_the_rate_has_become() -> None:
    hyper = Hyperparameters.model_validate({"learning_rate": 0.1, "schedule": {"kind": "inverse_time", "epochs": 1}})
    session = TrainingSession(Setup(feed_forward((3,)), CIRCLE, hyper, "numpy"))
    session.run_epochs(1)
    line = lines_of(session.trace((1,)), "dense-1", "W", (0, 0))[r"\eta"]
    assert line.result.value == pytest.approx(0.05)
    assert evaluate(line.steps[0]) == pytest.approx(0.05)
