"""Derivatives of trees by the chain rule, with the slopes of the tape's own rules."""

from __future__ import annotations

from engine.autodiff.algebra.convert import form_of, tree_of
from engine.autodiff.algebra.simplify import effort_of, variants
from engine.autodiff.algebra.sums import Algebra, TooMuch
from engine.autodiff.composites import expanded
from engine.autodiff.rules import OUTPUT, rule_of
from engine.autodiff.tree import Apply, Constant, Name, Tree, fold, substituted

ZERO, ONE = Constant(0.0, "0"), Constant(1.0, "1")


def derivative(tree: Tree, name: str) -> Tree:
    """The derivative of a tree along one of its names, simplified. At kinks it is what the rules say there."""
    plain = plain_derivative(tree, name)
    algebra = Algebra()
    try:
        return min((tree_of(algebra, form) for form in variants(algebra, form_of(algebra, plain))), key=effort_of)
    except TooMuch:
        return plain


def plain_derivative(tree: Tree, name: str) -> Tree:
    """The chain rule written out: ∂/∂name of each part is the sum of its slopes times those of its operands."""

    def combine(part: Tree, inside: tuple[tuple[Tree, Tree], ...]) -> tuple[Tree, Tree]:
        """A part, and its derivative."""
        if isinstance(part, Name):
            return part, ONE if part.name == name else ZERO
        if not isinstance(part, Apply):
            return part, ZERO
        rule, taken = rule_of(part)
        operands = [inside[place] for place in taken]
        inserted = {OUTPUT: part, **{u: of for u, (of, _) in zip(rule.parameters, operands, strict=True)}}
        terms = [
            _product(_untied(substituted(partial, inserted)), inner)
            for partial, (_, inner) in zip(rule.partials, operands, strict=True)
            if inner is not ZERO
        ]
        whole: Tree = ZERO
        for term in terms:
            whole = term if whole is ZERO else Apply("+", (whole, term))
        return part, whole

    return fold(expanded(tree), combine)[1]


def _untied(slope: Tree) -> Tree:
    """½ for the slope of max(u, u) along each u."""
    match slope:
        case Apply(operation="beats", operands=(one, other)) if one == other:
            return Constant(0.5, "1/2")
    return slope


def _product(left: Tree, right: Tree) -> Tree:
    return left if right is ONE else Apply("*", (left, right))
