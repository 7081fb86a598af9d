"""Lines of arithmetic of the card that says where a number comes from, with digits enough to check them by hand."""

from __future__ import annotations

from math import isnan, nan, prod, sqrt

from app.kit.numbers import NOTHING
from app.workspaces.gradients.formulas import digits_for, markup
from engine.gradients.arithmetic import Forward
from engine.gradients.predicted import Prediction


def quotient(above: float, below: float) -> float:
    """One over the other; NaN where there is nothing below."""
    return above / below if below else nan


def printed(value: float) -> str:
    """What stands for a quotient that is no number; nothing for one that is."""
    return NOTHING if isnan(value) else ""


def fraction(above: float, below: float) -> str:
    """The two numbers of a quotient."""
    digits = digits_for(quotient(above, below), lambda a, b: a / b, above, below)
    return rf"\frac{{{markup(above, digits)}}}{{{markup(below, digits)}}}"


def times(factor: float, rest: float) -> str:
    """The two numbers of a product."""
    digits = digits_for(factor * rest, lambda f, r: f * r, factor, rest)
    return rf"{markup(factor, digits)} \cdot {markup(rest, digits)}"


def worked_forward(terms: Forward) -> str:
    """The three numbers of a predicted variance of z."""
    weights, square = terms.weights, terms.square
    digits = digits_for(terms.variance, lambda w, s: terms.count * w * s, weights, square)
    return rf"{terms.count} \cdot {markup(weights, digits)} \cdot {markup(square, digits)}"


def worked_prediction(prediction: Prediction, at: int, *, normed: bool) -> tuple[str, str]:
    """How layer ``at`` (from 0) has its predicted factor, in symbols and with the numbers in."""
    own = r"\sqrt{E[f'(z^{(%s)})^2]}" + (r"\,\nu^{(%s)}" if normed else "")

    def gain(layer: str) -> str:
        return own % ((layer, layer) if normed else layer)

    spread, numbers = r"\sqrt{n\,\mathrm{Var}\,W}", [prediction.weights]
    for layer in (at, at + 1) if prediction.skip else (at,):
        numbers += [float(prediction.slope[layer]), *([float(prediction.norm[layer])] if normed else [])]
    value, size = float(prediction.factors[at]), 2 if normed else 1

    def compute(weights: float, *gains: float) -> float:
        here, behind = prod(gains[:size]), prod(gains[size:])
        return sqrt(1.0 + (behind * weights) ** 2) * here / behind if prediction.skip else here * weights

    digits = digits_for(value, compute, *numbers)
    shown = [markup(one, digits) for one in numbers]
    here, behind = r" \cdot ".join(shown[1 : 1 + size]), r" \cdot ".join(shown[1 + size :])
    if not prediction.skip:
        return rf"{gain('l')} \cdot {spread}", rf"{here} \cdot {shown[0]}"
    formula = rf"\sqrt{{1 + ({gain('l+1')}\,{spread})^2}} \cdot \frac{{{gain('l')}}}{{{gain('l+1')}}}"
    return formula, rf"\sqrt{{1 + ({behind} \cdot {shown[0]})^2}} \cdot \frac{{{here}}}{{{behind}}}"
