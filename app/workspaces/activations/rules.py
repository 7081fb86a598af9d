"""The slope of every activation by rule: of the catalogue, and of typed ones with the numbers in."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from PySide6.QtCore import QCoreApplication

from app.kit.formula.boxes import Box, Fenced, Keyed, Maths, Row, Words, lay_out, relation
from app.kit.formula.trees import box_of
from app.kit.numbers import MINUS, to_digits
from app.kit.numbers import typed as typed_text
from app.kit.origin.facts import Shown
from app.kit.plain_maths import plain_text
from app.workspaces.activations.functions import ComparedFunction, OwnExpression, missing
from app.workspaces.activations.keys import SLOPE, X, Y
from engine.activations import ACTIVATIONS
from engine.activations.branches import SlopeBranch, branch_at
from engine.activations.typed import Typed
from engine.autodiff import OUTPUT, Apply, Constant, Name, Tree, substituted
from engine.autodiff.algebra.simplify import size_of
from engine.autodiff.tree import parts

RULE_PIXELS, WIDEST_RULE = 14.0, 112.0
"""A wider derivative could not be read in a table's column."""
DIGITS, SLOPE_DIGITS = 5, 4
LARGEST_WRITTEN = 200
"""Parts of a derivative that is written out: a longer one takes seconds to lay out, and nobody reads twenty lines."""


def own_branch(known: OwnExpression, x: float, y: float) -> SlopeBranch:
    """The rule of the slope as it is at an x, where f is y."""
    typed = known.typed
    assert typed is not None  # it is compared
    return branch_at(typed.rule, typed.variable, {**known.parameters, typed.variable: x, OUTPUT: y})


def rule_of(known: OwnExpression, branch: SlopeBranch) -> Box:
    """The slope by rule, if there is room for it, whose x and y can be pointed at; else words that lead to it."""
    typed = known.typed
    if typed is None:
        return Row(())
    if not _is_written(branch.rule):
        return _by_its_rule(known.key)
    box = _with_conditions(keyed(branch.rule, typed, known.key), branch, typed, known.key)
    if lay_out(box, RULE_PIXELS).width <= WIDEST_RULE:
        return box
    return _by_its_rule(known.key)


def _by_its_rule(key: str) -> Box:
    return Keyed((SLOPE, key), Words(_tr("by its rule")), "accent")


def _is_written(tree: Tree) -> bool:
    return size_of(tree) <= LARGEST_WRITTEN


def _too_long() -> Box:
    return Words(_tr("too long to write"))


def keyed(tree: Tree, typed: Typed, key: str) -> Box:
    """A tree over x and y, which bear the keys of what they stand for."""

    def key_of(part: Tree) -> Hashable | None:
        if not isinstance(part, Name):
            return None
        return (X, key) if part.name == typed.variable else (Y, key) if part.name == OUTPUT else None

    return box_of(tree, key_of)


def _with_conditions(box: Box, branch: SlopeBranch, typed: Typed, key: str) -> Box:
    """A rule, and in brackets behind it where it holds."""
    inside: list[Box] = []
    for number, condition in enumerate(branch.where):
        first, *others = condition.trees
        inside += [Maths(r",\ ")] * bool(number) + [keyed(first, typed, key)]
        for sign, tree in zip(condition.signs, others, strict=True):
            inside += [relation(sign), keyed(tree, typed, key)]
    return Row((box, Maths(r"\ "), Fenced(Row(tuple(inside))))) if inside else box


def derivative_of(known: OwnExpression) -> Box | None:
    """f' = the whole derivative; None where nothing is known."""
    if known.typed is None:
        return None
    derivative = known.typed.derivative
    written = keyed(derivative, known.typed, known.key) if _is_written(derivative) else _too_long()
    return Row((Maths(r"f'(x)"), relation("="), written))


def rule_text(known: OwnExpression | None) -> str:
    """The slope by rule as plain text, with what it is at kinks in brackets: 1 where it holds, 0 where it does not."""
    if known is None or known.typed is None:
        return ""
    rule = known.typed.rule
    return lay_out(box_of(rule) if _is_written(rule) else _too_long(), RULE_PIXELS).plain


def own_value(typed: Typed, given: Mapping[str, float], x: float, y: float) -> tuple[Box, Shown]:
    """f(x) = the expression, and the same with the numbers in."""
    values = {**given, typed.variable: x}
    formula = Row((Maths("f(x)"), relation("="), box_of(typed.tree)))
    return formula, _worked(_with_numbers(typed.tree, values), missing(y) or to_digits(y, DIGITS))


def own_slope(known: OwnExpression, x: float, y: float, slope: float) -> tuple[Box, Shown]:
    """f'(x) = its rule, and the same with the numbers in."""
    typed = known.typed
    assert typed is not None  # it is compared
    branch = own_branch(known, x, y)
    is_written = _is_written(branch.rule)
    rule = _with_conditions(box_of(branch.rule), branch, typed, known.key) if is_written else _too_long()
    values = {**known.parameters, typed.variable: x, OUTPUT: y}
    formula = Row((Maths(r"f'(x)"), relation("="), rule))
    numbers = _with_numbers(branch.rule, values) if is_written else Maths(r"f'(x)")
    return formula, _worked(numbers, missing(slope) or to_digits(slope, SLOPE_DIGITS))


def _worked(numbers: Box, result: str) -> Shown:
    """A formula with its numbers and what it comes to; nothing where it is that number itself."""
    return "" if lay_out(numbers, RULE_PIXELS).plain == result else Row((numbers, relation("="), Words(result)))


def tie_sentence(known: OwnExpression, x: float, y: float) -> str:
    """Return what becomes of the slope where the two sides of a max or min are the same; empty where they are not."""
    typed = known.typed
    assert typed is not None  # it is compared
    is_tied = any("=" in condition.signs for condition in own_branch(known, x, y).where)
    if not is_tied or not any(isinstance(part, Apply) and part.operation == "beats" for part in parts(typed.rule)):
        return ""
    return _tr("The two sides of a max or min are equal here, so each gets half of the slope.")


def _with_numbers(tree: Tree, values: Mapping[str, float]) -> Box:
    """The tree with numbers for its names, as they are printed."""
    return box_of(substituted(tree, {name: _number(value) for name, value in values.items()}))


def _number(value: float) -> Constant:
    return Constant(value, typed_text(value).replace(MINUS, "-"))


def rule_at(shown: ComparedFunction, x: float) -> str | SlopeBranch:
    """The slope's rule where the cursor is: the branch that holds there, of a function that has several."""
    return own_branch(shown.known, x, shown.scalar.at(x)[0]) if shown.known is not None else markup_at(shown.key, x)


def markup_at(key: str, x: float) -> str:
    """The same of an activation of the catalogue, its symbols marked by ``@``."""
    rule = piece_at(key, x)
    return rule if isinstance(ACTIVATIONS[key].rule, str) else _where(rule, ">" if x > 0.0 else "<" if x < 0.0 else "=")


def piece_at(key: str, x: float) -> str:
    """The same without the condition under which it holds."""
    rule = ACTIVATIONS[key].rule
    return rule if isinstance(rule, str) else rule[0] if x > 0.0 else rule[1]


def rule_box(key: str, typed: Typed | None, rule: str | SlopeBranch) -> Box:
    """Return a rule of a function as a formula; ``typed``: of one's own."""
    return keyed_box(rule, key) if isinstance(rule, str) else rule_of(OwnExpression(key, "", {}, typed), rule)


def rule_words(shown: ComparedFunction) -> str:
    """Return how the slope of a function comes about, all branches of it, as plain text."""
    if shown.known is not None:
        return rule_text(shown.known)
    rule = ACTIVATIONS[shown.key].rule
    if isinstance(rule, tuple):
        above, below = rule
        rule = _where(above, r"\neq") if above == below else f"{_where(above, '>')},\\ {_where(below, '<')}"
    return plain_text(rule.replace("@", ""))


def _where(rule: str, sign: str) -> str:
    return rf"{rule}\ (@x {sign} 0)"


def keyed_box(markup: str, key: str) -> Box:
    """Mathtext in which ``@y`` and ``@x`` become parts of their own."""
    if "\\frac" in markup:  # which cannot be cut into pieces
        return Maths(markup.replace("@", ""))
    first, *rest = markup.split("@")
    boxes: list[Box] = [Maths(first)] if first else []
    for part in rest:
        boxes.append(Keyed((part[0], key), Maths(part[0])))
        tail = part[1:]
        if tail.startswith("^"):
            boxes[-1] = Keyed((part[0], key), Maths(part[0] + tail[:2]))
            tail = tail[2:]
        if tail:
            boxes.append(Maths(tail))
    return Row(tuple(boxes))


def _tr(text: str) -> str:
    return QCoreApplication.translate("OwnFormulas", text)
