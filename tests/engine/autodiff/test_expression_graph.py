"""The graph of an expression: what is one node and what is two, the steps of the pass, and where nodes stand."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from pydantic import ValidationError

from engine.autodiff import (
    RULES,
    CollapsedNodes,
    ExpressionSheet,
    Layout,
    Place,
    ScalarGraph,
    Step,
    backward,
    forward,
    graph_of,
    known,
    lay_out,
    parse,
    schedule,
    steps,
    text_of,
)
from engine.autodiff.layout.layers import ABOVE, layered
from engine.autodiff.layout.order import crossings, ordered
from tests.engine.autodiff.random_trees import random_tree

LOGISTIC = "1/(1 + exp(-x))"
NETWORK = """h1 = tanh(w11*x1 + w12*x2 + b1)
h2 = tanh(w21*x1 + w22*x2 + b2)
tanh(v1*h1 + v2*h2 + c)"""


def graph(text: str) -> ScalarGraph:
    return graph_of(parse(text))


def random_graph(seed: int, lines: int) -> ScalarGraph:
    """Definitions that use earlier ones again and again, so that much fans out."""
    random = np.random.default_rng(seed)
    names = ["x", "y", "w"]
    text = []
    for line in range(lines):
        first, second = (str(random.choice(names[-12:])) for _ in range(2))
        text.append(f"a{line} = {first}*{second} + sin({random.choice(names)})")
        names.append(f"a{line}")
    return graph("\n".join([*text, " + ".join(names[3:])]))


# --- What is one node


def test_the_logistic_has_the_nodes_of_the_text_book() -> None:
    nodes = graph(LOGISTIC).nodes
    assert [node.rule.symbol if node.rule else node.name or node.text for node in nodes] == [
        "1", "x", "×(−1)", "exp", "+", "1/u",
    ]  # fmt: skip
    assert graph(LOGISTIC).labels == ("1", "x", "v1", "v2", "v3", "y")
    assert graph("y*2").labels == ("y", "2", "v1"), "the variable is y, so the output is not"
    assert graph("v1 + 2*v").labels == ("v1", "2", "v", "n1", "y")


def test_powers_quotients_and_signs_of_numbers_are_one_node() -> None:
    two, three = ("x^2", "x^-1.5", "1/x", "-x", "e^x"), ("2^x", "2/x", "-2*x")
    assert [len(graph(text).nodes) for text in (*two, *three)] == [2] * len(two) + [3] * len(three)
    (node,) = (node for node in graph("1/x").nodes if node.rule is not None)
    assert node.rule is RULES["reciprocal"]


def test_what_is_named_or_part_of_a_softmax_is_one_node_and_what_is_typed_twice_is_two() -> None:
    assert len(graph("(x + y)*(x + y)").operations) == 3
    assert len(graph("t = x + y; t*t").operations) == 2
    whole = graph("p = softmax([2*x, y, 1]); p[0]*p[1] + p[2]")
    assert [whole.nodes[i].rule.key for i in whole.operations].count("exp") == 3  # type: ignore[union-attr]
    assert len(whole.operations) == 1 + 3 + 2 + 3 + 2
    assert len(graph("softmax([x, y])[0] + softmax([x, y])[1]").operations) == 2 + 1 + 2 + 1
    assert len(graph("exp(x) + softmax([x, y])[0]").operations) == 6, "an exp that was typed is not the softmax's"
    entropy = graph("cross_entropy([x, y], [t, 1])")
    assert sorted(entropy.nodes[i].rule.key for i in entropy.operations) == sorted(  # type: ignore[union-attr]
        ["exp", "exp", "+", "/", "/", "log", "log", "*", "*", "+", "neg"]
    )
    assert len(graph("t = x; t + x").nodes) == 2, "another name for a variable is no node"


def test_what_nothing_needs_is_no_node() -> None:
    assert [node.name for node in graph("a = x*y; b = x + 1; b^2").nodes if node.name] == ["x", "b"]


def test_the_order_is_that_of_the_operands_and_parents_come_first() -> None:
    for seed in range(20):
        one = graph(text_of(random_tree(np.random.default_rng(seed), 6)))
        assert all(parent < index for index, node in enumerate(one.nodes) for parent in node.parents)
        assert len({node.key for node in one.nodes}) == len(one.nodes)
        assert one.output == len(one.nodes) - 1 and not one.users[one.output]


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("2*x + sin(y)", "25*x + sin(y)", 6),  # a digit more
        ("x + sin(y)", "3*z + (x + sin(y))", 4),  # something in front of it
        ("x + sin(y)", "exp(x + sin(y))", 4),  # something round it
        ("t = x*y; t + 1", "t = x*y + 3; t + 1", 5),  # an edit within a definition: t and what uses it stay
        ("(x + 1)*(x + 1)", "(x + 1)*(x + 1) + 2", 6),
        ("(x + y)^2", "(x + y)^3", 4),
    ],
)
def test_keys_stay_with_nodes_through_an_edit(before: str, after: str, same: int) -> None:
    first, second = ({node.key for node in graph(text).nodes} for text in (before, after))
    assert len(first & second) == same


def test_keys_do_not_depend_on_the_run() -> None:
    """They are kept in files."""
    assert [node.key for node in graph("x*sin(x)").nodes] == ["x", "#04cfc239c295", "#050611979872"]


# --- Steps


def test_the_pass_goes_forward_then_takes_the_seed_then_goes_back() -> None:
    one = graph(LOGISTIC)
    assert steps(one) == (
        *(Step("forward", index) for index in (2, 3, 4, 5)),
        Step("seed", 5),
        *(Step("backward", index) for index in (5, 4, 3, 2)),
    )
    assert (schedule(one).middle, len(schedule(one).steps)) == (4, 9)


def test_not_yet_is_not_zero() -> None:
    one = graph("t = x + 1; t*t")
    x, t, y = one.variables["x"], one.index["t"], one.output
    constant = one.nodes[t].parents[1]
    assert known(one, 0).values == {x, constant} and known(one, 0).last is None
    assert known(one, 1).values == {x, constant, t}
    assert known(one, 2).gradients == frozenset() and known(one, 2).last == Step("forward", y)
    assert known(one, 3).gradients == {y} and known(one, 3).handed == frozenset()
    assert known(one, 4).gradients == {y, t} and known(one, 4).handed == {y}
    assert known(one, 5).gradients == {y, t, x}, "constants never have one"
    assert known(one, 99) == known(one, 5)


@pytest.mark.parametrize("seed", range(5))
def test_a_gradient_is_known_when_all_have_handed_theirs_on(seed: int) -> None:
    one = random_graph(seed, 12)
    when = schedule(one)
    gradients = backward(one, forward(one, {"x": 0.3, "y": 0.2, "w": 0.1}))
    for index in range(len(one.nodes)):
        handing = [when.handed[child] for child, _ in one.users[index]]
        if gradients.of[index] is None:
            assert when.gradient[index] is None
        elif index != one.output:
            assert when.gradient[index] == max(moment for moment in handing if moment is not None)
    for done in range(len(when.steps) + 1):
        at = known(one, done)
        assert at.values == {i for i, moment in enumerate(when.value) if moment <= done}
        assert at.gradients == {i for i, moment in enumerate(when.gradient) if moment is not None and moment <= done}


# --- Layout


def place_of(one: ScalarGraph, layout: Layout, label: str) -> Place:
    return layout.places[one.nodes[one.labels.index(label)].key]


def apart(layout: Layout) -> bool:
    """Whether no two nodes of a column are nearer than a constant to its user."""
    columns: dict[float, list[float]] = {}
    for place in layout.places.values():
        columns.setdefault(place.column, []).append(place.row)
    return all(below - above > ABOVE - 0.001 for rows in columns.values() for above, below in pairwise(sorted(rows)))


@pytest.mark.parametrize("text", [LOGISTIC, NETWORK, "x", "3", "t = x; t + t", "cross_entropy([a, b, c], [s, t, u])"])
def test_every_node_has_a_place_of_its_own_to_the_right_of_its_parents(text: str) -> None:
    one = graph(text)
    layout = lay_out(one)
    assert layout.places.keys() == one.index.keys()
    assert apart(layout)
    for child in one.nodes:
        for slot, index in enumerate(child.parents):
            parent = one.nodes[index]
            here, there = layout.places[parent.key], layout.places[child.key]
            path = [here, *layout.bends.get((child.key, slot), ()), there]
            steps_right = [after.column - before.column for before, after in pairwise(path)]
            beside = parent.is_constant and here.column == there.column and here.row <= there.row - ABOVE
            stacked = parent.rule is not None and parent.rule == child.rule and steps_right == [0.0]
            assert steps_right == [1.0] * len(steps_right) or beside or stacked
    for place in (*layout.places.values(), *(bend for path in layout.bends.values() for bend in path)):
        assert layout.left <= place.column <= layout.right and layout.top <= place.row <= layout.bottom


def test_a_chain_runs_straight_and_constants_stand_beside_their_user() -> None:
    one = graph(LOGISTIC)
    layout = lay_out(one)
    chain = [place_of(one, layout, label) for label in ("x", "v1", "v2", "v3", "y")]
    assert {place.row for place in chain} == {chain[0].row}
    assert [place.column for place in chain] == [0, 1, 2, 3, 4]
    assert layout.places[one.nodes[0].key] == Place(3, chain[0].row - ABOVE)
    one = graph("h = tanh(w1*x); h2 = tanh(w2*h); h3 = tanh(w3*h2); tanh(w4*h3)")
    layout = lay_out(one)
    rows = [layout.places[one.nodes[index].key].row for index in one.operations]
    assert max(rows) - min(rows) < 0.05


def test_sums_of_sums_stand_in_one_column_with_nothing_between() -> None:
    one = graph("cross_entropy([a, b, c], [1, 0, 0])")
    layout = lay_out(one)
    assert layout.right - layout.left == 7
    sums = [node for node in one.nodes if node.rule is not None and node.rule.key == "+"]
    columns: dict[float, list[float]] = {}
    for node in sums:
        columns.setdefault(layout.places[node.key].column, []).append(layout.places[node.key].row)
    assert sorted(map(len, columns.values())) == [2, 2]
    for column, (upper, lower) in ((column, sorted(rows)) for column, rows in columns.items()):
        inside = [place for place in layout.places.values() if place.column == column and upper < place.row < lower]
        assert not inside


def test_a_constant_keeps_its_place_above_a_sum() -> None:
    one = graph("(a + 1) + (b + c)")
    layout = lay_out(one)
    added, whole = (place_of(one, layout, label) for label in ("v1", "y"))
    assert added.column == whole.column - 1
    assert place_of(one, layout, "v2").column == whole.column


def test_the_operands_stand_in_their_order_and_nothing_crosses_that_need_not() -> None:
    one = graph("(a + b)*(c - d)/(f + sin(g))")
    layout = lay_out(one)
    names = sorted("abcdf", key=lambda name: layout.places[name].row)
    assert names == list("abcdf")
    assert not layout.bends
    for text in (NETWORK, "t = x + y; t*exp(t) + sin(t)/t"):
        layers = layered(graph(text))
        assert crossings(layers, ordered(layers, {})) <= (3 if text is NETWORK else 0)


def test_sweeps_leave_fewer_crossings_than_the_order_of_the_text() -> None:
    for seed in range(6):
        layers = layered(random_graph(seed, 15))
        text_order = sorted(range(len(layers.node)))
        plain = [
            [item for item in text_order if layers.column[item] == column] for column in range(max(layers.column) + 1)
        ]
        assert crossings(layers, ordered(layers, {})) <= crossings(layers, plain)


def test_a_variable_that_a_thousand_terms_use_has_one_trunk() -> None:
    one = graph("+".join(f"sin(x*{i})" for i in range(400)))
    layout = lay_out(one)
    bends = {(place.column, place.row) for path in layout.bends.values() for place in path}
    assert len(bends) < 500
    assert layout.right - layout.left == 401


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (LOGISTIC, "2/(1 + exp(-x))"),
        (LOGISTIC, "1/(1 + exp(-x)) + z"),
        (LOGISTIC, "1/(1 + exp(-w*x))"),
        (NETWORK, NETWORK.replace("+ b2", "+ 2*b2")),
        (NETWORK, NETWORK + "^2"),
        (NETWORK, NETWORK.replace("tanh(w21*x1", "tanh(x1 + w21*x1")),
        ("(x + y)^2", "(x + y)^23"),
    ],
)
def test_nodes_stay_put_while_one_types(before: str, after: str) -> None:
    """Most do not move at all, none that stays in its column turns over with another."""
    first, second = graph(before), graph(after)
    old = lay_out(first)
    new = lay_out(second, old)
    assert apart(new)
    both = [key for key in old.places if key in new.places]
    still = [
        key
        for key in both
        if abs(old.places[key].column - new.places[key].column) + abs(old.places[key].row - new.places[key].row) < 0.3
    ]
    assert len(still) >= 0.6 * len(both)
    assert all(abs(old.places[key].row - new.places[key].row) < 1.6 for key in both)


def test_other_numbers_move_nothing() -> None:
    old = lay_out(graph("2*x + sin(y)*0.5"))
    assert lay_out(graph("25*x + sin(y)*-1e3"), old) is old
    assert lay_out(graph("25*y + sin(x)*-1e3"), old) is not old
    assert lay_out(graph("t = y - x; 2*t"), lay_out(graph("t = x - y; 2*t"))).places["t"] is not None


def test_another_expression_altogether_is_laid_out_afresh() -> None:
    fresh = lay_out(graph(LOGISTIC))
    assert lay_out(graph(LOGISTIC), lay_out(graph("sin(a)*b"))).places == fresh.places


def test_an_edit_and_its_undoing_come_back() -> None:
    first, second = graph(NETWORK), graph(NETWORK + " + 1")
    old = lay_out(first)
    back = lay_out(first, lay_out(second, old))
    assert max(abs(back.places[key].row - old.places[key].row) for key in old.places) < 0.2
    assert all(back.places[key].column == old.places[key].column for key in old.places)


def test_a_layout_of_two_thousand_nodes_holds_all_that_one_of_ten_does() -> None:
    one = random_graph(1, 480)
    assert 1_900 < len(one.nodes) <= 2_000
    layout = lay_out(one)
    assert apart(layout)
    assert layout.places.keys() == one.index.keys()


# --- The document


def test_an_expression_is_kept_with_its_inputs_and_groups() -> None:
    group = CollapsedNodes(name="σ", nodes=("#0123456789ab", "t"))
    sheet = ExpressionSheet(text="t = x", inputs={"x": 2, "p[0]": -1e300}, collapsed=(group,), along="x")
    assert ExpressionSheet.model_validate_json(sheet.model_dump_json()) == sheet
    for wrong in (
        {"text": "x" * 20_001},
        {"inputs": {"x": float("nan")}},
        {"inputs": {"x": float("inf")}},
        {"inputs": {"x": 1e308}},  # a track from −inf to inf would follow
        {"inputs": {"x": "2"}},
        {"inputs": {"x" * 40: 1.0}},
        {"collapsed": [{"name": "", "nodes": ["a"]}]},
        {"collapsed": [{"name": "f", "nodes": []}]},
        {"more": 1},
    ):
        with pytest.raises(ValidationError):
            ExpressionSheet.model_validate(wrong)


@pytest.mark.parametrize("text", ["x^1e-999999999", "x^0e999999999", "1e-999999999*x", "(x + 1e-999999999)^2"])
def test_what_is_too_small_for_a_float_is_not_worked_out_in_all_its_digits(text: str) -> None:
    graph = graph_of(parse(text))
    assert graph.nodes
