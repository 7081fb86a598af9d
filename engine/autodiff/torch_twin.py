"""PyTorch's word on a graph: every node's value and gradient by its autograd, and the few lines that ask it."""

from __future__ import annotations

import keyword
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.autodiff.collapse import opened
from engine.autodiff.composites import expanded
from engine.autodiff.evaluate import compiled
from engine.autodiff.grammar import FUNCTIONS
from engine.autodiff.graph import ScalarGraph
from engine.autodiff.operations import Function
from engine.autodiff.tree import Name, Tree, substituted
from engine.autodiff.writing import number_text, python_of
from engine.extras import load_torch

if TYPE_CHECKING:
    import torch

TORCH_FUNCTIONS = {
    **{name: f"torch.{name}" for name, (_, most) in FUNCTIONS.items() if most == 1 and name != "softmax"},
    "max": "torch.maximum",
    "min": "torch.minimum",
}
"""By our names, which are torch's own but for these two; what takes a list is taken apart before."""


@dataclass(frozen=True, slots=True)
class TorchPass:
    """What PyTorch says, by node: values, and gradients (None where it gives none: constants, and what is made of them
    alone)."""

    values: tuple[float, ...]
    gradients: tuple[float | None, ...]


def by_torch(graph: ScalarGraph, inputs: Mapping[str, float]) -> TorchPass:
    """The same graph in float64 by torch's operations, and its autograd's gradients. Loads torch: for a background.

    What is collapsed is asked part by part, so that torch knows nothing of our simpler derivatives.
    """
    load_torch()
    import torch

    whole = opened(graph)
    tensors = _tensors(whole, {name: _tensor(value).requires_grad_() for name, value in inputs.items()})
    live = [index for index, depends in enumerate(whole.live) if depends]
    found: dict[int, float] = {}
    if live:
        slopes = torch.autograd.grad(tensors[-1], [tensors[index] for index in live])
        found = {index: float(slope) for index, slope in zip(live, slopes, strict=True)}
    shown = [whole.index[node.key] for node in graph.nodes]
    values = tuple(float(tensors[index].detach()) for index in shown)
    return TorchPass(values, tuple(found.get(index) for index in shown))


def torch_output(graph: ScalarGraph, inputs: Mapping[str, torch.Tensor]) -> torch.Tensor:
    """The graph's output by torch's operations, element by element, differentiable by autograd."""
    (shape,) = {tensor.shape for tensor in inputs.values()}
    return _tensors(graph, inputs)[graph.output].expand(shape)


def torch_expression(tree: Tree, variable: str) -> str:
    """The same as PyTorch source, with ``{z}`` where the variable stands."""
    written = substituted(expanded(tree), {variable: Name("{z}")})
    return python_of(written, TORCH_FUNCTIONS, lambda number: f"torch.tensor({number!r}, dtype=torch.float64)")


def _tensors(graph: ScalarGraph, inputs: Mapping[str, torch.Tensor]) -> list[torch.Tensor]:
    """Every node's value, in the precision and on the device of the inputs; in float64 where there are none."""
    like, functions = next(iter(inputs.values()), _tensor(0.0)), _functions()
    tensors: list[torch.Tensor] = []
    for node in graph.nodes:
        if node.rule is not None:
            made = compiled(node.rule.formula, node.rule.parameters, functions, like.new_tensor)
            tensors.append(made(*[tensors[parent] for parent in node.parents]))
        else:
            tensors.append(like.new_tensor(node.value) if node.value is not None else inputs[node.name])
    return tensors


def torch_code(
    graph: ScalarGraph, inputs: Mapping[str, float], *, value_of: str | None = None, slope_of: str | None = None
) -> str:
    """A program that does the same pass with PyTorch, a line a node, and prints each gradient; or one number alone, the
    value or the gradient of the node of a key. Nothing is collapsed."""
    graph = opened(graph)
    names = _identifiers(graph)
    lines = ["import torch", "", "torch.set_default_dtype(torch.float64)"]
    for index in graph.variables.values():
        value = number_text(inputs[graph.nodes[index].name])
        lines.append(f"{names[index]} = torch.tensor({_float(value)}, requires_grad=True)")
    lines.append("")
    for index, node in enumerate(graph.nodes):
        if node.rule is not None:
            lines.append(f"{names[index]} = {_line(graph, index, names)}")
        elif node.is_constant and (node.name or index == graph.output):
            lines.append(f"{names[index]} = torch.tensor({_float(number_text(node.value or 0.0))})")
    if value_of is not None:
        lines += ["", f"print({names[graph.index[value_of]]}.item())"]
    elif slope_of is not None:
        slope = f"torch.autograd.grad({names[-1]}, {names[graph.index[slope_of]]})"
        lines += ["", f"(gradient,) = {slope}", "print(gradient.item())"]
    elif shown := [names[index] for index, live in enumerate(graph.live) if live]:
        lines += ["", f"nodes = [{', '.join(shown)}]", f"for gradient in torch.autograd.grad({names[-1]}, nodes):"]
        lines.append("    print(gradient.item())")
    return "\n".join(lines) + "\n"


def _line(graph: ScalarGraph, index: int, names: tuple[str, ...]) -> str:
    """What a node computes; numbers are written into it, as tensors where there is no other tensor."""
    node = graph.nodes[index]
    assert node.rule is not None
    arguments = {}
    for parameter, parent in zip(node.rule.parameters, node.parents, strict=True):
        of = graph.nodes[parent]
        inline = of.is_constant and not of.name
        value = _float(number_text(of.value or 0.0)) if inline else names[parent]
        plain = inline and graph.live[index] and node.rule.key in ("+", "-", "*", "/", "^")
        arguments[parameter] = Name(f"torch.tensor({value})" if inline and not plain else _bracketed(value))
    formula = substituted(node.rule.formula, arguments)
    return python_of(formula, TORCH_FUNCTIONS, lambda number: f"torch.tensor({number!r})")


def _bracketed(value: str) -> str:
    """A negative number where it may be raised to a power or subtracted."""
    return f"({value})" if value.startswith("-") else value


def _float(text: str) -> str:
    """A number that Python takes for a float."""
    return f"{text}.0" if text.lstrip("-").isdigit() else text


def _identifiers(graph: ScalarGraph) -> tuple[str, ...]:
    """The labels as names that Python takes, no two alike but for constants, which stand in what uses them."""
    found: list[str] = []
    taken = {"torch", "print"}
    for index, label in enumerate(graph.labels):
        unnamed = graph.nodes[index].is_constant and not graph.nodes[index].name
        name = "y" if unnamed else label.replace("[", "_").replace("]", "")
        while not unnamed and (keyword.iskeyword(name) or name in taken):
            name += "_"
        taken |= set() if unnamed else {name}
        found.append(name)
    return tuple(found)


def _tensor(value: float) -> torch.Tensor:
    import torch

    return torch.tensor(value, dtype=torch.float64)


def _functions() -> Mapping[str, Function]:
    """Torch's operation for each of ours."""
    import torch

    return {
        "+": torch.add,
        "-": torch.subtract,
        "*": torch.multiply,
        "/": torch.divide,
        "^": torch.pow,
        "neg": torch.negative,
        **{name: getattr(torch, call.removeprefix("torch.")) for name, call in TORCH_FUNCTIONS.items()},
    }
