"""``expression``: every node's value, local derivatives and gradient, of an expression at given values."""

from __future__ import annotations

import math
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from difflib import get_close_matches

import numpy as np

from engine.autodiff.algebra.derivative import derivative
from engine.autodiff.algebra.simplify import size_of
from engine.autodiff.evaluate import compiled
from engine.autodiff.faults import conventional_slots
from engine.autodiff.graph import ScalarGraph, graph_of
from engine.autodiff.kinks import kinks, written
from engine.autodiff.parser import Program, parse
from engine.autodiff.problems import ExpressionError
from engine.autodiff.tape import backward, forward
from engine.autodiff.trace import Edge, Gradients, Values
from engine.autodiff.tree import Tree
from engine.autodiff.writing import number_text, text_in_brackets
from engine.cli.command import Command
from engine.cli.numbers import assignments
from engine.cli.outcome import Outcome, text_table
from engine.problems import EngineError, declare

UNKNOWN_VARIABLE = declare("cli.unknown-variable", "It has no variable “{name}”. Its variables: {known}.")
NO_VARIABLES = declare("cli.no-variables", "It has no variables, so “{name}” can't be one. Leave it out.")
NEAR_VARIABLE = declare("cli.near-variable", "It has no variable “{name}”. Did you mean {nearest}?")
VALUE_MISSING = declare("cli.value-missing", "{name} has no value; give it one, such as --at {name}=1.")

LONGEST_SHOWN = 120
LONGEST_DERIVATIVE = 500
TOO_LONG = "(too long to be written out)"
NO_NUMBER = "no number here"


def expression(arguments: Namespace) -> Outcome:
    """The command. Raises EngineError for an expression that cannot be read, and for names that are not in it."""
    program = _read(arguments.expression)
    graph = graph_of(program)
    inputs: dict[str, float] = arguments.at or {}
    for name in (*inputs, *([arguments.wrt] if arguments.wrt else [])):
        _check(name, graph)
    for name in graph.variables:
        if name not in inputs:
            raise EngineError(VALUE_MISSING(name=name))
    values = forward(graph, inputs)
    gradients = backward(graph, values)
    sentences = [*_sentences(values, gradients, program), *_kinks(graph, inputs, gradients)]
    document: dict[str, object] = {
        "expression": arguments.expression,
        "at": inputs,
        "output": graph.labels[graph.output],
        "value": values.of[graph.output],
        "nodes": [_node_document(graph, values, gradients, index) for index in range(len(graph.nodes))],
        "notes": sentences,
    }
    lines = _lines(graph, values, gradients)
    if arguments.wrt:
        index = graph.variables[arguments.wrt]
        tree, gradient = derivative(program.whole, arguments.wrt), gradients.of[index]
        formula = text_in_brackets(tree) if size_of(tree) <= LONGEST_DERIVATIVE else TOO_LONG
        shown = _written(gradient)
        if index in gradients.faults and formula is not TOO_LONG:  # the tape's number is not that of the formula
            shown = _formula_value(tree, inputs, values.of[graph.output])
        document["wrt"] = {"variable": arguments.wrt, "formula": formula, "gradient": gradient}
        ratio = f"∂{graph.labels[graph.output]}/∂{arguments.wrt}"
        lines += ["", f"{ratio} = {formula} = {shown}"]
    return Outcome(document, [*lines, *([""] if sentences else []), *sentences])


def _formula_value(tree: Tree, inputs: Mapping[str, float], result: float) -> str:
    """What a derivative that is written out comes to by itself. Where the result is no number it has no slope, though
    the formula may have a value: x/x at 0, whose slope is written 0."""
    with np.errstate(all="ignore"):
        value = float(compiled(tree, tuple(inputs))(*inputs.values()))
    is_missing = math.isnan(value) or (math.isnan(result) and math.isfinite(value))
    return NO_NUMBER if is_missing else number_text(value)


def _read(text: str) -> Program:
    """Read the expression. The error has a note: the line, with a mark under the place."""
    try:
        return parse(text)
    except ExpressionError as error:
        lines = text.replace("\t", " ").split("\n")
        shown = lines[error.span.line - 1]
        if shown.strip() and len(shown) <= LONGEST_SHOWN:
            error.add_note(f"  {shown}\n  {' ' * error.span.column}{'^' * max(error.span.end - error.span.column, 1)}")
        raise


def _check(name: str, graph: ScalarGraph) -> None:
    """Whether a name that was given is one of the variables."""
    if name in graph.variables:
        return
    nearest = get_close_matches(name, graph.variables, 1, 0.5)
    if nearest:
        raise EngineError(NEAR_VARIABLE(name=name, nearest=nearest[0]))
    if graph.variables:
        raise EngineError(UNKNOWN_VARIABLE(name=name, known=", ".join(graph.variables)))
    raise EngineError(NO_VARIABLES(name=name))


def _sentences(values: Values, gradients: Gradients, program: Program) -> list[str]:
    """What is to be said of the numbers and of the text."""
    faults = {fault.origin: fault for fault in (*gradients.faults.values(), *values.faults.values())}
    said = [faults[origin].problem.sentence for origin in sorted(faults)]
    return [*said, *([f"Defined without use: {', '.join(program.unused)}."] if program.unused else [])]


def _kinks(graph: ScalarGraph, inputs: dict[str, float], gradients: Gradients) -> list[str]:
    """Along which variables there is no one slope; where the gradient is a number all the same, what that is worth."""
    said = []
    for index, kink in kinks(graph, inputs, list(graph.variables.values())).items():
        along, where = f"Along {graph.labels[index]} there is", ", ".join(kink.bending)
        sides = f"{_side(kink.left)} to the left, {_side(kink.right)} to the right"
        if kink.jumps:
            bends = f" and bends at {where}" if where else ""
            at = ", ".join(kink.jumping)
            said.append(f"{along} no slope, for the result jumps at {at}{bends}; the gradient there is a convention.")
        elif index not in gradients.faults:
            said.append(f"{along} a kink at {where}: {sides}; the gradient is a convention there, PyTorch's too.")
        elif math.isfinite(kink.left) and math.isfinite(kink.right):
            said.append(f"{along} no derivative, for {where} has a corner: {sides}.")
    return said


def _side(slope: float) -> str:
    return "no slope" if math.isnan(slope) else f"slope {_written(slope)}"


def _node_document(graph: ScalarGraph, values: Values, gradients: Gradients, index: int) -> dict[str, object]:
    node = graph.nodes[index]
    edges = {edge.slot: edge for edge in gradients.edges if edge.child == index}
    return {
        "node": graph.labels[index],
        "operation": node.rule.key if node.rule else "variable" if node.is_variable else "constant",
        "is": _formula(graph, index),
        "value": values.of[index],
        "gradient": gradients.of[index],
        "parents": [
            {
                "node": graph.labels[parent],
                "local": edges[slot].local if slot in edges else None,
                "handed": edges[slot].handed if slot in edges else None,
            }
            for slot, parent in enumerate(node.parents)
        ],
        "faulty": index in values.faults or index in gradients.faults,
    }


def _formula(graph: ScalarGraph, index: int) -> str:
    """What a node computes, with its parents' labels in."""
    node = graph.nodes[index]
    if node.rule is None:
        return "variable" if node.is_variable else "constant"
    return written(graph, index)


def _lines(graph: ScalarGraph, values: Values, gradients: Gradients) -> list[str]:
    """The table of the nodes. A number that means nothing bears a mark."""
    output = graph.labels[graph.output]
    rows = [("node", "is", "value", f"∂{output}/∂node", "local derivatives")]
    for index, node in enumerate(graph.nodes):
        if node.is_constant and not node.name and index != graph.output:
            continue  # it stands in its user's formula
        edges = sorted((edge for edge in gradients.edges if edge.child == index), key=lambda edge: edge.slot)
        value = _written(values.of[index], index in values.faults)
        gradient = _written(gradients.of[index], index in gradients.faults)
        conventional = conventional_slots(graph, values.of, index)
        local = "   ".join(_local(graph, edge, edge.slot in conventional) for edge in edges)
        rows.append((graph.labels[index], _formula(graph, index), value, gradient, local))
    return text_table(rows)


def _local(graph: ScalarGraph, edge: Edge, faulty: bool) -> str:
    return f"∂{graph.labels[edge.child]}/∂{graph.labels[edge.parent]} = {_written(edge.local, faulty)}"


def _written(value: float | None, faulty: bool = False) -> str:
    """A number in all its digits; a dash where there is none."""
    return "–" if value is None else f"{number_text(value)}{' (!)' if faulty else ''}"


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "expression",
        metavar="EXPR",
        help='such as "(x + y)^2", or with definitions "t = x + y; t^2"; after -- if it begins with a minus',
    )
    parser.add_argument("--at", type=assignments, metavar="NAME=V,…", help="the value of every variable")
    parser.add_argument("--wrt", metavar="NAME", help="write out the derivative along this variable too")


COMMAND = Command(expression, _add_arguments)
