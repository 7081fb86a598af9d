"""Where the numbers at the cursor and the ends of ranges come from, and the way to where they are worked through."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cache

from PySide6.QtCore import QCoreApplication

from app.kit.folders import passing_file
from app.kit.formula.trees import markup_of_name
from app.kit.numbers import grouped, plain, rounded, to_digits
from app.kit.origin.facts import Fact, Parent
from app.kit.origin.facts import Shown as Formula
from app.workspaces.activations.compared import ComparedFunction
from app.workspaces.activations.keys import GAP, GIVEN, OUTPUT_SET, RANGE, SLOPE, SLOPE_SET, X, Y
from app.workspaces.activations.layer_origins import layer_fact
from app.workspaces.activations.layer_view import LayerView
from app.workspaces.activations.rules import markup_at, own_slope, own_value, piece_at, tie_sentence
from app.workspaces.activations.words import axis_words, kink_sentence
from app.workspaces.workspace import Host
from engine.activations import ACTIVATIONS, Activation
from engine.activations.check import check_activation, torch_code
from engine.activations.comparison import PARAMETER_OF
from engine.activations.difference import gelu_difference
from engine.activations.jumps import POINTS
from engine.activations.printed import digits_for
from engine.activations.scalar import scalar_of
from engine.activations.typed import check_typed, typed_torch_code, values_of
from engine.autodiff import OUTPUT, ExpressionSheet, ScalarGraph, backward, forward, graph_of, names_in, parse
from engine.formats.expression import EXPRESSION
from engine.problems import EngineError
from engine.value_check import CheckedValue

LOW = "low"


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
    one = next((one for one in shown if one.key == key[2]), None)
    if one is None:
        return None
    profile, of_f = one.scalar.profile, key[1] == OUTPUT_SET
    (low, high), markup = (profile.output, profile.output_set) if of_f else (profile.slope, profile.slope_set)
    symbol, place = ("f" if of_f else "f'"), QCoreApplication.translate("RangeOrigins", "{function}, over all x")
    if profile.measured is not None:
        place = QCoreApplication.translate("RangeOrigins", "{function}, on {axis}")
    place = place.format(function=one.name, axis=axis_words(profile))
    lower = key[-1] == LOW and len(key) > 3
    other = (*key[:3],) if lower else (*key[:3], LOW)
    names = rf"\sup\, {symbol}", rf"\inf\, {symbol}"
    return Fact(
        key,
        names[lower],
        place,
        low if lower else high,
        rf"{symbol}(x) \in {tight(markup)}",
        parents=(Parent(names[not lower], place, high if lower else low, other),),
        sentence=_found(one),
    )


def _found(one: ComparedFunction) -> str:
    profile = one.scalar.profile
    if profile.measured is None:
        return QCoreApplication.translate(
            "RangeOrigins", "It follows from the formula: it is declared with {function}, and a test holds it to that."
        ).format(function=one.name)
    text = QCoreApplication.translate(
        "RangeOrigins",
        "Measured at {count} even points from {low} to {high}, and closer about the largest and the smallest. Move or"
        " zoom the axis to measure elsewhere.",
    )
    low, high = (plain(end) for end in profile.measured)
    return text.format(count=grouped(POINTS), low=low, high=high)


def expression_of(one: ComparedFunction, x: float) -> ExpressionSheet | None:
    """A function as an expression of small steps, at an x; None of one that is not written so, and where one of the
    steps is beyond all floats though the slope is not: e⁷²⁰ is, and the logistic's slope at −720 is 0."""
    if one.known is not None and one.known.typed is not None:
        typed = one.known.typed
        return ExpressionSheet(
            text=one.known.text, inputs={**values_of(typed, one.known.parameters), typed.variable: x}
        )
    inputs = {"x": x}
    steps = ACTIVATIONS[one.key].steps if one.key in ACTIVATIONS else ""
    if not steps or not _has_numbers(_graph_of(steps), inputs):
        return None
    return ExpressionSheet(text=steps, inputs=inputs)


@cache
def _graph_of(steps: str) -> ScalarGraph:
    return graph_of(parse(steps))


def _has_numbers(graph: ScalarGraph, inputs: Mapping[str, float]) -> bool:
    """Whether every value and every slope means something."""
    values = forward(graph, inputs)
    return not values.faults and not backward(graph, values).faults


def work_through(host: Host, one: ComparedFunction, x: float) -> None:
    """Open the same as a copy where expressions are taken apart; what cannot be written is said."""
    sheet = expression_of(one, x)
    if sheet is None:
        return
    path = passing_file()
    title = QCoreApplication.translate("WorkedThrough", "{function}, worked through")
    try:
        EXPRESSION.write(path, title.format(function=one.name), sheet)
    except EngineError as error:
        host.messages.say_problem(error.problem)
        return
    host.open_copy(path)


DIGITS, SLOPE_DIGITS, GAP_DIGITS = 5, 4, 10


def fact_of(shown: Sequence[ComparedFunction], x: float, key: Hashable) -> Fact | None:
    """What there is to say of a number at the cursor: (Y, X or SLOPE, function), or a parameter of an activation of
    one's own; None where that function is compared no more."""
    if not isinstance(key, tuple) or key[0] not in (X, Y, SLOPE, GIVEN, GAP):
        return None
    if key[0] == GAP:
        return _gap()
    kind, name, *rest = key
    if kind == X:
        return _cursor(x, key)
    one = next((one for one in shown if one.key == name), None)
    if one is None:
        return None
    if kind == GIVEN:
        return _given(one, rest[0])
    return _value(one, x) if kind == Y else _slope(one, x)


def _cursor(x: float, key: Hashable) -> Fact:
    place = QCoreApplication.translate("Origins", "the cursor")
    said = QCoreApplication.translate("Origins", "You have set it: drag the cursor, or click it and type.")
    return Fact(key, "x", place, x, sentence=said)


def _parameters(one: ComparedFunction) -> dict[str, float]:
    """By their names: γ or α of one of the catalogue that has it, and those of an activation of one's own."""
    if one.known is not None:
        return dict(one.known.parameters)
    return {PARAMETER_OF[one.key]: one.alpha} if one.alpha is not None else {}


def _given(one: ComparedFunction, name: str) -> Fact | None:
    value = _parameters(one).get(name)
    if value is None:
        return None
    said = QCoreApplication.translate("Origins", "You have set it: drag it under the expression, or click it and type.")
    if one.known is None:
        said = QCoreApplication.translate("Origins", "You have set it: drag it under Parameters, or click it and type.")
    place = QCoreApplication.translate("Origins", "parameter of {function}").format(function=one.name)
    return Fact((GIVEN, one.key, name), markup_of_name(name), place, value, sentence=said)


def _gap() -> Fact:
    """How far the two GELUs are apart at most."""
    at, gap = gelu_difference()
    exact, approximate = ACTIVATIONS["gelu"], ACTIVATIONS["gelu_tanh"]
    values = [to_digits(scalar_of(one).at(at)[0], GAP_DIGITS) for one in (exact, approximate)]
    text = QCoreApplication.translate(
        "Origins",
        "The greatest of |exact − tanh| at any x, found on a grid that is drawn together; by symmetry at −x too.",
    )
    return Fact(
        (GAP,),
        r"d",
        f"x = {to_digits(at, DIGITS)}",
        abs(gap),
        r"d = |x\,\Phi(x) - f_{\mathrm{tanh}}(x)|",
        f"|{values[0]} − {values[1]}| = {to_digits(abs(gap), SLOPE_DIGITS)}",
        sentence=text,
        check=lambda: _gap_by_others(exact, approximate, at),
    )


def _gap_by_others(one: Activation, other: Activation, at: float) -> CheckedValue[float]:
    theirs = check_activation(other, at, slope=False).value
    return check_activation(one, at, slope=False).pick(lambda value: abs(value - theirs))


def _place(one: ComparedFunction) -> str:
    return QCoreApplication.translate("Origins", "{function} at the cursor").format(function=one.name)


def _givens(one: ComparedFunction, x: float) -> tuple[Parent, ...]:
    """The cursor, and the parameters of an activation of one's own."""
    cursor = Parent("x", QCoreApplication.translate("Origins", "the cursor"), x, (X, one.key))
    place = QCoreApplication.translate("Origins", "parameter")
    given = _parameters(one).items()
    return cursor, *(Parent(markup_of_name(name), place, value, (GIVEN, one.key, name)) for name, value in given)


def _value(one: ComparedFunction, x: float) -> Fact:
    y = one.scalar.at(x)[0]
    formula: Formula
    worked: Formula
    if one.known is not None and one.known.typed is not None:
        formula, worked = own_value(one.known.typed, one.known.parameters, x, y)
    else:
        formula = one.scalar.formula.replace("z", "x")
        worked = f"{_with_parameters(one, filled(one.scalar.formula, x))} = {to_digits(y, DIGITS)}"
    check, code = _check(one, x, slope=False), _code(one, x, slope=False)
    return Fact((Y, one.key), "f(x)", _place(one), y, formula, worked, _givens(one, x), check=check, code=code)


def _slope(one: ComparedFunction, x: float) -> Fact:
    y, slope = one.scalar.at(x)
    formula: Formula
    worked: Formula
    if one.known is not None and one.known.typed is not None:
        formula, worked = own_slope(one.known, x, rounded(y, _digits(one, x)), slope)
        by_value = OUTPUT in names_in(one.known.typed.rule)
    else:
        rule = piece_at(one.key, x)
        formula = f"f'(x) = {markup_at(one.key, x).replace('@', '')}"
        digits = _digits(one, x)
        filled_in = rule.replace("@y^", f"{_base(y, digits)}^").replace("@y", _bracketed(y, digits))
        filled_in = filled_in.replace("@x", _bracketed(x))
        worked, by_value = f"{_with_parameters(one, filled_in)} = {to_digits(slope, SLOPE_DIGITS)}", "@y" in rule
    parents = [Parent("f(x)", _place(one), y, (Y, one.key))] if by_value else []
    check, code = _check(one, x, slope=True), _code(one, x, slope=True)
    key, of = (SLOPE, one.key), (*parents, *_givens(one, x))
    tie = tie_sentence(one.known, x, y) if one.known is not None else ""
    said = " ".join(filter(None, (tie, kink_sentence(one, x))))
    onward = QCoreApplication.translate("Origins", "See why, step by step") if expression_of(one, x) is not None else ""
    return Fact(key, "f'(x)", _place(one), slope, formula, worked, of, said, check=check, code=code, onward=onward)


def filled(formula: str, x: float) -> str:
    """A formula in z with a number in its place, in brackets where it is negative, or raised and no plain decimal.

    >>> filled(r"\\max(0, z)", 1.2), filled("z^3", 2e-5)
    ('\\\\max(0, 1.2)', '(2·10⁻⁵)^3')
    """
    return formula.replace("z^", f"{_base(x)}^").replace("z", _bracketed(x))


def _with_parameters(one: ComparedFunction, formula: str) -> str:
    r"""A formula of the catalogue with the numbers of ``\gamma`` or ``\alpha`` in."""
    for name, value in _parameters(one).items():
        formula = re.sub(rf"\\{name}(?![A-Za-z])", _bracketed(value), formula)
    return formula


def _digits(one: ComparedFunction, x: float) -> int:
    """With so many digits y is printed where the slope is worked out from it."""
    y, slope = one.scalar.at(x)
    rule = one.scalar.by_value
    return DIGITS if rule is None else digits_for(lambda printed: rule(x, printed), y, slope, DIGITS, SLOPE_DIGITS)


def _bracketed(value: float, digits: int = DIGITS) -> str:
    text = to_digits(value, digits)
    return f"({text})" if value < 0 else text


def _base(value: float, digits: int = DIGITS) -> str:
    """A number that is raised to a power."""
    text = to_digits(value, digits)
    return f"({text})" if value < 0 or "·" in text else text


def _check(one: ComparedFunction, x: float, *, slope: bool) -> Callable[[], CheckedValue[float]]:
    """Asks PyTorch, or who stands in for it, for y or the slope."""
    known = one.known
    if known is not None and known.typed is not None:
        typed, given = known.typed, dict(known.parameters)
        return lambda: check_typed(typed, x, given, slope=slope)
    function, alpha = ACTIVATIONS[one.key], one.alpha
    return lambda: check_activation(function, x, alpha, slope=slope)


def _code(one: ComparedFunction, x: float, *, slope: bool) -> str:
    known = one.known
    if known is not None and known.typed is not None:
        return typed_torch_code(known.typed, x, known.parameters, slope=slope)
    return torch_code(ACTIVATIONS[one.key], x, one.alpha, slope=slope)


def fact_at(
    shown: Sequence[ComparedFunction], view: LayerView | None, cursor: float, key: Hashable, *, hiding: bool
) -> Fact | None:
    """The fact behind a key; None of a slope, or a range of slopes, while one is still to be guessed, and of what is
    compared no more."""
    if hiding and isinstance(key, tuple) and (key[0] == SLOPE or key[:2] == (RANGE, SLOPE_SET)):
        return None
    return fact_of(shown, cursor, key) or layer_fact(view, shown, key) or range_fact(shown, key)
