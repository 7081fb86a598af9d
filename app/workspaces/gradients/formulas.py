"""The formulas of the page, and where the numbers of the predicted line come from."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from math import isfinite, isnan, nan, prod, sqrt

from PySide6.QtCore import QCoreApplication

from app.kit.formula.boxes import Box, Braced, Fenced, Keyed, Maths, Root, Row, Script, Words, operator, relation
from app.kit.numbers import NOTHING, TIMES_TEN, mathtext, rounded, scientific, to_digits
from app.kit.origin.facts import Fact, Parent
from app.kit.translation import worded
from app.workspaces.gradients.moment import DELTA, VARIANCE, WEIGHTS, OriginKey
from app.workspaces.gradients.words import LETTERS
from engine.activations import activation
from engine.gradients.arithmetic import Arithmetic, ForwardPass, forward_terms
from engine.gradients.experiment import Configuration
from engine.gradients.figures import Figures
from engine.gradients.predicted import Prediction
from engine.initializers import initializer

_RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
SLOPE, SPREAD, NORM, DEPTH, RATIO, JUMP, FACTOR, ENDS = (
    "slope", "spread", "norm", "depth", "ratio", "jump", "one_factor", "ends"
)  # fmt: skip
"""Keys of the parts of the line."""

UNDER = 0.63
"""Of what stands under a brace, in em."""
MOST_DIGITS = 8
WHOLE = 1e-9
"""A difference from a whole number by so small a share is rounding alone."""
SAME = 0.005
"""A factor as near to 1 as this is left out."""

NOTATION = {
    DELTA: r"\delta^{(l)} = (W^{(l+1)})^{\top}\delta^{(l+1)} \odot f'(z^{(l)})",
    WEIGHTS: r"\frac{\partial L}{\partial W^{(l)}} = \delta^{(l)}\,(a^{(l-1)})^{\top}",
    VARIANCE: r"\mathrm{Var}\,z^{(l)} = n\,\mathrm{Var}\,W\;E[(a^{(l-1)})^2]",
}


def markup(value: float, digits: int = 4) -> str:
    """A number of a line of arithmetic as mathtext."""
    if not isfinite(value):
        return mathtext(value)
    mantissa, power, exponent = to_digits(value, digits).replace("−", "{-}").partition("·10")
    return rf"{mantissa}{{\cdot}}10^{{{exponent.translate(_RAISED)}}}" if power else mantissa


def digits_for(value: float, compute: Callable[..., float], *parts: float, shown: int = 4) -> int:
    """Return how many digits of each part let the printed parts come to the printed value, which has ``shown``; as many
    as are printed at most, and ``shown`` at least."""
    for digits in range(shown, MOST_DIGITS):
        try:
            result = compute(*(rounded(part, digits) for part in parts))
        except (ArithmeticError, ValueError):
            break
        if rounded(result, shown) == rounded(value, shown):
            return digits
    return shown if not isfinite(value) else MOST_DIGITS


def number(value: float, digits: int = 4) -> Box:
    """The same as a box. It is built figure by figure, each of which is set once: numbers that change with every move
    of a slider would otherwise be typeset anew each time, which takes longer than a frame."""
    if not isfinite(value):
        return Maths(mathtext(value))
    value = rounded(value, 12)  # what rounding has left behind would be written as zeros
    mantissa, power, exponent = to_digits(value, digits).replace("−", "-").partition("·10")
    figures = _figures(mantissa)
    if not power:
        return figures
    return Row((figures, operator(r"\cdot"), Script(_figures("10"), _figures(exponent.translate(_RAISED)))))


def _is_product(value: float, digits: int) -> bool:
    """Whether a number is printed with a power of ten, so that its own power needs brackets."""
    return TIMES_TEN in to_digits(rounded(value, 12), digits)


def _figures(text: str) -> Box:
    """Signs one by one, but for a point, which stands close to the figures on both sides of it."""
    return Row(tuple(Maths(piece.replace("-", "{-}")) for piece in re.findall(r"\d\.\d|.", text)))


def in_one_line(lines: Sequence[Box]) -> Box:
    """Parts of a line of arithmetic, one after another."""
    first, *others = lines
    return Row((first, *(box for part in others for box in (Words(_tr(", ")), Maths(r"\;"), part))))


def arithmetic_lines(figures: Figures, *, later: bool = False) -> tuple[Box, ...]:
    """Return what is predicted: ``slope × weights = a layer's factor`` and ``to the power of the steps``, times the
    factor of the one layer that is unlike the others, if one is; nothing where nothing is predicted, or where there is
    one layer alone. ``later``: beside numbers of another moment, so that it says which it is of."""
    line = figures.line
    if line is None or line.steps == 0:
        return ()
    digits = _digits_of(line)
    moment = [Words(_tr("predicted for the start: "), "text_muted", scale=UNDER)] if later else []
    made = _factors(figures.configuration, line, digits)
    parts = (*moment, *made, relation("="), Keyed(FACTOR, number(line.factor, digits)), Words(_tr(" a layer")))
    base: Box = Keyed(FACTOR, number(line.factor, digits))
    if _is_product(line.factor, digits):
        base = Fenced(base)
    power = Script(base, Keyed(DEPTH, Maths(str(line.steps))))
    ends: list[Box] = []
    if abs(line.ends - 1.0) > SAME:
        normed = figures.configuration.normalisation == "layer"
        words = _tr("slope × norm, layer 1 : {last}") if normed else _tr("slope of layer 1 : {last}")
        words = words.format(last=figures.configuration.depth)
        ends = [operator(r"\times"), Keyed(ENDS, _named(number(line.ends, digits), words))]
    whole = rounded(line.factor, digits) ** line.steps * (rounded(line.ends, digits) if ends else 1.0)
    if line.jump is not None:
        words = _tr("layer {layer} alone").format(layer=line.jump.layer)
        ends = [operator(r"\times"), Keyed(JUMP, _named(number(line.jump.factor, digits), words))]
        whole *= rounded(line.jump.factor, digits)
    sign = relation("=" if whole == _printed(line.ratio) != 0.0 else r"\approx")
    return Row(parts), Row((power, *ends, sign, Keyed(RATIO, _ratio(line.ratio))))


def _digits_of(line: Arithmetic) -> int:
    """Return so many digits that the printed factor, to its power, comes to the printed ratio."""
    jump = 1.0 if line.jump is None else line.jump.factor
    for digits in range(4, MOST_DIGITS):
        whole = rounded(line.factor, digits) ** line.steps * rounded(line.ends, digits) * rounded(jump, digits)
        if _printed(whole) == _printed(line.ratio):
            return digits
    return MOST_DIGITS


def forward_lines(figures: Figures, layer: int) -> tuple[Box, ...]:
    """``n × Var W × E[a²] = Var z`` of a hidden layer (from 1), and what that is; nothing where nothing is
    predicted."""
    prediction, c = figures.prediction, figures.configuration
    terms = None if prediction is None else forward_terms(c, prediction, layer)
    if terms is None:
        return ()
    first = layer == 1
    fed = _tr("E[x²] of the inputs") if first else _tr("E[a²] of layer {layer}").format(layer=layer - 1)
    own = digits_for(terms.variance, lambda w, s: terms.count * w * s, terms.weights, terms.square)
    source = initializer(c.initializer).source or worded(initializer(c.initializer).label)
    parts: list[Box] = [
        Keyed(SPREAD, _named(Maths(str(terms.count)), _tr("inputs") if first else _tr("units"))),
        operator(r"\times"),
        Keyed(SPREAD, _named(number(terms.weights, own), _tr("Var W: {source}").format(source=source))),
        operator(r"\times"),
        Keyed(SLOPE, _named(number(terms.square, own), fed)),
        relation("="),
        Keyed(RATIO, number(terms.variance)),
    ]
    return Row(tuple(parts)), Words(_tr("Var z of layer {layer}").format(layer=layer))


def _plain(value: float) -> bool:
    """Return whether a ratio is written out: near 1, or a whole number that six figures hold, as a power of 2 is."""
    whole = isfinite(value) and abs(value - round(value)) <= WHOLE * value
    return 1e-2 <= value < 1e3 or (whole and 1.0 <= value < 1e6)


def _printed(value: float) -> float:
    """A ratio as :func:`_ratio` prints it."""
    if not _plain(value):
        return rounded(value, 2)
    return float(round(value)) if value >= 1e3 else rounded(value, 3)


def _ratio(value: float) -> Box:
    """A ratio to three digits; whole numbers in full, and by its power of ten, to two, where it is large or small."""
    if not _plain(value):
        mantissa, power, exponent = scientific(value).partition(TIMES_TEN)
        if not power:
            return number(value)
        raised = _figures(exponent.translate(_RAISED))
        return Row((_figures(mantissa), operator(r"\cdot"), Script(_figures("10"), raised)))
    return number(_printed(value), 6)


def _factors(c: Configuration, line: Arithmetic, digits: int) -> list[Box]:
    """Return what the factor of ``digits`` printed digits is made of, with as many as let it be worked out by hand."""

    def factor(slope: float, norm: float) -> float:
        inner = slope * line.weights * norm
        return sqrt(1.0 + inner * inner) if c.skip else inner

    own = digits_for(line.factor, factor, line.slope, line.norm, shown=digits)
    slope = Keyed(SLOPE, _named(number(line.slope, own), _tr("slope of {name}").format(name=_name(c))))
    under = _tr("weights: {value}").format(value=to_digits(line.weights, 4))
    spread = Keyed(SPREAD, _named(_weights(c), under))
    boxes: list[Box] = [slope, operator(r"\times"), spread]
    if c.normalisation == "layer":
        boxes += [operator(r"\times"), Keyed(NORM, _named(number(line.norm, own), _tr("layer norm")))]
    if not c.skip:
        return boxes
    inner = Script(Row((Maths("("), *boxes, Maths(")"))), Maths("2"))
    return [Root(Row((Maths("1"), operator("+"), inner)))]


def _named(part: Box, words: str) -> Box:
    """A part of the line over what it is called, which is smaller."""
    return Braced(part, Words(words, "text_muted", scale=UNDER))


def _name(c: Configuration) -> str:
    return worded(activation(c.activation).label)


def weights_markup(c: Configuration) -> str:
    """The same as mathtext."""
    n, scale = str(c.width), markup(c.scale)
    gain = "" if c.scale == 1.0 else rf"{scale} \cdot "
    if c.initializer == "normal":
        return rf"{scale} \cdot \sqrt{{{n}}}"
    if c.initializer == "uniform":
        return rf"{scale} \cdot \sqrt{{{n}/3}}"
    inside = _variance_inside(c)
    if inside is not None:
        return rf"{gain}\sqrt{{{inside}}} \cdot \sqrt{{{n}}}"
    return scale if c.initializer == "orthogonal" else "0"


def _variance_inside(c: Configuration) -> str | None:
    """Return what Var W is but for the gain, of an initialiser that goes by the fans."""
    n = c.width
    return {"he": rf"2/{n}", "xavier": rf"2/({n}+{n})", "lecun": rf"1/{n}"}.get(c.initializer.partition("_")[0])


def _weights(c: Configuration) -> Box:
    """√(n Var W), as the initialiser has it: with its own number, and n written out."""
    n, scale = str(c.width), number(c.scale)
    gain: list[Box] = [] if c.scale == 1.0 else [scale, operator(r"\cdot")]
    root = Root(Maths(n))
    if c.initializer == "normal":
        return Row((scale, operator(r"\cdot"), root))
    if c.initializer == "uniform":
        return Row((scale, operator(r"\cdot"), Root(Maths(rf"{n}/3"))))
    inside = _variance_inside(c)
    if inside is not None:
        return Row((*gain, Root(Maths(inside)), operator(r"\cdot"), root))
    return scale if c.initializer == "orthogonal" else Maths("0")


def quotient(above: float, below: float) -> float:
    """One over the other; NaN where there is nothing below."""
    return above / below if below else nan


def printed(value: float) -> str:
    """Return what stands for a quotient that is no number; nothing for one that is."""
    return NOTHING if isnan(value) else ""


def fraction(above: float, below: float) -> str:
    """The two numbers of a quotient."""
    digits = digits_for(quotient(above, below), lambda a, b: a / b, above, below)
    return rf"\frac{{{markup(above, digits)}}}{{{markup(below, digits)}}}"


def times(factor: float, rest: float) -> str:
    """The two numbers of a product."""
    digits = digits_for(factor * rest, lambda f, r: f * r, factor, rest)
    return rf"{markup(factor, digits)} \cdot {markup(rest, digits)}"


def worked_forward(terms: ForwardPass) -> str:
    """The three numbers of a predicted variance of z."""
    weights, square = terms.weights, terms.square
    digits = digits_for(terms.variance, lambda w, s: terms.count * w * s, weights, square)
    return rf"{terms.count} \cdot {markup(weights, digits)} \cdot {markup(square, digits)}"


def worked_prediction(prediction: Prediction, index: int, *, normed: bool) -> tuple[str, str]:
    """Return how layer ``at`` (from 0) has its predicted factor, in symbols and with the numbers in."""
    own = r"\sqrt{E[f'(z^{(%s)})^2]}" + (r"\,\nu^{(%s)}" if normed else "")

    def gain(layer: str) -> str:
        return own % ((layer, layer) if normed else layer)

    spread, numbers = r"\sqrt{n\,\mathrm{Var}\,W}", [prediction.weights]
    for layer in (index, index + 1) if prediction.skip else (index,):
        numbers += [float(prediction.slope[layer]), *([float(prediction.norm[layer])] if normed else [])]
    value, size = float(prediction.factors[index]), 2 if normed else 1

    def compute(weights: float, *gains: float) -> float:
        here, behind = prod(gains[:size]), prod(gains[size:])
        return sqrt(1.0 + (behind * weights) ** 2) * here / behind if prediction.skip else here * weights

    digits = digits_for(value, compute, *numbers)
    shown = [markup(part, digits) for part in numbers]
    here, behind = r" \cdot ".join(shown[1 : 1 + size]), r" \cdot ".join(shown[1 + size :])
    if not prediction.skip:
        return rf"{gain('l')} \cdot {spread}", rf"{here} \cdot {shown[0]}"
    formula = rf"\sqrt{{1 + ({gain('l+1')}\,{spread})^2}} \cdot \frac{{{gain('l')}}}{{{gain('l+1')}}}"
    return formula, rf"\sqrt{{1 + ({behind} \cdot {shown[0]})^2}} \cdot \frac{{{here}}}{{{behind}}}"


SLOPE_NAME = r"\sqrt{E[f'(z)^2]}"
SPREAD_NAME = r"\sqrt{n\,\mathrm{Var}\,W}"
RATIO_NAME = r"\frac{\Vert\delta^{(1)}\Vert}{\Vert\delta^{(L)}\Vert}"


def line_fact(figures: Figures, key: OriginKey) -> Fact | None:
    """Return what there is to say of a number of the line; None where there is no such number."""
    line, prediction = figures.line, figures.prediction
    if line is None or prediction is None or line.steps == 0:
        return None
    made = {SLOPE: _slope, SPREAD: _spread, NORM: _norm, FACTOR: _factor, DEPTH: _depth, ENDS: _ends, JUMP: _jump,
            RATIO: _ratio_fact}.get(key.row)  # fmt: skip
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
    passed = [layer for layer in range(1, len(prediction.slope)) if line.jump is None or layer != line.jump.layer]
    slopes = [float(prediction.slope[layer - 1]) for layer in passed]
    formula = worked = ""
    if not prediction.skip and len(slopes) <= 12:
        n = len(slopes)
        digits = digits_for(line.slope, lambda *parts: prod(parts) ** (1 / n), *slopes)
        formula = rf"(\prod_l \sqrt{{E[f'(z^{{(l)}})^2]}})^{{1/{n}}}"
        product = r" \cdot ".join(markup(part, digits) for part in slopes)
        worked = rf"({product})^{{1/{n}}}"
    printed = to_digits(line.slope, 5)  # as the line has it at least
    return Fact(key, SLOPE_NAME, _place(key), line.slope, formula, worked, sentence=sentence, printed=printed)


def _spread(figures: Figures, prediction: Prediction, line: Arithmetic, key: OriginKey) -> Fact:
    c = figures.configuration
    sentence = _tr("What {n} weights of this initialiser do to a signal's standard deviation; n is the width.")
    formula, worked = SPREAD_NAME, weights_markup(c)
    return Fact(key, SPREAD_NAME, _place(key), line.weights, formula, worked, sentence=sentence.format(n=c.width))


def _norm(figures: Figures, prediction: Prediction, line: Arithmetic, key: OriginKey) -> Fact:
    sentence = _tr(
        "What layer norm multiplies the returning signal by: one over the standard deviation of a, as the "
        "layers’ geometric mean."
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
    formula, worked = r"\,".join(names[row] for row in rows), r" \cdot ".join(markup(part, digits) for part in numbers)
    if prediction.skip:
        formula, worked = rf"\sqrt{{1 + ({formula})^2}}", rf"\sqrt{{1 + ({worked})^2}}"
    parents = tuple(Parent(names[row], _place(key), values[row], OriginKey(key.number, row, 0)) for row in rows)
    name = r"\frac{\Vert\delta^{(l)}\Vert}{\Vert\delta^{(l+1)}\Vert}"
    sentence = _tr("What a layer does to the signal that comes back.")
    return Fact(key, name, _place(key), line.factor, formula, worked, parents, sentence)


def _depth(figures: Figures, prediction: Prediction, line: Arithmetic, key: OriginKey) -> Fact:
    words = _tr("From hidden layer {depth} back to layer 1 there are {count} steps.")
    if line.jump is not None:
        words += " " + _tr("The one behind layer {layer} is multiplied separately.").format(layer=line.jump.layer)
    depth = figures.configuration.depth
    sentence = words.format(depth=depth, count=depth - 1)
    return Fact(key, "L - 1", _place(key), float(line.steps), sentence=sentence, printed=str(line.steps))


def _ends(figures: Figures, prediction: Prediction, line: Arithmetic, key: OriginKey) -> Fact:
    sentence = _tr(
        "With skip connections, δ is the signal passed back times its own layer’s slope: that of layer 1 over "
        "that of the last."
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
    sentence = _tr("The factor of the one layer that differs from all others.")
    return Fact(key, name, _place(key), line.jump.factor, parents=of, sentence=sentence)


def _ratio_fact(figures: Figures, prediction: Prediction, line: Arithmetic, key: OriginKey) -> Fact:
    jump = 1.0 if line.jump is None else line.jump.factor
    others = [value for value in (line.ends, jump) if value != 1.0]
    digits = digits_for(line.ratio, lambda factor, *rest: factor**line.steps * prod(rest), line.factor, *others)
    tail = "".join(rf" \cdot {markup(part, digits)}" for part in others)
    factor = OriginKey(key.number, FACTOR, 0)
    base = markup(line.factor, digits)
    base = rf"\left({base}\right)" if _is_product(line.factor, digits) else base
    name = r"\frac{\Vert\delta^{(l)}\Vert}{\Vert\delta^{(l+1)}\Vert}"
    return Fact(
        key,
        RATIO_NAME,
        _tr("predicted for network {letter}").format(letter=LETTERS[key.number]),
        line.ratio,
        r"\prod_l " + name,
        rf"{base}^{{{line.steps}}}{tail}",
        (Parent(name, _place(key), line.factor, factor),),
        _tr("The factors of all layers on the way back, multiplied, before any weight is drawn."),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Gradients", text)
