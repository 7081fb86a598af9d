"""The numbers under the formula are those of the network: they are read back and worked out again."""

from __future__ import annotations

import re

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.builder.timeline.caption import captions
from app.builder.timeline.formula import numbered, symbols
from app.builder.timeline.numbers import numbers, weighted_sum
from app.builder.timeline.view import PassView
from app.kit.numbers import mathtext
from app.kit.typeset import typeset
from engine.data import DataChoice, load
from engine.data.dataset import Dataset
from engine.graph.build import feed_forward
from engine.graph.edit import add_block, connect, disconnect, splice
from engine.graph.kinds.output import OutputParams
from engine.hyperparameters import Hyperparameters
from engine.training.session import Setup, TrainingSession
from engine.training.trace import Phase

ROUNDING = 0.02
"""Factors are shown with two decimals; a few of them multiplied and added are off by no more than this."""


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load(DataChoice(name="two-gaussians"))


@pytest.fixture(scope="module")
def session(dataset: Dataset) -> TrainingSession:
    made = TrainingSession(Setup(feed_forward([3, 2]), dataset, Hyperparameters(seed=3), backend="numpy"))
    made.run_steps(20)
    return made


def view_of(session: TrainingSession, rows: tuple[int, ...], neuron: tuple[str, int] | None = None) -> PassView:
    return PassView(session.trace(rows), session.setup.graph, neuron)


def worked_out(line: str) -> float:
    """Evaluate a sum of products in mathtext by hand: signs, decimals, \\cdot and brackets are all it has."""
    total = 0.0
    text = line.replace("{-}", "~").replace(" ", "").replace("{\\cdot}10^{", "e").replace("(", "").replace(")", "")
    for sign, term in re.findall(r"([+-]?)([^+-]+)", text):
        factors = [float(f.replace("~", "-")) for f in term.split(r"\cdot")]
        total += (-1 if sign == "-" else 1) * float(np.prod(factors))
    return total


@pytest.mark.parametrize("unit", [0, 1, 2])
def test_forward_numbers_add_up_to_z(session: TrainingSession, unit: int) -> None:
    view = view_of(session, (5,), ("dense-1", unit))
    stage = view.forward("dense-1")
    assert stage is not None
    line = numbers(view, stage, terms=4)
    z_part, a_part = line.split(r" \quad ")
    left, right = z_part.split(" = ")
    z, a = float(stage.values["z"][0, unit]), float(stage.values["a"][0, unit])
    weights = session.snapshot(maps=False).weights
    x = view.trace.inputs["input-1"][0]
    assert z == pytest.approx(weights["dense-1", "W"][unit] @ x + weights["dense-1", "b"][unit])
    assert worked_out(left) == pytest.approx(z, abs=6e-4)
    assert worked_out(right) == pytest.approx(z, abs=ROUNDING * max(1, np.abs(x).max()))
    assert worked_out(a_part.split(" = ")[0]) == pytest.approx(a, abs=6e-4)


def test_long_sum_leaves_out_the_small_terms() -> None:
    weights, inputs = np.array([1.0, 0.1, -5.0, 2.0]), np.array([1.0, 1.0, 1.0, -1.0])
    line = weighted_sum(weights, inputs, -0.5, 2)
    assert line == r"-5.00 \cdot 1.00 + 2.00 \cdot ({-}1.00) + \ldots - 0.50"


def test_a_trace_keeps_the_weights_that_it_was_made_with(session: TrainingSession) -> None:
    view = view_of(session, (5,), ("dense-1", 1))
    stage = view.forward("dense-1")
    assert stage is not None
    before = numbers(view, stage)
    session.run_steps(20)
    assert numbers(view, stage) == before
    weights, bias = view.parameters("dense-1")
    np.testing.assert_allclose(view.trace.inputs["input-1"] @ weights.T + bias, stage.values["z"], rtol=1e-12)


def test_an_edit_after_the_pass_hides_the_terms(session: TrainingSession) -> None:
    view = view_of(session, (5,))
    wired = {wire.source: wire for wire in view.graph.wires}
    graph = disconnect(disconnect(view.graph, wired["input-1"]), wired["dense-1"])
    rewired = PassView(view.trace, connect(graph, "input-1", "dense-2"))  # two values where the pass had three
    stage = rewired.forward("dense-2")
    assert stage is not None and view.source("dense-2") is not None
    assert rewired.source("dense-2") is None
    assert numbers(rewired, stage).startswith("z_{")


def test_hidden_delta_is_upstream_times_slope(session: TrainingSession) -> None:
    view = view_of(session, (5,), ("dense-2", 1))
    stage = next(s for s in view.trace.stages if s.phase is Phase.BACKWARD and s.block_id == "dense-2")
    delta, gradient = numbers(view, stage).split(r" \quad ")
    left, right = delta.split(" = ")
    assert worked_out(left) == pytest.approx(stage.values["delta"][0, 1], abs=6e-4)
    assert worked_out(right) == pytest.approx(stage.values["delta"][0, 1], abs=ROUNDING)
    column = int(np.argmax(np.abs(stage.values["W"][1])))
    assert f"w_{{2{column + 1}}}" in gradient
    assert worked_out(gradient.split(" = ")[-1]) == pytest.approx(stage.values["W"][1, column], abs=6e-4)


def test_output_delta_is_worked_out(session: TrainingSession) -> None:
    view = view_of(session, (5,))
    stage = next(s for s in view.trace.stages if s.phase is Phase.BACKWARD)
    left, right = numbers(view, stage).split(r" \quad ")[0].split(" = ")
    gap, slope = re.findall(r"\((.*)\) \\cdot (.*)", right)[0]
    assert worked_out(left) == pytest.approx(float(stage.values["delta"][0, 0]), abs=6e-4)
    assert worked_out(gap) * worked_out(slope) == pytest.approx(float(stage.values["delta"][0, 0]), abs=ROUNDING)


def test_update_shows_before_change_and_after(session: TrainingSession) -> None:
    view = view_of(session, (5,), ("dense-1", 0))
    stage = next(s for s in view.trace.stages if s.phase is Phase.UPDATE and s.block_id == "dense-1")
    _, change, after = numbers(view, stage, terms=4).split(r" \quad ")[0].split(" = ")
    assert worked_out(change) == pytest.approx(worked_out(after), abs=2e-4)


def test_squared_error_is_worked_out(session: TrainingSession) -> None:
    view = view_of(session, (5,))
    stage = next(s for s in view.trace.stages if s.phase is Phase.LOSS)
    each, gap = numbers(view, stage).split(r" = \frac{1}{2} ")
    assert worked_out(each) == pytest.approx(0.5 * worked_out(gap.removesuffix("^2")) ** 2, abs=ROUNDING)


def test_every_stage_can_be_set_in_type(session: TrainingSession, qtbot: QtBot) -> None:
    for rows in ((5,), (1, 2, 3)):
        view = view_of(session, rows)
        for stage in view.trace.stages:
            assert typeset(symbols(view, stage), 15).width > 0
            assert typeset(numbers(view, stage), 15).width > 0


def test_layer_numbers_take_the_place_of_l() -> None:
    assert numbered(r"z^{(l)} = W^{(l)} a^{(l-1)} + \delta^{(l+1)}", 2) == r"z^{(2)} = W^{(2)} a^{(1)} + \delta^{(3)}"


@pytest.mark.parametrize(("value", "text"), [(-0.5, "{-}0.50"), (0.0, "0.00"), (1.5e-7, r"1.5{\cdot}10^{-7}")])
def test_numbers_in_a_formula(value: float, text: str) -> None:
    assert mathtext(value) == text


def test_caption_says_where_the_pass_is(session: TrainingSession, dataset: Dataset) -> None:
    view = view_of(session, (5,))
    longest, *shorter = captions(view, view.trace.stages[1], 1, dataset)
    assert longest.startswith("sample 5 · x = (")
    assert "layer 1 of 3 · stage 2 of" in longest
    assert all(len(text) < len(longest) for text in shorter)


def test_a_skip_connection_changes_what_the_symbols_say(session: TrainingSession) -> None:
    graph = feed_forward([3, 3])
    graph, add = add_block(graph, "add", 0.0, 0.0)
    graph = connect(splice(graph, add, graph.wires_into("output-1")[0]), "dense-1", add)
    view = view_of(TrainingSession(Setup(graph, session.setup.dataset, Hyperparameters(), backend="numpy")), (5,))
    lines = {(stage.phase, stage.block_id): symbols(view, stage) for stage in view.trace.stages}
    assert r"W^{(3)} a_{\mathrm{in}} + b" in lines[Phase.FORWARD, "output-1"]
    assert "W^{(2)} a^{(1)} + b" in lines[Phase.FORWARD, "dense-2"]
    assert lines[Phase.BACKWARD, "dense-1"].startswith(r"\delta^{(1)} = E \odot f'")


def test_softmax_is_of_the_whole_layer(session: TrainingSession) -> None:
    iris = load(DataChoice(name="iris"))
    graph = feed_forward([3], features=iris.columns, output=OutputParams(loss="softmax_cross_entropy"))
    view = view_of(TrainingSession(Setup(graph, iris, Hyperparameters(), backend="numpy")), (0,), ("output-1", 1))
    stage = view.forward("output-1")
    assert stage is not None
    assert numbers(view, stage).endswith(r"\mathrm{softmax}(z)_{2}")
