"""The formulas of the page: a verdict's arithmetic with the numbers in, and what the quantities mean."""

from __future__ import annotations

import re
from math import isfinite

from PySide6.QtCore import QCoreApplication

from app.kit.formula.boxes import Box, Braced, Keyed, Maths, Root, Row, Script, Words, operator, relation
from app.kit.numbers import mathtext, to_digits
from app.kit.translation import worded
from app.workspaces.gradients.shown import DELTA, VARIANCE, WEIGHTS
from engine.activations import activation
from engine.gradients.experiment import Configuration
from engine.gradients.figures import Figures
from engine.gradients.predicted import Arithmetic
from engine.initializers import initializer

_RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
SLOPE, SPREAD, NORM, DEPTH, RATIO = "slope", "spread", "norm", "depth", "ratio"
"""Keys of the parts that light up."""

SAME = 0.005
"""A factor as near to 1 as this is left out."""

NOTATION = {
    DELTA: r"\delta^{(l)} = (W^{(l+1)})^{\top}\delta^{(l+1)} \odot f'(z^{(l)})",
    WEIGHTS: r"\frac{\partial L}{\partial W^{(l)}} = \delta^{(l)}\,(a^{(l-1)})^{\top}",
    VARIANCE: r"\mathrm{Var}\,z^{(l)} = n\,\mathrm{Var}\,W\;E[(a^{(l-1)})^2]",
}


def markup(value: float) -> str:
    """A number of a line of arithmetic as mathtext, to four digits."""
    if not isfinite(value):
        return mathtext(value)
    mantissa, power, exponent = to_digits(value, 4).replace("−", "{-}").partition("·10")
    return rf"{mantissa}{{\cdot}}10^{{{exponent.translate(_RAISED)}}}" if power else mantissa


def number(value: float) -> Box:
    """The same as a box. It is built figure by figure, each of which is set once: numbers that change with every move
    of a slider would otherwise be typeset anew each time, which takes longer than a frame."""
    if not isfinite(value):
        return Maths(mathtext(value))
    value = float(f"{value:.12g}")  # what rounding has left behind would be written as zeros
    mantissa, power, exponent = to_digits(value, 4).replace("−", "-").partition("·10")
    figures = _figures(mantissa)
    if not power:
        return figures
    return Row((figures, operator(r"\cdot"), Script(_figures("10"), _figures(exponent.translate(_RAISED)))))


def _figures(text: str) -> Box:
    """Signs one by one, but for a point, which stands close to the figures on both sides of it."""
    return Row(tuple(Maths(piece.replace("-", "{-}")) for piece in re.findall(r"\d\.\d|.", text)))


def arithmetic_box(figures: Figures) -> Box | None:
    """``slope × weights = a layer's factor, to the power of the steps``; None where nothing is predicted, or where
    there is one layer alone."""
    line = figures.line
    if line is None or line.steps == 0:
        return None
    parts: list[Box] = [*_factors(figures.configuration, line), relation("="), number(line.factor)]
    parts += [Words(_tr(" a layer")), Maths(r",\quad")]
    power = Script(number(line.factor), Keyed(DEPTH, Maths(str(line.steps))))
    sign = relation("=" if line.ratio in (0.0, 1.0) else r"\approx")
    ends: list[Box] = []
    if abs(line.ends - 1.0) > SAME:
        words = _tr("slope of layer 1 : {last}").format(last=figures.configuration.depth)
        ends = [operator(r"\times"), Braced(number(line.ends), Words(words))]
    return Row((*parts, power, *ends, sign, Keyed(RATIO, _rounded(line.ratio))))


def forward_box(figures: Figures) -> Box | None:
    """``n × Var W × E[a²] = Var z`` of the last hidden layer; None where nothing is predicted, or there is no layer
    before it."""
    prediction, c = figures.prediction, figures.configuration
    if prediction is None or c.depth < 2 or prediction.weights == 0.0:
        return None
    spread, variance = prediction.weights**2 / c.width, float(prediction.variance[-1])
    square = variance / (prediction.weights**2)
    source = initializer(c.initializer).source or worded(initializer(c.initializer).label)
    parts: list[Box] = [
        Keyed(SPREAD, Braced(Maths(str(c.width)), Words(_tr("units")))),
        operator(r"\times"),
        Keyed(SPREAD, Braced(number(spread), Words(_tr("Var W: {source}").format(source=source)))),
        operator(r"\times"),
        Keyed(SLOPE, Braced(number(square), Words(_tr("E[a²] of {name}").format(name=_name(c))))),
        relation("="),
        Keyed(RATIO, number(variance)),
        Words(_tr(" = Var z of layer {layer}").format(layer=c.depth)),
    ]
    return Row(tuple(parts))


def _rounded(value: float) -> Box:
    """A ratio to two digits, by its power of ten where it is large or small."""
    if not 1e-3 <= value < 1e3:
        mantissa, _, exponent = f"{value:.1e}".partition("e")
        return Row((_figures(mantissa), operator(r"\cdot"), Script(_figures("10"), _figures(str(int(exponent))))))
    return number(float(f"{value:.2g}"))


def _factors(c: Configuration, line: Arithmetic) -> list[Box]:
    slope = Keyed(SLOPE, Braced(number(line.slope), Words(_tr("slope of {name}").format(name=_name(c)))))
    under = _tr("weights: {value}").format(value=to_digits(line.weights, 4))
    spread = Keyed(SPREAD, Braced(_weights(c), Words(under)))
    found: list[Box] = [slope, operator(r"\times"), spread]
    if c.normalisation == "layer":
        found += [operator(r"\times"), Keyed(NORM, Braced(number(line.norm), Words(_tr("layer norm"))))]
    if not line_skips(c):
        return found
    inner = Script(Row((Maths("("), *found, Maths(")"))), Maths("2"))
    return [Root(Row((Maths("1"), operator("+"), inner)))]


def line_skips(configuration: Configuration) -> bool:
    """Whether signals go round the layers."""
    return configuration.skip


def _name(c: Configuration) -> str:
    return worded(activation(c.activation).label)


def _weights(c: Configuration) -> Box:
    """√(n Var W), as the initialiser has it: with its own number, and n written out."""
    n, scale = str(c.width), number(c.scale)
    gain: list[Box] = [] if c.scale == 1.0 else [scale, operator(r"\cdot")]
    root = Root(Maths(n))
    if c.initializer == "normal":
        return Row((scale, operator(r"\cdot"), root))
    if c.initializer == "uniform":
        return Row((scale, operator(r"\cdot"), Root(Maths(rf"{n}/3"))))
    inside = {"he": rf"2/{n}", "xavier": rf"2/({n}+{n})", "lecun": rf"1/{n}"}.get(c.initializer.partition("_")[0])
    if inside is not None:
        return Row((*gain, Root(Maths(inside)), operator(r"\cdot"), root))
    return scale if c.initializer == "orthogonal" else Maths("0")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Gradients", text)
