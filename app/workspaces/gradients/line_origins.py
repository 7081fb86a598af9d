"""Where the numbers of the predicted line come from: slope × weights = a factor, and the factors' product."""

from __future__ import annotations

from math import prod

from PySide6.QtCore import QCoreApplication

from app.kit.numbers import to_digits
from app.kit.origin.facts import Fact, Parent
from app.workspaces.gradients.formulas import (
    DEPTH,
    ENDS,
    FACTOR,
    JUMP,
    NORM,
    RATIO,
    SLOPE,
    SPREAD,
    digits_for,
    fraction,
    markup,
    weights_markup,
)
from app.workspaces.gradients.origin_key import OriginKey
from app.workspaces.gradients.words import LETTERS
from engine.gradients.arithmetic import Arithmetic
from engine.gradients.figures import Figures
from engine.gradients.predicted import Prediction

SLOPE_NAME = r"\sqrt{E[f'(z)^2]}"
SPREAD_NAME = r"\sqrt{n\,\mathrm{Var}\,W}"
RATIO_NAME = r"\frac{\Vert\delta^{(1)}\Vert}{\Vert\delta^{(L)}\Vert}"


def line_fact(figures: Figures, key: OriginKey) -> Fact | None:
    """What there is to say of a number of the line; None where there is no such number."""
    line, prediction = figures.line, figures.prediction
    if line is None or prediction is None or line.steps == 0:
        return None
    made = {SLOPE: _slope, SPREAD: _spread, NORM: _norm, FACTOR: _factor, DEPTH: _depth, ENDS: _ends, JUMP: _jump,
            RATIO: _ratio}.get(key.row)  # fmt: skip
    return made(figures, prediction, line, key) if made is not None else None


def _place(key: OriginKey) -> str:
    return _tr("predicted for a layer of network {letter}").format(letter=LETTERS[key.number])


def _slope(figures: Figures, prediction: Prediction, line: Arithmetic, key: OriginKey) -> Fact:
    sentence = _tr(
        "The root of the mean of f′² over a Gaussian z of the predicted variance, as the geometric mean of the layers"
        " that the signal passes on its way back."
    )
    if prediction.skip:
        sentence = _tr("The slope that gives the geometric mean of the layers’ factors, √(1 + (slope × weights)²).")
    passed = [one for one in range(1, len(prediction.slope)) if line.jump is None or one != line.jump.layer]
    slopes = [float(prediction.slope[one - 1]) for one in passed]
    formula = worked = ""
    if not prediction.skip and len(slopes) <= 12:
        n = len(slopes)
        digits = digits_for(line.slope, lambda *parts: prod(parts) ** (1 / n), *slopes)
        formula = rf"(\prod_l \sqrt{{E[f'(z^{{(l)}})^2]}})^{{1/{n}}}"
        product = r" \cdot ".join(markup(one, digits) for one in slopes)
        worked = rf"({product})^{{1/{n}}}"
    printed = to_digits(line.slope, 5)  # as the line has it at least
    return Fact(key, SLOPE_NAME, _place(key), line.slope, formula, worked, sentence=sentence, printed=printed)


def _spread(figures: Figures, prediction: Prediction, line: Arithmetic, key: OriginKey) -> Fact:
    c = figures.configuration
    sentence = _tr("What {n} weights of this initialiser do to the deviation of a signal: n is the width.")
    formula, worked = SPREAD_NAME, weights_markup(c)
    return Fact(key, SPREAD_NAME, _place(key), line.weights, formula, worked, sentence=sentence.format(n=c.width))


def _norm(figures: Figures, prediction: Prediction, line: Arithmetic, key: OriginKey) -> Fact:
    sentence = _tr(
        "What layer norm multiplies what comes back by: one over the deviation of a, as the layers’ geometric mean."
    )
    return Fact(key, r"\nu", _place(key), line.norm, sentence=sentence)


def _factor(figures: Figures, prediction: Prediction, line: Arithmetic, key: OriginKey) -> Fact:
    normed = figures.configuration.normalisation == "layer"
    rows = (SLOPE, SPREAD, NORM) if normed else (SLOPE, SPREAD)
    names = {SLOPE: SLOPE_NAME, SPREAD: SPREAD_NAME, NORM: r"\nu"}
    values = {SLOPE: line.slope, SPREAD: line.weights, NORM: line.norm}
    numbers = [values[row] for row in rows]

    def compute(*parts: float) -> float:
        return (1.0 + prod(parts) ** 2) ** 0.5 if prediction.skip else prod(parts)

    digits = digits_for(line.factor, compute, *numbers)
    formula, worked = r"\,".join(names[row] for row in rows), r" \cdot ".join(markup(one, digits) for one in numbers)
    if prediction.skip:
        formula, worked = rf"\sqrt{{1 + ({formula})^2}}", rf"\sqrt{{1 + ({worked})^2}}"
    parents = tuple(Parent(names[row], _place(key), values[row], OriginKey(key.number, row, 0)) for row in rows)
    name = r"\frac{\Vert\delta^{(l)}\Vert}{\Vert\delta^{(l+1)}\Vert}"
    sentence = _tr("What a layer makes of the signal that comes back.")
    return Fact(key, name, _place(key), line.factor, formula, worked, parents, sentence)


def _depth(figures: Figures, prediction: Prediction, line: Arithmetic, key: OriginKey) -> Fact:
    words = _tr("From hidden layer {depth} back to layer 1 there are {count} steps.")
    if line.jump is not None:
        words += " " + _tr("That behind layer {layer} is multiplied apart.").format(layer=line.jump.layer)
    depth = figures.configuration.depth
    said = words.format(depth=depth, count=depth - 1)
    return Fact(key, "L - 1", _place(key), float(line.steps), sentence=said, printed=str(line.steps))


def _ends(figures: Figures, prediction: Prediction, line: Arithmetic, key: OriginKey) -> Fact:
    sentence = _tr(
        "With skip connections δ takes its own layer’s slope off what is handed back: that of layer 1 over the last’s."
    )
    name, worked = r"\frac{f'_1}{f'_L}", fraction(line.first, line.last)
    return Fact(key, name, _place(key), line.ends, name, worked, sentence=sentence)


def _jump(figures: Figures, prediction: Prediction, line: Arithmetic, key: OriginKey) -> Fact | None:
    if line.jump is None:
        return None
    layer = line.jump.layer
    parent = OriginKey(key.number, "predicted", layer)
    name = rf"\frac{{\Vert\delta^{{({layer})}}\Vert}}{{\Vert\delta^{{({layer + 1})}}\Vert}}"
    of = (Parent(name, _tr("predicted for layer {layer}").format(layer=layer), line.jump.factor, parent),)
    sentence = _tr("The factor of the one layer that is unlike all others.")
    return Fact(key, name, _place(key), line.jump.factor, parents=of, sentence=sentence)


def _ratio(figures: Figures, prediction: Prediction, line: Arithmetic, key: OriginKey) -> Fact:
    jump = 1.0 if line.jump is None else line.jump.factor
    others = [value for value in (line.ends, jump) if value != 1.0]
    digits = digits_for(line.ratio, lambda factor, *rest: factor**line.steps * prod(rest), line.factor, *others)
    tail = "".join(rf" \cdot {markup(one, digits)}" for one in others)
    factor = OriginKey(key.number, FACTOR, 0)
    name = r"\frac{\Vert\delta^{(l)}\Vert}{\Vert\delta^{(l+1)}\Vert}"
    return Fact(
        key,
        RATIO_NAME,
        _tr("predicted for network {letter}").format(letter=LETTERS[key.number]),
        line.ratio,
        r"\prod_l " + name,
        rf"{markup(line.factor, digits)}^{{{line.steps}}}{tail}",
        (Parent(name, _place(key), line.factor, factor),),
        _tr("The factors of all layers on the way back, multiplied, before any weight is drawn."),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Gradients", text)
