"""The branch of a piecewise slope that holds at a place: [x > 0] is 1 or 0 there, and is said as a condition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite

import numpy as np

from engine.autodiff.algebra.convert import form_of, tree_of
from engine.autodiff.algebra.simplify import simplify, size_of
from engine.autodiff.algebra.sums import Algebra, Sum, TooMuch, one_term, quotient, scaled
from engine.autodiff.evaluate import compiled
from engine.autodiff.tree import Apply, Constant, Name, Tree, fold, names_in, parts, with_parts

LARGEST = 40
"""A rule of more parts is not read at a glance, and takes long to simplify."""
_ZERO = Constant(0.0, "0")
_COMPARING = ("step", "sign", "beats")
_CHOOSING = ("max", "min", "abs", "relu")
_SIGNS = {-1: "<", 0: "=", 1: ">"}


@dataclass(frozen=True, slots=True)
class BranchCondition:
    """What holds: ``trees`` with a sign, one of < = >, between each and the next, such as −1 < x < 1."""

    trees: tuple[Tree, ...]
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SlopeBranch:
    """A slope as it is where all of ``where`` holds; that is empty where the slope has one branch."""

    rule: Tree
    where: tuple[BranchCondition, ...] = ()


def branch_at(rule: Tree, variable: str, values: Mapping[str, float]) -> SlopeBranch:
    """The branch of a rule at values for all its names; the rule itself where it is large, where a value means nothing,
    and at a kink where the slope doesn't: sign(x)/(2·√|x|) is 0/0 at 0, though its branch there would cancel to 0."""
    if size_of(rule) > LARGEST or not all(map(isfinite, values.values())):
        return SlopeBranch(rule)
    with np.errstate(all="ignore"):
        slope, *gaps = [
            float(compiled(tree, tuple(values))(*values.values())) for tree in (rule, *map(_gap, _choices(rule)))
        ]
    if not gaps or not np.isfinite(gaps).all() or not (all(gaps) or np.isfinite(slope)):
        return SlopeBranch(rule)
    return _branch(rule, variable, tuple(int(np.sign(gap)) for gap in gaps))


def _choices(rule: Tree) -> list[Apply]:
    """Its parts that are one thing or another, each once; none where no comparison decides which."""
    found = dict.fromkeys(part for part in parts(rule) if isinstance(part, Apply))
    if not any(part.operation in _COMPARING for part in found):
        return []
    return [part for part in found if part.operation in (*_COMPARING, *_CHOOSING)]


def _gap(choice: Apply) -> Tree:
    """What is above, at or below 0 as a choice falls one way or another."""
    return Apply("-", choice.operands) if len(choice.operands) == 2 else choice.operands[0]


@lru_cache(maxsize=256)  # a drag asks for the same branch in every frame
def _branch(rule: Tree, variable: str, outcomes: Sequence[int]) -> SlopeBranch:
    signs = dict(zip(_choices(rule), outcomes, strict=True))

    def chosen(part: Tree, new: tuple[Tree, ...]) -> Tree:
        if isinstance(part, Apply) and part in signs:
            return _outcome(part.operation, new, signs[part])
        return _ZERO if _is_nothing(part, new) else with_parts(part, new)

    conditions: dict[tuple[Tree, Tree], int] = {}
    for choice, sign in signs.items():
        conditions |= _solved(fold(_gap(choice), chosen), sign, variable)
    return SlopeBranch(simplify(fold(rule, chosen)), tuple(_joined(conditions, variable)))


def _is_nothing(part: Tree, operands: tuple[Tree, ...]) -> bool:
    """Whether a product has a factor 0, which stays 0 where another is endless, as in 0/√0: that branch isn't taken."""
    if not isinstance(part, Apply) or part.operation not in ("*", "/"):
        return False
    return _ZERO in (operands if part.operation == "*" else operands[:1])


def _outcome(operation: str, operands: tuple[Tree, ...], sign: int) -> Tree:
    """What a choice comes to where its gap has this sign."""
    first = operands[0]
    match operation:
        case "step":
            return Constant(1.0, "1") if sign > 0 else _ZERO
        case "sign":
            return Constant(float(sign), str(sign))
        case "beats":
            return (_ZERO, Constant(0.5, "1/2"), Constant(1.0, "1"))[sign + 1]
        case "max":
            return first if sign > 0 else operands[1]
        case "min":
            return first if sign < 0 else operands[1]
        case "abs":
            return first if sign > 0 else Apply("neg", (first,))
    return first if sign > 0 else _ZERO


def _solved(gap: Tree, sign: int, variable: str) -> dict[tuple[Tree, Tree], int]:
    """A gap with its sign as two sides and theirs, the variable on the left and no positive factors: 0.9x > 0 as x > 0,
    1 − x > 0 as x < 1. Empty where it has no names."""
    algebra = Algebra()
    try:
        ((product, coefficient),) = algebra.bracketed(form_of(algebra, gap)).items() or [((), 0)]
        kept = tuple(factor for factor in product if not algebra.is_positive(one_term(1, (factor,))))
        left: Sum = one_term(1, kept)
        if len(kept) == 1 and kept[0][1] == 1 and algebra.atoms[kept[0][0]].kind == "sum":
            left = algebra.inside(algebra.atoms[kept[0][0]])[0]
        if not any(left):
            return {}
        moving = {term for term in left if variable in names_in(tree_of(algebra, one_term(1, term)))}
        moving = moving or {term for term in left if term}
        still = {term: number for term, number in left.items() if term not in moving}
        left = {term: number for term, number in left.items() if term in moving}
        factor = next(iter(left.values())) if len(left) == 1 else -1 if max(left.values()) < 0 else 1
        sides = (
            tree_of(algebra, scaled(left, quotient(1, factor))),
            tree_of(algebra, scaled(still, quotient(-1, factor))),
        )
    except TooMuch:
        return {(gap, _ZERO): sign}
    return {sides: sign * (1 if (coefficient > 0) == (factor > 0) else -1)}


def _joined(conditions: Mapping[tuple[Tree, Tree], int], variable: str) -> Iterable[BranchCondition]:
    """All that holds, and what bounds the variable by numbers as one interval."""
    bounds: dict[int, list[Constant]] = {-1: [], 0: [], 1: []}
    others = []
    for (left, right), sign in conditions.items():
        if left == Name(variable) and isinstance(right, Constant):
            bounds[sign].append(right)
        else:
            others.append(BranchCondition((left, right), (_SIGNS[sign],)))
    name = Name(variable)
    below, above = (min(bounds[-1], key=_worth, default=None), max(bounds[1], key=_worth, default=None))
    if bounds[0]:
        yield BranchCondition((name, bounds[0][0]), ("=",))
    elif below is not None and above is not None:
        yield BranchCondition((above, name, below), ("<", "<"))
    elif below is not None or above is not None:
        yield BranchCondition((name, below or above or _ZERO), ("<" if below is not None else ">",))
    yield from others


def _worth(number: Constant) -> float:
    return number.value
