"""Expressions that were saved when some functions were not known yet, and have variables of their names."""

from __future__ import annotations

import math

import pytest

from engine.activations.comparison import Comparison, OwnActivation
from engine.activations.renaming import without_younger as comparison_without
from engine.activations.typed import read, values_of
from engine.autodiff import CollapsedNodes, ExpressionSheet, collapse_all, forward, graph_of, parse
from engine.autodiff.grammar import ALIASES, FUNCTIONS
from engine.autodiff.younger import YOUNGER, renamed, renamed_problem, without_younger

OLDER = {name: takes for name, takes in FUNCTIONS.items() if name not in YOUNGER}


def test_all_younger_names_are_functions_names() -> None:
    assert {*FUNCTIONS, *ALIASES} >= YOUNGER


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("tan*x + 1", "tan1*x + 1"),
        ("sign*x + sign^2", "sign1*x + sign1^2"),
        ("erf = x*2\nexp(erf) + erf1", "erf2 = x*2\nexp(erf2) + erf1"),
        ("cosh/sinh # of tan", "cosh1/sinh1 # of tan"),
        ("t = atan;t*tan²", "t = atan1;t*tan1²"),
        ("tan²*x", "tan1²*x"),
        ("tan*tan1² + tan2³", "tan3*tan1² + tan2³"),
        ("tan = x\r\ntan + 1", "tan1 = x\ntan1 + 1"),
    ],
)
def test_such_variables_have_another_name_and_nothing_else_is_another(text: str, new: str) -> None:
    found, names = renamed(text)
    assert found == new
    before, after = graph_of(parse(text, functions=OLDER)), graph_of(parse(new))
    at = {name: 0.3 + 0.2 * place for place, name in enumerate(sorted(before.variables))}
    there = {names.get(name, name): value for name, value in at.items()}
    assert forward(after, there).of[after.output] == forward(before, at).of[before.output]


@pytest.mark.parametrize("text", ["tan(x) + 1", "x + 1", "tan(x) + tan", "tan +", "x $ tan", "sin*x", "exp", ""])
def test_what_is_right_or_wrong_for_another_reason_is_left_alone(text: str) -> None:
    assert renamed(text) == (text, {})


def test_a_document_keeps_its_values_and_what_is_collapsed() -> None:
    text = "y = exp(tan*x)\ny/(1 + y)*erf"
    before = graph_of(parse(text, functions=OLDER))
    group = CollapsedNodes(name="g", nodes=tuple(before.nodes[index].key for index in before.operations[:2]))
    sheet = ExpressionSheet(text=text, inputs={"tan": 0.5, "x": 2.0, "erf": 3.0}, collapsed=(group,), along="tan")
    new, names = without_younger(sheet)
    assert names == {"tan": "tan1", "erf": "erf1"}
    assert new.inputs == {"tan1": 0.5, "x": 2.0, "erf1": 3.0} and new.along == "tan1"
    graph = graph_of(parse(new.text))
    collapsed = collapse_all(graph, new.collapsed)
    assert len(collapsed.nodes) < len(graph.nodes)
    e = math.exp(1.0)
    assert forward(graph, new.inputs).of[graph.output] == pytest.approx(3.0 * e / (1.0 + e))
    said = renamed_problem(names).sentence
    assert "tan, erf" in said and "tan1, erf1" in said


@pytest.mark.parametrize(
    "text", ["erf*x + sinh(x)", "tan = [x, sinh(x)]\nq = softmax(tan)\nq[1] + x", "cosh = exp(x)\ncosh*erf(cosh) + 1"]
)
def test_what_is_collapsed_goes_along_where_another_younger_function_is_called(text: str) -> None:
    (old,) = renamed(text)[1]
    before = graph_of(parse(text, functions={name: takes for name, takes in FUNCTIONS.items() if name != old}))
    group = CollapsedNodes(name="g", nodes=tuple(sorted(before.nodes[index].key for index in before.operations)))
    new, names = without_younger(ExpressionSheet(text=text, collapsed=(group,)))
    after = graph_of(parse(new.text))
    assert names == {old: f"{old}1"} and len(after.nodes) == len(before.nodes)
    assert new.collapsed[0].nodes == tuple(sorted(after.nodes[index].key for index in after.operations))


def test_a_variable_that_is_another_word_for_a_function_that_is_called_is_renamed_alone() -> None:
    keys = tuple(sorted(node.key for node in graph_of(parse("atan(exp(x))")).nodes if node.key != "x"))
    sheet = ExpressionSheet(text="arctan*x + atan(exp(x))", collapsed=(CollapsedNodes(name="g", nodes=keys),))
    new, _ = without_younger(sheet)
    assert (new.text, new.collapsed) == ("arctan1*x + atan(exp(x))", sheet.collapsed)


def test_a_parameter_of_ones_own_activation_keeps_its_value() -> None:
    own = OwnActivation(key="own-1", text="x*sigmoid(sign*x)", parameters={"sign": 1.7})
    fine = OwnActivation(key="own-2", text="sign(x)*a", parameters={"a": 2.0})
    new, names = comparison_without(Comparison(own=(own, fine)))
    assert names == {"sign": "sign1"} and new.own[1] == fine
    typed = read(new.own[0].text)
    assert values_of(typed, new.own[0].parameters) == {"sign1": 1.7}
    assert comparison_without(Comparison(own=(fine,))) == (Comparison(own=(fine,)), {})


def test_a_parameter_of_several_own_activations_has_the_same_new_name_in_all_of_them() -> None:
    own = (
        OwnActivation(key="own-1", text="tan*z", parameters={"tan": 1.0}),
        OwnActivation(key="own-2", text="tan*z + tan1", parameters={"tan": 2.0, "tan1": 3.0}),
        OwnActivation(key="own-3", text="tan2*z", parameters={"tan2": 4.0}),
    )
    new, names = comparison_without(Comparison(own=own))
    assert [one.text for one in new.own] == ["tan3*z", "tan3*z + tan1", "tan2*z"]
    assert names == {"tan": "tan3"} and new.own[1].parameters == {"tan3": 2.0, "tan1": 3.0}


def test_a_value_that_is_kept_for_a_name_that_the_text_has_no_more_is_nobody_elses() -> None:
    sheet, _ = without_younger(ExpressionSheet(text="tan*x", inputs={"tan": 0.5, "x": 2.0, "tan1": 9.0}))
    assert (sheet.text, sheet.inputs) == ("tan2*x", {"tan2": 0.5, "x": 2.0, "tan1": 9.0})
    own = OwnActivation(key="own-1", text="x*tan", parameters={"tan": 3.0, "tan1": 5.0})
    comparison, _ = comparison_without(Comparison(own=(own,)))
    assert comparison.own[0].parameters == {"tan2": 3.0, "tan1": 5.0}
