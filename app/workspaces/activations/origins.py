"""Where the numbers of the page come from, and the way to where they are worked through."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cache

from PySide6.QtCore import QCoreApplication

from app.kit.folders import passing_file
from app.kit.formula.trees import markup_of_name
from app.kit.numbers import grouped, percent, plain, rounded, to_digits
from app.kit.origin.facts import Fact, Parent
from app.kit.origin.facts import Shown as Formula
from app.kit.translation import worded, worded_name
from app.workspaces.activations.functions import ComparedFunction, missing
from app.workspaces.activations.keys import (
    DEVIATION,
    GAP,
    GIVEN,
    LOW,
    MEAN,
    NOW,
    OFF,
    OUTPUT_SET,
    RANGE,
    SATURATED,
    SHARE,
    SLOPE,
    SLOPE_SET,
    UNDEFINED,
    X,
    Y,
)
from app.workspaces.activations.layer_watch import LayerView
from app.workspaces.activations.rules import markup_at, own_slope, own_value, piece_at, tie_sentence
from app.workspaces.activations.words import axis_words, bounds_words, flat_words, kink_sentence, limit_words
from app.workspaces.workspace import Host
from engine.activations import ACTIVATIONS, Activation
from engine.activations.check import check_activation, torch_code
from engine.activations.comparison import PARAMETER_OF
from engine.activations.jumps import POINTS
from engine.activations.saturation import SATURATED_BELOW
from engine.activations.scalar import digits_for, gelu_difference, scalar_of
from engine.activations.shares import Shares
from engine.activations.typed import check_typed, typed_torch_code, values_of
from engine.autodiff import OUTPUT, ExpressionSheet, ScalarGraph, backward, forward, graph_of, names_in, parse
from engine.formats.expression import EXPRESSION
from engine.problems import EngineError
from engine.training.layer_check import check_deviation, check_mean, check_share
from engine.value_check import CheckedValue

SHARE_DIGITS = 4
_CASES = re.compile(r"(.*)\\ \\mathrm\{if\}\\ z (>|\\geq) 0,\\ \\mathrm\{else\}\\ (.*)")
"""A formula of two branches."""
_OPENING, _CLOSING = frozenset({"", "(", "{", ","}), frozenset({"", ")", "}", ",", "+", "-"})
"""Between one of these and one of those a negative number needs no brackets."""


def layer_fact(view: LayerView | None, shown: Sequence[ComparedFunction], key: Hashable) -> Fact | None:
    """(MEAN,), (DEVIATION,), or (SHARE, OFF or SATURATED, function); None where it is known no more."""
    if view is None or not isinstance(key, tuple):
        return None
    if key[0] == MEAN:
        return _mean(view)
    if key[0] == DEVIATION:
        return _deviation(view)
    if key[0] == SHARE:
        function = _function_now(view) if key[-1] == NOW else _function_called(shown, key[-1])
        return (
            _sum_of_shares(view, function, key)
            if function is not None and len(key) == 2
            else _share(view, function, key)
        )
    return None


def _function_called(shown: Sequence[ComparedFunction], key: Hashable) -> ComparedFunction | None:
    return next((function for function in shown if function.key == key), None)


def _function_now(view: LayerView) -> ComparedFunction:
    """The function that the layer has."""
    return ComparedFunction(NOW, worded(view.layer.function.label), 0, view.function)


def _layer_place(view: LayerView) -> str:
    text = _tr("all {count} z of {layer}")
    return text.format(count=to_digits(float(view.z.size), 12), layer=worded_name(view.layer.name))


def _finite(view: LayerView) -> int:
    return view.histogram.total - view.histogram.broken


def _mean(view: LayerView) -> Fact:
    mean, count = view.histogram.mean, _finite(view)
    worked = f"{to_digits(mean * count, 6)} ÷ {count} = {to_digits(mean, SHARE_DIGITS)}"
    formula = r"\mu = \frac{1}{n}\sum_k z_k"
    z = view.z
    return Fact((MEAN,), r"\mu", _layer_place(view), mean, formula, worked, check=lambda: check_mean(z))


def _deviation(view: LayerView) -> Fact:
    histogram, z = view.histogram, view.z
    formula = r"s = \sqrt{\frac{1}{n}\sum_k (z_k - \mu)^2}"
    parent = Parent(r"\mu", _layer_place(view), histogram.mean, (MEAN,))
    return Fact(
        (DEVIATION,),
        "s",
        _layer_place(view),
        histogram.deviation,
        formula,
        "",
        (parent,),
        check=lambda: check_deviation(z),
    )


def _sum_of_shares(view: LayerView, function: ComparedFunction, key: Hashable) -> Fact | None:
    """Off, saturated and undefined together; the one of them that there is, where there is only one."""
    shares = view.under(function.scalar)
    if shares is None or shares.lost is None:
        return None
    named = (
        (OFF, _flat_word(function), shares.off),
        (SATURATED, _tr("saturated"), shares.saturated),
        (UNDEFINED, _tr("undefined"), shares.nowhere),
    )
    parts = [(kind, name, value) for kind, name, value in named if value is not None]
    if len(parts) == 1:
        return _share(view, function, (SHARE, parts[0][0], function.key))
    parents = tuple(
        Parent(rf"\mathrm{{{kind}}}", name, value, (SHARE, kind, function.key)) for kind, name, value in parts
    )
    worked = (
        f"{' + '.join(to_digits(value, SHARE_DIGITS) for *_, value in parts)} = {to_digits(shares.lost, SHARE_DIGITS)}"
    )
    formula = "p = " + " + ".join(rf"\mathrm{{{kind}}}" for kind, *_ in parts)
    return Fact(key, "p", _layer_place(view), shares.lost, formula, worked, parents)


def _flat_word(function: ComparedFunction) -> str:
    """Return what it is to be where f' is exactly 0."""
    if function.scalar.profile.silent:
        return _tr("off")
    return _tr("slope 0")


def _flat_sentence(function: ComparedFunction) -> str:
    if function.scalar.profile.silent:
        return _tr("{function} is off where {where}: its slope is exactly 0 there.")
    return _tr("The slope of {function} is exactly 0 where {where}.")


def _nowhere(view: LayerView, function: ComparedFunction, shares: Shares, key: Hashable) -> Fact | None:
    """The share of z at which one's own has no value."""
    if shares.nowhere is None:
        return None
    text = _tr("{function} was evaluated at every z; at these it has no value.")
    worked = f"{shares.undefined} ÷ {shares.count} = {to_digits(shares.nowhere, SHARE_DIGITS)}"
    sentence = text.format(function=function.name)
    return Fact(key, "p", _layer_place(view), shares.nowhere, r"p = \frac{k}{n}", worked, sentence=sentence)


def _measured_share(
    view: LayerView, function: ComparedFunction, key: tuple[Hashable, ...], share: float, count: int
) -> Fact:
    """The share of z at which the slope of a typed function is 0, or hardly more."""
    profile = function.scalar.profile
    if key[1] == OFF:
        sentence = _tr("{function} was evaluated at every z; these have slope 0.")
    else:
        sentence = _tr(
            "{function} was worked out at every z: these have {where}, {slope} of the steepest slope on {axis}.",
        )
    sentence = sentence.format(
        function=function.name, where=limit_words(profile), slope=percent(SATURATED_BELOW), axis=axis_words(profile)
    )
    worked = f"{count} ÷ {view.z.size} = {to_digits(share, SHARE_DIGITS)}"
    return Fact(key, "p", _layer_place(view), share, r"p = \frac{k}{n}", worked, sentence=sentence)


def _share(view: LayerView, function: ComparedFunction | None, key: Hashable) -> Fact | None:
    shares = view.under(function.scalar) if function is not None else None
    if function is None or shares is None or not isinstance(key, tuple):
        return None
    if key[1] == UNDEFINED:
        return _nowhere(view, function, shares, key)
    off, profile, z = key[1] == OFF, function.scalar.profile, view.z
    share = shares.off if off else shares.saturated
    if share is None:
        return None
    count = round(share * z.size)
    if profile.measured is not None:
        return _measured_share(view, function, key, share, count)
    where = flat_words(profile) if off else bounds_words(profile)
    sentence = (
        _flat_sentence(function)
        if off
        else _tr(
            "{function} is saturated where {where}: beyond that its slope stays below {slope} of its steepest.",
        )
    )
    low, high = (profile.flat_below, profile.flat_above) if off else profile.bounds
    return Fact(
        key,
        "p",
        _layer_place(view),
        share,
        r"p = \frac{k}{n}",
        f"{count} ÷ {z.size} = {to_digits(share, SHARE_DIGITS)}",
        sentence=sentence.format(function=function.name, where=where, slope=percent(SATURATED_BELOW)),
        check=lambda: check_share(z, low, high, closed=off),
    )


def tight(markup: str) -> str:
    r"""A set whose first number keeps its sign to itself, which behind a brace would be spaced as a difference.

    >>> tight(r"\{-1, 1\}")
    '\\{{-}1, 1\\}'
    """
    return markup.replace(r"\{-", r"\{{-}")


def range_fact(shown: Sequence[ComparedFunction], key: Hashable) -> Fact | None:
    """(RANGE, OUTPUT_SET or SLOPE_SET, function): its upper end, from which one comes to the lower, the same with LOW
    behind; None where that function is compared no more."""
    if not isinstance(key, tuple) or key[0] != RANGE:
        return None
    function = _function_called(shown, key[2])
    if function is None:
        return None
    profile, of_f = function.scalar.profile, key[1] == OUTPUT_SET
    (low, high), markup = (profile.output, profile.output_set) if of_f else (profile.slope, profile.slope_set)
    symbol, place = ("f" if of_f else "f'"), _tr("{function}, over all x")
    if profile.measured is not None:
        place = _tr("{function}, on {axis}")
    place = place.format(function=function.name, axis=axis_words(profile))
    lower = key[-1] == LOW and len(key) > 3
    other = (*key[:3],) if lower else (*key[:3], LOW)
    names = rf"\sup\, {symbol}", rf"\inf\, {symbol}"
    return Fact(
        key,
        names[lower],
        place,
        low if lower else high,
        rf"{symbol}(x) \in {tight(markup)}",
        parents=(Parent(names[not lower], place, high if lower else low, other, missing(low)),),
        sentence=_found(function),
        printed=missing(low),
    )


def _found(function: ComparedFunction) -> str:
    profile = function.scalar.profile
    if profile.measured is None:
        return _tr("It follows from the formula: it's declared with {function}, and a test checks it.").format(
            function=function.name
        )
    text = _tr(
        "Measured at {count} evenly spaced points from {low} to {high}, more densely around the extremes. Move "
        "or zoom the axis to measure elsewhere.",
    )
    low, high = (plain(end) for end in profile.measured)
    return text.format(count=grouped(POINTS), low=low, high=high)


def expression_of(function: ComparedFunction, x: float) -> ExpressionSheet | None:
    """A function as an expression of small steps, at an x; None of one that is not written so, and where one of the
    steps is beyond all floats though the slope is not: e⁷²⁰ is, and the logistic's slope at −720 is 0."""
    if function.known is not None and function.known.typed is not None:
        typed = function.known.typed
        return ExpressionSheet(
            text=function.known.text, inputs={**values_of(typed, function.known.parameters), typed.variable: x}
        )
    inputs = {"x": x}
    steps = ACTIVATIONS[function.key].steps if function.key in ACTIVATIONS else ""
    if not steps or not _has_numbers(_graph_of(steps), inputs):
        return None
    return ExpressionSheet(text=steps, inputs=inputs)


@cache
def _graph_of(steps: str) -> ScalarGraph:
    return graph_of(parse(steps))


def _has_numbers(graph: ScalarGraph, inputs: Mapping[str, float]) -> bool:
    """Return whether every value and every slope means something."""
    values = forward(graph, inputs)
    return not values.faults and not backward(graph, values).faults


def work_through(host: Host, function: ComparedFunction, x: float) -> None:
    """Open the same as a copy where expressions are taken apart; what cannot be written is said."""
    sheet = expression_of(function, x)
    if sheet is None:
        return
    path = passing_file()
    title = _tr("{function}, worked through")
    try:
        EXPRESSION.write(path, title.format(function=function.name), sheet)
    except EngineError as error:
        host.messages.say_problem(error.problem)
        return
    host.open_copy(path)


DIGITS, SLOPE_DIGITS, GAP_DIGITS = 5, 4, 10


def fact_of(shown: Sequence[ComparedFunction], x: float, key: Hashable) -> Fact | None:
    """Return what there is to say of a number at the cursor: (Y, X or SLOPE, function), or a parameter of an activation
    of one's own; None where that function is compared no more."""
    if not isinstance(key, tuple) or key[0] not in (X, Y, SLOPE, GIVEN, GAP):
        return None
    if key[0] == GAP:
        return _gap()
    kind, name, *rest = key
    if kind == X:
        return _cursor(x, key)
    function = _function_called(shown, name)
    if function is None:
        return None
    if kind == GIVEN:
        return _given(function, rest[0])
    return _value(function, x) if kind == Y else _slope(function, x)


def _cursor(x: float, key: Hashable) -> Fact:
    place = _tr("the cursor")
    sentence = _tr("You set it: drag the cursor, or click it and type.")
    return Fact(key, "x", place, x, sentence=sentence)


def _parameters(function: ComparedFunction) -> dict[str, float]:
    """By their names: γ or α of one of the catalogue that has it, and those of an activation of one's own."""
    if function.known is not None:
        return dict(function.known.parameters)
    return {PARAMETER_OF[function.key]: function.alpha} if function.alpha is not None else {}


def _given(function: ComparedFunction, name: str) -> Fact | None:
    value = _parameters(function).get(name)
    if value is None:
        return None
    sentence = _tr("You set it: drag it under the expression, or click it and type.")
    if function.known is None:
        sentence = _tr("You set it: drag it under Parameters, or click it and type.")
    place = _tr("parameter of {function}").format(function=function.name)
    return Fact((GIVEN, function.key, name), markup_of_name(name), place, value, sentence=sentence)


def _gap() -> Fact:
    """Return how far the two GELUs are apart at most."""
    x, gap = gelu_difference()
    exact, approximate = ACTIVATIONS["gelu"], ACTIVATIONS["gelu_tanh"]
    values = [to_digits(scalar_of(function).at(x)[0], GAP_DIGITS) for function in (exact, approximate)]
    text = _tr(
        "The largest |exact − tanh| at any x, found on an ever finer grid; by symmetry it's at −x too.",
    )
    return Fact(
        (GAP,),
        r"d",
        f"x = {to_digits(x, DIGITS)}",
        abs(gap),
        r"d = |x\,\Phi(x) - f_{\mathrm{tanh}}(x)|",
        f"|{values[0]} − {values[1]}| = {to_digits(abs(gap), SLOPE_DIGITS)}",
        sentence=text,
        check=lambda: _gap_by_others(exact, approximate, x),
    )


def _gap_by_others(function: Activation, other: Activation, x: float) -> CheckedValue[float]:
    theirs = check_activation(other, x, slope=False).value
    return check_activation(function, x, slope=False).pick(lambda value: abs(value - theirs))


def _place(function: ComparedFunction) -> str:
    return _tr("{function} at the cursor").format(function=function.name)


def _givens(function: ComparedFunction, x: float) -> tuple[Parent, ...]:
    """The cursor, and the parameters of an activation of one's own."""
    cursor = Parent("x", _tr("the cursor"), x, (X, function.key))
    place = _tr("parameter")
    given = _parameters(function).items()
    return cursor, *(Parent(markup_of_name(name), place, value, (GIVEN, function.key, name)) for name, value in given)


def _value(function: ComparedFunction, x: float) -> Fact:
    y = function.scalar.at(x)[0]
    formula: Formula
    worked: Formula
    if function.known is not None and function.known.typed is not None:
        formula, worked = own_value(function.known.typed, function.known.parameters, x, y)
    else:
        formula = function.scalar.formula.replace("z", "x")
        piece = piece_of(function.scalar.formula, x)
        worked = _worked(_with_parameters(function, filled(piece, "z", x)), to_digits(y, DIGITS))
    check, code = _check(function, x, slope=False), _code(function, x, slope=False)
    return Fact(
        (Y, function.key),
        "f(x)",
        _place(function),
        y,
        formula,
        worked,
        _givens(function, x),
        check=check,
        code=code,
        printed=missing(y),
    )


def _slope(function: ComparedFunction, x: float) -> Fact:
    y, slope = function.scalar.at(x)
    formula: Formula
    worked: Formula
    if function.known is not None and function.known.typed is not None:
        formula, worked = own_slope(function.known, x, rounded(y, _digits(function, x)), slope)
        by_value = OUTPUT in names_in(function.known.typed.rule)
    else:
        rule = piece_at(function.key, x)
        formula = f"f'(x) = {markup_at(function.key, x).replace('@', '')}"
        digits = _digits(function, x)
        numbers = _with_parameters(function, filled(filled(rule, "@y", y, digits), "@x", x))
        worked, by_value = _worked(numbers, to_digits(slope, SLOPE_DIGITS)), "@y" in rule
    parents = [Parent("f(x)", _place(function), y, (Y, function.key), missing(y))] if by_value else []
    check, code = _check(function, x, slope=True), _code(function, x, slope=True)
    key, of = (SLOPE, function.key), (*parents, *_givens(function, x))
    tie = tie_sentence(function.known, x, y) if function.known is not None else ""
    sentence = " ".join(filter(None, (tie, kink_sentence(function, x))))
    onward = _tr("See why, step by step") if expression_of(function, x) is not None else ""
    return Fact(
        key,
        "f'(x)",
        _place(function),
        slope,
        formula,
        worked,
        of,
        sentence,
        check=check,
        code=code,
        onward=onward,
        printed=missing(slope),
    )


def filled(formula: str, symbol: str, value: float, digits: int = DIGITS) -> str:
    """A formula with a number for a symbol, in brackets where its sign or its power of ten would be read with what is
    beside it.

    >>> filled(r"\\max(0, z)", "z", 1.2), filled(r"z\\,\\sigma(z)", "z", -1.53), filled("z^3", "z", 2e-5)
    ('\\\\max(0, 1.2)', '(−1.53)\\\\,\\\\sigma(−1.53)', '(2·10⁻⁵)^3')
    """
    text = to_digits(value, digits)
    first, *rest = formula.split(symbol)
    written, before = first, first
    for after in rest:
        is_alone = before.rstrip()[-1:] in _OPENING and after.lstrip()[:1] in _CLOSING
        is_base = after.startswith("^") and "·" in text
        written += f"({text}){after}" if is_base or (value < 0.0 and not is_alone) else f"{text}{after}"
        before = after or symbol
    return written


def piece_of(formula: str, z: float) -> str:
    r"""The branch of a formula that holds at ``z``.

    >>> piece_of(r"z\ \mathrm{if}\ z > 0,\ \mathrm{else}\ e^{z} - 1", -1.0)
    'e^{z} - 1'
    """
    found = _CASES.fullmatch(formula)
    if found is None:
        return formula
    above, sign, below = found.groups()
    return above if z > 0.0 or (z == 0.0 and sign != ">") else below


def _worked(piece: str, result: str) -> str:
    """A formula with its numbers and what it comes to; empty where it is that number itself."""
    return "" if piece == result else f"{piece} = {result}"


def _with_parameters(function: ComparedFunction, formula: str) -> str:
    r"""A formula of the catalogue with the numbers of ``\gamma`` or ``\alpha`` in."""
    for name, value in _parameters(function).items():
        formula = re.sub(rf"\\{name}(?![A-Za-z])", _bracketed(value), formula)
    return formula


def _digits(function: ComparedFunction, x: float) -> int:
    """With so many digits y is printed where the slope is worked out from it."""
    y, slope = function.scalar.at(x)
    rule = function.scalar.by_value
    return DIGITS if rule is None else digits_for(lambda printed: rule(x, printed), y, slope, DIGITS, SLOPE_DIGITS)


def _bracketed(value: float, digits: int = DIGITS) -> str:
    text = to_digits(value, digits)
    return f"({text})" if value < 0 else text


def _check(compared: ComparedFunction, x: float, *, slope: bool) -> Callable[[], CheckedValue[float]]:
    """Asks PyTorch, or who stands in for it, for y or the slope."""
    known = compared.known
    if known is not None and known.typed is not None:
        typed, given = known.typed, dict(known.parameters)
        return lambda: check_typed(typed, x, given, slope=slope)
    function, alpha = ACTIVATIONS[compared.key], compared.alpha
    return lambda: check_activation(function, x, alpha, slope=slope)


def _code(function: ComparedFunction, x: float, *, slope: bool) -> str:
    known = function.known
    if known is not None and known.typed is not None:
        return typed_torch_code(known.typed, x, known.parameters, slope=slope)
    return torch_code(ACTIVATIONS[function.key], x, function.alpha, slope=slope)


def fact_at(
    shown: Sequence[ComparedFunction], view: LayerView | None, cursor: float, key: Hashable, *, hiding: bool
) -> Fact | None:
    """The fact behind a key; None of a slope, a range of slopes, or a share that a slope decides, while one is
    still to be guessed, and of what is compared no more."""
    if hiding and isinstance(key, tuple) and (key[0] in (SLOPE, SHARE) or key[:2] == (RANGE, SLOPE_SET)):
        return None
    return fact_of(shown, cursor, key) or layer_fact(view, shown, key) or range_fact(shown, key)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ActivationOrigins", text)
