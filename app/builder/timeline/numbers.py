"""The second line: the live numbers of one neuron under the symbols of its stage, as mathtext."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.builder.timeline.formula import function_name
from app.builder.timeline.view import PassView
from app.kit.numbers import mathtext
from engine.activations import activation
from engine.graph.kinds.base import Array
from engine.graph.model import Block
from engine.training.trace import Phase, Stage

GAP = r" \quad "


def numbers(view: PassView, stage: Stage, terms: int = 3) -> str:
    """The stage worked out for one neuron of its first sample; ``terms`` products of a sum are written out."""
    unit = view.unit(stage)
    if stage.phase is Phase.FORWARD:
        return _forward(view, stage, unit, terms)
    if stage.phase is Phase.LOSS:
        return _loss(view, stage)
    if stage.phase is Phase.BACKWARD:
        return _backward(view, stage, unit)
    return _update(view, stage, unit, terms)


def _forward(view: PassView, stage: Stage, unit: int, terms: int) -> str:
    z, a = float(stage.values["z"][0, unit]), float(stage.values["a"][0, unit])
    block = view.block(stage)
    if block is None or not view.layer_number(stage.block_id):
        return _listed("a", stage.values["a"][0], unit)
    parameters = view.parameters(stage.block_id)
    source = view.source(stage.block_id)
    total = rf"z_{{{unit + 1}}} = {mathtext(z, 3)}"
    if parameters is not None and source is not None:
        weights, bias = parameters
        shown_bias = float(bias[unit]) if getattr(block.params, "bias", True) else None
        total = f"{mathtext(z, 3)} = {weighted_sum(weights[unit], source[0], shown_bias, terms)}"
    return rf"{total}{GAP}{mathtext(a, 3)} = {_applied(block, unit, mathtext(z, 3))}"


def _applied(block: Block, unit: int, z: str) -> str:
    """f of the unit's own z; softmax is of all of them."""
    name = function_name(block)
    return rf"{name}(z)_{{{unit + 1}}}" if "softmax" in name else f"{name}({z})"


def weighted_sum(weights: Array, inputs: Array, bias: float | None, terms: int) -> str:
    """``0.83·0.61 − 1.20·0.12 + … + 0.07``: the largest products first, then what is left out, then the bias."""
    order = np.argsort(-np.abs(weights * inputs), kind="stable")
    pieces = [_product(float(weights[i]), float(inputs[i])) for i in order[:terms]]
    if len(order) > terms:
        pieces.append((False, r"\ldots"))
    if bias is not None:
        pieces.append((bias < 0, mathtext(abs(bias))))
    return _joined(pieces)


def _product(weight: float, value: float) -> tuple[bool, str]:
    """(is it subtracted, the factors): the weight's sign is the term's."""
    factor = mathtext(value)
    factor = f"({factor})" if factor.startswith("{-}") else factor
    return weight < 0, rf"{mathtext(abs(weight))} \cdot {factor}"


def _joined(pieces: Sequence[tuple[bool, str]]) -> str:
    text = ""
    for place, (negative, piece) in enumerate(pieces):
        sign = "-" if negative else ("+" if place else "")
        text += f" {sign} {piece}" if place else f"{sign}{piece}"
    return text


def _listed(symbol: str, values: Array, unit: int) -> str:
    """A short vector whole, a long one by one unit."""
    if len(values) <= 6:
        return rf"{symbol} = ({', '.join(mathtext(v) for v in values)})"
    return rf"{symbol}_{{{unit + 1}}} = {mathtext(values[unit], 3)}"


def _loss(view: PassView, stage: Stage) -> str:
    values = stage.values
    output, target, each = values["a"][0], values["target"][0], float(values["loss"][0])
    block = view.block(stage)
    squared = block is not None and getattr(block.params, "loss", "") == "squared_error"
    if squared and len(output) == 1:
        gap = rf"({mathtext(output[0])} {_signed(-target[0])})^2"
        line = rf"{mathtext(each, 4)} = \frac{{1}}{{2}} {gap}"
    else:
        line = rf"L = {mathtext(each, 4)}{GAP}{_listed('o', output, int(np.argmax(output)))}"
        line += rf"{GAP}{_listed('t', target, int(np.argmax(target)))}"
    if len(view.trace.rows) > 1:
        line += rf"{GAP}\overline{{L}} = {mathtext(view.trace.loss, 4)}"
    return line


def _signed(value: float, decimals: int = 2) -> str:
    return f"{'-' if value < 0 else '+'} {mathtext(abs(value), decimals)}"


def _backward(view: PassView, stage: Stage, unit: int) -> str:
    values = stage.values
    if "delta" not in values:
        return _listed("E", values["upstream"][0], unit)
    delta = float(values["delta"][0, unit])
    if "upstream" not in values:
        return _output_delta(view, stage, unit) + _weight_gradient(view, stage, unit, delta)
    upstream = float(values["upstream"][0, unit])
    slope = _slope(view, stage, unit)
    line = rf"\delta_{{{unit + 1}}} = {mathtext(delta, 3)}"
    if slope is not None and np.isclose(slope * upstream, delta, rtol=1e-9, atol=1e-15):
        line = rf"{mathtext(delta, 3)} = {mathtext(upstream, 3)} \cdot {_bracketed(slope)}"
    return line + _weight_gradient(view, stage, unit, delta)


def _output_delta(view: PassView, stage: Stage, unit: int) -> str:
    """δ = (o − t)·f′(z) with squared error, δ = p − t with a cross-entropy; of a mini-batch the number alone."""
    delta = float(stage.values["delta"][0, unit])
    line = rf"\delta_{{{unit + 1}}} = {mathtext(delta, 3)}"
    output, target = float(view.trace.output[0, unit]), float(view.trace.target[0, unit])
    slope, gap = _slope(view, stage, unit), f"{mathtext(output)} {_signed(-target)}"
    if not np.isclose((output - target) * (1.0 if slope is None else slope), delta, rtol=1e-9, atol=1e-15):
        return line
    worked_out = gap if slope is None else rf"({gap}) \cdot {_bracketed(slope)}"
    return rf"{mathtext(delta, 3)} = {worked_out}"


def _bracketed(value: float) -> str:
    return f"({mathtext(value)})" if value < 0 else mathtext(value)


def _slope(view: PassView, stage: Stage, unit: int) -> float | None:
    """f′(z) of a unit; a cross-entropy's comes out in one piece with its loss."""
    block, forward = view.block(stage), view.forward(stage.block_id)
    if block is None or forward is None:
        return None
    function = activation(getattr(block.params, "activation", "identity"))
    criterion = block.declaration.criterion(block.params)
    fused = criterion is not None and criterion.fixed_activation is not None
    if fused or not function.elementwise:
        return None
    return float(function.derivative(forward.values["z"], getattr(block.params, "alpha", None))[0, unit])


def _weight_gradient(view: PassView, stage: Stage, unit: int, delta: float) -> str:
    gradient = stage.values.get("W")
    if gradient is None:
        return ""
    column = int(np.argmax(np.abs(gradient[unit])))
    found, source = float(gradient[unit, column]), view.source(stage.block_id)
    name = rf"\partial L/\partial w_{{{_pair(unit, column)}}}"
    if source is not None and source.shape[0] == 1:
        return (
            rf"{GAP}{name} = {mathtext(delta, 3)} \cdot {_bracketed(float(source[0, column]))} = {mathtext(found, 3)}"
        )
    return rf"{GAP}{name} = {mathtext(found, 3)}"


def _pair(unit: int, column: int) -> str:
    """The indices of a weight, counted from 1: ``23``, or ``2,13`` where two figures would run together."""
    return f"{unit + 1}{column + 1}" if unit < 9 and column < 9 else f"{unit + 1},{column + 1}"


def _update(view: PassView, stage: Stage, unit: int, terms: int) -> str:
    change = stage.values.get("W")
    if change is None:
        name, values = next(iter(stage.values.items()))
        symbol = {"gamma": r"\gamma", "beta": r"\beta"}.get(name, name)
        return rf"\Delta {symbol}_{{{unit + 1}}} = {mathtext(values.ravel()[unit], 3)}"
    column = int(np.argmax(np.abs(change[unit])))
    decimals = 4 if terms > 2 else 3
    parts = [_moved("w", _pair(unit, column), view, stage, (unit, column), decimals)]
    if "b" in stage.values and terms > 1:
        parts.append(_moved("b", str(unit + 1), view, stage, (unit,), decimals))
    return GAP.join(parts)


def _moved(symbol: str, index: str, view: PassView, stage: Stage, at: tuple[int, ...], decimals: int) -> str:
    """``w₂₃ = 0.831 − 0.019 = 0.812``; a norm's gain and shift by their change alone."""
    change = float(stage.values["W" if symbol == "w" else symbol][at])
    parameters = view.parameters(stage.block_id)
    if parameters is None:
        return rf"\Delta {symbol}_{{{index}}} = {mathtext(change, 4)}"
    before = float(parameters[0 if symbol == "w" else 1][at])
    moved = f"{mathtext(before, decimals)} {_signed(change, decimals)} = {mathtext(before + change, decimals)}"
    return rf"{symbol}_{{{index}}} = {moved}"
