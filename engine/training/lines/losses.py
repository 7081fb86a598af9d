"""The loss of a sample as it is worked out by hand, and of a mini-batch as the mean of its samples'."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from engine.guesses import Mistake
from engine.network.plan import Node
from engine.training.lines.expression import (
    Expression,
    Negated,
    Number,
    Power,
    Product,
    Quotient,
    Source,
    Sum,
    WorkedLine,
    evaluate,
    shortened,
)
from engine.training.lines.functions import ONE, exp, ln
from engine.training.lines.reading import Reading
from engine.training.trace import Phase

HALF = Number(0.5, exact=True)
_TINY = 15.0
"""From here on ln(1 + e⁻ᶻ) is e⁻ᶻ to more digits than are ever written."""


def loss_lines(reading: Reading) -> tuple[WorkedLine, ...]:
    """``L`` of the row and, of a mini-batch, its mean over the rows."""
    node = reading.plan.output
    losses = reading.values(Phase.LOSS, node.id)["loss"]
    own = Number(float(losses[reading.row]), Source("loss", node.id, (0,), reading.row))
    symbols, write = _WORK[node.kind.criterion(node.params).key]  # type: ignore[union-attr]
    work = write(reading, node)
    name = "L" if reading.rows == 1 else rf"L_{reading.row + 1}"
    lines = [WorkedLine(name, symbols, (work,), own, mistakes=tuple(_slips(work)))]
    if reading.rows > 1:
        each = tuple(Number(float(loss), Source("loss", node.id, (0,), row)) for row, loss in enumerate(losses))
        count = Number(float(reading.rows), exact=True)
        mean = Quotient(shortened(each, reading.most), count)
        total = Number(reading.trace.loss, Source("mean_loss", node.id, (0,)))
        lines.append(WorkedLine("L", r"\frac{1}{n} \Sigma_i\, L_i", (mean,), total))
    return tuple(lines)


def _slips(work: Expression) -> Iterator[tuple[Mistake, float]]:
    """What it comes to without its ½, and without its squares, whichever way round the difference is taken."""
    if isinstance(work, Product) and HALF in work.factors:
        yield Mistake.HALF, 2.0 * evaluate(work)
    bare = _without_squares(work)
    if bare != work:
        yield from ((Mistake.SQUARE, sign * evaluate(bare)) for sign in (1.0, -1.0))


def _without_squares(work: Expression) -> Expression:
    match work:
        case Power(base, 2):
            return base
        case Sum(terms):
            return Sum(tuple(map(_without_squares, terms)))
        case Product(factors):
            return Product(tuple(map(_without_squares, factors)))
    return work


def _squared(reading: Reading, node: Node) -> Expression:
    gaps = tuple(Power(_gap(reading, node, unit), 2) for unit in range(node.width))
    return Product((HALF, gaps[0] if len(gaps) == 1 else shortened(gaps, min(reading.most, 3))))


def _gap(reading: Reading, node: Node, unit: int) -> Sum:
    return Sum((reading.a(node, unit), Negated(reading.target(unit))))


def _binary(reading: Reading, node: Node) -> Expression:
    """Of each output −ln σ(z) = ln(1 + e⁻ᶻ) where its target is 1, and ln(1 + eᶻ) where it is 0."""
    terms: list[Expression] = []
    for unit in range(node.width):
        z, target = reading.z(node, unit), reading.target(unit)
        for share, power, size in ((target.value, Negated(z), -z.value), (1.0 - target.value, z, z.value)):
            if share:
                softened = exp(power) if size < -_TINY else ln(Sum((ONE, exp(power))))
                terms.append(softened if share == 1.0 else Product((Number(share), softened)))
    return shortened(tuple(terms), min(reading.most, 3))


def _softmax(reading: Reading, node: Node) -> Expression:
    """−ln p of the sample's own class; ln(1 + Σ e^(z − z of that class)) where p is too near to 1 for that."""
    own = max(range(node.width), key=lambda unit: reading.target(unit).value)
    p, z = reading.a(node, own), reading.z(node, own)
    if 1e-9 < p.value < 0.99:
        return Negated(ln(p))
    others = [reading.z(node, unit) for unit in range(node.width) if unit != own]
    if not others:
        return Negated(ln(p))
    if p.value <= 1e-9:
        highest = max(others, key=lambda one: one.value)
        far = tuple(exp(Sum((one, Negated(highest)))) for one in (z, *others) if one is not highest)
        return Sum((highest, Negated(z), ln(Sum((ONE, *far)))))
    powers = tuple(exp(Sum((one, Negated(z)))) for one in others)
    total = math.fsum(math.exp(one.value - z.value) for one in others)
    if total < math.exp(-_TINY):
        return shortened(powers, min(reading.most, 3))
    return ln(Sum((ONE, *shortened(powers, min(reading.most, 3)).terms)))


_WORK: dict[str, tuple[str, Callable[[Reading, Node], Expression]]] = {
    "squared_error": (r"\frac{1}{2} \Sigma_k\, (o_k - t_k)^2", _squared),
    "binary_cross_entropy": (r"-\Sigma_k [t_k \ln o_k + (1 - t_k) \ln(1 - o_k)]", _binary),
    "softmax_cross_entropy": (r"-\ln p_{\mathrm{own\ class}}", _softmax),
}
