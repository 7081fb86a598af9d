"""The forward stage of one unit: z = Σ w·a + b, a = f(z), and what the blocks without weights do."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine.guesses import Mistake
from engine.network.plan import Node
from engine.training.lines.expression import (
    Expression,
    Negated,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    WorkedLine,
    shortened,
)
from engine.training.lines.functions import call, exp, root
from engine.training.lines.reading import Reading, alpha_of, function_of, indexed
from engine.training.trace import Phase


def forward_lines(reading: Reading, node: Node, unit: int) -> tuple[WorkedLine, ...]:
    """What the unit works out from what comes in. An input works nothing out."""
    work = _WORK.get(node.kind.key)
    if work is not None:
        return work(reading, node, unit)
    if node.kind.probed and len(node.sources) == 1:
        return (affine_line(reading, node, unit), activation_line(reading, node, unit))
    return (WorkedLine(indexed("a", unit, mark=reading.mark(node)), "", (), reading.a(node, unit)),)


def affine_line(reading: Reading, node: Node, unit: int) -> WorkedLine:
    """``z₂ = w₂₁ a₁ + w₂₂ a₂ + b₂``, term by term in the order of the weights."""
    source, mark = reading.sources(node)[0], reading.mark(node)
    before = reading.mark(source)
    products = tuple(
        Product((reading.weight(node, "W", unit, column), reading.a(source, column))) for column in range(source.width)
    )
    bias = (reading.weight(node, "b", unit),) if reading.has(node, "b") else ()
    terms = [
        f"{indexed('w', unit, column, mark=mark)} {indexed('a', column, mark=before)}"
        for column in range(min(source.width, 2))
    ]
    if source.width > 2:
        terms = [rf"\Sigma_k\, w_{{{unit + 1}k}}{mark} a_k{before}"]
    terms += [indexed("b", unit, mark=mark)] if bias else []
    steps = (shortened(products, reading.most, bias),)
    z = reading.z(node, unit)
    without_bias = tuple((Mistake.BIAS, z.value - number.value) for number in bias)
    return WorkedLine(indexed("z", unit, mark=mark), " + ".join(terms), steps, z, mistakes=without_bias)


def activation_line(reading: Reading, node: Node, unit: int) -> WorkedLine:
    """``a₂ = f(z₂)``; a softmax looks at every z of the layer."""
    function, mark = function_of(node), reading.mark(node)
    name, result = indexed("a", unit, mark=mark), reading.a(node, unit)
    if function is None:
        return WorkedLine(name, "", (), result)
    z = indexed("z", unit, mark=mark)
    if function.elementwise:
        words = function.label.replace(" ", r"\ ")
        return WorkedLine(
            name, rf"\mathrm{{{words}}}({z})", (call(function, alpha_of(node), reading.z(node, unit)),), result
        )
    return WorkedLine(name, rf"e^{{z_{unit + 1}}} / \Sigma_j\, e^{{z_j}}", (_softmax(reading, node, unit),), result)


def _softmax(reading: Reading, node: Node, unit: int) -> Expression:
    """e^z over the sum of all of them; the largest z is taken out of each where e^z would be out of range."""
    zs = [reading.z(node, other) for other in range(node.width)]
    largest = max(zs, key=lambda z: z.value)
    far = abs(largest.value) > 12.0
    powers = tuple(exp(Sum((z, Negated(largest))) if far else z) for z in zs)
    return Quotient(powers[unit], shortened(powers, reading.most))


def _activation(reading: Reading, node: Node, unit: int) -> tuple[WorkedLine, ...]:
    return (activation_line(reading, node, unit),)


def _add(reading: Reading, node: Node, unit: int) -> tuple[WorkedLine, ...]:
    parts = tuple(reading.a(source, unit) for source in reading.sources(node))
    symbols = " + ".join(indexed("a", unit, mark=reading.mark(source)) or "a" for source in reading.sources(node))
    return (WorkedLine(indexed("a", unit), symbols, (shortened(parts, reading.most),), reading.a(node, unit)),)


def _concatenate(reading: Reading, node: Node, unit: int) -> tuple[WorkedLine, ...]:
    place = unit
    for source in reading.sources(node):
        if place < source.width:
            symbols = indexed("a", place, mark=reading.mark(source))
            return (WorkedLine(indexed("a", unit), symbols, (reading.a(source, place),), reading.a(node, unit)),)
        place -= source.width
    return ()


def _dropout(reading: Reading, node: Node, unit: int) -> tuple[WorkedLine, ...]:
    mask = float(reading.kept(Phase.FORWARD, node.id)["mask"][reading.row, unit])
    symbols = rf"m_{unit + 1}\, z_{unit + 1}"
    step = Product((Number(mask), reading.z(node, unit)))
    return (WorkedLine(indexed("a", unit), symbols, (step,), reading.a(node, unit)),)


def _layer_norm(reading: Reading, node: Node, unit: int) -> tuple[WorkedLine, ...]:
    """Mean and variance over the units of the sample."""
    return _norm(reading, node, unit, tuple(reading.z(node, other) for other in range(node.width)), "")


def _batch_norm(reading: Reading, node: Node, unit: int) -> tuple[WorkedLine, ...]:
    """Mean and variance of the unit over the mini-batch; a single sample takes the running ones."""
    if not float(reading.kept(Phase.FORWARD, node.id)["own"]):
        mean, variance = reading.weight(node, "mean", unit), reading.weight(node, "variance", unit)
        return (_scaled(reading, node, unit, mean, variance),)
    values = reading.values(Phase.FORWARD, node.id)["z"][:, unit]
    return _norm(reading, node, unit, tuple(Number(float(value)) for value in values), "_B")


def _norm(reading: Reading, node: Node, unit: int, over: tuple[Number, ...], mark: str) -> tuple[WorkedLine, ...]:
    values, count = np.array([number.value for number in over]), Number(float(len(over)), exact=True)
    mean, variance = Number(float(values.mean())), Number(float(values.var()))
    squares = tuple(Power(Sum((number, Negated(mean))), 2) for number in over)
    return (
        WorkedLine(rf"\mu{mark}", r"\frac{1}{n} \Sigma\, z", (Quotient(shortened(over, reading.most), count),), mean),
        WorkedLine(
            rf"\sigma{mark}^2",
            rf"\frac{{1}}{{n}} \Sigma\, (z - \mu{mark})^2",
            (Quotient(shortened(squares, min(2, reading.most)), count),),
            variance,
        ),
        _scaled(reading, node, unit, mean, variance),
    )


def _scaled(reading: Reading, node: Node, unit: int, mean: Number, variance: Number) -> WorkedLine:
    small = Number(node.params.epsilon, exact=True)
    normal = Quotient(Sum((reading.z(node, unit), Negated(mean))), root(Sum((variance, small))))
    gain, shift = reading.weight(node, "gamma", unit), reading.weight(node, "beta", unit)
    symbols = r"\gamma\,\frac{z - \mu}{\sqrt{\sigma^2 + \varepsilon}} + \beta"
    return WorkedLine(indexed("a", unit), symbols, (Sum((Product((gain, normal)), shift)),), reading.a(node, unit))


_WORK: dict[str, Callable[[Reading, Node, int], tuple[WorkedLine, ...]]] = {
    "activation": _activation,
    "add": _add,
    "concatenate": _concatenate,
    "dropout": _dropout,
    "layer_norm": _layer_norm,
    "batch_norm": _batch_norm,
}
"""How blocks without weights are worked out; kinds that weigh their input need no entry."""
