"""One threshold unit, held to torch, scipy's linear programs and scikit-learn's perceptron."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from scipy.optimize import linprog
from scipy.sparse import block_diag

from engine.cli.main import run
from engine.neuron.check import change_by_torch, code_of, output_by_torch, slopes_by_torch, z_by_torch
from engine.neuron.cube import Sight
from engine.neuron.hidden import bias_there, combination, hidden_layer, network_of, pattern
from engine.neuron.learning import learn, show_row
from engine.neuron.parting import answer, contradiction, hull_edges, why_none
from engine.neuron.reading import NeuronReading
from engine.neuron.settings import grid_for, rows_right, search, slice_at
from engine.neuron.sheet import NeuronContent
from engine.neuron.tables import TABLES, Targets, judge, right_count, rows
from engine.neuron.unit import OUTPUTS, OutputKey, Unit
from engine.training.session import TrainingSession
from engine.validation import sentence_of
from tests.copied import run_copied

XOR = TABLES["xor"].targets
NUMBERS = st.floats(-3, 3, allow_nan=False)


def every_table(inputs: int) -> list[Targets]:
    return list(product((False, True), repeat=2**inputs))


def linear_programs_say(tables: list[Targets], points: list[tuple[int, ...]]) -> list[bool]:
    """Of each table whether some (w, b) has s·(w·x + b) ≥ 1 for all rows: by scaling, the same as parting them.

    All in one program, for a call costs far more than a table: the tables share no number, and each has its own margin
    of at most 1 in the place of that 1. Together the margins are largest where each is, which is 1 or, where nothing
    parts the rows, 0.
    """
    rows_with_1 = np.hstack([np.array(points, float), np.ones((len(points), 1))])
    margin = np.ones((len(points), 1))
    signs = [np.where(targets, 1.0, -1.0)[:, None] for targets in tables]
    a = block_diag([np.hstack([-sign * rows_with_1, margin]) for sign in signs], format="csr")
    gain = np.tile([*np.zeros(rows_with_1.shape[1]), -1.0], len(tables))
    bounds = [*[(None, None)] * rows_with_1.shape[1], (0.0, 1.0)] * len(tables)
    found = linprog(gain, A_ub=a, b_ub=np.zeros(a.shape[0]), bounds=bounds)
    assert found.status == 0
    margins = found.x.reshape(len(tables), -1)[:, -1].round(6)
    assert set(margins) <= {0.0, 1.0}
    return [bool(one == 1.0) for one in margins]


# The unit ------------------------------------------------------------------------------------------------------------


@pytest.mark.torch
@pytest.mark.parametrize("output", OUTPUTS)
@given(weights=st.tuples(NUMBERS, NUMBERS, NUMBERS), bias=NUMBERS, row=st.integers(0, 7))
def test_a_unit_and_its_slopes_agree_with_torch(
    output: OutputKey, weights: tuple[float, ...], bias: float, row: int
) -> None:
    unit, x = Unit(weights, bias, output), rows(3)[row]
    assert unit.z(x) == pytest.approx(z_by_torch(unit, x), rel=1e-12, abs=1e-14)
    if abs(unit.z(x)) > 1e-12:  # the step jumps at 0, where the two round differently
        assert unit.value(x) == pytest.approx(output_by_torch(unit, x), rel=1e-12)
    assert unit.slopes(x) == pytest.approx(slopes_by_torch(unit, x), rel=1e-9, abs=1e-14)


def test_sums_of_decimals_are_what_they_are_on_paper() -> None:
    unit = Unit((0.1, 0.2), -0.3)
    assert 0.1 + 0.2 - 0.3 != 0.0
    assert unit.z((1, 1)) == 0.0 and unit.fires((1, 1))
    assert Unit((0.3, 0.6), -0.9).fires((1, 1)) and Unit((0.3, 0.6), -0.9).binary_z((1, 1)) < 0.0
    assert unit.threshold == 0.3 and str(Unit((1.0,), 0.0).threshold) == "0.0"


def test_a_slope_is_what_a_small_change_measures() -> None:
    unit, x, h = Unit((0.7, -1.2), 0.4, "logistic"), (1, 1), 1e-6
    up, down = (Unit((0.7 + side, -1.2), 0.4, "logistic").value(x) for side in (h, -h))
    assert unit.slopes(x)[0] == pytest.approx((up - down) / (2 * h), rel=1e-8)


def test_the_code_that_is_shown_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    for output in OUTPUTS:
        unit = Unit((0.5, -1.25), 0.3, output)
        run_copied(code_of(unit, (1, 0)))
        z, y = map(float, capsys.readouterr().out.split())
        assert (z, y) == pytest.approx((unit.z((1, 0)), unit.value((1, 0))))


# Tables --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [key for key in TABLES if key != "xor"])
def test_named_tables_are_what_their_names_say_and_one_unit_does_them(key: str) -> None:
    table = TABLES[key]
    meaning = {
        "and": all,
        "or": any,
        "nand": lambda x: not all(x),
        "nor": lambda x: not any(x),
        "not": lambda x: not x[0],
    }
    said = meaning.get(key, lambda x: sum(x) * 2 > len(x))
    assert table.targets == tuple(said(x) for x in rows(table.inputs))
    found = answer(table.targets)
    assert found is not None
    assert all(verdict.right for verdict in judge(found, table.targets))


def test_no_setting_of_the_grid_does_xor() -> None:
    found = search(XOR)
    assert (found.settings, found.solved, found.best) == (68_921, 0, 3)
    assert sum(found.by_rows) == found.settings


@pytest.mark.parametrize("inputs", [1, 2, 3])
def test_every_table_has_either_a_setting_or_a_contradiction_as_a_linear_program_says(inputs: int) -> None:
    tables = every_table(inputs)
    for targets, parted in zip(tables, linear_programs_say(tables, list(rows(inputs))), strict=True):
        found, why = answer(targets), why_none(targets)
        assert (found is None) is (why is not None)
        assert (found is not None) is parted
        if found is not None:
            assert right_count(found, targets) == len(targets)


@pytest.mark.parametrize("inputs", [2, 3])
def test_a_contradiction_adds_up(inputs: int) -> None:
    points, seen = rows(inputs), 0
    for targets in every_table(inputs):
        why = why_none(targets)
        if why is None:
            continue
        seen += 1
        for shares, wanted in ((why.fires, True), (why.silent, False)):
            assert all(targets[one.row] is wanted and one.times > 0 for one in shares)
            added = [sum(one.times * points[one.row][axis] for one in shares) for axis in range(inputs)]
            assert tuple(added) == why.weights
            assert sum(one.times for one in shares) == why.bias > 0
        assert why.meeting == tuple(Fraction(weight, why.bias) for weight in why.weights)
    assert seen == {2: 2, 3: 152}[inputs]


def test_a_contradiction_is_as_small_as_can_be() -> None:
    parity = tuple(sum(x) % 2 == 1 for x in rows(3))
    why = why_none(parity)
    assert why is not None and len(why.fires) + len(why.silent) == 4
    crossing = contradiction([(0, 0, 0), (1, 1, 1)], [(0, 0, 1), (0, 1, 0), (1, 0, 0)])
    assert crossing == ((2, 1), (1, 1, 1))  # the diagonal goes through the triangle at (⅓, ⅓, ⅓)


def test_edges_of_hulls() -> None:
    cube, square = rows(3), rows(2)
    assert len(hull_edges(cube)) == 12
    assert all(sum(a != b for a, b in zip(cube[i], cube[j], strict=True)) == 1 for i, j in hull_edges(cube))
    assert hull_edges(square) == ((0, 1), (0, 2), (1, 3), (2, 3))
    for size in (2, 3, 4):  # corners of a tetrahedron are all joined, wherever they are in a cube
        for chosen in combinations(cube, size):
            flat = np.linalg.matrix_rank(np.array(chosen[1:]) - np.array(chosen[0])) < size - 1
            assert flat or len(hull_edges(chosen)) == size * (size - 1) // 2


def test_the_room_for_a_threshold_is_where_the_table_is_done() -> None:
    content = NeuronContent(weights=(0.7, 1.3), targets=TABLES["and"].targets)
    room = NeuronReading(content).room
    assert (room.above, room.up_to, room.open) == (1.3, 2.0, True)
    for theta, done in ((1.3, False), (1.31, True), (2.0, True), (2.01, False)):
        assert NeuronReading(content.changed(bias=-theta)).solved is done
    assert not NeuronReading(NeuronContent()).room.open


# Settings ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["not", "xor", "majority"])
def test_the_search_counts_what_the_unit_does(key: str) -> None:
    table = TABLES[key]
    grid, right = grid_for(table.inputs), rows_right(table.targets)
    values = grid.values()
    assert values[grid.half] == 0 and values[-1] == grid.high
    rng = np.random.default_rng(1)
    for place in rng.integers(0, grid.side, (60, table.inputs + 1)):
        *weights, bias = (float(values[index]) for index in place)
        assert right[tuple(place)] == right_count(Unit(tuple(weights), bias), table.targets)


def test_a_slice_is_taken_at_the_other_parameters() -> None:
    table = TABLES["majority"]
    grid = grid_for(3)
    cut = slice_at(table.targets, (0.0, 0.0, 0.8), -1.2)
    place = (3, 20)
    unit = Unit((float(grid.values()[3]), float(grid.values()[20]), 0.8), -1.2)
    assert cut.shape == (grid.side, grid.side)
    assert cut[place] == right_count(unit, table.targets)
    assert slice_at(TABLES["not"].targets, (1.0,), 0.0).shape == (41, 41)


# Learning ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [key for key in TABLES if key != "xor"])
def test_the_rule_learns_what_one_line_can_do(key: str) -> None:
    table = TABLES[key]
    learning = learn(Unit((0.0,) * table.inputs, 0.0), table.targets, 0.5)
    assert learning.end == "learnt"
    assert right_count(learning.unit_after(len(learning.steps)), table.targets) == len(table.targets)
    assert all(step.right < len(table.targets) for step in learning.steps[:-1])


def test_on_xor_it_goes_round_for_ever() -> None:
    learning = learn(Unit((1.0, 1.0), -0.5), XOR, 0.5)
    assert learning.end == "cycles" and learning.since is not None
    period = len(learning.steps) - learning.since
    assert period % 4 == 0
    assert learning.unit_after(learning.since) == learning.unit_after(len(learning.steps))
    assert any(step.moved for step in learning.steps[learning.since :])


def test_one_pass_of_the_rule_is_scikit_learn_s_perceptron() -> None:
    Perceptron = pytest.importorskip("sklearn.linear_model").Perceptron
    rng = np.random.default_rng(3)
    x = np.array(rows(2), float)
    for targets in every_table(2)[1:-1]:
        *weights, bias = rng.normal(size=3).round(3).tolist()
        start = Unit(tuple(weights), bias)
        unit = start
        for row in range(4):
            unit = show_row(unit, targets, row, 0.25).after
        theirs = Perceptron(penalty=None, shuffle=False, max_iter=1, tol=None, eta0=0.25)
        theirs.fit(x, np.array(targets, int), coef_init=np.array([start.weights]), intercept_init=[start.bias])
        assert unit.weights == pytest.approx(theirs.coef_[0], abs=1e-12)
        assert unit.bias == pytest.approx(theirs.intercept_[0], abs=1e-12)


@pytest.mark.torch
@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("row", range(4))
def test_what_a_step_adds_is_torch_s_gradient(output: OutputKey, row: int) -> None:
    step = show_row(Unit((0.4, -1.1), 0.3, output), XOR, row, 0.5)
    assert (*step.change, step.bias_change) == pytest.approx(change_by_torch(step, 0.5), rel=1e-12, abs=1e-14)
    assert step.after.weights[0] == pytest.approx(0.4 + 0.5 * step.error * step.x[0])


def test_soft_units_learn_too_and_a_runaway_is_stopped() -> None:
    assert learn(Unit((0.0, 0.0), 0.0, "logistic"), TABLES["and"].targets, 0.5).end == "learnt"
    assert learn(Unit((0.0, 0.0), 0.0, "tanh"), TABLES["nand"].targets, 0.5).end == "learnt"
    assert learn(Unit((0.0, 0.0), 0.0, "logistic"), XOR, 0.5).end == "limit"
    far = learn(Unit((99.0, 99.0), 99.0), tuple(not any(x) for x in rows(2)), 10.0)
    beyond = learn(Unit((-100.0, 0.0), 95.0), (True, True, False, True), 10.0)
    assert (beyond.end, len(beyond.steps)) == ("beyond", 3)
    assert all(abs(value) <= 100 for step in far.steps for value in (*step.after.weights, step.after.bias))


# Hidden layers -------------------------------------------------------------------------------------------------------


@given(weights=st.tuples(NUMBERS, NUMBERS), bias=NUMBERS, bits=st.tuples(*[st.booleans()] * 4))
def test_two_units_and_a_third_do_every_table_of_two_inputs(
    weights: tuple[float, float], bias: float, bits: Targets
) -> None:
    own = Unit(weights, bias)
    layer = hidden_layer(own, bits)
    assert layer is not None
    assert [layer.outputs(x)[2] for x in rows(2)] == list(bits)
    if layer.keeps:
        assert layer.first == own


def test_one_s_own_unit_is_kept_where_it_helps() -> None:
    layer = hidden_layer(Unit((1.0, 1.0), -0.5), XOR)
    assert layer is not None and layer.keeps and layer.names == ("or", "nand", "and")
    blind = hidden_layer(Unit((1.0, 1.0), 5.0), XOR)
    assert blind is not None and not blind.keeps and blind.names == ("or", "nand", "and")


def test_parity_of_three_needs_more_than_two() -> None:
    assert hidden_layer(Unit((1.0, 1.0, 1.0), -0.5), tuple(sum(x) % 2 == 1 for x in rows(3))) is None


@pytest.mark.parametrize("key", ["xor", "nor"])
def test_the_network_classifies_all_four_and_torch_agrees(key: str) -> None:
    torch = pytest.importorskip("torch")
    targets = TABLES[key].targets
    layer = hidden_layer(Unit((1.0, 1.0), -0.5, "logistic"), targets)
    assert layer is not None
    file = network_of(layer, targets, "solved")
    first = torch.tensor(file.weights["dense-1", "W"]), torch.tensor(file.weights["dense-1", "b"])
    last = torch.tensor(file.weights["output-1", "W"]), torch.tensor(file.weights["output-1", "b"])
    x = torch.tensor([[point.x1, point.x2] for point in file.data.points], dtype=torch.float64)
    z = x @ first[0].T + first[1]
    p = torch.sigmoid(torch.heaviside(z, torch.ones_like(z)) @ last[0].T + last[1])[:, 0]
    assert ((p >= 0.5).int().tolist()) == [int(point.label) for point in file.data.points]
    assert file.weights["dense-1", "W"].tolist()[0] == [1.0, 1.0]
    assert pattern(layer.first) == TABLES["or"].targets


def test_what_the_third_unit_does_is_said_in_full() -> None:
    said = set()
    for w1, w2, b in product((-2.0, -1.0, 0.0, 1.0, 2.0), (-2.0, -1.0, 0.0, 1.0, 2.0), (-2.5, -1.5, -0.5, 0.5, 1.5)):
        unit = Unit((w1, w2), b)
        if len(set(pattern(unit))) == 2:
            made = combination(pattern(unit))
            assert all(made.holds(bool(x[0]), bool(x[1])) is unit.fires(x) for x in rows(2))
            said.add(made)
    assert len(said) == 12  # the fourteen that a line does, without the two that are the same throughout
    for none in (XOR, tuple(not target for target in XOR), (True,) * 4):
        with pytest.raises(ValueError, match="line"):
            combination(none)


@pytest.mark.parametrize("wish", OUTPUTS)
def test_the_network_is_right_on_every_row_in_a_session(wish: OutputKey) -> None:
    from engine.data import load
    from engine.training.setup import Setup

    layer = hidden_layer(Unit((1.0, 1.0), -0.5), XOR)
    assert layer is not None
    file = network_of(layer, XOR, "solved", wish)
    assert file.graph.block("dense-1").params.model_dump()["activation"] == wish
    session = TrainingSession(Setup(file.graph, load(file.data), file.hyper, "numpy"), file.weights)
    assert session.snapshot(maps=False).accuracy == 1.0


@pytest.mark.parametrize("targets", [XOR, tuple(not target for target in XOR), TABLES["and"].targets])
def test_each_half_has_every_corner_as_often_as_a_table_has_its_rows(targets: Targets) -> None:
    from engine.data import load

    layer = hidden_layer(Unit((1.0, 1.0), -0.5), targets)
    assert layer is not None
    data = load(network_of(layer, targets, "solved").data)
    for half in (data.train, data.test):
        assert np.unique(data.x[half], axis=0, return_counts=True)[1].tolist() == [2, 2, 2, 2]


def test_the_bias_over_there_is_the_same_line() -> None:
    unit = Unit((1.0, 2.0), -2.5)
    assert bias_there(unit) == -6.0
    for x in product((-1.0, 0.3, 1.0, 1.7), repeat=2):
        z = unit.weights[0] * x[0] + unit.weights[1] * x[1] + unit.bias
        there = sum(w * 3.0 * (2.0 * v - 1.0) for w, v in zip(unit.weights, x, strict=True)) + bias_there(unit)
        assert there == pytest.approx(6.0 * z)


@pytest.mark.parametrize("pitch", [-1.35, -0.4, 0.0, 0.45, 1.0, 1.35])
def test_however_the_cube_is_turned_its_corners_stay_within_reach(pitch: float) -> None:
    seen = [Sight(yaw, pitch).seen(tuple(map(float, x))) for yaw in np.linspace(0.0, 7.0, 700) for x in rows(3)]
    across, up = Sight(0.0, pitch).reach
    assert max(abs(right) for right, _, _ in seen) == pytest.approx(across, abs=1e-3)
    assert max(abs(high) for _, high, _ in seen) == pytest.approx(up, abs=1e-3)


def test_hidden_units_keep_the_step_where_a_soft_one_is_not_sure() -> None:
    layer = hidden_layer(Unit((0.01, 0.01), -0.005), XOR)  # so flat that its logistic is a half everywhere
    assert layer is not None and layer.keeps
    file = network_of(layer, XOR, "solved", "logistic")
    assert file.graph.block("dense-1").params.model_dump()["activation"] == "step"


# The document and the command ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"weights": (1.0,)},
        {"weights": ()},
        {"weights": (1.0,) * 4, "targets": (True,) * 16},
        {"row": 4},
        {"bias": float("nan")},
        {"bias": 1e9},
        {"output": "relu"},
        {"rate": 0},
        {"more": 1},
    ],
)
def test_documents_that_make_no_sense_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        NeuronContent(**wrong)


def test_the_command_shows_the_table_and_why(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["neuron", "--weights", "1,1", "--bias", "-1.5", "--table", "and", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [row["right"] for row in said["rows"]] == [True] * 4 and said["threshold"] == 1.5
    assert [row["z"] for row in said["rows"]] == [-1.5, -0.5, -0.5, 0.5]
    assert run(["neuron", "--table", "xor", "--learn", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["one_unit_can"] is False and said["search"]["by_rows_right"][-1] == 0
    assert said["contradiction"]["meeting"] == [0.5, 0.5]
    assert said["learning"]["end"] == "cycles"
    assert run(["neuron", "--table", "0110", "--weights=-1,1", "--learn"]) == 0
    text = capsys.readouterr().out
    assert "Both cannot hold" in text and "It never ends" in text


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--table", "iff"), "cli.unknown-table"),
        (("--table", "01101"), "cli.unknown-table"),
        (("--weights", "1,2,3"), "cli.weights-misfit"),
        (("--weights", "1,nan"), "cli.weight-too-large"),
        (("--bias", "1e300"), "cli.weight-too-large"),
        (("--rate", "0"), "cli.bad-rate"),
    ],
)
def test_the_command_says_what_is_wrong(
    arguments: tuple[str, ...], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["neuron", *arguments, "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["error"]["code"] == code


def test_rows_that_share_a_sum_are_counted_by_their_targets() -> None:
    targets = (False, True, False, True, False, True, True, True)  # (0,0,1) is to fire, and shares its sum with two
    content = NeuronContent(targets=targets, weights=(1.0, 1.0, 1.0), bias=-1.5)
    found = [(place.weighted, place.fires, place.silent) for place in NeuronReading(content).places]
    assert found == [(0.0, 0, 1), (1.0, 1, 2), (2.0, 3, 0), (3.0, 1, 0)]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"row": 7}, "row is 7; with 2 weights it must be from 0 to 3."),
        ({"targets": [0, 1]}, "targets has 2 entries; with 2 weights it must have 4, one for each row."),
        ({"weights": []}, "weights has 0 entries; it must have 1 or more."),
        ({"weights": [1.0] * 9}, "weights has 9 entries; it must have 3 or fewer."),
        ({"rate": 11.0}, "rate is 11.0; it must be 10.0 or less."),
    ],
)
def test_a_value_out_of_range_is_named_with_what_mends_it(fields: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValidationError) as caught:
        NeuronContent.model_validate({"weights": [2.0, 0.004], **fields})
    assert sentence_of(caught.value).sentence == sentence
