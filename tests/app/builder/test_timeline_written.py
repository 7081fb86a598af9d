"""Every line of a pass checks by hand: what is printed, worked out as a person would, gives the printed result."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.builder.timeline.written import WrittenLine, write
from engine.hyperparameters import Hyperparameters
from engine.network.contract import Table
from engine.network.plan import compile_graph
from engine.optimizers import OPTIMIZERS
from engine.schedules import Schedule
from engine.training.lines.expression import (
    FunctionCall,
    Number,
    Product,
    Quotient,
    Sum,
    WorkedLine,
    numbers_of,
    shortened,
)
from engine.training.lines.working import work_out
from engine.training.trace import PassTrace, Phase
from engine.training.tracing import trace_pass
from tests.app.builder.by_hand import goes_on, holds
from tests.engine.random_networks import graphs, parameters, targets_for

OPTIMISERS = sorted(OPTIMIZERS)


@st.composite
def passes(draw: st.DrawFn) -> PassTrace:
    """A pass of one to six rows through a random network that has learned a few steps with any optimiser."""
    optimizer = draw(st.sampled_from(OPTIMISERS))
    hyper = Hyperparameters(
        optimizer=optimizer,
        learning_rate=draw(st.sampled_from([0.001, 0.03, 1.0])),
        l1=draw(st.sampled_from([0.0, 0.01])),
        l1_at_zero=draw(st.sampled_from(["crosses", "sticks"])),
        l2=draw(st.sampled_from([0.0, 0.03])),
        clip_norm=draw(st.sampled_from([None, 0.1, 50.0])),
        schedule=Schedule(kind=draw(st.sampled_from(["constant", "cosine"]))),
    )
    plan = compile_graph(*draw(graphs(draw(st.booleans()))))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    rows = draw(st.sampled_from([1, 2, 6]))
    state = parameters(plan, optimizer, random)
    state.step = draw(st.sampled_from([0, 3, 200]))
    state.slots[:] = random.normal(size=state.slots.shape) ** 2 * 1e-3
    inputs = {node.id: random.normal(size=(rows, node.width)) for node in plan.inputs}
    targets = targets_for(plan.output.params.loss, plan.output.width, random)[:rows]
    rate = 0.7 * hyper.learning_rate if hyper.schedule.kind != "constant" else hyper.learning_rate
    return trace_pass(plan, state, Table(inputs, targets), tuple(range(rows)), hyper, rate)


def lines_of(trace: PassTrace, most: int = 4) -> Iterator[tuple[Phase, WrittenLine]]:
    """Every line that the player can show of the first units of each stage."""
    for stage in trace.stages:
        units = next((stage.values[name].shape[1] for name in ("a", "delta", "upstream") if name in stage.values), 1)
        for unit in range(min(units, 2) if stage.phase in (Phase.FORWARD, Phase.BACKWARD) else 1):
            working = work_out(trace, stage, unit, most=most)
            for line in (*working.lines, *working.gradients):
                yield stage.phase, write(line)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(passes(), st.integers(1, 5))
def test_every_printed_line_checks_by_hand(trace: PassTrace, most: int) -> None:
    for phase, written in lines_of(trace, most):
        if written.steps:
            assert holds(written.text), f"{phase}: {written.line.name} = {written.text}"
            assert goes_on(written.text), f"{phase}: {written.line.name} = {written.text}"


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(passes())
def test_hardly_a_line_tells_its_result_alone(trace: PassTrace) -> None:
    """Only what is no number, or what is too near to nothing to be worked out with fifteen digits."""
    for phase, written in lines_of(trace):
        result = written.line.result.value
        if written.line.steps and not written.steps and np.isfinite(result):
            alone = len(list(numbers_of(written.line.steps[0]))) == 1
            assert alone or abs(result) < 1e-9, f"{phase}: {written.line}"


# The ways of writing ------------------------------------------------------------------------------------------------


def weighted(weights: list[float], inputs: list[float], bias: float | None, most: int = 4) -> WrittenLine:
    """``z = Σ w·a + b`` of given numbers."""
    products = tuple(Product((Number(w), Number(a))) for w, a in zip(weights, inputs, strict=True))
    after = () if bias is None else (Number(bias),)
    z = sum(w * a for w, a in zip(weights, inputs, strict=True)) + (bias or 0.0)
    return write(WorkedLine("z", "", (shortened(products, most, after),), Number(z)))


def test_factors_keep_the_order_and_the_signs_of_the_weights() -> None:
    text = weighted([-0.815, 0.83, 0.5], [-1.94, 0.61, -0.25], -0.25).text
    assert text == "(−0.815) · (−1.94) + 0.83 · 0.61 + 0.5 · (−0.25) − 0.25 = 1.71"


def test_factors_get_the_digits_that_their_product_needs() -> None:
    """With two digits it would have said −0.003 · 6.20 = −0.021."""
    written = weighted([-0.00337], [6.2], None)
    assert written.text == "(−0.00337) · 6.2 = −0.0209"
    assert holds(written.text) and not holds("(−0.003) · 6.20 = −0.021")


def test_a_part_that_is_worked_out_has_the_digits_that_it_can_be_worked_out_with() -> None:
    """With four digits of each it would say (−0.4009) · (−1.178) = 0.4724, and by hand it is 0.4723."""
    sent = Product((Number(-0.40094), Number(-1.17815)))
    arrived = Number(0.40094 * 1.17815, stands_for=sent)
    steps = (Product((sent, Number(0.95480))), Product((arrived, Number(0.95480))))
    text = write(WorkedLine("δ", "", steps, Number(arrived.value * 0.95480))).text
    assert text == "(−0.4009) · (−1.178) · 0.9548 = 0.472 · 0.9548 = 0.451"
    assert holds(text) and goes_on(text)
    assert not goes_on("(−0.4009) · (−1.178) · (1 − 0.2126²) = 0.4724 · 0.9548 = 0.451")


def test_a_sum_that_cancels_gets_as_many_digits_as_it_takes() -> None:
    written = weighted([1.23456789, -1.23456543], [1.0000001, 1.0], None)
    assert written.digits > 6 and holds(written.text)


def test_a_long_sum_still_adds_up() -> None:
    written = weighted([1.0, 0.1, -5.0, 2.0, 0.25], [1.0, 1.0, 1.0, -1.0, 2.0], -0.5, 2)
    assert written.text == "1 · 1 + 0.1 · 1 + … (3 more, together −6.5) − 0.5 = −5.9"
    assert holds(written.text)


def test_a_single_term_more_is_written_rather_than_counted() -> None:
    assert "more" not in weighted([1.0, 2.0, 3.0], [1.0, 1.0, 1.0], None, 2).text


def test_a_weight_of_next_to_nothing_is_written_as_such() -> None:
    assert weighted([4.05e-13], [1.58], None).text == "4.05·10⁻¹³ · 1.58 = 6.40·10⁻¹³"


def test_what_is_no_number_is_told_alone() -> None:
    assert weighted([float("inf")], [1.0], None).text == "∞"
    assert weighted([float("nan")], [1.0], None).text == "NaN"


def test_divisors_and_functions_keep_their_brackets() -> None:
    step = Quotient(
        Sum((Number(1.5), Number(-0.25))), Sum((FunctionCall("√", (Number(4.0),), lambda x: x**0.5), Number(0.5)))
    )
    assert write(WorkedLine("x", "", (step,), Number(0.5))).text == "(1.5 − 0.25) ÷ (√(4) + 0.5) = 0.5"


def test_a_wrong_result_is_never_printed_behind_its_sum() -> None:
    assert write(WorkedLine("x", "", (Sum((Number(1.0), Number(2.0))),), Number(4.0))).text == "4"


def test_a_weight_that_is_moved_a_little_is_seen_to_move() -> None:
    """−1.46 − 0.000744 = −1.46 could not be checked."""
    before, move = -1.46237, -0.000744321
    parts = (Number(before), Number(move))
    moved = write(WorkedLine("w", r"w + \Delta w", (Sum(parts),), Number(before + move), renews=True))
    assert moved.text == "−1.462 − 0.0007443 = −1.463"
    assert write(WorkedLine("z", "", (Sum(parts),), Number(before + move))).text == "−1.46 − 0.000744 = −1.46"
    still = write(WorkedLine("w", "", (Sum((Number(before), Number(0.0))),), Number(before), renews=True))
    assert still.text == "−1.46 + 0 = −1.46"
