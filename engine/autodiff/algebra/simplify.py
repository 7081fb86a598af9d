"""Simpler trees: the shortest of what the normal form offers."""

from __future__ import annotations

from collections.abc import Iterator

from engine.autodiff.algebra.convert import form_of, is_odd, tree_of
from engine.autodiff.algebra.sums import (
    Algebra,
    Product,
    Rational,
    Sum,
    TooMuch,
    added,
    joined,
    one_term,
    quotient,
    raised,
)
from engine.autodiff.composites import expanded
from engine.autodiff.tree import Constant, Tree, fold

_DEEPEST_EXPANSION = 4
"""Powers of sums up to which they are multiplied out."""
_ROUNDS = 4
"""How deep brackets within brackets are opened."""
_SIZES = {"sign": "abs", "step": "relu"}
"""What u times a function of u is: u·sign(u) is |u|."""
ODD = 8
"""A number that is not to be read at a glance counts as so many parts."""


def size_of(tree: Tree) -> int:
    """How many parts one reads: what is there several times counts as often."""
    return fold(tree, lambda _, sizes: 1 + sum(sizes))


def effort_of(tree: Tree) -> int:
    """How much there is to read: its parts, and many times over a number that nobody has typed, such as 17/6·10/17."""

    def combine(part: Tree, efforts: tuple[int, ...]) -> int:
        return (ODD if isinstance(part, Constant) and is_odd(part) else 1) + sum(efforts)

    return fold(tree, combine)


def simplify(tree: Tree) -> Tree:
    """The shortest of the tree and its normal forms; the tree itself where these grow too large."""
    algebra = Algebra()
    try:
        trees = [tree_of(algebra, form) for form in variants(algebra, form_of(algebra, tree))]
    except TooMuch:
        return tree
    return min((*trees, expanded(tree)), key=effort_of)


def variants(algebra: Algebra, form: Sum) -> Iterator[Sum]:
    """A form with common factors taken out, as it is, and multiplied out; the first of equally short ones is best."""
    yield algebra.bracketed(form)
    yield form
    try:
        wide = multiplied_out(algebra, form)
        sized = added(_with_sizes(algebra, product, coefficient) for product, coefficient in form.items())
    except TooMuch:
        return
    yield algebra.bracketed(wide)
    yield wide
    if sized != form:
        yield from variants(algebra, sized)


def _with_sizes(algebra: Algebra, product: Product, coefficient: Rational) -> Sum:
    """A term with |u| for u·sign(u), u for |u|·sign(u), and the same of step(u) and relu(u)."""
    powers = dict(product)
    for number, exponent in product:
        atom = algebra.atoms[number]
        if atom.kind not in _SIZES or exponent < 1:
            continue
        ((inside, scale),) = algebra.bracketed(algebra.inside(atom)[0]).items() or [((), 0)]
        size = algebra.number(_SIZES[atom.kind], atom.of)
        if powers.get(size, 0) >= 1:
            rest = joined(product, ((number, -1), (size, -1)))
            sized = joined(rest, inside) if atom.kind == "sign" else joined(rest, ((size, 1),))
            return _with_sizes(algebra, sized, coefficient * (scale if atom.kind == "sign" else 1))
        if inside and all(0 < power <= powers.get(factor, 0) for factor, power in inside):
            sized = joined(product, ((number, -1), (size, 1)), raised(inside, -1))
            return _with_sizes(algebra, sized, quotient(coefficient, scale))
    return one_term(coefficient, product)


def multiplied_out(algebra: Algebra, form: Sum) -> Sum:
    """Products with brackets, and small powers of brackets, written as sums."""
    for _ in range(_ROUNDS):
        wide = added(_widened(algebra, one_term(coefficient, product)) for product, coefficient in form.items())
        if wide == form:
            break
        form = wide
    return form


def _widened(algebra: Algebra, term: Sum) -> Sum:
    """One term multiplied out."""
    ((product, coefficient),) = term.items()
    terms = one_term(coefficient)
    for number, exponent in product:
        atom = algebra.atoms[number]
        if atom.kind == "sum" and exponent.denominator == 1 and 0 < exponent <= _DEEPEST_EXPANSION:
            for _ in range(exponent.numerator):
                terms = each_with_each(terms, algebra.inside(atom)[0])
        else:
            terms = each_with_each(terms, one_term(1, ((number, exponent),)))
    return terms


def each_with_each(one: Sum, other: Sum) -> Sum:
    """The product of two sums as a sum."""
    return added(one_term(a * b, joined(first, second)) for first, a in one.items() for second, b in other.items())
