"""A number of a pass as a few lines of PyTorch that come to it: to be copied, run and changed by whoever doubts it.

The lines hold numbers and names of our own alone, never a name that somebody gave a block or a column: they are made to
be run.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np

from engine.autodiff.torch_twin import TORCH_FUNCTIONS
from engine.graph.kinds.base import Array
from engine.losses import loss
from engine.network.plan import Node
from engine.training.lines.expression import (
    Expression,
    FunctionCall,
    Negated,
    Number,
    Power,
    Product,
    Quotient,
    Source,
    Sum,
)
from engine.training.lines.optimiser_twin import twin_of
from engine.training.lines.origin import is_of_update, origin_of, value_of
from engine.training.lines.reading import Reading, alpha_of, function_of
from engine.training.trace import PassTrace, Phase


def code_of(trace: PassTrace, source: Source) -> str | None:
    """A script that prints the number which ``source`` names; None for what is not worked out in a pass.

    It begins at the block's own numbers, with every digit, and goes on from there: a value from what comes in, a
    gradient through all that follows, by autograd. So it is as short as what there is to show.
    """
    if trace.plan is None or all(node.id != source.block_id for node in trace.plan.nodes):
        return None
    reading = Reading(trace, source.row)
    shown = value_of(reading, source)
    write = _update if is_of_update(source) else _WAYS.get(source.symbol)
    if shown is None or write is None:
        return None
    script = _Script(reading, source)
    result = write(script)
    if result is None:
        return None
    head = ["import torch", "", "torch.set_default_dtype(torch.float64)", ""]
    return "\n".join([*head, *script.lines, f"print({result}.item())  # Neuroloom: {_number(shown)}", ""])


class _Script:
    """Lines that are written one after the other; every tensor is written down once, when it is first needed."""

    def __init__(self, reading: Reading, source: Source) -> None:
        self.reading, self.source = reading, source
        self.node, self.unit = reading.node(source.block_id), source.index[0]
        self.lines: list[str] = []
        self._written: set[str] = set()

    def add(self, line: str) -> None:
        """A line as it is."""
        self.lines.append(line)

    def tensor(self, name: str, values: Array, *, leaf: bool = False) -> str:
        """``name = torch.tensor(…)``; ``leaf``: its gradient is asked for."""
        if name not in self._written:
            self._written.add(name)
            asked = ", requires_grad=True" if leaf else ""
            self.add(f"{name} = torch.tensor({_literal(values)}{asked})")
        return name

    def number(self, node: Node) -> int:
        """A node's place in the pass, by which its tensors are called: the input's are a0."""
        return self.reading.plan.index_of(node.id)

    def a(self, node: Node) -> str:
        """The values that a node puts out, (rows, units), where nothing asked for depends on them."""
        return self.tensor(f"a{self.number(node)}", self.reading.values(Phase.FORWARD, node.id)["a"])

    def z(self, *, leaf: bool = False) -> str:
        """The node's own sums, (rows, units)."""
        values = self.reading.values(Phase.FORWARD, self.node.id)["z"]
        return self.tensor(f"z{self.number(self.node)}", values, leaf=leaf)

    def expressions(self, node: Node, inputs: list[str], asked: str = "") -> tuple[str, str] | None:
        """The node's z and a in PyTorch; its parameters are written down before, the one that is ``asked`` about as a
        leaf."""
        place = self.number(node)
        names: dict[str, str] = {}
        kept = self.reading.kept(Phase.FORWARD, node.id)
        for slot in (*node.slots, *node.buffers):
            name = slot.spec.name
            if slot in node.buffers and float(kept.get("own", np.array(0.0))):
                continue
            values = self.reading.trace.weights[node.id, name]
            names[name] = self.tensor(f"{name}{place}", values, leaf=name == asked)
        if "mask" in kept and self.reading.rows > 1:
            names["mask"] = self.tensor(f"mask{place}", kept["mask"])
        return node.kind.torch_source(node.params, inputs, names)

    def follow(self) -> bool:
        """From the node's a on to the loss, and back; False where a block on the way cannot be written."""
        plan = self.reading.plan
        reached = {self.number(self.node)}
        for place, node in enumerate(plan.nodes):
            if not reached & set(node.sources):
                continue
            inputs = [f"a{at}" if at in reached else self.a(plan.nodes[at]) for at in node.sources]
            written = self.expressions(node, inputs)
            if written is None:
                return False
            reached.add(place)
            if node is plan.output and "{a}" not in loss(node.params.loss).torch_expression:
                self.add(f"z{place} = {written[0]}")
            else:
                self.put(place, *written)
        self.add_loss()
        return True

    def put(self, place: int, z: str, a: str) -> None:
        """``z2 = …`` and ``a2 = …``."""
        if a == "{z}":
            self.add(f"a{place} = {z}")
        else:
            self.add(f"z{place} = {z}")
            self.add(f"a{place} = {a.format(z=f'z{place}')}")

    def add_loss(self) -> None:
        """The mean loss over the rows, and its gradients."""
        output, reading = self.reading.plan.output, self.reading
        place = self.number(output)
        target = self.tensor("t", reading.trace.target)
        each = loss(output.params.loss).torch_expression.format(z=f"z{place}", a=f"a{place}", target=target)
        self.add(f"L = ({each}).mean()")
        self.add("L.backward()")


# What is asked for ----------------------------------------------------------------------------------------------


def _sum(script: _Script) -> str | None:
    """z of one unit: its weights times what comes in, and its bias."""
    node, row, unit = script.node, script.source.row, script.unit
    weights = script.reading.trace.weights
    if not node.kind.probed:
        return None
    values = script.reading.values(Phase.FORWARD, script.reading.sources(node)[0].id)["a"][row]
    script.tensor("a", values)
    script.tensor("w", weights[node.id, "W"][unit])
    bias = weights.get((node.id, "b"))
    more = f" + {script.tensor('b', bias[unit])}" if bias is not None else ""
    script.add(f"z = w @ a{more}")
    return "z"


def _value(script: _Script) -> str | None:
    """a of one unit: f(z) where there is a z, else what the block makes of what comes in."""
    node, place = script.node, script.number(script.node)
    at = f"a{place}[{script.source.row}, {script.unit}]"
    if node.kind.has_delta:
        script.add(f"a{place} = {_function(script, script.z())}")
        return at
    if not node.sources:
        return None
    written = script.expressions(node, [script.a(one) for one in script.reading.sources(node)])
    if written is None:
        return None
    script.put(place, *written)
    return at


def _function(script: _Script, z: str) -> str:
    """f(z) of a block that has a z."""
    function = function_of(script.node)
    assert function is not None
    return function.torch_source(z, alpha_of(script.node))


def _signal(script: _Script) -> str | None:
    """δ of one unit: the gradient of the mean loss by its z."""
    signals = _signals(script)
    return f"{signals}[{script.source.row}, {script.unit}]" if signals is not None else None


def _signals(script: _Script) -> str | None:
    """∂L/∂z of the whole block, (rows, units)."""
    if not script.node.kind.has_delta:
        return None
    z = script.z(leaf=True)
    script.add(f"a{script.number(script.node)} = {_function(script, z)}")
    return f"{z}.grad" if script.follow() else None


def _upstream(script: _Script) -> str | None:
    """E of one unit: the gradient of the mean loss by its a."""
    values = script.reading.values(Phase.FORWARD, script.node.id)["a"]
    a = script.tensor(f"a{script.number(script.node)}", values, leaf=True)
    return f"{a}.grad[{script.source.row}, {script.unit}]" if script.follow() else None


def _weight_gradient(script: _Script) -> str | None:
    """∂L/∂w: every row's δ times what the weight is multiplied by."""
    node = script.node
    if len(node.sources) != 1 or (signals := _signals(script)) is None:
        return None
    values = script.reading.values(Phase.FORWARD, script.reading.sources(node)[0].id)["a"]
    a = script.tensor("a", values[:, script.source.index[1]])
    script.add(f"dw = ({signals}[:, {script.unit}] * {a}).sum()")
    return "dw"


def _bias_gradient(script: _Script) -> str | None:
    """∂L/∂b: the sum of every row's δ."""
    if (signals := _signals(script)) is None:
        return None
    script.add(f"db = {signals}[:, {script.unit}].sum()")
    return "db"


def _parameter_gradient(name: str) -> Callable[[_Script], str | None]:
    """∂L/∂γ or ∂L/∂β of a norm."""

    def write(script: _Script) -> str | None:
        node, place = script.node, script.number(script.node)
        inputs = [script.a(one) for one in script.reading.sources(node)]
        written = script.expressions(node, inputs, name)
        if written is None:
            return None
        script.put(place, *written)
        return f"{name}{place}.grad[{script.unit}]" if script.follow() else None

    return write


def _loss(script: _Script) -> str:
    """The loss of one row, or the mean of all rows'."""
    criterion = loss(script.node.params.loss)
    z, a, target = script.z(), "", script.tensor("t", script.reading.trace.target)
    if "{a}" in criterion.torch_expression:
        a = f"a{script.number(script.node)}"
        script.add(f"{a} = {_function(script, z)}")
    script.add(f"each = {criterion.torch_expression.format(z=z, a=a, target=target)}")
    return "each.mean()" if script.source.symbol == "mean_loss" else f"each[{script.source.row}]"


def _slope(script: _Script) -> str | None:
    """f'(z) of one unit."""
    z = script.tensor(
        "z", script.reading.values(Phase.FORWARD, script.node.id)["z"][script.source.row, script.unit], leaf=True
    )
    script.add(f"a = {_function(script, z)}")
    script.add("a.backward()")
    return "z.grad"


def _update(script: _Script) -> str | None:
    """A number of a parameter's update: by torch.optim where that tells it, else as its line has it."""
    trace, source = script.reading.trace, script.source
    twin = twin_of(trace, source)
    if twin is None:
        origin = origin_of(trace, source)
        if origin is None or origin.line is None:
            return None
        script.add(f"value = {_written(origin.line.steps[0])}")
        return "value"
    settings = "".join(f", {name}={value!r}" for name, value in twin.settings.items())
    script.add(f"w = torch.tensor([{_number(twin.weight)}], requires_grad=True)")
    script.add(f"w.grad = torch.tensor([{_number(twin.gradient)}])")
    script.add(f"optimiser = torch.optim.{twin.name}([w]{settings})")
    for key, value in twin.memory.items():
        memory = _number(value) if key == "step" else f"[{_number(value)}]"
        script.add(f'optimiser.state[w]["{key}"] = torch.tensor({memory})')
    script.add("before = w.detach().clone()")
    script.add("optimiser.step()")
    role = source.symbol.partition(".")[0]
    return "(w.detach() - before)" if role == "step" else f'optimiser.state[w]["{twin.read[int(role[-1])]}"]'


def _written(expression: Expression) -> str:
    """An expression of an update's line as torch's arithmetic."""
    match expression:
        case Number(value):
            return f"torch.tensor({_number(float(value))})"
        case Sum(terms):
            return f"({' + '.join(map(_written, terms))})"
        case Product(factors):
            return " * ".join(map(_written, factors))
        case Quotient(top, bottom):
            return f"{_written(top)} / ({_written(bottom)})"
        case Power(base, exponent):
            return f"{_written(base)}**{exponent}"
        case Negated(of):
            return f"-({_written(of)})"
        case FunctionCall(name, operands):
            name = {"√": "sqrt", "ln": "log"}.get(name, name)
            return f"{TORCH_FUNCTIONS[name]}({', '.join(map(_written, operands))})"
    raise AssertionError(f"no line of an update has {expression}")


_WAYS: Mapping[str, Callable[[_Script], str | None]] = {
    "loss": _loss,
    "mean_loss": _loss,
    "slope": _slope,
    "z": _sum,
    "a": _value,
    "delta": _signal,
    "upstream": _upstream,
    "dW": _weight_gradient,
    "db": _bias_gradient,
    "dgamma": _parameter_gradient("gamma"),
    "dbeta": _parameter_gradient("beta"),
}


# Numbers --------------------------------------------------------------------------------------------------------


def _literal(values: Array) -> str:
    """Nested lists, a row to a line."""
    if values.ndim == 0:
        return _number(float(values))
    if values.ndim == 1:
        return f"[{', '.join(_number(float(value)) for value in values)}]"
    rows = ",\n    ".join(_literal(row) for row in values)
    return f"[\n    {rows},\n]"


def _number(value: float) -> str:
    """Every digit."""
    return repr(value) if math.isfinite(value) else f'float("{value}")'
