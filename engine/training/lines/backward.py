"""The backward stage of one unit: its δ from those behind it, and ∂L/∂ of its parameters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from engine.guesses import Mistake, Mistakes
from engine.network.plan import Node
from engine.training.lines.expression import (
    Expression,
    Negated,
    Number,
    Product,
    Quotient,
    Source,
    Sum,
    WorkedLine,
    evaluate,
    shortened,
)
from engine.training.lines.functions import slope
from engine.training.lines.reading import Reading, alpha_of, delta_of, function_of, indexed
from engine.training.trace import Phase


def backward_lines(reading: Reading, node: Node, unit: int) -> tuple[WorkedLine, ...]:
    """How the unit's error signal comes about or, where the block has none, what it hands back."""
    if "delta" in reading.values(Phase.BACKWARD, node.id):
        return (_output(reading, node, unit) if node is reading.plan.output else _hidden(reading, node, unit),)
    return _handed(reading, node, unit)


# δ ------------------------------------------------------------------------------------------------------------


def _output(reading: Reading, node: Node, unit: int) -> WorkedLine:
    function, criterion = function_of(node), node.kind.criterion(node.params)
    assert function is not None and criterion is not None
    gap = Sum((reading.a(node, unit), Negated(reading.target(unit))))
    factors: list[Expression] = [gap]
    mistakes: Mistakes = ()
    symbols = indexed("o", unit) + " - " + indexed("t", unit)
    if criterion.fixed_activation is None and function.elementwise:
        factors.append(slope(function, alpha_of(node), reading.z(node, unit), reading.a(node, unit)))
        symbols = rf"({symbols})\,f'({indexed('z', unit)})"
        mistakes = _slope_mistakes(evaluate(gap) / reading.rows, reading.a(node, unit).value)
    elif criterion.fixed_activation is None:
        errors = [Sum((reading.a(node, other), Negated(reading.target(other)))) for other in range(node.width)]
        factors = [_whole_layer(reading, node, unit, errors)]
        symbols = rf"o_{unit + 1} (E_{unit + 1} - \Sigma_j E_j o_j),\ E = o - t"
    whole: Expression = factors[0] if len(factors) == 1 else Product(tuple(factors))
    if reading.rows > 1:
        whole = Quotient(whole, Number(float(reading.rows), exact=True))
        symbols = rf"\frac{{1}}{{n}} ({symbols})" if criterion.fixed_activation else rf"\frac{{1}}{{n}} {symbols}"
    name = delta_of(unit, mark=reading.mark(node))
    return WorkedLine(name, symbols, (whole,), reading.delta(node, unit), mistakes=mistakes)


def _slope_mistakes(upstream: float, activation: float) -> Mistakes:
    """What ``upstream · f'(z)`` comes to with f in the place of f', and without it."""
    return (Mistake.FUNCTION, upstream * activation), (Mistake.SLOPE, upstream)


def _whole_layer(reading: Reading, node: Node, unit: int, errors: Sequence[Expression]) -> Expression:
    """A softmax's δ: every a depends on every z."""
    outputs = [reading.a(node, other) for other in range(node.width)]
    mixed = tuple(Product((error, a)) for error, a in zip(errors, outputs, strict=True))
    terms = shortened(mixed, min(2, reading.most))
    return Product((outputs[unit], Sum((errors[unit], Negated(terms)))))


def _hidden(reading: Reading, node: Node, unit: int) -> WorkedLine:
    function, mark = function_of(node), reading.mark(node)
    assert function is not None
    name, result = delta_of(unit, mark=mark), reading.delta(node, unit)
    upstream = reading.upstream(node, unit)
    if not function.elementwise:
        errors: list[Expression] = [reading.upstream(node, other) for other in range(node.width)]
        symbols = rf"a_{unit + 1} (E_{unit + 1} - \Sigma_j E_j a_j)"
        return WorkedLine(name, symbols, (_whole_layer(reading, node, unit, errors),), result)
    steep = slope(function, alpha_of(node), reading.z(node, unit), reading.a(node, unit))
    mistakes = _slope_mistakes(upstream.value, reading.a(node, unit).value)
    bent = _worked_out(steep, reading, node, unit)
    bend = {"tanh": rf"(1 - a_{unit + 1}^2)", "logistic": rf"a_{unit + 1} (1 - a_{unit + 1})"}.get(
        function.key, f"f'({indexed('z', unit)})"
    )
    behind = reading.consumers(node)
    if len(behind) == 1 and behind[0].kind.probed and len(behind[0].sources) == 1:
        sent, symbols = _sent_back(reading, behind[0], unit)
        bracketed = sent if len(sent.terms) > 1 else sent.terms[0]
        arrived = replace(upstream, stands_for=bracketed)
        steps: tuple[Expression, ...] = (Product((bracketed, steep)), Product((arrived, bent)))
        return WorkedLine(name, rf"({symbols})\,{bend}", steps, result, mistakes=mistakes)
    short = Product((upstream, bent))
    steps = (short,) if isinstance(steep, Number) else (Product((upstream, steep)), short)
    return WorkedLine(name, rf"E_{unit + 1}\,{bend}", steps, result, mistakes=mistakes)


def _worked_out(steep: Expression, reading: Reading, node: Node, unit: int) -> Number:
    if isinstance(steep, Number):
        return steep
    function = function_of(node)
    assert function is not None
    z = np.array([reading.values(Phase.FORWARD, node.id)["z"][reading.row]])
    value = float(function.derivative(z, alpha_of(node))[0, unit])
    return Number(value, Source("slope", node.id, (unit,), reading.row), stands_for=steep)


def _sent_back(reading: Reading, behind: Node, unit: int) -> tuple[Sum, str]:
    """``Σ w δ`` over the units of the layer behind."""
    products = tuple(
        Product((reading.weight(behind, "W", other, unit), reading.delta(behind, other)))
        for other in range(behind.width)
    )
    mark = reading.mark(behind)
    terms = [
        rf"{indexed('w', other, unit, mark=mark)} {delta_of(other, mark=mark)}" for other in range(min(behind.width, 2))
    ]
    if behind.width > 2:
        terms = [rf"\Sigma_j\, w_{{j{unit + 1}}}{mark} \delta_j{mark}"]
    return shortened(products, reading.most), " + ".join(terms)


# What blocks without δ hand back --------------------------------------------------------------------------------


def _handed(reading: Reading, node: Node, unit: int) -> tuple[WorkedLine, ...]:
    values = reading.values(Phase.BACKWARD, node.id)
    upstream = reading.upstream(node, unit)
    masks = reading.kept(Phase.FORWARD, node.id).get("mask")
    if masks is not None:
        mask = float(masks[reading.row, unit])
        handed = Number(float(reading.kept(Phase.BACKWARD, node.id)["handed"][reading.row, unit]))
        symbols = rf"m_{unit + 1}\, E_{unit + 1}"
        return (
            WorkedLine(rf"\partial L/\partial z_{unit + 1}", symbols, (Product((Number(mask), upstream)),), handed),
        )
    if "gamma" in values:
        return (_norm(reading, node, unit), *_gain_and_shift(reading, node, unit))
    return (WorkedLine(rf"E_{{{unit + 1}}}", "", (), upstream),)


def _norm(reading: Reading, node: Node, unit: int) -> WorkedLine:
    """E back through a norm: less its mean, and less its part along what was normalised, over units or over rows."""
    forward = reading.kept(Phase.FORWARD, node.id)
    handed = Number(float(reading.kept(Phase.BACKWARD, node.id)["handed"][reading.row, unit]))
    name = rf"\partial L/\partial z_{unit + 1}"
    gain, inverse = reading.weight(node, "gamma", unit), forward["inverse"]
    e = Product((reading.upstream(node, unit), gain))
    scale = float(np.broadcast_to(inverse, forward["normal"].shape)[reading.row, unit])
    bottom = Number(1.0 / scale) if scale else Number(float("inf"))
    if "own" in forward and not float(forward["own"]):
        return WorkedLine(name, r"E\,\gamma / \sqrt{\sigma^2 + \varepsilon}", (Quotient(e, bottom),), handed)
    scaled = reading.values(Phase.BACKWARD, node.id)["upstream"] * reading.trace.weights[node.id, "gamma"]
    along = scaled * forward["normal"]
    over = (slice(None), unit) if "own" in forward else (reading.row, slice(None))
    mean, part = Number(float(scaled[over].mean())), Number(float(along[over].mean()))
    normal = Number(float(forward["normal"][reading.row, unit]))
    top = Sum((e, Negated(mean), Negated(Product((normal, part)))))
    symbols = r"(e - \overline{e} - \hat{z}\,\overline{e \hat{z}}) / \sqrt{\sigma^2 + \varepsilon},\ e = E\,\gamma"
    return WorkedLine(name, symbols, (Quotient(top, bottom),), handed)


def _gain_and_shift(reading: Reading, node: Node, unit: int) -> tuple[WorkedLine, ...]:
    values, normal = reading.values(Phase.BACKWARD, node.id), reading.kept(Phase.FORWARD, node.id)["normal"]
    errors = [reading.upstream(node, unit, row) for row in range(reading.rows)]
    products = tuple(Product((error, Number(float(normal[row, unit])))) for row, error in enumerate(errors))
    return (
        WorkedLine(
            rf"\partial L/\partial \gamma_{unit + 1}", r"\Sigma\, E\,\hat{z}", (shortened(products, reading.most),),
            _gradient(node, values["gamma"], "gamma", unit),
        ),
        WorkedLine(
            rf"\partial L/\partial \beta_{unit + 1}", r"\Sigma\, E", (shortened(tuple(errors), reading.most),),
            _gradient(node, values["beta"], "beta", unit),
        ),
    )  # fmt: skip


# ∂L/∂W ----------------------------------------------------------------------------------------------------------


def gradient_lines(reading: Reading, node: Node, unit: int, columns: range | None = None) -> tuple[WorkedLine, ...]:
    """``∂L/∂w_k = δ·a_k`` for the weights of the unit in these ``columns`` (None: all of them), then for its bias; of a
    mini-batch summed over its rows."""
    values = reading.values(Phase.BACKWARD, node.id)
    if "W" not in values or "delta" not in values or len(node.sources) != 1:
        return ()
    source, mark = reading.sources(node)[0], reading.mark(node)
    deltas = [reading.delta(node, unit, row) for row in range(reading.rows)]
    summed = r"\Sigma_i\, " if reading.rows > 1 else ""
    lines = []
    for column in range(source.width) if columns is None else columns:
        products = tuple(Product((delta, reading.a(source, column, row))) for row, delta in enumerate(deltas))
        step = products[0] if len(products) == 1 else shortened(products, min(reading.most, 2))
        name = rf"\partial L/\partial {indexed('w', unit, column)}"
        symbols = rf"{summed}{delta_of(unit, mark=mark)} {indexed('a', column, mark=reading.mark(source))}"
        lines.append(WorkedLine(name, symbols, (step,), _gradient(node, values["W"], "W", unit, column)))
    if "b" in values:
        total = shortened(tuple(deltas), min(reading.most, 3))
        steps = (deltas[0] if len(deltas) == 1 else total,)
        name = rf"\partial L/\partial {indexed('b', unit)}"
        symbols = summed + delta_of(unit, mark=mark)
        lines.append(WorkedLine(name, symbols, steps, _gradient(node, values["b"], "b", unit)))
    return tuple(lines)


def gradient_rule(reading: Reading, node: Node, unit: int) -> str:
    """The lines of all weights in one: ``∂L/∂w_{2k} = δ_2 a_k``."""
    mark, before = reading.mark(node), reading.mark(reading.sources(node)[0])
    summed = r"\Sigma_i\, " if reading.rows > 1 else ""
    return rf"\partial L/\partial w_{{{unit + 1}k}}{mark} = {summed}{delta_of(unit, mark=mark)} a_k{before}"


def _gradient(node: Node, values: np.ndarray, name: str, *index: int) -> Number:  # type: ignore[type-arg]
    return Number(float(values[index]), Source(f"d{name}", node.id, index))
