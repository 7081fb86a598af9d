"""``neuroloom-engine expression``: every node's value, local derivatives and gradient, and what is said of mistakes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from engine.__main__ import main

Captured = pytest.CaptureFixture[str]


def machine(capsys: Captured, *argv: str, code: int = 0) -> Any:
    """Run the command with ``--json``; stdout is exactly one JSON document."""
    assert main(["expression", "--json", *argv]) == code
    return json.loads(capsys.readouterr().out)


def person(capsys: Captured, *argv: str) -> str:
    assert main(["expression", *argv]) == 0
    return capsys.readouterr().out


def complaint(capsys: Captured, *argv: str, code: int = 1) -> str:
    assert main(["expression", *argv]) == code
    captured = capsys.readouterr()
    assert not captured.out
    return captured.err


def test_every_node_is_in_the_document(capsys: Captured) -> None:
    found = machine(capsys, "t = x + y; t^2", "--at", "x=2, y=3", "--wrt", "x")
    assert (found["value"], found["output"], found["notes"]) == (25.0, "v1", [])
    assert {node["node"]: (node["value"], node["gradient"]) for node in found["nodes"]} == {
        "x": (2.0, 10.0), "y": (3.0, 10.0), "t": (5.0, 10.0), "v1": (25.0, 1.0),
    }  # fmt: skip
    *_, t, result = found["nodes"]
    assert (result["operation"], result["is"]) == ("^2.0", "t^2")
    assert result["parents"] == [{"node": "t", "local": 10.0, "handed": 10.0}]
    assert t["parents"] == [{"node": name, "local": 1.0, "handed": 10.0} for name in "xy"]
    assert found["wrt"] == {"variable": "x", "formula": "2*(x + y)", "gradient": 10.0}


def test_a_person_reads_a_table(capsys: Captured) -> None:
    lines = person(capsys, "1/(1+exp(-x))", "--at", "x=0", "--wrt", "x").splitlines()
    assert lines[0].split() == ["node", "is", "value", "∂y/∂node", "local", "derivatives"]
    assert [line.split()[0] for line in lines[1:6]] == ["x", "v1", "v2", "v3", "y"]
    assert lines[5].split() == ["y", "1/v3", "0.5", "1", "∂y/∂v3", "=", "-0.25"]
    assert lines[-1] == "∂y/∂x = exp(-x)/(1 + exp(-x))^2 = 0.25"


def test_definitions_may_stand_on_lines_and_what_nobody_uses_is_said(capsys: Captured) -> None:
    text = "p = softmax([a, b])\nspare = 3\np[0]"
    assert "Defined without use: spare." in person(capsys, text, "--at", "a=1,b=1")
    assert machine(capsys, text, "--at", "a=1,b=1")["value"] == 0.5
    assert machine(capsys, "--at=x=-2", "--", "-x^2")["value"] == -4.0
    assert machine(capsys, "2^10")["value"] == 1024.0


def test_numbers_that_mean_nothing_are_marked_and_said(capsys: Captured) -> None:
    printed = person(capsys, "log(x)/x + y", "--at", "x=0,y=1")
    assert "-inf (!)" in printed
    assert printed.splitlines()[-1] == "v1 is the logarithm of 0, which is −∞; keep it above 0."
    found = machine(capsys, "log(x)/x + y", "--at", "x=0,y=1")
    assert {node["node"]: node["faulty"] for node in found["nodes"]}["v1"]
    assert found["value"] is None
    assert found["notes"] == ["v1 is the logarithm of 0, which is −∞; keep it above 0."]


@pytest.mark.parametrize(
    ("argv", "lines"),
    [
        (("x + expp(2)",), ["Line 1, column 5: there is no function “expp”. Did you mean exp?",
                            "  x + expp(2)", "      ^^^^"]),
        (("t = x\nt +",), ["Line 2, column 4: the line ends where a number, a name or an opening bracket is expected; "
                           "complete it.", "  t +", "     ^"]),
        (("x*y", "--at", "x=1"), ["y has no value; give it one, such as --at y=1."]),
        (("alpha*y", "--at", "alhpa=1,y=2"), ["It has no variable “alhpa”. Did you mean alpha?"]),
        (("x*y", "--at", "x=1,y=1", "--wrt", "q"), ["It has no variable “q”. Its variables: x, y."]),
        (("2*3", "--at", "q=1"), ["It has no variables, so “q” can't be one. Leave it out."]),
        (("",), ["There is no expression yet; type one, such as (x + y)^2."]),
        (("(" * 100_000,), ["The expression has 100000 characters; shorten it to 20000 or fewer."]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_sentence_with_the_place_below(
    argv: tuple[str, ...], lines: list[str], capsys: Captured
) -> None:
    assert complaint(capsys, *argv).splitlines() == lines


def test_a_long_line_is_not_shown_again(capsys: Captured) -> None:
    assert len(complaint(capsys, "(" * 19_000).splitlines()) == 1


def test_a_problem_is_a_document_too(capsys: Captured) -> None:
    assert machine(capsys, "x + ", code=1)["error"]["code"] == "expression.operand-missing"
    found = machine(capsys, "+".join(f"x{i}" for i in range(1001)), code=1)
    assert found["error"]["code"] == "expression.too-many-nodes"


@pytest.mark.parametrize("at", ["x", "x=", "=1", "x=two", "x=nan", "x=1;y=2"])
def test_values_that_are_none_are_wrong_usage(at: str, capsys: Captured) -> None:
    assert "is not a name with its value" in complaint(capsys, "x", "--at", at, code=2)


def test_a_kink_is_said(capsys: Captured) -> None:
    (note,) = machine(capsys, "abs(x) + 3*x", "--at", "x=0")["notes"]
    assert "kink at abs(x): slope 2 to the left, slope 4 to the right" in note
    assert "no slope to the left, slope 1 to the right" in person(capsys, "x^1.5 + x", "--at", "x=0")
    assert machine(capsys, "abs(x) + 3*x", "--at", "x=1")["notes"] == []


def test_zero_to_the_power_of_zero_is_marked_and_said(capsys: Captured) -> None:
    lines = person(capsys, "x^x", "--at", "x=0", "--wrt", "x").splitlines()
    assert lines[1].split() == ["x", "variable", "0", "0", "(!)"]
    assert lines[2].endswith("∂y/∂x = 0   ∂y/∂x = 0 (!)")
    assert lines[4] == "∂y/∂x = x*x^(x - 1) + x^x*log(x) = no number here"
    assert "y is 0 to the power of 0 and has no slope along its exponent x" in lines[-1]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("(-2)^2 + x", "(-2)^2"),
        ("(-8)^(1/3) + x", "(-8)^(1/3)"),
        ("(-2)^x + x", "(-2)^x"),
        ("abs(-2)^x + x", "abs(-2)"),
    ],
)
def test_a_negative_number_under_a_power_keeps_its_brackets(capsys: Captured, text: str, written: str) -> None:
    """−2² is −4; what is listed reads back to the node's value."""
    nodes = machine(capsys, text, "--at", "x=2")["nodes"]
    node = next(node for node in nodes if node["operation"] not in ("variable", "constant"))
    assert node["is"] == written
    if node["value"] is not None:
        assert machine(capsys, written, *(("--at", "x=2") if "x" in written else ()))["value"] == node["value"]


@pytest.mark.parametrize(
    ("text", "x", "line"),
    [
        ("log(sigmoid(x))", -800, "∂y/∂x = 1 - sigmoid(x) = 1"),
        ("x*log(x)", 0, "∂y/∂x = 1 + log(x) = -inf"),
        ("max(x, x)", 2, "∂y/∂x = 1 = 1"),
        ("max(x, y)", 2, "∂v1/∂x = [x > y] = 1"),
        ("relu(3*x)", 2, "∂y/∂x = 3*[3*x > 0] = 3"),
        ("x/x", 0, "∂y/∂x = 0 = no number here"),
        ("log(x)", -1, "∂y/∂x = 1/x = no number here"),
    ],
)
def test_what_stands_behind_a_derivative_is_what_it_comes_to(capsys: Captured, text: str, x: float, line: str) -> None:
    at = f"x={x}" + (",y=1" if "y" in text else "")
    assert line in person(capsys, text, "--at", at, "--wrt", "x").splitlines()


def test_a_kink_beside_a_jump_is_not_called_one(capsys: Captured) -> None:
    (note,) = machine(capsys, "abs(x) + sign(x)", "--at", "x=0")["notes"]
    assert "the result jumps at sign(x) and bends at abs(x);" in note


def test_a_jump_is_said(capsys: Captured) -> None:
    (note,) = machine(capsys, "sign(x) + 3*x", "--at", "x=0")["notes"]
    assert note == "Along x there is no slope, for the result jumps at sign(x); the gradient there is a convention."
    assert "kink at sign(x)" in machine(capsys, "x*sign(x)", "--at", "x=0")["notes"][0]


def test_a_corner_without_a_derivative_is_said(capsys: Captured) -> None:
    notes = machine(capsys, "sqrt(x^2)", "--at", "x=0")["notes"]
    corner = "Along x there is no derivative, for sqrt(v1) has a corner: slope -1 to the left, slope 1 to the right."
    assert notes[-1] == corner
    assert "corner" not in " ".join(machine(capsys, "sqrt(x^4)", "--at", "x=0")["notes"])
